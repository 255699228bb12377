namespace SingleShot.Data.Labeling;

/// <summary>A picture of a folder that is labeled, and its labels as they are now.</summary>
/// <param name="Name">Its file's name.</param>
/// <param name="Path">Its file.</param>
/// <param name="Width">Columns of the picture as viewers show it.</param>
/// <param name="Height">Rows, likewise.</param>
/// <param name="Boxes">Its objects; empty where somebody has said that there are none, null where nobody has said anything yet.</param>
public sealed record LabeledPicture(string Name, string Path, int Width, int Height, IReadOnlyList<LabeledBox>? Boxes);
