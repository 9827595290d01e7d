// The scale bar: how far a round number of kilometres is in the middle of the map, and that north is up.
import { el } from "./dom.js";
import { formatNumber, tr } from "./text.js";

const MOST_PX = 110;
const EARTH_M = 40075016.686;
const MILE_M = 1609.344, FOOT_M = 0.3048;

// The largest of 1, 2, 5, 10, 20 ... that is not more than `most`; fractions only down to one.
/** @param {number} most */
function roundLength(most) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return power * ([5, 2, 1].find((step) => step * power <= Math.max(1, most)) || 1);
}

// [length in metres, text] of the longest round length of at most `most` metres.
/** @param {number} most @returns {[metres: number, text: string]} */
export function metric(most) {
  const isKm = most >= 1000;
  const n = roundLength(isKm ? most / 1000 : most);
  return [isKm ? 1000 * n : n, tr(isKm ? "scale.km" : "scale.m", { n: formatNumber(n) })];
}
/** @param {number} most @returns {[metres: number, text: string]} */
function imperial(most) {
  const isMiles = most >= MILE_M;
  const n = roundLength(most / (isMiles ? MILE_M : FOOT_M));
  return [n * (isMiles ? MILE_M : FOOT_M), tr(isMiles ? "scale.mi" : "scale.ft", { n: formatNumber(n) })];
}

/** @param {L.Map} map @param {boolean} withMiles */
export function addScaleBar(map, withMiles) {
  const control = new L.Control({ position: "bottomleft" });
  control.onAdd = () => {
    const bars = (withMiles ? [metric, imperial] : [metric]).map((measure) => ({ measure, bar: el("div", { class: "gc-scale-bar" }) }));
    const north = el("div", { class: "gc-north", title: tr("scale.north"), role: "img", "aria-label": tr("scale.north"), text: tr("scale.n") });
    const update = () => {
      // In the middle of the map: in Mercator the scale is another at each latitude.
      const lat = (map.getCenter().lat * Math.PI) / 180;
      const perPx = (EARTH_M * Math.cos(lat)) / (256 * 2 ** map.getZoom());
      for (const { measure, bar } of bars) {
        const [length, text] = measure(MOST_PX * perPx);
        bar.style.width = `${Math.round(length / perPx)}px`;
        bar.textContent = text;
      }
    };
    map.on("move zoomend resize", update);
    map.whenReady(update);
    return el("div", { class: "gc-scale" }, north, el("div", {}, ...bars.map(({ bar }) => bar)));
  };
  control.addTo(map);
}
