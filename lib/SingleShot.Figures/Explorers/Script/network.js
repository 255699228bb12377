// The parts of a network: what a step has reached is lit, and the rest is dim.

function exploreNetwork(stage) {
  const { data, svg } = stage, step = stage.control("step"), rows = stage.figure.querySelectorAll("tbody tr");
  const parts = [...svg.querySelectorAll("[data-part]")];
  parts.forEach((part, i) => part.addEventListener("click", () => {
    step.value = i;
    step.dispatchEvent(new Event("input", { bubbles: true }));
  }));
  stage.play(() => {
    const now = stage.number("step");
    parts.forEach((part, i) => {
      part.style.opacity = i <= now ? 1 : 0.3;
      part.classList.toggle("singleshot-now", i === now);
    });
    rows.forEach((row, map) => { row.classList.toggle("singleshot-chosen", data.maps[now] === map); });
    stage.say(data.notes[now]);
  });
}
