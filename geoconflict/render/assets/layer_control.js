// Leaflet's layer control over our one canvas: an entry per event type and per period. The layers behind the entries
// are empty; adding or removing one flips a filter.
import { el, makeButton, shownText } from "./dom.js";
import { tr } from "./text.js";
import { typeName } from "./words.js";

/** @type {new (flip: (on: boolean) => void) => L.Layer} */
const Switch = L.Layer.extend({
  /** @param {(on: boolean) => void} flip */
  initialize: function (flip) {
    this._flip = flip;
  },
  onAdd: function () {
    this._flip(true);
  },
  onRemove: function () {
    this._flip(false);
  },
});

// Leaflet writes names as HTML, so a name is written here as escaped text.
/** @param {string} text */
function escaped(text) {
  const span = document.createElement("span");
  span.textContent = shownText(text);
  return span.innerHTML.replace(/"/g, "&quot;").replace(/\0/g, "\ufffd");
}

/**
 * The entries follow the model, whoever changed it, and the model follows the entries.
 * @param {Array<{label: string, layer: L.Layer, on: boolean}>} further layers of their own, above the others
 * @param {L.Map} map @param {Model} model @param {Period[]} periods
 */
export function addLayerControl(map, model, periods, further) {
  // Entries are added before the control is, which else would be built anew for each. Two types may have names that look alike.
  const control = L.control.layers({}, {}, { position: "topright" });
  /** @param {string} label @param {(on: boolean) => void} change */
  const addSwitch = (label, change) => {
    const layer = new Switch(flip(change)).addTo(map);
    control.addOverlay(layer, label);
    return layer;
  };
  /** @type {L.Layer[]} */
  const typeLayers = [];
  let isQuiet = true;
  /** @param {(on: boolean) => void} change */
  const flip = (change) => (/** @type {boolean} */ on) => isQuiet || change(on);
  control.addTo(map);
  // Layers of their own first, and they stand apart from what is switched on and off of the events.
  for (const { label, layer, on } of further) {
    control.addOverlay(layer, `<span class="gc-further">${escaped(label)}</span>`);
    if (on) layer.addTo(map);
  }
  const order = model.drawnTypes.map((_, code) => code).sort((a, b) => (model.drawnTypes[a] < model.drawnTypes[b] ? -1 : 1));
  for (const [k, code] of order.entries())
    typeLayers[code] = addSwitch(`<span class="${k ? "" : "gc-type-first"}">${escaped(typeName(model, model.drawnTypes[code]))}</span>`, (on) => model.setType(code, on));
  const periodLayers = periods.map((period, k) => addSwitch(`<span class="gc-period${k ? "" : " gc-period-first"}">${escaped(period.label)}</span>`, (on) => {
    period.on = on;
    model.periodsChanged();
  }));
  isQuiet = false;
  /** @param {boolean} on */
  function setPeriods(on) {
    isQuiet = true;
    periods.forEach((period, k) => {
      period.on = on;
      periodLayers[k][on ? "addTo" : "removeFrom"](map);
    });
    isQuiet = false;
    model.periodsChanged();
  }
  const container = /** @type {HTMLElement} */ (control.getContainer());
  if (periods.length > 1) {
    const buttons = [true, false].map((on) => {
      const name = tr(on ? "layers.allPeriods" : "layers.noPeriod");
      const button = makeButton("gc-text-button", name, () => setPeriods(on));
      button.textContent = name;
      return button;
    });
    /** @type {HTMLElement} */ (container.querySelector(".leaflet-control-layers-list")).append(el("div", { class: "gc-all-periods" }, ...buttons));
  }
  const toggle = /** @type {HTMLElement} */ (container.querySelector("a"));
  toggle.setAttribute("aria-label", tr("layers.label"));
  toggle.title = tr("layers.label");
  model.onChange((what) => {
    if (what !== "filters") return;
    isQuiet = true;
    for (const [code, layer] of typeLayers.entries())
      if (model.isTypeOn(code) !== map.hasLayer(layer)) layer[model.isTypeOn(code) ? "addTo" : "removeFrom"](map);
    isQuiet = false;
  });
}
