// A Leaflet layer that is one canvas, redrawn when the view settles and scaled while it moves. At first it draws what is in sight
// alone, a frame or two later with a margin that dragging brings into sight.
const PADDING = 0.2;
const MAX_RATIO = 2;

// `draw(frame)` gets {ctx, width, height, zoom, scale, x(mercatorX), y(mercatorY)}; x and y give canvas pixels. deviceWidth
// and deviceHeight are what a second canvas needs to be as large as the first.
/** @type {CanvasLayerClass} */
export const CanvasLayer = L.Layer.extend({
  /** @param {(frame: Frame) => void} draw @param {L.LayerOptions} options */
  initialize: function (draw, options) {
    L.setOptions(this, options);
    this._draw = draw;
    this._padding = 0;
  },
  onAdd: function () {
    const animated = this._map.options.zoomAnimation && L.Browser.any3d;
    this._canvas = L.DomUtil.create("canvas", "gc-canvas " + (animated ? "leaflet-zoom-animated" : "leaflet-zoom-hide"));
    this._canvas.setAttribute("aria-hidden", "true");
    this.getPane().appendChild(this._canvas);
    this.schedule();
  },
  onRemove: function () {
    cancelAnimationFrame(this._pending);
    this._pending = 0;
    this._canvas.remove();
  },
  getEvents: function () {
    /** @type {L.LeafletEventHandlerFnMap} */
    const events = { viewreset: this._settle, moveend: this._settle, resize: this._settle, zoom: this._follow };
    if (this._map.options.zoomAnimation && L.Browser.any3d) events.zoomanim = (e) => this._transform(e.center, e.zoom);
    return events;
  },
  // Draw with another number of canvas pixels a pixel, hand the canvas over with its box in the map's container, draw as before.
  /**
   * @param {number} ratio
   * @param {(canvas: HTMLCanvasElement, x: number, y: number, width: number, height: number) => void} use
   */
  drawAt: function (ratio, use) {
    if (!this._map) return;
    this.options.ratio = ratio;
    this.redraw();
    const corner = this._map.layerPointToContainerPoint(L.DomUtil.getPosition(this._canvas));
    use(this._canvas, corner.x, corner.y, this.frame.width, this.frame.height);
    this.options.ratio = 0;
    this.redraw();
  },
  // Redraw at the next frame, once however often it is asked for.
  schedule: function () {
    if (this._pending || !this._map) return;
    this._pending = requestAnimationFrame(() => {
      this._pending = 0;
      if (this._map) this.redraw();
    });
  },
  // Leaflet tells of one change of the view by several events.
  _settle: function () {
    if (this._view() !== this._drawnView) this.redraw();
  },
  _view: function () {
    const map = this._map;
    return [map.getPixelOrigin(), map.containerPointToLayerPoint([0, 0]), map.getSize(), map.getZoom(), window.devicePixelRatio].join(" ");
  },
  redraw: function () {
    const map = this._map;
    const size = map.getSize();
    if (!size.x || !size.y) return; // hidden, or on its way to paper
    const ratio = this.options.ratio || Math.min(window.devicePixelRatio || 1, MAX_RATIO);
    const width = Math.round(size.x * (1 + 2 * this._padding));
    const height = Math.round(size.y * (1 + 2 * this._padding));
    const corner = map.containerPointToLayerPoint(size.multiplyBy(-this._padding)).round();
    this._drawnView = this._view();
    this._center = map.getCenter();
    this._zoom = map.getZoom();
    L.DomUtil.setPosition(this._canvas, corner);
    // Whole pixels: a canvas cuts off what a ratio as 1.25 leaves over.
    const deviceWidth = Math.round(width * ratio), deviceHeight = Math.round(height * ratio);
    if (this._canvas.width !== deviceWidth || this._canvas.height !== deviceHeight) {
      this._canvas.width = deviceWidth;
      this._canvas.height = deviceHeight;
      this._canvas.style.width = width + "px";
      this._canvas.style.height = height + "px";
    }
    const ctx = /** @type {Pen} */ (this._canvas.getContext("2d"));
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, width, height);
    const scale = 256 * 2 ** this._zoom;
    const origin = map.getPixelOrigin().add(corner);
    this.frame = {
      ctx, width, height, deviceWidth, deviceHeight, scale, ratio, zoom: this._zoom,
      // What of the canvas is in sight: [left, top, right, bottom].
      sight: [width / 2 - size.x / 2, height / 2 - size.y / 2, width / 2 + size.x / 2, height / 2 + size.y / 2],
      /** @param {number} mx */
      x: (mx) => mx * scale - origin.x,
      /** @param {number} my */
      y: (my) => my * scale - origin.y,
      // Canvas pixels of a point in the map's container, for hit tests.
      /** @param {L.Point} point */
      fromContainer: (point) => map.containerPointToLayerPoint(point).subtract(corner),
    };
    this._draw(this.frame);
    if (!this._padding) requestAnimationFrame(() => requestAnimationFrame(() => this._widen()));
  },
  _widen: function () {
    this._padding = PADDING;
    this.schedule();
  },
  _follow: function () {
    this._transform(this._map.getCenter(), this._map.getZoom());
  },
  /** @param {L.LatLng} center @param {number} zoom */
  _transform: function (center, zoom) {
    if (!this._center) return; // not drawn yet
    const map = this._map;
    const scale = map.getZoomScale(zoom, this._zoom);
    const half = map.getSize().multiplyBy(0.5 + this._padding);
    const offset = half.multiplyBy(-scale).add(map.project(this._center, zoom)).subtract(map._getNewPixelOrigin(center, zoom));
    if (L.Browser.any3d) L.DomUtil.setTransform(this._canvas, offset, scale);
    else L.DomUtil.setPosition(this._canvas, offset);
  },
});

// The value of a colour of the current theme; asking the style sheet is slow, so answers are kept until it changes.
const colours = new Map();
/** @param {string} name */
export function themeColour(name) {
  if (!colours.has(name)) colours.set(name, getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim());
  return colours.get(name);
}
export const forgetColours = () => colours.clear();
