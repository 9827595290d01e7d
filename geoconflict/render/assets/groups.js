// Spots, and areas no larger than a symbol, whose symbols would cover each other share one: it stands at the spot with the most
// events. No symbol is moved.
import { stackRadius } from "./symbols.js";

export const SYMBOL_PX = 7;
const FRAME_PX = 13;
const CELL_PX = 64;
const ROW = 4096;
// How close two symbols may come, in parts of the sum of their radii: where there are many, apart.
const OVERLAP = 0.7, APART = 1.3;
const MANY = 300;

/**
 * A symbol of places: {places, n, x, y, r} with x and y in canvas pixels, at `anchor` in Mercator units or at the first place.
 * @param {Frame} frame @param {Model} model @param {number[]} places @param {Point=} anchor
 */
export function symbolOf(frame, model, places, anchor) {
  let n = 0;
  for (const p of places) n += model.placeCounts[p];
  const x = frame.x(anchor ? anchor[0] : model.placeX[places[0]]), y = frame.y(anchor ? anchor[1] : model.placeY[places[0]]);
  const r = n > 1 ? stackRadius(n) : SYMBOL_PX;
  return { places, n, x, y, r: model.isSpot[places[0]] ? r : Math.max(FRAME_PX, r + 3) };
}

/** @param {number[]} spots places that are shown and in sight @param {Frame} frame @param {Model} model */
export function grouped(frame, model, spots) {
  const { isSpot, placeCounts } = model;
  const grid = new Map();
  const found = [];
  const closest = spots.length > MANY ? APART : OVERLAP;
  spots.sort((a, b) => isSpot[b] - isSpot[a] || placeCounts[b] - placeCounts[a] || a - b);
  for (const p of spots) {
    const item = symbolOf(frame, model, [p]);
    const cell = Math.floor(item.y / CELL_PX) * ROW + Math.floor(item.x / CELL_PX);
    let host = null;
    for (let dy = -ROW; dy <= ROW && !host; dy += ROW)
      for (let dx = -1; dx <= 1 && !host; dx += 1)
        for (const one of grid.get(cell + dy + dx) || [])
          if (Math.hypot(one.x - item.x, one.y - item.y) < (one.r + item.r) * closest) {
            host = one;
            break;
          }
    if (host) {
      host.places.push(p);
      continue;
    }
    if (!grid.has(cell)) grid.set(cell, []);
    grid.get(cell).push(item);
    found.push(item);
  }
  return found.map((item) => (item.places.length > 1 ? symbolOf(frame, model, item.places) : item));
}
