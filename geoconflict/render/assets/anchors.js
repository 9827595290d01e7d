// Where the symbol of a line or an area stands: anywhere on it is as true as anywhere else, so where no spot is.

const CLEAR_PX = 44;
const LEAST_PX = 28;
const STEPS = 12;
// The cell itself, where the nearest point most often is, and its neighbours.
const AROUND = [[0, 0], [-1, 0], [1, 0], [0, -1], [0, 1], [-1, -1], [-1, 1], [1, -1], [1, 1]];

// Points by cells as wide as the distance that matters: the nearest one is found without asking all.
class Taken {
  constructor(cell) {
    this.cell = cell;
    this.cells = new Map();
  }
  key(x, y) {
    return Math.floor(x / this.cell) * 2 ** 26 + Math.floor(y / this.cell);
  }
  add(x, y) {
    const key = this.key(x, y);
    if (!this.cells.has(key)) this.cells.set(key, []);
    this.cells.get(key).push(x, y);
  }
  /**
   * Distance to the nearest point, or Infinity where it is more than a cell. What is no more than `enough` is of no use: then
   * any such distance is returned, and the rest is not looked at.
   */
  distance(x, y, enough) {
    const limit = enough * enough;
    let least = Infinity;
    for (const [dx, dy] of AROUND) {
      const points = this.cells.get(this.key(x + dx * this.cell, y + dy * this.cell));
      if (!points) continue;
      for (let i = 0; i < points.length; i += 2) {
        const square = (points[i] - x) ** 2 + (points[i + 1] - y) ** 2;
        if (square < least) least = square;
      }
      if (least <= limit) break;
    }
    return least <= this.cell ** 2 ? Math.sqrt(least) : Infinity;
  }
}

/**
 * Returns a function of (frame, place) to the Mercator [x, y] of its symbol. It depends on the zoom level alone and not on what
 * is shown, so a symbol stays where it is while the window moves.
 * @param {import("./model.js").Model} model
 * @param {import("./place_geometry.js").PlaceGeometry} geometry
 */
export function createAnchors(model, geometry) {
  const probe = document.createElement("canvas").getContext("2d");
  const found = new Map();
  let zoom = null;
  let taken = null;

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
  function choose(frame, p) {
    const clear = CLEAR_PX / frame.scale;
    let best = [model.placeX[p], model.placeY[p]];
    if (geometry.extent[p] * frame.scale < LEAST_PX) return best;
    let most = taken.distance(...best, 0);
    if (most >= clear) return best;
    for (const one of candidates(p)) {
      const free = taken.distance(...one, most);
      if (free > most) [best, most] = [one, free];
      if (most >= clear) break;
    }
    return best;
  }

  // Points on the ground of a place, those near its middle first.
  const candidatesOf = new Map();
  function candidates(p) {
    if (!candidatesOf.has(p)) candidatesOf.set(p, pointsOn(p));
    return candidatesOf.get(p);
  }
  function pointsOn(p) {
    const shape = geometry.shapeOf(p);
    const r = geometry.radius[p];
    const [x0, y0] = [model.placeX[p], model.placeY[p]];
    const box = shape ? shape.box : [x0 - r, y0 - r, x0 + r, y0 + r];
    const points = [];
    if (geometry.isLine(p)) {
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
    const far = ([x, y]) => Math.hypot(x - x0, y - y0);
    return points.sort((a, b) => far(a) - far(b));
  }

  return (frame, p) => {
    if (frame.zoom !== zoom) begin(frame);
    return found.get(p) || [model.placeX[p], model.placeY[p]];
  };
}
