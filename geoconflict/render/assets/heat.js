// How densely the events shown lie: each place spreads over its surroundings, and colours mean the same at all times.
import { CanvasLayer, themeColour } from "./canvas_layer.js";
import { el } from "./dom.js";
import { addLayerLegend, leftOutNotes } from "./layer_legend.js";
import { weightOf } from "./measure.js";
import { WHERE } from "./model.js";
import { formatNumber, tr } from "./text.js";

const CELL = 4; // pixels: the density is reckoned on a coarser grid and drawn smooth
const LEAST_SEEN = 0.12; // of what one event has at its own place
const LEAST_TOP = 5;
const PASSES = 5;

/**
 * @param {{label: string, measure: "events" | "killed", radius: number, on: boolean}} options
 * @param {L.Map} map @param {Model} model
 */
export function createHeat(map, model, options) {
  const weight = weightOf(model, options.measure);
  const { place } = model.columns;
  const weights = new Float64Array(model.nPlaces);
  const leftOut = { vagueSpot: 0 };
  const picture = document.createElement("canvas");

  // The top of the scale: the most that one place has over the whole time, whatever is filtered now.
  const totals = new Float64Array(model.nPlaces);
  for (let i = 0; i < model.n; i += 1) if (model.where[i] === WHERE.ON_MAP && model.isSpot[place[i] - 1]) totals[place[i] - 1] += weight(i);
  const top = Math.max(LEAST_TOP, totals.reduce((a, b) => Math.max(a, b), 0));

  function weigh() {
    weights.fill(0);
    leftOut.vagueSpot = 0;
    for (let k = 0; k < model.nShown; k += 1) {
      const i = model.shown[k], p = place[i] - 1;
      if (model.isSpot[p]) weights[p] += weight(i);
      else leftOut.vagueSpot += 1;
    }
  }

  /** @param {Frame} frame */
  function draw(frame) {
    const width = Math.ceil(frame.width / CELL), height = Math.ceil(frame.height / CELL);
    let grid = new Float32Array(width * height);
    let isEmpty = true;
    for (let p = 0; p < weights.length; p += 1) {
      if (!weights[p]) continue;
      const x = Math.round(frame.x(model.placeX[p]) / CELL), y = Math.round(frame.y(model.placeY[p]) / CELL);
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      grid[y * width + x] += weights[p];
      isEmpty = false;
    }
    if (isEmpty) return;
    // Box blurs come close to a bell curve; scaled so that one event has a height of 1 in its middle.
    const variance = (options.radius / 2 / CELL) ** 2;
    const reach = Math.max(1, Math.round((Math.sqrt((12 * variance) / PASSES + 1) - 1) / 2));
    for (let pass = 0; pass < PASSES; pass += 1) grid = blurred(grid, width, height, reach);
    const spread = (PASSES * ((2 * reach + 1) ** 2 - 1)) / 12;
    picture.width = width;
    picture.height = height;
    const pen = /** @type {Pen} */ (picture.getContext("2d"));
    const image = pen.createImageData(width, height);
    const ramp = colourRamp();
    const full = Math.log(1 + top);
    for (let cell = 0; cell < grid.length; cell += 1) {
      const value = grid[cell] * 2 * Math.PI * spread;
      if (value < LEAST_SEEN) continue;
      const colour = 3 * Math.min(255, Math.round((255 * Math.log(1 + value)) / full));
      image.data[4 * cell] = ramp[colour];
      image.data[4 * cell + 1] = ramp[colour + 1];
      image.data[4 * cell + 2] = ramp[colour + 2];
      image.data[4 * cell + 3] = Math.round(205 * Math.min(1, (value - LEAST_SEEN) * 1.6));
    }
    pen.putImageData(image, 0, 0);
    frame.ctx.imageSmoothingEnabled = true;
    frame.ctx.imageSmoothingQuality = "high";
    frame.ctx.drawImage(picture, 0, 0, width * CELL, height * CELL);
  }
  const layer = new CanvasLayer(draw, { pane: "gc-heat" });

  const notes = leftOutNotes(["vagueSpot"]);
  addLayerLegend(map, layer, {
    label: options.label,
    body: [
      el("div", { class: "gc-heat-bar", "aria-hidden": "true" }),
      el("div", { class: "gc-heat-ends" }, el("span", { text: tr(`heat.one.${options.measure}`) }), el("span", { text: tr("heat.most", { n: formatNumber(top) }) })),
      notes.element,
    ],
    show: update,
  });
  function update() {
    weigh();
    notes.show(leftOut);
    layer.redraw();
  }
  model.onChange((what) => {
    if (what === "selection" || !map.hasLayer(layer)) return;
    weigh();
    notes.show(leftOut);
    layer.schedule();
  });
  return { label: options.label, layer, on: options.on, weights, update };
}

// A box blur of reach r: across, then down.
/** @param {Float32Array} grid @param {number} width @param {number} height @param {number} r */
function blurred(grid, width, height, r) {
  const across = new Float32Array(grid.length), down = new Float32Array(grid.length);
  slide(grid, across, height, width, width, 1, r);
  slide(across, down, width, height, 1, width, r);
  return down;
}
/**
 * @param {Float32Array} from @param {Float32Array} to @param {number} nLines @param {number} n
 * @param {number} lineStep @param {number} step @param {number} r
 */
function slide(from, to, nLines, n, lineStep, step, r) {
  for (let line = 0; line < nLines; line += 1) {
    const start = line * lineStep;
    let sum = 0;
    for (let k = 0; k < Math.min(r, n); k += 1) sum += from[start + k * step];
    for (let k = 0; k < n; k += 1) {
      if (k + r < n) sum += from[start + (k + r) * step];
      if (k - r - 1 >= 0) sum -= from[start + (k - r - 1) * step];
      to[start + k * step] = sum / (2 * r + 1);
    }
  }
}

// 256 colours between those of the theme, as red, green, blue.
function colourRamp() {
  const stops = [1, 2, 3, 4].map((k) => {
    const hex = themeColour(`heat-${k}`);
    return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  });
  const ramp = new Uint8Array(3 * 256);
  for (let i = 0; i < 256; i += 1) {
    const at = (i / 255) * (stops.length - 1), k = Math.min(stops.length - 2, Math.floor(at));
    for (let c = 0; c < 3; c += 1) ramp[3 * i + c] = Math.round(stops[k][c] + (at - k) * (stops[k + 1][c] - stops[k][c]));
  }
  return ramp;
}
