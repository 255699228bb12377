// What all explorers share: their data, controls that redraw, a line that is read out, and steps that play by themselves.

function floats(text) {
  return new Float32Array(Uint8Array.from(atob(text), c => c.charCodeAt(0)).buffer);
}

function makeStage(figure) {
  const svg = figure.querySelector("svg");
  const control = name => figure.querySelector(`[name="${name}"]`);
  const shown = input => input.dataset.values ? input.dataset.values.split("|")[input.value]
    : Number(input.value).toFixed((input.step.split(".")[1] ?? "").length);
  return {
    figure, svg, control,
    frame: svg.viewBox.baseVal,
    layer: svg.querySelector("[data-layer=moving]"),
    data: JSON.parse(figure.querySelector("script[type='application/json']").textContent),
    unit: svg.viewBox.baseVal.width / svg.getAttribute("width"), // pixels of the picture in one CSS pixel
    number: name => Number(control(name).value),
    value: name => control(name).value,
    say: text => { figure.querySelector("[role=status]").textContent = text; },
    /** Draws now and whenever a control moves. */
    play: draw => {
      const redraw = () => {
        draw();
        figure.querySelectorAll("input[type=range]").forEach(input => {
          input.parentNode.nextElementSibling.textContent = shown(input);
          input.setAttribute("aria-valuetext", shown(input));
        });
      };
      figure.addEventListener("input", redraw);
      figure.querySelectorAll("[data-play]").forEach(button => playSteps(button, control(button.dataset.play), redraw));
      figure.querySelectorAll("[hidden]").forEach(part => { part.hidden = false; });
      redraw();
    },
  };
}

/** A button that moves a slider to its end, from its beginning where it stands there already. */
function playSteps(button, slider, redraw) {
  let timer = 0;
  const stop = () => { clearInterval(timer); timer = 0; button.textContent = "Play"; };
  slider.addEventListener("input", stop);
  button.addEventListener("click", () => {
    if (timer) { stop(); return; }
    button.textContent = "Pause";
    if (Number(slider.value) >= Number(slider.max)) { slider.value = slider.min; redraw(); }
    timer = setInterval(() => {
      slider.stepUp();
      redraw();
      if (Number(slider.value) >= Number(slider.max) || !slider.isConnected) { stop(); }
    }, Number(button.dataset.milliseconds));
  });
}

/** Sets the cells of a table's row, found by its number, from the column of the given number on. */
function fillRow(figure, row, column, values) {
  const cells = figure.querySelectorAll("tbody tr")[row].cells;
  values.forEach((value, i) => { cells[column + i].textContent = value; });
}

function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : noun.endsWith("x") || noun.endsWith("ch") ? "es" : "s"}`;
}
