// The side panel: what the map holds, the legend with live counts, the filters, what is not on the map, and credits.
import { createAbout, createTolls } from "./about.js";
import { contextLegend } from "./context_legend.js";
import { el, icon, replaceContent, reportText } from "./dom.js";
import { createClearFilters, createFilters, createPrecisionSlider, createSearchField } from "./filters.js";
import { mercatorX, mercatorY } from "./geometry.js";
import { precisionKey } from "./key.js";
import { legendList, legendRow, typeLegend } from "./legend.js";
import { WHERE } from "./model.js";
import { createOff, listAllOff } from "./off.js";
import { ANY_TYPE, typePicture } from "./symbols.js";
import { formatNumber, tr, trCount, wordFor } from "./text.js";
import { createWords } from "./words.js";

const TYPE_ORDER = ["Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots",
  "Strategic developments", "Diplomacy"];
const STATUS_ORDER = ["occurred", "claimed", "denied", "scheduled", "hypothetical", "unstated"];

// Codes of values: those of a known order first, the others by name.
/** @param {string[]} values @param {string[]} order */
function ordered(values, order) {
  /** @param {string} value */
  const rank = (value) => (order.indexOf(value) < 0 ? order.length : order.indexOf(value));
  return values.map((_, code) => code).sort((a, b) => rank(values[a]) - rank(values[b]) || (values[a] < values[b] ? -1 : 1));
}

/** How many of the events shown have the middle of their place outside a view. @param {Model} model @param {L.LatLngBounds} view */
function nOutside(model, view) {
  const [west, east] = [mercatorX(view.getWest()), mercatorX(view.getEast())];
  const [north, south] = [mercatorY(view.getNorth()), mercatorY(view.getSouth())];
  let n = 0;
  for (let p = 0; p < model.nPlaces; p += 1) {
    const x = model.placeX[p], y = model.placeY[p];
    if (x < west || x > east || y < north || y > south) n += model.placeCounts[p];
  }
  return n;
}

/** @param {Model} model @param {Config} config @param {HTMLElement} root @param {PanelParts} parts */
export function createPanel(model, config, root, { map, card, search, contextItems, readText, showAll, showFound }) {
  const words = createWords(model);
  const nOnMap = el("strong", { class: "gc-big" });
  const nOf = el("span", { class: "gc-big-note" });
  const killed = el("span", { class: "gc-sum" });
  const nOff = el("button", { type: "button", class: "gc-off-link", on: { click: () => listAllOff(model, card) } });
  const outside = el("button", { type: "button", class: "gc-outside", title: tr("zoom.all"), on: { click: showAll } });
  const listButton = el("button", { type: "button", class: "gc-wide gc-list-button", on: { click: () => card.openShown() } }, icon("list"), tr("panel.list"));
  const clear = createClearFilters(model);
  const counts = el("div", { class: "gc-counts", tabindex: "-1" }, nOnMap, nOf, killed, nOff, outside, clear);
  // A button that has done what it is for goes; the focus it had stays with the counts that it changed.
  /** @param {HTMLButtonElement} button @param {boolean} isNeeded */
  function showWhile(button, isNeeded) {
    if (!isNeeded && document.activeElement === button) counts.focus({ preventScroll: true });
    button.hidden = !isNeeded;
  }
  const searchField = createSearchField(model, search, showFound);
  const types = typeLegend(model, ordered(model.drawnTypes, TYPE_ORDER), (value) => typePicture(value));
  const statuses = legendList(ordered(model.statuses, STATUS_ORDER).map((code) => legendRow({
    name: wordFor("status", model.statuses[code]), picture: typePicture(ANY_TYPE, model.statuses[code]),
    isOn: () => model.dimensions.status.isOn(code), set: (on) => model.setValues("status", [code], on), count: () => model.dimensions.status.counts[code],
  })));
  const slider = createPrecisionSlider(model);
  const filters = createFilters(model, map);
  const context = contextLegend(model, contextItems);
  const off = createOff(model, card);

  replaceContent(
    root,
    config.description ? reportText("p", "gc-description", config.description) : null,
    config.leftOut ? el("p", { class: "gc-note", id: "gc-left-out", text: config.leftOut === "reports" ? tr("quotes.none") : tr("quotes.leftOut") }) : null,
    counts,
    model.n ? searchField.element : null,
    model.n ? listButton : null,
    model.types.length ? section("panel.types", types.element) : null,
    model.statuses.length ? section("panel.statuses", statuses.element) : null,
    model.n ? section("panel.precision", slider && slider.element, precisionKey(model)) : null,
    model.n ? filters.element : null,
    context.element ? section("panel.context", context.element) : null,
    off.element,
    createTolls(model, config, readText),
    createAbout(model, config),
  );

  /** @param {string} key @param {...(Node | string | null | undefined)} content */
  function section(key, ...content) {
    return el("section", { class: "gc-section" }, el("h2", { class: "gc-h2", text: tr(key) }), ...content);
  }
  function show() {
    nOnMap.textContent = formatNumber(model.nShown);
    nOf.textContent = model.nShown === model.totals[WHERE.ON_MAP] ? trCount("panel.onMap", model.nShown)
      : tr("panel.onMapOf", { n: formatNumber(model.totals[WHERE.ON_MAP]) });
    const n = model.nOff.reduce((a, b) => a + b, 0);
    nOff.textContent = trCount("panel.nOff", n);
    showWhile(nOff, n > 0);
    const dead = model.sum("killed");
    killed.textContent = dead.nStated ? trCount("panel.killedSum", dead.nStated, { killed: words.range(dead.low + 1, 0, dead.high + 1) }) : "";
    showWhile(clear, model.activeFilters().length > 0);
    for (const part of [searchField, types, statuses, slider, filters, context, off]) if (part) part.show();
    showOutside();
  }
  function showOutside() {
    const n = nOutside(model, map.getBounds());
    outside.textContent = trCount("panel.outside", n);
    showWhile(outside, n > 0);
  }
  map.on("moveend resize", showOutside);
  show();
  return { show, search: searchField, setExtent: filters.setExtent };
}
