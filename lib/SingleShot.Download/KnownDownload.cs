namespace SingleShot.Download;

/// <summary>A data set, or a set of weights, that can be downloaded, where it comes from and how to know that it is there.</summary>
/// <param name="Name">What to call it, for instance <c>voc2007</c>.</param>
/// <param name="Summary">What it is, in a line.</param>
/// <param name="Parts">The files that it comes in.</param>
/// <remarks>data/README.md has the same sizes and checksums, and says who published them.</remarks>
public sealed record KnownDownload(string Name, string Summary, IReadOnlyList<DownloadPart> Parts)
{
    private const string Oxford = "http://host.robots.ox.ac.uk/pascal/VOC/";
    private const string Coco = "http://images.cocodataset.org/";
    private const string PyTorch = "https://download.pytorch.org/models/";

    private static readonly DownloadPart Annotations2017 = CocoAnnotations(2017, 252_907_541, "f4bbac642086de4f52a3fdda2de5fa2c");
    private static readonly DownloadPart Val2017 = CocoImages("val2017", 5_000, 815_585_330, "442b8da7639aecaf257c1dceb8ba8c80");

    /// <summary>All that are known.</summary>
    public static IReadOnlyList<KnownDownload> All { get; } =
    [
        new("voc2007", "Pascal VOC 2007: 5,011 images to train on, 4,952 to test", [
            Voc("voc2007/VOCtrainval_06-Nov-2007.tar", "VOC2007", "trainval", 460_032_000, "c52e279531787c972589f7e41ab4ae64"),
            Voc("voc2007/VOCtest_06-Nov-2007.tar", "VOC2007", "test", 451_020_800, "b6e924de25625d8de591ea690078ad9f"),
        ]),
        new("voc2012", "Pascal VOC 2012: 11,540 images with boxes; those of its test were not published", [
            Voc("voc2012/VOCtrainval_11-May-2012.tar", "VOC2012", "trainval", 1_999_639_040, "6cd6e144f989b92b3379bac3b3de84fd"),
        ]),
        new("coco2017-val", "COCO 2017, the 5,000 images to evaluate on", [Annotations2017, Val2017]),
        new("coco2017", "COCO 2017: 118,287 images to train on, 5,000 to evaluate on", [
            Annotations2017, Val2017, CocoImages("train2017", 118_287, 19_336_861_798, "cced6f7f71b7629ddf16f17bbcfab6b2"),
        ]),
        new("coco2014", "COCO 2014: 82,783 images to train on, 40,504 to evaluate on", [
            CocoAnnotations(2014, 252_872_794, "0a379cfc70b0e71301e0f377548639bd"),
            CocoImages("val2014", 40_504, 6_645_013_297, "a3d79f5ed8d289b7a7554ce06a5782b3"),
            CocoImages("train2014", 82_783, 13_510_573_713, "0da8c0bd3d6becc4dcb32757491aca88"),
        ]),
        new("ssd300", "SSD300, trained on COCO 2017 by torchvision", [Weights("ssd300_vgg16_coco-b556d3b4.pth")]),
        new("ssdlite320", "SSDLite320 on MobileNetV3, trained on COCO 2017 by torchvision", [Weights("ssdlite320_mobilenet_v3_large_coco-a79551df.pth")]),
        new("vgg16", "VGG16 as the training of an SSD300 begins with it", [Weights("vgg16_features-amdegroot-88682ab5.pth")]),
    ];

    private static DownloadPart Voc(string address, string folder, string split, long bytes, string md5) => new(
        new RemoteFile(new Uri(Oxford + address), bytes, Checksum.Md5(md5)), "", root => HasSplit(Path.Combine(root, "VOCdevkit", folder), split));

    private static DownloadPart CocoAnnotations(int year, long bytes, string md5) => new(
        new RemoteFile(new Uri($"{Coco}annotations/annotations_trainval{year}.zip"), bytes, Checksum.Md5(md5)), "coco",
        root => File.Exists(Path.Combine(root, "coco", "annotations", $"instances_train{year}.json"))
            && File.Exists(Path.Combine(root, "coco", "annotations", $"instances_val{year}.json")));

    private static DownloadPart CocoImages(string split, int count, long bytes, string md5) => new(
        new RemoteFile(new Uri($"{Coco}zips/{split}.zip"), bytes, Checksum.Md5(md5)), "coco",
        root => Path.Combine(root, "coco", split) is var folder && Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.jpg").Count() >= count);

    // PyTorch's hub ends a file's name with the first digits of its SHA-256.
    private static DownloadPart Weights(string name) => new(
        new RemoteFile(new Uri(PyTorch + name), null, Checksum.Sha256(Path.GetFileNameWithoutExtension(name).Split('-')[^1])), "weights",
        root => File.Exists(Path.Combine(root, "weights", name)));

    private static bool HasSplit(string root, string split)
    {
        var list = Path.Combine(root, "ImageSets", "Main", $"{split}.txt");
        return File.Exists(list) && File.ReadLines(list).Select(line => line.Trim()).Where(id => id.Length > 0).All(id =>
            File.Exists(Path.Combine(root, "JPEGImages", $"{id}.jpg")) && File.Exists(Path.Combine(root, "Annotations", $"{id}.xml")));
    }
}

/// <summary>One file of a download.</summary>
/// <param name="File">The file: an archive to unpack (.zip or .tar), or any other, to be kept as it is.</param>
/// <param name="Folder">Where to unpack or keep it, relative to the folder of all data: <c>data</c>.</param>
/// <param name="IsThere">Whether a folder of all data already has everything of it.</param>
public sealed record DownloadPart(RemoteFile File, string Folder, Func<string, bool> IsThere);

/// <summary>A file to download.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Bytes">How large it is; null where nobody says so.</param>
/// <param name="Checksum">Its checksum; null where none is published.</param>
public sealed record RemoteFile(Uri Address, long? Bytes = null, Checksum? Checksum = null)
{
    /// <summary>Its name: the last part of its address.</summary>
    public string Name => Path.GetFileName(Address.LocalPath);
}
