// Draws a picture with the boxes of its detections, and lists them.
globalThis.Drawing = (() => {
  "use strict";
  const colors = [0xE69F00, 0x56B4E9, 0xF0E442, 0xCC79A7, 0x009E73, 0xD55E00, 0x0072B2]; // as BoxColors has them
  const side = 560, rows = 12; // of the larger side of the picture as it is shown, in CSS pixels; of the list

  const css = color => `#${color.toString(16).padStart(6, "0")}`;
  const ink = color => 0.299 * (color >> 16) + 0.587 * (color >> 8 & 255) + 0.114 * (color & 255) > 100 ? "#000" : "#fff";

  return {
    // The picture is anything that a canvas draws, with its own width and height.
    draw: (canvas, picture, width, height, detections) => {
      const scale = side / Math.max(width, height), sharp = devicePixelRatio;
      canvas.style.width = `${width * scale}px`;
      [canvas.width, canvas.height] = [width * scale * sharp, height * scale * sharp].map(Math.round);
      const context = canvas.getContext("2d");
      context.drawImage(picture, 0, 0, canvas.width, canvas.height);
      context.scale(scale * sharp, scale * sharp);
      context.lineWidth = 3 / scale;
      context.font = `600 ${14 / scale}px system-ui, sans-serif`;
      context.textBaseline = "top";
      for (const { label, className, score, box: [left, top, right, bottom] } of detections.toReversed()) { // the best on top
        const color = colors[label % colors.length], words = `${className} ${score.toFixed(2)}`;
        const wide = context.measureText(words).width + 8 / scale, high = 18 / scale;
        const x = Math.max(0, Math.min(left, width - wide)), y = top >= high ? top - high : top;
        context.strokeStyle = context.fillStyle = css(color);
        context.strokeRect(left, top, right - left, bottom - top);
        context.fillRect(x, y, wide, high);
        context.fillStyle = ink(color);
        context.fillText(words, x + 4 / scale, y + 2 / scale);
      }
    },

    list: (table, detections) => table.replaceChildren(...detections.slice(0, rows).map(({ className, score, box }) => {
      const row = document.createElement("tr");
      row.append(...[className, score.toFixed(2), ...box.map(place => place.toFixed(0))].map(words => Object.assign(document.createElement("td"), { textContent: words })));
      return row;
    })),

    // How many there are, and how many of them the list has.
    count: detections => `${detections.length === 1 ? "1 object" : `${detections.length} objects`}${detections.length > rows ? `, of which the list has the best ${rows}` : ""}`,
  };
})();
