using System.Globalization;
using System.IO.Hashing;
using System.Text;
using SingleShot.Data.Augmentation;

namespace SingleShot.Data.Batches;

/// <summary>A hash of everything that a loader's batches follow from, so that machines can compare what they train on.</summary>
internal static class LoaderFingerprint
{
    /// <summary>The hash, in hexadecimal digits.</summary>
    public static string Of(DataSet data, int batchSize, IAugmentation augmentation, int seed)
    {
        var hash = new XxHash128();
        Add(hash, $"{batchSize} {seed} {Words(augmentation)} {string.Join('|', data.ClassNames)}");
        foreach (var sample in data.Samples)
        {
            Add(hash, $"{sample.Id} {Path.GetFileName(sample.ImagePath)} {Length(sample.ImagePath)} {sample.Width} {sample.Height} {sample.Orientation}");
            foreach (var truth in sample.Truths)
            {
                Add(hash, $"{truth.Box.Left:R} {truth.Box.Top:R} {truth.Box.Right:R} {truth.Box.Bottom:R} {truth.Label} {truth.Crowd}");
            }
        }
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static string Words(IAugmentation augmentation) =>
        augmentation is Pipeline pipeline ? $"[{string.Join(", ", pipeline.Steps.Select(Words))}]" : augmentation.ToString() ?? "";

    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : -1;

    private static void Add(XxHash128 hash, FormattableString text) => hash.Append(Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture) + "\n"));
}
