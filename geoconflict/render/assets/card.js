// The card: one event with its evidence, or the list of the events at one spot. It holds the way between events.
import { createEventContent } from "./card_event.js";
import { createEventList } from "./card_list.js";
import { el, icon, makeButton, replaceContent, reportText } from "./dom.js";
import { typePicture } from "./symbols.js";
import { formatDays, formatNumber, tr, trCount, wordFor } from "./text.js";
import { createWords } from "./words.js";

const FOLLOW_MS = 150;

/** @param {Model} model @param {HTMLElement} root @param {ReadText} readText @param {() => void} onOpen */
export function createCard(model, root, readText, onOpen) {
  const c = model.columns;
  const words = createWords(model);
  const eventContent = createEventContent(model, words);
  /** @type {Element | null} */
  let opener = null;
  /** @type {EventList | null} */
  let list = null; // {events, title, note} that the open event was picked from
  let request = 0, following = 0;

  const heading = el("h2", { class: "gc-card-title", tabindex: "-1" });
  const body = el("div", { class: "gc-card-body", tabindex: "0", role: "group", "aria-label": tr("card.label") });
  const eventList = createEventList(model, words, (i) => openEvent(i, list), body);
  const spoken = el("p", { class: "gc-unseen", role: "status" });
  const back = el("button", { type: "button", class: "gc-small gc-back", on: { click: () => list && (list.isOfShown ? openShown() : openList(list.events, list.title, list.note)) } });
  const at = el("span", { class: "gc-nav-at" });
  const previous = makeButton("gc-round gc-previous", tr("card.previous"), () => go(-1), icon("back"));
  const next = makeButton("gc-round gc-next", tr("card.next"), () => go(1), icon("forward"));
  const nav = el("nav", { class: "gc-nav", "aria-label": tr("card.nav"), hidden: true }, back, at, previous, next);
  replaceContent(
    root,
    el("div", { class: "gc-card-head" }, heading, makeButton("gc-round gc-close", tr("card.close"), () => close(), icon("close"))),
    nav, body, spoken,
  );

  /** @param {Node[]} title @param {...(Node | string | null | undefined)} content */
  function show(title, ...content) {
    replaceContent(heading, ...title);
    replaceContent(body, ...content);
    body.scrollTop = 0;
    showNavigation();
    if (root.hidden) opener = document.activeElement;
    root.hidden = false;
    document.documentElement.classList.add("gc-card-open");
    onOpen();
  }
  function giveWay() {
    if (root.hidden) return;
    request += 1;
    list = null;
    root.hidden = true;
    spoken.textContent = "";
    document.documentElement.classList.remove("gc-card-open");
    model.select(-1);
  }
  function close() {
    if (root.hidden) return;
    giveWay();
    if (opener instanceof HTMLElement && opener !== document.body && opener.checkVisibility()) opener.focus({ preventScroll: true });
    else /** @type {HTMLElement} */ (document.querySelector(".gc-map")).focus({ preventScroll: true });
  }

  // ------------------------------------------------------------ list
  // The events of the places that one symbol stands for, the first place giving its name.
  /** @param {number[]} places */
  function openPlaces(places) {
    const events = model.eventsAt(places);
    if (events.length === 1) return openEvent(events[0], null);
    const name = model.placeTitle(places[0]);
    const nOthers = new Set(places.map((p) => model.placeTitle(p))).size - 1;
    if (nOthers) openList(events, trCount("list.places", nOthers, { place: name }), tr("list.closeUp"));
    else openList(events, name, places.map((p) => wordFor("precisionList", c.place_precision.at(p))).join(", "));
    return undefined;
  }
  /** The list of the events shown; it follows the filters and the window. */
  function openShown() {
    openList(model.shownEvents(), tr("panel.list"), noteOfShown(), true);
  }
  const noteOfShown = () => (model.hasDays ? formatDays(model.from, model.to, "medium") : "");
  /** @param {number[]} events @param {string} title @param {string} note */
  function openList(events, title, note, isOfShown = false) {
    request += 1;
    list = { events, title, note, isOfShown };
    model.select(-1);
    show([reportText("span", "", title)], ...listContent(list).content);
    heading.focus({ preventScroll: true });
  }
  /** @param {EventList} of */
  function listContent({ events, title, note }) {
    const { element, focus } = eventList(events, title);
    return { content: [el("p", { class: "gc-note", text: [trCount("events", events.length), note].filter(Boolean).join(" · ") }), element], focus };
  }
  // Once the reader pauses: while a brush is dragged, every list but the last would be thrown away. Whoever is at an event stays at
  // it, though its row is another.
  function followShown() {
    clearTimeout(following);
    following = setTimeout(() => {
      if (root.hidden || !list?.isOfShown || model.selected >= 0) return;
      list = { ...list, events: model.shownEvents(), note: noteOfShown() };
      const focused = document.activeElement instanceof HTMLElement && body.contains(document.activeElement) ? document.activeElement : null;
      const { content, focus } = listContent(list);
      replaceContent(body, ...content);
      if (focused && !(focused.dataset.event && focus(Number(focused.dataset.event)))) body.focus({ preventScroll: true });
    }, FOLLOW_MS);
  }

  // ------------------------------------------------------------ event
  /** @param {number} i @param {EventList | null} from the list it was picked from */
  async function openEvent(i, from) {
    list = from;
    await showEvent(i, () => heading.focus({ preventScroll: true }));
  }
  /** @param {number} i @param {() => void} focus */
  async function showEvent(i, focus) {
    model.select(i);
    const ticket = (request += 1);
    const title = [typePicture(c.event_type.at(i), c.status.at(i), 26),
      el("span", { class: "gc-card-names" }, reportText("span", "gc-card-name", words.subType(i)), reportText("span", "gc-card-type", words.type(i)))];
    show(title, el("p", { class: "gc-note", text: tr("loading") }));
    focus();
    const text = await readText();
    if (ticket !== request) return;
    replaceContent(body, ...eventContent(i, text));
    onOpen(); // it has its full height only now
  }

  // The events before and after in time: those of the list that the event was picked from, else of all that are shown.
  function neighbours() {
    const i = model.selected;
    if (list && list.events.length > 1) {
      const k = list.events.indexOf(i);
      return { before: list.events[k - 1] ?? -1, after: list.events[k + 1] ?? -1, at: k, n: list.events.length };
    }
    const { shown, nShown } = model;
    let low = 0, high = nShown;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (shown[middle] < i) low = middle + 1;
      else high = middle;
    }
    const isShown = low < nShown && shown[low] === i;
    const after = low + (isShown ? 1 : 0);
    return { before: low > 0 ? shown[low - 1] : -1, after: after < nShown ? shown[after] : -1, at: isShown ? low : -1, n: nShown };
  }
  function showNavigation() {
    nav.hidden = model.selected < 0;
    if (nav.hidden) return;
    const { before, after, at: k, n } = neighbours();
    back.hidden = !list;
    if (list) replaceContent(back, icon("list"), trCount("events", list.events.length));
    at.textContent = k < 0 ? tr("card.notShown") : tr(list ? "card.at" : "card.atShown", { n: formatNumber(k + 1), all: formatNumber(n) });
    // Not disabled, which would take the focus away from under the finger.
    previous.setAttribute("aria-disabled", String(before < 0));
    next.setAttribute("aria-disabled", String(after < 0));
  }
  /** @param {number} side */
  function go(side) {
    const { before, after } = neighbours();
    const i = side < 0 ? before : after;
    if (i < 0) return;
    // The focus stays on the button, so what the card says now is told.
    showEvent(i, () => (spoken.textContent = [at.textContent, words.subType(i), words.shortDate(i), words.place(i)[0]].join(", ")));
  }
  model.onChange((what) => {
    if (what === "selection" || root.hidden) return;
    if (list?.isOfShown && model.selected >= 0) list.events = model.shownEvents();
    else if (list?.isOfShown) followShown();
    showNavigation();
  });

  return { openPlaces, openEvent, openList, openShown, close, giveWay, isOpen: () => !root.hidden };
}
