/** What each region shows: its sum in the window, its class, and the words for it. */

import { DOTTED, HATCHED } from "./layer-regions.js";
import { validityWords } from "./region-card.js";
import { firstDay, lastDay } from "./time.js";

/** Which of the three scales a window is painted by: classes stay the same while the window moves. */
function scaleLength(state, window) {
  if (!window || state.mode === "cumulative") return "all";
  const months = (window.to - window.from + 1) * (state.step === "year" ? 12 : 1);
  return months <= 1 ? "month" : months <= 12 ? "year" : "all";
}

/** The scale of the present choice: limits, colours, and the words of the legend. */
export function scaleOf(header, words, state, window) {
  const { t } = words;
  const length = scaleLength(state, window);
  const limits = header.scales[state.set]?.[state.measure]?.[state.bound]?.[length] ?? [];
  const measured = state.measure === "incidents" ? t("measure_incidents") : words.label("measures", state.measure);
  const bound = state.measure === "incidents" ? "" : t(`bound_${state.bound}`);
  return {
    limits,
    colours: header.colours[limits.length] ?? header.colours[0],
    measure: state.measure,
    title: [measured, bound].filter(Boolean).join(" · "),
    about: t("legend_about"),
    note: t("classes_note", {
      scheme: t(`scheme_${header.spec.scheme.replaceAll("-", "_")}`),
      length: t(`scale_${length}`),
    }),
    caution: changeDays(header.regions.find(({ key }) => key === state.set) ?? { regions: [] }).length
      ? t("versions_note")
      : "",
  };
}

/** Whether a version of a region is valid on any day from…to (inclusive); undefined limits do not limit. */
export function isValid(region, from, to) {
  return (
    (region.valid_from === undefined || region.valid_from <= to) &&
    (region.valid_until === undefined || region.valid_until > from)
  );
}

/** The days on which the versions of a set change, rising. */
export function changeDays(set) {
  const days = set.regions
    .flatMap((region) => [region.valid_from, region.valid_until])
    .filter((day) => day !== undefined);
  return [...new Set(days)].sort((a, b) => a - b);
}

/** The regions of the chosen set that the window (or the day chosen for limits) shows. */
function regionsShown(set, model, state, window) {
  if (state.limitsDay !== null)
    return set.regions.filter((region) => isValid(region, state.limitsDay, state.limitsDay));
  if (!window) return set.regions;
  const steps = model.steps[state.step];
  const [from, to] = [firstDay(steps.start + window.from, steps.unit), lastDay(steps.start + window.to, steps.unit)];
  return set.regions.filter((region) => isValid(region, from, to));
}

/**
 * The looks of the regions.
 * @param {{value: Object, low: Object, high: Object, best: Object}} sums `regionSums` of the chosen bound, and of each
 */
export function looksOf({ set, model, words, state, window, sums, scale }) {
  return regionsShown(set, model, state, window).map((region) => {
    const rows = sums.value.rows.of(region.id, window);
    const unknown = sums.value.unknown.of(region.id, window);
    const known = rows > unknown;
    const value = !rows || !known ? null : sums.value.value.of(region.id, window);
    const look = { region, rows, unknown, value, validity: validityWords(words, region) };
    for (const bound of ["low", "best", "high"]) look[bound] = sums[bound]?.value.of(region.id, window) ?? value;
    look.rank = !rows ? "none" : !known ? "unknown" : value === 0 ? "zero" : rankOf(scale.limits, value);
    look.fill = fillOf(scale, look.rank);
    look.shortValue = look.rank === "none" ? "–" : look.rank === "unknown" ? "?" : words.n(value);
    look.words = `${region.name}: ${valueWords(words, look, scale)}`;
    return look;
  });
}

function rankOf(limits, value) {
  const rank = limits.findIndex((limit) => value <= limit);
  return rank < 0 ? "above" : rank;
}

function fillOf(scale, rank) {
  if (rank === "none") return DOTTED;
  if (rank === "unknown") return HATCHED;
  if (rank === "zero") return scale.colours[0];
  return rank === "above" ? scale.colours.at(-1) : scale.colours[rank + 1];
}

/** A region's value in words, for pointer, keyboard and reader. */
function valueWords(words, look, scale) {
  const { t } = words;
  if (look.rank === "none") return t("no_incident_known");
  const incidents = t("n_incidents", { n: look.rows });
  if (scale.measure === "incidents") return incidents;
  const measured = words.label("measures", scale.measure);
  if (look.rank === "unknown") return `${measured}: ${t("unknown")} · ${incidents}`;
  const sum = t("sum_words", { best: words.n(look.value), range: words.numbers(look.low, look.high) });
  return `${measured}: ${sum} · ${incidents}${look.unknown ? ` · ${t("unknown_in", { n: look.unknown })}` : ""}`;
}
