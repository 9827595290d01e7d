// Dated lines and areas that the map's maker gave as context: drawn as of the end of the time window. Those of a day to
// compare with that no longer hold are drawn as hollow outlines.
import { CanvasLayer, themeColour } from "./canvas_layer.js";
import { createContextNames } from "./context_names.js";
import { readShapes } from "./geometry.js";
import { hatch, isDark } from "./symbols.js";
import { formatDay } from "./text.js";
import { isInFrame, tracePath } from "./paths.js";

// Above so many in sight, halos, dashes and names would hide each other and take long: hair lines, faint where approximate.
const MOST_DASHED = 2000;

/** @param {ContextColumns} c columns of the block of lines and areas: what render/context_columns.py returns */
export function contextItems(c) {
  const shapes = readShapes(c);
  const items = Array.from({ length: c.context_shape.length }, (_, i) => ({
    name: c.context_name.at(i),
    note: c.context_note.at(i),
    approximate: c.context_approximate[i] === 1,
    from: c.context_has_from[i] ? c.context_from[i] : null,
    to: c.context_has_to[i] ? c.context_to[i] : null,
    ownColour: c.context_colour.at(i),
    shape: shapes[c.context_shape[i]],
  }));
  const drawn = /** @type {ContextItem[]} */ (items.filter((item) => item.shape));
  colourAreas(drawn);
  return drawn;
}
// Areas of several names, which nobody chose colours for: one for each name, by its place in the alphabet. These are told apart
// with every kind of colour vision (Okabe and Ito); of more names some share one.
const AREA_COLOURS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9"];
/** @param {ContextItem[]} items */
function colourAreas(items) {
  const plain = items.filter((item) => item.shape.isArea && !item.ownColour);
  const names = [...new Set(plain.map(({ name }) => name))].sort();
  if (names.length < 2) return;
  for (const item of plain) item.ownColour = AREA_COLOURS[names.indexOf(item.name) % AREA_COLOURS.length];
}
/** @param {ContextItem} item @param {number} day */
const isValidOn = (item, day) => (item.from === null || item.from <= day) && (item.to === null || day <= item.to);
/** @param {Model} model @param {ContextItem} item */
export const isDrawn = (model, item) => !model.hasDays || isValidOn(item, model.to);
/** Whether an item is drawn only because of the day that is compared with. @param {Model} model @param {ContextItem} item */
export const isEarlier = (model, item) => model.compareDay !== null && !isDrawn(model, item) && isValidOn(item, model.compareDay);
// A colour that the map's maker chose is made lighter on the dark map.
/** @param {{ownColour: string}} item */
export function itemColour(item) {
  if (!/^#[0-9a-f]{6}$/i.test(item.ownColour)) return themeColour("map-context");
  if (!isDark()) return item.ownColour;
  return `rgb(${[1, 3, 5].map((at) => Math.round(0.55 * parseInt(item.ownColour.slice(at, at + 2), 16) + 115)).join(" ")})`;
}

/** @param {Pen} ctx @param {string} colour */
export function strokeEarlier(ctx, colour) {
  ctx.setLineDash([]);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 4.4;
  ctx.stroke();
  ctx.strokeStyle = themeColour("map-halo");
  ctx.lineWidth = 2.2;
  ctx.stroke();
}

/** @param {Model} model @param {ContextItem[]} items */
export function createContextLayer(model, items) {
  const drawNames = createContextNames(model);
  /** @param {Frame} frame */
  function draw(frame) {
    frame.ctx.lineJoin = frame.ctx.lineCap = "round";
    const near = items.filter((item) => isInFrame(frame, item.shape.box, 8));
    const earlier = near.filter((item) => isEarlier(model, item)), now = near.filter((item) => isDrawn(model, item));
    for (const item of earlier) drawEarlier(frame, item);
    for (const item of now) (near.length > MOST_DASHED ? drawHair : drawItem)(frame, item);
    const day = model.compareDay === null ? "" : formatDay(model.compareDay, "short");
    drawNames(frame, [...earlier.map((item) => ({ item, name: `${item.name} · ${day}`, colour: itemColour(item) })),
      ...(near.length > MOST_DASHED ? [] : now).map((item) => ({ item, name: item.name, colour: itemColour(item) }))]);
  }
  /** @param {Frame} frame @param {ContextItem} item */
  function trace(frame, item) {
    frame.ctx.beginPath();
    for (const part of item.shape.parts) tracePath(frame, part, item.shape.isArea);
  }

  /** @param {Frame} frame @param {ContextItem} item */
  function drawHair(frame, item) {
    const { ctx } = frame;
    trace(frame, item);
    ctx.strokeStyle = itemColour(item);
    ctx.lineWidth = 1;
    ctx.globalAlpha = item.approximate ? 0.4 : 1;
    ctx.stroke();
    ctx.globalAlpha = 1;
  }
  /** @param {Frame} frame @param {ContextItem} item */
  function drawItem(frame, item) {
    const { ctx } = frame;
    const colour = itemColour(item);
    trace(frame, item);
    if (item.shape.isArea) fillArea(ctx, item, colour);
    ctx.strokeStyle = themeColour("map-halo");
    ctx.lineWidth = 4.5;
    ctx.setLineDash([]);
    ctx.globalAlpha = 0.7;
    ctx.stroke();
    ctx.globalAlpha = 1;
    ctx.strokeStyle = colour;
    ctx.lineWidth = item.shape.isArea ? 2 : 2.2; // also seen above coloured areas
    ctx.setLineDash(item.approximate ? [7, 5] : []);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  /** @param {Frame} frame @param {ContextItem} item */
  function drawEarlier(frame, item) {
    trace(frame, item);
    strokeEarlier(frame.ctx, itemColour(item));
  }
  return new CanvasLayer(draw, { pane: "gc-context" });
}

// An area whose outline is only roughly known is hatched.
/** @param {Pen} ctx @param {ContextItem} item @param {string} colour */
export function fillArea(ctx, item, colour) {
  ctx.globalAlpha = item.approximate ? 0.3 : 0.18;
  ctx.fillStyle = item.approximate ? hatch(colour) : colour;
  ctx.fill("evenodd");
  ctx.globalAlpha = 1;
}
