// The picture of the histogram: bars by type, axis, height. It shows the whole period whatever the window is, so it is
// drawn when filters, size or theme change and never for a step: the window lies over it (brush.js).
import { countBars } from "./bars.js";
import { themeColour } from "./canvas_layer.js";
import { el } from "./dom.js";
import { typeStyle } from "./symbols.js";
import { calendar, dayOf, formatDay, formatDays, formatNumber, tr, trCount, wordFor } from "./text.js";

const BAR_PX = 4;
const AXIS_PX = 18;
const TOP_PX = 6;
const MAX_RATIO = 2;
const TIP_TYPES = 4;

/**
 * {canvas, top, nothing, draw, describe, setMeasure}: the picture, the words at its top and those instead of bars.
 * @param {Model} model
 */
export function createHistogram(model) {
  const canvas = el("canvas", { class: "gc-histogram", "aria-hidden": "true" });
  const top = el("span", { class: "gc-top", "aria-hidden": "true", dir: document.documentElement.dir });
  const nothing = el("span", { class: "gc-nothing", hidden: true });
  const nDays = model.lastDay - model.firstDay + 1;
  /** @type {Measure} */
  let measure = "events";
  /** @type {ReturnType<typeof countBars>} */
  let bins;
  let binDays = 1;
  let counted = "";

  function count() {
    binDays = Math.max(1, Math.ceil(nDays / (width / BAR_PX)));
    const wanted = `${model.filterVersion}/${binDays}/${measure}`;
    if (counted === wanted) return;
    bins = countBars(model, binDays, measure);
    counted = wanted;
  }
  /** @param {number} bin */
  function sureOf(bin) {
    let sum = 0;
    for (let k = 0; k < bins.nTypes; k += 1) sum += bins.sure[bin * bins.nTypes + k];
    return sum;
  }

  let width = 0, height = 0;
  let drawn = "";
  /** Draw the picture anew unless it would be the same. @param {boolean=} isForced */
  function draw(isForced) {
    if (!width || !height) return;
    const wanted = `${model.filterVersion}/${measure}/${width}/${height}`;
    if (drawn === wanted && !isForced) return;
    drawn = wanted;
    count();
    const ratio = Math.min(MAX_RATIO, window.devicePixelRatio || 1);
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const ctx = /** @type {Pen} */ (canvas.getContext("2d"));
    ctx.scale(ratio, ratio);
    const base = height - AXIS_PX;
    const dayPx = width / nDays;
    let highest = 0;
    for (let b = 0; b < bins.nBins; b += 1) highest = Math.max(highest, sureOf(b) + bins.spread[b]);
    drawAxis(ctx, base, dayPx);
    drawTop(ctx);
    nameTop(highest);
    const colours = model.types.map((type) => typeStyle(type).colour);
    const binPx = dayPx * binDays;
    const gap = binPx > 6 ? 1.5 : binPx > 3 ? 0.75 : 0;
    const unit = (base - TOP_PX) / (highest || 1);
    for (let b = 0; b < bins.nBins; b += 1) {
      const x = b * binPx + gap / 2, w = Math.max(1, binPx - gap);
      let y = base;
      for (let k = 0; k < bins.nTypes; k += 1) {
        const h = bins.sure[b * bins.nTypes + k] * unit;
        if (!h) continue;
        ctx.fillStyle = colours[k];
        ctx.fillRect(x, y - h, w, Math.max(h - 0.5, 0.5));
        y -= h;
      }
      if (bins.spread[b]) {
        ctx.fillStyle = themeColour("bar-spread");
        ctx.fillRect(x, y - bins.spread[b] * unit, w, bins.spread[b] * unit);
      }
    }
  }

  // The tallest bar is as high as the panel; the words at its height say what that means.
  /** @param {Pen} ctx */
  function drawTop(ctx) {
    ctx.strokeStyle = themeColour("hairline");
    ctx.setLineDash([2, 3]);
    ctx.beginPath();
    ctx.moveTo(0, TOP_PX + 0.5);
    ctx.lineTo(width, TOP_PX + 0.5);
    ctx.stroke();
    ctx.setLineDash([]);
  }
  /** @param {number} highest */
  function nameTop(highest) {
    const n = Math.ceil(highest - 1e-4);
    top.hidden = n === 0;
    nothing.hidden = n > 0;
    top.textContent = measure === "killed" ? tr("count.killed", { n: formatNumber(n) }) : trCount("events", n);
    nothing.textContent = tr(measure === "killed" ? "timeline.noKilled" : "timeline.noEvents");
  }

  /** @param {Pen} ctx @param {number} base @param {number} dayPx */
  function drawAxis(ctx, base, dayPx) {
    ctx.strokeStyle = themeColour("hairline");
    ctx.beginPath();
    ctx.moveTo(0, base + 0.5);
    ctx.lineTo(width, base + 0.5);
    ctx.stroke();
    ctx.fillStyle = themeColour("muted");
    ctx.font = `500 11px ${themeColour("font")}`;
    ctx.textBaseline = "top";
    ctx.textAlign = "left";
    ctx.direction = /** @type {CanvasDirection} */ (document.documentElement.dir); // "27 September" is written as the reader's language is
    let end = -8;
    for (const [day, text] of ticks()) {
      const x = (day - model.firstDay) * dayPx;
      const w = ctx.measureText(text).width;
      if (x < end + 8 || x + 4 + w > width) continue;
      ctx.fillRect(Math.round(x), base, 1, 5);
      ctx.fillText(text, x + 4, base + 5);
      end = x + 4 + w;
    }
  }
  function ticks() {
    const perLabel = (nDays * 74) / width;
    /** @type {[day: number, text: string][]} */
    const found = [];
    const first = calendar(model.firstDay);
    if (perLabel <= 20) {
      const every = perLabel <= 1 ? 1 : perLabel <= 7 ? 7 : 14;
      for (let day = model.firstDay; day <= model.lastDay; day += every) found.push([day, formatDay(day, "short")]);
    } else if (perLabel <= 200) {
      const every = perLabel <= 31 ? 1 : perLabel <= 92 ? 3 : 6;
      for (let m = first.month; ; m += 1) {
        const day = dayOf(first.year, m, 1);
        if (day > model.lastDay) break;
        const month = ((m % 12) + 12) % 12;
        if (month % every === 0) found.push([day, formatDay(day, month === 0 ? "year" : "shortMonth")]);
      }
    } else {
      const every = Math.ceil(perLabel / 366);
      for (let y = first.year; dayOf(y, 0, 1) <= model.lastDay; y += 1)
        if (y % every === 0) found.push([dayOf(y, 0, 1), formatDay(dayOf(y, 0, 1), "year")]);
    }
    return found.filter(([day]) => day >= model.firstDay);
  }

  /**
   * What a bar means, line by line; none where there is no bar. Its types are the largest first, with their colours.
   * @param {number} day
   */
  function describe(day) {
    const bin = Math.floor((day - model.firstDay) / binDays);
    if (!bins || bin < 0 || bin >= bins.nBins) return null;
    const from = model.firstDay + bin * binDays;
    const to = Math.min(from + binDays - 1, model.lastDay);
    const days = formatDays(from, to, "medium");
    const sure = Math.round(sureOf(bin)), most = Math.round(bins.most[bin]);
    const killed = most > sure ? tr("count.range", { low: formatNumber(sure), high: formatNumber(most) }) : formatNumber(sure);
    const types = model.types
      .map((type, k) => ({ name: wordFor("type", type), colour: typeStyle(type).colour, n: Math.round(bins.sure[bin * bins.nTypes + k]) }))
      .filter(({ n }) => n > 0)
      .sort((a, b) => b.n - a.n);
    return {
      from,
      to,
      title: measure === "killed" ? tr("timeline.binKilled", { days, killed }) : trCount("timeline.bin", sure, { days }),
      types: types.slice(0, TIP_TYPES),
      spread: bins.reach[bin] ? trCount("timeline.spread", bins.reach[bin]) : "",
    };
  }
  return {
    canvas,
    top,
    nothing,
    draw,
    describe,
    // Told rather than asked for: asking makes the browser lay out the page at every step.
    /** @param {{width: number, height: number}} size */
    resize: (size) => {
      [width, height] = [size.width, size.height];
      draw();
    },
    /** @param {Measure} name */
    setMeasure: (name) => {
      measure = name;
      draw();
    },
  };
}
