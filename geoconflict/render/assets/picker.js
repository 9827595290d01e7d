// A filter of many values: the commonest, a field that finds others, and what is chosen always on top.
import { el, makeButton } from "./dom.js";
import { legendRow } from "./legend.js";
import { WHERE } from "./model.js";
import { fold } from "./search.js";
import { tr, trCount } from "./text.js";

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
  const nothing = el("li", { class: "gc-note", text: tr("picker.nothing") });
  const field = el("input", { type: "search", class: "gc-field", placeholder: tr("picker.find"), "aria-label": tr(`picker.${name}`), autocomplete: "off", spellcheck: "false" });
  const more = makeButton("gc-text-button", "", () => {
    isLong = !isLong;
    show();
  });
  let isLong = false;
  field.addEventListener("input", show);

  // Made once for each value: the counts change with every step that is played, and a row made anew each time would lose
  // the focus and the click of whoever is at it.
  /** @type {Map<number, Part>} */
  const rows = new Map();
  /** @param {number} code */
  function rowOf(code) {
    const row = rows.get(code) || makeRow(code);
    row.show();
    return row.element;
  }
  /** @param {number} code */
  function makeRow(code) {
    const { element: button, show } = legendRow({
      name: dimension.values[code] || tr("picker.unnamed"), picture: el("span", { class: "gc-tick", "aria-hidden": "true" }),
      isOn: () => dimension.isOn(code), set: (on) => model.setValues(name, [code], on), count: () => dimension.counts[code],
    });
    button.classList.add("gc-pick");
    const row = { element: el("li", {}, button), show };
    rows.set(code, row);
    return row;
  }
  // The row that has the focus stays where it is, and the others are put around it.
  /** @param {HTMLElement[]} wanted */
  function place(wanted) {
    if (wanted.length === list.children.length && wanted.every((one, k) => one === list.children[k])) return;
    const k = wanted.findIndex((one) => one.contains(document.activeElement));
    if (k < 0) return list.replaceChildren(...wanted);
    for (const one of [...list.children].filter((one) => one !== wanted[k])) one.remove();
    wanted[k].before(...wanted.slice(0, k));
    wanted[k].after(...wanted.slice(k + 1));
    return undefined;
  }
  function show() {
    const wanted = fold(field.value.trim());
    const at = [...rows].find(([, { element: row }]) => row.contains(document.activeElement))?.[0]; // it stays, whatever becomes of its count
    const codes = [];
    for (let code = 0; code < dimension.values.length; code += 1)
      if (code === at || dimension.isOn(code) || (wanted ? folded[code].includes(wanted) : dimension.counts[code] > 0 || isOff[code])) codes.push(code);
    codes.sort((a, b) => dimension.on[b] - dimension.on[a] || dimension.counts[b] - dimension.counts[a] || a - b);
    const limit = wanted || isLong ? FOUND : SHOWN;
    const shown = codes.slice(0, limit);
    if (at !== undefined && !shown.includes(at)) shown.push(at);
    place(shown.length ? shown.map(rowOf) : [nothing]);
    const nMore = codes.length - shown.length;
    more.hidden = !isLong && nMore === 0;
    more.textContent = isLong ? tr("picker.fewer") : trCount("picker.more", nMore);
    more.setAttribute("aria-label", more.textContent);
  }
  const element = el("div", {}, dimension.values.length >= SEARCH_FROM ? field : null, list, more);
  return { element, show };
}
