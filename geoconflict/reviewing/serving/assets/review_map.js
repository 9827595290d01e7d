// A small map: where the event is, where else it may be, and the point that the reviewer chooses.
import { createBasemapLayer } from "./basemap.js";
import { controlBoxes } from "./basemap_labels.js";
import { themeColour } from "./canvas_layer.js";
import { addScaleBar } from "./scale_bar.js";
import { setLanguage } from "./text.js";

/** @typedef {{place_id: string, name: string, lon: number, lat: number, precision: string, radius_m: number, country: string | null, admin1: string | null}} Place */

const EARTH_M = 40075016.686;
// Where somebody clicks is some pixels from where they mean: what a point stands for is no sharper than these at the zoom of the click.
const CLICK_PX = 8;
/** @type {[number, string][]} */
const SHARPEST = [[3_000, "town"], [15_000, "near"], [40_000, "admin2"], [120_000, "admin1"], [Infinity, "country"]];

// What the scale bar says; the page is in English alone.
setLanguage("en", { "scale.km": "{n} km", "scale.m": "{n} m", "scale.n": "N", "scale.north": "North is up" });

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** @param {number} n */
export const letter = (n) => LETTERS[n] || "?";

/** @param {string} text @param {string} kind */
function pin(text, kind) {
  const mark = document.createElement("span");
  mark.textContent = text;
  return L.divIcon({ className: `rv-pin rv-pin-${kind}`, html: mark, iconSize: [26, 26], iconAnchor: [13, 13] });
}

// The box of a pin on the canvas: no name is written below it.
/** @param {Frame} frame @param {L.Point} at @returns {Box} */
function pinBox(frame, at) {
  const { x, y } = frame.fromContainer(at);
  return [x - 15, y - 15, x + 15, y + 15];
}

/**
 * @param {HTMLElement} element
 * @param {{here: Place | null, alternatives: Place[], around: number[]}} places
 * @param {{alternative: (n: number) => void, point: (lon: number, lat: number) => void}} chosen
 */
export function createMap(element, { here, alternatives, around }, chosen) {
  const map = L.map(element, { zoomControl: true, attributionControl: false, zoomSnap: 0.25, maxZoom: 13, minZoom: 2, keyboard: true, worldCopyJump: false });
  addScaleBar(map, false);
  map.createPane("gc-basemap").style.zIndex = "150"; // below the circle and the pins
  const all = here ? [here, ...alternatives] : alternatives;
  /** @type {L.Marker | null} */
  let point = null;
  if (here) {
    L.circle([here.lat, here.lon], { radius: here.radius_m, color: themeColour("accent"), weight: 1.5, fillOpacity: 0.08, interactive: false }).addTo(map);
    L.marker([here.lat, here.lon], { icon: pin("•", "here"), title: `now: ${here.name}`, alt: `now: ${here.name}`, zIndexOffset: 100, keyboard: false }).addTo(map);
  }
  alternatives.forEach((place, n) => {
    const marker = L.marker([place.lat, place.lon], { icon: pin(letter(n), "other"), title: place.name, alt: `${letter(n)}: ${place.name}`, keyboard: false });
    marker.on("click", () => chosen.alternative(n)).addTo(map);
  });
  map.on("click", (event) => {
    const at = event.latlng.wrap();
    chosen.point(at.lng, at.lat);
  });
  if (all.length) map.fitBounds(L.latLngBounds(all.map((place) => [place.lat, place.lon])).pad(0.2), { maxZoom: 9, animate: false });
  else if (around.length) map.fitBounds([[around[1], around[0]], [around[3], around[2]]], { animate: false });
  else map.setView([20, 10], 2, { animate: false });

  return {
    /** @param {Basemap | null} basemap */
    setBasemap(basemap) {
      if (!basemap) return;
      const layer = createBasemapLayer(basemap, new Set(), (frame) => [...controlBoxes(frame, element), ...all.map((place) => pinBox(frame, map.latLngToContainerPoint([place.lat, place.lon])))]);
      layer.addTo(map);
      layer.finish();
    },
    /** @param {number} lon @param {number} lat */
    setPoint(lon, lat) {
      if (point) point.setLatLng([lat, lon]);
      else point = L.marker([lat, lon], { icon: pin("+", "point"), title: "chosen point", alt: "chosen point", zIndexOffset: 200, keyboard: false }).addTo(map);
    },
    centre: () => map.getCenter(),
    /** What a point that is clicked on now stands for. */
    precision() {
      const metres = (CLICK_PX * EARTH_M * Math.cos((map.getCenter().lat * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
      return (SHARPEST.find(([most]) => metres <= most) || SHARPEST[SHARPEST.length - 1])[1];
    },
    /** @param {Place} place */
    show: (place) => map.setView([place.lat, place.lon], Math.max(map.getZoom(), 7)),
    remove: () => map.remove(),
  };
}
