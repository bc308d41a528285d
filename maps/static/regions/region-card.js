/** The detail of a region: its value and how sure it is, people, area, validity, by which decree. */

import { chosenSet } from "./choropleth.js";
import { decimalsOf } from "./classes.js";
import { el, link } from "../page/dom.js";
import { censusOf, middleOf, rateOf, windowBefore } from "./rates.js";
import {
  decimal,
  doubtWords,
  measureName,
  outsideWords,
  peopleWords,
  regionName,
  sumWords,
  validityWords,
  valueText,
} from "../words/region-words.js";
import { windowWords } from "../words/timewords.js";

const fact = (name, value, note) =>
  el("div", {}, el("dt", {}, name), el("dd", {}, value, note ? el("span", { class: "sub" }, ` ${note}`) : null));

/** Build the detail of a region that is shown; its list of incidents is added by the panel. */
export function regionCard(ctx, look) {
  const { words, header, now } = ctx;
  const { t } = words;
  const doubt = doubtWords(words, look.reasons, header.guard);
  return [
    ...headOf(ctx, look.region, look.outside ? "" : look.validity),
    look.outside ? el("p", { class: "caution" }, outsideWords(words, look)) : null,
    el("p", { class: "when" }, windowWords(ctx)),
    el("dl", { class: "sums" }, factsOf(ctx, look)),
    doubt ? el("p", { class: "caution" }, doubt) : null,
    look.region.partial ? el("p", { class: "caution" }, t("few_cells_words", { least: header.spec.suppress_below })) : null,
    look.apart && now.scale.measure !== "incidents" ? el("p", { class: "sub" }, t("n_apart", { n: look.apart })) : null,
    ...footOf(ctx, look.region),
  ];
}

/** Build the detail of a region that was not valid in the time shown. */
export function absentRegion(ctx, region) {
  const { words } = ctx;
  return [
    ...headOf(ctx, region, validityWords(words, region)),
    el("p", { class: "caution" }, words.t("not_valid_then")),
    ...footOf(ctx, region),
  ];
}

function headOf(ctx, region, validity) {
  const { words } = ctx;
  const set = chosenSet(ctx);
  return [
    el("p", { class: "kicker" }, words.local(set.name)),
    el("h2", { tabindex: "-1", id: "panel-title" }, regionName(words, region, set)),
    validity ? el("p", { class: "sub" }, validity) : null,
  ];
}

function factsOf(ctx, look) {
  const { words, now, model, state, header } = ctx;
  const { t } = words;
  const { scale, window } = now;
  const { region } = look;
  const middle = middleOf(window, model);
  const measured = measureName(words, scale.measure);
  const facts = [];
  if (look.rank === "suppressed") facts.push(fact(measured, t("fewer_not_shown", { n: header.spec.suppress_below })));
  else if (scale.measure === "incidents") facts.push(fact(measured, words.n(look.rows)));
  else {
    const unknown = look.unknown ? t("unknown_in", { n: look.unknown }) : "";
    const none = { none: t("no_incident_known"), apart: t("does_not_apply") }[look.rank] ?? t("unknown");
    facts.push(fact(measured, look.known ? sumWords(words, look, scale) : none, look.known ? unknown : ""));
    facts.push(fact(t("measure_incidents"), words.n(look.rows)));
  }
  for (const rate of ["people", "area"]) {
    const value = look.known ? rateOf(rate, now.sums.value.value(region.id, window), region, middle) : null;
    if (value === null) continue;
    const decimals = decimalsOf([value].filter(Boolean));
    const least = scale.bound === "high" && look.open ? "+" : "";
    facts.push(fact(`${measured} ${t(`rate_${rate}`)}`, valueText(words, value, { decimals, rate }) + least));
  }
  const before = windowBefore(state.now, model);
  if (before && look.rank !== "suppressed") {
    const known = now.sums.value.known(region.id, before);
    const rows = now.sums.value.rows(region.id, before);
    const none = rows ? t("unknown") : t("no_incident_known");
    const least = scale.bound === "high" && now.sums.value.open(region.id, before) ? "+" : "";
    facts.push(fact(t("window_before"), known ? words.n(now.sums.value.value(region.id, before)) + least : none));
  }
  const census = censusOf(region, middle);
  if (census) {
    const [year, people] = census;
    facts.push(fact(t("population"), peopleWords(words, { year, people }), censusSource(region, year)));
  } else facts.push(fact(t("population"), t("no_population")));
  const area = region.area_km2;
  if (area) facts.push(fact(t("area"), `${decimal(words, area, area < 100 ? 1 : 0)} km²`));
  return facts;
}

/** Who counted the people of a census year, of those whom the region names, one after a semicolon. */
function censusSource({ population_source: sources }, year) {
  const all = (sources ?? "").split("; ");
  return all.find((source) => year !== null && source.includes(String(year))) ?? sources;
}

/** Whether a note begins with what would be said before it, up to the first comma: "A working outline, not a legal …". */
const isSaidBy = (note, said) => note.startsWith(said.split(",")[0]);

function footOf({ words }, region) {
  const { t } = words;
  const note = words.local(region.outline_note);
  const decree = [region.decree, region.citation].filter(Boolean).join(" · ");
  return [
    region.working
      ? el("p", { class: "caution" }, isSaidBy(note, t("working_outline")) ? null : el("strong", {}, `${t("working_outline")} `), note)
      : note
        ? el("p", { class: "sub" }, note)
        : null,
    region.reason ? el("p", {}, words.local(region.reason)) : null,
    decree ? el("p", { class: "sub" }, t("decree"), " ", region.url ? link(decree, region.url) : decree) : null,
  ];
}
