/** Where and when the incidents of a selection happened, in words: for the head of the page. */

import { NO_DAY } from "../time/time.js";
import { optionWords } from "./selection-words.js";
import { windowWords } from "./timewords.js";

const NAMED = 2; // places that are named before the rest is only counted

/** The regions chosen, else the countries of the incidents counted: "A, B and 3 more"; empty where none is known. */
export function whereWords(ctx) {
  const { words, header, state } = ctx;
  const chosen = state.now.filters.region;
  if (chosen) return listed(words, chosen.map((code) => optionWords(ctx, "region", code)));
  if (header.focused?.length) return listed(words, header.focused.map(words.local));
  return listed(words, countriesOf(ctx).map((code) => words.local(header.countries[code])));
}

function listed(words, names) {
  if (names.length > NAMED) return `${names.slice(0, NAMED).join(", ")} ${words.t("and_more", { n: names.length - NAMED })}`;
  return names.length === NAMED ? words.t("head_and", { first: names[0], second: names[1] }) : (names[0] ?? "");
}

/** The countries of the incidents counted, those with the most first. Of a page of one country, that one. */
function countriesOf({ header, model, now }) {
  const codes = Object.keys(header.countries);
  const { country } = model.arrays;
  if (codes.length < 2 || !country) return codes;
  const names = header.dictionaries.country;
  const counts = new Uint32Array(names.length);
  for (let i = 0; i < now.rows.length; i++) if (model.summed(now.rows[i])) counts[country[now.rows[i]]]++;
  const found = names.map((code, number) => ({ code, n: code ? counts[number] : 0 })).filter(({ n }) => n);
  return found.sort((a, b) => b.n - a.n).map(({ code }) => code);
}

/** The window of time; of the whole, the first and the last day of the incidents counted, as coarse as they are known. */
export function whenWords(ctx) {
  const { words, model, now } = ctx;
  if (!model.dated) return "";
  if (now.window) return windowWords(ctx);
  const { first, last } = model.arrays;
  let [start, end] = [-1, -1];
  for (let i = 0; i < now.rows.length; i++) {
    const row = now.rows[i];
    if (first[row] === NO_DAY || !model.summed(row)) continue;
    if (start < 0 || (first[row] === first[start] && isCoarse(model, start))) start = row;
    if (end < 0 || last[row] > last[end] || (last[row] === last[end] && isCoarse(model, end))) end = row;
  }
  return start < 0 ? "" : endsWords(words, endOf(model, start, first[start]), endOf(model, end, last[end]));
}

const precisionOf = (model, row) => model.text("date_precision", row) ?? "day";
const isCoarse = (model, row) => precisionOf(model, row) !== "day";
const endOf = (model, row, day) => ({ day, span: model.day(row), precision: precisionOf(model, row) });

/** Two ends in words: "1980 – Nov 30, 2012"; what they share is said once where both are exact. */
function endsWords(words, from, to) {
  if (from.precision === "day" && to.precision === "day") return words.span(from.day, to.day, "day", true);
  const [start, end] = [from, to].map(({ day, span, precision }) => words.end(day, span, precision));
  return start === end ? start : `${start} – ${end}`;
}
