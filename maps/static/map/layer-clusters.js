/** Clusters on one canvas: rings by type with a number; a click zooms in, or lists what lies together. */

import { countKeyOf } from "../data/families.js";
import { addCanvas, bringIntoView, GRID, latLngOn } from "./canvas.js";
import { paintDonut } from "./donut.js";
import { UNKNOWN } from "../data/weights.js";
import { Gathering } from "./gathering.js";
import { glyphCanvas, paintRingAbout, SPARE_STYLE } from "./glyphs.js";
import { clusterSection } from "./mark-legend.js";
import { Screen } from "./marks.js";
import { theme } from "../page/theme.js";

const APART = 30; // pixels that incidents must lie apart at the closest zoom for a click to zoom in
const TOLD = 4; // types named in the tip

/** Add clusters. A lone incident of a known place keeps its sign. */
export function addClusters(map, { header, arrays }) {
  const types = header.dictionaries.type;
  const styles = types.map((code) => header.types[code] ?? SPARE_STYLE);
  const side = parseInt(glyphCanvas(styles[0]).style.width, 10);
  const screen = new Screen(arrays);
  const gathering = new Gathering(arrays, types.length);
  const layer = { rows: [], chosen: null, hovered: null, visible: true, bare: false, words: null, measured: null, counted: null };
  let clusters = [];
  const number = (count) => (layer.words ? layer.words.n(count) : String(count));
  const nothing = () => [[[theme().clusterEmpty, "circle"], 1]];
  const isSign = ({ count, coarse }) => count === 1 && !coarse && !layer.measured;

  function paint(context, cluster, mark) {
    const { x, y, count, aside, counts, row, radius } = cluster;
    if (isSign(cluster)) {
      context.drawImage(glyphCanvas(styles[arrays.type[row]]), x - side / 2, y - side / 2, side, side);
      if (mark) paintRingAbout(context, x, y, mark);
      return;
    }
    if (layer.measured) {
      const { weight, weights } = cluster;
      const parts = styles.map((style, type) => [style, Math.max(0, weights[type])]).filter(([, many]) => many);
      const text = weight < 0 ? (weight === UNKNOWN ? "?" : "–") : number(weight);
      paintDonut(context, x, y, radius, parts.length ? parts : nothing(), text, mark);
      return;
    }
    const shares = styles.map((style, type) => [style, counts[type]]).filter(([, many]) => many);
    paintDonut(context, x, y, radius, shares.length ? shares : nothing(), number(count - aside), mark);
  }

  let gathered = {}; // what the clusters were gathered from
  /** Gather the clusters of a view, where it or what is shown differ from the last. */
  const gather = (view) => {
    const { rows, measured, counted } = layer;
    const hasMoved = screen.follow(view);
    if (hasMoved) gathering.place(view);
    if (!hasMoved && clusters.length && gathered.rows === rows && gathered.measured === measured) return;
    gathered = { rows, measured };
    clusters = gathering.gather(rows, screen, measured, counted);
  };
  const paintAll = (context, view) => {
    gather(view);
    for (const cluster of clusters) paint(context, cluster, null);
    for (const [row, colour] of [[layer.hovered, theme().hovered], [layer.chosen, theme().chosen]]) {
      const cluster = row === null ? null : clusterOf(row);
      if (cluster) paint(context, cluster, colour);
    }
  };
  const isShown = () => {
    if (!layer.visible) clusters = [];
    return layer.visible;
  };
  layer.canvas = addCanvas(map, arrays, "clusters", 486, paintAll, isShown);

  /** The boxes of the rings in a view, which names give way to. */
  layer.obstacles = (view) => {
    if (!layer.visible) return [];
    gather(view);
    return clusters.map((cluster) => {
      const { x, y } = cluster;
      const reach = (isSign(cluster) ? 7 : cluster.radius) + 2;
      return [x - reach, y - reach, x + reach, y + reach];
    });
  };

  const clusterOf = (row) => {
    const cell = gathering.cellOf[arrays.place[row]];
    return cell < 0 ? undefined : clusters.find(({ cells }) => cells.has(cell));
  };
  const clusterAt = (latLng) => {
    if (!layer.visible) return undefined;
    const { x, y } = layer.canvas.pixelOf(latLng);
    const reach = (cluster) => (isSign(cluster) ? 11 : cluster.radius + 2);
    return clusters.find((each) => (each.x - x) ** 2 + (each.y - y) ** 2 < reach(each) ** 2);
  };

  layer.pick = (latLng) => {
    const cluster = clusterAt(latLng);
    return cluster ? gathering.rowsOf(layer.rows, cluster) : [];
  };

  /** Zoom to what a cluster holds; false where that would not part it, so that its list is wanted. */
  function zoomTo(cluster) {
    const rows = gathering.rowsOf(layer.rows, cluster);
    const [west, north, east, south] = boxOf(arrays, rows);
    const closest = map.getMaxZoom();
    const apart = Math.max(east - west, south - north) * ((256 * 2 ** closest) / GRID);
    if (rows.length < 2 || apart < APART || map.getZoom() >= closest) return false;
    const bounds = L.latLngBounds(latLngOn(map, arrays, west, north), latLngOn(map, arrays, east, south));
    const zoom = Math.min(closest, Math.max(map.getZoom() + 1, map.getBoundsZoom(bounds.pad(0.15))));
    map.moved = true;
    map.setView(bounds.getCenter(), zoom);
    return true;
  }

  layer.click = ({ latlng }) => {
    const cluster = clusterAt(latlng);
    return Boolean(cluster && zoomTo(cluster));
  };

  /** What a cluster holds, in words; null for a lone incident, whose title says more. */
  layer.tell = (latLng) => {
    const cluster = clusterAt(latLng);
    return cluster && cluster.count > 1 && layer.words ? wordsOf(layer, types, cluster) : null;
  };

  layer.countKey = countKeyOf(arrays);
  layer.show = (row) => bringIntoView(map, arrays, row);

  /** The clusters in the frame from west to east. */
  layer.stops = () => {
    const frame = map.getBounds();
    return clusters
      .map((cluster) => ({ cluster, place: latLngIn(map, layer.canvas, cluster) }))
      .filter(({ place }) => frame.contains(place))
      .sort((a, b) => a.cluster.x - b.cluster.x || a.cluster.y - b.cluster.y)
      .map(({ cluster, place }) => ({
        key: [...cluster.cells].join(),
        place,
        rows: () => gathering.rowsOf(layer.rows, cluster),
        words: cluster.count > 1 && layer.words ? wordsOf(layer, types, cluster) : null,
        act: () => zoomTo(cluster),
      }));
  };

  layer.legend = (ctx) => [clusterSection(ctx)];
  return layer;
}

function latLngIn(map, canvas, { x, y }) {
  return map.layerPointToLatLng(L.point(x, y).add(canvas._bounds.min));
}

/** The box of the places of some rows: [west, north, east, south] in cells. */
function boxOf({ place, place_x: xs, place_y: ys }, rows) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const row of rows) {
    const [x, y] = [xs[place[row]], ys[place[row]]];
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  }
  return box;
}

function wordsOf({ words, measured, countKey }, types, { count, aside, counts, coarse, weight, unknown }) {
  const named = types.map((code, i) => [code, counts[i]]).filter(([, many]) => many);
  named.sort((a, b) => b[1] - a[1]);
  const line = ([code, many]) => `${words.label("types", code ?? "other")}: ${words.n(many)}`;
  const lines = named.slice(0, TOLD).map(line);
  const others = named.slice(TOLD).reduce((all, [, many]) => all + many, 0);
  if (others) lines.push(words.t("clusters_others", { n: others }));
  if (aside) lines.push(words.t("n_acts_apart", { n: aside }));
  if (coarse) lines.push(words.t("clusters_coarse", { n: coarse }));
  if (measured) {
    const sum = weight < 0 ? words.t("unknown") : words.n(weight);
    const told = unknown && weight >= 0 ? ` (${words.t("unknown_in", { n: unknown })})` : "";
    lines.unshift(`${words.label("measures", measured.measure)}: ${sum}${told}`);
  }
  return [words.t(countKey, { n: count - aside }), ...lines].join("\n");
}
