// The legend of a layer that counts events: a small card on the map, there as long as the layer is on.
import { el, reportText } from "./dom.js";
import { tr, trCount } from "./text.js";

/**
 * @param {L.Map} map @param {L.Layer} layer
 * @param {{label: string, body: Node[], show: () => void}} parts `show` brings the body up to date
 */
export function addLayerLegend(map, layer, { label, body, show }) {
  const control = new L.Control({ position: "bottomleft" });
  control.onAdd = () => {
    const isNarrow = window.matchMedia("(max-width: 760px), (max-height: 500px)").matches;
    const card = el("details", { class: "gc-layer-legend leaflet-control", open: !isNarrow }, reportText("summary", "gc-layer-title", label), ...body);
    L.DomEvent.disableClickPropagation(card);
    L.DomEvent.disableScrollPropagation(card);
    return card;
  };
  layer.on("add", () => {
    control.addTo(map);
    show();
  });
  layer.on("remove", () => control.remove());
}

/** One line a reason why events that are shown are not counted in the layer. @param {string[]} reasons */
export function leftOutNotes(reasons) {
  const list = el("ul", { class: "gc-left-out" });
  return {
    element: list,
    /** @param {{[reason: string]: number}} counts */
    show: (counts) => list.replaceChildren(...reasons.filter((reason) => counts[reason] > 0).map((reason) =>
      el("li", { text: trCount(`leftOut.${reason}`, counts[reason]) }))),
  };
}

/** @param {string} className @param {string} label */
export const swatch = (className, label) => el("li", {}, el("span", { class: `gc-swatch ${className}`, "aria-hidden": "true" }), el("span", { text: label }));
export const noneSwatch = () => swatch("gc-swatch-none", tr("areas.none"));
