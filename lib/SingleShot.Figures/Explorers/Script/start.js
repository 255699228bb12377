// Wakes the explorers that stand in the page; each output of a notebook carries this script and so wakes its own.

const explorers = {
  "default-boxes": exploreDefaultBoxes, matching: exploreMatching, mining: exploreMining,
  detection: exploreDetection, suppression: exploreSuppression, snapshots: exploreSnapshots,
  coverage: exploreCoverage, "average-precision": exploreAveragePrecision, network: exploreNetwork,
};

function wake() {
  document.querySelectorAll("[data-singleshot-explorer]:not([data-awake])").forEach(figure => {
    figure.dataset.awake = "";
    explorers[figure.dataset.singleshotExplorer](makeStage(figure));
    // JupyterLab takes a key for a shortcut of its own unless the control itself declines: an arrow would go to the next cell, and not move the slider.
    figure.querySelectorAll("input, select, button, [tabindex]").forEach(control => { control.dataset.lmSuppressShortcuts = "true"; });
  });
}
