/** The detail of a region: what it is, since when, by which decree, and the sum of its incidents. */

import { el, link } from "./dom.js";

/** The days in which a version of a region is valid, in words; empty where it has no limits. */
export function validityWords(words, region) {
  const { t } = words;
  const from = region.valid_from;
  const until = region.valid_until === undefined ? undefined : region.valid_until - 1;
  if (from === undefined && until === undefined) return "";
  if (until === undefined) return t("valid_since", { from: words.day(from, true) });
  if (from === undefined) return t("valid_until", { until: words.day(until, true) });
  return t("valid_between", { from: words.day(from, true), until: words.day(until, true) });
}

/**
 * Build the detail; its list of incidents is added by the panel.
 * @param {Object} look The region's value and sums: {region, rows, value, low, best, high, unknown}
 */
export function regionCard(words, look, when, measure) {
  const { t } = words;
  const { region } = look;
  const decree = [region.decree, region.citation].filter(Boolean).join(" · ");
  const known = measure !== "incidents" && look.rows > look.unknown;
  const sum = known
    ? t("sum_words", { best: words.n(look.best), range: words.numbers(look.low, look.high) })
    : t("unknown");
  return [
    el("p", { class: "kicker" }, region.kind ?? t("region")),
    el("h2", { tabindex: "-1", id: "panel-title" }, region.name),
    validityWords(words, region) ? el("p", { class: "when" }, validityWords(words, region)) : null,
    region.working
      ? el("p", { class: "caution" }, el("strong", {}, t("working_outline")), ` ${region.outline_note ?? ""}`)
      : region.outline_note
        ? el("p", { class: "sub" }, region.outline_note)
        : null,
    el(
      "dl",
      { class: "sums" },
      el("div", {}, el("dt", {}, t("measure_incidents")), el("dd", {}, words.n(look.rows))),
      measure === "incidents"
        ? null
        : el("div", {}, el("dt", {}, words.label("measures", measure)), el("dd", {}, look.rows ? sum : "–")),
    ),
    el(
      "p",
      { class: "sub" },
      when,
      measure !== "incidents" && look.unknown ? ` · ${t("unknown_in", { n: look.unknown })}` : "",
    ),
    region.reason ? el("p", {}, region.reason) : null,
    decree ? el("p", { class: "sub" }, t("decree"), " ", region.url ? link(decree, region.url) : decree) : null,
  ];
}
