using TorchSharp;

namespace SingleShot.Runtime;

/// <summary>Counts the tensors whose native memory is held, which the garbage collector does not feel.</summary>
public static class LiveTensors
{
    /// <summary>The number of live tensors that this thread made: those in its dispose scopes and those in none.</summary>
    public static long Count => DisposeScopeManager.Statistics.ThreadTotalLiveCount;
}
