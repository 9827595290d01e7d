// Paths of Mercator coordinates on a canvas.

/**
 * Add a path to the canvas path; `xy` holds x and y in turn.
 * @param {Frame} frame @param {ArrayLike<number>} xy @param {boolean} closed @param {Pen=} pen
 */
export function tracePath(frame, xy, closed, pen) {
  const ctx = pen || frame.ctx;
  for (let i = 0; i < xy.length; i += 2) {
    if (i === 0) ctx.moveTo(frame.x(xy[i]), frame.y(xy[i + 1]));
    else ctx.lineTo(frame.x(xy[i]), frame.y(xy[i + 1]));
  }
  if (closed) ctx.closePath();
}

/**
 * Whether a box [left, top, right, bottom] in Mercator coordinates can be seen, or comes within `margin` pixels of it.
 * @param {Frame} frame @param {Box} box @param {number} margin
 */
export function isInFrame(frame, box, margin) {
  return (
    frame.x(box[2]) >= -margin && frame.x(box[0]) <= frame.width + margin &&
    frame.y(box[3]) >= -margin && frame.y(box[1]) <= frame.height + margin
  );
}
