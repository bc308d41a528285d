/** The legend: classes of the regions with ranges and counts, how they were found, signs of types, inexact places. */

import { changeDays, chosenSet } from "./choropleth.js";
import { el, refill } from "../page/dom.js";
import { countWords } from "../page/remainder.js";
import { glyphPicture } from "../map/glyphs.js";
import { placeSection, sizeSection } from "../map/mark-legend.js";
import { makeMethod } from "./region-controls.js";
import { decimal, doubtWords } from "../words/region-words.js";
import { signOf, swatchOf } from "./swatches.js";

/** Regions without a value: why, their fill, and the key of the words for it. */
const VALUELESS = [
  ["suppressed", "withheld", "fewer_not_shown"],
  ["unknown", "hatched", "unknown_figure"],
  ["no-people", "crossed", "no_population"],
  ["apart", "blank", "does_not_apply"],
  ["early", "blank", "change_no_earlier"],
  ["none", "dotted", "no_incident_known"],
];

const MOST_COVERED = 1 / 6; // the share of the map that legends may cover by themselves
const SPARE_PX2 = 300; // for parts of pixels
const LEAST_OPEN_PX = 150; // a legend with less room than that is closed

const item = (sign, text, count) =>
  el(
    "li",
    {},
    sign,
    el("span", { class: "what" }, text),
    count === undefined ? null : el("span", { class: "count" }, count),
  );

/** Make the legend: one box for the regions, one for the incidents, each as the view has use for it. */
export function makeLegend(root, ctx) {
  const { state, layers, words } = ctx;
  const { t } = words;
  const narrow = matchMedia("(max-width: 899px)").matches;
  const classes = el("div", { class: "legend-classes", id: "legend-regions" });
  const method = el("details", { class: "method" });
  const signs = el("div", { id: "legend-points" });
  const box = (id, open, name, ...inside) =>
    el("details", { class: "legend", id, open }, el("summary", {}, name), inside);
  const regions = box("legend", !narrow, t("legend_regions"), classes, method);
  const incidents = box("legend-signs", !narrow, t("legend_signs"), signs);
  refill(root, regions, incidents);
  layers.regions.describe(t("regions_keys"));
  const notes = el("div", { class: "notes" });
  const update = makeMethod(method, ctx);
  method.append(notes);
  method.addEventListener("toggle", () => method.open && method.scrollIntoView({ block: "nearest" }));
  let opened = []; // by printing, which shows all
  ctx.listen(window, "beforeprint", () => {
    opened = [regions, incidents, method].filter((each) => !each.open);
    for (const each of opened) each.open = true;
  });
  ctx.listen(window, "afterprint", () => {
    for (const each of opened.splice(0)) each.open = false;
  });
  const fit = fitter(root, ctx);
  const rest = { isOpen: false };

  function show() {
    const { mapView, overlay } = state.now;
    const regional = mapView === "regions" && Boolean(ctx.now.scale);
    regions.hidden = !regional;
    if (regional) {
      refill(classes, classSection(ctx));
      refill(
        notes,
        notesOf(ctx).map((note) => el("p", { class: "note" }, note)),
      );
    }
    const own = regional ? [] : (layers[mapView]?.legend?.(ctx) ?? []);
    const points = regional ? overlay : mapView === "points";
    const parts = [
      ...own,
      points && ctx.now.measured ? sizeSection(ctx) : null,
      points ? placeSection(ctx) : null,
      points || mapView === "clusters" ? typeSection(ctx, rest) : null,
    ].filter(Boolean);
    incidents.hidden = !parts.length;
    refill(signs, parts);
    fit(regional ? [regions, incidents] : [incidents]);
  }
  ctx.update((changed) => {
    if (["scheme", "classes", "limits", "rate", "set", "mapView", "acts", "measure", "bound", "columns", "theme"].some((name) => changed.has(name))) show();
    update(changed);
  });
  ctx.settle(show);
  show();
}

/**
 * Keep legends from hiding the map: those that lie on it are open as far as together they cover no more than a share of
 * it, the first ones first; one that is a little too high is scrolled. What a reader has opened or closed stays so.
 */
function fitter(root, ctx) {
  const chosen = new Set();
  let boxes = [];
  ctx.listen(root, "click", ({ target }) => {
    const summary = target.closest?.("summary");
    if (summary?.parentElement.classList.contains("legend")) chosen.add(summary.parentElement);
  });
  if (!root.parentElement) return () => {}; // on somebody else's map, which has a place for it
  const areaOf = (box) => box.getBoundingClientRect().width * box.getBoundingClientRect().height;
  function fit(shown = boxes) {
    boxes = shown;
    if (getComputedStyle(root).position !== "absolute") return; // beside or below the map
    const { width, height: high } = root.parentElement.getBoundingClientRect();
    const most = width * high * MOST_COVERED - SPARE_PX2;
    if (most <= 0) return;
    const free = shown.filter((box) => !box.hidden && !chosen.has(box));
    for (const box of shown) box.style.maxHeight = "";
    for (const box of free) box.open = false;
    for (const box of free) {
      const others = shown.reduce((sum, each) => sum + (each === box ? 0 : areaOf(each)), 0);
      box.open = true;
      if (others + areaOf(box) <= most) continue;
      const height = Math.floor((most - others) / box.offsetWidth); // the rest of it is scrolled to
      if (height < LEAST_OPEN_PX) box.open = false;
      else box.style.maxHeight = `${height}px`;
    }
  }
  const observer = new ResizeObserver(() => fit());
  observer.observe(root.parentElement);
  ctx.dispose(() => observer.disconnect());
  return fit;
}

function classSection(ctx) {
  const { words, now } = ctx;
  const { t } = words;
  const { scale, looks } = now;
  const years = censusYears(looks);
  const unit = t({ count: "legend_sum", change: "legend_change" }[scale.rate] ?? `per_${scale.rate}`);
  return [
    el("h2", {}, [scale.measured, scale.bound ? t(`bound_${scale.bound}`) : ""].filter(Boolean).join(" · ")),
    el("p", { class: "unit" }, unit, years ? `; ${t("census_brief", { years })}` : ""),
    scale.problem ? el("p", { class: "caution" }, t(scale.problem)) : null,
    el("ul", {}, classRows(ctx, scale, looks)),
    el("ul", { class: "marks" }, markRows(ctx, scale, looks)),
  ];
}

/** The years of the censuses whose people the values shown are divided by; empty where there are none. */
function censusYears(looks) {
  const years = looks.map(({ people }) => people?.year).filter(Boolean);
  return [...new Set(years)].sort().join(", ");
}

/** The classes, the largest first, then zero, and below it falls; then what has no value. */
function classRows({ words, header }, scale, looks) {
  const { t } = words;
  const counts = new Map();
  for (const { rank } of looks) counts.set(rank, (counts.get(rank) ?? 0) + 1);
  const count = (rank) => words.n(counts.get(rank) ?? 0);
  const swatch = (colour, fall = false) => swatchOf({ kind: "class", colour, few: false, fall });
  const classes = scale.ranges.map((range, i) => [i + 1, rangeWords(words, range, scale)]);
  const signed = (sign, text) => (scale.rate === "change" ? `${sign}${text}` : text);
  const rising = ([rank, text]) => item(swatch(scale.colours[rank]), signed("+", text), count(rank));
  const falling = ([rank, text]) => item(swatch(scale.falls[rank], true), signed("\u2212", text), count(-rank));
  const rows = classes.map(rising).reverse();
  if (scale.rate === "change")
    rows.push(item(swatch(scale.colours[0]), t("no_change"), count(0)), ...classes.map(falling));
  else if (scale.measure !== "incidents") rows.push(item(swatch(scale.colours[0]), words.n(0), count(0)));
  const always = scale.measure === "incidents" ? ["none"] : ["unknown", "none"];
  for (const [rank, kind, key] of VALUELESS)
    if (counts.has(rank) || always.includes(rank)) rows.push(item(swatchOf({ kind }), t(key, { n: header.spec.suppress_below }), count(rank)));
  return rows;
}

function rangeWords(words, [low, high], { decimals }) {
  const number = (units) => decimal(words, units / 10 ** decimals, decimals);
  if (high === null) return low === 1 ? words.t("above", { n: 0 }) : words.t("from_up", { n: number(low) });
  return low === high ? number(low) : `${number(low)}–${number(high)}`;
}

/** What hatching and outlines mean, where any region shown has them. */
function markRows({ words, header }, scale, looks) {
  const { t } = words;
  const few = looks.filter(({ reasons }) => reasons.length);
  const reasons = ["incidents", "counted", "people"].filter((name) => few.some((look) => look.reasons.includes(name)));
  const working = looks.filter(({ region }) => region.working).length;
  const outside = looks.filter((look) => look.outside).length;
  return [
    few.length ? item(signOf("few-mark"), doubtWords(words, reasons, header.guard), words.n(few.length)) : null,
    outside ? item(signOf("outline partial"), t("outline_partial"), words.n(outside)) : null,
    working ? item(signOf("outline working"), t("outline_working"), words.n(working)) : null,
  ];
}

/** How the classes were found, what stays while time runs, and what else a careful reader asks. */
function notesOf(ctx) {
  const { words, state, header, now } = ctx;
  const { t } = words;
  const { scale, looks } = now;
  const { end, mode, length, step } = state.now;
  const moving = () => t("scale_window", { window: t(`n_${step}s`, { n: length }) });
  const over = end === null ? t("scale_all") : mode === "cumulative" ? t("scale_cumulative") : moving();
  const years = censusYears(looks);
  const scheme = t(`scheme_${scale.scheme.replaceAll("-", "_")}`);
  return [
    scale.scheme === "fixed" ? scheme : scale.ranges.length ? t("classes_note", { scheme, over }) : "",
    scale.sampled ? t("scale_sampled") : "",
    t("legend_counts"),
    years ? t("census_note", { years }) : "",
    looks.some(({ reasons }) => reasons.length) ? t("guard_note", { n: header.guard.counted }) : "",
    changeDays(chosenSet(ctx)).length ? t("versions_note") : "",
  ].filter(Boolean);
}

const MOST_TYPES = 12; // of more types, the most frequent are listed, and the others below "and 290 more"
const FIRST_TYPES = 10;

/** The signs of the types listed; `rest` remembers whether the less frequent ones are open. */
function typeSection({ words, model, header, now }, rest) {
  const { types: counts, parts } = model.tally(now.rows);
  const types = Object.entries(header.types).filter(([code]) => counts[code]);
  if (!types.length) return null;
  const isLong = types.length > MOST_TYPES;
  if (isLong) types.sort(([a], [b]) => counts[b] - counts[a] || words.compare(words.label("types", a), words.label("types", b)));
  const first = isLong ? FIRST_TYPES : types.length;
  const row = ([code, style]) => item(glyphPicture(style), words.label("types", code), countWords(words, counts[code], parts[code]));
  return el(
    "section",
    { class: "legend-types" },
    el("h2", {}, words.t("types")),
    el(
      "ul",
      {},
      types.slice(0, first).map(row),
    ),
    first < types.length ? restOfTypes(words, types.slice(first), row, rest) : null,
  );
}

/** The less frequent types, behind a line that opens them; they are made when it is opened. */
function restOfTypes(words, types, row, rest) {
  const list = el("ul", {});
  const show = () => refill(list, rest.isOpen ? types.map(row) : null);
  const ontoggle = ({ currentTarget }) => {
    rest.isOpen = currentTarget.open;
    show();
  };
  show();
  return el("details", { class: "legend-rest", open: rest.isOpen, ontoggle }, el("summary", {}, words.t("and_more", { n: types.length })), list);
}
