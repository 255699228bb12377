namespace SingleShot.Figures;

/// <summary>An answer to an exercise is not the right one; the message is the hint.</summary>
internal sealed class WrongAnswerException(string hint) : Exception(hint);
