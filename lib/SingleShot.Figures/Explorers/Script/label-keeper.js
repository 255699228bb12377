// Labels go to the notebook's process as soon as they are drawn; where it does not answer, they can be downloaded.

/** Whether an address of this machine can be that of the notebook's process: a page from elsewhere must not even ask. */
function isOnThisMachine() {
  return !/^https?:$/.test(location.protocol) || ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
}

/**
 * Keeps the labels of the figure's pictures: read() asks for those that are saved, save(picture) saves one's; told(words, all saved) hears how it went,
 * and joined(picture) of labels that another page has drawn on the same picture.
 */
function labelKeeper({ data }, told, joined) {
  const { address, file } = data, unsaved = new Set();
  const known = new Map(data.pictures.map(({ name, boxes }) => [name, boxes ?? null])); // the saved labels that this page's go on from
  const help = "Download the labels; in the notebook, labels.Take(\"the downloaded file\") reads them.";
  const silence = !address ? data.silence : isOnThisMachine() ? "" : "Nothing is saved from this page: the notebook's process runs on another machine.";
  let work = Promise.resolve(); // one request after another: the last state of a picture is the one that stays
  const send = async request => {
    let answer;
    try {
      answer = await fetch(address, { cache: "no-store", ...request });
    } catch {
      throw new Error(`The notebook's process does not answer at ${new URL(address).host}: it has ended, or runs on another machine. Run the cell again, or else: ${help}`);
    }
    const text = await answer.text();
    if (!answer.ok) { throw new Error(text); }
    return JSON.parse(text);
  };
  const boxesOf = ({ pictures }, name) => pictures.find(picture => picture.name === name).boxes ?? null;
  const report = words => told(words, unsaved.size === 0);
  const flush = async () => {
    for (const picture of [...unsaved]) {
      const { name, boxes } = picture;
      let saved;
      try {
        saved = boxesOf(await send({ method: "POST", body: JSON.stringify({ name, before: known.get(name), boxes }) }), name);
      } catch (error) {
        report(`Not saved. ${error.message}`);
        return;
      }
      if (picture.boxes !== boxes) { // what changed meanwhile goes on from what was sent
        known.set(name, boxes);
        continue;
      }
      unsaved.delete(picture);
      known.set(name, saved);
      if (JSON.stringify(saved) !== JSON.stringify(boxes)) {
        picture.boxes = saved;
        joined(picture);
      }
    }
    if (!unsaved.size) { report(`Saved in ${file}.`); } // what changed meanwhile has a turn of its own
  };
  return {
    /** What is saved; null where nobody answers. */
    read: () => {
      if (silence) { report(`${silence} ${help}`); return Promise.resolve(null); }
      const reading = work.then(async () => {
        try {
          const state = await send(), drawn = new Set([...unsaved].map(({ name }) => name));
          state.pictures.filter(({ name }) => !drawn.has(name)).forEach(({ name, boxes }) => known.set(name, boxes ?? null));
          report(`Labels are saved in ${file}.`);
          return state;
        } catch (error) {
          report(error.message);
          return null;
        }
      });
      work = reading;
      return reading;
    },
    save: picture => {
      if (picture) { unsaved.add(picture); }
      if (silence) { report(`${silence} ${help}`); return; }
      report("Saving ...");
      work = work.then(flush);
    },
    isUnsaved: picture => unsaved.has(picture),
  };
}

/** The labels of the pictures as a file in COCO's format. */
function cocoOf(pictures, classes) {
  const labeled = pictures.filter(picture => picture.boxes);
  const round = value => Math.round(100 * value) / 100;
  const annotations = labeled.flatMap((picture, image) => picture.boxes.map(({ left, top, right, bottom, name }) => ({
    image_id: image + 1, category_id: classes.indexOf(name) + 1, bbox: [left, top, right - left, bottom - top].map(round), area: round((right - left) * (bottom - top)), iscrowd: 0,
  })));
  return JSON.stringify({
    images: labeled.map(({ name, width, height }, image) => ({ id: image + 1, file_name: name, width, height })),
    categories: classes.map((name, label) => ({ id: label + 1, name })),
    annotations: annotations.map((annotation, number) => ({ id: number + 1, ...annotation })),
  }, null, 1);
}

function download(text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
