// Map or table: the pair of tabs in the head of the main area, and the link at the top of the page that leads to the table.
import { byId, el, icon } from "./dom.js";
import { createTable } from "./table.js";
import { formatDays, tr } from "./text.js";
import { createWords } from "./words.js";

/**
 * @param {Model} model
 * @param {Card} card of `createCard`
 * @param {() => void} onSwitch called when the other view has come up
 */
export function createViews(model, card, onSwitch) {
  const note = () => (model.hasDays ? formatDays(model.from, model.to, "medium") : "");
  const table = createTable(model, createWords(model), (i, events) => card.openEvent(i, { events, title: tr("panel.list"), note: note() }));
  const mapPanel = byId("gc-view-map");
  const tablePanel = el("div", { class: "gc-view", id: "gc-view-table", hidden: true }, table.element);
  mapPanel.after(tablePanel);
  /** @type {[string, HTMLElement, string][]} */
  const sides = [["map", mapPanel, "map"], ["table", tablePanel, "table"]];
  const views = sides.map(([name, panel, picture]) => {
    const tab = el("button", { type: "button", role: "tab", class: "gc-tab", id: `gc-tab-${name}`, "aria-controls": panel.id, on: { click: () => show(name) } },
      icon(picture), el("span", { text: tr(`view.${name}`) }));
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    return { name, panel, tab };
  });
  const tabs = el("div", { class: "gc-tabs", role: "tablist", "aria-label": tr("view.label") }, ...views.map(({ tab }) => tab));
  let current = "";

  /** @param {string} name */
  function show(name) {
    if (name === current) return;
    const isSwitch = current !== "";
    current = name;
    for (const view of views) {
      view.tab.setAttribute("aria-selected", String(view.name === name));
      view.tab.setAttribute("tabindex", view.name === name ? "0" : "-1");
    }
    // The map keeps its place and size below the table: it comes back as it was.
    mapPanel.inert = name !== "map";
    tablePanel.hidden = name !== "table";
    byId("gc-main").dataset.view = name;
    table.show(name === "table");
    // A list of events would take the room of a table of the same; an event stays open beside its row.
    if (name === "table" && model.selected < 0) card.giveWay();
    if (isSwitch) onSwitch();
  }
  tabs.addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    const other = event.key === "Home" ? views[0] : event.key === "End" ? views[1] : views[current === "map" ? 1 : 0];
    show(other.name);
    other.tab.focus();
  });
  const skip = el("a", { class: "gc-skip", href: "#gc-view-table", text: tr("view.skip") });
  skip.addEventListener("click", (event) => {
    event.preventDefault(); // the address holds the filters
    show("table");
    table.focus();
  });
  document.body.prepend(skip);
  byId("gc-main-head").append(tabs);
  // Closing the card leads back into the table, to the row that it told of last: the one it was opened from may be gone, or
  // its cells may stand for another by now.
  model.onChange((what) => {
    if (what !== "selection" || model.selected >= 0 || current !== "table") return;
    setTimeout(() => {
      const at = document.activeElement;
      if (!card.isOpen() && (!at || at === document.body || !at.checkVisibility() || table.hasFocus())) table.focus();
    });
  });
  show("map");
  return { show, isTable: () => current === "table" };
}
