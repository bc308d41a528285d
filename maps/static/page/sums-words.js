/** What a page of sums says of its rows: how many there are, where they went, and by what they were summed. */

import { glyphPicture } from "../map/glyphs.js";
import { el } from "./dom.js";

/** "Sums of 40,000,000 rows; single events are not in this page". */
export const sumsHead = ({ words, header }) => words.t("head_of_sums", { n: header.sums.rows });

/** What of the selection is in no region, without a place, and without a day: sentences. */
export function beyondWords(ctx) {
  const { words, header, model, now, state } = ctx;
  const { t } = words;
  const set = header.regions.find(({ key }) => key === state.now.set);
  const { outside, unplaced } = set ? model.beyond(now.rows, set.regions) : { outside: 0, unplaced: 0 };
  const undated = model.dated ? model.undatedShown() : 0;
  return [
    outside ? t("n_outside", { n: outside }) : "",
    unplaced ? t("n_unplaced", { n: unplaced }) : "",
    undated ? t(now.window ? "n_undated_hidden" : "n_undated", { n: undated }) : "",
    header.sums.hidden ? t("hidden_cells", { n: header.sums.hidden, least: header.spec.suppress_below }) : "",
  ].filter(Boolean);
}

/** The types of the selection with their rows, the most frequent first: what a page without regions lists. */
export function typeList(ctx) {
  const { words, header, model, now } = ctx;
  if (!header.sums.types) return el("p", { class: "empty" }, sumsHead(ctx));
  const codes = header.dictionaries.type;
  const counts = new Float64Array(codes.length);
  for (const row of now.rows) counts[model.arrays.type[row]] += model.arrays.counted[row];
  const found = codes.map((code, number) => [code, counts[number]]).filter(([, count]) => count);
  found.sort(([a, n], [b, m]) => m - n || words.compare(words.label("types", a), words.label("types", b)));
  const entry = ([code, count]) =>
    el(
      "li",
      { class: "entry" },
      header.types[code] ? glyphPicture(header.types[code]) : null,
      el("span", { class: "entry-text" }, el("span", { class: "entry-title" }, words.label("types", code))),
      el("span", { class: "entry-value" }, words.n(count)),
    );
  return el("ul", { class: "entries" }, found.map(entry));
}

/** All there is to know of the sums, for the dialog about the data. */
export function aboutSums(ctx) {
  const { words, header } = ctx;
  const { t } = words;
  const { sums } = header;
  const day = (text) => (text ? words.iso(text) : "…");
  const told = [
    sumsHead(ctx),
    sums.files ? t("summed_files", { n: sums.files }) : "",
    sums.left_out ? t("summed_left_out", { n: sums.left_out }) : "",
    sums.first || sums.last ? t("summed_asked_days", { from: day(sums.first), to: day(sums.last) }) : "",
    sums.asked_types?.length ? t("summed_asked_types", { types: sums.asked_types.map((code) => words.label("types", code)).join(", ") }) : "",
    sums.passed_over ? t("summed_passed_over", { n: sums.passed_over }) : "",
    sums.outside ? t("n_outside_any", { n: sums.outside }) : "",
    sums.unplaced ? t("n_unplaced", { n: sums.unplaced }) : "",
    sums.undated ? t("n_undated", { n: sums.undated }) : "",
    sums.repeated ? t("n_repeated", { n: sums.repeated }) : "",
    sums.period ? t(`summed_by_${sums.period}`) : "",
    sums.hidden ? t("hidden_cells", { n: sums.hidden, least: header.spec.suppress_below }) : "",
  ];
  return el("section", {}, el("h3", {}, t("foot_sums")), el("ul", {}, told.filter(Boolean).map((text) => el("li", {}, text))));
}
