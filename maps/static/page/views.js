/** The switch of the four views of one selection, and the toggle of incidents above the regions. */

import { el, refill } from "./dom.js";

const SCALING = ["filters", "search", "minimum", "acts", "actsShown", "measure", "bound", "step", "length", "mode"]; // what density's scale goes by, beside zoom
const VIEWS = ["regions", "points", "clusters", "density"];

/** The views that a page offers: a timeline, or a page without regions, has none of regions. */
export function viewsOf(header) {
  const regional = header.regions.length > 0 && header.spec.kind !== "timeline";
  const held = header.sums ? ["regions", header.sums.tiles ? "density" : ""] : VIEWS; // sums have no single events
  return VIEWS.filter((view) => held.includes(view) && (view !== "regions" || regional));
}

/** Make the switch: radio buttons of which one is in the order of Tab, arrows move among them. */
export function makeViews(root, ctx) {
  const { state, words, header } = ctx;
  const views = viewsOf(header);
  const choose = (view) => {
    state.set({ mapView: view, stage: "map" });
    group.querySelector(`[data-view="${view}"]`).focus();
  };
  const buttons = views.map((view) =>
    el(
      "button",
      { type: "button", role: "radio", "data-view": view, onclick: () => choose(view) },
      picture(view),
      words.t(`view_${view}`),
    ),
  );
  const label = words.t("view_label");
  const group = el("div", { class: "view-switch", role: "radiogroup", "aria-label": label, onkeydown }, buttons);
  const onchange = () => state.set({ overlay: overlay.checked });
  const overlay = el("input", { type: "checkbox", id: "overlay", onchange });
  const toggle = el("label", { class: "toggle overlay", for: "overlay" }, overlay, words.t("overlay"));

  function onkeydown(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const edge = { Home: views[0], End: views.at(-1) }[event.key];
    if (!step && !edge) return;
    event.preventDefault();
    event.stopPropagation(); // the same keys move the time elsewhere on the page
    choose(edge ?? views[(views.indexOf(state.now.mapView) + step + views.length) % views.length]);
  }
  function show() {
    for (const button of buttons) {
      const isChosen = button.dataset.view === state.now.mapView;
      button.setAttribute("aria-checked", String(isChosen));
      button.tabIndex = isChosen ? 0 : -1;
    }
    overlay.checked = state.now.overlay;
    toggle.classList.toggle("away", state.now.mapView !== "regions"); // keeps its room: nothing jumps
    overlay.disabled = state.now.mapView !== "regions";
  }
  refill(root, group, views.includes("regions") && !header.sums ? toggle : null);
  let scaled = null;
  ctx.update((changed) => {
    // Density keeps its scale while a window of one length moves, and finds it again when something else changes.
    const choice = SCALING.map((name) => state.now[name]).concat(state.now.end === null);
    if (scaled?.some((value, i) => value !== choice[i])) ctx.layers.density.fresh = true;
    scaled = choice;
    if (changed.has("mapView") || changed.has("overlay")) show();
  });
  show();
}

const SVG_NAME = "http://www.w3.org/2000/svg";
const STROKED = { fill: "none", stroke: "currentColor" };
const FILLED = { fill: "currentColor" };
const SHAPES = {
  regions: [
    ["path", { d: "M2 3h6v5H2zM8 3h6v10H8zM2 8h6v5H2z", ...STROKED }],
    ["path", { d: "M8 3h6v10H8z", ...FILLED }],
  ],
  points: [["path", { d: "M4 3.2l2 3.6H2zM11 4a2 2 0 110 4 2 2 0 010-4zM5 10h3.4v3.4H5z", ...FILLED }]],
  clusters: [
    ["circle", { cx: 6.4, cy: 8.4, r: 4, "stroke-width": 2.2, ...STROKED }],
    ["circle", { cx: 13, cy: 4, r: 1.7, ...FILLED }],
  ],
  density: [
    ["circle", { cx: 8, cy: 8, r: 6.6, opacity: 0.3, ...FILLED }],
    ["circle", { cx: 7.4, cy: 8, r: 4.2, opacity: 0.5, ...FILLED }],
    ["circle", { cx: 7, cy: 8, r: 2, ...FILLED }],
  ],
};

/** A small picture of a view; the word beside it says what it is. */
function picture(view) {
  const make = (tag, attributes) => {
    const element = document.createElementNS(SVG_NAME, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const svg = make("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" });
  svg.append(...SHAPES[view].map(([tag, attributes]) => make(tag, attributes)));
  return svg;
}
