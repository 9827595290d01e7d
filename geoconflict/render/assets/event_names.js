// The names of the places of events, and where they may stand.
import { themeColour } from "./canvas_layer.js";
import { Crowd } from "./crowd.js";

const NAMES_FROM_ZOOM = 4; // large countries fill a screen at 5, two neighbours at 4
const MOST_NAMES = 1500;
const LETTER_PX = 6.4;
const GAP_PX = 5;
const HALF_PX = 8; // of the height of the letters, with a margin
// Nobody should read a name as another symbol's: none stands near its ends, and where there is room none just above or below it.
const CLEAR_X_PX = 10, CLEAR_Y_PX = 6;

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
 * Returns draw(frame, items), which writes a name beside each symbol where it fits; `nameOf(places)`, `alphaOf(places)`.
 * @param {(places: number[]) => string} nameOf @param {(places: number[]) => number} alphaOf
 */
export function createNames(nameOf, alphaOf) {
  const widths = new Map();
  /** @param {Pen} ctx @param {string} name */
  function widthOf(ctx, name) {
    if (!widths.has(name)) widths.set(name, ctx.measureText(name).width);
    return widths.get(name);
  }
  /** @param {Frame} frame @param {Item} item @param {Box} own @param {Crowd} symbols @param {Crowd} written */
  function drawName(frame, { places, x, y, r }, own, symbols, written) {
    const { ctx } = frame;
    const name = nameOf(places);
    if (!name) return;
    const width = widthOf(ctx, name), near = r + GAP_PX;
    /** @type {Point[]} */
    const spots = [[x + near, y], [x - near - width, y], [x - width / 2, y - near - 4], [x - width / 2, y + near + 4]];
    // A name is not cut off by the edge of the view.
    const [west, north, east, south] = frame.sight;
    /** @param {Point} spot */
    const isWhole = ([left, middle]) =>
      (left > west) === (left + width > west) && (left < east) === (left + width < east) &&
      (middle - 7 > north) === (middle + 7 > north) && (middle - 7 < south) === (middle + 7 < south);
    /** @param {number} clearY */
    const spotWith = (clearY) =>
      spots.find((one) => {
        const [left, middle] = one, right = left + width, top = middle - HALF_PX, bottom = middle + HALF_PX;
        return isWhole(one) && symbols.isFree(left - CLEAR_X_PX, top - clearY, right + CLEAR_X_PX, bottom + clearY, own) && written.take(left - 2, top, right + 2, bottom);
      });
    const spot = spotWith(CLEAR_Y_PX) || spotWith(0);
    if (!spot) return;
    ctx.globalAlpha = alphaOf(places);
    ctx.strokeText(name, ...spot);
    ctx.fillText(name, ...spot);
    ctx.globalAlpha = 1;
  }
  /** @param {Frame} frame @param {Item[]} items */
  return function draw(frame, items) {
    if (frame.zoom < NAMES_FROM_ZOOM) return;
    const { ctx } = frame;
    ctx.font = `500 11.5px ${themeColour("font")}`;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.lineWidth = 3;
    ctx.lineJoin = "round";
    ctx.strokeStyle = themeColour("map-land");
    ctx.fillStyle = themeColour("map-place");
    const symbols = new Crowd(), written = new Crowd();
    const boxes = new Map(items.map((item) => [item, symbols.add(item.x - item.r, item.y - item.r, item.x + item.r, item.y + item.r)]));
    for (const item of [...items].sort((a, b) => b.n - a.n).slice(0, MOST_NAMES)) drawName(frame, item, /** @type {Box} */ (boxes.get(item)), symbols, written);
  };
}
