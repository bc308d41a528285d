/** The map joined to the state: which layers show, what they draw, and what pointer and keyboard open. */

import { addHome } from "./home.js";
import { countedRows } from "../data/weights.js";
import { overallTally } from "./marks.js";
import { regionLabels } from "./region-labels.js";
import { signWords } from "./sign-words.js";
import { atOnce } from "../state/turns.js";
import { makeTip } from "../page/tip.js";
import { joinTouch } from "./touch.js";
import { joinWalk } from "./walk.js";

const INCIDENTS = ["points", "clusters", "density"];

/** Join the map. Made anew with the language, so everything it puts on the map goes away with it. */
export function joinMap(ctx) {
  const { map, layers, state, model, words, header } = ctx;
  const { t } = words;
  const tip = makeTip(map.getContainer());
  const zoom = L.control.zoom({ position: "topleft", zoomInTitle: t("zoom_in"), zoomOutTitle: t("zoom_out") });
  map.addControl(zoom);
  const removeHome = addHome(map, t("zoom_home"));
  for (const layer of Object.values(layers)) layer.words = words;
  map.getContainer().setAttribute("role", "region");
  map.getContainer().setAttribute("aria-label", t("map"));

  const setOf = () => header.regions.find(({ key }) => key === state.now.set);
  /** The layer of incidents that shows: that of the view, or points above the regions. */
  const incidentLayer = () => {
    const { mapView, overlay } = state.now;
    if (mapView !== "regions") return layers[mapView];
    return overlay ? layers.points : null;
  };
  layers.base.incidents = incidentLayer;
  layers.points.onchange = layers.base.forget;
  function paintRegions() {
    layers.regions.visible = state.now.mapView === "regions" && ctx.now.looks?.length > 0;
    layers.regions.paint(layers.regions.visible ? ctx.now.looks : [], state.now.view.region?.id ?? null);
    showLabels();
  }
  const showLabels = () => layers.base.setLabels(regionLabels(ctx));
  /** Paint the layer that shows; `isNew` where it has never been painted so, and what it needs is made in parts. */
  function* paintIncidents(isNew = false) {
    const shown = incidentLayer();
    clearOfNames();
    for (const name of INCIDENTS) {
      const layer = layers[name];
      const was = layer.visible;
      layer.visible = layer === shown;
      if (!layer.visible && !was) continue;
      layer.rows = layer.visible ? (layer.rowsOf?.(ctx) ?? ctx.now.rows) : ctx.now.rows.subarray(0, 0);
      layer.bare = state.now.mapView === "regions";
      layer.measured = ctx.now.measured;
      layer.counted = layer.measured ? null : countedRows(model);
      layer.overall = () => overallTally(model, ctx.now.measured);
      layer.chosen = state.now.view.kind === "card" ? state.now.view.row : null;
      if (isNew && layer.visible) yield* layer.prepare?.() ?? [];
      layer.canvas.redraw();
    }
  }
  /** Keep names off the sign of the incident whose card is open. */
  function clearOfNames() {
    const { kind, row } = state.now.view;
    const { place, place_x: xs, place_y: ys } = model.arrays;
    const avoid = kind === "card" && model.arrays.drawn[row] ? [xs[place[row]], ys[place[row]]] : null;
    if (String(avoid) === String(layers.base.avoid)) return;
    layers.base.avoid = avoid;
    layers.base.canvas.redraw();
  }
  const open = (rows) => (rows.length === 1 ? ctx.openRow(rows[0]) : ctx.openHere(rows));
  joinWalk(ctx, incidentLayer, tip, open);
  joinTouch(ctx);
  const onclick = (event) => {
    const shown = incidentLayer();
    if (shown?.click?.(event)) return;
    const rows = shown?.pick(event.latlng) ?? [];
    const region = layers.regions.regionOf(event.originalEvent.target);
    if (rows.length) open(rows);
    else if (region !== null) ctx.openRegion(setOf().regions.find(({ id }) => id === region));
  };
  const onmove = (event) => {
    const shown = incidentLayer();
    const told = shown?.tell?.(event.latlng) ?? tellRows(shown?.pick(event.latlng) ?? []);
    if (told) tip.show(told, event.originalEvent);
    else if (!tip.overRegion) tip.hide();
    map.getContainer().classList.toggle("over", Boolean(told));
    tip.taken = Boolean(told);
  };
  const tellRows = (rows) => (rows.length ? signWords(ctx, rows) : null);
  const onout = () => tip.hide();
  map.on({ click: onclick, mousemove: onmove, mouseout: onout, zoomend: showLabels });
  layers.regions.onchoose = (region) => ctx.openRegion(region);
  layers.regions.onhover = (look, event) => {
    tip.overRegion = look !== null;
    if (look === null) tip.hide();
    else if (!tip.taken) tip.show(look.words, event, map.latLngToContainerPoint(layers.regions.centre(look.region)));
  };
  ctx.dispose(() => {
    map.off({ click: onclick, mousemove: onmove, mouseout: onout, zoomend: showLabels });
    map.removeControl(zoom);
    removeHome();
    tip.remove();
  });
  const touches = (changed, ...names) => names.some((name) => changed.has(name));
  const FILTERED = ["filters", "search", "minimum", "acts", "actsShown", "measure", "bound", "end", "length", "mode", "step"];
  ctx.update(function* (changed) {
    if (touches(changed, ...FILTERED, "set", "limitsDay", "rate", "scheme", "classes", "limits", "mapView", "view", "columns", "theme")) paintRegions();
    const isSized = touches(changed, "columns") && Boolean(ctx.now.measured); // what sizes are made of has come
    if (isSized || touches(changed, ...FILTERED, "mapView", "overlay", "view", "theme")) yield* paintIncidents(isSized);
    if (touches(changed, "mapView", "theme")) layers.base.canvas.redraw();
    if (touches(changed, "view") && state.now.view.kind === "card") layers.points.show(state.now.view.row);
    if (touches(changed, "stage") && state.now.stage === "map") map.invalidateSize({ pan: false });
  });
  ctx.settle(layers.base.rest);
  paintRegions();
  atOnce(paintIncidents());
  layers.base.canvas.redraw();
}
