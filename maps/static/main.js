/** The page: joins state, model, map, histogram, legend and panel. Choropleth, timeline and atlas differ in panels. */

import { looksOf, scaleOf } from "./choropleth.js";
import { makeControls, makeFilters } from "./controls.js";
import { refill } from "./dom.js";
import { makeHistogram } from "./histogram.js";
import { makeWords } from "./i18n.js";
import { addBase, addNames, makeMap } from "./layer-base.js";
import { addPoints, DRAWN } from "./layer-points.js";
import { addRegions } from "./layer-regions.js";
import { showLegend } from "./legend.js";
import { Model } from "./model.js";
import { makePanel } from "./panel.js";
import { readBlock, readPayload } from "./payload.js";
import { makeState } from "./state.js";
import { windowWords } from "./time.js";
import { makeTimebar, windowOf } from "./timebar.js";
import { makeTip } from "./tip.js";
import { remainderWords, showTotals } from "./totals.js";

const byId = (id) => document.getElementById(id);
const FILTERS = ["types", "search", "measure", "bound", "step"];
const WINDOW = ["end", "length", "mode", "step"];
const SETTLE_MS = 60;

/** The state that the page's spec asks for. */
function initialState({ spec, regions }, model) {
  const set = regions.some(({ key }) => key === spec.region_set) ? spec.region_set : (regions[0]?.key ?? null);
  return {
    set,
    measure: spec.measure,
    bound: spec.bound,
    step: spec.step,
    mode: spec.window,
    length: 1,
    types: null,
    search: "",
    end: spec.window === "cumulative" && model.dated ? model.steps[spec.step].count - 1 : null,
    limitsDay: null,
    regionsShown: spec.kind !== "timeline" && regions.length > 0,
    pointsShown: spec.kind !== "choropleth" || !regions.length,
    tab: spec.kind === "choropleth" && regions.length ? "regions" : "incidents",
    view: { kind: "list" },
  };
}

/** Put the page together. Called once by the page, with the parts its templates made. */
async function start({ map, data, regions, points }) {
  const { header } = data;
  const words = makeWords(header);
  const { t } = words;
  const model = new Model(data);
  const regionCount = header.regions.reduce((count, set) => count + set.regions.length, 0);
  const state = makeState(initialState(header, model));
  const now = { window: null, rows: [], looks: [], scale: null, sums: {} };
  const timed = header.spec.kind !== "choropleth" && model.dated > 0;
  const setOf = () => header.regions.find(({ key }) => key === state.now.set);
  const when = () => windowWords(words, model.steps[state.now.step], now.window, state.now.mode === "cumulative");
  byId("time").hidden = !timed;
  byId("legend-signs").open = !matchMedia("(max-width: 899px)").matches; // below the map there, and long
  map.addControl(L.control.zoom({ position: "topleft", zoomInTitle: t("zoom_in"), zoomOutTitle: t("zoom_out") }));

  makeControls(byId("controls"), { state, header, words });
  const names = addNames(map, nameList);
  const tip = makeTip(map.getContainer());
  const histogram = timed
    ? makeHistogram(byId("bars"), {
        words,
        colours: typeColours(header),
        onbrush: (brushed) =>
          state.set(
            brushed ? { end: brushed.to, length: brushed.to - brushed.from + 1, mode: "window" } : { end: null },
          ),
      })
    : null;
  if (timed) makeTimebar(byId("time-controls"), { state, model, words });
  const panel = makePanel(byId("panel"), {
    state,
    model,
    words,
    header,
    looks: () => now.looks,
    rows: () => now.rows,
    when,
  });

  Object.assign(model.texts, await readBlock("texts"));
  makeFilters(byId("filters"), { state, header, words, counts: model.typeCounts() });
  byId("filters").hidden = header.spec.kind !== "atlas";

  function nameList() {
    if (state.now.regionsShown && header.regions.length) {
      return [...now.looks]
        .filter(({ region }) => region.at)
        .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
        .map((look) => ({
          text: look.region.name,
          below: look.rank === "none" ? "" : look.shortValue,
          at: look.region.at,
          strong: look.rank !== "none",
        }));
    }
    return header.base.divisions.map(({ name, at }) => ({ text: name, at }));
  }
  function sum() {
    const { measure, bound, step } = state.now;
    const bounds = measure === "incidents" ? [] : ["low", "best", "high"];
    now.sums = {};
    for (const each of bounds) now.sums[each] = model.regionSums(regionCount, { measure, bound: each, step });
    now.sums.value = now.sums[bound] ?? model.regionSums(regionCount, { measure, bound, step });
    const figures = [...new Set(["killed", measure])].filter((name) => header.measures.includes(name));
    now.totals = figures.map((name) => [
      name,
      ["low", "best", "high"].map((each) => model.totalSums({ measure: name, bound: each, step })),
    ]);
    now.count = model.totalSums({ measure: "incidents", bound, step });
    histogram?.setBars(model.bars(step), model.steps[step], header.dictionaries.type.length + 1);
  }
  function paintRegions() {
    now.scale = scaleOf(header, words, state.now, now.window);
    now.looks = header.regions.length
      ? looksOf({ set: setOf(), model, words, state: state.now, window: now.window, sums: now.sums, scale: now.scale })
      : [];
    const chosen = state.now.view.region?.id;
    regions.visible = state.now.regionsShown;
    regions.paint(now.looks.map((look) => ({ ...look, chosen: look.region.id === chosen })));
    names.redraw();
  }
  function paintPoints() {
    points.rows = now.rows;
    points.visible = state.now.pointsShown;
    points.bare = state.now.regionsShown;
    points.chosen = state.now.view.kind === "card" ? state.now.view.row : null;
    points.canvas.redraw();
  }
  function totals() {
    const figures = now.totals.map(([measure, [low, best, high]]) => ({
      measure,
      low: low.value.of(0, now.window),
      best: best.value.of(0, now.window),
      high: high.value.of(0, now.window),
      unknown: best.unknown.of(0, now.window),
      known: best.rows.of(0, now.window) > best.unknown.of(0, now.window),
    }));
    showTotals(byId("totals"), words, { rows: now.count.rows.of(0, now.window), figures, when: timed ? when() : "" });
  }
  /** What may wait until the selection rests: it goes through all rows shown. */
  function settle() {
    refill(byId("remainder"), remainderWords(words, model, now.rows, now.window));
    legend();
  }
  function legend() {
    const counts = model.typeCounts(now.rows);
    const kinds = new Set(now.rows.map((row) => Object.keys(DRAWN)[model.arrays.drawn[row]]));
    showLegend({ regions: byId("legend-regions"), points: byId("legend-points") }, words, {
      scale: state.now.regionsShown ? now.scale : null,
      looks: now.looks,
      types: state.now.pointsShown
        ? Object.entries(header.types)
            .filter(([code]) => counts[code])
            .map(([code, style]) => [code, style, counts[code]])
        : null,
      drawn: state.now.pointsShown ? kinds : null,
    });
  }
  function update(changed) {
    const has = (...groups) => groups.flat().some((name) => changed.has(name));
    if (has("types", "search")) model.filter(state.now);
    if (has(FILTERS)) sum();
    if (has(FILTERS, WINDOW)) {
      now.window = timed ? windowOf(state.now) : null;
      now.rows = model.select(now.window, state.now.step);
      histogram?.setWindow(now.window);
      totals();
    }
    if (has(FILTERS, WINDOW, "set", "limitsDay", "regionsShown", "view")) paintRegions();
    if (has(FILTERS, WINDOW, "pointsShown", "regionsShown", "view")) paintPoints();
    if (has(FILTERS, WINDOW, "set", "limitsDay", "regionsShown", "pointsShown")) {
      clearTimeout(now.later);
      now.later = setTimeout(settle, SETTLE_MS);
    }
    panel.show(changed);
    if (changed.has("view") && state.now.view.kind === "card") points.show(state.now.view.row);
  }
  const pickAt = (event) => points.pick(event.latlng);
  map.on("click", (event) => {
    const found = pickAt(event);
    const region = regions.regionOf(event.originalEvent.target);
    if (found.length === 1) panel.openRow(found[0]);
    else if (found.length) panel.openHere(found);
    else if (region !== null) panel.openRegion(setOf().regions.find(({ id }) => id === region));
  });
  map.on("mousemove", (event) => {
    const found = pickAt(event);
    if (found.length)
      tip.show(found.length > 1 ? t("here", { n: found.length }) : model.texts.title[found[0]], event.originalEvent);
    else if (!tip.overRegion) tip.hide();
    map.getContainer().classList.toggle("over", found.length > 0);
    tip.taken = found.length > 0;
  });
  map.on("mouseout", () => tip.hide());
  regions.onchoose = (region) => panel.openRegion(region);
  regions.onhover = (region, event) => {
    tip.overRegion = region !== null;
    if (region === null) tip.hide();
    else if (!tip.taken)
      tip.show(
        now.looks.find((look) => look.region.id === region.id)?.words ?? region.name,
        event,
        map.latLngToContainerPoint(regions.centre(region)),
      );
  };
  const pending = new Set();
  state.on((_, changed) => {
    if (!pending.size) {
      requestAnimationFrame(() => {
        const heard = new Set(pending);
        pending.clear();
        update(heard); // once for a frame, however fast the slider moves
      });
    }
    for (const name of changed) pending.add(name);
  });
  update(new Set([...FILTERS, ...WINDOW, "set", "pointsShown", "regionsShown", "tab"]));
  settle();
  document.documentElement.dataset.ready = "yes";
}

const typeColours = (header) => header.dictionaries.type.map((code) => (header.types[code] ?? ["#767676"])[0]);
