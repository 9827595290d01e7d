// Shapes of the page back to GeoJSON geometries, longitude and latitude in degrees.
import { crosses } from "./geometry.js";

const GRID = 1e4; // the page holds coordinates to a ten-thousandth of a degree

/** @param {number} x */
const lonOf = (x) => Math.round((x - 0.5) * 360 * GRID) / GRID;
/** Longitude as files have it: the page draws what lies beyond the date line at longitudes beyond 180. @param {number} lon */
export const wrapped = (lon) => (lon > 180 ? Math.round((lon - 360) * GRID) / GRID : lon);
/** @param {number} y */
const latOf = (y) => Math.round(((Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI) * GRID) / GRID;

// Longitudes go on beyond 180 here; `cutLine` and `cutPolygon` bring them back.
/** @param {Float64Array} part @returns {Point[]} */
function positions(part) {
  /** @type {Point[]} */
  const found = [];
  for (let k = 0; k < part.length; k += 2) found.push([lonOf(part[k]), latOf(part[k + 1])]);
  return found;
}

// ------------------------------------------------------------ the date line: RFC 7946 wants what crosses it in two
const DATE_LINE = 180;
/** @param {Point} position */
const isBeyond = ([lon]) => lon > DATE_LINE;
/** @param {Point[]} part @returns {Point[]} */
const broughtBack = (part) => part.map(([lon, lat]) => [Math.round((lon - 360) * GRID) / GRID, lat]);
/** @param {Point} a @param {Point} b @returns {Point} */
function crossing([ax, ay], [bx, by]) {
  return [DATE_LINE, Math.round((ay + ((DATE_LINE - ax) / (bx - ax)) * (by - ay)) * GRID) / GRID];
}
/** @param {Point} a @param {Point} b */
const isSame = (a, b) => a[0] === b[0] && a[1] === b[1];
/** @param {Point[]} part */
const withoutRepeats = (part) => part.filter((position, k) => k === 0 || !isSame(position, part[k - 1]));

// Pieces of a line in turn, each on one side of the date line; those of a crossing share its point.
/** @param {Point[]} line */
function pieces(line) {
  /** @type {Piece[]} */
  const found = [];
  /** @type {Piece} */
  let piece = { isEast: isBeyond(line[0]), part: [line[0]] };
  for (let k = 1; k < line.length; k += 1) {
    if (isBeyond(line[k]) !== piece.isEast) {
      const at = crossing(line[k - 1], line[k]);
      piece.part.push(at);
      found.push(piece);
      piece = { isEast: !piece.isEast, part: [at] };
    }
    piece.part.push(line[k]);
  }
  return [...found, piece].map(({ isEast, part }) => ({ isEast, part: withoutRepeats(part) }));
}
/** @param {Point[]} line */
function cutLine(line) {
  return pieces(line).filter(({ part }) => part.length > 1).map(({ isEast, part }) => (isEast ? broughtBack(part) : part));
}

/** Polygons on both sides of the date line out of one. @param {Point[][]} rings the outer ring and its holes, closed */
function cutPolygon(rings) {
  if (!rings.some((ring) => ring.some(isBeyond))) return [rings];
  return [false, true].flatMap((isEast) => {
    const closed = /** @type {Point[][]} */ ([]), open = /** @type {Point[][]} */ ([]);
    for (const ring of rings) {
      const all = pieces(ring);
      // A ring that starts within a piece comes back to it at its end.
      if (all.length > 1) {
        const last = /** @type {Piece} */ (all.pop());
        all[0] = { isEast: last.isEast, part: [...last.part, ...all[0].part.slice(1)] };
      }
      const ours = all.filter((piece) => piece.isEast === isEast);
      (all.length > 1 ? open : closed).push(...ours.map(({ part }) => part));
    }
    return polygonsOf([...closed, ...joined(open)].map((ring) => (isEast ? broughtBack(ring) : ring)));
  });
}
// Pieces with both ends on the date line become rings: between its first and second crossing, from south to north, the line
// runs within the polygon, between the second and the third without, and so on.
/** @param {Point[][]} parts */
function joined(parts) {
  const ends = parts.flatMap((part, k) => [{ k, isStart: true, lat: part[0][1] }, { k, isStart: false, lat: /** @type {Point} */ (part.at(-1))[1] }]).sort((a, b) => a.lat - b.lat);
  const rings = [];
  const left = new Set(parts.keys());
  for (const first of left) {
    const ring = [];
    let end = ends.findIndex(({ k, isStart }) => k === first && isStart);
    while (left.has(ends[end].k)) {
      const { k, isStart } = ends[end];
      left.delete(k);
      ring.push(...(isStart ? parts[k] : [...parts[k]].reverse()));
      const far = ends.findIndex((other) => other.k === k && other.isStart !== isStart);
      end = far ^ 1;
    }
    rings.push(withoutRepeats([...ring, ring[0]]));
  }
  return rings;
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
    if (crosses(x, y, ...ring[k], ...ring[before])) isIn = !isIn;
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
    const lines = parts.filter((part) => part.length > 1).flatMap(cutLine);
    if (!lines.length) return null;
    return lines.length === 1 ? { type: "LineString", coordinates: lines[0] } : { type: "MultiLineString", coordinates: lines };
  }
  const closed = parts.map((part) => (String(part[0]) === String(part.at(-1)) ? part : [...part, part[0]]));
  const polygons = polygonsOf(closed).flatMap(cutPolygon);
  if (!polygons.length) return null;
  return polygons.length === 1 ? { type: "Polygon", coordinates: polygons[0] } : { type: "MultiPolygon", coordinates: polygons };
}
