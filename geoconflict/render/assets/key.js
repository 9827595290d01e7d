// The key of the panel to how places of each precision are drawn.
import { themeColour } from "./canvas_layer.js";
import { el } from "./dom.js";
import { WHERE } from "./model.js";
import { ANY_TYPE, drawAreaFrame, drawSymbol, hatch, symbolPicture } from "./symbols.js";
import { tr } from "./text.js";

/** @param {Model} model */
export function precisionKey(model) {
  const { place, place_precision: precision } = model.columns;
  const isUsed = new Uint8Array(model.nPlaces);
  for (let i = 0; i < model.n; i += 1) if (model.where[i] === WHERE.ON_MAP) isUsed[place[i] - 1] = 1;
  const used = new Set(precision.values.filter((_, code) => precision.codes.some((one, p) => one === code && isUsed[p])));
  const colour = () => themeColour("map-mixed");
  const pictures = {
    /** @param {Pen} ctx @param {number} m */
    spot: (ctx, m) => drawSymbol(ctx, m, m, 6, ANY_TYPE, "occurred"),
    /** @param {Pen} ctx @param {number} m */
    unstated: (ctx, m) => drawSymbol(ctx, m, m, 6, ANY_TYPE, "unstated"),
    /** @param {Pen} ctx @param {number} m */
    near: (ctx, m) => {
      ctx.beginPath();
      ctx.arc(m, m, 11, 0, 2 * Math.PI);
      ctx.setLineDash([3, 2.5]);
      ctx.strokeStyle = themeColour("map-ring");
      ctx.stroke();
      drawSymbol(ctx, m, m, 4.5, ANY_TYPE, "occurred");
    },
    /** @param {Pen} ctx @param {number} m */
    line: (ctx, m) => {
      ctx.strokeStyle = colour();
      ctx.lineCap = "round";
      for (const [width, alpha] of [[9, 0.18], [2.4, 1]]) {
        ctx.globalAlpha = alpha;
        ctx.lineWidth = width;
        ctx.beginPath();
        ctx.moveTo(m - 8, m + 5);
        ctx.bezierCurveTo(m - 3, m - 9, m + 3, m + 9, m + 8, m - 5);
        ctx.stroke();
      }
      ctx.globalAlpha = 1;
    },
    /** @param {Pen} ctx @param {number} m */
    area: (ctx, m) => {
      ctx.beginPath();
      ctx.roundRect(m - 10, m - 8, 20, 16, 6);
      ctx.fillStyle = hatch(colour());
      ctx.globalAlpha = 0.7;
      ctx.fill();
      ctx.globalAlpha = 1;
      drawAreaFrame(ctx, m, m, 5);
    },
  };
  /** @type {[keyof typeof pictures, boolean][]} */
  const shown = [["spot", used.has("exact") || used.has("town")], ["unstated", used.has("unstated")], ["near", used.has("near")], ["line", used.has("line")],
    ["area", ["area", "admin1", "admin2", "region", "sea"].some((one) => used.has(one))]];
  return el("ul", { class: "gc-legend gc-key" }, ...shown.filter(([, is]) => is).map(([kind]) =>
    el("li", { class: "gc-key-row" }, symbolPicture(26, pictures[kind]), el("span", { text: tr(`legend.${kind}`) }))));
}
