/** What is said of a region, wherever it is said: its name with its version, its value, doubts, days of validity. */

import { fullRange } from "./figure-words.js";
import { dateOf } from "./i18n.js";

const numberFormats = new Map();

/** A number with a fixed count of decimals, in the reader's language. */
export function decimal(words, value, decimals) {
  if (!decimals) return words.n(Math.round(value));
  const key = `${words.locale} ${decimals}`;
  if (!numberFormats.has(key))
    numberFormats.set(
      key,
      new Intl.NumberFormat(words.locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
    );
  return numberFormats.get(key).format(value);
}

/** A value of a scale with its decimals; a change with its sign; what is above 0 but would be written as 0, as less. */
export function valueText(words, value, { decimals, rate }) {
  const least = 10 ** -decimals;
  if (value > 0 && value < least / 2) return `<${decimal(words, least, decimals)}`;
  const text = decimal(words, Math.abs(value), decimals);
  return rate !== "change" ? text : value > 0 ? `+${text}` : value < 0 ? `\u2212${text}` : text;
}

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

const namesOf = new WeakMap();

/** A region's name; with its years where the set has another version of it: four VRAEMs must be told apart. */
export function regionName(words, region, set) {
  if (!namesOf.has(words)) namesOf.set(words, new Map());
  const names = namesOf.get(words);
  if (!names.has(region.id)) {
    const name = words.local(region.name);
    const twins = set.regions.filter((other) => words.local(other.name) === name).length;
    names.set(region.id, twins > 1 ? `${name} (${briefValidity(words, region)})` : name);
  }
  return names.get(region.id);
}

/** What tells a version from others of its name: its months, or else its code. */
function briefValidity(words, { valid_from: from, valid_until: until, admin_code: code, key }) {
  const tick = (day) => words.tick.format(dateOf(day));
  if (from === undefined && until === undefined) return code ?? key;
  if (until === undefined) return words.t("since_brief", { from: tick(from) });
  const last = tick(until - 1);
  return from === undefined ? words.t("until_brief", { until: last }) : words.range(words.tick, from, until - 1);
}

/** A name cut to what fits a small map: "M. de Dios", "Cajam."; the whole where it is short. */
export function shortName(name) {
  const parts = name.split(" ");
  const cut = (part, i) => (i < parts.length - 1 && part.length > 3 ? `${part[0]}.` : part);
  if (parts.length > 1) return parts.map(cut).join(" ");
  return name.length > 7 ? `${name.slice(0, 5)}.` : name;
}

/** Why a value says little, in words; empty where it is sound. */
export function doubtWords(words, reasons, guard) {
  if (!reasons.length) return "";
  const told = reasons.map((name) => words.t(`few_${name}`, { n: guard[name] }));
  return words.t("few", { reasons: told.join(", ") });
}

/** That a version of a region was not valid on some days of the time shown; empty where it was on all. */
export function outsideWords(words, look) {
  return look.outside ? words.t("n_days_outside", { n: look.outside, validity: look.validity }) : "";
}

/** What is measured, such as "killed" or "incidents". */
export const measureName = (words, measure) =>
  measure === "incidents" ? words.t("measure_incidents") : words.label("measures", measure);

/** Whether a value is a least: it is of upper ends, and one of them is open. */
export const isLeast = (scale, { open, value }) => scale.bound === "high" && open && value !== null;

/** A sum at the chosen bound, with its range where the bounds differ or there is no upper end. */
export function sumWords(words, { count, low, high, open }, scale) {
  if (low === high && !open) return words.n(count);
  const best = words.n(count) + (open && scale.bound === "high" ? "+" : "");
  return words.t("sum_words", { best, range: fullRange(words, { low, high, open }) });
}

/** People and the census that counted them. */
export const peopleWords = (words, { people, year }) =>
  year === null ? words.t("n_people", { n: people }) : words.t("n_people_in", { n: people, year: String(year) });

/** A region's value in words, for pointer, keyboard and reader. */
export function lookWords(words, look, scale, guard) {
  const said = [stateWords(words, look, scale, guard)];
  if (look.rank !== "none" && look.rank !== "suppressed" && !(scale.measure === "incidents" && scale.rate === "count"))
    said.push(words.t("n_incidents", { n: look.rows }));
  if (look.unknown && look.known) said.push(words.t("unknown_in", { n: look.unknown }));
  said.push(doubtWords(words, look.reasons, guard), outsideWords(words, look));
  if (look.region.partial) said.push(words.t("few_cells_brief"));
  if (look.region.working) said.push(words.t("working_brief"));
  return `${look.name}: ${said.filter(Boolean).join(" · ")}`;
}

function stateWords(words, look, scale, guard) {
  const { t } = words;
  const measured = measureName(words, scale.measure);
  if (look.rank === "none") return t("no_incident_known");
  if (look.rank === "suppressed") return t("fewer_not_shown", { n: guard.suppressed });
  if (look.rank === "early") return t("change_no_earlier");
  if (look.rank === "unknown") return `${measured}: ${t("unknown")}`;
  if (look.rank === "apart") return `${measured}: ${t("does_not_apply")}`;
  if (look.rank === "no-people") return `${measured}: ${words.n(look.count)} · ${t("no_population")}`;
  const sum = scale.measure === "incidents" ? words.n(look.count) : sumWords(words, look, scale);
  if (scale.rate === "count")
    return scale.measure === "incidents" ? t("n_incidents", { n: look.rows }) : `${measured}: ${sum}`;
  const value = valueText(words, look.value, scale) + (isLeast(scale, look) ? "+" : "");
  if (scale.rate === "change")
    return t("change_words", { value, measured, before: words.n(look.before), now: words.n(look.count) });
  const rated = `${value} ${measured} ${t(`per_${scale.rate}`)}${scale.measure === "incidents" ? "" : ` (${sum})`}`;
  return look.people ? `${rated} · ${peopleWords(words, look.people)}` : rated;
}
