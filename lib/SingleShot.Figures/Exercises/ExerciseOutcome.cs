namespace SingleShot.Figures;

internal enum ExerciseOutcome
{
    NotDone,
    Wrong,
    Right,
}
