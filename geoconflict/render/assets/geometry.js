// Web Mercator, x and y from 0 to 1, and the lines and areas of a data block in it.

/** @param {number} lat */
export const mercatorY = (lat) => {
  const sin = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
};
/** @param {number} lon */
export const mercatorX = (lon) => lon / 360 + 0.5;

export class Shape {
  /** @param {boolean} isArea @param {Float64Array[]} parts */
  constructor(isArea, parts) {
    this.isArea = isArea;
    this.parts = parts;
    /** @type {Box} */
    this.box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const part of parts)
      for (let i = 0; i < part.length; i += 2) {
        this.box[0] = Math.min(this.box[0], part[i]);
        this.box[1] = Math.min(this.box[1], part[i + 1]);
        this.box[2] = Math.max(this.box[2], part[i]);
        this.box[3] = Math.max(this.box[3], part[i + 1]);
      }
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
