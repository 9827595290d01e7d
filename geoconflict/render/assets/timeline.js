// The timeline: a histogram under a window that is dragged, resized, stepped and played, and what the window means.
import { createBrush } from "./brush.js";
import { el, icon, makeButton, replaceContent } from "./dom.js";
import { createHistogram } from "./histogram.js";
import { createPhases } from "./phases.js";
import { createPlayer } from "./player.js";
import { MODES } from "./model.js";
import { onTheme } from "./symbols.js";
import { formatDay, formatDays, formatNumber, tr, trCount } from "./text.js";
import { addSteps, isOneUnit, openingWindow, pressedLength, steppedWindow, STEPS } from "./time_steps.js";

const SPEEDS = [1, 2, 4, 8];
const MEASURES = ["events", "killed"];
// What has the keys to itself while it has the focus; everywhere else they belong to the timeline.
const KEYS_TAKEN = "input, textarea, select, button, a, summary, [contenteditable], [role=slider], [role=grid], [role=tab], [tabindex='0']";

/**
 * @param {{from: number, to: number | null, label: string, kind: string}[]} phases
 * @param {Model} model @param {HTMLElement} root
 */
export function createTimeline(model, root, phases) {
  if (!model.hasDays) {
    root.hidden = model.n === 0; // the map says already that there are none
    replaceContent(root, el("p", { class: "gc-timeline-empty", text: tr("timeline.empty") }));
    return { begin: () => {}, redraw: () => {}, stop: () => {} };
  }
  const track = el("div", { class: "gc-track" });
  const tip = el("div", { class: "gc-tip gc-bin-tip", hidden: true, "aria-hidden": "true" });
  const histogram = createHistogram(model);
  const bands = createPhases(model, phases, (from, to) => {
    player.stop();
    if (model.mode === "cumulative") model.setMode("window");
    if (model.from === from && model.to === to) model.setWindow(model.firstDay, model.lastDay);
    else model.setWindow(from, to);
  });
  track.append(bands.grounds, histogram.canvas, histogram.top, histogram.nothing);
  const player = createPlayer(playStep, showPlay);
  const brush = createBrush(model, track, histogram.canvas, {
    keys: { step, resize: lengthen, toEnd },
    /** @param {number} from @param {number} to */
    setWindow: (from, to) => model.setWindow(from, to),
    grabbed: player.stop,
    openingLength: () => pressedLength(model),
  });

  // ------------------------------------------------------------ controls
  const words = el("p", { class: "gc-window-words", "aria-live": "polite", text: "\u00a0" }); // as high as it will be
  const play = makeButton("gc-round gc-play", tr("timeline.play"), togglePlay, icon("play"));
  const speedButton = makeButton("gc-small gc-speed", tr("timeline.speed"), nextSpeed);
  const whole = makeButton("gc-small gc-whole", tr("timeline.whole"), () => {
    player.stop();
    model.setWindow(model.firstDay, model.lastDay);
  });
  whole.textContent = tr("timeline.wholeShort");
  const mode = choice("mode", MODES, (value) => model.setMode(value));
  const unit = choice("step", STEPS, (value) => model.setStep(value));
  const measure = choice("bars", MEASURES, (value) => histogram.setMeasure(value));
  const options = el("div", { class: "gc-time-options", id: "gc-time-options" }, speedButton, unit, mode, measure);
  const more = makeButton("gc-round gc-time-more", tr("timeline.options"), () => {
    const isOpen = root.classList.toggle("gc-time-open");
    more.setAttribute("aria-expanded", String(isOpen));
  }, icon("options"));
  more.setAttribute("aria-expanded", "false");
  more.setAttribute("aria-controls", "gc-time-options");
  replaceContent(
    root,
    el("div", { class: "gc-timeline-bar" },
      el("div", { class: "gc-steps" }, makeButton("gc-round gc-step-back", tr("timeline.back"), () => step(-1), icon("back")), play,
        makeButton("gc-round gc-step-forward", tr("timeline.forward"), () => step(1), icon("forward"))), words, options, more, whole),
    el("div", { class: "gc-track-box" }, bands.row, track, tip),
  );
  nextSpeed();

  /** @param {string} name @param {string[]} values @param {(value: any) => void} choose */
  function choice(name, values, choose) {
    const select = el("select", { class: "gc-select", "aria-label": tr(`timeline.${name}`), title: tr(`timeline.${name}`), "data-choice": name,
      on: { change: () => choose(select.value) } }, ...values.map((value) => el("option", { value, text: tr(`timeline.${name}.${value}`) })));
    return select;
  }

  // ------------------------------------------------------------ moving through time
  /** @param {number} n */
  function step(n) {
    player.stop();
    if (model.isWholeWindow()) model.setWindow(...openingWindow(model, model.step, n < 0));
    else model.setWindow(...steppedWindow(model, model.step, n));
  }
  // Whether the window is all of the timeline, or one day, week or month of the calendar: what stepping opens.
  const isOpening = () => model.isWholeWindow() || isOneUnit(model, model.step);
  // The last day moves, so that more or fewer days are shown.
  /** @param {number} n */
  function lengthen(n) {
    player.stop();
    model.setWindow(model.from, Math.max(model.from, addSteps(model.to, model.step, n)));
  }
  /** @param {number} side */
  function toEnd(side) {
    player.stop();
    const { from, to } = model;
    if (model.mode === "cumulative") model.setWindow(model.firstDay, side > 0 ? model.lastDay : model.firstDay);
    else if (isOpening()) model.setWindow(...openingWindow(model, model.step, side > 0));
    else if (side < 0) model.setWindow(model.firstDay, model.firstDay + to - from);
    else model.setWindow(model.lastDay - (to - from), model.lastDay);
  }
  function togglePlay() {
    if (player.isPlaying()) return player.stop();
    if (model.isWholeWindow() || (model.to >= model.lastDay && model.mode === "cumulative")) model.setWindow(...openingWindow(model, model.step, false));
    else if (model.to >= model.lastDay && isOpening()) model.setWindow(...openingWindow(model, model.step, false));
    else if (model.to >= model.lastDay) model.setWindow(model.firstDay, model.firstDay + model.to - model.from);
    return player.start();
  }
  function playStep() {
    model.setWindow(...steppedWindow(model, model.step, 1));
    return model.to < model.lastDay;
  }
  function showPlay() {
    const isPlaying = player.isPlaying();
    // Counts that change several times a second are not read out.
    words.setAttribute("aria-live", isPlaying ? "off" : "polite");
    replaceContent(play, icon(isPlaying ? "pause" : "play"));
    play.setAttribute("aria-label", tr(isPlaying ? "timeline.pause" : "timeline.play"));
    play.title = play.getAttribute("aria-label") || "";
  }
  function nextSpeed() {
    const at = SPEEDS.indexOf(Number(speedButton.dataset.times));
    const times = SPEEDS[(at + 1) % SPEEDS.length];
    speedButton.dataset.times = String(times);
    player.setSpeed(times);
    speedButton.textContent = tr("timeline.times", { n: times });
    speedButton.setAttribute("aria-label", `${tr("timeline.speed")}: ${speedButton.textContent}`);
  }
  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.defaultPrevented || !(target instanceof HTMLElement)) return;
    const isMap = target.classList.contains("gc-map");
    if (target.closest(KEYS_TAKEN) && !isMap && !track.contains(target)) return;
    if (event.key === " " && !event.repeat && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      togglePlay();
    } else if (!isMap) brush.onKey(event); // the map pans by arrows
  });

  // ------------------------------------------------------------ pointing at a bar
  track.addEventListener("pointermove", (event) => {
    const bar = histogram.describe(brush.dayAt(event.clientX));
    tip.hidden = bar === null;
    if (!bar) return;
    replaceContent(tip, el("div", { class: "gc-bin-title", text: bar.title }),
      ...bar.types.map(({ name, colour, n }) => {
        const dot = el("span", { class: "gc-bin-dot" });
        dot.style.background = colour;
        return el("div", { class: "gc-bin-type" }, dot, el("bdi", { text: name }), el("span", { class: "gc-bin-n", text: formatNumber(n) }));
      }),
      ...bands.namesOn(bar.from, bar.to).map((name) => el("div", { class: "gc-bin-phase", dir: "auto", text: name })),
      bar.spread ? el("div", { class: "gc-bin-spread", text: bar.spread }) : null);
    const box = track.getBoundingClientRect();
    const half = tip.offsetWidth / 2;
    const middle = Math.max(half - box.left + 4, Math.min(document.documentElement.clientWidth - box.left - half - 4, event.clientX - box.left));
    tip.style.left = `${middle + track.offsetLeft}px`;
  });
  for (const name of ["pointerleave", "pointercancel"]) track.addEventListener(name, () => (tip.hidden = true));

  // ------------------------------------------------------------ showing
  function redraw() {
    const text = model.mode === "cumulative" ? tr("timeline.until", { day: formatDay(model.to, "medium") }) : formatDays(model.from, model.to, "medium");
    replaceContent(words, text, el("span", { class: "gc-unseen", text: ": " + trCount("events", model.nShown) }));
    whole.disabled = model.isWholeWindow();
    mode.value = model.mode;
    unit.value = model.step;
    histogram.draw();
    brush.place();
    bands.show();
  }
  function resize() {
    const size = { width: track.clientWidth, height: track.clientHeight };
    histogram.resize(size);
    bands.layout(size.width);
    brush.resize(size);
  }
  /** Show what stands in the timeline. It has its size before, and the map is drawn first. */
  function begin() {
    new ResizeObserver(resize).observe(track);
    onTheme(() => histogram.draw(true));
    resize();
    redraw();
  }
  return { begin, redraw, stop: player.stop };
}
