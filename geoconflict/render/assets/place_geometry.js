// How large the places of events are, in Mercator units: read once, asked at every draw.
import { isInFrame, tracePath } from "./paths.js";

const EARTH_M = 40075016.686;

export class PlaceGeometry {
  /** @param {Model} model */
  constructor(model) {
    const c = model.columns;
    this.model = model;
    /** Radius of the uncertainty around the point of a place. */
    this.radius = Float64Array.from(c.place_radius_m, (metres, p) => {
      const lat = Math.atan(Math.sinh(Math.PI * (1 - 2 * model.placeY[p])));
      return metres / (EARTH_M * Math.cos(lat));
    });
    /** Half the longer side of the shape of a place, or its radius. */
    this.extent = Float64Array.from(this.radius, (radius, p) => {
      const shape = this.shapeOf(p);
      return shape ? Math.max(shape.box[2] - shape.box[0], shape.box[3] - shape.box[1]) / 2 : radius;
    });
    /** @param {string} name */
    const isCode = (name) => c.place_precision.values.indexOf(name);
    const near = isCode("near"), country = isCode("country");
    /** @param {number} p */
    this.isNear = (p) => c.place_precision.codes[p] === near;
    /** @param {number} p */
    this.isCountry = (p) => c.place_precision.codes[p] === country;
    /** Lines and areas, the largest first: drawn in this order, small ones lie on top and can be clicked. */
    this.grounds = Array.from({ length: model.nPlaces }, (_, p) => p)
      .filter((p) => !model.isSpot[p] && !this.isCountry(p))
      .sort((a, b) => this.extent[b] - this.extent[a] || a - b);
  }
  /** @param {number} p */
  shapeOf(p) {
    return this.model.shapes[this.model.columns.place_shape[p]];
  }
  /** @param {number} p */
  isLine(p) {
    const shape = this.shapeOf(p);
    return shape !== null && !shape.isArea;
  }
  /** @param {number} p @returns {Box} */
  boxOf(p) {
    const shape = this.shapeOf(p);
    const x = this.model.placeX[p], y = this.model.placeY[p], r = this.radius[p];
    return shape ? shape.box : [x - r, y - r, x + r, y + r];
  }
  /** Whether any of a place's ground may be seen. @param {Frame} frame @param {number} p @param {number} margin */
  isInSight(frame, p, margin) {
    return isInFrame(frame, this.boxOf(p), margin);
  }
  /** What of a place's ground lies on the canvas, in its pixels. @param {Frame} frame @param {number} p @returns {Box} */
  boxOnCanvas(frame, p) {
    const [left, top, right, bottom] = this.boxOf(p);
    return [
      Math.max(0, Math.floor(frame.x(left))), Math.max(0, Math.floor(frame.y(top))),
      Math.min(frame.width, Math.ceil(frame.x(right))), Math.min(frame.height, Math.ceil(frame.y(bottom))),
    ];
  }
  /** Add the outline of a place's ground to the path of a canvas. @param {Frame} frame @param {Pen} pen @param {number} p */
  trace(frame, pen, p) {
    const shape = this.shapeOf(p);
    if (shape) {
      for (const part of shape.parts) tracePath(frame, part, shape.isArea, pen);
      return;
    }
    const x = frame.x(this.model.placeX[p]), y = frame.y(this.model.placeY[p]), r = this.radius[p] * frame.scale;
    pen.moveTo(x + r, y);
    pen.arc(x, y, r, 0, 2 * Math.PI);
  }
}
