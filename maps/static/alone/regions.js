/** Regions on anyone's map: coloured as on a page, with their legend, and a popup of what they show. */

import { derive, REGIONS, SUMMED, WINDOW } from "../data/derive.js";
import { el } from "../page/dom.js";
import { initialState } from "../state/initial.js";
import { makeLegend } from "../regions/legend.js";
import { Model } from "../data/model.js";
import { makeState } from "../state/state.js";
import { makeTip } from "../page/tip.js";

/** Join a layer of regions to a map; returns what shows (true) and hides it. */
export function joinRegions(map, layer, { data, words }) {
  const { header } = data;
  const model = new Model(data);
  model.lang = words.lang;
  const state = makeState({ ...initialState(header, model), mapView: "regions", overlay: false, end: null });
  const heard = [];
  const ctx = {
    state, words, header, model, map, layers: { regions: layer }, now: {},
    update: (fn) => heard.push(fn),
    settle: () => {},
    listen: (target, type, fn, options) => target.addEventListener(type, fn, options),
    dispose: () => {},
  };
  derive(ctx, new Set([...SUMMED, ...WINDOW, ...REGIONS]));
  state.on((_, changed) => {
    derive(ctx, changed);
    layer.paint(ctx.now.looks);
    for (const fn of heard) fn(changed);
  });
  const tip = makeTip(map.getContainer());
  const told = (look) => el("div", { class: "willay-popup" }, el("p", {}, look.words));
  layer.onchoose = (region) => {
    const look = ctx.now.looks.find((each) => each.region === region);
    L.popup({ maxWidth: 320 }).setLatLng(layer.centre(region)).setContent(told(look)).openOn(map);
  };
  layer.onhover = (look, event) => {
    if (look) tip.show(look.words, event, map.latLngToContainerPoint(layer.centre(look.region)));
    else tip.hide();
  };
  const onclick = (event) => {
    const id = layer.regionOf(event.originalEvent.target);
    if (id !== null) layer.onchoose(ctx.now.looks.find(({ region }) => region.id === id).region);
  };
  const legend = legendControl(ctx);
  return (isShown) => {
    layer.visible = isShown;
    layer.paint(ctx.now.looks);
    map[isShown ? "on" : "off"]({ click: onclick });
    if (isShown) legend.addTo(map);
    else legend.remove();
  };
}

function legendControl(ctx) {
  const control = L.control({ position: "bottomleft" });
  const root = el("div", { class: "willay-legend legends" });
  control.onAdd = () => root;
  L.DomEvent.disableClickPropagation(root).disableScrollPropagation(root);
  makeLegend(root, ctx);
  return control;
}
