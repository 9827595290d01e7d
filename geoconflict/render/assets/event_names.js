// The names of the places of events, and where they may stand.
import { themeColour } from "./canvas_layer.js";

const NAMES_FROM_ZOOM = 6;
const MOST_NAMES = 1500;
const LETTER_PX = 6.4;

/** Names that the events write themselves. Those of whole countries they do not. @param {Model} model */
export function eventPlaceNames(model) {
  const { place_precision: precisions } = model.columns;
  return new Set(model.placeNames.filter((_, p) => precisions.at(p) !== "country"));
}

/**
 * Where the names of event places may stand: of all, whatever is shown now, so that names below do not come and go while playing;
 * else of those that `isThere`.
 * @param {Frame} frame @param {Model} model @param {(place: number) => boolean} isThere
 */
export function eventNameBoxes(frame, model, isThere = () => true) {
  /** @type {Box[]} */
  const boxes = [];
  const c = model.columns;
  const country = c.place_precision.values.indexOf("country");
  for (let p = 0; p < model.nPlaces && boxes.length < MOST_NAMES; p += 1) {
    if (c.place_precision.codes[p] === country || !isThere(p)) continue;
    const x = frame.x(model.placeX[p]), y = frame.y(model.placeY[p]);
    if (x < -400 || y < -20 || x > frame.width + 400 || y > frame.height + 20) continue;
    const name = model.placeNames[p];
    const width = frame.zoom >= NAMES_FROM_ZOOM && name ? 26 + LETTER_PX * name.length : 14;
    if (x > -width && x < frame.width + width) boxes.push([x - width, y - 12, x + width, y + 12]); // a name may stand on either side
  }
  return boxes;
}

/**
 * Returns draw(frame, items, crowd), which writes a name beside each symbol where it fits; `nameOf(places)`, `alphaOf(places)`.
 * @param {(places: number[]) => string} nameOf @param {(places: number[]) => number} alphaOf
 */
export function createNames(nameOf, alphaOf) {
  const widths = new Map();
  /** @param {Pen} ctx @param {string} name */
  function widthOf(ctx, name) {
    if (!widths.has(name)) widths.set(name, ctx.measureText(name).width);
    return widths.get(name);
  }
  /** @param {Frame} frame @param {Item} parts @param {Crowd} crowd */
  function drawName(frame, { places, x, y, r }, crowd) {
    const { ctx } = frame;
    const name = nameOf(places);
    if (!name) return;
    const width = widthOf(ctx, name);
    /** @type {Point[]} */
    const spots = [[x + r + 5, y], [x - r - 5 - width, y], [x - width / 2, y - r - 9], [x - width / 2, y + r + 9]];
    // A name is not cut off by the edge of the view.
    const [west, north, east, south] = frame.sight;
    /** @param {Point} parts */
    const isWhole = ([left, middle]) =>
      (left > west) === (left + width > west) && (left < east) === (left + width < east) &&
      (middle - 7 > north) === (middle + 7 > north) && (middle - 7 < south) === (middle + 7 < south);
    const spot = spots.find((one) => isWhole(one) && crowd.take(one[0] - 2, one[1] - 8, one[0] + width + 2, one[1] + 8));
    if (!spot) return;
    ctx.globalAlpha = alphaOf(places);
    ctx.strokeText(name, ...spot);
    ctx.fillText(name, ...spot);
    ctx.globalAlpha = 1;
  }
  /** @param {Frame} frame @param {Item[]} items @param {Crowd} crowd */
  return function draw(frame, items, crowd) {
    if (frame.zoom < NAMES_FROM_ZOOM) return;
    const { ctx } = frame;
    ctx.font = `500 11.5px ${themeColour("font")}`;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.lineWidth = 3;
    ctx.lineJoin = "round";
    ctx.strokeStyle = themeColour("map-land");
    ctx.fillStyle = themeColour("map-place");
    for (const item of [...items].sort((a, b) => b.n - a.n).slice(0, MOST_NAMES)) drawName(frame, item, crowd);
  };
}
