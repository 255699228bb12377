// Each explorer: its figure's data and controls in, its layer and texts redrawn.

function exploreDefaultBoxes(stage) {
  const { data, control, number, svg } = stage, { maps, inputSize } = data.model, boxes = defaultBoxes(data.model), corners = cornersOf(boxes);
  const starts = maps.map((_, map) => boxes.findIndex(box => box.map === map));
  const grid = svg.querySelector("[data-layer=grid]");
  const leaves = box => box.x - box.width / 2 < 0 || box.y - box.height / 2 < 0 || box.x + box.width / 2 > 1 || box.y + box.height / 2 > 1;
  const boxOf = (map, row, column, shape) => boxes[starts[map] + (row * maps[map].size + column) * (2 + 2 * maps[map].aspectRatios.length) + shape];
  let mapShown = -1;
  const fit = map => { // the sliders and the shapes that this map has
    for (const name of ["row", "column"]) {
      const slider = control(name), middle = mapShown < 0 ? slider.value : Math.floor(maps[map].size / 2);
      slider.max = maps[map].size - 1;
      slider.value = middle;
    }
    const shape = control("shape").selectedIndex;
    control("shape").replaceChildren(...["square", "extra square", ...maps[map].aspectRatios.flatMap(ratio => [`${short(ratio)} : 1`, `1 : ${short(ratio)}`])]
      .map((name, i) => new Option(name, i)));
    control("shape").selectedIndex = Math.min(shape, control("shape").length - 1);
    if (mapShown >= 0) { // room for the boxes of this map beyond the edges
      const beyond = Math.max(0, ...boxes.filter(box => box.map === map).map(box => Math.max(
        box.width / 2 - box.x, box.x + box.width / 2 - 1, box.height / 2 - box.y, box.y + box.height / 2 - 1))) + 0.02;
      svg.setAttribute("viewBox", [-beyond * data.width, -beyond * data.height, (1 + 2 * beyond) * data.width, (1 + 2 * beyond) * data.height].join(" "));
    }
    mapShown = map;
  };
  svg.style.cursor = "crosshair";
  svg.addEventListener("click", event => {
    const at = pointIn(svg, event), { size, step } = maps[mapShown];
    const cell = fraction => Math.min(size - 1, Math.max(0, Math.floor(fraction * inputSize / step)));
    control("column").value = cell(at.x / data.width);
    control("row").value = cell(at.y / data.height);
    control("row").dispatchEvent(new Event("input", { bubbles: true }));
  });
  stage.play(() => {
    if (number("map") !== mapShown) { fit(number("map")); }
    const map = mapShown, { size, step } = maps[map], [row, column, shape] = ["row", "column", "shape"].map(number);
    const chosen = boxOf(map, row, column, shape), mine = boxes.filter(box => box.map === map), show = stage.value("show");
    const others = show === "cell" ? mine.filter(box => box.row === row && box.column === column && box !== chosen)
      : show === "neighbors" ? mine.filter(box => box.shape === shape && Math.abs(box.row - row) <= 1 && Math.abs(box.column - column) <= 1 && box !== chosen)
        : show === "leaving" ? mine.filter(box => leaves(box) && box !== chosen) : mine.filter(box => box !== chosen);
    const style = { cell: "solid", neighbors: "dashed", leaving: "dotted", all: "thin" }[show];
    const group = box => Math.max(0, box.shape - 1);
    const centers = mine.filter(box => box.shape === 0).map(box => `M${box.x * data.width} ${box.y * data.height}h0`).join("");
    grid.textContent = "";
    [["#000", 5], ["#FFF", 3]].forEach(([stroke, width]) => {
      const paint = { fill: "none", stroke, "stroke-opacity": 0.75, "vector-effect": "non-scaling-stroke", "stroke-width": width };
      element(grid, "path", { ...paint, d: centers, "stroke-linecap": "round" });
      element(grid, "rect", {
        ...paint, "stroke-width": width / 2, x: column * step / inputSize * data.width, y: row * step / inputSize * data.height,
        width: step / inputSize * data.width, height: step / inputSize * data.height,
      });
    });
    drawBoxes(stage, [...others.map(box => ({
      ...onPicture(stage, box), style: leaves(box) && show !== "leaving" && show !== "all" ? "dotted" : style, group: group(box),
      hover: `${describe(box)}\noverlap with the chosen box ${overlap(corners, chosen.index, corners, box.index).toFixed(3)}`,
    })), { ...onPicture(stage, chosen), style: "thick", group: group(chosen), hover: describe(chosen) }]);
    stage.figure.querySelectorAll("tbody tr").forEach((tr, i) => { tr.classList.toggle("singleshot-chosen", i === map); });
    const pixels = value => short(Number((value * inputSize).toFixed(1)));
    const next = column + 1 < size ? boxOf(map, row, column + 1, shape) : column > 0 ? boxOf(map, row, column - 1, shape) : null;
    stage.say(`Default box ${chosen.index}: map ${map}, row ${row}, column ${column}, scale ${short(chosen.scale)}, aspect ratio ${short(chosen.ratio)}. `
      + `Center (${pixels(chosen.x)}, ${pixels(chosen.y)}), ${pixels(chosen.width)} x ${pixels(chosen.height)} pixels of the ${inputSize} x ${inputSize} input. `
      + (leaves(chosen) ? "It reaches beyond the image. " : "It lies within the image. ")
      + (next ? `Its neighbor in the row overlaps it by ${overlap(corners, chosen.index, corners, next.index).toFixed(2)}.` : "It has no neighbor: the map is one cell."));
  });
}

function exploreMatching(stage) {
  const { data } = stage, { inputSize } = data.model, boxes = defaultBoxes(data.model), corners = cornersOf(boxes, inputSize);
  const overlapsAt = box => overlapsOf(inputCorners(box, data.width, data.height, inputSize), corners)[0];
  const starts = data.objects.map(([left, top, right, bottom]) => ({ left, top, right, bottom })), overlaps = starts.map(overlapsAt);
  const sizes = [...stage.figure.querySelectorAll("tbody tr")].map(row => [row.cells[1].textContent, row.cells[2].textContent]);
  const objects = data.names.length ? movableObjects(stage, starts, (truth, box) => { overlaps[truth] = overlapsAt(box); }) : null;
  stage.play(() => {
    objects?.draw();
    const threshold = stage.number("threshold"), manyToMany = stage.value("strategy") === "many", matches = match(overlaps, threshold, manyToMany);
    drawBoxes(stage, matches.map(({ truth, box, overlap, forced }) => ({
      ...onPicture(stage, boxes[box]), group: truth, style: forced ? "dotted" : "dashed", diamond: forced,
      hover: `${describe(boxes[box])}\n${forced ? "forced to" : "matched to"} object ${truth}: ${data.names[truth]}\noverlap ${overlap.toFixed(3)}`,
    })));
    const forced = matches.filter(m => m.forced).length, positive = new Set(matches.map(m => m.box)).size;
    overlaps.forEach(({ bestOverlap }, truth) => {
      const own = matches.filter(m => m.truth === truth), size = objects.size(truth);
      fillRow(stage.figure, truth, 1, [...(size ? [size, bestOverlap.toFixed(2)] : sizes[truth]), own.length, own.filter(m => m.forced).length]);
      stage.figure.querySelectorAll("tbody tr")[truth].classList.toggle("singleshot-missed", own.length === 0);
    });
    const alone = overlaps.map((_, truth) => truth).filter(truth => matches.every(m => m.truth !== truth)).map(truth => `${truth} (${data.names[truth]})`);
    stage.say(`${count(matches.length, "match")}, ${forced} of them forced. ${boxes.length - positive} of ${count(boxes.length, "default box")} match nothing. `
      + `Objects that nobody matches: ${alone.length ? alone.join(", ") : "none"}.`);
  });
}

function exploreMining(stage) {
  const { data } = stage, boxes = defaultBoxes(data.model), overlaps = overlapsOf(floats(data.truths), cornersOf(boxes));
  const hardness = data.snapshots.map(snapshot => floats(snapshot.hardness)), positive = new Set(data.positive);
  const nearest = new Map();
  overlaps.forEach(({ boxes, values }) => boxes.forEach((box, i) => nearest.set(box, Math.max(nearest.get(box) ?? 0, values[i]))));
  stage.play(() => {
    const snapshot = data.snapshots.length > 1 ? stage.number("snapshot") : 0, ratio = data.ratios[stage.number("ratio")];
    const chosen = mine(hardness[snapshot], positive, ratio ?? boxes.length);
    drawBoxes(stage, chosen.map((box, rank) => ({
      ...onPicture(stage, boxes[box]), group: boxes[box].map, style: chosen.length > data.maxSolid ? "thin" : "solid",
      hover: `${describe(boxes[box])}\nhard negative ${rank + 1}: cost ${hardness[snapshot][box].toFixed(3)}\noverlap with an object at most ${(nearest.get(box) ?? 0).toFixed(3)}`,
    })));
    const cost = list => list.reduce((sum, box) => sum + hardness[snapshot][box], 0);
    const near = chosen.filter(box => (nearest.get(box) ?? 0) >= 0.3).length, all = mine(hardness[snapshot], positive, boxes.length);
    stage.say(`${count(positive.size, "positive")}, ${count(chosen.length, "negative")} of ${all.length}. They carry ${(100 * cost(chosen) / cost(all) || 0).toFixed(0)}\u00a0% of what all negatives would cost; `
      + `each costs ${(cost(chosen) / chosen.length || 0).toFixed(2)} on average. ${near} of them ${near === 1 ? "overlaps" : "overlap"} an object by 0.3 or more.`);
  });
}

/** Which detections, best first, find an object of their class, by an overlap of half or more. */
function matchToObjects({ corners, labels, truths, truthLabels }, shown) {
  const found = new Set();
  return { found, right: shown.map(i => {
    const row = truthLabels.map((label, truth) => label === labels[i] ? overlap(truths, truth, corners, i) : 0);
    const object = takeBestFree(row, 0.5, found), right = object >= 0;
    return { right, overlap: right ? row[object] : Math.max(0, ...row) };
  }) };
}

function labelOf({ data }, candidates, i) {
  const { name, width, ink } = data.classes[candidates.labels[i]];
  return { text: `${name} ${candidates.scores[i].toFixed(2)}`, width, ink };
}

/** The pictures of an explorer, with the numbers of their boxes. */
function picturesOf({ data }) {
  return data.pictures.map(picture => ({
    ...picture, corners: floats(picture.corners), scores: floats(picture.scores), truths: floats(picture.truths),
  }));
}

function exploreDetection(stage) {
  const { data } = stage, pictures = picturesOf(stage), image = stage.svg.querySelector("image"), objects = stage.svg.querySelector("[data-layer=truths]");
  pictures[0].source = image.getAttribute("href");
  let shownPicture = pictures[0];
  stage.play(() => {
    const picture = pictures.length > 1 ? pictures[stage.number("picture") - 1] : pictures[0], { truths, truthLabels } = picture;
    if (picture !== shownPicture) {
      image.setAttribute("href", picture.source);
      drawBoxes(stage, truthLabels.map((label, i) => ({ ...scaled(stage, truths, i), group: -1, style: "dashed", hover: `ground truth: ${data.classes[label]?.name ?? `class ${label}`}` })), objects);
      shownPicture = picture;
    }
    const shown = detect(picture, data.classes.length, stage.number("score"), stage.number("overlap"), data.maxDetections);
    const { found, right } = matchToObjects(picture, shown);
    drawBoxes(stage, shown.map((i, rank) => ({
      ...scaled(stage, picture.corners, i), group: picture.labels[i], style: right[rank].right || !truthLabels.length ? "solid" : "dotted",
      label: rank < data.maxLabels ? labelOf(stage, picture, i) : null,
      hover: `${data.classes[picture.labels[i]].name}, score ${picture.scores[i].toFixed(3)}\ndefault box ${picture.defaults[i]}`
        + (truthLabels.length ? `\noverlap with an object of its class ${right[rank].overlap.toFixed(3)}` : ""),
    })));
    const passed = picture.scores.filter(score => score > round(stage.number("score"))).length;
    stage.say(`${count(passed, "box")} above the score, ${count(shown.length, "detection")} left by suppression. `
      + (truthLabels.length ? `${found.size} of ${count(truthLabels.length, "object")} found, ${count(shown.length - found.size, "false alarm")}.` : ""));
  });
}

function exploreSuppression(stage) {
  const { control } = stage, [candidates] = picturesOf(stage), list = stage.figure.querySelector("ol");
  let shownClass = -1;
  stage.play(() => {
    const label = stage.number("class"), boxes = Array.from(candidates.scores.keys()).filter(i => candidates.labels[i] === label);
    if (label !== shownClass) {
      control("step").max = boxes.length;
      control("step").value = boxes.length;
      shownClass = label;
    }
    const verdicts = suppress(candidates.corners, boxes, stage.number("overlap")), step = stage.number("step"), now = step - 1;
    const name = i => `default box ${candidates.defaults[i]} (${candidates.scores[i].toFixed(2)})`;
    const verdict = i => verdicts[i].by < 0 ? `kept: kept boxes overlap it by ${verdicts[i].overlap.toFixed(2)} at most`
      : `dropped by ${name(verdicts[i].by)}, overlap ${verdicts[i].overlap.toFixed(2)}`;
    drawBoxes(stage, boxes.map((box, i) => ({
      ...scaled(stage, candidates.corners, box), group: i > now ? -1 : verdicts[i].by < 0 ? 0 : 1,
      style: step < boxes.length && now >= 0 && (i === now || verdicts[now].by === box) ? "thick" : i > now ? "thin" : verdicts[i].by < 0 ? "solid" : "dotted",
      label: i <= now && verdicts[i].by < 0 ? labelOf(stage, { ...candidates, labels: { [box]: label } }, box) : null,
      hover: `${name(box)}\n${i > now ? "waiting" : verdict(i)}`,
    })));
    list.replaceChildren(...boxes.slice(0, step).map((box, i) => {
      const item = document.createElement("li");
      item.textContent = `${name(box)}, ${verdict(i)}`;
      return item;
    }));
    list.scrollTop = list.scrollHeight;
    const kept = verdicts.slice(0, step).filter(v => v.by < 0).length;
    stage.say(`${step} of ${count(boxes.length, "box")} judged, ${kept} kept. ` + (now < 0 ? "The highest score comes first." : `Last: ${name(boxes[now])}, ${verdict(now)}.`));
  });
}

function exploreSnapshots(stage) {
  const layers = [...stage.svg.querySelectorAll("[data-snapshot]")], image = stage.svg.querySelector("image"), first = image.getAttribute("href");
  stage.play(() => {
    const now = stage.number("snapshot");
    if (stage.data.sources) { image.setAttribute("href", stage.data.sources[now] ?? first); }
    layers.forEach((layer, i) => { layer.style.display = i === now ? "inline" : "none"; });
    stage.say(stage.data.notes[now]);
  });
}

function exploreCoverage(stage) {
  const { data, layer } = stage, { chart } = data, objects = floats(data.objects), count = objects.length / 4;
  const part = size => Math.min(1, Math.max(0, Math.log(size / chart.minSize) / Math.log(chart.maxSize / chart.minSize)));
  const at = size => chart.left + (chart.right - chart.left) * part(size), step = (chart.right - chart.left) / chart.bins;
  const bin = i => Math.min(chart.bins - 1, Math.floor(chart.bins * part(
    Math.sqrt(round(objects[4 * i + 2] - objects[4 * i]) * round(objects[4 * i + 3] - objects[4 * i + 1])))));
  stage.play(() => {
    const which = stage.value("map"), factor = stage.number("factor"), change = k => which === "all" || Number(which) === k ? factor : 1;
    const maps = data.model.maps.map((map, k) => ({ ...map, scale: map.scale * change(k), nextScale: map.nextScale * change(k + 1) }));
    const boxes = defaultBoxes({ maps, inputSize: data.model.inputSize }), best = overlapsOf(objects, cornersOf(boxes));
    const covered = best.map(({ bestOverlap }) => bestOverlap >= round(data.coveredFrom)), owners = best.map(object => boxes[object.best].map);
    const bins = Array.from({ length: chart.bins }, () => [0, 0]);
    covered.forEach((c, i) => { bins[bin(i)][c ? 0 : 1]++; });
    const tallest = Math.max(1, ...bins.map(([full, rest]) => full + rest)), unit = (chart.bottom - chart.top) / tallest;
    layer.textContent = "";
    bins.forEach(([full, rest], i) => {
      if (full + rest === 0) { return; }
      const bar = (from, number, paint, name) => element(element(layer, "rect", {
        class: "singleshot-bar", x: chart.left + step * i + 1, width: step - 2, y: chart.bottom - (from + number) * unit, height: number * unit, ...paint,
      }), "title", {}, `${number} ${name}`);
      bar(0, full, { fill: data.colors[0] }, "covered");
      bar(full, rest, { fill: "url(#singleshot-hatch)", stroke: data.colors[1] }, "not covered");
    });
    const write = (x, y, anchor, text) => element(layer, "text", { x, y, "text-anchor": anchor }, text);
    write(chart.left - 6, chart.top + 8, "end", String(tallest));
    write(chart.left - 6, chart.bottom, "end", "0");
    maps.forEach((map, k) => {
      element(layer, "path", { d: `M${at(map.scale)} ${chart.top - 8}V${chart.bottom}`, stroke: "currentColor", "stroke-dasharray": "6 4" });
      write(at(map.scale), chart.top - 12, "middle", String(k));
      const own = covered.filter((_, i) => owners[i] === k);
      fillRow(stage.figure, k, 1, [short(map.scale), own.length, own.filter(c => c).length]);
    });
    stage.say(`${covered.filter(c => c).length} of ${count} objects are covered: some default box overlaps them by ${data.coveredFrom} or more.`);
  });
}

const explorers = {
  "default-boxes": exploreDefaultBoxes, matching: exploreMatching, mining: exploreMining,
  detection: exploreDetection, suppression: exploreSuppression, snapshots: exploreSnapshots,
  coverage: exploreCoverage, "average-precision": exploreAveragePrecision, network: exploreNetwork,
};
