// The events on their canvas: spots as symbols, "near" as a ring, lines as lines, areas as hatched ground.
import { isInFrame, tracePath } from "./basemap.js";
import { Crowd } from "./basemap_labels.js";
import { CanvasLayer, themeColour } from "./canvas_layer.js";
import { el } from "./dom.js";
import { drawAreaFrame, drawStack, drawSymbol, hatch, stackRadius, typeStyle } from "./symbols.js";
import { formatNumber, trCount } from "./text.js";

const SYMBOL_PX = 7;
const FRAME_PX = 13;
const HIT_PX = 6;
const LEAST_AREA_PX = 14;
const NAMES_FROM_ZOOM = 6;
const FADE_PX = [30, 24, 18, 12, 7, 3];
const CLEAR_PX = 44;
const EARTH_M = 40075016.686;
const OLDEST_ALPHA = 0.18;

// Names that the events write themselves. Those of whole countries they do not.
export function eventPlaceNames(model) {
  const { place_name: names, place_precision: precisions } = model.columns;
  return new Set(names.all().filter((_, p) => precisions.at(p) !== "country"));
}

// Where the names of all event places may stand, whatever is shown now: names below must not come and go while playing.
export function eventNameBoxes(frame, model) {
  const boxes = [];
  const hasNames = frame.zoom >= NAMES_FROM_ZOOM;
  const seen = new Set(); // where nothing but symbols stands, one box does for all that nearly coincide
  for (let p = 0; p < model.nPlaces; p += 1) {
    const x = frame.x(model.placeX[p]), y = frame.y(model.placeY[p]);
    if (x < -300 || y < -20 || x > frame.width + 300 || y > frame.height + 20) continue;
    if (model.columns.place_precision.at(p) === "country") continue;
    const width = hasNames ? 26 + 6.4 * model.columns.place_name.at(p).length : 14;
    const spot = Math.round(x / 6) * 65536 + Math.round(y / 6);
    if (!hasNames && seen.has(spot)) continue;
    seen.add(spot);
    boxes.push([x - width, y - 12, x + width, y + 12]); // a name may stand on either side
  }
  return boxes;
}

export function createEventsLayer(model, map, open) {
  const c = model.columns;
  const types = model.types;
  // What stands on the canvas: {places, x, y, r, n}; the symbol of a group stands at the first of its places.
  let drawn = [];
  let hovered = -1;
  const sheet = document.createElement("canvas");
  const probe = document.createElement("canvas");

  const isSpot = (p) => model.isSpot[p] === 1;
  const shapeOf = (p) => model.shapes[c.place_shape[p]];
  const typeCounts = (places) => types.map((_, t) => places.reduce((sum, p) => sum + model.placeTypes[p * types.length + t], 0));
  // A town and its surroundings are two places of one name.
  function nameOf(places) {
    const nOthers = new Set(places.map((p) => c.place_name.at(p))).size - 1;
    return c.place_name.at(places[0]) + (nOthers ? ` +${formatNumber(nOthers)}` : "");
  }
  function radiusPx(frame, p) {
    const lat = Math.atan(Math.sinh(Math.PI * (1 - 2 * model.placeY[p])));
    return (c.place_radius_m[p] * frame.scale) / (EARTH_M * Math.cos(lat));
  }
  function extentPx(frame, p) {
    const shape = shapeOf(p);
    return shape ? Math.max(shape.box[2] - shape.box[0], shape.box[3] - shape.box[1]) * frame.scale * 0.5 : radiusPx(frame, p);
  }
  // In a fading trail, what was shown long ago is faint.
  const alphaOf = (places) => OLDEST_ALPHA + (1 - OLDEST_ALPHA) * model.freshness(places);
  // Ground of one type has its colour; of several, a neutral one, and so where all is denied.
  function colourOf(p) {
    if (model.placeDenied[p] === model.placeCounts[p]) return themeColour("map-mixed");
    const present = typeCounts([p]).map((count, t) => (count ? t : -1)).filter((t) => t >= 0);
    return present.length === 1 ? typeStyle(types[present[0]]).colour : themeColour("map-mixed");
  }

  function draw(frame) {
    const places = [];
    for (let p = 0; p < model.nPlaces; p += 1) if (model.placeCounts[p]) places.push(p);
    // Large areas first, so that small ones lie on top and can be clicked.
    const extents = places.filter((p) => !isSpot(p)).sort((a, b) => extentPx(frame, b) - extentPx(frame, a));
    for (const p of extents) drawExtent(frame, p);
    for (const p of places) if (c.place_precision.at(p) === "near") drawRing(frame, p);
    const isTiny = (p) => extentPx(frame, p) < 2 * LEAST_AREA_PX;
    const large = extents.filter((p) => !isTiny(p)).map((p) => symbolAt(frame, [p], anchorOf(frame, p)));
    drawn = [...large, ...groups(frame, places.filter((p) => isSpot(p) || isTiny(p)))].filter((item) => isVisible(frame, item));
    const crowd = new Crowd();
    for (const item of drawn) {
      drawItem(frame, item);
      crowd.take(item.x - item.r, item.y - item.r, item.x + item.r, item.y + item.r);
    }
    if (frame.zoom >= NAMES_FROM_ZOOM) for (const item of [...drawn].sort((a, b) => b.n - a.n)) drawName(frame, item, crowd);
  }

  // ------------------------------------------------------------ ground
  // Trace the outline of a place's ground; false when it is out of sight.
  function traceExtent(frame, ctx, p) {
    const shape = shapeOf(p);
    ctx.beginPath();
    if (shape) {
      if (!isInFrame(frame, shape.box, 20)) return false;
      for (const part of shape.parts) tracePath(frame, part, shape.isArea, ctx);
      return true;
    }
    const r = radiusPx(frame, p);
    const x = frame.x(model.placeX[p]), y = frame.y(model.placeY[p]);
    if (x + r < 0 || y + r < 0 || x - r > frame.width || y - r > frame.height) return false;
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    return true;
  }

  function drawExtent(frame, p) {
    if (extentPx(frame, p) < LEAST_AREA_PX) return;
    const { ctx } = frame;
    const shape = shapeOf(p);
    const colour = colourOf(p);
    if (shape && !shape.isArea) {
      ctx.save();
      ctx.lineJoin = ctx.lineCap = "round";
      ctx.strokeStyle = colour;
      if (traceExtent(frame, ctx, p)) {
        // A soft band says "somewhere along", a firm line says along what.
        for (const [alpha, width] of [[0.16, 15], [0.95, 2.6]]) {
          ctx.globalAlpha = alpha * alphaOf([p]);
          ctx.lineWidth = width;
          ctx.stroke();
        }
      }
      ctx.restore();
      return;
    }
    // Hatched on a sheet of its own, whose edge is then rubbed out softly: nobody knows where the ground ends.
    sheet.width = frame.width;
    sheet.height = frame.height;
    const pen = sheet.getContext("2d");
    pen.lineJoin = pen.lineCap = "round";
    if (!traceExtent(frame, pen, p)) return;
    pen.fillStyle = colour;
    // Faint, for grounds overlap, and a border or a name beneath them must still be read.
    pen.globalAlpha = 0.08;
    pen.fill("evenodd");
    pen.fillStyle = hatch(pen, colour);
    pen.globalAlpha = 0.34;
    pen.fill("evenodd");
    pen.globalCompositeOperation = "destination-out";
    pen.globalAlpha = 0.26;
    for (const width of FADE_PX) {
      pen.lineWidth = Math.min(width, extentPx(frame, p));
      pen.stroke();
    }
    ctx.globalAlpha = alphaOf([p]);
    ctx.drawImage(sheet, 0, 0);
    ctx.globalAlpha = 1;
  }

  function drawRing(frame, p) {
    const { ctx } = frame;
    ctx.save();
    ctx.globalAlpha = alphaOf([p]);
    ctx.beginPath();
    ctx.arc(frame.x(model.placeX[p]), frame.y(model.placeY[p]), Math.max(radiusPx(frame, p), SYMBOL_PX + 5), 0, 2 * Math.PI);
    ctx.fillStyle = themeColour("map-ring-fill");
    ctx.fill();
    ctx.setLineDash([4, 3.5]);
    ctx.lineWidth = 1.3;
    ctx.strokeStyle = themeColour("map-ring");
    ctx.stroke();
    ctx.restore();
  }

  // ------------------------------------------------------------ symbols
  function symbolAt(frame, places, anchor) {
    const n = places.reduce((sum, p) => sum + model.placeCounts[p], 0);
    const [mx, my] = anchor || [model.placeX[places[0]], model.placeY[places[0]]];
    const x = frame.x(mx), y = frame.y(my);
    const r = n > 1 ? stackRadius(n) : SYMBOL_PX;
    return { places, n, x, y, r: isSpot(places[0]) ? r : Math.max(FRAME_PX, r + 3) };
  }
  // Where the symbol of a line or an area stands: anywhere on it is as true as anywhere else, so where no spot is. It
  // depends on the zoom level alone and not on what is shown, so it stays where it is while the window moves.
  const anchors = new Map();
  function anchorOf(frame, p) {
    if (!anchors.has(frame.zoom)) anchors.set(frame.zoom, freeAnchors(frame));
    return anchors.get(frame.zoom).get(p);
  }
  function freeAnchors(frame) {
    const taken = [];
    const grounds = [];
    for (let p = 0; p < model.nPlaces; p += 1) {
      if (isSpot(p)) taken.push([model.placeX[p], model.placeY[p]]);
      else if (c.place_precision.at(p) !== "country") grounds.push(p);
    }
    const clearance = ([x, y]) => taken.reduce((least, [tx, ty]) => Math.min(least, Math.hypot(tx - x, ty - y)), Infinity) * frame.scale;
    const found = new Map();
    // The smallest ground has the least choice, so it chooses first.
    for (const p of grounds.sort((one, other) => extentPx(frame, one) - extentPx(frame, other))) {
      let best = [model.placeX[p], model.placeY[p]];
      let most = clearance(best);
      const others = most < CLEAR_PX && extentPx(frame, p) >= 2 * LEAST_AREA_PX ? candidates(frame, p) : [];
      for (const one of others) {
        if (most >= CLEAR_PX) break;
        const free = clearance(one);
        if (free > most) [best, most] = [one, free];
      }
      taken.push(best);
      found.set(p, best);
    }
    return found;
  }
  // Points on the ground of a place, those near its middle first.
  function candidates(frame, p) {
    const shape = shapeOf(p);
    const r = radiusPx(frame, p) / frame.scale;
    const [x0, y0] = [model.placeX[p], model.placeY[p]];
    const box = shape ? shape.box : [x0 - r, y0 - r, x0 + r, y0 + r];
    const points = [];
    if (shape && !shape.isArea) {
      for (const part of shape.parts)
        for (let i = 0; i + 3 < part.length; i += 2)
          for (const share of [0, 0.33, 0.67]) points.push([part[i] + share * (part[i + 2] - part[i]), part[i + 1] + share * (part[i + 3] - part[i + 1])]);
    } else {
      const [dx, dy] = [(box[2] - box[0]) / 12, (box[3] - box[1]) / 12];
      const path = new Path2D();
      if (shape)
        for (const part of shape.parts) {
          for (let i = 0; i < part.length; i += 2) path[i ? "lineTo" : "moveTo"]((part[i] - box[0]) / dx, (part[i + 1] - box[1]) / dy);
          path.closePath();
        }
      else path.arc(6, 6, 6, 0, 2 * Math.PI);
      const pen = probe.getContext("2d");
      for (let i = 1; i < 12; i += 1)
        for (let j = 1; j < 12; j += 1)
          if (pen.isPointInPath(path, i, j, "evenodd")) points.push([box[0] + dx * i, box[1] + dy * j]);
    }
    const far = ([x, y]) => Math.hypot(x - x0, y - y0);
    return points.sort((a, b) => far(a) - far(b));
  }
  const isVisible = (frame, { x, y }) => x > -40 && y > -40 && x < frame.width + 40 && y < frame.height + 40;

  // Spots, and areas no larger than a symbol, whose symbols would cover each other share one: it stands at the spot with
  // the most events. No symbol is moved.
  function groups(frame, spots) {
    const cell = 64;
    const grid = new Map();
    const found = [];
    const order = spots.sort((a, b) => isSpot(b) - isSpot(a) || model.placeCounts[b] - model.placeCounts[a] || a - b);
    for (const p of order) {
      const item = symbolAt(frame, [p]);
      if (!isVisible(frame, item)) continue;
      const column = Math.floor(item.x / cell), row = Math.floor(item.y / cell);
      let host = null;
      for (let dx = -1; dx <= 1 && !host; dx += 1)
        for (let dy = -1; dy <= 1 && !host; dy += 1)
          host = (grid.get(`${column + dx}/${row + dy}`) || []).find((one) => Math.hypot(one.x - item.x, one.y - item.y) < (one.r + item.r) * 0.7);
      if (host) {
        host.places.push(p);
        continue;
      }
      const key = `${column}/${row}`;
      if (!grid.has(key)) grid.set(key, []);
      grid.get(key).push(item);
      found.push(item);
    }
    return found.map((item) => symbolAt(frame, item.places));
  }

  function drawItem(frame, { places, n, x, y, r }) {
    const { ctx } = frame;
    ctx.globalAlpha = alphaOf(places);
    if (!isSpot(places[0])) drawAreaFrame(ctx, x, y, r);
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
    else drawSymbol(ctx, x, y, SYMBOL_PX, c.event_type.at(event), c.status.at(event));
    ctx.globalAlpha = 1;
  }

  function drawName(frame, { places, x, y, r }, crowd) {
    const { ctx } = frame;
    const name = nameOf(places);
    ctx.font = `500 11.5px ${themeColour("font")}`;
    const width = ctx.measureText(name).width;
    const spots = [[x + r + 5, y], [x - r - 5 - width, y], [x - width / 2, y - r - 9], [x - width / 2, y + r + 9]];
    // A name is not cut off by the edge of the view.
    const [west, north, east, south] = frame.sight;
    const isWhole = ([left, middle]) =>
      (left > west) === (left + width > west) && (left < east) === (left + width < east) &&
      (middle - 7 > north) === (middle + 7 > north) && (middle - 7 < south) === (middle + 7 < south);
    const spot = spots.find((one) => isWhole(one) && crowd.take(one[0] - 2, one[1] - 8, one[0] + width + 2, one[1] + 8));
    if (!spot) return;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.lineWidth = 3;
    ctx.lineJoin = "round";
    ctx.strokeStyle = themeColour("map-land");
    ctx.globalAlpha = alphaOf(places);
    ctx.strokeText(name, ...spot);
    ctx.fillStyle = themeColour("map-place");
    ctx.fillText(name, ...spot);
    ctx.globalAlpha = 1;
  }

  // ------------------------------------------------------------ pointing
  // What is drawn under a point of the map's container, or null: symbols win over the ground they stand on.
  function itemAt(containerPoint) {
    const { x, y } = layer.frame.fromContainer(containerPoint);
    let best = null, nearest = HIT_PX;
    for (const item of drawn) {
      const distance = Math.hypot(item.x - x, item.y - y) - item.r;
      if (distance <= nearest) [best, nearest] = [item, distance];
    }
    return best || groundAt(x, y);
  }
  function groundAt(x, y) {
    const { ctx, ratio } = layer.frame;
    const grounds = drawn.filter(({ places }) => !isSpot(places[0]) && extentPx(layer.frame, places[0]) >= LEAST_AREA_PX);
    return grounds.reverse().find(({ places: [p] }) => {
      if (!traceExtent(layer.frame, ctx, p)) return false;
      ctx.lineWidth = 14;
      const shape = shapeOf(p);
      const isLine = shape && !shape.isArea;
      return isLine ? ctx.isPointInStroke(x * ratio, y * ratio) : ctx.isPointInPath(x * ratio, y * ratio, "evenodd");
    }) || null;
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
      tip.textContent = trCount("tip", item.n, { place: nameOf(item.places) });
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
  layer.drawnItems = () => {
    const corner = layer.frame.fromContainer(L.point(0, 0));
    return drawn.map(({ places, n, x, y }) => ({ n, x: x - corner.x, y: y - corner.y, alpha: alphaOf(places), names: places.map((p) => c.place_name.at(p)) }));
  };
  return layer;
}
