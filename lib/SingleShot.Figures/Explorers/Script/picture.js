// Boxes on a picture, as BoxOutlines and BoxLabels draw them: widths and dashes in CSS pixels, whatever the picture's size.

const maxWithHover = 1000;
const pens = {
  thin: { "stroke-width": 1 }, solid: { "stroke-width": 2 }, thick: { "stroke-width": 4 },
  dashed: { "stroke-width": 2.5, "stroke-dasharray": "8 4" }, dotted: { "stroke-width": 3, "stroke-dasharray": "3 4" },
};

const grip = 9; // CSS pixels from a line or corner that still take hold of it

function clamp(value, min, max) {
  return Math.min(max, Math.max(min, value));
}

/** Where a pointer is, in pixels of the picture. */
function pointIn(svg, { clientX, clientY }) {
  return new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
}

function element(parent, name, attributes, text) {
  const made = document.createElementNS(parent.namespaceURI, name);
  for (const key in attributes) { made.setAttribute(key, attributes[key]); }
  if (text) { made.textContent = text; }
  return parent.appendChild(made);
}

function color(stage, group) {
  return group < 0 ? "#FFFFFF" : stage.data.colors[group % stage.data.colors.length];
}

function outline({ left, top, right, bottom }) {
  return `M${left.toFixed(2)} ${top.toFixed(2)}H${right.toFixed(2)}V${bottom.toFixed(2)}H${left.toFixed(2)}z`;
}

/** Draws boxes { left, top, right, bottom, hover, group, style, diamond, label } in place of those drawn before; many at once as one path a color. */
function drawBoxes(stage, boxes, layer = stage.layer) {
  layer.textContent = "";
  const line = (path, paint) => path && element(layer, "path", { d: path, fill: "none", "vector-effect": "non-scaling-stroke", "pointer-events": "none", ...paint });
  if (boxes.length > maxWithHover) {
    const groups = new Map();
    boxes.forEach(box => {
      const key = `${box.group} ${box.style}`;
      groups.set(key, { box, path: (groups.get(key)?.path ?? "") + outline(box) });
    });
    groups.forEach(({ box, path }) => line(path, { stroke: color(stage, box.group), "stroke-opacity": 0.4, ...pens[box.style], "stroke-width": 1 }));
    return;
  }
  const sorted = [...boxes].sort((a, b) => (b.right - b.left) * (b.bottom - b.top) - (a.right - a.left) * (a.bottom - a.top));
  const shade = (styles, opacity, width) => line(sorted.filter(box => styles.includes(box.style)).map(outline).join(""),
    { stroke: "#000", "stroke-opacity": opacity, "stroke-width": width });
  shade(["thick"], 0.5, 6);
  shade(["solid"], 0.5, 4);
  shade(["dashed", "dotted"], 0.3, 3);
  sorted.forEach(box => element(element(layer, "rect", {
    class: "singleshot-box", x: box.left.toFixed(2), y: box.top.toFixed(2),
    width: Math.max(0, box.right - box.left).toFixed(2), height: Math.max(0, box.bottom - box.top).toFixed(2),
    fill: color(stage, box.group), "fill-opacity": 0, "pointer-events": "all", stroke: color(stage, box.group),
    "vector-effect": "non-scaling-stroke", ...pens[box.style],
  }), "title", {}, box.hover));
  sorted.filter(box => box.diamond).forEach(box => drawDiamond(stage, layer, box));
  const taken = [];
  boxes.filter(box => box.label).forEach(box => drawLabel(stage, layer, box, taken));
}

function drawDiamond({ unit, ...stage }, layer, box) {
  const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2, half = 6 * unit;
  element(layer, "path", {
    d: `M${x} ${y - half}l${half} ${half}l${-half} ${half}l${-half} ${-half}z`, fill: color(stage, box.group), stroke: "#000",
    "stroke-opacity": 0.6, "vector-effect": "non-scaling-stroke", "pointer-events": "none",
  });
}

/** A label { text, width, ink } at the corner of its box where it covers least of the labels before it. */
function drawLabel({ unit, frame, ...stage }, layer, box, taken) {
  const width = (box.label.width + 8) * unit, height = 18 * unit;
  const shared = (a, b) => { // Jaccard overlap of two labels
    const both = Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) * Math.max(0, height - Math.abs(a.y - b.y));
    return both / ((a.width + b.width) * height - both);
  };
  const corners = [box.top, box.bottom].flatMap(line => [box.left, box.right - width].flatMap(x => [{ x, y: line - height }, { x, y: line }]));
  const inside = corners.filter(({ y }) => y >= frame.y && y + height <= frame.y + frame.height);
  const places = (inside.length ? inside : corners).map(({ x, y }) => ({
    x: Math.max(frame.x, Math.min(x, frame.x + frame.width - width)), y: Math.max(frame.y, Math.min(y, frame.y + frame.height - height)), width, height,
  }));
  const covers = places.map(place => taken.reduce((sum, other) => sum + shared(place, other), 0));
  const { x, y } = places[covers.indexOf(Math.min(...covers))];
  taken.push({ x, y, width, height });
  element(layer, "rect", { x, y, width, height, fill: color(stage, box.group), "fill-opacity": 0.92, "pointer-events": "none" });
  element(layer, "text", {
    x: x + 4 * unit, y: y + 13 * unit, textLength: box.label.width * unit, lengthAdjust: "spacingAndGlyphs",
    "font-family": "sans-serif", "font-size": 13 * unit, fill: box.label.ink, "pointer-events": "none",
  }, box.label.text);
}

/** A default box in the pixels of the picture. */
function onPicture({ data }, box) {
  return {
    left: (box.x - box.width / 2) * data.width, right: (box.x + box.width / 2) * data.width,
    top: (box.y - box.height / 2) * data.height, bottom: (box.y + box.height / 2) * data.height,
  };
}

/** Box i of a Float32Array of fractions in the pixels of the picture. */
function scaled({ data }, corners, i) {
  return {
    left: corners[4 * i] * data.width, right: corners[4 * i + 2] * data.width,
    top: corners[4 * i + 1] * data.height, bottom: corners[4 * i + 3] * data.height,
  };
}

/** At most three decimals, and none that say nothing. */
function short(value) {
  return String(Number(value.toFixed(3)));
}

function describe(box) {
  return `default box ${box.index}\nmap ${box.map}, cell row ${box.row}, column ${box.column}\nscale ${short(box.scale)}, aspect ratio ${short(box.ratio)}`;
}
