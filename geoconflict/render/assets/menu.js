// A button that opens a menu: arrows, Home and End move in it, Escape closes it, and so does anything outside.
import { el, icon } from "./dom.js";

/**
 * @param {{label: string, picture: string, note: () => string, items: {label: string, picture: string, run: () => void, isOffered?: () => boolean}[]}} menu
 * @returns {HTMLElement}
 */
export function createMenu({ label, picture, note, items }) {
  const words = el("p", { class: "gc-popup-note" });
  const rows = items.map((item) => ({ item, row: el("button", { type: "button", role: "menuitem", class: "gc-popup-item", tabindex: "-1", on: { click: () => choose(item) } },
    icon(item.picture), el("span", { text: item.label })) }));
  const list = el("div", { class: "gc-popup-list", role: "menu", "aria-label": label }, ...rows.map(({ row }) => row));
  const popup = el("div", { class: "gc-popup", hidden: true }, words, list);
  const button = el("button", { type: "button", class: "gc-popup-button", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": label, title: label, on: { click: () => (popup.hidden ? open(0) : close()) } },
    icon(picture), el("span", { class: "gc-popup-label", text: label }));
  const element = el("div", { class: "gc-popup-box" }, button, popup);
  const offered = () => rows.filter(({ row }) => !row.hidden).map(({ row }) => row);

  /** @param {number} at */
  function open(at) {
    for (const { item, row } of rows) row.hidden = item.isOffered ? !item.isOffered() : false;
    words.textContent = note();
    popup.hidden = false;
    button.setAttribute("aria-expanded", "true");
    offered().at(at)?.focus();
  }
  function close() {
    if (popup.hidden) return;
    popup.hidden = true;
    button.setAttribute("aria-expanded", "false");
    button.focus();
  }
  /** @param {MenuItem} item */
  function choose(item) {
    close();
    item.run();
  }
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    event.stopPropagation();
    open(event.key === "ArrowDown" ? 0 : -1);
  });
  popup.addEventListener("keydown", (event) => {
    const all = offered();
    const at = all.findIndex((row) => row === document.activeElement);
    /** @type {{[key: string]: number}} */
    const moves = { ArrowDown: (at + 1) % all.length, ArrowUp: (at - 1 + all.length) % all.length, Home: 0, End: all.length - 1 };
    if (Object.hasOwn(moves, event.key)) {
      event.preventDefault();
      all[moves[event.key]].focus();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      close();
    } else if (event.key === "Tab") close();
  });
  document.addEventListener("pointerdown", (event) => {
    if (popup.hidden || (event.target instanceof Node && element.contains(event.target))) return;
    popup.hidden = true;
    button.setAttribute("aria-expanded", "false");
  });
  return element;
}
