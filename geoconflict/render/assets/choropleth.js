// Areas coloured by how many of the events shown happened in each. The legend steps the time window by whole periods.
import { CanvasLayer, themeColour } from "./canvas_layer.js";
import { classBounds, classColour, classLabel, classOf } from "./classes.js";
import { el, icon, makeButton, reportText } from "./dom.js";
import { crosses, mercatorX, mercatorY, readShapes } from "./geometry.js";
import { addLayerLegend, leftOutNotes, noneSwatch, swatch } from "./layer_legend.js";
import { weightOf } from "./measure.js";
import { WHERE } from "./model.js";
import { periodLabel } from "./periods.js";
import { formatDays, formatNumber, tr, trCount } from "./text.js";
import { isInFrame, tracePath } from "./paths.js";
import { addSteps, periodStart } from "./time_steps.js";

const TOO_VAGUE = -1;
const MOST_LISTED = 12;

/**
 * @param {L.Map} map @param {Model} model
 * @param {AreaColumns} columns the block of areas: what render/districts.py returns
 * @param {{label: string, measure: "events" | "killed", period: PeriodKind, on: boolean}} options
 * @param {() => void} stopPlaying called when a person takes over the window
 */
export function createChoropleth(map, model, columns, options, stopPlaying) {
  const shapes = readShapes(columns);
  const areas = Array.from(columns.area_shape, (shape, k) => ({ name: columns.area_name.at(k), shape: shapes[shape] }));
  const areaOf = columns.place_area; // from 1; 0 is outside all of them
  const weight = weightOf(model, options.measure);
  const counts = new Float64Array(areas.length);
  const leftOut = { vague: 0, outside: 0 };
  /** @type {number[]} */
  let bounds = [];
  let pointedAt = -1;

  function count() {
    counts.fill(0);
    leftOut.vague = leftOut.outside = 0;
    const place = model.columns.place;
    for (let k = 0; k < model.nShown; k += 1) {
      const i = model.shown[k], area = areaOf[place[i] - 1];
      if (area > 0) counts[area - 1] += weight(i);
      else leftOut[area === TOO_VAGUE ? "vague" : "outside"] += 1;
    }
    const top = counts.reduce((a, b) => Math.max(a, b), 0);
    bounds = classBounds(isOnePeriod() ? Math.max(mostInOnePeriod(), top) : top);
  }

  // The same classes for every period, so that colours can be compared while the window steps; kept until a filter changes.
  let most = { version: -1, value: 0 };
  function mostInOnePeriod() {
    if (most.version === model.filterVersion) return most.value;
    const { place, day } = model.columns;
    const starts = [];
    for (let start = periodStart(options.period, model.firstDay); start <= model.lastDay; start = addSteps(start, options.period, 1)) starts.push(start);
    const sums = starts.map(() => new Float64Array(areas.length));
    let first = 0; // rows are in the order of days
    for (let i = 0; i < model.nDated; i += 1) {
      while (first + 1 < starts.length && starts[first + 1] <= day[i]) first += 1;
      const area = areaOf[place[i] - 1];
      if (!(area > 0) || model.fails[i] !== 0 || model.where[i] !== WHERE.ON_MAP) continue;
      // As in a window, an event counts in each period that it may have happened in.
      for (let k = first; k < starts.length && starts[k] <= model.last[i]; k += 1) sums[k][area - 1] += weight(i);
    }
    most = { version: model.filterVersion, value: sums.flatMap((of) => Array.from(of)).reduce((a, b) => Math.max(a, b), 0) };
    return most.value;
  }
  const isOnePeriod = () => model.hasDays && periodStart(options.period, model.from) === periodStart(options.period, model.to);

  /** @param {Frame} frame */
  function draw(frame) {
    const { ctx } = frame;
    ctx.lineJoin = "round";
    areas.forEach(({ shape }, k) => {
      if (!shape || !isInFrame(frame, shape.box, 4)) return;
      ctx.beginPath();
      for (const part of shape.parts) tracePath(frame, part, true);
      const found = classOf(bounds, counts[k]);
      if (found >= 0) {
        ctx.globalAlpha = 0.68;
        ctx.fillStyle = themeColour(`seq-${classColour(bounds.length, found)}`);
        ctx.fill("evenodd");
        ctx.globalAlpha = 1;
      }
      ctx.strokeStyle = themeColour("area-edge");
      ctx.lineWidth = 0.8;
      ctx.stroke();
    });
  }
  const layer = new CanvasLayer(draw, { pane: "gc-areas" });

  // ------------------------------------------------------------ legend
  const when = el("span", { class: "gc-layer-when" });
  const swatches = el("ul", { class: "gc-swatches" });
  const notes = leftOutNotes(["vague", "outside"]);
  const reading = el("p", { class: "gc-layer-reading", "aria-hidden": "true" });
  const list = el("ol", { class: "gc-layer-list" });
  const details = el("details", { class: "gc-layer-more" }, el("summary", { text: tr("areas.list") }), list);
  const stepper = model.hasDays ? el("div", { class: "gc-layer-step" },
    makeButton("gc-round", tr(`areas.before.${options.period}`), () => step(-1), icon("back")), when,
    makeButton("gc-round", tr(`areas.after.${options.period}`), () => step(1), icon("forward"))) : null;

  /** @param {number} start */
  const endOf = (start) => addSteps(start, options.period, 1) - 1;
  /** @param {number} direction */
  function step(direction) {
    const { period } = options;
    stopPlaying();
    if (model.mode === "cumulative") {
      // What is shown goes up to the end of a period: of the one before, or of the next that is not yet shown whole.
      const end = direction < 0 ? periodStart(period, model.to) - 1 : endOf(periodStart(period, model.to + 1));
      if (end >= model.firstDay) model.setWindow(model.firstDay, end);
      return;
    }
    let start;
    if (!isOnePeriod()) start = periodStart(period, direction < 0 ? model.to : model.from);
    else start = addSteps(periodStart(period, model.from), period, direction);
    if (start > model.lastDay || endOf(start) < model.firstDay) return;
    model.setWindow(start, endOf(start));
  }
  /** @param {number} k */
  const told = (k) => trCount(`areas.count.${options.measure}`, counts[k]);

  function showLegend() {
    const start = periodStart(options.period, model.from);
    const isWhole = isOnePeriod() && model.from <= Math.max(start, model.firstDay) && model.to >= Math.min(endOf(start), model.lastDay);
    when.textContent = !model.hasDays ? "" : isWhole ? periodLabel(options.period, start, endOf(start)) : formatDays(model.from, model.to, "medium");
    swatches.replaceChildren(noneSwatch(), ...bounds.map((_, k) => swatch(`gc-seq-${classColour(bounds.length, k)}`, classLabel(bounds, k))));
    notes.show(leftOut);
    const order = areas.map((_, k) => k).filter((k) => counts[k] > 0).sort((a, b) => counts[b] - counts[a] || (areas[a].name < areas[b].name ? -1 : 1));
    list.replaceChildren(...order.slice(0, MOST_LISTED).map((k) => el("li", {}, reportText("span", "", areas[k].name), el("span", { class: "gc-count", text: formatNumber(counts[k]) }))));
    details.hidden = order.length === 0;
  }
  addLayerLegend(map, layer, {
    label: options.label,
    body: [stepper, swatches, reading, notes.element, details].filter((part) => part !== null),
    show: () => update(),
  });
  function update() {
    count();
    showLegend();
    read();
    layer.redraw();
  }
  model.onChange((what) => {
    if (what === "selection" || !map.hasLayer(layer)) return;
    count();
    showLegend();
    read();
    layer.schedule();
  });

  // ------------------------------------------------------------ what the pointer is over
  map.on("mousemove", ({ latlng }) => {
    if (!map.hasLayer(layer)) return;
    const x = mercatorX(latlng.lng), y = mercatorY(latlng.lat);
    pointedAt = areas.findIndex(({ shape }) => shape && isInside(shape, x, y));
    read();
  });
  // Also when the counts have changed below a pointer that rests.
  function read() {
    const k = pointedAt;
    reading.replaceChildren(...(k < 0 ? [] : [reportText("bdi", "", areas[k].name), `: ${told(k)}`]));
  }
  return { label: options.label, layer, on: options.on, counts, update };
}

// Even-odd, over all rings of an area together.
/** @param {Shape} parts @param {number} x @param {number} y */
function isInside({ box, parts }, x, y) {
  if (x < box[0] || y < box[1] || x > box[2] || y > box[3]) return false;
  let inside = false;
  for (const ring of parts)
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2)
      if (crosses(x, y, ring[i], ring[i + 1], ring[j], ring[j + 1])) inside = !inside;
  return inside;
}
