// A filter of many values: the commonest, a field that finds others, and what is chosen always on top.
import { el, makeButton, replaceContent, reportText } from "./dom.js";
import { WHERE } from "./model.js";
import { fold } from "./search.js";
import { formatNumber, tr, trCount } from "./text.js";

const SHOWN = 6;
const FOUND = 50;
const SEARCH_FROM = 9;

/**
 * @param {Model} model
 * @param {"actors" | "claimants" | "sources"} name of the dimension
 */
export function createPicker(model, name) {
  const dimension = model.dimensions[name];
  const folded = dimension.values.map(fold);
  // Values of events that are not on the map are offered too, though they add nothing to the counts.
  const isOff = new Uint8Array(dimension.values.length);
  for (let i = 0; i < model.n; i += 1)
    if (model.where[i] !== WHERE.ON_MAP) for (let at = dimension.lists.starts[i]; at < dimension.lists.starts[i + 1]; at += 1) isOff[dimension.lists.codes[at]] = 1;
  const list = el("ul", { class: "gc-legend" });
  const field = el("input", { type: "search", class: "gc-field", placeholder: tr("picker.find"), "aria-label": tr(`picker.${name}`), autocomplete: "off", spellcheck: "false" });
  const more = makeButton("gc-text-button", "", () => {
    isLong = !isLong;
    show();
  });
  let isLong = false;
  field.addEventListener("input", show);

  /** @param {number} code */
  function row(code) {
    const isOn = dimension.isOn(code);
    return el("li", {}, el("button", { type: "button", class: "gc-legend-row gc-pick", "aria-pressed": String(isOn), "data-code": code,
      on: { click: () => choose(code, !isOn) } },
      el("span", { class: "gc-tick", "aria-hidden": "true" }), reportText("span", "gc-legend-name", dimension.values[code] || tr("picker.unnamed")),
      el("span", { class: "gc-count", text: formatNumber(dimension.counts[code]) })));
  }
  /** @param {number} code @param {boolean} on */
  function choose(code, on) {
    model.setValues(name, [code], on);
    // The list was written anew; the reader is still at the same value.
    /** @type {HTMLElement | null} */ (list.querySelector(`[data-code="${code}"]`))?.focus({ preventScroll: true });
  }
  function show() {
    const wanted = fold(field.value.trim());
    const codes = [];
    for (let code = 0; code < dimension.values.length; code += 1)
      if (dimension.isOn(code) || (wanted ? folded[code].includes(wanted) : dimension.counts[code] > 0 || isOff[code])) codes.push(code);
    codes.sort((a, b) => dimension.on[b] - dimension.on[a] || dimension.counts[b] - dimension.counts[a] || a - b);
    const limit = wanted || isLong ? FOUND : SHOWN;
    replaceContent(list, ...codes.slice(0, limit).map(row));
    if (!codes.length) list.append(el("li", { class: "gc-note", text: tr("picker.nothing") }));
    const nMore = codes.length - Math.min(limit, codes.length);
    more.hidden = !isLong && nMore === 0;
    more.textContent = isLong ? tr("picker.fewer") : trCount("picker.more", nMore);
    more.setAttribute("aria-label", more.textContent);
  }
  const element = el("div", {}, dimension.values.length >= SEARCH_FROM ? field : null, list, more);
  return { element, show };
}
