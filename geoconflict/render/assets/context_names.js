// The names of lines and areas of context: where the symbols and names of the events leave room for them, else nowhere; the panel
// names them too.
import { themeColour } from "./canvas_layer.js";
import { eventNameBoxes } from "./event_names.js";
import { SYMBOL_PX } from "./groups.js";

const LEAST_NAME_PX = 12;
const LINE_GAP_PX = 10;
const HALF_PX = 8; // of the height of the letters, with a margin
// In the middle best, else further along a line or up and down an area.
const ALONG = [0.5, 0.375, 0.625, 0.25, 0.75, 0.125, 0.875];
const DOWN = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];
// How much of a name may be hidden: what stands beside a symbol, on either side, hides it in half of the cases.
const MOST_HIDDEN = 0.5, SYMBOL_WEIGHT = 1.5, NAME_WEIGHT = 0.5;
// Of more names each stands in the middle: looking for places takes its time, at every step that is played.
const MOST_PLACED = 60;

/** @param {Box} a @param {Box} b */
const shared = (a, b) => Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));

/**
 * The boxes in which a name of a width may stand, the best first.
 * @param {Frame} frame @param {ContextItem} item @param {number} width @returns {Box[]}
 */
function boxesOf(frame, { shape }, width) {
  const [left, top, right, bottom] = shape.box;
  /** @param {number} x @param {number} y @returns {Box} */
  const box = (x, y) => [x, y - HALF_PX, x + width, y + HALF_PX];
  if (shape.isArea) return DOWN.map((part) => box(frame.x((left + right) / 2) - width / 2, frame.y(top + part * (bottom - top))));
  const line = shape.parts.reduce((a, b) => (b.length > a.length ? b : a));
  return ALONG.flatMap((part) => {
    const at = 2 * Math.floor((part * line.length) / 2), x = frame.x(line[at]), y = frame.y(line[at + 1]);
    return [box(x + LINE_GAP_PX, y), box(x - LINE_GAP_PX - width, y)];
  });
}

/**
 * Returns draw(frame, names), which writes each name once, and leaves it where it was while it can: names should not jump while playing.
 * @param {Model} model
 */
export function createContextNames(model) {
  /** @type {Map<ContextItem, number>} */
  const chosen = new Map();
  /** @param {Frame} frame @param {{item: ContextItem, name: string, colour: string}[]} names */
  return function draw(frame, names) {
    const { ctx, sight } = frame;
    ctx.font = `italic 500 11.5px ${themeColour("font")}`;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.lineWidth = 3.5;
    ctx.strokeStyle = themeColour("map-halo");
    const isPlaced = names.length <= MOST_PLACED;
    const events = isPlaced ? eventNameBoxes(frame, model, (p) => model.placeCounts[p] > 0) : [];
    const symbols = events.map(([left, top, right, bottom]) => /** @type {Box} */ ([(left + right) / 2 - 2 * SYMBOL_PX, top, (left + right) / 2 + 2 * SYMBOL_PX, bottom]));
    /** @type {Box[]} */
    const written = [];
    /** @param {Box} box @param {Box[]} others */
    const sharedWith = (box, others) => others.reduce((sum, one) => sum + shared(box, one), 0);
    /** @param {Box} box */
    const hiddenOf = (box) => NAME_WEIGHT * sharedWith(box, events) + SYMBOL_WEIGHT * sharedWith(box, symbols) + sharedWith(box, written);
    for (const { item, name, colour } of names) {
      const [left, top, right, bottom] = item.shape.box;
      const widest = Math.max(frame.x(right) - frame.x(left), frame.y(bottom) - frame.y(top));
      // Measuring is slow where there are thousands.
      if (widest < LEAST_NAME_PX) continue;
      const width = ctx.measureText(name).width;
      if (width > widest) continue;
      const boxes = boxesOf(frame, item, width);
      // What lies out of sight counts as hidden.
      const whole = 2 * HALF_PX * width;
      const hidden = isPlaced ? boxes.map((box) => whole - shared(box, sight) + hiddenOf(box)) : [0];
      const before = chosen.get(item) ?? 0;
      const k = hidden[before] <= MOST_HIDDEN * whole ? before : hidden.indexOf(Math.min(...hidden));
      if (hidden[k] > MOST_HIDDEN * whole) continue;
      chosen.set(item, k);
      const box = boxes[k];
      written.push(box);
      ctx.strokeText(name, box[0], box[1] + HALF_PX);
      ctx.fillStyle = colour;
      ctx.fillText(name, box[0], box[1] + HALF_PX);
    }
  };
}
