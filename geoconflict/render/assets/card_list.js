// A list of events, grouped by day. A long one grows as it is read, before its reader comes to its end.
import { el, makeButton, reportText } from "./dom.js";
import { typePicture } from "./symbols.js";
import { formatDay, tr, trCount } from "./text.js";

const LIST_STEP = 100;

/**
 * Returns a function that makes the list of some events, in order of time; `open(i)` opens one, and `scroller` scrolls the list.
 * `focus(i)` of a list goes to an event of it, or to the next one if that has left; false if none is left.
 * @param {Model} model @param {Words} words @param {(i: number) => void} open @param {HTMLElement} scroller
 */
export function createEventList(model, words, open, scroller) {
  const c = model.columns;

  /** @param {number} i @param {boolean} isOnePlace */
  function item(i, isOnePlace) {
    // The day stands above; what happened on one of several, or until then, says so.
    const isPlain = c.dated[i] && words.shortDate(i) === formatDay(c.day[i], "medium");
    const more = [isPlain ? "" : words.shortDate(i), isOnePlace ? "" : words.place(i)[0], c.n_sources[i] > 1 ? trCount("reports", c.n_sources[i]) : ""].filter(Boolean);
    const killed = words.count(i, "killed");
    return el("li", {},
      el("button", { type: "button", class: "gc-item", "data-event": i, on: { click: () => open(i) } },
        typePicture(c.event_type.at(i), c.status.at(i)),
        el("span", { class: "gc-item-text" },
          el("span", { class: "gc-item-name" }, reportText("bdi", "", words.subType(i)), statusChip(i)),
          more.length ? el("span", { class: "gc-item-more" }, ...more.flatMap((part, k) => [k ? " · " : "", reportText("bdi", "", part)])) : null),
        killed && killed !== "0" ? el("span", { class: "gc-item-killed", text: tr("count.killed", { n: killed }) }) : null));
  }
  /** @param {number} i */
  function statusChip(i) {
    const status = c.status.at(i);
    return status === "occurred" || status === "unstated" ? null : el("span", { class: "gc-chip", "data-status": status }, reportText("bdi", "", words.status(i)));
  }

  /** @param {number[]} events @param {string} title */
  return function list(events, title) {
    // The title names the place that all share.
    const isOnePlace = c.place[events[0]] > 0 && title === words.place(events[0])[0] && events.every((i) => c.place[i] > 0 && c.place[i] === c.place[events[0]]);
    const groups = el("div", { class: "gc-days" });
    const more = makeButton("gc-wide", tr("list.more"), addItems);
    more.textContent = tr("list.more");
    let shown = 0;
    let day = NaN;
    /** @type {HTMLElement | null} */
    let items = null;
    function addItems() {
      const hadFocus = document.activeElement === more;
      const first = shown;
      for (const i of events.slice(shown, shown + LIST_STEP)) {
        const ofDay = c.dated[i] ? c.day[i] : -Infinity;
        if (ofDay !== day || !items) {
          day = ofDay;
          items = el("ol", { class: "gc-list" });
          groups.append(el("section", { class: "gc-day" }, el("h3", { class: "gc-day-name", text: c.dated[i] ? formatDay(day, "full") : tr("date.unknown") }), items));
        }
        items.append(item(i, isOnePlace));
      }
      shown = Math.min(events.length, shown + LIST_STEP);
      more.hidden = shown >= events.length;
      if (hadFocus) /** @type {HTMLElement | undefined} */ (groups.querySelectorAll(".gc-item")[first])?.focus();
      if (more.hidden) seen.disconnect();
    }
    // Whoever scrolls need not press. Nor who goes on by Tab: the last row makes the next ones at once, so that the focus comes to
    // them and not to the button, which would be gone a moment later; one that has the focus waits to be pressed.
    const seen = new IntersectionObserver((entries) => document.activeElement !== more && entries.some((one) => one.isIntersecting) && addItems(),
      { root: scroller, rootMargin: "400px" });
    groups.addEventListener("focusin", ({ target }) => {
      if (!more.hidden && items?.lastElementChild?.contains(/** @type {Node} */ (target))) addItems();
    });
    addItems();
    if (!more.hidden) seen.observe(more);
    /** @param {number} i */
    function focus(i) {
      const after = events.findIndex((one) => one >= i);
      const k = after < 0 ? events.length - 1 : after;
      while (shown <= k) addItems();
      const button = /** @type {HTMLElement | undefined} */ (groups.querySelectorAll(".gc-item")[k]);
      button?.focus();
      return button !== undefined;
    }
    return { element: el("div", {}, groups, more), focus };
  };
}
