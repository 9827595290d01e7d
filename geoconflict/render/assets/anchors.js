// Where the symbol of a line or an area stands: anywhere on it is as true as anywhere else, so where no spot is.

const CLEAR_PX = 44;
const LEAST_PX = 28;
const STEPS = 12;
// The cell itself, where the nearest point most often is, and its neighbours.
const AROUND = [0, 0, -1, 0, 1, 0, 0, -1, 0, 1, -1, -1, -1, 1, 1, -1, 1, 1];

// Points by cells as wide as the distance that matters: the nearest one is found without asking all. Cells share buckets, which
// does no harm, for distances are compared all the same.
const BUCKETS = 2 ** 14;
class Taken {
  /** @param {number} cell width @param {number} most points that are added */
  constructor(cell, most) {
    this.cell = cell;
    this.n = 0;
    this.x = new Float64Array(most);
    this.y = new Float64Array(most);
    this.next = new Int32Array(most); // the point before in the same bucket, from 1; 0 is none
    this.first = new Int32Array(BUCKETS);
  }
  /** @param {number} column @param {number} row */
  bucket(column, row) {
    return (Math.imul(column, 73856093) ^ Math.imul(row, 19349663)) & (BUCKETS - 1);
  }
  /** @param {number} x @param {number} y */
  add(x, y) {
    const bucket = this.bucket(Math.floor(x / this.cell), Math.floor(y / this.cell));
    [this.x[this.n], this.y[this.n], this.next[this.n]] = [x, y, this.first[bucket]];
    this.first[bucket] = this.n += 1;
  }
  /**
   * Distance to the nearest point, or Infinity where it is more than a cell. What is no more than `enough` is of no use: then
   * any such distance is returned, and the rest is not looked at.
   * @param {number} x @param {number} y @param {number} enough
   */
  distance(x, y, enough) {
    const limit = enough * enough;
    const column = Math.floor(x / this.cell), row = Math.floor(y / this.cell);
    let least = Infinity;
    for (let k = 0; k < AROUND.length && least > limit; k += 2) {
      let at = this.first[this.bucket(column + AROUND[k], row + AROUND[k + 1])];
      for (; at > 0; at = this.next[at - 1]) {
        const dx = this.x[at - 1] - x, dy = this.y[at - 1] - y;
        if (dx * dx + dy * dy < least) least = dx * dx + dy * dy;
      }
    }
    return least <= this.cell * this.cell ? Math.sqrt(least) : Infinity;
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
  let taken = new Taken(1, 0);

  /** @param {Frame} frame */
  function begin(frame) {
    zoom = frame.zoom;
    found.clear();
    taken = new Taken(CLEAR_PX / frame.scale, model.nPlaces);
    for (let p = 0; p < model.nPlaces; p += 1) if (model.isSpot[p]) taken.add(model.placeX[p], model.placeY[p]);
    // The smallest ground has the least choice, so it chooses first.
    for (let k = geometry.grounds.length - 1; k >= 0; k -= 1) {
      const p = geometry.grounds[k];
      const best = choose(frame, p);
      taken.add(...best);
      found.set(p, best);
    }
  }
  // The nearest to the middle of the points of a ground that are clear of all others; where none is, the one farthest from them.
  /** @param {Frame} frame @param {number} p @returns {Point} */
  function choose(frame, p) {
    const x0 = model.placeX[p], y0 = model.placeY[p];
    /** @type {Point} */
    let best = [x0, y0];
    if (geometry.extent[p] * frame.scale < LEAST_PX) return best;
    let most = taken.distance(x0, y0, 0);
    if (most === Infinity) return best;
    let nearest = Infinity;
    tryPoints(p, (x, y, isOn) => {
      const far = (x - x0) ** 2 + (y - y0) ** 2;
      if (most === Infinity && far >= nearest) return;
      const free = taken.distance(x, y, Math.min(most, taken.cell));
      if ((free <= most && free !== Infinity) || !isOn()) return;
      [best, most, nearest] = [[x, y], free, far];
    });
    return best;
  }

  /**
   * Call `tryPoint(x, y, isOn)` for points of a ground; those of a grid only `isOn()` says to lie on it, which takes long.
   * @param {number} p @param {(x: number, y: number, isOn: () => boolean) => void} tryPoint
   */
  function tryPoints(p, tryPoint) {
    const shape = geometry.shapeOf(p);
    if (shape && geometry.isLine(p)) {
      for (const part of shape.parts)
        for (let i = 0; i + 3 < part.length; i += 2)
          for (const share of [0, 0.33, 0.67]) tryPoint(part[i] + share * (part[i + 2] - part[i]), part[i + 1] + share * (part[i + 3] - part[i + 1]), () => true);
      return;
    }
    const x0 = model.placeX[p], y0 = model.placeY[p], r = geometry.radius[p];
    const [left, top, right, bottom] = shape ? shape.box : [x0 - r, y0 - r, x0 + r, y0 + r];
    const dx = (right - left) / STEPS, dy = (bottom - top) / STEPS;
    for (let i = 1; i < STEPS; i += 1)
      for (let j = 1; j < STEPS; j += 1)
        tryPoint(left + dx * i, top + dy * j, () => (shape ? probe.isPointInPath(pathOf(p, shape), i, j, "evenodd") : Math.hypot(2 * i - STEPS, 2 * j - STEPS) <= STEPS));
  }
  // The outline of an area in steps of its grid.
  const paths = new Map();
  /** @param {number} p @param {Shape} shape */
  function pathOf(p, { parts, box: [left, top, right, bottom] }) {
    if (paths.has(p)) return paths.get(p);
    const path = new Path2D();
    paths.set(p, path);
    for (const part of parts) {
      for (let i = 0; i < part.length; i += 2) path[i ? "lineTo" : "moveTo"]((STEPS * (part[i] - left)) / (right - left), (STEPS * (part[i + 1] - top)) / (bottom - top));
      path.closePath();
    }
    return path;
  }

  /** @param {Frame} frame @param {number} p @returns {Point} */
  return (frame, p) => {
    if (frame.zoom !== zoom) begin(frame);
    return found.get(p) || [model.placeX[p], model.placeY[p]];
  };
}
