/** The base map: sea, land, borders; and the names above everything, where there is room for them. */

import { addCanvas, latLngOf } from "./canvas.js";
import { extentOf, tracePath } from "./shapes.js";

const COLOURS = {
  sea: "#dbe6ec",
  neighbour: "#eceae4",
  country: "#fbfaf7",
  coast: "#a9b0b5",
  border: "#8d8a83",
  division: "#cfcac0",
};

/** Make the map: no credit box (the foot has it), a metric scale, and tiles only where they were asked for. */
export function makeMap(id, { tiles }) {
  const map = L.map(id, {
    zoomControl: false,
    attributionControl: false,
    zoomSnap: 0.1,
    zoomDelta: 0.5,
    minZoom: 2,
    maxZoom: 15,
    zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
  });
  map.setView([0, 0], 2);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  if (tiles) L.tileLayer(tiles, { maxZoom: 19 }).addTo(map);
  map.hasTiles = Boolean(tiles);
  // The page is laid out around the map as it fills; until the reader moves it, the map keeps its whole in view.
  map.moved = false;
  map.keepHome = () => {
    const beside = map.getSize().x > 900 ? 190 : 12; // room for the legends, where they lie on the map
    if (map.home)
      map.fitBounds(map.home, {
        paddingTopLeft: [beside, 12],
        paddingBottomRight: [beside, 12],
        animate: false,
        maxZoom: 11,
      });
  };
  for (const sign of ["pointerdown", "wheel", "keydown"])
    map.getContainer().addEventListener(sign, () => (map.moved = true), { passive: true });
  const fit = () => {
    map.invalidateSize({ pan: false });
    if (!map.moved) map.keepHome();
  };
  new ResizeObserver(fit).observe(map.getContainer());
  matchMedia("print").addEventListener("change", fit); // paper has another width, and no time to observe it
  return map;
}

/** Draw land and borders, and fit the map to the country, or else to the incidents. */
export function addBase(map, { header, arrays }) {
  const { neighbours, country, divisions } = header.base;
  const edge = extentOf(
    arrays,
    neighbours.map(({ shape }) => shape),
  ); // beyond it the page knows no land: no sea either
  const canvas = addCanvas(map, "base", 210, (context, view) => {
    const trace = (outlines) => {
      context.beginPath();
      for (const outline of outlines) tracePath(context, arrays, outline.shape, view);
    };
    const paint = (outlines, fill, stroke, width) => {
      if (!outlines.length) return;
      trace(outlines);
      if (fill && !map.hasTiles) {
        context.fillStyle = fill;
        context.fill("evenodd");
      }
      context.strokeStyle = stroke;
      context.lineWidth = width;
      context.stroke();
    };
    context.lineJoin = "round";
    if (edge && !map.hasTiles) {
      const [left, top] = [edge[0] * view.scale - view.left, edge[1] * view.scale - view.top];
      context.fillStyle = COLOURS.sea;
      context.fillRect(left, top, (edge[2] - edge[0]) * view.scale, (edge[3] - edge[1]) * view.scale);
    }
    for (const land of neighbours) paint([land], COLOURS.neighbour, COLOURS.coast, 0.8);
    for (const land of country) paint([land], COLOURS.country, COLOURS.border, 1.6);
    paint(divisions, null, COLOURS.division, 0.8);
  });
  fitMap(map, header, arrays);
  if (edge) map.setMaxBounds(L.latLngBounds(latLngOf(edge[0], edge[1]), latLngOf(edge[2], edge[3])).pad(0.1));
  return { canvas };
}

function fitMap(map, header, arrays) {
  const shapes = [...header.base.country, ...(header.base.country.length ? [] : header.base.divisions)].map(
    (o) => o.shape,
  );
  for (const set of header.regions) for (const region of set.regions) if ("shape" in region) shapes.push(region.shape);
  let extent = extentOf(arrays, shapes);
  if (!extent && arrays.place_x.length) {
    extent = [
      Math.min(...arrays.place_x),
      Math.min(...arrays.place_y),
      Math.max(...arrays.place_x),
      Math.max(...arrays.place_y),
    ];
  }
  if (!extent) return;
  const bounds = L.latLngBounds(latLngOf(extent[0], extent[1]), latLngOf(extent[2], extent[3]));
  map.home = bounds;
  map.keepHome();
}

/**
 * Names on the map. `list()` gives {text, below, at: [x, y], strong} in order of importance; a name that would cover
 * another one is left out until the reader zooms in.
 */
export function addNames(map, list) {
  return addCanvas(map, "names", 460, (context, view) => {
    const taken = [];
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const { text, below, at, strong } of list()) {
      const [x, y] = [at[0] * view.scale - view.left, at[1] * view.scale - view.top];
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
      context.font = strong ? "600 11.5px system-ui, sans-serif" : "11.5px system-ui, sans-serif";
      const width = context.measureText(text).width / 2 + 2;
      const height = below ? 14 : 7;
      const box = [x - width, y - height, x + width, y + height];
      if (taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1])) continue;
      taken.push(box);
      paintName(context, text, x, below ? y - 7 : y, strong);
      if (below) {
        context.font = "600 11.5px system-ui, sans-serif";
        paintName(context, below, x, y + 7, true);
      }
    }
  });
}

function paintName(context, text, x, y, strong) {
  context.lineWidth = 3;
  context.strokeStyle = "rgba(255,255,255,.86)";
  context.strokeText(text, x, y);
  context.fillStyle = strong ? "#1c2733" : "#56616d";
  context.fillText(text, x, y);
}
