/** Regions coloured by class, as SVG paths: each can be reached by keyboard and says its name and value. */

import { areaOf, latLngsOf } from "./shapes.js";

const SVG = "http://www.w3.org/2000/svg";
/** Fills of a region whose incidents have no known figure, and of one without a known incident. */
export const HATCHED = "url(#hatched)";
export const DOTTED = "url(#dotted)";

const svg = (tag, attributes, ...children) => {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

function patterns() {
  const ground = () => svg("rect", { width: 7, height: 7, fill: "#fff" });
  const tile = { width: 7, height: 7, patternUnits: "userSpaceOnUse" };
  return svg(
    "defs",
    {},
    svg(
      "pattern",
      { id: "hatched", ...tile, patternTransform: "rotate(45)" },
      ground(),
      svg("rect", { width: 2, height: 7, fill: "#9aa5b1" }),
    ),
    svg("pattern", { id: "dotted", ...tile }, ground(), svg("circle", { cx: 3.5, cy: 3.5, r: 0.75, fill: "#a9b0b5" })),
  );
}

/**
 * Add the regions. `paint(looks)` draws {region, fill, words, rank}: those without incidents lowest, then the
 * large below the small; `onchoose(region)` and
 * `onhover(region, event)` are called with the region's data, null when the pointer leaves.
 */
export function addRegions(map, { arrays }) {
  const renderer = L.svg({ pane: "overlayPane", padding: 0.5 }).addTo(map);
  const layer = { onchoose: () => {}, onhover: () => {}, visible: true };
  const paths = new Map();
  let shown = [];

  function make(region) {
    const path = L.polygon(latLngsOf(arrays, region.shape), {
      renderer,
      weight: 1,
      color: "#6b6459",
      fillOpacity: 1,
      dashArray: region.working ? "5 4" : null,
      smoothFactor: 0.6,
      bubblingMouseEvents: true,
    });
    path.on("add", () => {
      const element = path.getElement();
      element.setAttribute("tabindex", "0");
      element.setAttribute("role", "button");
      element.dataset.region = region.key;
      element.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        layer.onchoose(region);
      });
      element.addEventListener("focus", () => layer.onhover(region, null));
      element.addEventListener("blur", () => layer.onhover(null, null));
    });
    path.on("mousemove", (event) => layer.onhover(region, event.originalEvent));
    path.on("mouseout", () => layer.onhover(null, null));
    return path;
  }

  layer.paint = (looks) => {
    const drawable = layer.visible ? looks.filter(({ region }) => "shape" in region) : [];
    const empty = (look) => (look.rank === "none" ? 1 : 0);
    const ordered = [...drawable].sort(
      (a, b) => empty(b) - empty(a) || areaOf(arrays, b.region.shape) - areaOf(arrays, a.region.shape),
    );
    const ids = ordered.map(({ region }) => region.id);
    if (ids.join() !== shown.join()) {
      for (const id of shown) {
        paths.get(id).remove();
        paths.get(id).look = null;
      }
      for (const { region } of ordered) {
        if (!paths.has(region.id)) paths.set(region.id, make(region));
        paths.get(region.id).addTo(map);
      }
      shown = ids;
      if (!renderer._container.querySelector("defs")) renderer._container.prepend(patterns());
    }
    for (const { region, fill, words, chosen } of ordered) {
      const path = paths.get(region.id);
      const look = `${fill} ${chosen} ${words}`;
      if (path.look === look) continue;
      path.look = look;
      path.setStyle({ fillColor: fill, weight: chosen ? 3 : 1, color: chosen ? "#0b5563" : "#6b6459" });
      path.getElement().setAttribute("aria-label", words);
    }
  };

  /** Where to say something of a region: the middle of its outline's box. */
  layer.centre = (region) => paths.get(region.id).getBounds().getCenter();
  /** The id of the region whose path an event hit, or null. */
  layer.regionOf = (target) => {
    for (const id of shown) if (paths.get(id).getElement() === target) return id;
    return null;
  };
  return layer;
}
