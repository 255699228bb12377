using System.Runtime.InteropServices;
using AwesomeAssertions;
using Workbook.Kernelspecs;
using Xunit;

namespace Workbook.Tests.Kernelspecs;

public sealed class JupyterFoldersTests
{
    [Theory]
    [InlineData("LINUX", "/home/ann", "", "/home/ann/.local/share/jupyter/kernels")]
    [InlineData("LINUX", "/home/ann", "XDG_DATA_HOME=/srv/ann", "/srv/ann/jupyter/kernels")]
    [InlineData("LINUX", "/home/ann", "XDG_DATA_HOME=", "/home/ann/.local/share/jupyter/kernels")]
    [InlineData("LINUX", "/home/ann", "XDG_DATA_HOME=/srv/ann|JUPYTER_DATA_DIR=/data", "/data/kernels")]
    [InlineData("FREEBSD", "/home/ann", "", "/home/ann/.local/share/jupyter/kernels")]
    [InlineData("OSX", "/Users/ann", "XDG_DATA_HOME=/srv/ann", "/Users/ann/Library/Jupyter/kernels")]
    [InlineData("OSX", "/Users/ann", "JUPYTER_DATA_DIR=/data", "/data/kernels")]
    [InlineData("WINDOWS", @"C:\Users\ann", @"APPDATA=D:\Roaming", @"D:\Roaming\jupyter\kernels")]
    [InlineData("WINDOWS", @"C:\Users\ann", "", @"C:\Users\ann\AppData\Roaming\jupyter\kernels")]
    [InlineData("WINDOWS", @"C:\Users\ann", @"APPDATA=D:\Roaming|JUPYTER_DATA_DIR=E:\data", @"E:\data\kernels")]
    public void User_IsWhereJupyterKeepsTheUsersOwnKernels(string system, string home, string environment, string folder) =>
        Plain(Of(system, home, environment).User).Should().Be(Plain(folder));

    [Theory]
    [InlineData("LINUX", "/home/ann", "", "/home/ann/.local/share/jupyter|/usr/local/share/jupyter|/usr/share/jupyter")]
    [InlineData("LINUX", "/home/ann", "JUPYTER_PATH=/a:/b", "/a|/b|/home/ann/.local/share/jupyter|/usr/local/share/jupyter|/usr/share/jupyter")]
    [InlineData("LINUX", "/home/ann", "JUPYTER_PATH=/usr/share/jupyter", "/usr/share/jupyter|/home/ann/.local/share/jupyter|/usr/local/share/jupyter")]
    [InlineData("OSX", "/Users/ann", "JUPYTER_PATH=/a::", "/a|/Users/ann/Library/Jupyter|/usr/local/share/jupyter|/usr/share/jupyter")]
    [InlineData("WINDOWS", @"C:\Users\ann", @"JUPYTER_PATH=D:\a;E:\b", @"D:\a|E:\b|C:\Users\ann\AppData\Roaming\jupyter|C:\ProgramData\jupyter")]
    [InlineData("WINDOWS", @"C:\Users\ann", @"PROGRAMDATA=F:\all", @"C:\Users\ann\AppData\Roaming\jupyter|F:\all\jupyter")]
    public void All_AreThoseThatClientsSearch_EachOnce_InTheirOrder(string system, string home, string environment, string folders) =>
        Of(system, home, environment).All.Select(Plain).Should().Equal(folders.Split('|').Select(folder => Plain($"{folder}/kernels")));

    [Fact]
    public void Under_IsBelowThePrefix() =>
        JupyterFolders.Under("env").Should().Be(Path.Combine(Environment.CurrentDirectory, "env", "share", "jupyter", "kernels"));

    private static JupyterFolders Of(string system, string home, string environment)
    {
        var variables = environment.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=')).ToDictionary(one => one[0], one => one[1]);
        return new JupyterFolders(name => variables.GetValueOrDefault(name), home, OSPlatform.Create(system));
    }

    // The separator is that of the system that the tests run on.
    private static string Plain(string path) => path.Replace('\\', '/');
}
