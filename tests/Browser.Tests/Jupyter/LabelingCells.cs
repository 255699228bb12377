using SingleShot.Images;

namespace Browser.Tests.Jupyter;

/// <summary>Cells that show the labeling figure on two pictures, in whichever page a notebook is open.</summary>
internal static class LabelingCells
{
    /// <summary>Puts two pictures into a folder of the server's.</summary>
    /// <returns>The folder.</returns>
    public static string WritePictures(LessonServer server, string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(server.Folder, name)).FullName;
        ImageFile.Write(Path.Combine(folder, "a.png"), Scenes.Picture(320, 240));
        ImageFile.Write(Path.Combine(folder, "b.png"), Scenes.Picture(320, 240));
        return folder;
    }

    public static string[] On(string folder) =>
    [
        "#r \"lib/bin/SingleShot.dll\"\n#r \"lib/bin/SingleShot.Figures.dll\"\nusing System.Threading;\nusing SingleShot.Data.Labeling;\nusing SingleShot.Figures;",
        $"var labels = LabelFolder.Open(\"{folder}\", [\"cat\", \"dog\"]);\nNotebook.Label(labels)",
    ];
}
