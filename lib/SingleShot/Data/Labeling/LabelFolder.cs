using System.Text;
using SingleShot.Boxes;
using SingleShot.Images;
using SingleShot.Runtime.Files;

namespace SingleShot.Data.Labeling;

/// <summary>A folder of pictures that somebody labels, and the file of labels beside them, in COCO's format.</summary>
/// <remarks>
/// <para>
/// The file lists the pictures that are labeled, and no others: a picture that nobody has looked at is not one without objects. It is written anew at each
/// change, wholly or not at all. Whatever else it says, of these pictures or of others, is kept. <see cref="Folders.DataSetFolder"/> reads folder and file as the
/// split that is named after the folder.
/// </para>
/// <para>Calls may come from several threads.</para>
/// </remarks>
public sealed class LabelFolder
{
    /// <summary>What the file of labels is called where nobody says otherwise: a name that labeling programs use for one that lies among its pictures.</summary>
    public const string DefaultFileName = "_annotations.coco.json";

    private readonly Lock _change = new();
    private readonly Dictionary<string, LabeledPicture> _pictures; // without their labels, by name
    private readonly CocoLabelDocument _labels;
    private string? _saved; // the file's text as it was read or written; null where there is no file

    private LabelFolder(string folder, string file, string? saved, CocoLabelDocument labels, IEnumerable<LabeledPicture> pictures, IReadOnlyList<Finding> skipped) =>
        (Folder, File, _saved, _labels, _pictures, Skipped) = (folder, file, saved, labels, pictures.ToDictionary(picture => picture.Name), skipped);

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The file of labels; it comes to be with the first label.</summary>
    public string File { get; }

    /// <summary>Files that are called as pictures are, and cannot be read; a line each.</summary>
    public IReadOnlyList<Finding> Skipped { get; }

    /// <summary>The classes, in the order of their ids in the file.</summary>
    public IReadOnlyList<string> ClassNames
    {
        get
        {
            lock (_change)
            {
                return [.. _labels.ClassNames];
            }
        }
    }

    /// <summary>The pictures by name, with their labels as they are now.</summary>
    public IReadOnlyList<LabeledPicture> Pictures
    {
        get
        {
            lock (_change)
            {
                var boxes = _labels.Boxes();
                return [.. _pictures.Values.Select(picture => picture with { Boxes = boxes.GetValueOrDefault(picture.Name) })];
            }
        }
    }

    /// <summary>Opens a folder of pictures, and goes on with the labels that it has.</summary>
    /// <param name="folder">The folder; its own pictures are taken, not those of folders in it.</param>
    /// <param name="classNames">Classes to begin with, after those of the file; more may come with the labels.</param>
    /// <param name="file">The file of labels; <see cref="DefaultFileName"/> in the folder if null.</param>
    /// <returns>The pictures and their labels. Nothing is written yet.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">The folder has no picture, or the file of labels is damaged. The file is left as it is.</exception>
    /// <exception cref="ArgumentException">A class has no name, or is named twice.</exception>
    public static LabelFolder Open(string folder, IReadOnlyList<string>? classNames = null, string? file = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var names = new ClassLabels([.. (classNames ?? []).Select(CheckedName)]).Names;
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder} does not exist: make the folder and put pictures into it, or check the path.");
        }
        var skipped = new List<Finding>();
        var pictures = Directory.EnumerateFiles(folder).Where(PictureNames.IsPicture).Order(StringComparer.Ordinal)
            .Select(path => Measure(path, skipped)).OfType<LabeledPicture>().ToList();
        if (pictures.Count == 0)
        {
            throw new InvalidDataException($"{folder} has no picture to label: put JPEG or PNG files into it. {string.Join(" ", skipped.Take(3))}".TrimEnd());
        }
        file ??= Path.Combine(folder, DefaultFileName);
        var saved = System.IO.File.Exists(file) ? System.IO.File.ReadAllText(file) : null;
        var labels = CocoLabelDocument.Read(saved, file);
        foreach (var name in names)
        {
            labels.AddClass(name);
        }
        return new LabelFolder(folder, file, saved, labels, pictures, skipped);
    }

    /// <summary>Says what is in a picture, in the place of what was said before, and saves it.</summary>
    /// <param name="picture">The picture's name.</param>
    /// <param name="boxes">
    /// Its objects, cut at the edges of the picture, to the hundredth of a pixel; of a class that is new, the class is added. Empty for a picture without objects; null takes back that it is labeled.
    /// </param>
    /// <exception cref="ArgumentException">There is no such picture, or a box has no extent, lies beside the picture or has a class without a name. Nothing is changed.</exception>
    /// <exception cref="IOException">The file cannot be written, or another program has changed it since. It is as it was, and so are the labels.</exception>
    public void Label(string picture, IReadOnlyList<LabeledBox>? boxes)
    {
        ArgumentException.ThrowIfNullOrEmpty(picture);
        if (!_pictures.TryGetValue(picture, out var of))
        {
            throw new ArgumentException($"There is no picture '{picture}' in {Folder}.", nameof(picture));
        }
        of = of with { Boxes = boxes?.Select((box, index) => CheckedBox(box, index, of)).ToList() };
        lock (_change)
        {
            var before = _labels.Text;
            try
            {
                _labels.Put(of);
                Save();
            }
            catch
            {
                _labels.Restore(before);
                throw;
            }
        }
    }

    /// <summary>Takes over the labels of another file in COCO's format, such as one that a page has given to download.</summary>
    /// <param name="file">The file. Its labels replace those of the pictures that it lists; it may list others, too.</param>
    /// <returns>The number of pictures that it had labels for.</returns>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read, or the labels cannot be written.</exception>
    /// <exception cref="ArgumentException">A box has no extent, or lies beside its picture: the file is of other pictures. Those before it are taken over.</exception>
    public int Take(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        var taken = CocoLabelDocument.Read(System.IO.File.ReadAllText(file), file).Boxes().Where(picture => _pictures.ContainsKey(picture.Key)).ToList();
        foreach (var (name, boxes) in taken)
        {
            Label(name, boxes);
        }
        return taken.Count;
    }

    /// <summary>How far the work is: '3 of 12 pictures are labeled'.</summary>
    public override string ToString() => $"{Folder}: {Pictures.Count(picture => picture.Boxes is not null)} of {_pictures.Count} pictures are labeled";

    private void Save()
    {
        var text = _labels.Text;
        if (text == _saved)
        {
            return;
        }
        if ((System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File) : null) != _saved)
        {
            throw new IOException($"{File} was changed by another program after it was opened here. It is left as it is: open the folder again to go on with what it has now.");
        }
        AtomicFile.Write(File, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        _saved = text;
    }

    private static LabeledPicture? Measure(string path, List<Finding> skipped)
    {
        try
        {
            var (width, height) = ImageFile.ReadHeader(path).Size(Orientation.Shown);
            return new LabeledPicture(Path.GetFileName(path), path, width, height, null);
        }
        catch (ImageFileException e)
        {
            skipped.Add(new Finding(FindingKind.Unreadable, $"{e.Message} Skipped."));
            return null;
        }
    }

    private static LabeledBox CheckedBox(LabeledBox label, int index, LabeledPicture picture)
    {
        static double Hundredth(double value) => Math.Round(value, 2);
        var corners = new BoundingBox(Hundredth(label.Box.Left), Hundredth(label.Box.Top), Hundredth(label.Box.Right), Hundredth(label.Box.Bottom));
        var (box, problem, _) = AnnotatedBox.Check(corners, picture.Width, picture.Height);
        return box is { } good
            ? new LabeledBox(good, CheckedName(label.ClassName))
            : throw new ArgumentException($"Box {index + 1} of {picture.Name}: {problem!.Replace("; skipped", "", StringComparison.Ordinal)}. Nothing was changed.");
    }

    private static string CheckedName(string name) => string.IsNullOrWhiteSpace(name)
        ? throw new ArgumentException("A class has an empty name: give it one, such as 'cell'.")
        : name.Trim();
}
