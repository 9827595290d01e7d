// Leaflet's layer control over our one canvas: an entry per event type and per period. The layers behind the entries
// are empty; adding or removing one flips a filter.
import { tr, wordFor } from "./text.js";

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
  /** @type {{[html: string]: L.Layer}} */
  const overlays = Object.create(null); // a type may be named __proto__
  /** @type {L.Layer[]} */
  const typeLayers = [];
  let isQuiet = true;
  /** @param {(on: boolean) => void} change */
  const flip = (change) => (/** @type {boolean} */ on) => isQuiet || change(on);
  const order = model.types.map((_, code) => code).sort((a, b) => (model.types[a] < model.types[b] ? -1 : 1));
  for (const code of order) {
    typeLayers[code] = new Switch(flip((on) => model.setType(code, on)));
    // A type of a foreign frame may be called what one of ours is in the reader's language.
    const name = wordFor("type", model.types[code]);
    overlays[escaped(name === model.types[code] || !model.types.includes(name) ? name : model.types[code])] = typeLayers[code];
  }
  for (const [k, period] of periods.entries()) {
    overlays[`<span class="gc-period${k ? "" : " gc-period-first"}">${escaped(period.label)}</span>`] = new Switch(flip((on) => {
      period.on = on;
      model.periodsChanged();
    }));
  }
  for (const layer of Object.values(overlays)) layer.addTo(map);
  isQuiet = false;
  const control = L.control.layers({}, overlays, { position: "topright" }).addTo(map);
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
