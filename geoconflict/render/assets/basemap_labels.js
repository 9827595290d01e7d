// Names on the basemap: what is written where at a zoom level, so that no name covers another and none is cut off.
import { themeColour } from "./canvas_layer.js";
import { Crowd } from "./crowd.js";

// The boxes of controls on the canvas: a name below one of them could not be read.
export function controlBoxes(frame, container) {
  const origin = container.getBoundingClientRect();
  const controls = [...container.querySelectorAll(".leaflet-control"), ...document.querySelectorAll(".gc-main-head > *")];
  return controls.map((control) => {
    const box = control.getBoundingClientRect();
    const corner = frame.fromContainer(L.point(box.left - origin.left, box.top - origin.top));
    return [corner.x - 4, corner.y - 4, corner.x + box.width + 4, corner.y + box.height + 4];
  });
}

// `size` in pixels; `spacing` in ems; `halo` is the colour of what lies below; `once` is not repeated in a view.
// A country and a sea have several places for their name, a country's best first.
export const STYLES = {
  country: { weight: 600, size: 12.5, colour: "map-label-strong", halo: "map-land", upper: true, spacing: 0.14, once: true },
  sea: { weight: 400, size: 12, colour: "map-label-water", halo: "map-sea", italic: true, spacing: 0.08, once: true },
  lake: { weight: 400, size: 11, colour: "map-label-water", halo: "map-sea", italic: true, spacing: 0.02 },
  town: { weight: 400, size: 11.5, colour: "map-label-town", halo: "map-land", spacing: 0, dot: true },
  admin1: { weight: 500, size: 10, colour: "map-label", halo: "map-land", upper: true, spacing: 0.1 },
  river: { weight: 400, size: 10.5, colour: "map-label-water", halo: "map-land", italic: true, spacing: 0.04 },
};
const ORDER = ["country", "sea", "town", "lake", "admin1"];
const LARGE_TOWN_ZOOM = 5.5;
const DOT_GAP = 7;
const SAME_NAME_PX = 420;
const RIVERS_FROM_ZOOM = 4.5;
// The places along a river, as parts of what is in sight of it, where its name is tried.
const RIVER_PLACES = [0.5, 0.35, 0.65, 0.2, 0.8];
// A name stands where the river is at least this straight.
const STRAIGHT = 0.94;

function setFont(ctx, style, isLarge) {
  const size = style.size + (isLarge ? 1.5 : 0);
  ctx.font = `${style.italic ? "italic " : ""}${isLarge ? 500 : style.weight} ${size}px ${themeColour("font")}`;
  ctx.letterSpacing = `${style.spacing * size}px`;
  return size;
}

function write(ctx, style, text, x, y) {
  ctx.strokeStyle = themeColour(style.halo);
  ctx.strokeText(text, x, y);
  ctx.fillStyle = themeColour(style.colour);
  ctx.fillText(text, x, y);
}

// Whether a box is wholly in sight, or wholly out of it: a name that the edge would cut is left out until it is moved in.
function isUncut(sight, left, top, right, bottom) {
  const isIn = left >= sight[0] && right <= sight[2] && top >= sight[1] && bottom <= sight[3];
  return isIn || left > sight[2] || right < sight[0] || top > sight[3] || bottom < sight[1];
}

// Where the text of a label of size w by h may stand, the best first: [left, top, textAlign, x].
function placesOf(style, x, y, w, h) {
  if (!style.dot) return [[x - w / 2, y - h / 2, "center", x]];
  return [
    [x + DOT_GAP, y - h / 2, "left", x + DOT_GAP], [x - DOT_GAP - w, y - h / 2, "right", x - DOT_GAP],
    [x - w / 2, y - h - 3, "center", x], [x - w / 2, y + 3, "center", x],
  ];
}

function isRepeated(written, name, x, y, least = SAME_NAME_PX) {
  return (written.get(name) || []).some((at) => Math.hypot(at[0] - x, at[1] - y) < least);
}
function note(written, name, x, y) {
  if (!written.has(name)) written.set(name, []);
  written.get(name).push([x, y]);
}

// `labels` are {name, x, y, minZoom, kind}, those of a kind in the order of importance; `names` are left to the events.
export function drawLabels(frame, labels, rivers, names, occupied) {
  const { ctx } = frame;
  const crowd = new Crowd();
  for (const box of occupied) crowd.add(...box);
  const written = new Map();
  ctx.save();
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3;
  const due = labels.filter((label) => frame.zoom >= label.minZoom && !names.has(label.name));
  // What can be seen comes before what a drag would bring in.
  for (const isSeen of [true, false])
    for (const kind of ORDER)
      for (const label of due) if (label.kind === kind && isInSight(frame, label) === isSeen) drawLabel(frame, label, crowd, written);
  if (frame.zoom >= RIVERS_FROM_ZOOM)
    for (const river of rivers) if (river.name) drawAlong(frame, river, crowd, written);
  ctx.restore();
}

function isInSight({ sight, x, y }, label) {
  return x(label.x) >= sight[0] && x(label.x) <= sight[2] && y(label.y) >= sight[1] && y(label.y) <= sight[3];
}

function drawLabel(frame, label, crowd, written) {
  const { ctx } = frame;
  const style = STYLES[label.kind];
  const x = frame.x(label.x), y = frame.y(label.y);
  if (x < 0 || y < 0 || x > frame.width || y > frame.height || isRepeated(written, label.name, x, y, style.once ? Infinity : SAME_NAME_PX)) return;
  const h = setFont(ctx, style, style.dot && label.minZoom <= LARGE_TOWN_ZOOM) + 5;
  const text = style.upper ? label.name.toLocaleUpperCase() : label.name;
  const w = ctx.measureText(text).width;
  if (style.dot && !(crowd.isFree(x - 3, y - 3, x + 3, y + 3) && isUncut(frame.sight, x - 3, y - 3, x + 3, y + 3))) return;
  for (const [left, top, align, textX] of placesOf(style, x, y, w, h)) {
    if (!isUncut(frame.sight, left, top, left + w, top + h) || !crowd.take(left - 3, top - 1, left + w + 3, top + h + 1)) continue;
    ctx.textAlign = align;
    write(ctx, style, text, textX, top + h / 2);
    note(written, label.name, x, y);
    if (style.dot) drawDot(ctx, x, y, crowd);
    return;
  }
}

function drawDot(ctx, x, y, crowd) {
  crowd.add(x - 3, y - 3, x + 3, y + 3);
  ctx.beginPath();
  ctx.arc(x, y, 2.1, 0, 2 * Math.PI);
  ctx.strokeStyle = themeColour("map-land");
  ctx.stroke();
  ctx.fillStyle = themeColour("map-label-town");
  ctx.fill();
}

// The part of a river in sight as [x, y, length so far] triples: its longest run.
function runInSight(frame, xy) {
  const [left, top, right, bottom] = frame.sight;
  let best = [], run = [];
  for (let i = 0; i < xy.length; i += 2) {
    const x = frame.x(xy[i]), y = frame.y(xy[i + 1]);
    if (x < left || x > right || y < top || y > bottom) {
      run = [];
      continue;
    }
    const last = run[run.length - 1];
    run.push([x, y, last ? last[2] + Math.hypot(x - last[0], y - last[1]) : 0]);
    if (run[run.length - 1][2] > (best.length ? best[best.length - 1][2] : -1)) best = run;
  }
  return best;
}

function pointAt(run, length) {
  const k = Math.max(1, run.findIndex((point) => point[2] >= length));
  const [a, b] = [run[k - 1], run[k]];
  const part = b[2] > a[2] ? (length - a[2]) / (b[2] - a[2]) : 0;
  return [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])];
}

function drawAlong(frame, river, crowd, written) {
  const { ctx } = frame;
  const style = STYLES.river;
  const size = setFont(ctx, style, false);
  const w = ctx.measureText(river.name).width;
  const run = runInSight(frame, river.xy);
  const length = run.length > 1 ? run[run.length - 1][2] : 0;
  if (length < 1.4 * w) return;
  for (const part of RIVER_PLACES) {
    const middle = Math.min(length - w / 2 - 4, Math.max(w / 2 + 4, part * length));
    let a = pointAt(run, middle - w / 2), b = pointAt(run, middle + w / 2);
    const chord = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const centre = pointAt(run, middle);
    if (chord < STRAIGHT * w) continue;
    if (a[0] > b[0]) [a, b] = [b, a];
    const angle = Math.atan2(b[1] - a[1], b[0] - a[0]);
    // Above the line, by the height of the letters.
    const x = (a[0] + b[0] + 2 * centre[0]) / 4 + Math.sin(angle) * size * 0.75;
    const y = (a[1] + b[1] + 2 * centre[1]) / 4 - Math.cos(angle) * size * 0.75;
    const halfX = (Math.abs(Math.cos(angle)) * w + Math.abs(Math.sin(angle)) * size) / 2;
    const halfY = (Math.abs(Math.sin(angle)) * w + Math.abs(Math.cos(angle)) * size) / 2;
    if (isRepeated(written, river.name, x, y) || !isUncut(frame.sight, x - halfX, y - halfY, x + halfX, y + halfY)) continue;
    if (!crowd.take(x - halfX, y - halfY, x + halfX, y + halfY)) continue;
    note(written, river.name, x, y);
    ctx.save();
    ctx.translate(x, y);
    ctx.rotate(angle);
    ctx.textAlign = "center";
    write(ctx, style, river.name, 0, 0);
    ctx.restore();
    return;
  }
}
