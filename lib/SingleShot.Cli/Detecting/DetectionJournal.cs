using System.Text.Json;
using SingleShot.Runtime.Files;

namespace SingleShot.Cli.Detecting;

/// <summary>Which pictures are done, on disk, so that an interrupted folder goes on where it was.</summary>
/// <remarks>A first line says which model and settings; then there is a line for each picture. The file is gone when all pictures are done.</remarks>
internal sealed class DetectionJournal : IDisposable
{
    /// <summary>Name of the file, in the folder of the results.</summary>
    public const string FileName = "detections.partial.jsonl";

    private readonly string _path;
    private readonly LineFile _file;
    private readonly Dictionary<string, FoundPicture> _done = [];

    /// <summary>Opens the journal of a folder, or begins one.</summary>
    /// <param name="folder">The folder, which is there.</param>
    /// <param name="identity">The model and the settings; another identity finds other objects.</param>
    /// <exception cref="UsageException">What is there is of another model or other settings.</exception>
    /// <exception cref="IOException">The file cannot be opened or written.</exception>
    public DetectionJournal(string folder, string identity)
    {
        _path = Path.Combine(folder, FileName);
        _file = new LineFile(_path);
        try
        {
            if (_file.Lines.Count > 0)
            {
                RequireSame(_file.Lines[0], identity);
                foreach (var line in _file.Lines.Skip(1))
                {
                    var picture = FoundPicture.FromLine(line);
                    _done[picture.Picture] = picture;
                }
            }
            else
            {
                _file.Append([JsonSerializer.Serialize(new Header(identity))]);
            }
        }
        catch (JsonException e)
        {
            _file.Dispose();
            throw new UsageException($"{_path} is not what this program wrote: {e.Message} Delete it, or begin anew with --again.");
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>The pictures that are done, by their paths.</summary>
    public IReadOnlyDictionary<string, FoundPicture> Done => _done;

    /// <summary>Forgets what an earlier run has done.</summary>
    /// <param name="folder">The folder of the results.</param>
    public static void Forget(string folder) => File.Delete(Path.Combine(folder, FileName));

    /// <summary>Notes pictures as done.</summary>
    /// <exception cref="IOException">They cannot be noted; the journal is as it was.</exception>
    public void Add(IReadOnlyList<FoundPicture> pictures)
    {
        _file.Append(pictures.Select(picture => picture.ToLine()));
        foreach (var picture in pictures)
        {
            _done[picture.Picture] = picture;
        }
    }

    /// <summary>Deletes the file: all is done, or nothing.</summary>
    public void Delete()
    {
        _file.Dispose();
        File.Delete(_path);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void RequireSame(string header, string identity)
    {
        var before = JsonSerializer.Deserialize<Header>(header)?.Identity;
        if (before != identity)
        {
            throw new UsageException(
                $"{_path} is of a run that was interrupted, with {before}; now it is {identity}. Finish that run first, name another folder with --out, or begin anew with --again.");
        }
    }

    private sealed record Header(string Identity);
}
