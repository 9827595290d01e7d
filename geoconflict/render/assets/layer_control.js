// Leaflet's layer control over our one canvas: an entry per event type and per period. The layers behind the entries
// are empty; adding or removing one flips a filter.
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
  span.textContent = text;
  return span.innerHTML.replace(/"/g, "&quot;").replace(/\0/g, "\ufffd");
}

/**
 * The entries follow the model, whoever changed it, and the model follows the entries.
 * @param {Array<{label: string, layer: L.Layer, on: boolean}>} further layers of their own, below the others
 * @param {L.Map} map @param {Model} model @param {Period[]} periods
 */
export function addLayerControl(map, model, periods, further) {
  // Entries are added before the control is, which else would be built anew for each. Two types may have names that look alike.
  const control = L.control.layers(null, null, { position: "topright" });
  const addSwitch = (label, change) => {
    const layer = new Switch(flip(change)).addTo(map);
    control.addOverlay(layer, label);
    return layer;
  };
  const typeLayers = [];
  let isQuiet = true;
  const flip = (change) => (on) => isQuiet || change(on);
  const order = model.drawnTypes.map((_, code) => code).sort((a, b) => (model.drawnTypes[a] < model.drawnTypes[b] ? -1 : 1));
  for (const code of order) {
    typeLayers[code] = addSwitch(escaped(typeName(model, model.drawnTypes[code])), (on) => model.setType(code, on));
  }
  for (const [k, period] of periods.entries()) {
    addSwitch(`<span class="gc-period${k ? "" : " gc-period-first"}">${escaped(period.label)}</span>`, (on) => {
      period.on = on;
      model.periodsChanged();
    });
  }
  isQuiet = false;
  control.addTo(map);
  further.forEach(({ label, layer, on }, k) => {
    control.addOverlay(layer, `<span class="gc-further${k ? "" : " gc-further-first"}">${escaped(label)}</span>`);
    if (on) layer.addTo(map);
  });
  const toggle = /** @type {HTMLElement} */ (control.getContainer()?.querySelector("a"));
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
