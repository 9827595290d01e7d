// Where the symbol of a line or an area stands: anywhere on it is as true as anywhere else, so where no spot is.

const CLEAR_PX = 44;
const LEAST_PX = 28;
const STEPS = 12;

// Points by cells as wide as the distance that matters: the nearest one is found without asking all.
class Taken {
  /** @param {number} cell */
  constructor(cell) {
    this.cell = cell;
    /** @type {Map<number, number[]>} */
    this.cells = new Map();
  }
  /** @param {number} x @param {number} y */
  key(x, y) {
    return Math.floor(x / this.cell) * 2 ** 26 + Math.floor(y / this.cell);
  }
  /** @param {number} x @param {number} y */
  add(x, y) {
    const key = this.key(x, y);
    const cell = this.cells.get(key);
    if (cell) cell.push(x, y);
    else this.cells.set(key, [x, y]);
  }
  /** Distance to the nearest point, or Infinity where it is more than a cell. @param {number} x @param {number} y */
  distance(x, y) {
    let least = Infinity;
    for (let dx = -1; dx <= 1; dx += 1)
      for (let dy = -1; dy <= 1; dy += 1) {
        const points = this.cells.get(this.key(x + dx * this.cell, y + dy * this.cell));
        if (points) for (let i = 0; i < points.length; i += 2) least = Math.min(least, Math.hypot(points[i] - x, points[i + 1] - y));
      }
    return least <= this.cell ? least : Infinity;
  }
}

/**
 * Returns a function of (frame, place) to the Mercator [x, y] of its symbol. It depends on the zoom level alone and not on what
 * is shown, so a symbol stays where it is while the window moves.
 * @param {Model} model
 * @param {PlaceGeometry} geometry
 */
export function createAnchors(model, geometry) {
  const probe = /** @type {Pen} */ (document.createElement("canvas").getContext("2d"));
  /** @type {Map<number, Point>} */
  const found = new Map();
  let zoom = NaN;
  let taken = new Taken(1);

  /** @param {Frame} frame */
  function begin(frame) {
    zoom = frame.zoom;
    found.clear();
    taken = new Taken(CLEAR_PX / frame.scale);
    for (let p = 0; p < model.nPlaces; p += 1) if (model.isSpot[p]) taken.add(model.placeX[p], model.placeY[p]);
    // The smallest ground has the least choice, so it chooses first.
    for (let k = geometry.grounds.length - 1; k >= 0; k -= 1) {
      const p = geometry.grounds[k];
      const best = choose(frame, p);
      taken.add(...best);
      found.set(p, best);
    }
  }
  /** @param {Frame} frame @param {number} p */
  function choose(frame, p) {
    const clear = CLEAR_PX / frame.scale;
    /** @type {Point} */
    let best = [model.placeX[p], model.placeY[p]];
    let most = taken.distance(...best);
    if (most >= clear || geometry.extent[p] * frame.scale < LEAST_PX) return best;
    for (const one of candidates(p)) {
      const free = taken.distance(...one);
      if (free > most) [best, most] = [one, free];
      if (most >= clear) break;
    }
    return best;
  }

  // Points on the ground of a place, those near its middle first.
  /** @type {Map<number, Point[]>} */
  const candidatesOf = new Map();
  /** @param {number} p */
  function candidates(p) {
    let points = candidatesOf.get(p);
    if (!points) candidatesOf.set(p, (points = pointsOn(p)));
    return points;
  }
  /** @param {number} p */
  function pointsOn(p) {
    const shape = geometry.shapeOf(p);
    const r = geometry.radius[p];
    const [x0, y0] = [model.placeX[p], model.placeY[p]];
    const box = shape ? shape.box : [x0 - r, y0 - r, x0 + r, y0 + r];
    /** @type {Point[]} */
    const points = [];
    if (shape && !shape.isArea) {
      for (const part of shape.parts)
        for (let i = 0; i + 3 < part.length; i += 2)
          for (const share of [0, 0.33, 0.67]) points.push([part[i] + share * (part[i + 2] - part[i]), part[i + 1] + share * (part[i + 3] - part[i + 1])]);
    } else {
      const [dx, dy] = [(box[2] - box[0]) / STEPS, (box[3] - box[1]) / STEPS];
      const path = new Path2D();
      if (shape)
        for (const part of shape.parts) {
          for (let i = 0; i < part.length; i += 2) path[i ? "lineTo" : "moveTo"]((part[i] - box[0]) / dx, (part[i + 1] - box[1]) / dy);
          path.closePath();
        }
      else path.arc(STEPS / 2, STEPS / 2, STEPS / 2, 0, 2 * Math.PI);
      for (let i = 1; i < STEPS; i += 1)
        for (let j = 1; j < STEPS; j += 1)
          if (probe.isPointInPath(path, i, j, "evenodd")) points.push([box[0] + dx * i, box[1] + dy * j]);
    }
    /** @param {Point} parts */
    const far = ([x, y]) => Math.hypot(x - x0, y - y0);
    return points.sort((a, b) => far(a) - far(b));
  }

  /** @param {Frame} frame @param {number} p @returns {Point} */
  return (frame, p) => {
    if (frame.zoom !== zoom) begin(frame);
    return found.get(p) || [model.placeX[p], model.placeY[p]];
  };
}
