// Legend rows that are filters: a row shows its symbol and its name, how many events it has, and switches them.
import { el, reportText } from "./dom.js";
import { OTHER_TYPES } from "./model.js";
import { formatNumber, tr, wordFor } from "./text.js";
import { typeName } from "./words.js";

// Beyond so many, nobody looks through a list.
const MOST_SUB_TYPES = 300;

/**
 * A row of a legend.
 * @param {{name: string, picture: Node | null, isOn: () => boolean, set: (on: boolean) => void, count: () => number, note?: string}} row
 */
export function legendRow({ name, picture, isOn, set, count }) {
  const number = el("span", { class: "gc-count" });
  const button = el("button", { type: "button", class: "gc-legend-row", on: { click: () => set(!isOn()) } },
    picture, reportText("span", "gc-legend-name", name), number);
  return {
    element: button,
    show: () => {
      number.textContent = formatNumber(count());
      button.setAttribute("aria-pressed", String(isOn()));
    },
  };
}

/** Rows one below the other: {element, show}. @param {Part[]} rows */
export function legendList(rows) {
  return {
    element: el("ul", { class: "gc-legend" }, ...rows.map((row) => el("li", {}, row.element))),
    show: () => rows.forEach((row) => row.show()),
  };
}

/**
 * The types, each with its sub-types behind a button that unfolds them.
 * @param {Model} model @param {number[]} order @param {(type: string) => HTMLCanvasElement} pictureOf
 */
export function typeLegend(model, order, pictureOf) {
  const subTypes = model.columns.sub_event_type.values;
  const dimension = model.dimensions.type;
  const rows = order.map((type) => {
    const value = model.drawnTypes[type];
    const row = legendRow({
      name: typeName(model, value), picture: pictureOf(value), isOn: () => model.isTypeOn(type),
      set: (on) => model.setType(type, on), count: () => model.typeCounts[type],
    });
    const codes = model.pairsOfType(type).sort((a, b) => (subTypes[model.pairs[a].sub] < subTypes[model.pairs[b].sub] ? -1 : 1));
    if (codes.length < 2 || codes.length > MOST_SUB_TYPES) return row;
    /** @param {{type: number, sub: number}} pair */
    const nameOf = ({ type: own, sub }) => (value === OTHER_TYPES ? [wordFor("type", model.types[own]), wordFor("sub", subTypes[sub])].filter(Boolean).join(" · ") : wordFor("sub", subTypes[sub]));
    const inner = legendList(codes.map((code) => legendRow({
      name: nameOf(model.pairs[code]), picture: null, isOn: () => dimension.isOn(code),
      set: (on) => model.setValues("type", [code], on), count: () => dimension.counts[code],
    })));
    inner.element.classList.add("gc-sub-types");
    inner.element.hidden = true;
    const unfold = el("button", { type: "button", class: "gc-unfold", "aria-expanded": "false",
      "aria-label": tr("panel.subTypes", { type: typeName(model, value) }), title: tr("panel.subTypes", { type: typeName(model, value) }) });
    unfold.addEventListener("click", () => {
      inner.element.hidden = !inner.element.hidden;
      unfold.setAttribute("aria-expanded", String(!inner.element.hidden));
    });
    return {
      element: el("div", {}, el("div", { class: "gc-legend-pair" }, row.element, unfold), inner.element),
      show: () => {
        row.show();
        inner.show();
      },
    };
  });
  return legendList(rows);
}
