// Thousands of places at once: each a small disc of pixels in the colour of its latest event. Symbols with their shapes,
// numbers and names come back as soon as the view or the filters leave fewer.

const RADIUS = 2.6;

// The pixels of a disc as offsets [dx, dy] in turn.
/** @param {number} radius */
function disc(radius) {
  const offsets = [];
  for (let y = -Math.ceil(radius); y <= radius; y += 1)
    for (let x = -Math.ceil(radius); x <= radius; x += 1) if (Math.hypot(x, y) <= radius) offsets.push(x, y);
  return offsets;
}

/** @param {string} colour */
function rgba(colour) {
  const pen = /** @type {Pen} */ (document.createElement("canvas").getContext("2d"));
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  return new Uint32Array(pen.getImageData(0, 0, 1, 1).data.buffer)[0];
}

/** Returns draw(frame, model, places, n, colourOf, colours): the first `n` places; colourOf(place) is an index into `colours`. */
export function createPixels() {
  const sheet = document.createElement("canvas");
  /**
   * @param {Frame} frame @param {Model} model @param {ArrayLike<number>} places @param {number} n
   * @param {(place: number) => number} colourOf @param {string[]} colours
   */
  return function draw(frame, model, places, n, colourOf, colours) {
    const { ctx, ratio, deviceWidth: width, deviceHeight: height } = frame;
    if (sheet.width !== width || sheet.height !== height) [sheet.width, sheet.height] = [width, height];
    const pen = /** @type {Pen} */ (sheet.getContext("2d"));
    const image = pen.createImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    const offsets = disc(RADIUS * ratio);
    const words = colours.map(rgba);
    for (let k = 0; k < n; k += 1) {
      const p = places[k];
      const x = Math.round(frame.x(model.placeX[p]) * ratio), y = Math.round(frame.y(model.placeY[p]) * ratio);
      const word = words[colourOf(p)];
      for (let at = 0; at < offsets.length; at += 2) {
        const px = x + offsets[at], py = y + offsets[at + 1];
        if (px >= 0 && py >= 0 && px < width && py < height) pixels[py * width + px] = word;
      }
    }
    pen.putImageData(image, 0, 0);
    ctx.drawImage(sheet, 0, 0, width / ratio, height / ratio); // over the ground, which putImageData would erase
  };
}
