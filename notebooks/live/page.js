// The page: what the reader chooses goes to the detector, and what that finds is shown.
(() => {
  "use strict";
  const at = name => document.querySelector(`[data-live=${name}]`), examples = [...document.querySelectorAll("[data-example]")].map(BookFile.of);
  const files = { program: BookFile.of(at("program")), wasm: BookFile.of(at("wasm")), model: BookFile.of(at("model")) };
  const canvas = document.querySelector("canvas"), camera = new Camera(), settings = [at("score"), at("overlap")];
  let detector, shown, loading, busy = false, again = false, asking = false, next = 0;

  const megabytes = bytes => `${(bytes / 1e6).toFixed(bytes < 1e5 ? 2 : 1)} MB`;
  const tell = problem => { at("error").textContent = problem; };
  // What fails is said in the page; a sentence of ours has been written for the reader.
  const trying = action => async (...given) => {
    tell("");
    try {
      await action(...given);
    } catch (error) {
      tell(error.message);
    }
  };

  // Of a picture that the browser has decoded: its pixels as they are, in no other color space.
  const pixels = bitmap => {
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d", { willReadFrequently: true });
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, bitmap.width, bitmap.height);
  };

  const detect = async () => {
    const bitmap = shown, start = performance.now();
    const [score, overlap] = settings.map(slider => Number(slider.value)), detections = await detector.detect(pixels(bitmap), score, overlap);
    const milliseconds = performance.now() - start;
    Drawing.draw(canvas, bitmap, bitmap.width, bitmap.height, detections);
    Drawing.list(document.querySelector("[data-live=found] tbody"), detections);
    at("found").hidden = false;
    at("status").textContent = `${Drawing.count(detections)}; ${milliseconds.toFixed(0)} ms`;
    document.dispatchEvent(new CustomEvent("detected", { detail: { detections, milliseconds } }));
  };

  // The picture that is shown, with the settings of now. One detection at a time; what is asked for meanwhile is done once, after it.
  const refresh = async () => {
    again = true;
    if (busy || !shown) {
      return;
    }
    busy = true;
    try {
      while (again) {
        again = false;
        await detect();
      }
    } finally {
      busy = false;
    }
  };

  const show = async (blob, name) => {
    stopCamera();
    let bitmap;
    try {
      bitmap = await createImageBitmap(blob, { colorSpaceConversion: "none", premultiplyAlpha: "none" });
    } catch {
      throw new Error(`${name} is no picture that this browser can read, or it is damaged. Choose a JPEG or PNG file.`);
    }
    shown = bitmap;
    await refresh();
  };

  const stopCamera = () => {
    camera.stop();
    at("camera").textContent = "Start the camera";
    at("status").setAttribute("aria-live", "polite");
  };

  const film = async () => {
    if (asking) {
      return; // the browser still waits for the reader's answer
    }
    asking = true;
    try {
      await camera.start();
    } finally {
      asking = false;
    }
    at("file").value = ""; // its name stood beside what the camera shows
    at("camera").textContent = "Stop the camera";
    at("status").setAttribute("aria-live", "off"); // a reader who hears the page would hear nothing else
    try {
      for (let frame = await camera.frame(); frame; frame = await camera.frame()) {
        shown = frame;
        await refresh();
      }
    } finally {
      stopCamera();
    }
  };

  const load = () => loading ??= begin().finally(() => { loading = undefined; });

  const begin = async () => {
    at("load").disabled = true;
    at("status").textContent = "Loading the detector ...";
    try {
      detector = await LiveDetector.load(files);
    } finally {
      at("load").disabled = false;
      at("status").textContent = "";
    }
    at("start").hidden = true;
    at("tool").hidden = false;
    await showExample();
    at("example").focus();
  };

  const showExample = async () => {
    at("file").value = "";
    const file = examples[next++ % examples.length];
    await show(new Blob([await BookFile.read(file)]), file.name);
  };

  const tellSettings = () => settings.forEach(slider => { slider.parentNode.querySelector("output").textContent = Number(slider.value).toFixed(2); });

  tellSettings();
  const all = Object.values(files);
  if (all.includes(null)) {
    at("missing").hidden = false;
    return;
  }
  Object.entries(files).forEach(([name, file]) => { at(name).textContent = megabytes(file.size); });
  at("load").textContent = `Load ${megabytes(all.reduce((sum, file) => sum + file.size, 0))}, and start`;
  at("start").hidden = false;
  at("load").addEventListener("click", trying(load));
  at("example").addEventListener("click", trying(showExample));
  at("camera").addEventListener("click", trying(() => camera.runs ? stopCamera() : film()));
  at("file").addEventListener("change", trying(async () => {
    const [file] = at("file").files;
    if (file) {
      await show(file, file.name);
    }
  }));
  for (const slider of settings) {
    slider.addEventListener("input", trying(async () => {
      tellSettings();
      await refresh();
    }));
  }
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, event => {
      event.preventDefault(); // the browser would open the picture in place of the page
      document.body.classList.toggle("dragging", kind === "dragover");
    });
  }
  document.addEventListener("drop", trying(async event => {
    const [file] = event.dataTransfer.files;
    if (!file) {
      throw new Error("That is no file. Drop a picture that lies on your disk.");
    }
    if (!detector) {
      await load();
    }
    await show(file, file.name);
  }));
})();
