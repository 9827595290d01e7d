// The filters of the panel besides the legend: search, actors, who says so, sources, precision, deaths, extent of the map.
import { el, makeButton } from "./dom.js";
import { legendRow } from "./legend.js";
import { PRECISIONS, WHERE } from "./model.js";
import { createPicker } from "./picker.js";
import { LONGEST_QUERY } from "./search.js";
import { formatNumber, tr, wordFor } from "./text.js";

const TYPING_MS = 120;

/**
 * The search field: {element, show, focus}. `search` finds events; what is typed becomes `model.query`, and Enter calls `showFound`.
 * @param {Model} model @param {Search} search @param {() => void} showFound
 */
export function createSearchField(model, search, showFound) {
  const field = el("input", { type: "search", class: "gc-field gc-search", placeholder: tr("search.label"), "aria-label": tr("search.label"), maxlength: LONGEST_QUERY, autocomplete: "off", spellcheck: "false", "aria-keyshortcuts": "/" });
  let timer = 0;
  let request = 0;
  async function run() {
    const ticket = (request += 1);
    const query = field.value.trim();
    const found = await search.find(query);
    if (ticket !== request) return;
    model.setSearch(query, found);
  }
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(run, TYPING_MS);
  });
  field.addEventListener("keydown", async (event) => {
    if (event.key === "Enter" && field.value.trim()) {
      clearTimeout(timer);
      await run();
      showFound();
      return;
    }
    if (event.key !== "Escape" || !field.value) return;
    event.stopPropagation();
    field.value = "";
    run();
  });
  return {
    element: el("div", { class: "gc-search-box", role: "search" }, field),
    show: () => {
      if (!model.dimensions.search.isActive && document.activeElement !== field) field.value = "";
    },
    focus: () => field.focus(),
    /** @param {string} query */
    set: (query) => {
      field.value = query;
      return run();
    },
  };
}

/**
 * A slider that leaves out places less precise than a step of it; null where all events are equally precise.
 * @param {Model} model
 */
export function createPrecisionSlider(model) {
  const { codes } = model.dimensions.precision;
  const isUsed = new Uint8Array(PRECISIONS.length + 1);
  for (let i = 0; i < model.n; i += 1) if (model.where[i] === WHERE.ON_MAP) isUsed[codes[i]] = 1;
  const steps = Array.from(isUsed.keys()).filter((code) => isUsed[code]);
  if (steps.length < 2) return null;
  const words = el("span", { class: "gc-slider-words", "aria-hidden": "true" }); // the slider says it itself
  const slider = el("input", { type: "range", class: "gc-slider", min: 0, max: steps.length - 1, step: 1, value: steps.length - 1, "aria-label": tr("precision.slider") });
  slider.addEventListener("input", () => {
    const isAll = Number(slider.value) === steps.length - 1;
    model.setLeastPrecise(isAll ? PRECISIONS.length - 1 : steps[Number(slider.value)]);
  });
  function show() {
    const { precision } = model.dimensions;
    const last = steps.reduce((kept, step, k) => (precision.isOn(step) ? k : kept), 0);
    slider.value = String(last);
    const text = last === steps.length - 1 ? tr("precision.all") : tr("precision.to", { what: wordFor("precisionName", PRECISIONS[steps[last]]) });
    words.textContent = text;
    slider.setAttribute("aria-valuetext", text);
  }
  return { element: el("div", { class: "gc-slider-row" }, slider, words), show };
}

/** How many were killed at least: a row of choices with their counts. Null where no event states it. @param {Model} model */
function createKilledFilter(model) {
  const { killed } = model.dimensions;
  const most = killed.numbers.reduce((a, b) => (a > b ? a : b), 0);
  const steps = killed.values.filter((step) => step <= most);
  if (!steps.length) return null;
  const buttons = [0, ...steps].map((least) => {
    const count = el("span", { class: "gc-count" });
    const button = el("button", { type: "button", class: "gc-choice", on: { click: () => model.setLeastKilled(least) } },
      least ? tr("killed.least", { n: formatNumber(least) }) : tr("killed.any"), " ", least ? count : null);
    return { least, button, count };
  });
  return {
    element: el("div", { class: "gc-choices", role: "group", "aria-label": tr("panel.killed") }, ...buttons.map(({ button }) => button)),
    show: () => {
      for (const { least, button, count } of buttons) {
        button.setAttribute("aria-pressed", String(killed.least === least));
        count.textContent = formatNumber(least ? killed.counts[killed.values.indexOf(least)] : 0);
      }
    },
  };
}

/** A switch that keeps to the events within the view of the map, and follows it. @param {Model} model @param {L.Map} map */
function createExtentSwitch(model, map) {
  let isOn = false;
  // 1 for each place in the view.
  function inView() {
    const { place_lon: lon, place_lat: lat } = model.columns;
    const view = map.getBounds();
    const [west, south, east, north] = [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()].map((degrees) => 1e4 * degrees);
    return Uint8Array.from(lon, (x, p) => (x >= west && x <= east && lat[p] >= south && lat[p] <= north ? 1 : 0));
  }
  function within() {
    const isIn = inView();
    return Uint8Array.from(model.columns.place, (p) => (p ? isIn[p - 1] : 0));
  }
  map.on("moveend", () => {
    if (isOn) model.setExtent(within());
    else row.show();
  });
  /** @param {boolean} on */
  function set(on) {
    if (on === isOn && on === model.dimensions.extent.isActive) return;
    isOn = on;
    model.setExtent(on ? within() : null);
  }
  // What it leaves over, or would: all other filters apply, as for the counts of every other row.
  const count = () => inView().reduce((n, isIn, p) => n + (isIn ? model.placeCounts[p] : 0), 0);
  const row = legendRow({ name: tr("extent.label"), picture: el("span", { class: "gc-tick", "aria-hidden": "true" }), isOn: () => isOn, set, count });
  row.element.classList.add("gc-pick");
  return {
    element: row.element,
    set,
    show: () => {
      isOn = model.dimensions.extent.isActive;
      row.show();
    },
  };
}

/**
 * A folded section for a filter; it opens by itself while its filter is active.
 * @param {string} key @param {DimensionName} name @param {Model} model @param {Part} inner
 */
function folded(key, name, model, inner) {
  const element = el("details", { class: "gc-details gc-filter", "data-filter": name }, el("summary", { text: tr(key) }), inner.element);
  const showOpen = () => element.open && inner.show();
  element.addEventListener("toggle", showOpen);
  return {
    element,
    show: () => {
      if (model.dimensions[name].isActive) element.open = true;
      showOpen();
    },
  };
}

/** All of them below the legend: {element, show, setExtent}. @param {Model} model @param {L.Map} map */
export function createFilters(model, map) {
  /** @type {ListName[]} */
  const lists = ["actors", "claimants", "sources"];
  /** @type {Part[]} */
  const parts = lists
    .filter((name) => model.dimensions[name].values.filter(Boolean).length > 0)
    .map((name) => folded(`panel.${name}`, name, model, createPicker(model, name)));
  const killed = createKilledFilter(model);
  if (killed) parts.push(folded("panel.killed", "killed", model, killed));
  const extent = model.nPlaces > 1 ? createExtentSwitch(model, map) : null;
  if (extent) parts.push(extent);
  return {
    element: el("div", { class: "gc-filters" }, ...parts.map((part) => part.element)),
    show: () => parts.forEach((part) => part.show()),
    setExtent: (/** @type {boolean} */ on) => extent?.set(on),
  };
}

/** A button that takes all filters back. @param {Model} model */
export function createClearFilters(model) {
  const button = makeButton("gc-text-button gc-clear", tr("filters.clear"), () => model.clearFilters());
  button.textContent = tr("filters.clear");
  return button;
}
