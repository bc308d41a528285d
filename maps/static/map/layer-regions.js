/** Regions coloured by class, as SVG paths: one stop for the keyboard, arrows move on, each says name and value. */

import { fillUrl, patternsOf } from "../regions/region-patterns.js";
import { westOn } from "./canvas.js";
import { areaOf, latLngsOf } from "./shapes.js";
import { theme } from "../page/theme.js";

const NAMED_MS = 60; // names for readers follow when the colours rest

/** How an outline is dashed: a working one, and one that is not valid on all days shown. */
const DASHES = { working: "5 4", partial: "10 3 2 3" };

/**
 * Add the regions. `paint(looks, chosen)` colours them: those without incidents lowest, then the large below the small;
 * `onchoose(region)` and `onhover(look, event)` are called with what pointer or focus is on, null when it leaves.
 */
export function addRegions(map, { arrays }) {
  const renderer = L.svg({ pane: "overlayPane", padding: 0.5 }).addTo(map);
  const layer = { onchoose: () => {}, onhover: () => {}, visible: true };
  const paths = new Map();
  const sizes = new Map();
  let looks = new Map(); // by region id, as painted last
  let shown = [];
  let stop = null; // the id of the region that the Tab key reaches
  let later = 0;

  function make(region) {
    const west = westOn(map, arrays);
    const path = L.polygon(latLngsOf(arrays, region.shape, west), {
      renderer,
      weight: 1,
      color: theme().regionLine,
      fillOpacity: 1,
      smoothFactor: 0.6,
      bubblingMouseEvents: true,
    });
    Object.assign(path, { region, west });
    const look = () => looks.get(region.id);
    path.on("add", () => {
      const element = path.getElement();
      element.setAttribute("tabindex", region.id === stop ? "0" : "-1");
      element.setAttribute("role", "button");
      element.dataset.region = region.key;
      element.dataset.id = region.id;
      element.addEventListener("keydown", (event) => onkey(event, region));
      element.addEventListener("focus", () => {
        makeStop(region.id);
        name(look());
        layer.onhover(look(), null);
      });
      element.addEventListener("blur", () => layer.onhover(null, null));
    });
    path.on("mousemove", (event) => layer.onhover(look(), event.originalEvent));
    path.on("mouseout", () => layer.onhover(null, null));
    return path;
  }

  /** Follow a map that has been moved round the Earth. */
  function turn() {
    const west = westOn(map, arrays);
    for (const path of paths.values()) {
      if (path.west === west) continue;
      path.west = west;
      path.setLatLngs(latLngsOf(arrays, path.region.shape, west));
    }
  }
  map.on("moveend", turn);

  function makeStop(id) {
    for (const [each, value] of [
      [stop, "-1"],
      [id, "0"],
    ])
      paths.get(each)?.getElement()?.setAttribute("tabindex", value);
    stop = id;
  }
  function onkey(event, region) {
    const next = nextRegion([...shown].map((id) => looks.get(id)), region, event.key);
    if (event.key !== "Enter" && event.key !== " " && next === undefined) return;
    event.preventDefault();
    event.stopPropagation(); // the map would pan, the time move
    if (next === undefined) layer.onchoose(region);
    else if (next) paths.get(next.region.id).getElement().focus();
  }
  function name(look) {
    const element = look && paths.get(look.region.id).getElement();
    if (!element) return;
    element.setAttribute("aria-label", look.words);
    element.dataset.value = look.value ?? look.rank;
  }

  /** Put the outlines that are to be seen on the map, in their order, if they are others than before. */
  function show(ordered) {
    const ids = ordered.map(({ region }) => region.id);
    if (ids.join() === shown.join()) return;
    const focused = Number(document.activeElement?.dataset?.id ?? NaN);
    const held = shown.includes(focused) && ids.includes(focused) ? focused : null;
    const wanted = new Set(ids);
    for (const id of shown) if (!wanted.has(id)) paths.get(id).remove();
    const before = new Set(shown);
    for (const { region } of ordered) {
      if (!paths.has(region.id)) paths.set(region.id, make(region));
      if (!before.has(region.id)) paths.get(region.id).addTo(map).painted = null;
    }
    if (ids.length) paths.get(ids[0]).getElement().parentNode.append(...ids.map((id) => paths.get(id).getElement()));
    shown = ids;
    if (ids.length && !wanted.has(stop)) makeStop(northernmost(ordered).region.id);
    if (held !== null) paths.get(held).getElement().focus({ preventScroll: true });
  }
  /** The large below the small; of versions, which overlap, those without incidents below all others. */
  function inOrder(drawable) {
    const limited = ({ region }) => region.valid_from !== undefined || region.valid_until !== undefined;
    const versioned = drawable.some(limited);
    const below = (look) => (versioned && look.rank === "none" ? 1 : 0);
    const size = ({ region }) => {
      if (!sizes.has(region.id)) sizes.set(region.id, areaOf(arrays, region.shape));
      return sizes.get(region.id);
    };
    return drawable.sort((a, b) => below(b) - below(a) || size(b) - size(a));
  }

  layer.paint = (all, chosen = null) => {
    looks = new Map(all.map((look) => [look.region.id, look]));
    const drawable = layer.visible ? all.filter(({ region }) => "shape" in region) : [];
    show(inOrder(drawable));
    const patterns = drawable.length ? patternsOf(renderer._container) : null;
    for (const look of drawable) {
      const path = paths.get(look.region.id);
      const { kind, colour, few, fall } = look.fill;
      const painted = `${theme().isDark}${kind}${colour}${few}${fall}${look.region.id === chosen}${look.outside > 0}`;
      if (path.painted === painted) continue;
      path.painted = painted;
      paintPath(path, look, fillUrl(patterns, look.fill), look.region.id === chosen);
    }
    clearTimeout(later);
    later = setTimeout(() => shown.forEach((id) => name(looks.get(id))), NAMED_MS);
  };

  /** Say to readers what the group of regions is and how to move in it. */
  layer.describe = (text) => {
    renderer._container.setAttribute("role", "group");
    renderer._container.setAttribute("aria-label", text);
  };
  /** Where to say something of a region: the middle of its outline's box. */
  layer.centre = (region) => paths.get(region.id).getBounds().getCenter();
  /** How wide and high a region's outline is on the screen, in pixels. */
  layer.sizeOf = (region) => {
    const path = paths.get(region.id);
    if (!path) return [0, 0];
    const [a, b] = [path.getBounds().getNorthWest(), path.getBounds().getSouthEast()].map((at) => map.project(at));
    return [b.x - a.x, b.y - a.y];
  };
  /** The id of the region whose path an event hit, or null. */
  layer.regionOf = (target) => {
    const id = Number(target?.dataset?.id ?? NaN);
    return shown.includes(id) && paths.get(id).getElement() === target ? id : null;
  };
  return layer;
}

function paintPath(path, { region, outside }, fill, chosen) {
  const colours = theme();
  const style = {
    fillColor: fill,
    dashArray: outside ? DASHES.partial : region.working ? DASHES.working : null,
    weight: chosen ? 3 : outside ? 1.8 : 1,
    color: chosen ? colours.chosen : outside ? colours.regionPartial : colours.regionLine,
  };
  const { options } = path;
  if (["dashArray", "weight", "color"].some((name) => options[name] !== style[name])) path.setStyle(style);
  else {
    options.fillColor = fill; // Leaflet would write a dozen attributes; one differs
    path.getElement().setAttribute("fill", fill);
  }
}

const northernmost = (looks) => looks.reduce((a, b) => (b.region.at[1] < a.region.at[1] ? b : a));

/**
 * The look that an arrow key leads to: the nearest in its direction; Home and End lead to the largest and the smallest
 * value. null where there is none, undefined for other keys.
 */
function nextRegion(looks, region, key) {
  if (key === "Home" || key === "End") {
    const valued = looks.filter(({ value }) => value !== null).sort((a, b) => b.value - a.value);
    return valued.at(key === "Home" ? 0 : -1) ?? null;
  }
  const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (!direction) return undefined;
  let best = null;
  let least = Infinity;
  for (const look of looks) {
    const [x, y] = [look.region.at[0] - region.at[0], look.region.at[1] - region.at[1]];
    const along = x * direction[0] + y * direction[1];
    const aside = Math.abs(x * direction[1]) + Math.abs(y * direction[0]);
    if (along <= 0 || aside > 2 * along) continue;
    if (along + 2 * aside < least) [best, least] = [look, along + 2 * aside];
  }
  return best;
}
