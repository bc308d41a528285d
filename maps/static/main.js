/** The page: joins state, model, map and panels. Choropleth, timeline and atlas differ in what they start with. */

import { makeCards } from "./cards.js";
import { derive, REGIONS, SUMMED, WINDOW } from "./derive.js";
import { makeDownloads } from "./download.js";
import { makeFilters } from "./filter-panel.js";
import { makeHistogram } from "./histogram.js";
import { makeHonesty } from "./honesty.js";
import { makeWords } from "./i18n.js";
import { initialState } from "./initial.js";
import { addBase, makeMap } from "./layer-base.js";
import { addClusters } from "./layer-clusters.js";
import { addDensity } from "./layer-density.js";
import { addPoints } from "./layer-points.js";
import { addRegions } from "./layer-regions.js";
import { makeLegend } from "./legend.js";
import { joinMap } from "./map-view.js";
import { Model } from "./model.js";
import { makePanel } from "./panel.js";
import { readBlock, readPayload } from "./payload.js";
import { makeLinks } from "./links.js";
import { makeRegionControls } from "./region-controls.js";
import { filterWords } from "./selection-words.js";
import { makeState } from "./state.js";
import { makeTable } from "./table.js";
import { makeTimebar } from "./timebar.js";
import { makeTools } from "./tools.js";
import { makeRemainder, makeTotals } from "./totals.js";
import { makeViews } from "./views.js";

const byId = (id) => document.getElementById(id);
const SETTLE_MS = 70; // how long the selection must rest before what goes through all of it is made anew
const LINK_MS = 150; // and how much longer before the address follows

/** Put the page together. Called once by the page, with the parts its templates made. */
export async function start({ map, data, ...layers }) {
  performance.mark("willay:unpacked");
  const { header } = data;
  const model = new Model(data);
  const opening = initialState(header, model);
  const state = makeState(opening);
  const cards = makeCards(model);
  const heard = { update: [], settle: [], dispose: [] };
  const ctx = {
    state,
    header,
    model,
    map,
    layers,
    cards,
    now: {},
    card: (row) => cards.card(row),
    update: (fn) => heard.update.push(fn),
    settle: (fn) => heard.settle.push(fn),
    dispose: (fn) => heard.dispose.push(fn),
    listen(target, type, fn, options) {
      target.addEventListener(type, fn, options);
      heard.dispose.push(() => target.removeEventListener(type, fn, options));
    },
  };
  const links = makeLinks(ctx, opening);
  ctx.permalink = links.permalink;

  let pending = null;
  let later = 0;
  let linking = 0;
  const waiting = new Set(); // what has changed since the selection last rested
  function update() {
    const changed = pending;
    pending = null;
    if (changed.has("lang")) {
      mount();
      return;
    }
    derive(ctx, changed);
    for (const fn of heard.update) fn(changed);
    for (const name of changed) waiting.add(name);
    clearTimeout(later);
    later = setTimeout(settle, SETTLE_MS);
  }
  function settle() {
    const changed = new Set(waiting);
    waiting.clear();
    for (const fn of heard.settle) fn(changed);
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
    const tools = makeTools(byId("tools"), ctx);
    makeViews(byId("views"), ctx);
    makeRegionControls(byId("controls"), ctx);
    makeTotals(byId("totals"), ctx);
    if (model.dated) {
      makeHistogram(byId("bars-box"), ctx);
      makeTimebar(byId("time-controls"), ctx);
    }
    makeFilters(byId("filters"), ctx);
    makeRemainder(byId("remainder"), ctx);
    Object.assign(ctx, makePanel(byId("panel"), ctx));
    makeTable(byId("table"), ctx);
    makeDownloads(tools.downloads, ctx);
    makeLegend(byId("legends"), ctx);
    makeHonesty(byId("foot"), ctx);
    joinMap(ctx);
    ctx.settle(() => (byId("print-selection").textContent = filterWords(ctx).join(" · ")));
    const stage = () => {
      byId("table").hidden = state.now.stage !== "table";
      byId("frame").hidden = state.now.stage === "table";
    };
    ctx.update((changed) => changed.has("stage") && stage());
    stage();
    settle();
  }
  byId("time").hidden = !model.dated;
  mount();
  await links.follow(location.hash);
  performance.mark("willay:ready");
  document.documentElement.dataset.ready = "yes";

  const titles = await readBlock("texts");
  cards.key = titles.header.page;
  model.takeTexts(titles);
  change(["texts"]);
  ctx.onTexts?.();
  document.documentElement.dataset.texts = "yes";
}

/** The heading, the question, and the names of the page's parts for those who hear it. */
function showHead({ words, header, state }) {
  const { t } = words;
  const asked = words.local(header.origin.question);
  byId("title").textContent = document.title = header.spec.title ?? t(`title_${header.spec.kind}`);
  byId("skip").textContent = t("skip");
  byId("question").textContent = asked ? t("question_words", { question: asked }) : "";
  byId("question").hidden = !asked;
  for (const [id, key] of Object.entries({ stage: "stage", side: "side_panel", time: "time", filters: "filters" }))
    byId(id).setAttribute("aria-label", t(key));
  document.body.dataset.lang = state.now.lang;
}
