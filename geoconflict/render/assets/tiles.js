// Tiles of a server that the map's author named. Nothing is loaded before they are switched on.
import { el } from "./dom.js";
import { tr } from "./text.js";

// `tiles` is {url, host, name, attribution, kind, isOn, maxZoom}; `onCover(on)` tells whether a whole map is shown instead of ours.
/** @param {L.Map} map @param {Tiles} tiles @param {(on: boolean) => void} onCover */
export function addTiles(map, tiles, onCover) {
  const isRelief = tiles.kind === "relief";
  const pane = map.createPane("gc-tiles");
  pane.style.zIndex = isRelief ? "215" : "205";
  pane.style.pointerEvents = "none";
  pane.classList.toggle("gc-relief", isRelief);
  const layer = L.tileLayer(tiles.url, { pane: "gc-tiles", maxNativeZoom: tiles.maxZoom, maxZoom: 22, className: "gc-tile" });
  const credit = el("span", { class: "gc-tiles-credit", dir: "auto" });
  const box = el("input", { type: "checkbox", "aria-describedby": "gc-tiles-note" });
  const label = el("label", {}, box, el("span", { id: "gc-tiles-note", text: tr(tiles.name ? "tiles.named" : "tiles.load", tiles) }));
  /** @param {boolean} on */
  function set(on) {
    box.checked = on;
    if (on) layer.addTo(map);
    else layer.remove();
    credit.textContent = on ? tiles.attribution : "";
    if (!isRelief) onCover(on);
  }
  box.addEventListener("change", () => set(box.checked));
  const control = new L.Control({ position: "bottomright" });
  control.onAdd = () => {
    const bar = el("div", { class: "gc-tiles" }, label, credit);
    L.DomEvent.disableClickPropagation(bar);
    return bar;
  };
  control.addTo(map);
  set(tiles.isOn);
}
