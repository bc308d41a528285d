/**
 * Figures in words, in a brief form and a full one, as events/figure_words.py writes them; one table of cases in the
 * tests holds the two together. A figure is {low, best, high}, null or left out where unknown; a sum has `open` besides,
 * which says whether there is no upper end although its high, the sum of what is stated, is a number.
 */

/** In which order a missing bound is taken from the nearest that is known. */
const NEAREST = { low: ["low", "best", "high"], best: ["best", "low", "high"], high: ["high", "best", "low"] };

const BRIEF = () => ({ unknown: "–", zero: "0?", least: (n) => `${n}+`, open: (range) => `${range}+` });
const FULL = ({ t }) => ({
  unknown: t("unknown"),
  zero: t("zero_or_unknown"),
  least: (n) => t("at_least", { n }),
  open: (range) => t("or_more", { range }),
});

/** Whether a figure or a sum has no upper end: a least is known, and no most. A best alone is an exact number. */
export const isOpen = ({ low = null, high = null, open }) => open ?? (low !== null && high === null);

/** "69 (67+)", "4+", "0–15", "0?", "–": for lists and labels, in every language. */
export const briefFigure = (words, figure) => write(words, figure, BRIEF());

/** "69 (67 or more)", "at least 4", "0–15", "0 or unknown", "unknown": for cards and sentences. */
export const fullFigure = (words, figure) => write(words, figure, FULL(words));

/** The range of a sum: "279–341+", "5". */
export const briefRange = (words, sum) => range(words, sum.low, sum.high, isOpen(sum), BRIEF());

/** The range of a sum: "279–341 or more", "5". */
export const fullRange = (words, sum) => range(words, sum.low, sum.high, isOpen(sum), FULL(words));

function write({ n }, figure, forms) {
  const { low = null, best = null, high = null } = figure;
  const open = isOpen(figure);
  if (low === null && best === null && high === null) return forms.unknown;
  const least = low ?? best ?? 0;
  if (best === null) {
    if (high === null) return forms.least(n(least));
    return high === 0 ? forms.zero : range({ n }, least, high, open, forms);
  }
  const most = high ?? (open ? least : best);
  if (least === most && most === best && !open) return n(best);
  return `${n(best)} (${range({ n }, least, most, open, forms)})`;
}

function range({ n }, low, high, open, forms) {
  const ends = low === high ? n(low) : `${n(low)}–${n(high)}`;
  return open ? forms.open(ends) : ends;
}

/**
 * What a list or a table shows of a figure at a bound: the number, how far the sources differ, and both in a sentence.
 * The number of the bound `best` is exact where it is one; that of `high` is a least where there is no upper end.
 * @returns {{value: number|null, shown: string, range: string, told: string}} `value` is null where nothing is known.
 */
export function figureAt(words, figure, bound = "best") {
  const value = NEAREST[bound].map((name) => figure[name] ?? null).find((each) => each !== null) ?? null;
  const told = fullFigure(words, figure);
  if (value === null || (bound === "best" && (figure.best ?? null) === null))
    return { value, shown: briefFigure(words, figure), range: "", told };
  const { low = null, best = null, high = null } = figure;
  const open = isOpen(figure);
  const shown = words.n(value) + (open && bound === "high" ? "+" : "");
  const [from, to] = [low ?? best ?? 0, high ?? (open ? low : best)];
  return { value, shown, range: from === to && !open ? "" : briefRange(words, { low: from, high: to, open }), told };
}
