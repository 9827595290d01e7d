// On paper: title, days, map, legend, the list of events where it is short, and credits; light, whatever the screen is.
import { el, replaceContent, reportText } from "./dom.js";
import { mapPicture, shownLegend, shownWords } from "./picture.js";
import { themeChanged } from "./symbols.js";
import { tableColumns } from "./table_columns.js";
import { tr, trCount } from "./text.js";
import { createWords } from "./words.js";

const MOST_ROWS = 80;

/**
 * @param {import("./model.js").Model} model
 * @param {L.Map} map
 * @param {Object[]} layers canvas layers, bottom to top
 * @param {{title: string, credits: string[]}} words
 */
export function preparePrint(model, map, layers, { title, credits }) {
  const root = document.documentElement;
  const sheet = el("div", { class: "gc-sheet", id: "gc-sheet" });
  const columns = tableColumns(model, createWords(model)).filter(({ key }) => key !== "type"); // its kind tells it, and paper is narrow
  let theme = null; // that of the screen while paper is made

  function key({ picture, text, count }) {
    const copy = picture && el("canvas", { width: picture.width, height: picture.height });
    if (copy) {
      copy.style.width = `${picture.width / 2}px`;
      copy.getContext("2d").drawImage(picture, 0, 0);
    }
    return el("li", {}, copy, reportText("span", "", text), count ? el("span", { class: "gc-count", text: count }) : null);
  }
  function legend() {
    const groups = new Map();
    for (const one of shownLegend()) groups.set(one.group, [...(groups.get(one.group) || []), key(one)]);
    return [...groups.values()].map((rows) => el("ul", { class: "gc-sheet-legend" }, ...rows));
  }
  function list() {
    const events = model.listedEvents();
    if (events.length > MOST_ROWS) return el("p", { class: "gc-note", text: trCount("print.tooMany", events.length) });
    const head = el("tr", {}, ...columns.map((column) => el("th", { scope: "col", text: tr(`column.${column.key}`) })));
    const rows = events.map((i) => el("tr", {}, ...columns.map((column) => el("td", {}, reportText("span", "", column.text(i))))));
    return el("table", {}, el("thead", {}, head), el("tbody", {}, ...rows));
  }
  function prepare() {
    if (theme !== null) return;
    theme = root.dataset.theme || "";
    root.dataset.theme = "light";
    themeChanged();
    replaceContent(sheet, reportText("h1", "", title), el("p", { class: "gc-sheet-days", text: shownWords(model).join(" · ") }),
      mapPicture(map, layers), ...legend(), list(),
      el("ul", { class: "gc-sheet-credits" }, ...credits.map((line) => reportText("li", "", line))));
    document.body.append(sheet);
  }
  function undo() {
    if (theme === null) return;
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    theme = null;
    sheet.remove();
    themeChanged();
  }
  window.addEventListener("beforeprint", prepare);
  window.addEventListener("afterprint", undo);
}
