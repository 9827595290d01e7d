// Outlines and names below the events; the format is described in render/basemap.py.
import { CanvasLayer, themeColour } from "./canvas_layer.js";
import { Crowd } from "./crowd.js";
import { mercatorX, mercatorY } from "./geometry.js";
import { isInFrame, tracePath } from "./paths.js";

// Bottom to top: [layer, colour it is filled with] or [layer, colour of the stroke, width, dashes].
const FILLS = [["world_land", "map-land"], ["land", "map-land"], ["lakes", "map-sea"]];
const STROKES = [
  ["world_coast", "map-coast", 0.75, []],
  ["world_borders", "map-border", 0.9, []],
  ["admin1_borders", "map-admin", 0.8, []],
  ["coast", "map-coast", 0.9, []],
  ["country_borders", "map-border", 1.3, []],
  ["disputed", "map-border", 1.2, [5, 4]],
];
const LABELS = {
  country: { font: "600 12px", colour: "map-label-strong", upper: true, spacing: "0.12em" },
  admin1: { font: "400 11px", colour: "map-label", upper: false, spacing: "0.02em" },
  town: { font: "400 11px", colour: "map-label", upper: false, spacing: "0" },
};

function readPath(flat, scale, closed) {
  const n = flat.length / 2;
  const xy = new Float64Array(2 * n);
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  let lon = 0, lat = 0;
  for (let i = 0; i < 2 * n; i += 2) {
    lon += flat[i];
    lat += flat[i + 1];
    const x = (xy[i] = mercatorX(lon * scale));
    const y = (xy[i + 1] = mercatorY(lat * scale));
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return { xy, box, closed };
}

// `names` are not written, and `occupied(frame)` gives boxes [left, top, right, bottom] where no name may stand: the events have theirs there.
export function createBasemapLayer(basemap, names, occupied) {
  const layers = {};
  for (const [name, layer] of Object.entries(basemap.layers)) {
    const closed = layer.type === "polygon";
    layers[name] = (closed ? layer.rings : layer.lines).map((path) => readPath(path, basemap.scale, closed));
  }
  const labels = basemap.labels.map(([name, lon, lat, minZoom, kind]) => ({
    name, minZoom, kind: Object.hasOwn(LABELS, kind) ? kind : "town", x: mercatorX(lon), y: mercatorY(lat),
  }));

  function draw(frame) {
    const { ctx } = frame;
    ctx.lineJoin = "round";
    const paths = (name) => (layers[name] || []).filter((path) => isInFrame(frame, path.box, 4));
    for (const [name, colour] of FILLS) {
      ctx.fillStyle = themeColour(colour);
      ctx.beginPath();
      for (const path of paths(name)) tracePath(frame, path.xy, true);
      ctx.fill("evenodd");
    }
    for (const [name, colour, width, dashes] of STROKES) {
      if (name === "admin1_borders" && frame.zoom < 5) continue;
      ctx.strokeStyle = themeColour(colour);
      ctx.lineWidth = width;
      ctx.setLineDash(dashes);
      ctx.beginPath();
      for (const path of paths(name)) tracePath(frame, path.xy, false);
      ctx.stroke();
    }
    ctx.setLineDash([]);
    drawLabels(frame);
  }

  function drawLabels(frame) {
    const { ctx } = frame;
    const crowd = new Crowd();
    for (const box of occupied(frame)) crowd.add(...box);
    const halo = themeColour("map-land");
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineWidth = 3;
    for (const label of labels) {
      const x = frame.x(label.x), y = frame.y(label.y);
      if (names.has(label.name) || frame.zoom < label.minZoom || x < 0 || y < 0 || x > frame.width || y > frame.height) continue;
      const style = LABELS[label.kind];
      const text = style.upper ? label.name.toLocaleUpperCase() : label.name;
      ctx.font = `${style.font} ${themeColour("font")}`;
      ctx.letterSpacing = style.spacing.endsWith("em") ? `${parseFloat(style.spacing) * 12}px` : "0px";
      const half = ctx.measureText(text).width / 2 + 6;
      if (!crowd.take(x - half, y - 10, x + half, y + 10)) continue;
      ctx.strokeStyle = halo;
      ctx.strokeText(text, x, y);
      ctx.fillStyle = themeColour(style.colour);
      ctx.fillText(text, x, y);
    }
    ctx.letterSpacing = "0px";
  }
  return new CanvasLayer(draw, { pane: "gc-basemap" });
}
