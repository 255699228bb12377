// The arithmetic of boxes that are drawn, moved and resized inside a picture, in its pixels.

const minSide = 1; // pixels of the picture

function tenth(value) {
  return Math.round(10 * value) / 10;
}

/** The box between two corners, however they lie, inside the picture and of some size. */
function boxBetween({ width, height }, x1, y1, x2, y2) {
  const side = (a, b, whole) => {
    const from = clamp(Math.min(a, b), 0, whole - minSide), to = clamp(Math.max(a, b), from + minSide, whole);
    return [tenth(from), tenth(to)];
  };
  const [left, right] = side(x1, x2, width), [top, bottom] = side(y1, y2, height);
  return { left, top, right, bottom };
}

/** Where on a box a point is: -1 at its left or upper edge, 1 at its right or lower, 0 between; null for a point that is not on it. */
function placeOn({ left, top, right, bottom }, { x, y }, reach) {
  const along = (value, low, high) => {
    const inner = Math.min(reach, (high - low) / 3); // the inside of a small box is not all edge
    return value < low - reach || value > high + reach ? null : value <= low + inner ? -1 : value >= high - inner ? 1 : 0;
  };
  const across = along(x, left, right), down = along(y, top, bottom);
  return across === null || down === null ? null : { across, down };
}

function changed(picture, box, { across, down }, x, y) {
  if (across || down) {
    return boxBetween(picture, box.left + (across < 0 ? x : 0), box.top + (down < 0 ? y : 0), box.right + (across > 0 ? x : 0), box.bottom + (down > 0 ? y : 0));
  }
  const by = (from, to, whole, step) => clamp(step, -from, whole - to);
  const right = by(box.left, box.right, picture.width, x), lower = by(box.top, box.bottom, picture.height, y);
  return { left: tenth(box.left + right), top: tenth(box.top + lower), right: tenth(box.right + right), bottom: tenth(box.bottom + lower) };
}
