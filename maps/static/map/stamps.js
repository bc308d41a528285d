/** Many small pictures on a canvas at once: their pixels are written into one image, which is then drawn. */

const PRESS_PX = 80; // a side of the canvas that pictures are painted on

/** Makes stamps: one canvas, as they are made by the dozen, on which each picture is painted and then read. */
export class StampPress {
  /** @param {number} density Device pixels to a pixel of the page. */
  constructor(density) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = Math.ceil(PRESS_PX * density);
    this.density = density;
    this.pen = canvas.getContext("2d", { willReadFrequently: true });
  }

  /** The stamp of what `paint(pen, middle)` paints in the middle of a square of a side in pixels, PRESS_PX at most. */
  stamp(side, paint) {
    const { pen, density } = this;
    const width = Math.ceil(side * density);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, width, width);
    pen.setTransform(density, 0, 0, density, 0, 0);
    paint(pen, side / 2);
    return stampOf(new Uint32Array(pen.getImageData(0, 0, width, width).data.buffer), width);
  }
}

/** A square picture as a list of its pixels about its middle. */
function stampOf(pixels, width) {
  const found = new Uint32Array(pixels.length);
  let count = 0;
  for (let at = 0; at < pixels.length; at++) if (pixels[at] >>> 24 >= 12) found[count++] = at; // others are too faint to be seen
  const middle = width >> 1;
  const [dx, dy, colours] = [new Int32Array(count), new Int32Array(count), new Uint32Array(count)];
  for (let i = 0; i < count; i++) {
    dx[i] = (found[i] % width) - middle;
    dy[i] = Math.floor(found[i] / width) - middle;
    colours[i] = pixels[found[i]];
  }
  return { dx, dy, colours, reach: middle + 1, steps: null, across: 0 };
}

/** An image that stamps are written into; pixels are little-endian: alpha, blue, green, red. */
export class StampImage {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d");
  }

  /** Begin an empty image of a size in device pixels. */
  begin(width, height) {
    if (this.canvas.width !== width || this.canvas.height !== height || !this.image) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.image = this.context.createImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    } else this.pixels.fill(0);
    this.width = width;
    this.height = height;
  }

  /**
   * Write a stamp about a pixel, below those that are there: most of what lies under others is never painted. One that
   * would cross the edge, which lies outside the map's frame, is left out.
   */
  write(stamp, x, y) {
    const steps = this.stepsOf(stamp, x, y);
    if (!steps) return;
    const { pixels } = this;
    const { colours } = stamp;
    const middle = y * this.width + x;
    for (let i = 0; i < steps.length; i++) {
      const above = pixels[middle + steps[i]];
      if (above >>> 24 > 250) continue;
      pixels[middle + steps[i]] = above === 0 ? colours[i] : blended(above, colours[i]);
    }
  }

  /** Write what of a stamp falls on empty pixels: for lines so faint that it does not matter which is above. */
  writeBelow(stamp, x, y) {
    const steps = this.stepsOf(stamp, x, y);
    if (!steps) return;
    const { pixels } = this;
    const { colours } = stamp;
    const middle = y * this.width + x;
    for (let i = 0; i < steps.length; i++) if (pixels[middle + steps[i]] === 0) pixels[middle + steps[i]] = colours[i];
  }

  /** How far each pixel of a stamp lies from its middle in this image; null where it would cross the edge. */
  stepsOf(stamp, x, y) {
    const { reach } = stamp;
    if (x < reach || y < reach || x >= this.width - reach || y >= this.height - reach) return null;
    if (stamp.across !== this.width) {
      stamp.across = this.width;
      stamp.steps = Int32Array.from(stamp.dx, (dx, i) => stamp.dy[i] * this.width + dx);
    }
    return stamp.steps;
  }

  /** Draw the image onto a canvas, as many pixels as it has. */
  end(context) {
    this.context.putImageData(this.image, 0, 0);
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.canvas, 0, 0);
    context.restore();
  }
}

/** A colour over another one, neither of them opaque for certain. */
function blended(over, below) {
  const alpha = over >>> 24;
  const rest = ((below >>> 24) * (255 - alpha)) / 255;
  const sum = alpha + rest;
  const mix = (shift) => (((over >>> shift) & 255) * alpha + ((below >>> shift) & 255) * rest) / sum;
  return ((sum << 24) | (mix(16) << 16) | (mix(8) << 8) | mix(0)) >>> 0;
}
