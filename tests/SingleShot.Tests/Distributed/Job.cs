namespace SingleShot.Ranks;

/// <summary>What each process of a test is to do; a list of them is one argument of its command line, as JSON.</summary>
public sealed record Job
{
    /// <summary>How many pictures there are.</summary>
    public const int Pictures = 48;

    /// <summary>Side of the pictures, and of what the network takes.</summary>
    public const int InputSize = 32;

    /// <summary>The folder of the generated shapes.</summary>
    public required string Data { get; init; }

    /// <summary>The folder for what it leaves.</summary>
    public required string Output { get; init; }

    public Work Work { get; init; } = Work.Train;

    public bool DoublePrecision { get; init; }

    /// <summary>Whether the network is VGG16's, without batch normalization: its processes send most gradients while the others are computed.</summary>
    public bool Vgg16 { get; init; }

    /// <summary>Images in the whole batch.</summary>
    public int Batch { get; init; } = 8;

    public int BatchesPerStep { get; init; } = 1;

    /// <summary>How many negatives a match brings into the loss. With as many as there are boxes, all of them count, and none has to be chosen.</summary>
    public double NegativesPerMatch { get; init; } = 3;

    public int Steps { get; init; } = 50;

    public bool RecomputeActivations { get; init; }

    public double LearningRate { get; init; } = 0.01;

    /// <summary>The checkpoint to go on from.</summary>
    public string? Resume { get; init; }

    /// <summary>The checkpoint to write after the last step, and after each <see cref="SaveEvery"/> steps.</summary>
    public string? Save { get; init; }

    public int? SaveEvery { get; init; }

    /// <summary>What goes wrong in one process.</summary>
    public Fault Fault { get; init; }

    public int FaultRank { get; init; }

    public int FaultStep { get; init; } = 3;

    /// <summary>Whether what ends it in all processes at once is written down, and the next job of the list begins.</summary>
    public bool OthersFollow { get; init; }

    /// <summary>Seconds for which a process waits for the others.</summary>
    public double Patience { get; init; } = 300;
}

public enum Work
{
    /// <summary>Trains.</summary>
    Train,

    /// <summary>Writes hashes of the images of two epochs, in the order in which all processes together take them.</summary>
    Order,

    /// <summary>Rank 0 fails while another thread of it waits for rank 1, which waits for something else.</summary>
    FailBesideAWait,

    /// <summary>Detects in the data set and in its files, and writes what was found.</summary>
    Detect,
}

public enum Fault
{
    None,

    /// <summary>It ends itself as a crash would.</summary>
    Kill,

    /// <summary>It stops, and never goes on.</summary>
    Hang,

    /// <summary>A weight becomes NaN.</summary>
    NaN,

    /// <summary>Its own code throws.</summary>
    Throw,

    /// <summary>A weight is changed where the others' is not.</summary>
    Drift,

    /// <summary>Its machine loses the network.</summary>
    Unplug,

    /// <summary>It is asked to stop.</summary>
    Stop,

    /// <summary>It was given another learning rate.</summary>
    OtherSettings,

    /// <summary>It was given a picture less.</summary>
    OtherData,

    /// <summary>It was given another model.</summary>
    OtherModel,
}
