using System.Text;
using AwesomeAssertions;
using SingleShot.Runtime.Native;
using Xunit;

namespace SingleShot.Tests.Runtime.Native;

public class ElfVersionPatchTests
{
    [Fact]
    public void TorchSharpsLibrary_NeedsTheNewVersionNoMore()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The library is Linux's.");
        var original = Library();
        var patched = ElfVersionPatch.Apply(original);
        patched.Length.Should().Be(original.Length);
        original.AsSpan().IndexOf(Encoding.ASCII.GetBytes(ElfVersionPatch.Symbol + "\0")).Should().BePositive();
        patched.AsSpan().IndexOf(Encoding.ASCII.GetBytes(ElfVersionPatch.Symbol + "\0")).Should().Be(-1);
        original.Zip(patched).Count(pair => pair.First != pair.Second).Should().BeInRange(1, 64);

        // The needs that remain, by readelf's own layout: a second patch finds nothing that needs the version.
        FluentActions.Invoking(() => ElfVersionPatch.Apply(patched)).Should().Throw<InvalidDataException>().WithMessage("*no need for GLIBCXX_3.4.32*");
    }

    [Fact]
    public void Junk_IsRefused()
    {
        var random = new Random(1);
        for (var length = 0; length < 300; length++)
        {
            var junk = new byte[length];
            random.NextBytes(junk);
            FluentActions.Invoking(() => ElfVersionPatch.Apply(junk)).Should().Throw<InvalidDataException>();
        }
    }

    [Fact]
    public void LibraryCutShort_IsRefused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The library is Linux's.");
        var whole = Library();
        // The section headers, at the very end, are asked for the three sections the patch needs, which need not be the last.
        foreach (var length in new[] { 5, 63, 64, 65, 1000, whole.Length / 4, whole.Length / 2, whole.Length - 2500, whole.Length - 1 })
        {
            FluentActions.Invoking(() => ElfVersionPatch.Apply(whole.AsSpan(0, length))).Should().Throw<InvalidDataException>($"it has {length} bytes");
        }
    }

    private static byte[] Library()
    {
        string[] places = [AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native")];
        return File.ReadAllBytes(places.Select(place => Path.Combine(place, "libLibTorchSharp.so")).First(File.Exists));
    }
}
