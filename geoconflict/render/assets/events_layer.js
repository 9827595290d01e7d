// The events on their canvas: spots as symbols, "near" as a ring, lines as lines, areas as hatched ground, and what is pointed at.
import { createAnchors } from "./anchors.js";
import { CanvasLayer, themeColour } from "./canvas_layer.js";
import { el, shownText } from "./dom.js";
import { createNames } from "./event_names.js";
import { createGrounds, LEAST_AREA_PX } from "./grounds.js";
import { grouped, symbolOf, SYMBOL_PX } from "./groups.js";
import { createPixels } from "./pixels.js";
import { PlaceGeometry } from "./place_geometry.js";
import { drawAreaFrame, drawStack, drawSymbol, typeStyle } from "./symbols.js";
import { formatNumber, trCount } from "./text.js";

const HIT_PX = 6;
const MARGIN_PX = 40;
const OLDEST_ALPHA = 0.18;
// Above so many places in sight, symbols would hide each other and take long: they become pixels.
const MOST_SYMBOLS = 5000;

/**
 * @param {Model} model
 * @param {(places: number[]) => void} open called with the places of a symbol that is clicked
 * @param {L.Map} map
 */
export function createEventsLayer(model, map, open) {
  const c = model.columns;
  const types = model.drawnTypes;
  const geometry = new PlaceGeometry(model);
  const anchorOf = createAnchors(model, geometry);
  const drawPixels = createPixels();
  const grounds = createGrounds(geometry, { colourOf, alphaOf });
  const drawNames = createNames(nameOf, alphaOf);
  // What stands on the canvas: {places, x, y, r, n}; the symbol of a group stands at the first of its places.
  /** @type {Item[]} */
  let drawn = [];
  /** @type {number[]} */
  let drawnGrounds = [];
  let hovered = -1;
  let isPixels = false;
  const inSight = new Int32Array(model.nPlaces);

  /** @param {number[]} places */
  function typeCounts(places) {
    const counts = new Array(types.length).fill(0);
    for (const p of places) for (let t = 0; t < types.length; t += 1) counts[t] += model.placeTypes[p * types.length + t];
    return counts;
  }
  // A town and its surroundings are two places of one name.
  /** @param {string[]} names */
  function joined(names) {
    const nOthers = new Set(names).size - 1;
    return names[0] + (nOthers > 0 ? ` +${formatNumber(nOthers)}` : "");
  }
  /** @param {number[]} places */
  const titleOf = (places) => joined(places.map((p) => model.placeTitle(p)));
  // Coordinates are no name: what has none stands without.
  /** @param {number[]} places */
  function nameOf(places) {
    const names = places.map((p) => model.placeNames[p]).filter((name) => name !== "");
    return names.length ? joined(names) : "";
  }
  // In a fading trail, what was shown long ago is faint.
  /** @param {number[]} places */
  function alphaOf(places) {
    return OLDEST_ALPHA + (1 - OLDEST_ALPHA) * model.freshness(places);
  }
  // Ground of one type has its colour; of several, a neutral one, and so where all is denied.
  /** @param {number} p */
  function colourOf(p) {
    if (model.placeDenied[p] === model.placeCounts[p]) return themeColour("map-mixed");
    let only = -1;
    for (let t = 0; t < types.length; t += 1) {
      if (!model.placeTypes[p * types.length + t]) continue;
      if (only >= 0) return themeColour("map-mixed");
      only = t;
    }
    return typeStyle(types[only]).colour;
  }

  /** @param {Frame} frame */
  function draw(frame) {
    let n = 0;
    for (let p = 0; p < model.nPlaces; p += 1) {
      if (!model.placeCounts[p] || !model.isSpot[p]) continue;
      const x = frame.x(model.placeX[p]), y = frame.y(model.placeY[p]);
      if (x < -MARGIN_PX || y < -MARGIN_PX || x > frame.width + MARGIN_PX || y > frame.height + MARGIN_PX) continue;
      inSight[n] = p;
      n += 1;
    }
    drawnGrounds = geometry.grounds.filter((p) => model.placeCounts[p] && geometry.isInSight(frame, p, MARGIN_PX));
    isPixels = n + drawnGrounds.length > MOST_SYMBOLS;
    grounds.draw(frame, drawnGrounds, isPixels ? [] : Array.from(inSight.subarray(0, n)).filter(geometry.isNear));
    if (isPixels) drawDots(frame, n);
    else drawSymbols(frame, Array.from(inSight.subarray(0, n)));
  }
  /** @param {Frame} frame @param {number} n */
  function drawDots(frame, n) {
    drawn = [];
    const colours = types.map((type) => typeStyle(type).colour);
    /** @param {number} p */
    const typeOf = (p) => model.drawnAs(c.event_type.codes[model.placeEvent[p]]);
    // Paler where only an area or a line is known.
    frame.ctx.globalAlpha = 0.45;
    drawPixels(frame, model, drawnGrounds, drawnGrounds.length, typeOf, colours);
    frame.ctx.globalAlpha = 1;
    drawPixels(frame, model, inSight, n, typeOf, colours);
  }
  /** @param {Frame} frame @param {number[]} spots */
  function drawSymbols(frame, spots) {
    /** @param {number} p */
    const isTiny = (p) => geometry.extent[p] * frame.scale < 2 * LEAST_AREA_PX;
    const large = drawnGrounds.filter((p) => !isTiny(p)).map((p) => symbolOf(frame, model, [p], anchorOf(frame, p)));
    const small = grouped(frame, model, spots.concat(drawnGrounds.filter(isTiny)));
    drawn = large.concat(small).filter(({ x, y }) => x > -MARGIN_PX && y > -MARGIN_PX && x < frame.width + MARGIN_PX && y < frame.height + MARGIN_PX);
    for (const item of drawn) drawItem(frame, item);
    drawNames(frame, drawn);
  }
  /** @param {Frame} frame @param {Item} parts */
  function drawItem(frame, { places, n, x, y, r }) {
    const { ctx } = frame;
    ctx.globalAlpha = alphaOf(places);
    if (!model.isSpot[places[0]]) drawAreaFrame(ctx, x, y, r);
    const isSelected = model.selected >= 0 && places.includes(c.place[model.selected] - 1);
    if (isSelected || places[0] === hovered) {
      ctx.beginPath();
      ctx.arc(x, y, r + 6, 0, 2 * Math.PI);
      ctx.lineWidth = isSelected ? 3 : 2;
      ctx.strokeStyle = themeColour("accent");
      ctx.stroke();
    }
    const event = model.placeEvent[places[0]];
    if (n > 1) drawStack(ctx, x, y, typeCounts(places), types, n);
    else drawSymbol(ctx, x, y, SYMBOL_PX, types[model.drawnAs(c.event_type.codes[event])], c.status.at(event));
    ctx.globalAlpha = 1;
  }

  // ------------------------------------------------------------ pointing
  // What is drawn under a point of the map's container, or null: symbols win over the ground they stand on.
  /** @param {L.Point} containerPoint */
  function itemAt(containerPoint) {
    if (!layer.frame) return null; // not drawn yet
    const { x, y } = layer.frame.fromContainer(containerPoint);
    let best = null, nearest = HIT_PX;
    for (const item of isPixels ? dotsNear(x, y) : drawn) {
      const distance = Math.hypot(item.x - x, item.y - y) - item.r;
      if (distance <= nearest) [best, nearest] = [item, distance];
    }
    if (best) return best;
    const ground = grounds.at(layer.frame, drawnGrounds, x, y);
    if (ground === undefined) return null;
    return drawn.find((item) => item.places[0] === ground) || symbolOf(layer.frame, model, [ground], anchorOf(layer.frame, ground));
  }
  // Dots that a click may mean: those that lie on each other are one.
  /** @param {number} x @param {number} y */
  function dotsNear(x, y) {
    const { frame } = layer;
    const places = [];
    for (let p = 0; p < model.nPlaces; p += 1)
      if (model.placeCounts[p] && !geometry.isCountry(p) && Math.hypot(frame.x(model.placeX[p]) - x, frame.y(model.placeY[p]) - y) <= HIT_PX) places.push(p);
    return places.length ? [{ ...symbolOf(frame, model, places), x, y }] : [];
  }

  const layer = new CanvasLayer(draw, { pane: "gc-events" });
  const tip = el("div", { class: "gc-tip", hidden: true, "aria-hidden": "true" });
  map.getContainer().append(tip);
  map.on("click", (event) => {
    const item = itemAt(event.containerPoint);
    if (item) open(item.places);
  });
  map.on("mousemove", (event) => {
    const item = itemAt(event.containerPoint);
    map.getContainer().classList.toggle("gc-over-event", item !== null);
    tip.hidden = item === null;
    if (item) {
      tip.textContent = shownText(trCount("tip", item.n, { place: titleOf(item.places) }));
      L.DomUtil.setPosition(tip, event.containerPoint.add([14, 14]));
    }
    const over = item ? item.places[0] : -1;
    if (over === hovered) return;
    hovered = over;
    layer.schedule();
  });
  map.on("mouseout movestart", () => {
    tip.hidden = true;
    hovered = -1;
  });
  // What is drawn, with its point in the map's container.
  const drawnItems = () => {
    const corner = layer.frame.fromContainer(L.point(0, 0));
    return drawn.map(({ places, n, x, y }) => ({ n, x: x - corner.x, y: y - corner.y, alpha: alphaOf(places), names: places.map((p) => model.placeNames[p]) }));
  };
  return Object.assign(layer, { drawnItems });
}
