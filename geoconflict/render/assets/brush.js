// The window over the histogram: two edges and what lies between them, dragged by mouse or thumb and moved by keys.
import { el } from "./dom.js";
import { formatDay, formatDays, tr } from "./text.js";

// What stays free between two edges that are close, so that the window itself can be dragged.
const FREE_PX = 24;

/**
 * @param {Model} model
 * @param {HTMLElement} track holds it @param {HTMLElement} picture the histogram in it
 * @param {object} parts
 * @param {(from: number, to: number) => void} parts.setWindow
 * @param {{step: (n: number) => void, resize: (n: number) => void, toEnd: (side: number) => void}} parts.keys of the whole window
 * @param {() => void} parts.grabbed called before a person moves anything
 * @param {() => number} parts.openingLength how many days more than one a window has that is opened by a press
 */
export function createBrush(model, track, picture, { setWindow, keys, grabbed, openingLength }) {
  const nDays = model.lastDay - model.firstDay + 1;
  const region = el("div", { class: "gc-region", role: "slider", tabindex: "0", "aria-label": tr("timeline.window"), "aria-keyshortcuts": "ArrowLeft ArrowRight Shift+ArrowLeft Shift+ArrowRight Home End" });
  const veilBefore = el("div", { class: "gc-veil gc-veil-before" }), veilAfter = el("div", { class: "gc-veil gc-veil-after" });
  const handleFrom = handle("from", tr("timeline.from"));
  const handleTo = handle("to", tr("timeline.to"));
  // The edges come first for those who tab, the window last; timeline.css stacks them the other way round.
  track.append(veilBefore, veilAfter, handleFrom, handleTo, region);

  let width = 0;
  const dayPx = () => width / nDays;
  /** @param {number} clientX */
  function dayAt(clientX) {
    const day = Math.floor((clientX - track.getBoundingClientRect().left) / dayPx());
    return model.firstDay + Math.max(0, Math.min(nDays - 1, day));
  }
  /** @param {"from" | "to"} edge @param {string} label */
  function handle(edge, label) {
    const element = el("div", { class: `gc-handle gc-handle-${edge}`, role: "slider", tabindex: "0", "aria-label": label });
    element.addEventListener("keydown", (event) => {
      /** @type {{[key: string]: number}} */
      const moves = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -7, PageUp: 7, Home: -1e7, End: 1e7 };
      if (!Object.hasOwn(moves, event.key) || isChorded(event)) return;
      event.preventDefault();
      grabbed();
      moveEdge(edge, (edge === "from" ? model.from : model.to) + moves[event.key]);
    });
    drag(element, (startX) => {
      const before = edge === "from" ? model.from : model.to;
      return (x) => moveEdge(edge, before + Math.round((x - startX) / dayPx()));
    });
    return element;
  }
  /** @param {"from" | "to"} edge @param {number} day */
  function moveEdge(edge, day) {
    if (edge === "from") setWindow(Math.min(day, model.to), model.to);
    else setWindow(model.from, Math.max(day, model.from));
  }
  // `begin(x)` returns what to do with each further x; one finger or the first button drags.
  /** @param {HTMLElement} element @param {(x: number) => (x: number) => void} begin */
  function drag(element, begin) {
    element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !event.isPrimary) return;
      event.preventDefault();
      if (element.tabIndex >= 0) element.focus({ preventScroll: true });
      grabbed();
      const move = begin(event.clientX);
      element.setPointerCapture(event.pointerId);
      /** @param {PointerEvent} e */
      const onMove = (e) => move(e.clientX);
      const end = () => {
        for (const name of ["pointerup", "pointercancel"]) element.removeEventListener(name, end);
        element.removeEventListener("pointermove", onMove);
      };
      element.addEventListener("pointermove", onMove);
      for (const name of ["pointerup", "pointercancel"]) element.addEventListener(name, end);
    });
  }
  // The window keeps its length when it is moved; one that begins with the timeline is moved by its end.
  /** @param {number} from @param {number} length */
  function moveTo(from, length) {
    if (model.mode === "cumulative") return setWindow(model.firstDay, from + length);
    const start = Math.max(model.firstDay, Math.min(from, model.lastDay - length));
    return setWindow(start, start + length);
  }
  /** @param {number} startX @returns {(x: number) => void} */
  function dragFrom(startX) {
    const { from, to } = model;
    return (x) => moveTo(from + Math.round((x - startX) / dayPx()), to - from);
  }
  drag(region, dragFrom);
  // A press beside the window brings it there, and it can be dragged on.
  drag(picture, (startX) => {
    const length = model.isWholeWindow() ? openingLength() : model.to - model.from;
    const day = dayAt(startX);
    if (model.mode === "cumulative") setWindow(model.firstDay, day);
    else moveTo(day - Math.floor(length / 2), length);
    return dragFrom(startX);
  });

  region.addEventListener("keydown", (event) => onKey(event));
  /** Move the window by a key; returns whether the key meant something. @param {KeyboardEvent} event */
  function onKey(event) {
    /** @type {{[key: string]: number}} */
    const sides = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };
    /** @type {{[key: string]: number}} */
    const ends = { Home: -1, End: 1 };
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (Object.hasOwn(sides, event.key)) keys[event.shiftKey ? "resize" : "step"](sides[event.key]);
    else if (Object.hasOwn(ends, event.key) && !event.shiftKey) keys.toEnd(ends[event.key]);
    else return;
    event.preventDefault();
  }

  /** Put the window where the model has it: a few styles, whatever the number of events. */
  let told = "";
  function place() {
    const isCumulative = model.mode === "cumulative", isWhole = model.isWholeWindow();
    const now = `${width}/${model.from}/${model.to}/${model.mode}`;
    if (!width || told === now) return;
    told = now;
    const left = (model.from - model.firstDay) * dayPx(), right = (model.to + 1 - model.firstDay) * dayPx();
    region.style.left = `${left}px`;
    region.style.width = `${right - left}px`;
    veilBefore.style.width = `${left}px`;
    veilAfter.style.left = `${right}px`;
    handleFrom.hidden = isCumulative;
    placeHandles(left, right);
    region.classList.toggle("gc-whole-window", isWhole);
    region.dataset.mode = model.mode;
    tell(handleFrom, model.from, model.firstDay, model.to, formatDay(model.from, "long"));
    tell(handleTo, model.to, model.from, model.lastDay, formatDay(model.to, "long"));
    tell(region, model.from, model.firstDay, model.lastDay, formatDays(model.from, model.to, "long"));
  }
  // What can be touched is wider than what is seen. It reaches outwards, so that edges which are close can still be told
  // apart, but never off the page.
  /** @type {{size: number, before: number, after: number} | null} */
  let reach = null;
  /** @param {number} left @param {number} right */
  function placeHandles(left, right) {
    if (!reach) {
      const box = track.getBoundingClientRect();
      reach = { size: handleTo.offsetWidth, before: box.left, after: document.documentElement.clientWidth - box.right };
    }
    const inside = Math.max(0, Math.min(reach.size / 2, (right - left - FREE_PX) / 2));
    const start = Math.max(left - reach.size + inside, -reach.before);
    const end = Math.min(right + reach.size - inside, width + reach.after) - reach.size;
    for (const { element, at, line } of [{ element: handleFrom, at: start, line: left }, { element: handleTo, at: end, line: right }]) {
      element.style.left = `${at}px`;
      element.style.setProperty("--line", `${line - at}px`);
    }
  }
  /** @param {Element} element @param {number} now @param {number} low @param {number} high @param {string} text */
  function tell(element, now, low, high, text) {
    for (const [name, value] of [["min", low], ["max", high], ["now", now], ["text", text]]) element.setAttribute(`aria-value${name}`, String(value));
  }
  return {
    place,
    onKey,
    dayAt,
    /** @param {{width: number, height: number}} size */
    resize: (size) => {
      width = size.width;
      reach = null;
      told = "";
      place();
    },
  };
}

/** @param {KeyboardEvent} event */
const isChorded = (event) => event.ctrlKey || event.metaKey || event.altKey;
