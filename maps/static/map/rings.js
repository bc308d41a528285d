/** Rings where they are many: of those of about one size at about one place one is drawn, all as stamps. */

import { DRAWN } from "../data/drawn.js";
import { colourOf } from "./glyphs.js";
import { theme } from "../page/theme.js";
import { StampImage, StampPress } from "./stamps.js";
import { pixelDensity } from "../print/density.js";

const CELL = 6; // pixels within which rings of a kind and about a size count as one
const LARGE = 36; // pixels of radius from which a ring is drawn by its own path: such rings are few

/** Paints many rings; keeps the pictures of those it has painted. */
export class ManyRings {
  /** @param {Array} styles By type. */
  constructor(screen, styles) {
    this.screen = screen;
    this.styles = styles;
    this.image = new StampImage();
    this.stamps = [];
  }

  /** Paint the rings of a list (wide.js), each in the colour of its mark's type. `line` is their opacity. */
  paint(context, view, list, typeOf, line) {
    const density = pixelDensity();
    const across = Math.ceil(view.width / CELL) + 1;
    const taken = new Uint8Array(across * (Math.ceil(view.height / CELL) + 1)); // a bit for a kind and size
    const { x, y } = this.screen;
    const { image } = this;
    const opacity = Math.ceil(line * 20) / 20;
    this.prepare(opacity, density);
    image.begin(Math.round(view.width * density), Math.round(view.height * density));
    for (const { mark, radius } of list) {
      if (mark.shape !== null) continue;
      const [left, top] = [x[mark.place], y[mark.place]];
      const isDashed = mark.drawn === DRAWN.nominal;
      if (radius >= LARGE) {
        large(context, left, top, radius, colourOf(this.styles[typeOf(mark.mark)]), isDashed, opacity);
        continue;
      }
      if (left < 0 || top < 0 || left >= view.width || top >= view.height) continue;
      const cell = Math.floor(top / CELL) * across + Math.floor(left / CELL);
      const bit = 1 << (Math.min(3, Math.floor(radius / 9)) * 2 + (isDashed ? 1 : 0));
      if (taken[cell] & bit) continue;
      taken[cell] |= bit;
      const stamp = this.stampFor(typeOf(mark.mark), Math.round(radius), isDashed);
      image.writeBelow(stamp, Math.round(left * density), Math.round(top * density));
    }
    image.end(context);
  }

  /** Forget the pictures where they were made for another opacity, screen or theme. */
  prepare(opacity, density) {
    const { isDark } = theme();
    if (this.opacity === opacity && this.density === density && this.isDark === isDark) return;
    this.forms = [];
    Object.assign(this, { opacity, density, isDark, press: new StampPress(density), stamps: [] });
  }

  stampFor(type, radius, isDashed) {
    const at = (type * (LARGE + 1) + radius) * 2 + (isDashed ? 1 : 0);
    this.stamps[at] ??= inColour(this.formOf(radius, isDashed), colourOf(this.styles[type]));
    return this.stamps[at];
  }

  /** The ring of a radius in black: its pixels are the same in every colour. */
  formOf(radius, isDashed) {
    const at = radius * 2 + (isDashed ? 1 : 0);
    this.forms[at] ??= this.makeForm(radius, isDashed);
    return this.forms[at];
  }

  makeForm(radius, isDashed) {
    return this.press.stamp(radius * 2 + 4, (pen, middle) => large(pen, middle, middle, radius, "#000", isDashed, this.opacity));
  }
}

/** A stamp in black in another colour ("#rrggbb"). */
function inColour(form, colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const ink = (blue << 16) | (green << 8) | red;
  return { ...form, colours: form.colours.map((pixel) => (pixel & 0xff000000) | ink) };
}

function large(context, x, y, radius, colour, isDashed, opacity) {
  context.save();
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.setLineDash(isDashed ? [5, 5] : []);
  context.globalAlpha = opacity;
  context.lineWidth = 1.4;
  context.strokeStyle = colour;
  context.stroke();
  context.restore();
}
