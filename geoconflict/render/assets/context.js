// Dated lines and areas that the map's maker gave as context: drawn as of the end of the time window.
import { isInFrame, tracePath } from "./basemap.js";
import { CanvasLayer, themeColour } from "./canvas_layer.js";

export function contextItems(model) {
  const c = model.columns;
  return Array.from({ length: c.context_shape.length }, (_, i) => ({
    name: c.context_name.at(i),
    note: c.context_note.at(i),
    approximate: c.context_approximate[i] === 1,
    from: c.context_has_from[i] ? c.context_from[i] : null,
    to: c.context_has_to[i] ? c.context_to[i] : null,
    shape: model.shapes[c.context_shape[i]],
  })).filter((item) => item.shape);
}
export const isValidOn = (item, day) => (item.from === null || item.from <= day) && (item.to === null || day <= item.to);

export function createContextLayer(model, items) {
  function draw(frame) {
    const { ctx } = frame;
    const colour = themeColour("map-context");
    ctx.lineJoin = ctx.lineCap = "round";
    for (const item of items) {
      if (model.hasDays && !isValidOn(item, model.to)) continue;
      if (!isInFrame(frame, item.shape.box, 8)) continue;
      ctx.beginPath();
      for (const part of item.shape.parts) tracePath(frame, part, item.shape.isArea);
      if (item.shape.isArea) {
        ctx.fillStyle = themeColour("map-context-fill");
        ctx.fill("evenodd");
      }
      ctx.strokeStyle = themeColour("map-halo");
      ctx.lineWidth = 4;
      ctx.setLineDash([]);
      ctx.globalAlpha = 0.5;
      ctx.stroke();
      ctx.globalAlpha = 1;
      ctx.strokeStyle = colour;
      ctx.lineWidth = item.shape.isArea ? 1.4 : 2.2;
      ctx.setLineDash(item.approximate ? [7, 5] : []);
      ctx.stroke();
      ctx.setLineDash([]);
      drawName(frame, item, colour);
    }
  }

  // The name stands once, at the middle of the part with the most points.
  function drawName(frame, item, colour) {
    const { ctx } = frame;
    const part = item.shape.parts.reduce((a, b) => (b.length > a.length ? b : a));
    const [left, top, right, bottom] = item.shape.box;
    const middle = 2 * Math.floor(part.length / 4);
    const x = frame.x(item.shape.isArea ? (left + right) / 2 : part[middle]);
    const y = frame.y(item.shape.isArea ? (top + bottom) / 2 : part[middle + 1]);
    const widest = Math.max(frame.x(right) - frame.x(left), frame.y(bottom) - frame.y(top));
    ctx.font = `italic 500 11.5px ${themeColour("font")}`;
    if (ctx.measureText(item.name).width > widest) return;
    ctx.textAlign = item.shape.isArea ? "center" : "left";
    ctx.textBaseline = "middle";
    ctx.lineWidth = 3.5;
    ctx.strokeStyle = themeColour("map-halo");
    const dx = item.shape.isArea ? 0 : 10;
    ctx.strokeText(item.name, x + dx, y);
    ctx.fillStyle = colour;
    ctx.fillText(item.name, x + dx, y);
  }
  return new CanvasLayer(draw, { pane: "gc-context" });
}
