// Wires the parts together. createMap runs before the scripts of added folium layers, start after them.
import { createBasemapLayer } from "./basemap.js";
import { controlBoxes } from "./basemap_labels.js";
import { createCard } from "./card.js";
import { createChoropleth } from "./choropleth.js";
import { contextItems, createContextLayer } from "./context.js";
import { byId, el, icon, makeButton } from "./dom.js";
import { createEmbed } from "./embed.js";
import { rowOfId } from "./event_ids.js";
import { eventNameBoxes, eventPlaceNames } from "./event_names.js";
import { createEventsLayer } from "./events_layer.js";
import { createHeat } from "./heat.js";
import { applyFilters, applyTime, createHash, readHash } from "./hash.js";
import { addLayerControl } from "./layer_control.js";
import { Model, WHERE } from "./model.js";
import { createPanel } from "./panel.js";
import { periodsOf } from "./periods.js";
import { canInflate, readBlock, readJson, wholePage } from "./payload.js";
import { addScaleBar } from "./scale_bar.js";
import { createSearch } from "./search.js";
import { addGrip, giveWayToFocus } from "./sheet.js";
import { createShare } from "./share.js";
import { isDark, onTheme, setStyle, themeChanged } from "./symbols.js";
import { isoDay, setLanguage, tr } from "./text.js";
import { addTiles } from "./tiles.js";
import { createTimeline } from "./timeline.js";
import { createViews } from "./views.js";

/** @type {[string, number][]} */
const PANES = [["gc-basemap", 210], ["gc-areas", 370], ["gc-heat", 380], ["gc-context", 390], ["gc-events", 420]];
// For readers who asked their device for less motion.
const STILL = { zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false };
const prefersStill = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
/** @type {Config} */
const config = JSON.parse(byId("gc-config").textContent);
setLanguage(config.language, config.strings);
setStyle(config.style);
if (config.theme !== "auto") document.documentElement.dataset.theme = config.theme;
// Inflated while the map is made.
const reading = canInflate() ? readPage() : null;
reading?.catch(() => {}); // told of in start
function readPage() {
  const areas = config.layers.flatMap(({ block }) => block || []).map(async (block) => /** @type {[string, AreaColumns]} */ ([block, await readBlock(block)]));
  return Promise.all([readBlock("gc-events"), readBlock("gc-context"), byId("gc-basemap") ? readJson("gc-basemap") : null, Promise.all(areas)]);
}

/** @param {string} id @param {L.MapOptions} options */
export function createMap(id, options) {
  if (config.markerIcons) {
    delete /** @type {any} */ (L.Icon.Default.prototype)._getIconUrl; // it would look for a folder of pictures
    L.Icon.Default.mergeOptions(config.markerIcons);
  }
  const map = L.map(id, { ...options, ...(prefersStill() ? STILL : {}), trackResize: false, zoomControl: false, attributionControl: false, maxBoundsViscosity: 1 });
  if (prefersStill()) map.panBy = (offset, how) => L.Map.prototype.panBy.call(map, offset, { ...how, animate: false });
  // Events on both sides of the date line stand side by side, with longitudes beyond 180.
  const east = config.bounds && config.bounds[1][1] > 180 ? 560 : 200;
  if (!options.maxBounds) map.setMaxBounds([[-86, -200], [86, east]]);
  fitFocus(map); // before anything is added that would have to be laid out again
  const container = map.getContainer();
  container.setAttribute("role", "region");
  container.setAttribute("aria-label", tr("map.label"));
  for (const [name, order] of PANES) Object.assign(map.createPane(name).style, { zIndex: String(order), pointerEvents: "none" });
  if (options.zoomControl !== false) L.control.zoom({ position: "topright", zoomInTitle: tr("zoom.in"), zoomOutTitle: tr("zoom.out") }).addTo(map);
  addShowAll(map);
  L.control.attribution({ prefix: false }).addTo(map);
  addScaleBar(map, config.miles);
  map.on("movestart", () => (isFirstView = isFirstView && isFitting));
  return map;
}

// Fit the view to where most events are. It is fitted anew when the map gets another size, until something else moves it.
let isFirstView = true;
let isFitting = false;
/** @param {L.Map} map */
function fitFocus(map) {
  if (!config.focus) return;
  isFitting = true;
  map.fitBounds(config.focus, { animate: false, ...insets(map) });
  isFitting = false;
}
/** @param {L.Map} map */
function resized(map) {
  map.invalidateSize({ animate: false });
  if (isFirstView) fitFocus(map);
}
const EDGE_PX = 28;
// What the buttons above and beside the map take of it.
/** @param {L.Map} map @returns {L.FitBoundsOptions} */
function insets(map) {
  const bar = document.getElementById("gc-main-head"); // an embedded map has none
  const head = bar ? bar.getBoundingClientRect().bottom - map.getContainer().getBoundingClientRect().top : 0;
  return { paddingTopLeft: [EDGE_PX, Math.max(EDGE_PX, head + 14)], paddingBottomRight: [EDGE_PX + 34, EDGE_PX + 8] };
}

// All places, and never closer than the map opens: a map of one town opens with the land around it.
/** @param {L.Map} map */
function showAll(map) {
  if (!config.bounds) return;
  const all = L.latLngBounds(config.bounds);
  map.fitBounds(config.focus ? all.extend(L.latLngBounds(config.focus)) : all, insets(map));
}

// Fit the view to the places of the events shown; closer than this, a single town would stand without anything around it.
const FOUND_ZOOM = 8;
/** @param {L.Map} map @param {Model} model */
function showFound(map, model) {
  const places = Array.from(model.placeCounts.keys()).filter((p) => model.placeCounts[p] > 0);
  if (places.length) map.fitBounds(L.latLngBounds(places.map((p) => model.latLng(p))), { ...insets(map), maxZoom: FOUND_ZOOM });
}

/** @param {L.Map} map */
function addShowAll(map) {
  const { bounds } = config;
  if (!bounds) return;
  const control = new L.Control({ position: "topright" });
  control.onAdd = () => {
    const bar = el("div", { class: "leaflet-bar gc-show-all" },
      makeButton("", tr("zoom.all"), () => showAll(map), icon("all")));
    L.DomEvent.disableClickPropagation(bar);
    return bar;
  };
  control.addTo(map);
}

/** @param {string} text */
function say(text) {
  const message = byId("gc-message");
  message.textContent = text;
  message.hidden = text === "";
}

/** @param {L.Map} map */
function addTheme(map) {
  const root = document.documentElement;
  const prefers = window.matchMedia("(prefers-color-scheme: dark)");
  const flip = () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    themeChanged();
  };
  prefers.addEventListener("change", () => themeChanged());
  byId("gc-tools").append(makeButton("gc-round", tr("theme"), flip, icon("theme")));
}

function addMenu() {
  const side = byId("gc-side");
  const button = makeButton("gc-round gc-menu", tr("menu"), () => setOpen(!side.classList.contains("gc-open")), icon("menu"));
  button.setAttribute("aria-controls", "gc-side-body");
  /** @param {boolean} on */
  function setOpen(on) {
    side.classList.toggle("gc-open", on);
    button.setAttribute("aria-expanded", String(on));
  }
  setOpen(false);
  byId("gc-tools").append(button);
  const isOpen = () => side.classList.contains("gc-open");
  function closeByHand() {
    setOpen(false);
    button.focus();
  }
  return { open: () => setOpen(true), close: () => setOpen(false), closeByHand, isOpen };
}

// Resolves when what has been drawn is on the screen.
/** @returns {Promise<unknown>} */
const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
// Resolves when the browser has done what else it has to do.
/** @returns {Promise<unknown>} */
const yielded = () => new Promise((done) => setTimeout(done));

/** @param {L.Map} map */
export async function start(map) {
  /** @type {HTMLElement} */ (document.querySelector(".gc-head")).append(el("div", { class: "gc-tools", id: "gc-tools" }));
  addTheme(map);
  const menu = addMenu();
  if (!reading) return say(tr("oldBrowser"));
  /** @type {Model} */
  let model;
  /** @type {Basemap | null} */
  let basemap;
  /** @type {ContextItem[]} */
  let context;
  /** @type {Map<string, AreaColumns>} */
  let areaBlocks;
  try {
    const [columns, contextColumns, outlines, areas] = await reading;
    model = new Model(columns, config.countries, config.span, config.nOutside);
    context = contextItems(contextColumns);
    basemap = outlines;
    areaBlocks = new Map(areas);
  } catch (error) {
    say(tr("damaged"));
    throw error;
  }
  /** @type {Promise<TextColumns> | null} */
  let text = null;
  const readText = () => (text = text || wholePage().then(() => readBlock("gc-text")));

  const periods = periodsOf(model, config.periods);
  model.setPeriods(periods);
  const asked = readHash(location.hash);
  applyTime(model, asked);
  applyFilters(model, asked);
  const card = createCard(model, byId("gc-card"), readText, cardOpened);
  const timeline = createTimeline(model, byId("gc-timeline"), config.phases);
  const views = createViews(model, card, () => hash.write());

  // What stands around the map has found its size by now, and the map may have lost some of its own.
  resized(map);
  if (asked.view) map.setView([asked.view[1], asked.view[2]], asked.view[0], { animate: false });

  const baseLayer = basemap ? createBasemapLayer(basemap, eventPlaceNames(model), (frame) => [...controlBoxes(frame, map.getContainer()), ...eventNameBoxes(frame, model)]).addTo(map) : null;
  if (config.tiles) addTiles(map, config.tiles, (on) => baseLayer && baseLayer.setCovered(on));
  const contextLayer = context.length ? createContextLayer(model, context).addTo(map) : null;
  const events = createEventsLayer(model, map, (places) => {
    card.openPlaces(places);
    reveal(places[0]);
  }).addTo(map);
  const further = config.layers.map((layer) => (layer.kind === "heat" ? createHeat(map, model, layer) : createChoropleth(map, model, /** @type {AreaColumns} */ (areaBlocks.get(layer.block)), layer, () => timeline.stop())));
  new ResizeObserver(() => resized(map)).observe(map.getContainer());

  // The map is seen before what stands around it is made, unless the panel's search decides what it shows.
  const isSeenFirst = !asked.query && !document.hidden;
  if (isSeenFirst) await painted();
  document.documentElement.dataset.drawn = "1";
  if (isSeenFirst) await yielded();
  timeline.begin();
  if (model.n) addLayerControl(map, model, periods, further);
  const panel = createPanel(model, config, byId("gc-side-body"), { map, card, search: createSearch(model, readText), contextItems: context, readText, showAll: () => showAll(map), showFound: () => showFound(map, model) });
  addGrip(byId("gc-side-body"), () => menu.closeByHand());
  addGrip(byId("gc-card"), card.close);
  giveWayToFocus(byId("gc-side-body"), () => menu.isOpen() && menu.close());
  giveWayToFocus(byId("gc-card"), card.giveWay);

  for (const layer of [baseLayer, contextLayer, events, ...further.map((one) => one.layer)]) if (layer) onTheme(() => layer.schedule());

  const main = byId("gc-main");
  const report = () => {
    main.dataset.shown = String(model.nShown);
    main.dataset.from = model.hasDays ? isoDay(model.from) : "";
    main.dataset.to = model.hasDays ? isoDay(model.to) : "";
  };
  model.onChange((what) => {
    events.schedule();
    if (what === "selection") return hash.write();
    contextLayer?.schedule();
    panel.show();
    if (what === "compare") return hash.write();
    timeline.redraw();
    report();
    hash.write();
    return undefined;
  });

  /** @type {HashState | null} */
  let latest = null; // what waits for the page's text gives way to an address that came after it
  /** @param {HashState} state */
  async function apply(state) {
    latest = state;
    applyTime(model, state);
    applyFilters(model, state);
    if (state.query !== model.query) await panel.search.set(state.query);
    if (latest !== state) return undefined;
    if (state.view) map.setView([state.view[1], state.view[2]], state.view[0], { animate: false });
    panel.setExtent(state.marks.includes("extent"));
    views.show(state.marks.includes("table") && !state.marks.includes("embed") ? "table" : "map");
    if (state.event === null) return card.isOpen() ? card.close() : undefined;
    const i = rowOfId((await readText()).event_id.all(), state.event);
    if (latest !== state) return undefined;
    if (i < 0) return say(tr("hash.unknown"));
    await card.openEvent(i, null);
    return undefined;
  }
  function cardOpened() {
    menu.close();
    const i = model.selected;
    if (i >= 0 && model.where[i] === WHERE.ON_MAP) reveal(model.columns.place[i] - 1);
  }
  // Move a place out from under the card.
  /** @param {number} p */
  function reveal(p) {
    const size = map.getSize();
    const box = byId("gc-card").getBoundingClientRect();
    const isSheet = box.width > 0.8 * size.x;
    const side = Math.min(60, size.x / 6);
    const below = isSheet ? Math.max(60, map.getContainer().getBoundingClientRect().bottom - box.top + 40) : 60;
    const beside = isSheet ? side : box.width + 60;
    const isRtl = document.documentElement.dir === "rtl";
    map.panInside(model.latLng(p), {
      animate: !prefersStill(),
      paddingTopLeft: [isRtl ? beside : side, 60],
      paddingBottomRight: [isRtl ? side : beside, below],
    });
  }
  // The view is part of the address once the reader has moved the map, or shows only what lies in it.
  let isMoved = false;
  function viewOf() {
    const { lat, lng } = map.getCenter();
    return isMoved || model.dimensions.extent.isActive ? [Math.round(100 * map.getZoom()) / 100, lat.toFixed(4), lng.toFixed(4)] : null;
  }
  const hash = createHash(model, readText, viewOf, apply, views.isTable);
  const layers = [baseLayer, ...further.map(({ layer }) => layer), contextLayer, events].filter((layer) => layer !== null);
  createShare(model, config, { map, layers, contextItems: context, readText, address: hash.address });
  createEmbed(config.title, hash.address);
  baseLayer?.finish();

  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof HTMLElement && event.target.matches("input:not([type=range]), textarea, select");
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      menu.open();
      panel.search.focus();
    }
    if (event.key !== "Escape") return;
    if (card.isOpen()) card.close();
    else if (menu.isOpen()) menu.closeByHand();
  });

  window.geoconflict.app = { model, map, events, card, panel, readText, layers: further };
  report();
  say(model.n ? "" : tr("empty"));
  await apply(readHash(location.hash));
  map.on("dragend zoomend", () => (isMoved = isMoved || !isFitting));
  map.on("moveend", () => isMoved && hash.write());
  painted().then(() => (document.documentElement.dataset.ready = "1"));
  return undefined;
}
