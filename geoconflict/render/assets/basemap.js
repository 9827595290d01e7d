// Outlines and waters below the events; the format is described in render/basemap.py.
import { STYLES, drawLabels } from "./basemap_labels.js";
import { CanvasLayer, themeColour } from "./canvas_layer.js";
import { boxOf, mercatorX, mercatorY } from "./geometry.js";
import { isInFrame, tracePath } from "./paths.js";

const REGIONS_FROM_ZOOM = 5;
// Rivers are of a small scale: they fade before the reader is so close that their course is plainly not the real one.
const RIVERS_FADE_FROM = 9.5, RIVERS_UNTIL = 12;
const REGION_WIDTH = 0.9;
const REGIONS_FADE_PX = 90;

// Bottom to top: [layer, colour it is filled with] or [layer, colour of the stroke, width, dashes].
const LAND = [["world_land", "map-land"], ["around_land", "map-land"], ["land", "map-land"]];
/** @type {[string, string, number, number[]][]} */
const LINES = [
  ["world_borders", "map-border", 1.1, []],
  ["around_borders", "map-border", 1.2, []],
  ["coast", "map-coast", 0.9, []],
  ["country_borders", "map-border", 1.3, []],
  ["disputed", "map-border", 1.3, [5, 4]],
];

/** @param {number[]} flat @param {number} scale @param {string} name */
function readPath(flat, scale, name) {
  const xy = new Float64Array(flat.length);
  let lon = 0, lat = 0;
  for (let i = 0; i < flat.length; i += 2) {
    lon += flat[i];
    lat += flat[i + 1];
    xy[i] = mercatorX(lon * scale);
    xy[i + 1] = mercatorY(lat * scale);
  }
  return { xy, box: boxOf([xy]), name };
}

// Fine lines where many crowd together.
/** @param {Frame} frame @param {number} width */
const lineWidth = (frame, width) => width * Math.min(1, 0.4 + 0.12 * frame.zoom);

// Add a path to the canvas path as a smooth curve that bends at each vertex.
/** @param {Frame} frame @param {Float64Array} xy */
function traceCurve(frame, xy) {
  const { ctx } = frame;
  const last = xy.length - 2;
  ctx.moveTo(frame.x(xy[0]), frame.y(xy[1]));
  for (let i = 2; i < last; i += 2) {
    const x = frame.x(xy[i]), y = frame.y(xy[i + 1]);
    const isEnd = i + 2 === last;
    const nextX = frame.x(xy[i + 2]), nextY = frame.y(xy[i + 3]);
    ctx.quadraticCurveTo(x, y, isEnd ? nextX : (x + nextX) / 2, isEnd ? nextY : (y + nextY) / 2);
  }
  if (last === 2) ctx.lineTo(frame.x(xy[2]), frame.y(xy[3]));
}

// `names` are not written, and `occupied(frame)` gives boxes [left, top, right, bottom] where no name may stand: the events have theirs there.
/** @param {Basemap} basemap @param {Set<string>} names @param {(frame: Frame) => Box[]} occupied */
export function createBasemapLayer(basemap, names, occupied) {
  /** @type {Map<string, BasemapPath[]>} */
  const layers = new Map();
  // A layer is read when it is first drawn.
  /** @param {string} name */
  function layerOf(name) {
    /** @type {Basemap["layers"][string]} */
    const given = Object.hasOwn(basemap.layers, name) ? basemap.layers[name] : {};
    const made = layers.get(name) || (given.rings || given.lines || []).map((path, k) => readPath(path, basemap.scale, given.names ? given.names[k] : ""));
    layers.set(name, made);
    return made;
  }
  /** @type {Label[]} */
  const labels = basemap.labels.map(([name, lon, lat, minZoom, kind]) => ({
    name, minZoom, kind: /** @type {LabelKind} */ (Object.hasOwn(STYLES, kind) ? kind : "town"), x: mercatorX(lon), y: mercatorY(lat),
  }));
  const [west, south, east, north] = basemap.box || [-180, -85, 180, 85];
  const box = [mercatorX(west), mercatorY(north), mercatorX(east), mercatorY(south)];
  let isCovered = false;
  let isFinished = false;

  /** @param {Frame} frame @param {string} name */
  const paths = (frame, name) => layerOf(name).filter((path) => isInFrame(frame, path.box, 4));

  /** @param {Frame} frame @param {string} name @param {string} colour */
  function fill(frame, name, colour) {
    const { ctx } = frame;
    ctx.fillStyle = themeColour(colour);
    ctx.beginPath();
    for (const path of paths(frame, name)) tracePath(frame, path.xy, true);
    ctx.fill("evenodd");
  }

  /** @param {Frame} frame @param {string} name @param {string} colour @param {number} width @param {number[]} dashes */
  function stroke(frame, name, colour, width, dashes) {
    const { ctx } = frame;
    ctx.strokeStyle = themeColour(colour);
    ctx.lineWidth = lineWidth(frame, width);
    ctx.setLineDash(dashes);
    ctx.beginPath();
    for (const path of paths(frame, name)) tracePath(frame, path.xy, false);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  /** @param {Frame} frame */
  function drawRivers(frame) {
    const { ctx } = frame;
    const fading = (RIVERS_UNTIL - frame.zoom) / (RIVERS_UNTIL - RIVERS_FADE_FROM);
    if (fading <= 0) return;
    ctx.globalAlpha = Math.min(1, fading);
    ctx.strokeStyle = themeColour("map-river");
    ctx.lineWidth = Math.max(0.7, Math.min(1.8, 0.3 + 0.16 * frame.zoom));
    ctx.beginPath();
    for (const path of paths(frame, "rivers")) traceCurve(frame, path.xy);
    ctx.stroke();
    ctx.globalAlpha = 1;
  }

  // Regions end where the clip ends. So that this is not taken for a border, their lines fade out towards it: a part within, and
  // one along each side, cut off at the corners.
  /** @param {Frame} frame */
  function drawRegions(frame) {
    if (frame.zoom < REGIONS_FROM_ZOOM) return;
    const [left, top, right, bottom] = [frame.x(box[0]), frame.y(box[1]), frame.x(box[2]), frame.y(box[3])];
    const depth = Math.min(REGIONS_FADE_PX, (right - left) / 5, (bottom - top) / 5);
    const [innerLeft, innerTop, innerRight, innerBottom] = [left + depth, top + depth, right - depth, bottom - depth];
    /** @type {RegionPart[]} */
    const parts = [
      { corners: [innerLeft, innerTop, innerRight, innerTop, innerRight, innerBottom, innerLeft, innerBottom], fade: null },
      { corners: [left, top, innerLeft, innerTop, innerLeft, innerBottom, left, bottom], fade: [left, 0, innerLeft, 0] },
      { corners: [right, top, innerRight, innerTop, innerRight, innerBottom, right, bottom], fade: [right, 0, innerRight, 0] },
      { corners: [left, top, innerLeft, innerTop, innerRight, innerTop, right, top], fade: [0, top, 0, innerTop] },
      { corners: [left, bottom, innerLeft, innerBottom, innerRight, innerBottom, right, bottom], fade: [0, bottom, 0, innerBottom] },
    ];
    const near = paths(frame, "admin1_borders");
    for (const part of parts) drawRegionPart(frame, near, part);
  }
  /** @param {Frame} frame @param {BasemapPath[]} near @param {RegionPart} part */
  function drawRegionPart(frame, near, { corners, fade }) {
    const { ctx, width, height } = frame;
    const xs = corners.filter((_, k) => k % 2 === 0), ys = corners.filter((_, k) => k % 2 === 1);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    if (left > width || right < 0 || top > height || bottom < 0) return;
    ctx.save();
    ctx.beginPath();
    for (let k = 0; k < corners.length; k += 2) ctx.lineTo(corners[k], corners[k + 1]);
    ctx.clip();
    ctx.beginPath();
    for (const { xy, box: [west, north, east, south] } of near)
      if (frame.x(west) <= right && frame.x(east) >= left && frame.y(north) <= bottom && frame.y(south) >= top) tracePath(frame, xy, false);
    const colour = themeColour("map-admin");
    ctx.strokeStyle = colour;
    if (fade) {
      const gradient = ctx.createLinearGradient(...fade);
      gradient.addColorStop(0, `${colour}00`); // themes write #rrggbb
      gradient.addColorStop(1, colour);
      ctx.strokeStyle = gradient;
    }
    ctx.lineWidth = lineWidth(frame, REGION_WIDTH);
    ctx.stroke();
    ctx.restore();
  }

  /** @param {Frame} frame */
  function draw(frame) {
    if (isCovered) return;
    frame.ctx.lineJoin = "round";
    for (const [name, colour] of LAND) fill(frame, name, colour);
    if (isFinished) drawRivers(frame);
    fill(frame, "lakes", "map-sea");
    if (isFinished) drawRegions(frame);
    for (const [name, colour, width, dashes] of LINES) stroke(frame, name, colour, width, dashes);
    if (isFinished) drawLabels(frame, labels, paths(frame, "rivers"), names, occupied(frame));
  }

  const layer = new CanvasLayer(draw, { pane: "gc-basemap" });
  // A whole map from elsewhere has its own land and names.
  /** @param {boolean} on */
  function setCovered(on) {
    isCovered = on;
    layer.schedule();
  }
  /** Draw rivers, regions and names from now on: they come after the events, and names keep clear of what stands above the map by then. */
  function finish() {
    isFinished = true;
    layer.schedule();
  }
  return Object.assign(layer, { setCovered, finish });
}
