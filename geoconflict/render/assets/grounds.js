// The ground below the symbols: areas hatched with an edge that fades, lines with a soft band, a ring around "near".
import { themeColour } from "./canvas_layer.js";
import { hatch } from "./symbols.js";

export const LEAST_AREA_PX = 14;
// How much each stroke along the border takes away, and the widths of the strokes; a small ground has no room for many.
const FADE = [0.26, 30, 24, 18, 12, 7, 3];
const SMALL_FADE = [0.6, 20, 6];
const SMALL_PX = 30;
const SMALLEST_RING_PX = 12;
// A soft edge needs a sheet and a pass over it for each area; where many overlap nobody could see it.
const MOST_SOFT = 40;
const MOST_KEPT_PX = 2 ** 24;
const MOST_HATCHED = 300;
const MOST_COVERED = 1500;

/**
 * @param {PlaceGeometry} geometry
 * @param {{colourOf: (p: number) => string, alphaOf: (places: number[]) => number}} look
 */
export function createGrounds(geometry, { colourOf, alphaOf }) {
  /** @type {Map<string, HTMLCanvasElement>} */
  const sheets = new Map();
  let keptPixels = 0;
  let keptView = "";

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

  // Hatched on a sheet of its own, no larger than what is seen of the ground, whose edge is then rubbed out softly: nobody
  // knows where the ground ends.
  /** @param {Frame} frame @param {number} p @param {Box} box */
  function drawSheet(frame, p, [left, top, right, bottom]) {
    const { ratio } = frame;
    const sheet = document.createElement("canvas");
    sheet.width = Math.ceil((right - left) * ratio);
    sheet.height = Math.ceil((bottom - top) * ratio);
    const pen = /** @type {Pen} */ (sheet.getContext("2d"));
    pen.setTransform(ratio, 0, 0, ratio, -left * ratio, -top * ratio);
    pen.lineJoin = "bevel"; // the quickest; what lies outside the ground is not seen
    pen.beginPath();
    geometry.trace(frame, pen, p);
    fillHatched(pen, colourOf(p), 1);
    pen.globalCompositeOperation = "destination-out";
    const extent = geometry.extent[p] * frame.scale;
    const [alpha, ...widths] = extent < SMALL_PX ? SMALL_FADE : FADE;
    pen.globalAlpha = alpha;
    for (const width of widths) {
      pen.lineWidth = Math.min(width, extent);
      pen.stroke();
    }
    return sheet;
  }
  // A sheet is kept while the view stays: time and filters change what is shown, seldom how it looks.
  /** @param {Frame} frame @param {number} p */
  function drawSoft(frame, p) {
    const { ctx, ratio } = frame;
    const box = geometry.boxOnCanvas(frame, p);
    const [left, top, right, bottom] = box;
    if (right <= left || bottom <= top) return;
    const key = `${p} ${colourOf(p)}`;
    let sheet = sheets.get(key);
    if (!sheet) {
      sheet = drawSheet(frame, p, box);
      keptPixels += sheet.width * sheet.height;
      if (keptPixels > MOST_KEPT_PX) forgetSheets();
      sheets.set(key, sheet);
    }
    ctx.globalAlpha = alphaOf([p]);
    ctx.drawImage(sheet, left, top, sheet.width / ratio, sheet.height / ratio);
    ctx.globalAlpha = 1;
  }
  function forgetSheets() {
    sheets.clear();
    keptPixels = 0;
  }
  // Faint, for grounds overlap, and a border or a name beneath them must still be read.
  /** @param {Pen} pen @param {string} colour @param {number} alpha */
  function fillHatched(pen, colour, alpha) {
    pen.fillStyle = colour;
    pen.globalAlpha = 0.08 * alpha;
    pen.fill("evenodd");
    pen.fillStyle = hatch(colour);
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
    const view = [frame.scale, frame.x(0), frame.y(0), frame.width, frame.height, frame.ratio].join(" ");
    if (view !== keptView) forgetSheets();
    keptView = view;
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
