// Phases of the war and ceasefires: labelled bands above the histogram, faint ground behind it. A click shows one alone.
import { themeColour } from "./canvas_layer.js";
import { el } from "./dom.js";
import { formatDays, tr } from "./text.js";

const LANE_PX = 20;
const LABEL_PAD_PX = 14;
const LEAST_PX = 4;
const CUT_PX = 64; // a band this long shows the beginning of its label

/**
 * @param {{from: number, to: number | null, label: string, kind: string}[]} phases by first day; `to` null is open
 * @param {(from: number, to: number) => void} choose
 * @param {Model} model
 */
export function createPhases(model, phases, choose) {
  const pen = /** @type {Pen} */ (document.createElement("canvas").getContext("2d"));
  const bands = phases
    .map(({ from, to, label, kind }) => ({ label, kind, from: Math.max(from, model.firstDay), to: Math.min(to ?? model.lastDay, model.lastDay) }))
    .filter(({ from, to }) => from <= to)
    .map((phase) => {
      const days = formatDays(phase.from, phase.to, "medium");
      const name = el("span", { class: "gc-phase-label", dir: "auto", text: phase.label });
      const button = el("button", { type: "button", class: "gc-phase", "data-kind": phase.kind, on: { click: () => choose(phase.from, phase.to) },
        "aria-label": tr(phase.kind === "ceasefire" ? "phase.ceasefire" : "phase.phase", { label: phase.label, days }), title: `${phase.label} · ${days}` }, name);
      return { ...phase, name, button, ground: el("div", { class: "gc-phase-ground", "data-kind": phase.kind }) };
    });
  const row = el("div", { class: "gc-phases", role: "group", "aria-label": tr("timeline.phases") }, ...bands.map(({ button }) => button));
  const grounds = el("div", { class: "gc-phase-grounds" }, ...bands.map(({ ground }) => ground));
  row.hidden = bands.length === 0;

  // Phases have the upper lanes, ceasefires the lower ones, further lanes where some of a kind overlap.
  /** @type {(typeof bands)[]} */
  const lanes = [];
  for (const kind of ["phase", "ceasefire"]) {
    const first = lanes.length;
    for (const band of bands.filter((one) => (one.kind === "ceasefire") === (kind === "ceasefire"))) {
      const at = lanes.findIndex((lane, k) => k >= first && lane[lane.length - 1].to < band.from);
      if (at < 0) lanes.push([band]);
      else lanes[at].push(band);
    }
  }
  row.style.height = `${lanes.length * LANE_PX}px`;

  // A label stands on its band, cut off if need be; where the band is too short, after it or before it if there is room.
  /** @param {number} width */
  function layout(width) {
    const dayPx = width / (model.lastDay - model.firstDay + 1);
    pen.font = `550 11.5px ${themeColour("font")}`;
    for (const [k, lane] of lanes.entries()) {
      let taken = 0;
      for (const [at, band] of lane.entries()) {
        const left = (band.from - model.firstDay) * dayPx;
        const size = Math.max(LEAST_PX, (band.to - band.from + 1) * dayPx - 1);
        const next = at + 1 < lane.length ? (lane[at + 1].from - model.firstDay) * dayPx : width;
        const label = Math.ceil(pen.measureText(band.label).width) + LABEL_PAD_PX;
        const isOn = label <= size || size >= CUT_PX;
        const side = isOn ? "" : left + size + label <= next ? "gc-after" : left - label >= taken ? "gc-before" : null;
        taken = left + size + (side === "gc-after" ? label : 0);
        band.name.hidden = side === null;
        band.name.className = `gc-phase-label ${side || ""}`;
        Object.assign(band.button.style, { left: `${left}px`, width: `${size}px`, top: `${k * LANE_PX}px` });
        Object.assign(band.ground.style, { left: `${left}px`, width: `${size}px` });
      }
    }
  }
  function show() {
    for (const { button, from, to } of bands) button.setAttribute("aria-pressed", String(from === model.from && to === model.to));
  }
  /** @param {number} from @param {number} to */
  const namesOn = (from, to) => bands.filter((band) => band.from <= to && band.to >= from).map(({ label }) => label);
  return { row, grounds, layout, show, namesOn };
}
