// Which exercises the reader has done: those that the executed copy shows as right, and those that the reader ticks. The browser keeps the ticks, by lesson.
(() => {
  "use strict";
  const key = lesson => `singleshot-done-${lesson}`;
  const ticked = lesson => {
    try {
      return new Set(JSON.parse(localStorage.getItem(key(lesson)) ?? "[]"));
    } catch {
      return new Set(); // the browser keeps nothing for this page, or something else wrote there
    }
  };
  const tick = (lesson, exercise, done) => {
    const all = ticked(lesson);
    done ? all.add(exercise) : all.delete(exercise);
    try {
      localStorage.setItem(key(lesson), JSON.stringify([...all]));
    } catch {
      // The tick stays until the page is closed.
    }
  };

  const lesson = document.querySelector("main").dataset.lesson;
  for (const verdict of document.querySelectorAll("[data-singleshot-exercise]")) {
    const exercise = verdict.dataset.singleshotExercise, [mark, words] = verdict.querySelectorAll("span");
    const first = { mark: mark.textContent, words: words.textContent };
    if (verdict.dataset.outcome === "right") {
      verdict.classList.add("done");
      continue;
    }
    const label = verdict.appendChild(document.createElement("label")), box = label.appendChild(document.createElement("input"));
    box.type = "checkbox";
    label.append(" done");
    box.setAttribute("aria-label", `Exercise ${exercise} done`);
    const show = done => {
      verdict.classList.toggle("done", done);
      mark.textContent = done ? "✓" : first.mark;
      words.textContent = done ? "done." : first.words;
    };
    box.checked = ticked(lesson).has(exercise);
    show(box.checked);
    box.addEventListener("change", () => {
      tick(lesson, exercise, box.checked);
      show(box.checked);
    });
  }

  const tell = () => {
    for (const line of document.querySelectorAll("[data-exercises]")) {
      const exercises = line.dataset.exercises.split(" "), done = new Set([...ticked(line.dataset.lesson), ...line.dataset.right.split(" ")]);
      const count = exercises.filter(exercise => done.has(exercise)).length;
      line.querySelector(".count").textContent = count === exercises.length ? `All ${count} exercises done` : `${count} of ${exercises.length} exercises done`;
      line.dataset.state = count === 0 ? "none" : count < exercises.length ? "some" : "all";
      for (const bar of line.querySelectorAll("progress")) {
        bar.value = count;
      }
      for (const stars of line.querySelectorAll("[data-exercise]")) {
        stars.classList.toggle("done", done.has(stars.dataset.exercise));
      }
    }
  };
  tell();
  addEventListener("pageshow", tell); // coming back from a lesson, too
})();
