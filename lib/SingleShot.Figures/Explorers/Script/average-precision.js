// Average precision: which detections are right, and precision over recall as the surest are taken.

function exploreAveragePrecision(stage) {
  const { data, number } = stage, { overlaps, objects } = data, plot = stage.figure.querySelector("[data-layer=plot]");
  const rows = [...stage.figure.querySelectorAll("tbody tr")];
  stage.play(() => {
    const taken = number("taken"), step = Math.round((number("overlap") - cocoOverlaps[0]) / 0.05), asked = overlaps.slice(0, taken);
    const outcomes = matchDetections(asked, cocoOverlaps[step]), points = precisionRecall(outcomes, objects);
    drawBoxes(stage, data.boxes.map(([left, top, right, bottom], i) => ({ left, top, right, bottom, ...lookOf(data, outcomes, points, i) })));
    drawPrecisionRecall(plot, data, outcomes, points);
    rows.forEach((row, i) => {
      row.classList.toggle("singleshot-chosen", taken < rows.length && i === taken - 1);
      fillRow(stage.figure, i, 3, i < taken
        ? [verdictOf(outcomes[i], inShort), points[i].precision.toFixed(3), points[i].recall.toFixed(3)] : ["", "", ""]);
    });
    const found = outcomes.filter(c => c.right).length, last = points[taken - 1], three = value => value.toFixed(3);
    stage.say(`At an overlap of ${number("overlap").toFixed(2)}, ${found} of ${count(taken, "detection")} ${found === 1 ? "is" : "are"} right and ${found} of ${count(objects, "object")} found: `
      + `precision ${three(last.precision)}, recall ${three(last.recall)}. Average precision: area ${three(areaBelow(points))}, `
      + `eleven recalls ${three(elevenRecalls(points))}, COCO's 101 recalls ${three(cocoPrecision(asked, objects, [cocoOverlaps[step]]))}. `
      + `Mean over the ten overlaps 0.50 to 0.95: ${three(cocoPrecision(asked, objects, cocoOverlaps))}.`);
  });
}

/** How a detection is drawn: as its verdict says, or as one that is not taken yet. */
function lookOf(data, outcomes, points, i) {
  const about = `detection ${i + 1}, score ${data.scores[i].toFixed(3)}\nbest overlap ${data.bests[i].toFixed(3)}`;
  if (i >= outcomes.length) { return { group: -1, style: "thin", hover: `${about}\nnot taken yet` }; }
  const now = i === outcomes.length - 1 && outcomes.length < data.boxes.length, { group, ink } = outcomes[i].right ? data.right : data.wrong;
  return {
    group, style: now && outcomes[i].right ? "thick" : outcomes[i].right ? "solid" : "dotted",
    label: { text: String(i + 1), width: data.widths[i], ink }, hover: `${about}\n${verdictOf(outcomes[i], inFull)}`,
  };
}

const inShort = { right: () => "right", other: () => "right", taken: by => `wrong: ${by} has it`, misplaced: () => "wrong: misplaced", nothing: () => "wrong: on nothing" };
const inFull = {
  right: () => "right",
  other: (_, overlap) => `right: the best object still free, overlap ${overlap}`,
  taken: by => `wrong: detection ${by}, with a higher score, has that object`,
  misplaced: (_, overlap) => `wrong: not well enough in place, overlap ${overlap}`,
  nothing: () => "wrong: overlaps nothing",
};

/** DetectionOutcome.Verdict and DetectionOutcome.Reason. */
function verdictOf({ right, best, overlap, by }, words) {
  const kind = right ? (overlap < best ? "other" : "right") : by >= 0 ? "taken" : best > 0 ? "misplaced" : "nothing";
  return words[kind](by + 1, overlap.toFixed(3));
}

/** PrecisionRecallPlot: the saw, its staircase, and the eleven recalls. */
function drawPrecisionRecall(layer, { plot, lines }, outcomes, points) {
  const digits = value => String(Number(value.toFixed(2)));
  const x = recall => digits(plot.left + (plot.right - plot.left) * recall), y = precision => digits(plot.bottom - (plot.bottom - plot.top) * precision);
  const recalls = [...new Set(points.map(point => point.recall))], heights = stairs(points, recalls);
  const outlined = `M${x(0)} ${y(heights[0])}${recalls.map((recall, i) => `V${y(heights[i])}H${x(recall)}`).join("")}V${y(0)}`;
  layer.textContent = "";
  element(layer, "path", { d: `${outlined}H${x(0)}z`, fill: lines[1], "fill-opacity": 0.1 });
  element(layer, "path", { d: "M" + points.map(({ recall, precision }) => `${x(recall)} ${y(precision)}`).join("L"), fill: "none", stroke: lines[0], "stroke-width": 2 });
  element(layer, "path", { d: `${outlined}H${x(1)}`, fill: "none", stroke: lines[1], "stroke-width": 2.5, "stroke-dasharray": "8 4" });
  stairs(points, vocRecalls).forEach((height, i) => element(element(layer, "path", {
    d: `M${x(i / 10)} ${y(height)}m0 -6l6 6l-6 6l-6 -6z`, fill: lines[2],
  }), "title", {}, `recall ${(i / 10).toFixed(1)}: ${height.toFixed(3)}`));
  points.forEach(({ recall, precision }, i) => element(element(layer, "circle", {
    cx: x(recall), cy: y(precision), r: 4, fill: outcomes[i].right ? lines[0] : "none", stroke: lines[0], "stroke-width": 2, "pointer-events": "all",
  }), "title", {}, `detection ${i + 1}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`));
}
