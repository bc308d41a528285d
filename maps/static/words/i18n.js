/** Words, numbers and days in the reader's language. */

const DAY_MS = 86400000;

/** A day number (days since 1970-01-01) as a Date at midnight UTC. */
export function dateOf(day) {
  return new Date(day * DAY_MS);
}

/** Something that is made when first used: what writes numbers and days takes longer to make than to use. */
function once(make) {
  let made = null;
  return () => (made ??= make());
}

/**
 * The words of a page in one of its languages.
 * @param {{messages: Object, labels: Object, locales: Object}} header Texts by language, then by key; by language how
 *   its numbers and days are written.
 * @param {string} lang
 */
export function makeWords(header, lang) {
  const locale = header.locales?.[lang] ?? lang;
  const [messages, labels] = [header.messages[lang], header.labels[lang]];
  const plural = once(() => new Intl.PluralRules(locale));
  const collator = once(() => new Intl.Collator(locale));
  const number = new Intl.NumberFormat(locale, { useGrouping: "always" });
  const format = (options) => {
    const held = once(() => new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options }));
    const formatRange = lang === "es" ? spanishRange(options, held) : (from, to) => held().formatRange(from, to);
    return { format: (date) => held().format(date), formatRange };
  };
  const long = format({ day: "numeric", month: "long", year: "numeric" });
  const short = format({ day: "numeric", month: "short", year: "numeric" });
  const month = format({ month: "long", year: "numeric" });
  const tick = format({ month: "short", year: "numeric" });
  const year = format({ year: "numeric" });
  const dayMonth = format({ day: "numeric", month: "long" });
  const shortMonth = format({ month: "short" });

  const n = (value) => number.format(value);
  /** A message with its `{name}`s filled in; numbers are written by locale, `n` chooses singular or plural. */
  function t(key, values = {}) {
    let text = messages[key];
    if (text === undefined) throw new Error(`The page has no words for ${key}.`);
    if (typeof text === "object") text = text[plural().select(values.n)] ?? text.other;
    return text.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? n(values[name]) : values[name]));
  }
  const label = (list, code) => (code ? (labels[list]?.[code] ?? code) : "");
  /** How exactly a place is known, in the words of its country for its units. */
  const precision = (code, country) => labels.units?.[country]?.[code] ?? label("place_precision", code);
  /** The codes of a list, in the codebook's order. */
  const codes = (list) => Object.keys(labels[list]);
  const range = (formatter, a, b) => (a === b ? formatter.format(dateOf(a)) : formatter.formatRange(dateOf(a), dateOf(b)));

  function wholeMonths(first, last) {
    return dateOf(first).getUTCDate() === 1 && dateOf(last + 1).getUTCDate() === 1;
  }
  function wholeYears(first, last) {
    return wholeMonths(first, last) && dateOf(first).getUTCMonth() === 0 && dateOf(last + 1).getUTCMonth() === 0;
  }
  /** Days in words, as coarse as they are known. */
  function span(first, last, precision, brief = false) {
    if (first === null) return t("undated");
    if (precision && precision !== "day") {
      if (wholeYears(first, last)) return range(year, first, last);
      if (wholeMonths(first, last)) return range(brief ? tick : month, first, last);
    }
    return range(brief ? short : long, first, last);
  }
  /** A day at an end of a span that is known to a precision: "1980", "May 1980", "about May 3, 1980", "May 3, 1980". */
  function end(day, [first, last], precision) {
    const exact = short.format(dateOf(day));
    if (precision === "day") return exact;
    if (wholeYears(first, last)) return year.format(dateOf(day));
    return wholeMonths(first, last) ? tick.format(dateOf(day)) : t("about_day", { day: exact });
  }
  /** low–high as text, one number where they agree. */
  const numbers = (low, high) => (low === high ? n(low) : `${n(low)}–${n(high)}`);
  /** A day, month or year as ISO text, in words. */
  function iso(text) {
    const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(text ?? "");
    if (!parts) return text ?? "";
    const date = new Date(Date.UTC(+parts[1], (parts[2] ?? 1) - 1, parts[3] ?? 1));
    return (parts[3] ? short : parts[2] ? month : year).format(date);
  }
  const day = (value, brief = false) => (brief ? short : long).format(dateOf(value));
  return {
    lang,
    locale,
    messages,
    t,
    n,
    label,
    precision,
    codes,
    span,
    end,
    numbers,
    iso,
    day,
    month,
    tick,
    year,
    dayMonth,
    shortMonth,
    range,
    local: (texts) => localText(texts, lang),
    compare: (a, b) => collator().compare(a, b),
  };
}

/**
 * Days from one to another in the Spanish of Peru, made of their parts, what they share once: "9–14 abr. 2012",
 * "9 abr.–14 may. 2012", "mayo–julio de 2012". Browsers write three forms of their own.
 */
function spanishRange(options, held) {
  const link = options.month === "long" ? " de " : " ";
  const partsOf = (date) => Object.fromEntries(held().formatToParts(date).map(({ type, value }) => [type, value]));
  return (from, to) => {
    const [a, b] = [partsOf(from), partsOf(to)];
    if (["day", "month", "year"].every((name) => a[name] === b[name])) return held().format(to);
    const sameYear = !options.year || a.year === b.year;
    const sameMonth = sameYear && from.getUTCMonth() === to.getUTCMonth();
    const named = ({ day, month, year }, names) => names.map((name) => ({ day, month, year })[name]).filter(Boolean).join(link);
    const left = sameMonth && a.day ? ["day"] : sameYear && a.month ? ["day", "month"] : ["day", "month", "year"];
    const dash = sameYear || !options.month ? "–" : " – ";
    return `${named(a, left)}${dash}${named(b, ["day", "month", "year"])}`;
  };
}

/** A text by language: the page's, else English, Spanish, untagged, or any. */
export function localText(texts, lang) {
  if (!texts) return "";
  if (typeof texts === "string") return texts;
  for (const tag of [lang, "en", "es", "und"]) if (texts[tag]) return texts[tag];
  return Object.values(texts)[0] ?? "";
}

/** Lower case without accents, for search. */
export function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
