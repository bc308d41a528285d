/** A canvas that stays in place while the map moves: what points, base map and names are drawn on. */

import { DRAWN } from "../data/drawn.js";
import { pixelDensity } from "../print/density.js";

/** Cells along one side of the world (maps/shapes.py). */
export const GRID = 1 << 26;

/** The longitude at which the world of a payload begins: -180, unless it shows what lies across 180 (maps/world.py). */
export const westOf = ({ west }) => west?.[0] ?? -180;

/** A longitude moved by full turns to where a world that begins at `west` has it; from -180 it is as files write it. */
export const turnedTo = (lng, west) => (lng >= west && lng <= west + 360 ? lng : lng - 360 * Math.floor((lng - west) / 360));

/** Leaflet's place (latitude first) of a cell of a world that begins at `west`: its longitude may be beyond 180. */
export function latLngOf(x, y, west) {
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / GRID))) * 180) / Math.PI;
  return L.latLng(lat, west + (x / GRID) * 360);
}

/**
 * Where a payload's world begins on a map: on a page always where it says; on somebody else's map, which may be moved
 * round the Earth, by full turns from there, so that the middle of what it holds is nearest to that of the map.
 */
export function westOn(map, arrays) {
  const west = westOf(arrays);
  return map.keepHome ? west : west + 360 * Math.round((map.getCenter().lng - arrays.middle[0]) / 360);
}

/** Leaflet's place of a cell of a payload on a map. */
export const latLngOn = (map, arrays, x, y) => latLngOf(x, y, westOn(map, arrays));

/** Metres that one cell of the grid is wide at a row of it. */
export function cellMetres(y) {
  return 40075016.686 / GRID / Math.cosh(Math.PI * (1 - (2 * y) / GRID));
}

/**
 * A Leaflet renderer that calls `paint(context, view)` when the map has moved or `redraw()` is called. The view turns
 * cells into pixels: px = x × scale − left, py = y × scale − top; column 0 is the meridian `west`. While `isShown()` is false nothing is painted, and
 * the canvas takes no memory.
 */
export const CanvasLayer = L.Renderer.extend({
  options: { padding: 0.15 },

  initialize(options) {
    L.Renderer.prototype.initialize.call(this, options);
    this.paint = options.paint;
    this.arrays = options.arrays;
    this.isShown = options.isShown;
    this.blank = true; // nothing has been painted on it
    this._layers = {};
  },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.setAttribute("aria-hidden", "true");
    this._context = this._container.getContext("2d");
  },

  _destroyContainer() {
    this._container.remove();
    delete this._container;
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    const density = pixelDensity();
    const canvas = this._container;
    L.DomUtil.setPosition(canvas, this._bounds.min);
    canvas.width = Math.round(size.x * density);
    canvas.height = Math.round(size.y * density);
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    this.blank = true; // a new size empties it
    this.redraw();
  },

  _updatePaths() {},

  /** How cells become pixels of this canvas at the map's present place. */
  view() {
    const origin = this._map.getPixelOrigin();
    const world = 256 * 2 ** this._map.getZoom();
    const west = westOn(this._map, this.arrays);
    return {
      west,
      scale: world / GRID,
      left: origin.x + this._bounds.min.x - ((west + 180) / 360) * world,
      top: origin.y + this._bounds.min.y,
      width: this._bounds.getSize().x,
      height: this._bounds.getSize().y,
    };
  },

  /** Where a place of the map lies on this canvas, in its pixels. */
  pixelOf(latLng) {
    return this._map.latLngToLayerPoint(latLng).subtract(this._bounds.min);
  },

  redraw() {
    if (!this._map || !this._container || !this._bounds || this._map.waiting) return;
    const isShown = this.isShown();
    if (this.blank && !isShown) return;
    const density = pixelDensity();
    this._context.setTransform(density, 0, 0, density, 0, 0);
    this._context.clearRect(0, 0, this._container.width, this._container.height);
    this.blank = !isShown;
    this._container.style.display = isShown ? "" : "none"; // what is empty need not be put together with the rest
    if (isShown) this.paint(this._context, this.view());
  },
});

/** Move a map so far that it shows the place of a row; one that has none moves nothing. */
export function bringIntoView(map, arrays, row) {
  const { drawn, place, place_x: xs, place_y: ys } = arrays;
  if (drawn[row] === DRAWN.none) return;
  const at = latLngOn(map, arrays, xs[place[row]], ys[place[row]]);
  if (!map.getBounds().pad(-0.1).contains(at)) map.panTo(at, { animate: false });
}

/** Put a canvas for a payload on a map in a pane of its own at a height (z-index); it is painted while `isShown()`. */
export function addCanvas(map, arrays, name, height, paint, isShown = () => true) {
  const pane = map.createPane(name);
  pane.style.zIndex = height;
  pane.style.pointerEvents = "none";
  return new CanvasLayer({ pane: name, arrays, paint, isShown }).addTo(map);
}
