// The view as a picture: the map as it stands, with title, days, legend, scale and credits drawn into it.
import { themeColour } from "./canvas_layer.js";
import { el } from "./dom.js";
import { metric } from "./scale_bar.js";
import { formatDays, formatNumber, trCount } from "./text.js";

const RATIO = 2;
const MARGIN = 24;
const LEAST_WIDTH = 640;
const SCALE_PX = 120;
const LONGEST_TEXT = 600;
const KEY_PX = 26;
const SWATCH_PX = 12;

/**
 * What the legends of the page show at this moment: pictures of their rows with words and counts, and which row stands with
 * which others.
 */
export function shownLegend() {
  const found = [];
  for (const row of document.querySelectorAll(".gc-side .gc-legend-row[aria-pressed=true], .gc-side .gc-key-row:not(.gc-faded)")) {
    const picture = row.querySelector("canvas");
    const words = row.querySelector(".gc-legend-name, .gc-context-name") || row.querySelector("span");
    const count = row.querySelector(".gc-count")?.textContent || "";
    if (picture && !row.closest("[hidden]") && count !== formatNumber(0)) found.push({ picture, text: words.textContent, count, group: row.closest("section") });
  }
  for (const legend of document.querySelectorAll(".gc-layer-legend")) {
    const add = (picture, text) => found.push({ picture, text, count: "", group: legend });
    add(null, legend.querySelector(".gc-layer-title").textContent);
    for (const row of legend.querySelectorAll(".gc-swatches li")) add(swatchPicture(row.firstChild), row.textContent);
    const ends = [...legend.querySelectorAll(".gc-heat-ends span")].map((end) => end.textContent);
    if (ends.length) add(null, ends.join(" – "));
  }
  return found;
}
function swatchPicture(swatch) {
  const canvas = el("canvas", { width: 2 * RATIO * SWATCH_PX, height: RATIO * SWATCH_PX });
  const ctx = canvas.getContext("2d");
  ctx.fillStyle = getComputedStyle(swatch).backgroundColor;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.lineWidth = RATIO;
  ctx.strokeStyle = themeColour("area-edge");
  ctx.strokeRect(0, 0, canvas.width, canvas.height);
  return canvas;
}

/** The days shown and how many events, in words. */
export function shownWords(model) {
  const nOff = model.nOff.reduce((a, b) => a + b, 0);
  return [
    model.hasDays ? formatDays(model.from, model.to, "long") : "",
    trCount("picture.shown", model.nShown),
    nOff ? trCount("picture.off", nOff) : "",
  ].filter(Boolean);
}

/**
 * The map alone with its scale, as a canvas.
 * @param {L.Map} map
 * @param {Object[]} layers canvas layers, bottom to top
 */
export function mapPicture(map, layers) {
  const size = map.getSize();
  const canvas = el("canvas", {});
  canvas.width = RATIO * size.x;
  canvas.height = RATIO * size.y;
  const ctx = canvas.getContext("2d");
  ctx.scale(RATIO, RATIO);
  ctx.fillStyle = themeColour("map-sea");
  ctx.fillRect(0, 0, size.x, size.y);
  for (const layer of layers) {
    layer.drawAt(RATIO, (sheet, x, y, width, height) => ctx.drawImage(sheet, x, y, width, height));
  }
  const middle = L.point(size.x / 2, size.y / 2);
  const perPx = map.distance(map.containerPointToLatLng(middle), map.containerPointToLatLng(middle.add([SCALE_PX, 0]))) / SCALE_PX;
  const [metres, words] = metric(SCALE_PX * perPx);
  const length = metres / perPx;
  const x = 14, y = size.y - 14;
  ctx.font = `500 12px ${themeColour("font")}`;
  ctx.lineJoin = "round";
  ctx.lineWidth = 4;
  ctx.strokeStyle = themeColour("map-halo");
  const bar = new Path2D(`M${x} ${y - 6}v6h${length}v-6`);
  ctx.stroke(bar);
  ctx.strokeText(words, x + 6, y - 5);
  ctx.lineWidth = 1.6;
  ctx.strokeStyle = ctx.fillStyle = themeColour("ink");
  ctx.stroke(bar);
  ctx.fillText(words, x + 6, y - 5);
  return canvas;
}

// Text broken into lines no wider than `width`; a word that is too long is broken anywhere.
function wrap(ctx, text, width, most) {
  const lines = [];
  let line = "";
  for (let word of text.slice(0, LONGEST_TEXT).split(/\s+/).filter(Boolean)) {
    if (line && ctx.measureText(`${line} ${word}`).width <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line) lines.push(line);
    while (ctx.measureText(word).width > width) {
      let n = word.length - 1;
      while (n > 1 && ctx.measureText(word.slice(0, n)).width > width) n -= 1;
      lines.push(word.slice(0, n));
      word = word.slice(n);
    }
    line = word;
  }
  if (line) lines.push(line);
  return lines.length > most ? [...lines.slice(0, most - 1), lines[most - 1] + "…"] : lines;
}

/**
 * The picture as a canvas.
 * @param {import("./model.js").Model} model
 * @param {L.Map} map
 * @param {Object[]} layers canvas layers, bottom to top
 * @param {{title: string, credits: string[]}} words
 */
export function viewPicture(model, map, layers, { title, credits }) {
  const view = mapPicture(map, layers);
  const mapWidth = view.width / RATIO, mapHeight = view.height / RATIO;
  const width = Math.max(LEAST_WIDTH, mapWidth + 2 * MARGIN);
  const inner = width - 2 * MARGIN;
  const canvas = el("canvas", {});
  const ctx = canvas.getContext("2d");
  const isRtl = document.documentElement.dir === "rtl";
  const steps = []; // what to draw once the height is known
  let y = MARGIN;
  const font = themeColour("font");

  function put(text, style, colour, lead, most) {
    ctx.font = `${style} ${font}`;
    for (const line of wrap(ctx, text, inner, most)) {
      const at = (y += lead);
      steps.push(() => {
        ctx.font = `${style} ${font}`;
        ctx.fillStyle = themeColour(colour);
        ctx.textAlign = isRtl ? "right" : "left";
        ctx.fillText(line, isRtl ? width - MARGIN : MARGIN, at);
      });
    }
  }
  put(title, "700 24px", "ink", 29, 3);
  y += 2;
  put(shownWords(model).join(" · "), "500 14px", "muted", 21, 3);
  y += 14;
  const top = y;
  steps.push(() => {
    const x = (width - mapWidth) / 2;
    ctx.drawImage(view, x, top, mapWidth, mapHeight);
    ctx.strokeStyle = themeColour("hairline-strong");
    ctx.lineWidth = 1;
    ctx.strokeRect(x, top, mapWidth, mapHeight);
  });
  y += mapHeight + 14;
  putLegend();
  y += 6;
  for (const line of credits) put(line, "400 11px", "muted", 15, 3);
  y += MARGIN;

  function putLegend() {
    let x = 0;
    let before = null;
    ctx.font = `400 13px ${font}`;
    for (const { picture, text, count, group } of shownLegend()) {
      const words = wrap(ctx, text, inner - KEY_PX - 70, 1).concat("")[0] + (count ? `  ${count}` : "");
      const room = picture ? KEY_PX + 6 : 0;
      const space = room + ctx.measureText(words).width + 20;
      if (x > 0 && (x + space > inner || group !== before)) {
        x = 0;
        y += KEY_PX + 2;
      }
      before = group;
      const at = [x, y];
      steps.push(() => {
        ctx.font = `400 13px ${font}`;
        ctx.fillStyle = themeColour("ink-2");
        ctx.textAlign = isRtl ? "right" : "left";
        const [w, h] = picture ? [picture.width / RATIO, picture.height / RATIO] : [0, 0];
        const middle = isRtl ? width - MARGIN - at[0] - KEY_PX / 2 : MARGIN + at[0] + KEY_PX / 2;
        if (picture) ctx.drawImage(picture, middle - w / 2, at[1] + (KEY_PX - h) / 2, w, h);
        ctx.fillText(words, isRtl ? width - MARGIN - at[0] - room : MARGIN + at[0] + room, at[1] + KEY_PX / 2 + 4.5);
      });
      x += space;
    }
    y += KEY_PX;
  }

  canvas.width = RATIO * width;
  canvas.height = RATIO * Math.ceil(y);
  ctx.scale(RATIO, RATIO);
  ctx.direction = isRtl ? "rtl" : "ltr";
  ctx.fillStyle = themeColour("surface");
  ctx.fillRect(0, 0, width, y);
  for (const step of steps) step();
  return canvas;
}
