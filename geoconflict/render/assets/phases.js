// Phases of the war and ceasefires: labelled bands above the histogram, faint ground behind it. A click shows one alone.
import { themeColour } from "./canvas_layer.js";
import { el, replaceContent } from "./dom.js";
import { formatDays, tr } from "./text.js";

const LANE_PX = 20;
const MAX_LANES = 3;
const LABEL_PAD_PX = 14;
const LEAST_PX = 4;

/**
 * @param {{from: number, to: number | null, label: string, kind: string}[]} phases by first day; `to` null is open
 * @param {(from: number, to: number) => void} choose
 */
export function createPhases(model, phases, choose) {
  const pen = document.createElement("canvas").getContext("2d");
  const bands = phases
    .map(({ from, to, label, kind }) => ({ label, kind, from: Math.max(from, model.firstDay), to: Math.min(to ?? model.lastDay, model.lastDay) }))
    .filter(({ from, to }) => from <= to)
    .map((phase) => {
      const days = formatDays(phase.from, phase.to, "medium");
      const name = el("span", { class: "gc-phase-label", dir: "auto", text: phase.label });
      const button = el("button", { type: "button", class: "gc-phase", "data-kind": phase.kind, on: { click: () => choose(phase.from, phase.to) },
        "aria-label": tr(`phase.${phase.kind === "ceasefire" ? "ceasefire" : "phase"}`, { label: phase.label, days }), title: `${phase.label} · ${days}` }, name);
      return { ...phase, name, button, ground: el("div", { class: "gc-phase-ground", "data-kind": phase.kind }) };
    });
  const row = el("div", { class: "gc-phases", role: "group", "aria-label": tr("timeline.phases") }, ...bands.map(({ button }) => button));
  const grounds = el("div", { class: "gc-phase-grounds" }, ...bands.map(({ ground }) => ground));
  row.hidden = bands.length === 0;

  // A label stands on its band, or beside it where the band is too short: after it if there is room, else before it.
  function layout(width) {
    const dayPx = width / (model.lastDay - model.firstDay + 1);
    const lanes = [];
    pen.font = `550 11.5px ${themeColour("font")}`;
    for (const band of bands) {
      const left = (band.from - model.firstDay) * dayPx;
      const size = Math.max(LEAST_PX, (band.to - band.from + 1) * dayPx - 1);
      const label = Math.ceil(pen.measureText(band.label).width) + LABEL_PAD_PX;
      const isInside = label <= size;
      const isAfter = left + size + label <= width;
      const start = isInside || isAfter ? left : left - label;
      const end = isInside || !isAfter ? left + size : left + size + label;
      let lane = lanes.findIndex((taken) => taken <= start);
      if (lane < 0 && lanes.length < MAX_LANES) lane = lanes.length;
      const isNamed = lane >= 0;
      if (lane < 0) lane = Math.max(0, lanes.findIndex((taken) => taken <= left));
      lanes[lane] = Math.max(lanes[lane] || 0, isNamed ? end : left + size);
      band.button.style.left = `${left}px`;
      band.button.style.width = `${size}px`;
      band.button.style.top = `${lane * LANE_PX}px`;
      band.name.className = `gc-phase-label ${isInside ? "" : isAfter ? "gc-after" : "gc-before"}`;
      band.name.hidden = !isNamed;
      band.ground.style.left = `${left}px`;
      band.ground.style.width = `${size}px`;
    }
    row.style.height = `${Math.max(1, lanes.length) * LANE_PX}px`;
  }
  function show() {
    for (const { button, from, to } of bands) button.setAttribute("aria-pressed", String(from === model.from && to === model.to));
  }
  return { row, grounds, layout, show, hasAny: bands.length > 0 };
}
