// The detector in the browser: the model that the library exported, on ONNX Runtime Web. Resizing, normalizing, decoding and suppression are in the model, so they are the library's.
globalThis.LiveDetector = (() => {
  "use strict";

  const number = value => new ort.Tensor("float32", [value], []);
  let ort;

  class LiveDetector {
    #session;

    constructor(session, classNames) {
      this.#session = session;
      this.classNames = classNames;
    }

    // Of files of the book: the runtime's program, its WebAssembly, and the model.
    static async load({ program, wasm, model }) {
      const [code, binary, bytes] = await Promise.all([program, wasm, model].map(BookFile.read));
      ort ??= await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
      ort.env.wasm.wasmBinary = binary;
      ort.env.wasm.numThreads = 1; // more need headers that a page from the disk cannot have
      const session = await ort.InferenceSession.create(OnnxFile.requiring(bytes, ["score_threshold", "overlap"]));
      return new LiveDetector(session, JSON.parse(OnnxFile.metadata(bytes).class_names));
    }

    // What is found in a picture (ImageData): className, label, score, and box as left, top, right, bottom in pixels of the picture; best first.
    async detect(picture, scoreThreshold, overlap) {
      const { width, height, data } = picture, pixels = new Uint8Array(3 * width * height);
      for (let from = 0, to = 0; to < pixels.length; from += 4, to += 3) {
        pixels[to] = data[from];
        pixels[to + 1] = data[from + 1];
        pixels[to + 2] = data[from + 2];
      }
      const images = new ort.Tensor("uint8", pixels, [1, height, width, 3]);
      const { boxes, scores, labels, counts } = await this.#session.run({ images, score_threshold: number(scoreThreshold), overlap: number(overlap) });
      const count = Number(counts.data[0]);
      if (count < 0) {
        throw new Error("The model's predictions hold NaN or infinity. Export the network again.");
      }
      return Array.from({ length: count }, (_, i) => {
        const label = Number(labels.data[i]);
        return { label, className: this.classNames[label], score: scores.data[i], box: Array.from(boxes.data.subarray(4 * i, 4 * i + 4)) };
      });
    }
  }

  return LiveDetector;
})();
