// The view in the address: #t=2020-10-01..2020-10-15&e=EVENT_ID. Anybody can write an address, so it is read strictly.
import { isoDay, parseDay } from "./text.js";

const WRITE_MS = 250;
const MAX_LENGTH = 400;

export function readHash(hash) {
  const state = { from: null, to: null, event: null };
  if (hash.length > MAX_LENGTH) return state;
  for (const part of hash.replace(/^#/, "").split("&")) {
    const days = /^t=(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(part);
    const event = /^e=([A-Za-z0-9_.:%-]{1,200})$/.exec(part);
    if (days) {
      const [from, to] = [parseDay(days[1]), parseDay(days[2])];
      if (from !== null && to !== null && from <= to) [state.from, state.to] = [from, to];
    } else if (event) {
      try {
        state.event = decodeURIComponent(event[1]);
      } catch {
        // A broken escape is no id.
      }
    }
  }
  return state;
}

// `apply(state)` is called for every address that we did not write ourselves.
export function createHash(model, readText, apply) {
  let written = location.hash;
  let timer = 0;
  async function write() {
    const parts = [];
    if (model.hasDays && !model.isWholeWindow()) parts.push(`t=${isoDay(model.from)}..${isoDay(model.to)}`);
    if (model.selected >= 0) parts.push(`e=${encodeURIComponent((await readText()).event_id.at(model.selected))}`);
    const hash = parts.length ? "#" + parts.join("&") : "";
    if (hash === location.hash) return;
    written = hash;
    try {
      history.replaceState(null, "", hash || location.pathname + location.search);
    } catch {
      location.hash = hash; // in a srcdoc frame
    }
  }
  window.addEventListener("hashchange", () => {
    if (location.hash === written) return;
    written = location.hash;
    apply(readHash(location.hash));
  });
  return {
    write: () => {
      clearTimeout(timer);
      timer = setTimeout(write, WRITE_MS);
    },
  };
}
