// Shapes of the page back to GeoJSON geometries, longitude and latitude in degrees.
const GRID = 1e4; // the page holds coordinates to a ten-thousandth of a degree

/** @param {number} x */
const lonOf = (x) => Math.round((x - 0.5) * 360 * GRID) / GRID;
/** Longitude as files have it: the page draws what lies beyond the date line at longitudes beyond 180. @param {number} lon */
export const wrapped = (lon) => (lon > 180 ? Math.round((lon - 360) * GRID) / GRID : lon);
/** @param {number} y */
const latOf = (y) => Math.round(((Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI) * GRID) / GRID;

/** @param {Float64Array} part @returns {Point[]} */
function positions(part) {
  /** @type {Point[]} */
  const found = [];
  for (let k = 0; k < part.length; k += 2) found.push([lonOf(part[k]), latOf(part[k + 1])]);
  // What lies beyond the date line as a whole is written there; what crosses it stays in one piece.
  return found.every(([lon]) => lon > 180) ? found.map(([lon, lat]) => [wrapped(lon), lat]) : found;
}
/** @param {Point[]} ring */
const doubleArea = (ring) => ring.reduce((sum, [x, y], k) => {
  const [nextX, nextY] = ring[(k + 1) % ring.length];
  return sum + x * nextY - nextX * y;
}, 0);
/** @param {Point} parts @param {Point[]} ring */
function isInside([x, y], ring) {
  let isIn = false;
  for (let k = 0, before = ring.length - 1; k < ring.length; before = k, k += 1) {
    const [ax, ay] = ring[k], [bx, by] = ring[before];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isIn = !isIn;
  }
  return isIn;
}
// Rings may touch in points, so the middles of all sides are asked, and most of them decide.
/** @param {Point[]} inner @param {Point[]} outer */
function lies(inner, outer) {
  let votes = 0;
  for (let k = 0; k + 1 < inner.length; k += 1) {
    /** @type {Point} */
    const middle = [(inner[k][0] + inner[k + 1][0]) / 2, (inner[k][1] + inner[k + 1][1]) / 2];
    votes += isInside(middle, outer) ? 1 : -1;
  }
  return votes > 0;
}
/** @param {Point[]} ring @param {boolean} isLeft */
function wound(ring, isLeft) {
  return doubleArea(ring) > 0 === isLeft ? ring : [...ring].reverse();
}

/** @param {Point[][]} rings closed, in any order and direction; what lies in an odd number of others is a hole */
function polygonsOf(rings) {
  const kept = rings.filter((ring) => ring.length >= 4);
  const around = kept.map((ring) => kept.filter((other) => other !== ring && lies(ring, other)));
  const outer = kept.filter((_, k) => around[k].length % 2 === 0);
  return outer.map((ring) => {
    const depth = around[kept.indexOf(ring)].length;
    const holes = kept.filter((_, k) => around[k].length === depth + 1 && around[k].includes(ring));
    return [wound(ring, true), ...holes.map((hole) => wound(hole, false))];
  });
}

/**
 * @param {{isArea: boolean, parts: Float64Array[]}} shape
 * @returns {Geometry | null} null where nothing is left at the precision of the page
 */
export function shapeGeometry(shape) {
  const parts = shape.parts.map(positions);
  if (!shape.isArea) {
    const lines = parts.filter((part) => part.length > 1);
    if (!lines.length) return null;
    return lines.length === 1 ? { type: "LineString", coordinates: lines[0] } : { type: "MultiLineString", coordinates: lines };
  }
  const closed = parts.map((part) => (String(part[0]) === String(part.at(-1)) ? part : [...part, part[0]]));
  const polygons = polygonsOf(closed);
  if (!polygons.length) return null;
  return polygons.length === 1 ? { type: "Polygon", coordinates: polygons[0] } : { type: "MultiPolygon", coordinates: polygons };
}
