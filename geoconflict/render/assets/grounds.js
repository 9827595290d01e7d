// The ground below the symbols: areas hatched with an edge that fades, lines with a soft band, a ring around "near".
import { themeColour } from "./canvas_layer.js";
import { hatch } from "./symbols.js";

export const LEAST_AREA_PX = 14;
const FADE_PX = [30, 24, 18, 12, 7, 3];
const SMALLEST_RING_PX = 12;
// A soft edge needs a pass over the whole canvas for each area; where many overlap nobody could see it.
const MOST_SOFT = 40;
const MOST_HATCHED = 300;
const MOST_COVERED = 1500;

/**
 * @param {PlaceGeometry} geometry
 * @param {{colourOf: (p: number) => string, alphaOf: (places: number[]) => number}} look
 */
export function createGrounds(geometry, { colourOf, alphaOf }) {
  const sheet = document.createElement("canvas");

  /** @param {Frame} frame @param {number} p */
  function drawLine(frame, p) {
    const { ctx } = frame;
    ctx.save();
    ctx.lineJoin = ctx.lineCap = "round";
    ctx.strokeStyle = colourOf(p);
    ctx.beginPath();
    geometry.trace(frame, ctx, p);
    // A soft band says "somewhere along", a firm line says along what.
    for (const [alpha, width] of [[0.16, 15], [0.95, 2.6]]) {
      ctx.globalAlpha = alpha * alphaOf([p]);
      ctx.lineWidth = width;
      ctx.stroke();
    }
    ctx.restore();
  }

  // Hatched on a sheet of its own, whose edge is then rubbed out softly: nobody knows where the ground ends.
  /** @param {Frame} frame @param {number} p */
  function drawSoft(frame, p) {
    const { ctx } = frame;
    sheet.width = frame.width;
    sheet.height = frame.height;
    const pen = /** @type {Pen} */ (sheet.getContext("2d"));
    pen.lineJoin = pen.lineCap = "round";
    pen.beginPath();
    geometry.trace(frame, pen, p);
    fillHatched(pen, colourOf(p), 1);
    pen.globalCompositeOperation = "destination-out";
    pen.globalAlpha = 0.26;
    for (const width of FADE_PX) {
      pen.lineWidth = Math.min(width, geometry.extent[p] * frame.scale);
      pen.stroke();
    }
    ctx.globalAlpha = alphaOf([p]);
    ctx.drawImage(sheet, 0, 0);
    ctx.globalAlpha = 1;
  }
  // Faint, for grounds overlap, and a border or a name beneath them must still be read.
  /** @param {Pen} pen @param {string} colour @param {number} alpha */
  function fillHatched(pen, colour, alpha) {
    pen.fillStyle = colour;
    pen.globalAlpha = 0.08 * alpha;
    pen.fill("evenodd");
    pen.fillStyle = hatch(pen, colour);
    pen.globalAlpha = 0.34 * alpha;
    pen.fill("evenodd");
    pen.globalAlpha = 1;
  }
  /** @param {Frame} frame @param {number} p */
  function drawHatched(frame, p) {
    frame.ctx.beginPath();
    geometry.trace(frame, frame.ctx, p);
    fillHatched(frame.ctx, colourOf(p), alphaOf([p]));
  }
  // All grounds of one colour at once, as one faint cover.
  /** @param {Frame} frame @param {number[]} places */
  function drawCover(frame, places) {
    const { ctx } = frame;
    const byColour = new Map();
    for (const p of places) {
      if (!byColour.has(colourOf(p))) byColour.set(colourOf(p), []);
      byColour.get(colourOf(p)).push(p);
    }
    ctx.globalAlpha = 0.07;
    for (const [colour, some] of byColour) {
      ctx.fillStyle = colour;
      ctx.beginPath();
      for (const p of some) geometry.trace(frame, ctx, p);
      ctx.fill("nonzero");
    }
    ctx.globalAlpha = 1;
  }

  /** @param {Frame} frame @param {number[]} places */
  function drawRings(frame, places) {
    const { ctx } = frame;
    const { model, radius } = geometry;
    ctx.save();
    ctx.fillStyle = themeColour("map-ring-fill");
    ctx.strokeStyle = themeColour("map-ring");
    ctx.setLineDash([4, 3.5]);
    ctx.lineWidth = 1.3;
    for (const p of places) {
      ctx.globalAlpha = alphaOf([p]);
      ctx.beginPath();
      ctx.arc(frame.x(model.placeX[p]), frame.y(model.placeY[p]), Math.max(radius[p] * frame.scale, SMALLEST_RING_PX), 0, 2 * Math.PI);
      ctx.fill();
      ctx.stroke();
    }
    ctx.restore();
  }

  /**
   * Draw places that are lines or areas, given the largest first, and rings around spots that are only "near".
   * @param {Frame} frame @param {number[]} grounds @param {number[]} near
   */
  function draw(frame, grounds, near) {
    const large = grounds.filter((p) => geometry.extent[p] * frame.scale >= LEAST_AREA_PX);
    const areas = large.filter((p) => !geometry.isLine(p));
    if (areas.length > MOST_COVERED) return;
    if (areas.length > MOST_HATCHED) drawCover(frame, areas);
    else for (const p of areas) (areas.length > MOST_SOFT ? drawHatched : drawSoft)(frame, p);
    for (const p of large) if (geometry.isLine(p)) drawLine(frame, p);
    drawRings(frame, near);
  }

  /**
   * The smallest ground that holds a point of the canvas, or undefined.
   * @param {Frame} frame @param {number[]} places @param {number} x @param {number} y
   */
  function at(frame, places, x, y) {
    const { ctx, ratio } = frame;
    return places.findLast((p) => {
      if (geometry.extent[p] * frame.scale < LEAST_AREA_PX || !geometry.isInSight(frame, p, 0)) return false;
      ctx.beginPath();
      geometry.trace(frame, ctx, p);
      ctx.lineWidth = 14;
      return geometry.isLine(p) ? ctx.isPointInStroke(x * ratio, y * ratio) : ctx.isPointInPath(x * ratio, y * ratio, "evenodd");
    });
  }
  return { draw, at };
}
