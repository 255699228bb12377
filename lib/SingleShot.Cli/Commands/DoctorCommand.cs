using System.CommandLine;
using SingleShot.Data.Doctor;
using SingleShot.Data.Folders;

namespace SingleShot.Cli.Commands;

/// <summary>The command <c>doctor</c>: examines a data set before it is trained on.</summary>
internal static class DoctorCommand
{
    private const int FewEnoughToOpen = 10_000; // opening a hundred thousand photographs takes minutes

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandHost host)
    {
        var root = new Argument<string>("folder") { Description = "The data set's folder, in the layout of COCO, Pascal VOC or YOLO." };
        var split = new Option<string>("--split") { Description = "The split: train, val, trainval, train2017 and so on.", DefaultValueFactory = _ => "train" };
        var open = new Option<bool?>("--open-images") { Description = "Decodes each picture (true), or believes the annotations (false); when left out, it decodes the pictures of a data set of up to 10,000." };
        var shown = new Option<int>("--findings") { Description = "How many findings of each kind are listed.", DefaultValueFactory = _ => 10 };
        var command = new Command("doctor", "Examines a data set: what cannot be used, what is odd, and what to do about it.") { root, split, open, shown };
        return host.Run(command, async (parsed, report, stop) =>
        {
            // Reading and decoding take minutes, and write nothing: where it is stopped, nobody waits for them.
            var (data, found) = await Task.Run(
                () =>
                {
                    var data = DataSetFolder.Read(parsed.GetValue(root)!, parsed.GetValue(split)!);
                    return (data, DataDoctor.Examine(data, parsed.GetValue(open) ?? data.Samples.Count <= FewEnoughToOpen));
                },
                CancellationToken.None).WaitAsync(stop).ConfigureAwait(false);
            report.Line(found.ToString());
            foreach (var kind in found.Findings.GroupBy(finding => finding.Kind))
            {
                foreach (var finding in kind.Take(parsed.GetValue(shown)))
                {
                    report.Line($"  {kind.Key}: {finding}");
                }
            }
            foreach (var finding in found.Findings)
            {
                report.Event("finding", new { finding.Kind, finding.Text, finding.ImageId });
            }
            report.Line(found.Healthy ? "healthy" : "not healthy");
            report.Event("done", new
            {
                found.Healthy,
                Images = data.Samples.Count,
                Classes = data.ClassNames.Zip(found.Objects, (name, objects) => new { Name = name, Objects = objects }),
            });
            return found.Healthy ? ExitCodes.Done : ExitCodes.Failed;
        });
    }
}
