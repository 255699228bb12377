namespace SingleShot.Training;

/// <summary>Why a call of <see cref="Trainer.TrainAsync"/> came back.</summary>
public enum TrainingEnd
{
    /// <summary>All steps of the settings are done.</summary>
    Finished,

    /// <summary>It was asked to stop, between two steps; calling again continues.</summary>
    Stopped,
}
