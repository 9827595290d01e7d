// The events on their canvas: spots as symbols, "near" as a ring, lines as lines, areas as hatched ground.
"use strict";
(function (gc) {
  const SYMBOL_PX = 7;
  const FRAME_PX = 13;
  const HIT_PX = 6;
  const LEAST_AREA_PX = 14;
  const EARTH_M = 40075016.686;

  gc.eventsLayer = function (model, map, open) {
    const c = model.columns;
    const types = model.types;
    let drawn = [];
    let hovered = -1;

    const precision = (p) => c.place_precision.at(p);
    const isSpot = (p) => ["exact", "town", "near"].includes(precision(p));
    const shapeOf = (p) => model.shapes[c.place_shape[p]];
    const counts = (p) => Array.from(model.placeTypes.subarray(p * types.length, (p + 1) * types.length));
    const metresToPx = (frame, p, metres) => {
      const lat = Math.atan(Math.sinh(Math.PI * (1 - 2 * model.placeY[p])));
      return (metres * frame.scale) / (EARTH_M * Math.cos(lat));
    };
    function colourOf(p) {
      const here = counts(p);
      const only = here.filter((count) => count > 0).length === 1 ? here.findIndex((count) => count > 0) : -1;
      return only >= 0 ? gc.typeStyle(types[only]).colour : gc.colour("map-mixed");
    }

    function draw(frame) {
      const places = [];
      for (let p = 0; p < model.nPlaces; p += 1) if (model.placeCounts[p]) places.push(p);
      drawn = [];
      // Large areas first, so that small ones lie on top and can be clicked.
      const extents = places.filter((p) => !isSpot(p)).sort((a, b) => extentPx(frame, b) - extentPx(frame, a));
      for (const p of extents) drawExtent(frame, p);
      for (const p of places) if (precision(p) === "near") drawRing(frame, p);
      const order = [...extents, ...places.filter(isSpot).sort((a, b) => model.placeCounts[b] - model.placeCounts[a])];
      const crowd = new gc.Crowd();
      for (const p of order) drawPlace(frame, p, crowd);
      if (frame.zoom >= 6.5) for (const item of [...drawn].reverse()) drawName(frame, item, crowd);
    }

    function extentPx(frame, p) {
      const shape = shapeOf(p);
      if (!shape) return metresToPx(frame, p, c.place_radius_m[p]);
      return Math.max(shape.box[2] - shape.box[0], shape.box[3] - shape.box[1]) * frame.scale * 0.5;
    }

    function drawExtent(frame, p) {
      const { ctx } = frame;
      const shape = shapeOf(p);
      const colour = colourOf(p);
      if (extentPx(frame, p) < LEAST_AREA_PX) return;
      ctx.save();
      ctx.lineJoin = ctx.lineCap = "round";
      if (shape) {
        if (!gc.isInFrame(frame, shape.box, 20)) return void ctx.restore();
        ctx.beginPath();
        for (const part of shape.parts) gc.trace(frame, part, shape.isArea);
      }
      if (shape && !shape.isArea) {
        // A soft band says "somewhere along", a firm line says which.
        ctx.strokeStyle = colour;
        ctx.globalAlpha = 0.16;
        ctx.lineWidth = 15;
        ctx.stroke();
        ctx.globalAlpha = 0.95;
        ctx.lineWidth = 2.6;
        ctx.stroke();
      } else if (shape) {
        ctx.clip("evenodd");
        ctx.fillStyle = gc.hatch(ctx, colour);
        ctx.globalAlpha = 0.34;
        ctx.fill("evenodd");
        ctx.strokeStyle = colour;
        ctx.globalAlpha = 0.09;
        for (const width of [28, 18, 9]) {
          ctx.lineWidth = width;
          ctx.stroke();
        }
      } else {
        const r = metresToPx(frame, p, c.place_radius_m[p]);
        const x = frame.x(model.placeX[p]), y = frame.y(model.placeY[p]);
        if (x + r < 0 || y + r < 0 || x - r > frame.width || y - r > frame.height) return void ctx.restore();
        ctx.beginPath();
        ctx.arc(x, y, r, 0, 2 * Math.PI);
        ctx.clip();
        ctx.fillStyle = gc.hatch(ctx, colour);
        ctx.globalAlpha = 0.34;
        ctx.fill();
        ctx.strokeStyle = colour;
        ctx.globalAlpha = 0.09;
        for (const width of [28, 18, 9]) {
          ctx.lineWidth = width;
          ctx.stroke();
        }
      }
      ctx.restore();
    }

    function drawRing(frame, p) {
      const { ctx } = frame;
      const r = Math.max(metresToPx(frame, p, c.place_radius_m[p]), SYMBOL_PX + 5);
      ctx.save();
      ctx.beginPath();
      ctx.arc(frame.x(model.placeX[p]), frame.y(model.placeY[p]), r, 0, 2 * Math.PI);
      ctx.fillStyle = gc.colour("map-ring-fill");
      ctx.fill();
      ctx.setLineDash([4, 3.5]);
      ctx.lineWidth = 1.3;
      ctx.strokeStyle = gc.colour("map-ring");
      ctx.stroke();
      ctx.restore();
    }

    function drawPlace(frame, p, crowd) {
      const x = frame.x(model.placeX[p]), y = frame.y(model.placeY[p]);
      if (x < -30 || y < -30 || x > frame.width + 30 || y > frame.height + 30) return;
      const { ctx } = frame;
      const n = model.placeCounts[p];
      const isSelected = model.selected >= 0 && c.place[model.selected] === p + 1;
      let r = n > 1 ? gc.stackRadius(n) : SYMBOL_PX;
      if (!isSpot(p)) gc.drawAreaFrame(ctx, x, y, (r = Math.max(FRAME_PX, r + 3)));
      if (isSelected || p === hovered) {
        ctx.beginPath();
        ctx.arc(x, y, r + 6, 0, 2 * Math.PI);
        ctx.lineWidth = isSelected ? 3 : 2;
        ctx.strokeStyle = gc.colour("accent");
        ctx.stroke();
      }
      if (n > 1) gc.drawStack(ctx, x, y, counts(p), types, n);
      else gc.drawSymbol(ctx, x, y, SYMBOL_PX, c.event_type.at(model.placeEvent[p]), c.status.at(model.placeEvent[p]));
      crowd.take(x - r, y - r, x + r, y + r);
      drawn.push({ p, x, y, r });
    }

    function drawName(frame, { p, x, y, r }, crowd) {
      const { ctx } = frame;
      const name = c.place_name.at(p);
      ctx.font = `500 11.5px ${gc.colour("font")}`;
      const width = ctx.measureText(name).width;
      const spots = [[x + r + 5, y], [x - r - 5 - width, y], [x - width / 2, y - r - 9], [x - width / 2, y + r + 9]];
      const spot = spots.find(([left, middle]) => crowd.take(left - 2, middle - 8, left + width + 2, middle + 8));
      if (!spot) return;
      ctx.textAlign = "left";
      ctx.textBaseline = "middle";
      ctx.lineWidth = 3;
      ctx.lineJoin = "round";
      ctx.strokeStyle = gc.colour("map-land");
      ctx.strokeText(name, ...spot);
      ctx.fillStyle = gc.colour("map-place");
      ctx.fillText(name, ...spot);
    }

    // The place under a point of the map's container, or -1: symbols win over the ground they stand on.
    function placeAt(containerPoint) {
      const { x, y } = layer.frame.fromContainer(containerPoint);
      let best = -1, nearest = Infinity;
      for (const item of drawn) {
        const distance = Math.hypot(item.x - x, item.y - y) - item.r;
        if (distance <= HIT_PX && distance <= nearest) [best, nearest] = [item.p, distance];
      }
      return best >= 0 ? best : extentAt(x, y);
    }
    function extentAt(x, y) {
      const { ctx, ratio } = layer.frame;
      const found = drawn.filter(({ p }) => !isSpot(p) && extentPx(layer.frame, p) >= LEAST_AREA_PX);
      for (const { p } of found.reverse()) {
        const shape = shapeOf(p);
        if (!shape) {
          const dx = x - layer.frame.x(model.placeX[p]), dy = y - layer.frame.y(model.placeY[p]);
          if (Math.hypot(dx, dy) <= metresToPx(layer.frame, p, c.place_radius_m[p])) return p;
          continue;
        }
        ctx.beginPath();
        for (const part of shape.parts) gc.trace(layer.frame, part, shape.isArea);
        ctx.lineWidth = 14;
        const hit = shape.isArea
          ? ctx.isPointInPath(x * ratio, y * ratio, "evenodd")
          : ctx.isPointInStroke(x * ratio, y * ratio);
        if (hit) return p;
      }
      return -1;
    }

    const layer = new gc.CanvasLayer(draw, { pane: "gc-events" });
    const tip = gc.el("div", { class: "gc-tip", hidden: true, "aria-hidden": "true" });
    map.getContainer().append(tip);

    map.on("click", (event) => {
      const p = placeAt(event.containerPoint);
      if (p >= 0) open(p);
    });
    map.on("mousemove", (event) => {
      const p = placeAt(event.containerPoint);
      map.getContainer().classList.toggle("gc-over-event", p >= 0);
      if (p >= 0) {
        tip.textContent = gc.tn("tip", model.placeCounts[p], { place: c.place_name.at(p) });
        tip.hidden = false;
        L.DomUtil.setPosition(tip, event.containerPoint.add([14, 14]));
      } else tip.hidden = true;
      if (p !== hovered) {
        hovered = p;
        layer.schedule();
      }
    });
    map.on("mouseout movestart", () => {
      tip.hidden = true;
      hovered = -1;
    });
    // Where tests and the keyboard find what is drawn: places with their container points.
    layer.drawnPlaces = () => {
      const origin = layer.frame.fromContainer(L.point(0, 0));
      return drawn.map(({ p, x, y }) => ({ p, n: model.placeCounts[p], x: x - origin.x, y: y - origin.y, name: c.place_name.at(p) }));
    };
    return layer;
  };
})((window.geoconflict = window.geoconflict || {}));
