/** Incidents on one canvas: points, rings of what is known only nearly, and areas. No element for any of them. */

import { addCanvas, cellMetres, latLngOf } from "./canvas.js";
import { glyphCanvas } from "./glyphs.js";
import { tracePath } from "./shapes.js";

/** How a row is drawn (maps/incidents.py). */
export const DRAWN = { none: 0, point: 1, ring: 2, nominal: 3, area: 4 };

const REACH = 11; // pixels round the pointer in which a point is meant
const CROWD = 4000; // from this many rows on, points that would fall on one another are painted once

/** Add the incidents. The layer's `rows` are those shown; `chosen` is drawn above all; `bare` leaves wide places
 *  unfilled, so that they do not tint the classes of regions below them. */
export function addPoints(map, { header, arrays }) {
  const layer = { rows: [], chosen: null, hovered: null, visible: true, bare: false };
  const styles = header.dictionaries.type.map((code) => header.types[code] ?? ["#767676", "circle"]);
  const sprites = styles.map((style) => glyphCanvas(style));
  const side = parseInt(sprites[0].style.width, 10);
  const colourOf = (row) => styles[arrays.type[row]][0];
  const at = (row, view) => [
    arrays.place_x[arrays.place[row]] * view.scale - view.left,
    arrays.place_y[arrays.place[row]] * view.scale - view.top,
  ];
  const radiusOf = (row, view) => (arrays.radius_m[row] / cellMetres(arrays.place_y[arrays.place[row]])) * view.scale;

  function paintWide(context, view, row, strong) {
    context.beginPath();
    const kind = arrays.drawn[row];
    if (kind === DRAWN.area) tracePath(context, arrays, arrays.shape[row] - 1, view);
    else context.arc(...at(row, view), Math.max(6, radiusOf(row, view)), 0, 2 * Math.PI);
    context.setLineDash(kind === DRAWN.nominal ? [5, 5] : []);
    if (strong || !layer.bare) {
      context.globalAlpha = strong ? 0.22 : 0.09;
      context.fillStyle = colourOf(row);
      context.fill("evenodd");
    }
    context.globalAlpha = strong ? 1 : 0.75;
    context.lineWidth = strong ? 2.5 : 1.4;
    context.strokeStyle = colourOf(row);
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  function paintPoints(context, view) {
    const crowded = layer.rows.length > CROWD;
    const columns = Math.ceil(view.width / 2) + 1;
    const taken = crowded ? new Uint8Array(columns * (Math.ceil(view.height / 2) + 1)) : null;
    const count = new Map();
    const { drawn, place, place_x: xs, place_y: ys, type } = arrays;
    for (const row of layer.rows) {
      if (drawn[row] !== DRAWN.point) continue;
      const x = xs[place[row]] * view.scale - view.left;
      const y = ys[place[row]] * view.scale - view.top;
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
      if (crowded) {
        const cell = (y >> 1) * columns + (x >> 1);
        if (taken[cell]) continue;
        taken[cell] = 1;
      } else count.set(place[row], (count.get(place[row]) ?? 0) + 1);
      context.drawImage(sprites[type[row]], x - side / 2, y - side / 2, side, side);
    }
    for (const [place, many] of count) if (many > 1) paintCount(context, view, place, many);
  }

  function paintCount(context, view, place, many) {
    const [x, y] = [
      arrays.place_x[place] * view.scale - view.left + 8,
      arrays.place_y[place] * view.scale - view.top - 8,
    ];
    const text = String(many);
    context.font = "600 10px system-ui, sans-serif";
    const half = Math.max(7, context.measureText(text).width / 2 + 4);
    context.beginPath();
    context.roundRect(x - half, y - 7, half * 2, 14, 7);
    context.fillStyle = "#1c2733";
    context.fill();
    context.fillStyle = "#fff";
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(text, x, y + 0.5);
  }

  function paintMark(context, view, row, colour) {
    if (arrays.drawn[row] === DRAWN.none) return;
    if (arrays.drawn[row] !== DRAWN.point) {
      paintWide(context, view, row, true);
      return;
    }
    context.beginPath();
    context.arc(...at(row, view), 12, 0, 2 * Math.PI);
    context.lineWidth = 3;
    context.strokeStyle = colour;
    context.stroke();
  }

  layer.canvas = addCanvas(map, "points", 470, (context, view) => {
    if (!layer.visible) return;
    for (const row of layer.rows) if (arrays.drawn[row] > DRAWN.point) paintWide(context, view, row, false);
    paintPoints(context, view);
    if (layer.hovered !== null) paintMark(context, view, layer.hovered, "#5b6b7a");
    if (layer.chosen !== null) paintMark(context, view, layer.chosen, "#0b5563");
  });

  /** The rows meant by a point of the map: those of the nearest sign, else the smallest ring about it. */
  layer.pick = (latLng) => {
    if (!layer.visible) return [];
    const view = layer.canvas.view();
    const point = map.latLngToLayerPoint(latLng).subtract(layer.canvas._bounds.min);
    let [nearest, best] = [null, REACH * REACH];
    const rings = [];
    for (const row of layer.rows) {
      if (arrays.drawn[row] === DRAWN.none) continue;
      const [x, y] = at(row, view);
      const distance = (x - point.x) ** 2 + (y - point.y) ** 2;
      if (arrays.drawn[row] === DRAWN.point) {
        if (distance < best) [nearest, best] = [row, distance];
      } else if (arrays.drawn[row] !== DRAWN.area) {
        const radius = Math.max(6, radiusOf(row, view));
        if (distance < radius * radius) rings.push([radius, row]);
      }
    }
    if (nearest !== null) {
      const place = arrays.place[nearest];
      return layer.rows.filter((row) => arrays.drawn[row] === DRAWN.point && arrays.place[row] === place);
    }
    return rings.sort((a, b) => a[0] - b[0]).map(([, row]) => row);
  };

  /** Bring a row into view. */
  layer.show = (row) => {
    if (arrays.drawn[row] === DRAWN.none) return;
    const place = latLngOf(arrays.place_x[arrays.place[row]], arrays.place_y[arrays.place[row]]);
    if (!map.getBounds().pad(-0.1).contains(place)) map.panTo(place, { animate: false });
  };
  return layer;
}
