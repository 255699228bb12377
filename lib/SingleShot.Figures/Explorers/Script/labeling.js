// Boxes that a reader draws on pictures and names: by mouse, finger or keyboard.

function exploreLabeling(stage) {
  const { data, figure, svg, control } = stage, { pictures } = data, image = svg.querySelector("image"), undone = [];
  const canvas = document.createElement("canvas").getContext("2d"), group = figure.querySelector("[data-classes]"), saving = figure.querySelector("[data-saving]");
  let classes = [...data.classes], elsewhere = data.elsewhere, at = data.start, chosen = -1, current = 0, held = null, touched = false;
  const picture = () => pictures[at], boxes = () => picture().boxes ?? [], area = box => (box.right - box.left) * (box.bottom - box.top);
  const tell = words => { saving.textContent = words; };
  const keeper = labelKeeper(stage, (words, allSaved) => {
    tell(words);
    control("save").disabled = allSaved;
  }, joined => {
    undone.splice(0, undone.length, ...undone.filter(one => pictures[one.at] !== joined)); // to undo would take away what the other page has drawn
    if (joined === picture()) {
      chosen = -1; // its boxes have other numbers now
      held = null;
    }
    draw();
  });

  const put = (next, choose) => { // the one place where labels change
    undone.push({ at, boxes: picture().boxes });
    picture().boxes = next;
    chosen = choose;
    keeper.save(picture());
    draw();
  };
  const replace = (index, box) => put(boxes().map((one, i) => i === index ? { ...one, ...box } : one), index);
  const go = step => {
    at = (at + step + pictures.length) % pictures.length;
    chosen = -1;
    draw();
  };
  const add = box => {
    if (!classes.length) {
      tell("There is no class yet: name one first.");
      control("new-class").focus();
      return;
    }
    put([...boxes(), { ...box, name: classes[current] }], boxes().length);
  };
  const actions = {
    previous: () => go(-1),
    next: () => go(1),
    nothing: () => put([], -1),
    "new-box": () => {
      const { width, height } = picture();
      add(boxBetween(picture(), width / 4, height / 4, 3 * width / 4, 3 * height / 4));
    },
    "next-box": () => {
      chosen = (chosen + 2) % (boxes().length + 1) - 1; // after the last, none
      draw();
    },
    delete: () => {
      const left = boxes().filter((_, i) => i !== chosen);
      if (chosen >= 0) { put(left.length ? left : null, -1); }
    },
    undo: () => {
      const last = undone.pop();
      if (!last) { return; }
      at = last.at;
      picture().boxes = last.boxes;
      chosen = -1;
      keeper.save(picture());
      draw();
    },
    "add-class": () => {
      const name = control("new-class").value.trim(), known = classes.indexOf(name);
      if (!name) { tell("A class needs a name: type one."); return; }
      tell(known < 0 ? `The class ${name} is added.` : `There is a class ${name} already.`);
      control("new-class").value = "";
      if (known < 0) { classes.push(name); }
      choose(known < 0 ? classes.length - 1 : known);
    },
    save: () => keeper.save(),
    download: () => download(cocoOf(pictures, classes), data.fileName),
  };
  const choose = label => { // a class, for the next box and for the chosen one
    current = label;
    if (chosen >= 0 && boxes()[chosen].name !== classes[label]) { replace(chosen, { name: classes[label] }); } else { draw(); }
  };
  const nudge = (x, y, place) => { if (chosen >= 0) { replace(chosen, changed(picture(), boxes()[chosen], place, x, y)); } };

  const draw = () => {
    const { name, width, height, shownWidth, shownHeight, source, enlarged } = picture(), shown = boxes();
    if (image.getAttribute("href") !== source) {
      for (const [key, value] of Object.entries({ viewBox: `0 0 ${width} ${height}`, width: shownWidth, height: shownHeight })) { svg.setAttribute(key, value); }
      for (const [key, value] of Object.entries({ href: source, width, height, style: enlarged ? "image-rendering:pixelated" : "" })) { image.setAttribute(key, value); }
    }
    const unit = width / (svg.getBoundingClientRect().width || shownWidth), scaled = { ...stage, unit };
    canvas.font = "13px sans-serif";
    drawBoxes(scaled, shown.map((box, i) => {
      const label = classes.indexOf(box.name);
      return {
        ...box, group: label, style: i === chosen ? "thick" : "solid", hover: box.name,
        label: { text: box.name, width: canvas.measureText(box.name).width, ink: data.inks[label % data.inks.length] },
      };
    }));
    if (chosen >= 0) { drawGrips(scaled, shown[chosen]); }
    drawClasses(chosen >= 0 ? classes.indexOf(shown[chosen].name) : current);
    control("delete").disabled = chosen < 0;
    control("next-box").disabled = !shown.length;
    control("undo").disabled = !undone.length;
    figure.querySelector("textarea").value = cocoOf(pictures, classes);
    const labeled = elsewhere + pictures.filter(one => one.boxes).length;
    const state = !picture().boxes ? "not labeled yet" : shown.length ? count(shown.length, "box") : "nothing in it";
    stage.say(`${labeled} of ${data.total} labeled. Picture ${at + 1} of ${pictures.length}, ${name}, ${width} x ${height} pixels: ${state}.${chosen < 0 ? "" : ` Chosen: ${measure(shown[chosen])}.`}`);
    svg.setAttribute("aria-label", `${name}: ${state}`);
  };
  const measure = ({ name, left, top, right, bottom }) =>
    `${name}, ${Math.round(right - left)} x ${Math.round(bottom - top)} at ${Math.round(left)}, ${Math.round(top)}`;
  const drawGrips = (scaled, { left, top, right, bottom }) => {
    for (const x of [left, (left + right) / 2, right]) {
      for (const y of [top, (top + bottom) / 2, bottom]) {
        if (x === (left + right) / 2 && y === (top + bottom) / 2) { continue; }
        const side = 8 * scaled.unit;
        element(stage.layer, "rect", {
          x: x - side / 2, y: y - side / 2, width: side, height: side, fill: "#FFF", stroke: "#000", "vector-effect": "non-scaling-stroke", "pointer-events": "none",
        });
      }
    }
  };
  const drawClasses = pressed => {
    const had = group.contains(document.activeElement);
    group.replaceChildren(...classes.map((name, label) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", textContent: label < 9 ? `${label + 1} ${name}` : name, onclick: () => choose(label) });
      button.style.borderLeftColor = color(stage, label);
      button.setAttribute("aria-pressed", label === pressed);
      button.dataset.lmSuppressShortcuts = "true";
      return button;
    }));
    if (had) { group.children[pressed]?.focus(); }
  };

  // A press on the chosen box takes hold of it. A drag from anywhere else draws, also inside of another box; a click chooses.
  const hold = point => {
    const place = chosen >= 0 ? placeOn(boxes()[chosen], point, grip / svg.getScreenCTM().a) : null;
    return { point, place, before: picture().boxes };
  };
  const isStill = ({ x, y }) => Math.max(Math.abs(x - held.point.x), Math.abs(y - held.point.y)) < 3 / svg.getScreenCTM().a; // a hand on a button trembles
  const clicked = point => { // the smallest box there
    const there = boxes().map((_, i) => i).filter(i => placeOn(boxes()[i], point, 3 / svg.getScreenCTM().a));
    chosen = there.sort((a, b) => area(boxes()[a]) - area(boxes()[b]))[0] ?? -1;
    draw();
  };
  svg.addEventListener("pointerdown", event => {
    if (!event.isPrimary || event.button !== 0) { return; }
    event.preventDefault(); // no text is marked, and the focus stays where it is put
    svg.setPointerCapture(event.pointerId);
    svg.focus({ preventScroll: true });
    touched = true;
    held = hold(pointIn(svg, event));
  });
  svg.addEventListener("pointermove", event => {
    const point = pointIn(svg, event);
    if (!held) {
      const { across, down } = (chosen >= 0 && placeOn(boxes()[chosen], point, grip / svg.getScreenCTM().a)) || {};
      svg.style.cursor = across === undefined ? "crosshair" : !across && !down ? "move" : !across ? "ns-resize" : !down ? "ew-resize" : across === down ? "nwse-resize" : "nesw-resize";
      return;
    }
    if (!held.latest && isStill(point)) { return; }
    const box = held.place ? changed(picture(), held.before[chosen], held.place, point.x - held.point.x, point.y - held.point.y)
      : boxBetween(picture(), held.point.x, held.point.y, point.x, point.y);
    held.latest = box;
    const next = held.place ? held.before.map((one, i) => i === chosen ? { ...one, ...box } : one) : [...(held.before ?? []), { ...box, name: classes[current] ?? "" }];
    picture().boxes = next; // only to look at
    draw();
    picture().boxes = held.before;
  });
  svg.addEventListener("pointerup", event => {
    if (!held) { return; }
    const { place, latest, point } = held;
    held = null;
    if (place && latest) { replace(chosen, latest); } else if (!place && latest) { add(latest); } else if (!place) { clicked(point); }
    svg.releasePointerCapture(event.pointerId);
  });
  svg.addEventListener("pointercancel", () => {
    held = null;
    draw();
  });
  const keys = {
    n: actions.next, p: actions.previous, u: actions.undo, b: actions["new-box"], c: actions["next-box"], Delete: actions.delete, Backspace: actions.delete, "0": actions.nothing,
    Escape: () => { chosen = -1; draw(); },
  };
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  figure.addEventListener("keydown", event => {
    const { key, target } = event, typed = target.matches("input, textarea"), command = event.ctrlKey || event.metaKey || event.altKey;
    event.stopPropagation(); // an editor would take a letter for a command of its own, and delete the cell
    touched = true;
    if (typed) {
      if (key === "Enter" && target === control("new-class")) { actions["add-class"](); }
      return;
    }
    const action = command ? (key === "z" && !event.altKey ? actions.undo : null)
      : /^[1-9]$/.test(key) ? (key <= classes.length ? () => choose(key - 1) : null)
        : arrows[key] && target === svg ? () => nudge(...arrows[key], { across: event.shiftKey ? 1 : 0, down: event.shiftKey ? 1 : 0 })
          : keys[key.length === 1 ? key.toLowerCase() : key];
    if (action) {
      event.preventDefault();
      action();
    }
  });
  // Jupyter's classic page would take the keyboard away with a click, and then a key for its own command.
  for (const type of ["click", "dblclick", "mousedown"]) { figure.addEventListener(type, event => event.stopPropagation()); }
  Object.entries(actions).forEach(([name, action]) => control(name).addEventListener("click", () => {
    touched = true;
    action();
    if (control(name).disabled) { svg.focus({ preventScroll: true }); } // the keyboard stays in the figure
  }));
  svg.setAttribute("tabindex", 0);
  svg.setAttribute("role", "application"); // a screen reader leaves the keys to it
  Object.assign(svg.style, { touchAction: "pinch-zoom", userSelect: "none", cursor: "crosshair" });
  control("save").disabled = true;
  stage.play(draw);

  keeper.read().then(state => { // the page may be older than what is saved
    if (!state) { return; }
    classes = [...state.classes, ...classes.filter(name => !state.classes.includes(name))];
    const saved = new Map(state.pictures.map(({ name, boxes }) => [name, boxes]));
    pictures.filter(one => !keeper.isUnsaved(one)).forEach(one => { one.boxes = saved.get(one.name) ?? null; });
    elsewhere = state.pictures.filter(({ name, boxes }) => boxes && pictures.every(one => one.name !== name)).length;
    if (!touched) { at = Math.max(0, pictures.findIndex(one => !one.boxes)); }
    draw();
  });
}

const explorers = { labeling: exploreLabeling };
