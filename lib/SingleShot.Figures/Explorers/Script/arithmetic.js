// The library's own arithmetic: float64 where it lays out default boxes, float32 where it works on tensors. Boxes are four numbers in
// a row of a Float32Array: left, top, right, bottom. Browser.Tests hold every function here equal to the library's.

const round = Math.fround;

/** SingleShot.Boxes.DefaultBoxes: the boxes of a specification in the order of the network's outputs, as fractions of the input's sides. */
function defaultBoxes({ maps, inputSize }) {
  const boxes = [];
  maps.forEach((map, number) => {
    const shapes = [[map.scale, 1], [Math.sqrt(map.scale * map.nextScale), 1]];
    map.aspectRatios.forEach(ratio => shapes.push([map.scale, ratio], [map.scale, 1 / ratio]));
    for (let row = 0; row < map.size; row++) {
      for (let column = 0; column < map.size; column++) {
        shapes.forEach(([scale, ratio], shape) => boxes.push({
          index: boxes.length, map: number, row, column, shape, scale, ratio,
          x: (column + 0.5) * map.step / inputSize, y: (row + 0.5) * map.step / inputSize,
          width: Math.min(scale * Math.sqrt(ratio), 1), height: Math.min(scale / Math.sqrt(ratio), 1),
        }));
      }
    }
  });
  return boxes;
}

/** SingleShot.Boxes.BoxFormat.CenterToCorners of the default boxes as a float32 tensor, times the input's side where overlaps are computed in its pixels. */
function cornersOf(boxes, side = 1) {
  const corners = new Float32Array(4 * boxes.length);
  boxes.forEach((box, i) => {
    const x = round(box.x), y = round(box.y), halfWidth = round(box.width) / 2, halfHeight = round(box.height) / 2;
    corners.set([x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight], 4 * i);
  });
  return side === 1 ? corners : corners.map(corner => corner * side);
}

/** Corners { left, top, right, bottom } in pixels of a picture as a loss has them, in pixels of the input. */
function inputCorners({ left, top, right, bottom }, width, height, side) {
  return new Float32Array([left * (1 / width) * side, top * (1 / height) * side, right * (1 / width) * side, bottom * (1 / height) * side]);
}

function area(corners, i) {
  return round(Math.max(0, round(corners[4 * i + 2] - corners[4 * i])) * Math.max(0, round(corners[4 * i + 3] - corners[4 * i + 1])));
}

/** SingleShot.Boxes.Jaccard.Overlap of box i of a and box j of b. */
function overlap(a, i, b, j) {
  const width = round(Math.min(a[4 * i + 2], b[4 * j + 2]) - Math.max(a[4 * i], b[4 * j]));
  const height = round(Math.min(a[4 * i + 3], b[4 * j + 3]) - Math.max(a[4 * i + 1], b[4 * j + 1]));
  if (!(width > 0 && height > 0)) { return 0; }
  const intersection = round(width * height);
  return round(intersection / round(round(area(a, i) + area(b, j)) - intersection));
}

/** For each object the default boxes that touch it, with their overlaps, and the one that overlaps it best: of equal ones the first. */
function overlapsOf(truths, defaults) {
  return Array.from({ length: truths.length / 4 }, (_, truth) => {
    const boxes = [], values = [];
    let best = 0, bestOverlap = 0;
    for (let box = 0; box < defaults.length / 4; box++) {
      const value = overlap(truths, truth, defaults, box);
      if (value > 0) { boxes.push(box); values.push(value); }
      if (value > bestOverlap) { [best, bestOverlap] = [box, value]; }
    }
    return { boxes, values, best, bestOverlap };
  });
}

/** SingleShot.Losses.ManyToManyMatcher and BestOverlapMatcher, for thresholds above 0: matches by object, then by default box. */
function match(overlaps, threshold, manyToMany) {
  const least = round(threshold);
  if (manyToMany) {
    return overlaps.flatMap(({ boxes, values }, truth) => boxes
      .map((box, i) => ({ truth, box, overlap: values[i], forced: false })).filter(m => m.overlap > least));
  }
  const owners = new Map(); // default box to its match
  overlaps.forEach(({ boxes, values }, truth) => boxes.forEach((box, i) => {
    if (values[i] >= least && !(owners.get(box)?.overlap >= values[i])) { owners.set(box, { truth, box, overlap: values[i], forced: false }); }
  }));
  const plain = new Map(owners);
  overlaps.forEach(({ best, bestOverlap }, truth) => { // a later object takes the box from an earlier one
    const given = plain.get(best);
    owners.set(best, given?.truth === truth ? given : { truth, box: best, overlap: bestOverlap, forced: true });
  });
  return [...owners.values()].sort((a, b) => a.truth - b.truth || a.box - b.box);
}

/** SingleShot.Losses.HardNegativeMining: the hardest boxes without a match, ratio for each box that has one. */
function mine(hardness, positive, ratio) {
  const negatives = Array.from(hardness.keys()).filter(box => !positive.has(box));
  return negatives.sort((a, b) => hardness[b] - hardness[a] || a - b).slice(0, Math.floor(round(positive.size * ratio)));
}

/** SingleShot.Detection.NonMaximumSuppression of boxes by falling score: for each the kept box that dropped it, or -1, and the most that a kept one overlaps it. */
function suppress(corners, boxes, limit) {
  const max = round(limit), kept = [];
  return boxes.map(box => {
    let nearest = 0;
    for (const other of kept) {
      const value = overlap(corners, other, corners, box);
      if (value > max) { return { by: other, overlap: value }; }
      nearest = Math.max(nearest, value);
    }
    kept.push(box);
    return { by: -1, overlap: nearest };
  });
}

/** SingleShot.Detection.PredictionDecoder, from the best candidates of each class on: what is left, best first. */
function detect({ corners, scores, labels }, classes, threshold, limit, detections) {
  const least = round(threshold), left = [];
  for (let label = 0; label < classes; label++) {
    const candidates = Array.from(scores.keys()).filter(i => labels[i] === label && scores[i] > least);
    suppress(corners, candidates, limit).forEach(({ by }, i) => { if (by < 0) { left.push(candidates[i]); } });
  }
  return left.sort((a, b) => scores[b] - scores[a] || labels[a] - labels[b] || a - b).slice(0, detections);
}
