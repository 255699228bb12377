using SingleShot.Data.Labeling;
using SingleShot.Figures.Drawing;
using SingleShot.Figures.Explorers;
using SingleShot.Images;
using static SingleShot.Figures.Explorers.ExplorerData;

namespace SingleShot.Figures.Labeling;

/// <summary>Pictures of a folder, one at a time, with what draws and names boxes on them.</summary>
internal static class LabelingFigure
{
    public static Figure Of(LabelFolder labels, int most)
    {
        var skipped = labels.Skipped.Select(finding => finding.Text).ToList();
        var all = labels.Pictures;
        var shown = Choose(all, most).Select(picture => Open(picture, skipped)).OfType<(LabeledPicture Picture, RgbImage Image)>().ToList();
        if (shown.Count == 0)
        {
            throw new InvalidDataException($"No picture of {labels.Folder} can be shown. {string.Join(" ", skipped.Take(3))}");
        }
        var (first, image) = shown.Find(one => one.Picture.Boxes is null) is { Image: not null } unlabeled ? unlabeled : shown[0];
        var (address, silence) = LabelServer.Serve(labels);
        var caption = $"The pictures of {labels.Folder}. Drag to draw a box; click on one to choose it, then drag it, its edges or its corners. "
            + "Keys: 1 to 9 class, N and P next and previous picture, B new box, C choose the next, arrows move it, with Shift its size, Delete, U undo."
            + (shown.Count < all.Count ? $" Here are {shown.Count} of {Count(all.Count, "picture")}; run the cell again for the next." : "")
            + (skipped.Count > 0 ? $" Left out: {string.Join(" ", skipped)}" : "");
        var explorer = new Explorer("labeling", caption, Controls(), $"{all.Count(picture => picture.Boxes is not null)} of {all.Count} labeled.", new
        {
            Colors,
            Inks = Colors.Select(Palette.Ink),
            Classes = labels.ClassNames,
            Total = all.Count,
            Elsewhere = all.Count(picture => picture.Boxes is not null && shown.All(one => one.Picture.Name != picture.Name)),
            Start = shown.FindIndex(one => one.Picture == first),
            labels.File,
            FileName = LabelFolder.DefaultFileName,
            Address = address,
            Silence = silence,
            Pictures = shown.Select(one => Draw(one.Picture, one.Image)),
        })
        {
            Script = ExplorerScript.Labeling,
        };
        var boxes = (first.Boxes ?? []).Select(box => new BoxOnImage(box.Box, box.ClassName, labels.ClassNames.ToList().IndexOf(box.ClassName)) { Label = box.ClassName });
        return explorer.On(new PictureSvg(image, [PictureLayer.Moving([.. boxes])], caption));
    }

    /// <summary>All pictures where a page can hold them; else those without labels come first.</summary>
    private static IEnumerable<LabeledPicture> Choose(IReadOnlyList<LabeledPicture> all, int most)
    {
        var unlabeled = all.Where(picture => picture.Boxes is null).Take(most).ToList();
        return all.Count > most && unlabeled.Count > 0 ? unlabeled : all.Take(most);
    }

    private static (LabeledPicture Picture, RgbImage Image)? Open(LabeledPicture picture, List<string> skipped)
    {
        try
        {
            return (picture, ImageFile.Read(picture.Path));
        }
        catch (ImageFileException e)
        {
            skipped.Add(e.Message);
            return null;
        }
    }

    private static object Draw(LabeledPicture picture, RgbImage image)
    {
        var view = PictureView.Of(image, [], Figure.FullWidth);
        return new
        {
            picture.Name,
            picture.Width,
            picture.Height,
            view.ShownWidth,
            view.ShownHeight,
            view.Enlarged,
            Source = "data:image/jpeg;base64," + Convert.ToBase64String(ImageFile.Encode(ScreenCopy.Of(image), ImageFormat.Jpeg)),
            PictureState.Of(picture).Boxes,
        };
    }

    private static string Controls() =>
        "<div class=\"singleshot-buttons\">" + Control.Button("previous", "Previous") + Control.Button("next", "Next") + Control.Button("nothing", "Nothing in this picture") + "</div>"
        + "<div class=\"singleshot-buttons\" role=\"group\" aria-label=\"Class\" data-classes></div>"
        + "<div class=\"singleshot-control\"><label>Another class<input type=\"text\" name=\"new-class\" maxlength=\"60\" autocomplete=\"off\"></label>" + Control.Button("add-class", "Add") + "</div>"
        + "<div class=\"singleshot-buttons\">" + Control.Button("new-box", "New box") + Control.Button("next-box", "Choose next box") + Control.Button("delete", "Delete") + Control.Button("undo", "Undo") + "</div>"
        + "<p aria-live=\"polite\" data-saving></p>"
        + "<div class=\"singleshot-buttons\">" + Control.Button("save", "Save again") + Control.Button("download", "Download") + "</div>"
        + "<details><summary>The labels as text</summary><textarea readonly rows=\"6\" aria-label=\"The labels as text\"></textarea></details>";
}
