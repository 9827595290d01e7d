// Wires the list, the event that is looked at, its map and the decisions on it.
import { replaceContent } from "./dom.js";
import { addEvent, decide, getBasemap, getEvent, getItems, takeBack } from "./review_api.js";
import { eventView } from "./review_event.js";
import { VERBS, createForms } from "./review_forms.js";
import { notice, renewRow, rowOf, showList } from "./review_list.js";
import { createMap } from "./review_map.js";

/** @typedef {import("./review_list.js").Item} Item */

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const app = byId("app"), list = byId("list"), box = byId("event"), toast = byId("toast");
/** @type {Item[]} */
let items = [];
/** @type {import("./review_forms.js").Vocabulary} */
let words = { types: {}, precisions: [], statuses: [], measures: [], actors: [] };
/** @type {{conflicts: string[], orphans: string[]}} */
let told = { conflicts: [], orphans: [] };
let who = "";
let nSaved = 0;
/** @type {string | null} */
let chosen = null;
/** @type {ReturnType<typeof createMap> | null} */
let map = null;
/** @type {ReturnType<typeof createForms> | null} */
let forms = null;

/** @param {unknown} error */
function tell(error) {
  toast.textContent = error instanceof Error ? error.message : String(error);
  toast.hidden = false;
}

function count() {
  const left = items.filter((item) => !item.entries.length && !item.is_reviewed).length;
  byId("count").textContent = `${left} of ${items.length} left · ${who}`;
}

// What reviewers differ on, what is gone, and what was added and waits for the next build.
/** @param {{id: string, words: string}[]} added */
function showNotices(added) {
  const notices = byId("notices");
  replaceContent(notices);
  notice(notices, "Reviewers differ", told.conflicts);
  notice(notices, "Entries whose reports are gone", told.orphans);
  notice(notices, "Added, for the next build", added.map((one) => one.words), async (n) => {
    try {
      showNotices((await takeBack(added[n].id)).added);
      marked();
    } catch (error) {
      tell(error);
    }
  });
}

/** Mark that something was written down. */
const marked = () => (document.documentElement.dataset.saved = String(++nSaved));

async function load() {
  const found = await getItems();
  items = found.items;
  words = found;
  who = found.who;
  showList(list, items, chosen, pick);
  told = found;
  showNotices(found.added);
  count();
  byId("empty").textContent = items.length ? "Choose an event from the list. J and K go through it." : "Nothing is waiting for review.";
}

// A row that is clicked: what is open stays as it is, with what is typed in its forms.
/** @param {string} id */
function pick(id) {
  if (id === chosen && document.documentElement.dataset.event === id) app.classList.add("rv-open");
  else choose(id);
}

/** @param {string} id */
async function choose(id) {
  toast.hidden = true;
  delete document.documentElement.dataset.event; // until it is shown
  delete document.documentElement.dataset.basemap;
  const before = chosen;
  chosen = id;
  for (const one of [before, id]) if (one) rowOf(list, one)?.setAttribute("aria-current", String(one === id));
  if (before && before !== id) rowOf(list, before)?.removeAttribute("aria-current");
  rowOf(list, id)?.scrollIntoView({ block: "nearest" });
  try {
    const event = await getEvent(id);
    if (chosen === id) show(event);
  } catch (error) {
    tell(error);
  }
}

/** @param {import("./review_event.js").Event_} event */
function show(event) {
  map?.remove();
  const made = createForms(event, words, async (decision, value, comment, isConfirmed) => {
    const confirm = isConfirmed ? "yes" : "";
    if (decision === "add") { // on no event of the list, which stays open
      showNotices((await addEvent({ ...JSON.parse(value), comment, confirm })).added);
      made.close();
      marked();
      return;
    }
    const done = await decide({ event: event.id, state: event.state, decision, value, comment, confirm });
    noted(event.id, done.entries, decision === "name");
  });
  forms = made;
  const { view, mapBox, credits } = eventView(event, {
    choose: (n) => made.choosePlace(event.alternatives[n].place_id),
    takeBack: async (id) => {
      try {
        noted(event.id, (await takeBack(id)).entries, false);
        await choose(event.id);
      } catch (error) {
        tell(error);
      }
    },
    back: () => {
      app.classList.remove("rv-open");
      rowOf(list, event.id)?.focus();
    },
  });
  view.append(made.box);
  replaceContent(box, view);
  byId("empty").hidden = true;
  box.hidden = false;
  app.classList.add("rv-open");
  const shown = (map = createMap(mapBox, event, {
    alternative: (n) => made.choosePlace(event.alternatives[n].place_id),
    point: (lon, lat) => {
      shown.setPoint(lon, lat);
      made.choosePoint(lon, lat, shown.precision());
    },
  }));
  byId("main").scrollTop = 0;
  byId("event-title").focus({ preventScroll: true });
  document.documentElement.dataset.event = event.id;
  getBasemap(event.id).then(({ basemap, credits: credited }) => {
    if (map !== shown) return;
    shown.setBasemap(basemap);
    credits.show(credited);
    document.documentElement.dataset.basemap = event.id;
  }, tell);
}

// A decision was written down: the list shows it, and the next event that waits is opened.
/** @param {string} id @param {Item["entries"]} entries @param {boolean} isName */
function noted(id, entries, isName) {
  const item = items.find((one) => one.id === id);
  if (!item) return;
  const isMore = entries.length > item.entries.length || isName;
  item.entries = isName && !entries.length ? [{ id: "", what: "decided its name", who, on: "", why: "" }] : entries;
  renewRow(list, item, chosen, pick);
  count();
  if (isMore && chosen === id) step(1, true); // unless the reviewer has gone on meanwhile
  marked();
}

/** @param {number} by @param {boolean} [isWaiting] */
function step(by, isWaiting = false) {
  const at = items.findIndex((one) => one.id === chosen);
  for (let n = at + by; n >= 0 && n < items.length; n += by) {
    if (isWaiting && (items[n].entries.length || items[n].is_reviewed)) continue;
    choose(items[n].id);
    return;
  }
  if (isWaiting && chosen) choose(chosen);
}

document.addEventListener("keydown", (pressed) => {
  const at = /** @type {HTMLElement} */ (pressed.target);
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || at.closest("input, textarea, select")) return;
  const key = pressed.key.toLowerCase();
  const verb = VERBS.find(([, known]) => known === key);
  if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
  else if (verb && forms && !box.hidden) forms.open(verb[0]);
  else return;
  pressed.preventDefault();
});

load().then(() => (document.documentElement.dataset.ready = "true"), tell);
