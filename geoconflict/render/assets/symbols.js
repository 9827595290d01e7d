// Symbols: a shape and a colour say the event type, the drawing says how sure the text is that it happened.
import { forgetColours, themeColour } from "./canvas_layer.js";
import { el } from "./dom.js";
import { formatShort } from "./text.js";

/** @param {number} n @param {number} turn */
const polygon = (n, turn) => Array.from({ length: n }, (_, k) => {
  const angle = turn + (2 * Math.PI * k) / n;
  return [Math.sin(angle), -Math.cos(angle)];
});
// Corners on the unit circle, sized so that all shapes look equally large; a disc has none.
/** @type {{[shape: string]: number[][] | null}} */
const SHAPES = {
  disc: null,
  square: polygon(4, Math.PI / 4).map(([x, y]) => [x * 1.2, y * 1.2]),
  diamond: polygon(4, 0).map(([x, y]) => [x * 1.22, y * 1.22]),
  triangle: polygon(3, 0).map(([x, y]) => [x * 1.28, y * 1.28 + 0.16]),
  pentagon: polygon(5, 0).map(([x, y]) => [x * 1.1, y * 1.1]),
  hexagon: polygon(6, 0).map(([x, y]) => [x * 1.08, y * 1.08]),
  burst: polygon(16, 0).map(([x, y], k) => (k % 2 ? [x * 0.74, y * 0.74] : [x * 1.3, y * 1.3])),
  cross: [[-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4], [0.4, 1.1], [-0.4, 1.1],
    [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4]],
};

/** @type {Style} */
let table;
/** @param {Style} style */
export const setStyle = (style) => (table = style);
export const isDark = () => themeColour("is-dark") === "1";
// A symbol of no type, for legends that speak of something else.
export const ANY_TYPE = null;
/** @param {string | null} type */
export function typeStyle(type) {
  if (type === ANY_TYPE) return { shape: "disc", colour: themeColour("map-mixed") };
  const style = Object.hasOwn(table.types, type) ? table.types[type] : table.other;
  return { shape: style.shape, colour: isDark() ? style.dark : style.colour };
}

/** @param {Pen} ctx @param {string} shape @param {number} x @param {number} y @param {number} r */
function outline(ctx, shape, x, y, r) {
  ctx.beginPath();
  const corners = SHAPES[shape];
  if (!corners) ctx.arc(x, y, r, 0, 2 * Math.PI);
  else {
    corners.forEach(([dx, dy], k) => (k ? ctx.lineTo(x + r * dx, y + r * dy) : ctx.moveTo(x + r * dx, y + r * dy)));
    ctx.closePath();
  }
}

// occurred, and what no status is stated of: filled. claimed: hollow. scheduled: dotted outline. hypothetical: dotted, with a mark. denied: grey, crossed out.
/** @param {Pen} ctx @param {number} x @param {number} y @param {number} r @param {string | null} type @param {string} status */
export function drawSymbol(ctx, x, y, r, type, status) {
  const { shape, colour } = typeStyle(type);
  const surface = themeColour("map-halo");
  ctx.save();
  ctx.lineJoin = "round";
  ctx.setLineDash([]);
  outline(ctx, shape, x, y, r);
  ctx.lineWidth = 4;
  ctx.strokeStyle = surface;
  ctx.stroke();
  ctx.lineWidth = 2;
  ctx.fillStyle = status === "occurred" || status === "unstated" ? colour : surface;
  ctx.fill();
  if (status === "denied") {
    const arm = 0.85 * r;
    ctx.strokeStyle = themeColour("map-denied");
    ctx.lineWidth = 1.6;
    ctx.stroke();
    ctx.lineCap = "round";
    ctx.beginPath();
    ctx.moveTo(x - arm, y - arm);
    ctx.lineTo(x + arm, y + arm);
    ctx.moveTo(x + arm, y - arm);
    ctx.lineTo(x - arm, y + arm);
    ctx.stroke();
  } else {
    ctx.strokeStyle = colour;
    if (status === "scheduled" || status === "hypothetical") {
      ctx.lineCap = "round";
      ctx.setLineDash([0.1, 3.1]);
      ctx.lineWidth = 2.2;
    }
    ctx.stroke();
    if (status === "hypothetical") {
      ctx.setLineDash([]);
      ctx.fillStyle = colour;
      ctx.font = `700 ${Math.round(1.5 * r)}px ${themeColour("font")}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText("?", x, y + 0.5);
    }
  }
  ctx.restore();
}

// Several events at one place: a ring in the shares of their types around their number.
/** @param {number} n */
export const stackRadius = (n) => 10.5 + Math.min(9, 2.2 * Math.log2(n));
/** @param {Pen} ctx @param {number} x @param {number} y @param {number[]} counts @param {string[]} types @param {number} n */
export function drawStack(ctx, x, y, counts, types, n) {
  const r = stackRadius(n);
  ctx.save();
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.arc(x, y, r + 1.5, 0, 2 * Math.PI);
  ctx.fillStyle = themeColour("map-halo");
  ctx.fill();
  const kinds = counts.reduce((k, count) => k + (count > 0 ? 1 : 0), 0);
  const widestGap = kinds > 1 ? 0.07 : 0;
  let angle = -Math.PI / 2;
  ctx.lineWidth = 4;
  counts.forEach((count, t) => {
    if (!count) return;
    const sweep = (2 * Math.PI * count) / n;
    // An arc that gaps turned round would go the long way: a rare type would be drawn as the whole ring.
    const gap = Math.min(widestGap, sweep / 4);
    ctx.beginPath();
    ctx.arc(x, y, r - 2, angle + gap, angle + sweep - gap);
    ctx.strokeStyle = typeStyle(types[t]).colour;
    ctx.stroke();
    angle += sweep;
  });
  ctx.fillStyle = themeColour("ink");
  ctx.font = `650 ${n > 99 ? 11 : 12}px ${themeColour("font")}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(formatShort(n), x, y + 0.5);
  ctx.restore();
  return r;
}

// The frame around a symbol that stands for a line or an area, so that nobody takes it for a spot.
/** @param {Pen} ctx @param {number} x @param {number} y @param {number} r */
export function drawAreaFrame(ctx, x, y, r) {
  ctx.save();
  ctx.beginPath();
  ctx.roundRect(x - r, y - r, 2 * r, 2 * r, 5);
  ctx.fillStyle = themeColour("map-frame");
  ctx.fill();
  ctx.setLineDash([3, 2.5]);
  ctx.lineWidth = 1.2;
  ctx.strokeStyle = themeColour("map-ring");
  ctx.stroke();
  ctx.restore();
}

/** @type {Map<string, CanvasPattern>} */
const hatches = new Map();
// A pattern of stripes, for any canvas.
/** @param {string} colour */
export function hatch(colour) {
  let pattern = hatches.get(colour);
  if (!pattern) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const pen = /** @type {Pen} */ (tile.getContext("2d"));
    pen.strokeStyle = colour;
    pen.lineWidth = 1.1;
    pen.beginPath();
    for (const d of [-8, 0, 8]) {
      pen.moveTo(d - 1, 9);
      pen.lineTo(d + 9, -1);
    }
    pen.stroke();
    pattern = /** @type {CanvasPattern} */ (pen.createPattern(tile, "repeat"));
    hatches.set(colour, pattern);
  }
  return pattern;
}

// A small picture of a symbol for legends and cards.
/** @param {number} size @param {(ctx: Pen, middle: number) => void} draw */
export function symbolPicture(size, draw) {
  const canvas = el("canvas", { class: "gc-symbol", "aria-hidden": "true" });
  canvas.style.width = canvas.style.height = size + "px";
  canvas.width = canvas.height = 2 * size;
  const paint = () => {
    const ctx = /** @type {Pen} */ (canvas.getContext("2d"));
    ctx.setTransform(2, 0, 0, 2, 0, 0);
    ctx.clearRect(0, 0, size, size);
    draw(ctx, size / 2);
  };
  paint();
  pictures.set(canvas, paint);
  return canvas;
}
/** @param {string | null} type @param {string=} status @param {number=} size */
export const typePicture = (type, status, size) => symbolPicture(size || 22, (ctx, c) => drawSymbol(ctx, c, c, 6.5, type, status || "occurred"));

// How a picture is painted again when the theme changes; one that has left the page is forgotten with its canvas.
const pictures = new WeakMap();
/** @type {(() => void)[]} */
const listeners = [];
/** Call `paint` whenever the theme changes: for what lives as long as the page. @param {() => void} paint */
export const onTheme = (paint) => listeners.push(paint);
export function themeChanged() {
  forgetColours();
  for (const canvas of document.querySelectorAll("canvas.gc-symbol")) pictures.get(canvas)?.();
  for (const paint of listeners) paint();
}
