namespace SingleShot.Weights.Naming;

/// <summary>How a code base names the tensors of an SSD on VGG16 in the weights that it publishes.</summary>
/// <remarks>
/// <para>Ours are torchvision's names. The others count the layers of VGG16 in one list and those after it in another, and put the heads beside
/// them. They differ in names alone: amdegroot/ssd.pytorch and lufficc/SSD lay out a cell's default boxes as torchvision does (the square, the
/// larger square, then the lying and the standing box of each ratio), put the four offsets or the K scores of a box next to one another, have
/// the background for class 0, and take RGB less the same mean. So no channel changes its place.</para>
/// <para>SSD300 and SSD512 have the same names but for the number of extra layers and heads, which follow from the network.</para>
/// </remarks>
public sealed record NamingScheme
{
    private NamingScheme(string name) => Name = name;

    /// <summary>torchvision's <c>ssd300_vgg16</c> and <c>ssdlite320_mobilenet_v3_large</c>; our own names.</summary>
    public static NamingScheme Torchvision { get; } = new("torchvision") { IsOurs = true };

    /// <summary>
    /// amdegroot/ssd.pytorch: <c>vgg.0.weight</c>, <c>L2Norm.weight</c>, <c>extras.0.weight</c>, <c>loc.0.weight</c>, <c>conf.0.weight</c>.
    /// </summary>
    public static NamingScheme Amdegroot { get; } =
        new("amdegroot/ssd.pytorch") { Base = "vgg.", Scale = "L2Norm.weight", Extras = "extras.", Offsets = "loc.", Scores = "conf." };

    /// <summary>lufficc/SSD: <c>backbone.vgg.0.weight</c>, <c>box_head.predictor.cls_headers.0.weight</c> and so on.</summary>
    public static NamingScheme Lufficc { get; } = LufficcWith("lufficc/SSD", "box_head.predictor.");

    /// <summary>lufficc/SSD without the predictor's name: <c>box_head.cls_headers.0.weight</c>.</summary>
    public static NamingScheme LufficcWithoutPredictor { get; } = LufficcWith("lufficc/SSD without a predictor", "box_head.");

    /// <summary>
    /// torchvision's VGG16 (<c>features.0.weight</c>): its convolutions to conv5_3, as torchvision's SSD takes them. The classifier stays out,
    /// which in <c>vgg16_features-amdegroot-88682ab5.pth</c> is NaN; conv6 and conv7 are made anew.
    /// </summary>
    /// <remarks>
    /// That file wants RGB up to 255 less the mean, as SSD300 and SSD512 give it; <c>vgg16-397923af.pth</c> wants ImageNet's normalization.
    /// </remarks>
    public static NamingScheme TorchvisionVgg16 { get; } =
        new("torchvision's VGG16") { IsBackbone = true, Base = "features.", LastBaseLayer = SsdPlace.Conv53, Ignored = ["classifier."] };

    /// <summary>
    /// amdegroot's <c>vgg16_reducedfc.pth</c> (<c>0.weight</c>): VGG16 to conv7, its classifier reduced to conv6 and conv7 as the paper says.
    /// </summary>
    public static NamingScheme ReducedVgg16 { get; } = new("amdegroot's reduced VGG16") { IsBackbone = true, Base = "" };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<NamingScheme> All { get; } =
        [Torchvision, Amdegroot, Lufficc, LufficcWithoutPredictor, TorchvisionVgg16, ReducedVgg16];

    /// <summary>What to call it.</summary>
    public string Name { get; }

    /// <summary>Whether it names the layers of a base network alone, which an SSD is trained from, not a whole SSD.</summary>
    public bool IsBackbone { get; private init; }

    /// <summary>Beginnings of names that are in its files and of no use to an SSD.</summary>
    internal IReadOnlyList<string> Ignored { get; private init; } = [];

    internal bool IsOurs { get; private init; }

    private string? Base { get; init; }

    private int LastBaseLayer { get; init; } = int.MaxValue;

    private string? Scale { get; init; }

    private string? Extras { get; init; }

    private string? Offsets { get; init; }

    private string? Scores { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The name here of a tensor of ours; null where the scheme has none for it.</summary>
    internal string? NameOf(string ours) => IsOurs ? ours : SsdPlace.Of(ours) switch
    {
        { Part: SsdPart.Base } place => place.Index <= LastBaseLayer ? Numbered(Base, place) : null,
        { Part: SsdPart.Scale } => Scale,
        { Part: SsdPart.Extras } place => Numbered(Extras, place),
        { Part: SsdPart.Offsets } place => Numbered(Offsets, place),
        { Part: SsdPart.Scores } place => Numbered(Scores, place),
        _ => null,
    };

    private static string? Numbered(string? list, SsdPlace place) => list is null ? null : $"{list}{place.Index}.{place.Parameter}";

    private static NamingScheme LufficcWith(string name, string head) => new(name)
    {
        Base = "backbone.vgg.",
        Scale = "backbone.l2_norm.weight",
        Extras = "backbone.extras.",
        Offsets = $"{head}reg_headers.",
        Scores = $"{head}cls_headers.",
    };
}
