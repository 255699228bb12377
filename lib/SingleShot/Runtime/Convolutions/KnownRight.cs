using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text;
using SingleShot.Runtime.Files;

namespace SingleShot.Runtime.Convolutions;

/// <summary>
/// A note in the user's folder that convolutions were found right here, so that not every process has to look: it holds for one processor, as
/// it describes itself, one system, one libtorch and one build of this library. It is for x86 alone; other processors do not describe themselves.
/// </summary>
internal static class KnownRight
{
    private const string File = "convolutions-right";

    // What oneDNN makes its code by, and so what a verdict is worth under: its own switches, and the number of threads.
    private static readonly string[] Steering = ["ONEDNN_", "DNNL_", "OMP_", "GOMP_", "KMP_", "MKL_", "ATEN_"];

    /// <summary>A hash of everything that the verdict depends on.</summary>
    /// <param name="library">Path of <c>torch_cpu</c>.</param>
    public static string Key(string library)
    {
        var file = new FileInfo(library);
        var environment = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => Steering.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))).Order(StringComparer.Ordinal)
            .Select(name => $"{name}={Environment.GetEnvironmentVariable(name)}");
        string[] all =
        [
            Processor(), RuntimeInformation.OSDescription, library, file.Length.ToString(CultureInfo.InvariantCulture),
            file.LastWriteTimeUtc.ToString("O", CultureInfo.InvariantCulture),
            Assembly.GetExecutingAssembly().ManifestModule.ModuleVersionId.ToString(), .. environment,
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', all))));
    }

    /// <summary>Whether the verdict is known.</summary>
    public static bool Has(string key) => UserFolder.Places.Select(folder => Path.Combine(folder, File)).Any(path => Read(path) == key);

    /// <summary>Notes the verdict in place of the last one; where no folder can be written, the next process looks again.</summary>
    public static void Keep(string key)
    {
        foreach (var folder in UserFolder.Places)
        {
            try
            {
                Directory.CreateDirectory(folder);
                AtomicFile.Write(Path.Combine(folder, File), stream => stream.Write(Encoding.ASCII.GetBytes(key)));
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The next place, or none: the note saves time only.
            }
        }
    }

    private static string? Read(string path)
    {
        try
        {
            return System.IO.File.Exists(path) ? System.IO.File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What the processor tells about its kind, features and caches; on other processors than x86, the architecture and the number of cores.</summary>
    private static string Processor()
    {
        var text = new StringBuilder($"{RuntimeInformation.ProcessArchitecture} {Environment.ProcessorCount}");
        if (X86Base.IsSupported)
        {
            // Maker, family, caches (Intel), features; name, caches (AMD).
            ReadOnlySpan<(uint Leaf, int Subleaves)> leaves =
                [(0, 1), (4, 4), (7, 2), (0x80000001, 1), (0x80000002, 1), (0x80000003, 1), (0x80000004, 1), (0x8000001d, 4)];
            foreach (var (leaf, subleaves) in leaves)
            {
                if (leaf > (uint)X86Base.CpuId((int)(leaf & 0x80000000), 0).Eax)
                {
                    continue; // beyond the last one a processor answers with something else
                }
                for (var i = 0; i < subleaves; i++)
                {
                    text.Append(CultureInfo.InvariantCulture, $" {X86Base.CpuId((int)leaf, i)}");
                }
            }
            var (signature, _, features, more) = X86Base.CpuId(1, 0); // its second number names the core that happens to answer
            text.Append(CultureInfo.InvariantCulture, $" {signature} {features} {more}");
        }
        return text.ToString();
    }
}
