// Leaflet's layer control over our one canvas: an entry per event type and per period. The layers behind the entries
// are empty; adding or removing one flips a filter.
import { el, makeButton } from "./dom.js";
import { tr, wordFor } from "./text.js";

const Switch = L.Layer.extend({
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
function escaped(text) {
  const span = document.createElement("span");
  span.textContent = text;
  return span.innerHTML.replace(/"/g, "&quot;").replace(/\0/g, "\ufffd");
}

/**
 * The entries follow the model, whoever changed it, and the model follows the entries.
 * @param {Array<{label: string, layer: L.Layer, on: boolean}>} further layers of their own, above the others
 */
export function addLayerControl(map, model, periods, further) {
  const overlays = Object.create(null); // a type may be named __proto__
  const typeLayers = [];
  let isQuiet = true;
  const flip = (change) => (on) => isQuiet || change(on);
  const order = model.types.map((_, code) => code).sort((a, b) => (model.types[a] < model.types[b] ? -1 : 1));
  for (const [k, code] of order.entries()) {
    typeLayers[code] = new Switch(flip((on) => model.setType(code, on)));
    overlays[`<span class="${k ? "" : "gc-type-first"}">${escaped(wordFor("type", model.types[code]))}</span>`] = typeLayers[code];
  }
  const periodLayers = periods.map((period) => new Switch(flip((on) => {
    period.on = on;
    model.periodsChanged();
  })));
  for (const [k, period] of periods.entries()) overlays[`<span class="gc-period${k ? "" : " gc-period-first"}">${escaped(period.label)}</span>`] = periodLayers[k];
  for (const layer of Object.values(overlays)) layer.addTo(map);
  isQuiet = false;
  const control = L.control.layers(null, null, { position: "topright" }).addTo(map);
  for (const { label, layer, on } of further) {
    control.addOverlay(layer, `<span class="gc-further">${escaped(label)}</span>`);
    if (on) layer.addTo(map);
  }
  for (const [label, layer] of Object.entries(overlays)) control.addOverlay(layer, label);
  function setPeriods(on) {
    isQuiet = true;
    periods.forEach((period, k) => {
      period.on = on;
      periodLayers[k][on ? "addTo" : "removeFrom"](map);
    });
    isQuiet = false;
    model.periodsChanged();
  }
  if (periods.length > 1) {
    const buttons = [true, false].map((on) => {
      const name = tr(on ? "layers.allPeriods" : "layers.noPeriod");
      const button = makeButton("gc-text-button", name, () => setPeriods(on));
      button.textContent = name;
      return button;
    });
    control.getContainer().querySelector(".leaflet-control-layers-list").append(el("div", { class: "gc-all-periods" }, ...buttons));
  }
  const toggle = control.getContainer().querySelector("a");
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
