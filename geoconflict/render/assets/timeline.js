// The timeline: a stacked histogram with a window that is dragged, resized, stepped and played.
import { themeColour } from "./canvas_layer.js";
import { el, icon, makeButton, replaceContent } from "./dom.js";
import { onTheme, typeStyle } from "./symbols.js";
import { calendar, dayOf, formatDay, formatDays, formatNumber, tr, trCount } from "./text.js";

const BAR_PX = 4;
const PLAY_MS = 320;
const SPEEDS = [1, 2, 4];

export function createTimeline(model, root) {
  if (!model.hasDays) {
    replaceContent(root, el("p", { class: "gc-timeline-empty", text: tr("timeline.empty") }));
    return { redraw: () => {} };
  }
  const nDays = model.lastDay - model.firstDay + 1;
  const step = Math.max(1, Math.round(nDays / 120));
  let binDays = 1;
  let speed = 0;
  let timer = 0;

  const canvas = el("canvas", { class: "gc-histogram", "aria-hidden": "true" });
  const handleFrom = handle("from", tr("timeline.from"));
  const handleTo = handle("to", tr("timeline.to"));
  const region = el("div", { class: "gc-region" });
  const track = el("div", { class: "gc-track" }, canvas, region, handleFrom, handleTo);
  const words = el("p", { class: "gc-window-words", "aria-live": "polite" });
  const play = makeButton("gc-round gc-play", tr("timeline.play"), togglePlay, icon("play"));
  const speedButton = makeButton("gc-small gc-speed", tr("timeline.speed"), nextSpeed);
  const whole = makeButton("gc-small gc-whole", tr("timeline.whole"), () => model.setWindow(model.firstDay, model.lastDay));
  whole.textContent = tr("timeline.wholeShort");
  const tip = el("div", { class: "gc-tip", hidden: true, "aria-hidden": "true" });
  replaceContent(
    root,
    el("div", { class: "gc-timeline-bar" },
      makeButton("gc-round", tr("timeline.back"), () => shift(-step), icon("back")), play,
      makeButton("gc-round", tr("timeline.forward"), () => shift(step), icon("forward")), speedButton,
      words, whole),
    el("div", { class: "gc-track-box" }, track, tip),
  );
  showSpeed();

  function handle(edge, label) {
    const element = el("div", { class: `gc-handle gc-handle-${edge}`, role: "slider", tabindex: "0", "aria-label": label,
      "aria-valuemin": model.firstDay, "aria-valuemax": model.lastDay });
    element.addEventListener("keydown", (event) => {
      const moves = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -7, PageUp: 7, Home: -1e6, End: 1e6 };
      if (!Object.hasOwn(moves, event.key)) return;
      event.preventDefault();
      stop();
      moveEdge(edge, (edge === "from" ? model.from : model.to) + moves[event.key]);
    });
    drag(element, (startX) => {
      const before = edge === "from" ? model.from : model.to;
      return (x) => moveEdge(edge, before + Math.round((x - startX) / dayPx()));
    });
    return element;
  }
  function moveEdge(edge, day) {
    if (edge === "from") model.setWindow(Math.min(day, model.to), model.to);
    else model.setWindow(model.from, Math.max(day, model.from));
  }
  function drag(element, begin) {
    element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      element.focus({ preventScroll: true });
      stop();
      const move = begin(event.clientX);
      element.setPointerCapture(event.pointerId);
      const onMove = (e) => move(e.clientX);
      const end = () => {
        element.removeEventListener("pointermove", onMove);
        element.removeEventListener("pointerup", end);
        element.removeEventListener("pointercancel", end);
      };
      element.addEventListener("pointermove", onMove);
      element.addEventListener("pointerup", end);
      element.addEventListener("pointercancel", end);
    });
  }
  // The window keeps its length when it is moved.
  function moveWindow(from) {
    const length = model.to - model.from;
    const start = Math.max(model.firstDay, Math.min(from, model.lastDay - length));
    model.setWindow(start, start + length);
  }
  function shift(days) {
    stop();
    if (model.isWholeWindow()) openWindow();
    else moveWindow(model.from + days);
  }
  drag(region, (startX) => {
    const before = model.from;
    return (x) => moveWindow(before + Math.round((x - startX) / dayPx()));
  });
  track.addEventListener("pointerdown", (event) => {
    if (event.target !== canvas || event.button !== 0) return;
    stop();
    const day = dayAt(event.clientX);
    const length = model.isWholeWindow() ? windowDays() - 1 : model.to - model.from;
    const from = Math.max(model.firstDay, Math.min(day - Math.floor(length / 2), model.lastDay - length));
    model.setWindow(from, from + length);
  });
  track.addEventListener("pointermove", (event) => {
    const bin = Math.floor((dayAt(event.clientX) - model.firstDay) / binDays);
    const text = binWords(bin);
    tip.hidden = text === "";
    tip.textContent = text;
    const box = track.getBoundingClientRect();
    tip.style.left = Math.max(60, Math.min(box.width - 60, event.clientX - box.left)) + "px";
  });
  track.addEventListener("pointerleave", () => (tip.hidden = true));

  const windowDays = () => Math.max(1, Math.round(nDays / 9));
  const openWindow = () => model.setWindow(model.firstDay, model.firstDay + windowDays() - 1);
  const dayPx = () => track.clientWidth / nDays;
  const dayAt = (clientX) => model.firstDay + Math.max(0, Math.min(nDays - 1, Math.floor((clientX - track.getBoundingClientRect().left) / dayPx())));

  function togglePlay() {
    if (timer) return stop();
    if (model.isWholeWindow() || model.to >= model.lastDay) {
      const length = model.isWholeWindow() ? windowDays() - 1 : model.to - model.from;
      model.setWindow(model.firstDay, model.firstDay + length);
    }
    timer = setInterval(() => {
      moveWindow(model.from + step);
      if (model.to >= model.lastDay) stop();
    }, PLAY_MS / SPEEDS[speed]);
    words.setAttribute("aria-live", "off");
    showPlay();
  }
  function stop() {
    if (!timer) return;
    clearInterval(timer);
    timer = 0;
    words.setAttribute("aria-live", "polite");
    showPlay();
  }
  function showPlay() {
    replaceContent(play, icon(timer ? "pause" : "play"));
    play.setAttribute("aria-label", tr(timer ? "timeline.pause" : "timeline.play"));
    play.title = play.getAttribute("aria-label");
  }
  function nextSpeed() {
    speed = (speed + 1) % SPEEDS.length;
    showSpeed();
    if (timer) {
      stop();
      togglePlay();
    }
  }
  function showSpeed() {
    speedButton.textContent = tr("timeline.times", { n: SPEEDS[speed] });
    speedButton.setAttribute("aria-label", `${tr("timeline.speed")}: ${speedButton.textContent}`);
  }

  // ------------------------------------------------------------ drawing
  let bins = null;
  let binsOf = "";
  function draw() {
    const width = track.clientWidth, height = track.clientHeight;
    if (!width || !height) return;
    binDays = Math.max(1, Math.ceil(nDays / (width / BAR_PX)));
    const wanted = `${model.filterVersion}/${binDays}`;
    if (binsOf !== wanted) [bins, binsOf] = [model.histogram(binDays), wanted];
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    const axis = 18;
    const base = height - axis;
    let highest = 1;
    for (let b = 0; b < bins.nBins; b += 1) {
      let sum = bins.spread[b];
      for (let k = 0; k < bins.nTypes; k += 1) sum += bins.sure[b * bins.nTypes + k];
      highest = Math.max(highest, sum);
    }
    drawAxis(ctx, width, base);
    drawTop(ctx, width, highest);
    const colours = model.types.map((type) => typeStyle(type).colour);
    const binPx = dayPx() * binDays;
    const gap = binPx > 6 ? 1.5 : binPx > 3 ? 0.75 : 0;
    const unit = (base - 6) / highest;
    for (let b = 0; b < bins.nBins; b += 1) {
      const x = b * binPx + gap / 2, w = Math.max(1, binPx - gap);
      const day = model.firstDay + b * binDays;
      ctx.globalAlpha = day <= model.to && day + binDays - 1 >= model.from ? 1 : 0.28;
      let y = base;
      for (let k = 0; k < bins.nTypes; k += 1) {
        const h = bins.sure[b * bins.nTypes + k] * unit;
        if (!h) continue;
        ctx.fillStyle = colours[k];
        ctx.fillRect(x, y - h, w, Math.max(h - 0.5, 0.5));
        y -= h;
      }
      if (bins.spread[b]) {
        ctx.fillStyle = themeColour("bar-spread");
        ctx.fillRect(x, y - bins.spread[b] * unit, w, bins.spread[b] * unit);
      }
    }
    ctx.globalAlpha = 1;
    const left = (model.from - model.firstDay) * dayPx();
    const right = (model.to + 1 - model.firstDay) * dayPx();
    region.style.left = left + "px";
    region.style.width = right - left + "px";
    handleFrom.style.left = left + "px";
    handleTo.style.left = right + "px";
    region.classList.toggle("gc-whole-window", model.isWholeWindow());
  }

  // The tallest bar is as high as the panel; the number at its height says what that means.
  function drawTop(ctx, width, highest) {
    ctx.strokeStyle = themeColour("hairline");
    ctx.setLineDash([2, 3]);
    ctx.beginPath();
    ctx.moveTo(0, 6.5);
    ctx.lineTo(width, 6.5);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fillStyle = themeColour("muted");
    ctx.font = `500 10.5px ${themeColour("font")}`;
    ctx.textAlign = "right";
    ctx.textBaseline = "top";
    ctx.fillText(formatNumber(Math.round(highest)), width - 14, 9);
    ctx.textAlign = "left";
  }

  function drawAxis(ctx, width, base) {
    ctx.strokeStyle = themeColour("hairline");
    ctx.beginPath();
    ctx.moveTo(0, base + 0.5);
    ctx.lineTo(width, base + 0.5);
    ctx.stroke();
    ctx.fillStyle = themeColour("muted");
    ctx.font = `500 11px ${themeColour("font")}`;
    ctx.textBaseline = "top";
    let end = -8;
    for (const [day, text] of ticks(width)) {
      const x = (day - model.firstDay) * dayPx();
      const w = ctx.measureText(text).width;
      if (x < end + 8 || x + w > width) continue;
      ctx.fillRect(Math.round(x), base, 1, 5);
      ctx.fillText(text, x + 4, base + 5);
      end = x + 4 + w;
    }
  }
  function ticks(width) {
    const perLabel = (nDays * 74) / width;
    const found = [];
    const first = calendar(model.firstDay);
    if (perLabel <= 20) {
      const every = perLabel <= 1 ? 1 : perLabel <= 7 ? 7 : 14;
      for (let day = model.firstDay; day <= model.lastDay; day += every) found.push([day, formatDay(day, "short")]);
    } else if (perLabel <= 200) {
      const every = perLabel <= 31 ? 1 : perLabel <= 92 ? 3 : 6;
      for (let m = first.month; ; m += 1) {
        const day = dayOf(first.year, m, 1);
        if (day > model.lastDay) break;
        const month = ((m % 12) + 12) % 12;
        if (month % every === 0) found.push([day, formatDay(day, month === 0 ? "year" : "shortMonth")]);
      }
    } else {
      const every = Math.ceil(perLabel / 366);
      for (let y = first.year; dayOf(y, 0, 1) <= model.lastDay; y += 1)
        if (y % every === 0) found.push([dayOf(y, 0, 1), formatDay(dayOf(y, 0, 1), "year")]);
    }
    return found.filter(([day]) => day >= model.firstDay);
  }
  function binWords(bin) {
    if (!bins || bin < 0 || bin >= bins.nBins) return "";
    let sure = 0;
    for (let k = 0; k < bins.nTypes; k += 1) sure += bins.sure[bin * bins.nTypes + k];
    const from = model.firstDay + bin * binDays;
    return trCount("timeline.bin", sure, { days: formatDays(from, Math.min(from + binDays - 1, model.lastDay), "medium") });
  }

  function show() {
    replaceContent(words, formatDays(model.from, model.to, "medium"), el("span", { class: "gc-unseen", text: ": " + trCount("events", model.nShown) }));
    whole.disabled = model.isWholeWindow();
    for (const [element, day, low, high] of [[handleFrom, model.from, model.firstDay, model.to], [handleTo, model.to, model.from, model.lastDay]]) {
      element.setAttribute("aria-valuemin", low);
      element.setAttribute("aria-valuemax", high);
      element.setAttribute("aria-valuenow", day);
      element.setAttribute("aria-valuetext", formatDay(day, "long"));
    }
    draw();
  }
  new ResizeObserver(draw).observe(track);
  onTheme(track, draw);
  show();
  return { redraw: show, togglePlay, stop, isPlaying: () => timer !== 0 };
}
