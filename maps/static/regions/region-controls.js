/** What the reader chooses of the regions: measure, bound, rate, set, limits; and in the legend method and classes. */

import { changeDays, chosenSet } from "./choropleth.js";
import { choice, el, refill } from "../page/dom.js";
import { changeProblem, rateProblem } from "./rates.js";
import { measureName } from "../words/region-words.js";

const RATES = ["count", "people", "area", "change"];
const SCHEMES = ["natural-breaks", "quantiles", "equal-interval", "fixed"];
const COUNTS = [2, 3, 4, 5, 6, 7, 8, 9];
const MOST_LIMITS = 8; // and an open class above them makes nine
const TYPED_MS = 400;

/** What the choices begin with in each view: "Colour regions by", "Size marks by". */
const BEGINNINGS = { regions: "colour_regions_by", points: "size_marks_by", clusters: "size_clusters_by", density: "weight_density_by" };

/** Make the choices above the map, which read as a sentence; without regions, measure and bound alone. */
export function makeRegionControls(root, ctx) {
  const { state, header, words } = ctx;
  const { t } = words;
  const regional = header.regions.length > 0 && header.spec.kind !== "timeline";
  const set = (name) => (value) => state.set({ [name]: value });
  const measures = ["incidents", ...header.measures].map((code) => [code, measureName(words, code)]);
  const measure = choice("measure", t("measure"), measures, state.now.measure, set("measure"));
  const bounds = ["low", "best", "high"].map((code) => [code, t(`bound_figure_${code}`)]);
  const bound = choice("bound", t("bound"), bounds, state.now.bound, set("bound"));
  bound.firstChild.classList.add("unseen"); // its options say what they are
  const rate = choice("rate", t("rate"), [], "", set("rate"));
  const sets = header.regions.map(({ key, name }) => [key, words.local(name)]);
  const onset = (value) => state.set({ set: value, limitsDay: null });
  const region = choice("set", t("colour"), sets, state.now.set, onset);
  const isOneOfSets = sets.length > 1;
  const onlimits = (value) => state.set({ limitsDay: value === "" ? null : Number(value) });
  const limits = choice("limits", t("limits"), [], "", onlimits);
  for (const [label, key] of [[bound, "bound"], [rate, "rate"], [region, "region_set"], [limits, "limits"]]) {
    label.title = t(key); // its words are hidden where a window is low
    chooser(label).setAttribute("aria-label", t(key));
  }
  refill(root, regional && isOneOfSets ? region : null, measure, bound, regional ? [rate, limits] : null);
  function showRates() {
    const lacking = {
      people: rateProblem(header) ?? (chosenSet(ctx).regions.some(({ population }) => population) ? null : "no_population"),
      area: rateProblem(header),
      change: changeProblem(state.now),
    };
    const options = RATES.map((code) => {
      const why = lacking[code] ? ` (${t(`${lacking[code]}_brief`)})` : "";
      return el("option", { value: code, disabled: Boolean(why) && state.now.rate !== code }, t(`rate_${code}`), why);
    });
    const key = options.map((option) => option.textContent + option.disabled).join();
    if (chooser(rate).dataset.key !== key) refill(chooser(rate), options);
    chooser(rate).dataset.key = key;
    chooser(rate).value = state.now.rate;
  }
  function showLimits() {
    const days = changeDays(chosenSet(ctx));
    limits.hidden = !days.length;
    if (chooser(limits).dataset.set !== state.now.set)
      refill(
        chooser(limits),
        el("option", { value: "" }, t("limits_window")),
        days.map((day) => el("option", { value: day }, t("limits_on", { day: words.day(day, true) }))),
      );
    chooser(limits).dataset.set = state.now.set;
    chooser(limits).value = state.now.limitsDay ?? "";
  }
  function show() {
    chooser(measure).value = state.now.measure;
    chooser(bound).value = state.now.bound;
    const isCount = state.now.measure === "incidents";
    chooser(bound).disabled = isCount;
    bound.title = isCount ? t("bound_of_incidents") : t("bound");
    const { mapView } = state.now;
    const beginning = t(mapView === "regions" && isOneOfSets ? "by" : BEGINNINGS[mapView]);
    measure.firstChild.textContent = beginning;
    chooser(measure).setAttribute("aria-label", mapView === "regions" ? t("colour_regions_by") : beginning);
    measure.title = t("measure");
    const seen = regional && state.now.mapView === "regions";
    for (const label of [rate, region, limits]) label.hidden = !seen;
    if (!seen) return;
    chooser(region).value = state.now.set;
    showRates();
    showLimits();
  }
  const heard = ["measure", "bound", "rate", "set", "limitsDay", "mapView", "end", "mode"];
  ctx.update((changed) => heard.some((name) => changed.has(name)) && show());
  show();
}

const chooser = (label) => label.querySelector("select");

/** Make the choice of method and classes in the legend's details; returns what brings it up to the state. */
export function makeMethod(root, ctx) {
  const { state, words } = ctx;
  const { t } = words;
  const names = SCHEMES.map((code) => [code, t(`method_${code.replaceAll("-", "_")}`)]);
  const scheme = choice("scheme", t("method"), names, state.now.scheme, (value) => {
    const { limits, decimals } = ctx.now.scale;
    const start = state.now.limits ?? limits.slice(0, MOST_LIMITS).map((limit) => limit / 10 ** decimals);
    state.set(value === "fixed" ? { scheme: value, limits: start } : { scheme: value });
  });
  const counts = COUNTS.map((count) => [String(count), words.n(count)]);
  const oncount = (value) => state.set({ classes: Number(value) });
  const classes = choice("classes", t("classes"), counts, String(state.now.classes), oncount);
  const typed = el("input", {
    id: "fixed-limits",
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": "fixed-hint",
    oninput: ontype,
  });
  const hint = el("span", { class: "note", id: "fixed-hint" }, t("fixed_hint", { n: MOST_LIMITS }));
  const fixed = el("label", { class: "choice typed", for: "fixed-limits" }, el("span", {}, t("fixed_limits")), typed);
  const summary = el("summary", {});
  refill(root, summary, scheme, classes, fixed, hint);
  let later = 0;

  function ontype() {
    clearTimeout(later);
    later = setTimeout(() => {
      const limits = limitsTyped(typed.value);
      typed.setAttribute("aria-invalid", String(!limits));
      if (limits) state.set({ limits });
    }, TYPED_MS);
  }
  function show(changed) {
    const now = state.now;
    const method = t(`method_${now.scheme.replaceAll("-", "_")}`);
    refill(summary, now.scheme === "fixed" ? method : t("method_and_classes", { method, n: now.classes }));
    scheme.querySelector("select").value = now.scheme;
    classes.querySelector("select").value = String(now.classes);
    classes.hidden = now.scheme === "fixed";
    fixed.hidden = hint.hidden = now.scheme !== "fixed";
    if (document.activeElement !== typed && (!changed || changed.has("limits") || changed.has("scheme")))
      typed.value = (now.limits ?? []).join(" ");
  }
  ctx.dispose(() => clearTimeout(later));
  show();
  return (changed) => ["scheme", "classes", "limits"].some((name) => changed.has(name)) && show(changed);
}

/** Numbers above 0 as typed, with spaces, semicolons or ", " between: rising, each once; null where they are none. */
function limitsTyped(text) {
  const parts = text.split(/[\s;]+/).map((part) => part.replace(/,$/, "").replace(",", "."));
  const numbers = parts.filter(Boolean).map(Number);
  const sound = numbers.every((number) => number > 0 && Number.isFinite(number));
  if (!sound || !numbers.length || numbers.length > MOST_LIMITS) return null;
  return [...new Set(numbers)].sort((a, b) => a - b);
}
