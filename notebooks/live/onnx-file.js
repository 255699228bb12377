// What the page must know of a model's file, which is protobuf (https://protobuf.dev/programming-guides/encoding, onnx.proto3): its metadata, and which inputs may be left out.
globalThis.OnnxFile = (() => {
  "use strict";
  const Model = { graph: 7, metadata: 14 }, Graph = { initializer: 5 }, Tensor = { name: 8 }, Entry = { key: 1, value: 2 };
  const bytesOfType = { 1: 8, 5: 4 }, text = new TextDecoder();

  const varint = (bytes, at) => {
    let value = 0, factor = 1;
    for (; at < bytes.length; factor *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * factor;
      if (byte < 128) {
        return { value, end: at };
      }
    }
    throw new Error("The model is cut off.");
  };

  // Each field of a message: its number, where it begins with its key, and its content.
  function* fields(bytes) {
    for (let from = 0; from < bytes.length;) {
      const key = varint(bytes, from), type = key.value % 8;
      const length = type === 2 ? varint(bytes, key.end) : null;
      const start = length?.end ?? key.end;
      const end = type === 0 ? varint(bytes, start).end : start + (length?.value ?? bytesOfType[type]);
      if (!(end <= bytes.length)) {
        throw new Error("The model is cut off, or is no ONNX file.");
      }
      yield { number: Math.floor(key.value / 8), whole: bytes.subarray(from, end), content: bytes.subarray(start, end) };
      from = end;
    }
  }

  const first = (bytes, number) => {
    for (const field of fields(bytes)) {
      if (field.number === number) {
        return text.decode(field.content);
      }
    }
    return "";
  };

  const joined = parts => {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
    return all;
  };

  const lengthBytes = length => length < 128 ? [length] : [length % 128 + 128, ...lengthBytes(Math.floor(length / 128))];

  return {
    // The entries of the metadata, by name.
    metadata: bytes => Object.fromEntries([...fields(bytes)].filter(field => field.number === Model.metadata).map(field => [first(field.content, Entry.key), first(field.content, Entry.value)])),

    // The model with inputs that must be given: those named lose their defaults. ONNX Runtime Web refuses a value for an input that has one.
    requiring: (bytes, names) => joined([...fields(bytes)].flatMap(field => {
      if (field.number !== Model.graph) {
        return [field.whole];
      }
      const graph = joined([...fields(field.content)].filter(part => part.number !== Graph.initializer || !names.includes(first(part.content, Tensor.name))).map(part => part.whole));
      return [[Model.graph * 8 + 2, ...lengthBytes(graph.length)], graph];
    })),
  };
})();
