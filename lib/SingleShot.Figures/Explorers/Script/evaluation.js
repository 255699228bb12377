// The library's arithmetic of evaluation, in float64 as there. Detections come by falling score, each with a row of its overlaps with
// all objects. Browser.Tests hold every function here equal to the library's.

/** SingleShot.Evaluation.CocoProtocol.OverlapThresholds and RecallThresholds, and the eleven recalls of AveragePrecision. */
const cocoOverlaps = Array.from({ length: 10 }, (_, i) => i === 9 ? 0.95 : i * ((0.95 - 0.5) / 9) + 0.5);
const cocoRecalls = Array.from({ length: 101 }, (_, i) => i === 100 ? 1 : i * 0.01);
const vocRecalls = [0, 0.1, 0.2, 3 * 0.1, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** SingleShot.Evaluation.GreedyMatching.TakeBestFree: the object that a detection overlaps best, by least or more, of those not taken; -1 for none. */
function takeBestFree(row, least, taken) {
  let object = -1, highest = least;
  row.forEach((value, i) => { if (value >= highest && !taken.has(i)) { [object, highest] = [i, value]; } }); // of equal ones the last
  if (object >= 0) { taken.add(object); }
  return object;
}

/** RankedDetections.Outcomes: what becomes of each detection. */
function matchDetections(overlaps, least) {
  const taken = new Set(), owners = new Map(); // object to the detection that has it
  return overlaps.map((row, detection) => {
    const object = takeBestFree(row, least, taken), best = Math.max(...row), right = object >= 0;
    const by = !right && best >= least ? owners.get(row.lastIndexOf(best)) : -1; // the surer one that has what this one overlaps best
    if (right) { owners.set(object, detection); }
    return { right, best, overlap: right ? row[object] : best, by };
  });
}

/** Precision and recall after each detection; COCO's precisions have a hair below, which keeps 0 / 0 away there. */
function precisionRecall(outcomes, objects, hair = 0) {
  let found = 0;
  return outcomes.map(({ right }, i) => {
    found += right ? 1 : 0;
    return { recall: found / objects, precision: found / (i + 1 + hair) };
  });
}

/** The staircase at rising recalls: the best precision there or beyond, 0 where recall does not reach. */
function stairs(points, recalls) {
  const best = new Array(points.length + 1).fill(0);
  for (let i = points.length - 1; i >= 0; i--) { best[i] = Math.max(points[i].precision, best[i + 1]); }
  let at = 0;
  return recalls.map(recall => {
    while (at < points.length && points[at].recall < recall) { at++; }
    return best[at];
  });
}

/** SingleShot.Evaluation.AveragePrecision, the area. */
function areaBelow(points) {
  let reached = 0;
  return stairs(points, points.map(point => point.recall)).reduce((sum, height, i) => {
    const width = points[i].recall - reached;
    reached = points[i].recall;
    return sum + width * height;
  }, 0);
}

/** SingleShot.Evaluation.AveragePrecision of the eleven recalls. */
function elevenRecalls(points) {
  return stairs(points, vocRecalls).reduce((sum, value) => sum + value, 0) / vocRecalls.length;
}

/** SingleShot.Evaluation.CocoScores: the mean of the precisions at 101 recalls, over all of the given overlaps. */
function cocoPrecision(overlaps, objects, asked) {
  let sum = 0, lost = 0; // SingleShot.Evaluation.PreciseMean
  asked.forEach(least => stairs(precisionRecall(matchDetections(overlaps, least), objects, Number.EPSILON), cocoRecalls).forEach(value => {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }));
  return (sum + lost) / (asked.length * cocoRecalls.length);
}
