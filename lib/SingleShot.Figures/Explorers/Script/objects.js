// Objects of a picture that a reader moves and resizes: with a mouse or finger in the picture, or by a list and four sliders.

function measures({ left, top, right, bottom }) {
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}

function centered({ x, y, width, height }) {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

/** A box whose lower right corner is drawn by (x, y), its center left inside the picture. */
function resized({ data }, { left, top, right, bottom }, x, y) {
  const side = (from, to, whole) => from + clamp(to - from, Math.max(data.minSide, -2 * from), Math.min(whole, 2 * (whole - from)));
  return { left, top, right: side(left, right + x, data.width), bottom: side(top, bottom + y, data.height) };
}

/** A box drawn by (x, y), its center left inside the picture. */
function shifted({ data }, box, x, y) {
  const from = measures(box);
  return centered({ ...from, x: clamp(from.x + x, 0, data.width), y: clamp(from.y + y, 0, data.height) });
}

/** Lets a reader move the objects from where they start: tells changed(number, box), in pixels of the picture, then has all drawn again; draw() draws them. */
function movableObjects(stage, starts, changed) {
  const { data, svg, frame, unit, control } = stage, numbers = [...data.names.keys()], objects = [...starts];
  const [lines, above] = ["objects", "labels"].map(name => svg.querySelector(`[data-layer=${name}]`));
  const labels = [...above.querySelectorAll("text")].map(text => (
    { text: text.textContent, width: text.getAttribute("textLength") / unit, ink: text.getAttribute("fill") }));
  let places = [], held = null; // of the labels; by the pointer
  const put = (i, box) => {
    objects[i] = box;
    changed(i, box);
  };
  const redraw = () => control("object").dispatchEvent(new Event("input", { bubbles: true }));
  const corner = box => ({ x: Math.min(box.right, frame.x + frame.width), y: Math.min(box.bottom, frame.y + frame.height) }); // where it is seen

  const at = event => pointIn(svg, event);
  const find = ({ x, y }) => { // the corner, label, line or inside of an object; of more than one the smallest object's
    const reach = grip / svg.getScreenCTM().a, area = i => measures(objects[i]).width * measures(objects[i]).height;
    const smallest = [...numbers].sort((a, b) => area(a) - area(b));
    const within = (box, by) => x >= box.left - by && x <= box.right + by && y >= box.top - by && y <= box.bottom + by;
    const atCorner = smallest.find(i => { // the inside of a small object is not all corner
      const box = objects[i], { width, height } = measures(box), { x: right, y: bottom } = corner(box);
      return within({ left: right + reach - Math.min(reach, width / 3), top: bottom + reach - Math.min(reach, height / 3), right, bottom }, reach);
    });
    const object = atCorner ?? numbers.find(i => x >= places[i].x && x <= places[i].x + places[i].width && y >= places[i].y && y <= places[i].y + places[i].height)
      ?? smallest.find(i => within(objects[i], reach / 2) && !within(objects[i], -reach / 2)) ?? smallest.find(i => within(objects[i], 0));
    return object === undefined ? null : { object, change: object === atCorner ? resized : shifted, cursor: object === atCorner ? "nwse-resize" : "move" };
  };
  svg.style.userSelect = "none"; // dragging marks no text
  svg.addEventListener("pointerdown", event => {
    const point = at(event), found = event.isPrimary && event.button === 0 && find(point);
    if (!found) { return; }
    svg.setPointerCapture(event.pointerId);
    held = { ...found, point, box: objects[found.object] };
    control("object").value = found.object;
  });
  svg.addEventListener("pointermove", event => {
    const point = at(event);
    if (held && event.isPrimary) {
      put(held.object, held.change(stage, held.box, point.x - held.point.x, point.y - held.point.y));
      redraw();
    } else {
      svg.style.cursor = find(point)?.cursor ?? "";
    }
  });
  svg.addEventListener("lostpointercapture", () => {
    held = null;
    redraw();
  });
  // Or the page would scroll with the finger. Nothing may be drawn anew before this: it comes after pointerdown, by way of the element under the finger.
  svg.addEventListener("touchstart", event => { if (find(at(event.touches[0]))) { event.preventDefault(); } }, { passive: false });
  for (const name of ["x", "y", "width", "height"]) {
    control(name).addEventListener("input", () => {
      const i = stage.number("object");
      put(i, centered({ ...measures(objects[i]), [name]: stage.number(name) }));
    });
  }
  control("put-back").addEventListener("click", () => {
    numbers.forEach(i => put(i, starts[i]));
    redraw();
  });
  return {
    /** The object's size in words; null where it is as it was. */
    size: i => objects[i] === starts[i] ? null : `${measures(objects[i]).width.toFixed(0)} x ${measures(objects[i]).height.toFixed(0)}`,
    draw: () => {
      const now = measures(objects[stage.number("object")]);
      for (const name in now) { control(name).value = now[name]; }
      drawBoxes(stage, objects.map((box, i) => ({ ...box, group: i, style: "thick", hover: `object ${i}: ${data.names[i]}` })), lines);
      above.textContent = "";
      places = [];
      objects.forEach((box, i) => drawLabel(stage, above, { ...box, group: i, label: labels[i] }, places));
      objects.forEach((box, i) => { // white: the chosen one
        const { x, y } = corner(box), side = 10 * unit, chosen = i === stage.number("object");
        element(above, "rect", {
          x: x - side / 2, y: y - side / 2, width: side, height: side, fill: chosen ? "#FFF" : color(stage, i), stroke: "#000",
          "stroke-width": chosen ? 2 : 1, "vector-effect": "non-scaling-stroke", "pointer-events": "none",
        });
      });
    },
  };
}
