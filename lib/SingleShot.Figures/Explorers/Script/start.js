// Wakes the explorers that stand in the page and that this script knows; each output of a notebook carries its script and so wakes its own.

function wake() {
  document.querySelectorAll("[data-singleshot-explorer]:not([data-awake])").forEach(figure => {
    const explore = explorers[figure.dataset.singleshotExplorer];
    if (!explore) { return; }
    figure.dataset.awake = "";
    explore(makeStage(figure));
    // JupyterLab takes a key for a shortcut of its own unless the control itself declines: an arrow would go to the next cell, and not move the slider.
    figure.querySelectorAll("input, select, textarea, button, [tabindex]").forEach(control => { control.dataset.lmSuppressShortcuts = "true"; });
  });
}
