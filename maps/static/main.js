/** The page: joins state, model, map and panels. Choropleth, timeline and atlas differ in what they start with. */

import { makeActs } from "./page/acts.js";
import { makeCards } from "./data/cards.js";
import { derive, REGIONS, SUMMED, WINDOW } from "./data/derive.js";
import { makeDownloads } from "./table/download.js";
import { makeEmbed } from "./page/embed.js";
import { makeFilters } from "./panel/filter-panel.js";
import { makeHistogram } from "./time/histogram.js";
import { makeHonesty } from "./page/honesty.js";
import { makeWords } from "./words/i18n.js";
import { initialState } from "./state/initial.js";
import { addBase, makeMap } from "./map/layer-base.js";
import { addClusters } from "./map/layer-clusters.js";
import { addDensity } from "./map/layer-density.js";
import { addPoints } from "./map/layer-points.js";
import { addRegions } from "./map/layer-regions.js";
import { recolourPictures } from "./map/glyphs.js";
import { makeLegend } from "./regions/legend.js";
import { joinMap } from "./map/map-view.js";
import { modelOf } from "./data/cells.js";
import { makeOptions } from "./page/options.js";
import { makePanel } from "./panel/panel.js";
import { readBlock, readPayload } from "./data/payload.js";
import { makeLinks } from "./state/links.js";
import { makeRegionControls } from "./regions/region-controls.js";
import { listedRows } from "./data/ordering.js";
import { activeFilters } from "./words/selection-words.js";
import { makeSheet } from "./print/sheet.js";
import { makeBottomSheet } from "./page/sheet.js";
import { makeState } from "./state/state.js";
import { makeNote } from "./story/note.js";
import { sumsHead } from "./page/sums-words.js";
import { makeStory } from "./story/story.js";
import { makeTable } from "./table/table.js";
import { makeTimebar } from "./time/timebar.js";
import { onTheme } from "./page/theme.js";
import { makeTools } from "./page/tools.js";
import { contentsOf, makeRemainder } from "./page/remainder.js";
import { makeTotals } from "./page/totals.js";
import { atOnce, breath, inTurns, leisure, painted } from "./state/turns.js";
import { makeViews } from "./page/views.js";
import { weighing } from "./data/weights.js";

const byId = (id) => document.getElementById(id);
const SETTLE_MS = 70; // how long the selection must rest before what goes through all of it is made anew
const COLUMNS = new Set(["columns"]);
const COLOURS = new Set(["theme"]); // what has changed when the page becomes dark, or light
const LINK_MS = 150; // and how much longer before the address follows

/** Put the page together. Called once by the page, with the parts its templates made. */
export async function start({ map, data, ...layers }) {
  performance.mark("willay:unpacked");
  const { header } = data;
  const model = modelOf(data);
  const opening = initialState(header, model);
  const state = makeState(opening);
  const cards = makeCards(model);
  let mounted = 0; // how often the components have been made
  const heard = { lay: [], update: [], settle: [], dispose: [] };
  const ctx = {
    state,
    header,
    model,
    map,
    layers,
    cards,
    now: {},
    card: (row) => cards.card(row),
    lay: (fn) => heard.lay.push(fn), // called once all parts stand, so that the page is laid out and measured once
    update: (fn) => heard.update.push(fn),
    settle: (fn) => heard.settle.push(fn),
    dispose: (fn) => heard.dispose.push(fn),
    listen(target, type, fn, options) {
      target.addEventListener(type, fn, options);
      heard.dispose.push(() => target.removeEventListener(type, fn, options));
    },
  };
  // What opens a detail before the panel that shows it is there: the panel finds it in the state.
  const list = { kind: "list" };
  ctx.openRow = (row) => state.set({ view: { kind: "card", row, back: list } });
  ctx.openRegion = (region) => state.set({ view: { kind: "region", region, back: list } });
  ctx.openHere = (rows) => state.set({ view: { kind: "here", rows, back: list } });
  const links = makeLinks(ctx, opening);
  ctx.permalink = links.permalink;
  ctx.showView = links.showView;
  ctx.fragment = links.fragment;

  let pending = null;
  let later = 0;
  let linking = 0;
  let settling = 0; // counts up whenever something changes
  const waiting = new Set(); // what has changed since the selection last rested
  function update() {
    const changed = pending;
    pending = null;
    if (changed.has("lang")) {
      mount();
      return;
    }
    derive(ctx, changed);
    for (const fn of heard.update) atOnce(fn(changed));
    if (["view", "stage", "mapView", "tab"].some((name) => changed.has(name))) links.write(); // a step of the history
    for (const name of changed) waiting.add(name);
    settling++;
    clearTimeout(later);
    later = setTimeout(settle, SETTLE_MS);
  }
  /** Tell that the selection rests, in turns, as the reader may go on: then all of it is told when it rests again. */
  async function settle() {
    const changed = new Set(waiting);
    const own = ++settling;
    const isTold = await inTurns(heard.settle.map((fn) => () => fn(changed)), () => own === settling);
    if (isTold) settled(changed);
  }
  function settled(changed) {
    for (const name of changed) waiting.delete(name);
    clearTimeout(linking);
    linking = setTimeout(links.write, LINK_MS);
  }
  function change(names) {
    if (!pending) {
      pending = new Set();
      requestAnimationFrame(update); // once for a frame, however fast the slider moves
    }
    for (const name of names) pending.add(name);
  }
  state.on((_, changed) => change(changed));

  /** Draw all again in other colours, at once: a printer does not wait for the next frame. */
  function recolour() {
    derive(ctx, COLOURS);
    for (const fn of heard.update) atOnce(fn(COLOURS));
    recolourPictures();
    change(COLOURS); // lists follow when the selection rests
  }
  onTheme(recolour);

  /** Make every component anew: at the start, and when the language changes. */
  function mount() {
    for (const fn of heard.dispose.splice(0)) fn();
    heard.update.length = heard.settle.length = 0;
    const { lang } = state.now;
    ctx.words = makeWords(header, lang);
    model.lang = lang;
    document.documentElement.lang = lang;
    derive(ctx, new Set([...SUMMED, ...WINDOW, ...REGIONS]));
    showHead(ctx);
    makeViews(byId("views"), ctx);
    makeActs(byId("views"), ctx);
    makeRegionControls(byId("controls"), ctx);
    makeOptions(byId("views").parentElement, ctx);
    makeBottomSheet(byId("side"), ctx);
    makeTotals(byId("totals"), ctx);
    const { downloads } = makeTools(byId("tools"), ctx);
    if (!header.sums) makeDownloads(downloads, ctx);
    makeHonesty(byId("foot"), ctx);
    makeEmbed(byId("embed"), ctx);
    makeNote(byId("note"), ctx);
    makeStory(byId("story"), ctx, opening);
    if (model.dated) {
      makeHistogram(byId("bars-box"), ctx);
      makeTimebar(byId("time-controls"), ctx);
    }
    makeLegend(byId("legends"), ctx);
    layers.base.isEarly = !model.whole; // names give way to signs, whose sizes are still to come
    joinMap(ctx);
    map.begin();
    for (const fn of heard.lay.splice(0)) fn();
    ctx.settle(() => (byId("print-selection").textContent = activeFilters(ctx).map((filter) => filter.words).join(" · "))); // days are in the head
    const stage = () => {
      byId("table").hidden = state.now.stage !== "table";
      byId("frame").hidden = state.now.stage === "table";
    };
    ctx.update((changed) => changed.has("stage") && stage());
    stage();
    mounted++;
    if (!model.whole) return;
    for (const make of BESIDE) atOnce(make(ctx));
    settling++;
    for (const fn of heard.settle) atOnce(fn(waiting));
    settled([...waiting]);
  }

  /** Take in the columns that the first picture does without, and make what shows them, with turns between. */
  async function complete() {
    model.takeColumns(await readBlock("columns"));
    const mounting = mounted;
    derive(ctx, COLUMNS);
    waiting.add("columns");
    await breath(); // unpacking was a turn of its own
    if (mounting !== mounted) return;
    const isSame = () => mounting === mounted; // else the language has changed meanwhile, and all was made anew
    const parts = [() => weighing(ctx), ...heard.update.map((fn) => () => fn(COLUMNS)), layers.base.showNames];
    if (!(await inTurns(parts, isSame))) return;
    await painted();
    if (isSame() && (await inTurns(BESIDE.map((make) => () => make(ctx)), isSame))) settle();
  }

  byId("time").hidden = !model.dated;
  const isBrief = !model.whole && location.hash.length < 2 && !header.spec.views.length && opening.mapView !== "regions";
  if (!isBrief && !model.whole) model.takeColumns(await readBlock("columns"));
  mount();
  await links.follow(location.hash);
  performance.mark("willay:ready");
  document.documentElement.dataset.ready = "yes";
  await painted();
  await leisure();
  if (isBrief) await complete();
  performance.mark("willay:whole");

  const titles = await readBlock("texts");
  cards.key = titles.header.page;
  change(model.takeTexts(titles) ? ["texts", "search"] : ["texts"]);
  ctx.onTexts?.();
  document.documentElement.dataset.texts = "yes";
  await warm(ctx);
}

/** Make the sums that the head shows of a part of the time before the first step asks for them. */
async function warm({ now, model }) {
  const { totals } = now;
  const { rows } = totals.incidents;
  const numbers = totals.figures.flatMap(({ low, best, high }) => [low.value, best.value, high.value, best.unknown, best.known]);
  for (const sum of model.dated ? [rows, ...numbers] : []) {
    await leisure();
    if (now.totals !== totals) return; // the reader has filtered meanwhile
    sum(0, model.days);
  }
}

/** What stands beside the map and shows all columns. It is made once they are there, after the first picture. */
const BESIDE = [
  (ctx) => makeFilters(byId("filters"), ctx),
  (ctx) => makeRemainder(byId("remainder"), ctx),
  listing,
  (ctx) => Object.assign(ctx, makePanel(byId("panel"), ctx)),
  (ctx) => ctx.header.sums || makeTable(byId("table"), ctx), // sums have no table of events
  (ctx) => makeSheet(byId("sheet"), ctx),
];

/** Make what the panel lists, in parts. */
function* listing(ctx) {
  contentsOf(ctx, ctx.now.rows);
  yield;
  listedRows(ctx);
}

/** The heading, the question, and the names of the page's parts for those who hear it. */
function showHead({ words, header, state }) {
  const { t } = words;
  const asked = words.local(header.origin.question);
  const told = header.sums ? sumsHead({ words, header }) : asked ? t("question_words", { question: asked }) : "";
  byId("title").textContent = document.title = header.spec.title ?? header.titles[words.lang];
  byId("skip").textContent = t("skip");
  byId("question").textContent = told;
  byId("question").hidden = !told;
  for (const [id, key] of Object.entries({ stage: "stage", side: "side_panel", time: "time", filters: "filters" }))
    byId(id).setAttribute("aria-label", t(key));
  document.body.dataset.lang = state.now.lang;
}
