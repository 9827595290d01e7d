// Web Mercator, x and y from 0 to 1, and the lines and areas of a data block in it.

/** @param {number} lat */
export const mercatorY = (lat) => {
  const sin = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
};
/** @param {number} lon */
export const mercatorX = (lon) => lon / 360 + 0.5;

/**
 * Whether a ray from a point towards greater x crosses the line from a to b; a point is inside an area whose sides it crosses an
 * odd number of times.
 * @param {number} x @param {number} y @param {number} ax @param {number} ay @param {number} bx @param {number} by
 */
export const crosses = (x, y, ax, ay, bx, by) => ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax);

/** The box around some paths. @param {Float64Array[]} paths @returns {Box} */
export function boxOf(paths) {
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  for (const xy of paths)
    for (let i = 0; i < xy.length; i += 2) {
      const x = xy[i], y = xy[i + 1];
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  return [left, top, right, bottom];
}

export class Shape {
  /** @param {boolean} isArea @param {Float64Array[]} parts */
  constructor(isArea, parts) {
    this.isArea = isArea;
    this.parts = parts;
    this.box = boxOf(parts);
  }
}

/** @param {ShapeColumns} columns */
export function readShapes(columns) {
  /** @type {(Shape | null)[]} */
  const shapes = [null];
  let part = 0, point = 0;
  for (let s = 0; s < columns.shape_kind.length; s += 1) {
    const parts = [];
    for (let end = part + columns.shape_parts[s]; part < end; part += 1) {
      const xy = new Float64Array(2 * columns.part_points[part]);
      for (let i = 0; i < xy.length; i += 2, point += 1) {
        xy[i] = mercatorX(columns.x[point] / 1e4);
        xy[i + 1] = mercatorY(columns.y[point] / 1e4);
      }
      parts.push(xy);
    }
    shapes.push(new Shape(columns.shape_kind[s] === 2, parts));
  }
  return shapes;
}
