/** What a sign stands for, in words: the incident, its figure with its range, and whose number it is. */

import { UNKNOWN } from "../data/weights.js";
import { hereWords } from "../page/remainder.js";
import { fullFigure } from "../words/figure-words.js";

/** Words for the rows of a sign: the title of one, how many several are; and the figure shown, where one is. */
export function signWords(ctx, rows) {
  const head = rows.length > 1 ? hereWords(ctx, rows) : ctx.model.title(rows[0]);
  const measured = ctx.now?.measured;
  if (!measured) return head;
  const figure = rows.length > 1 ? sumWords(ctx, rows, measured) : figureWords(ctx, rows[0], measured);
  return figure ? `${head}\n${figure}` : head;
}

function figureWords({ words, model }, row, { measure, weights }) {
  const figure = model.figure(row, measure);
  const isKnown = Object.values(figure).some((value) => value !== null);
  if (!isKnown && weights[row] !== UNKNOWN) return ""; // the measure cannot apply
  const who = words.local(model.voice(row, measure)?.who);
  return [`${words.label("measures", measure)}: ${fullFigure(words, figure)}`, who].filter(Boolean).join(" · ");
}

function sumWords({ words }, rows, { measure, weights }) {
  let [sum, unknown, known] = [0, 0, 0];
  for (const row of rows) {
    const weight = weights[row];
    if (weight === UNKNOWN) unknown++;
    if (weight < 0) continue;
    known++;
    sum += weight;
  }
  if (!known && !unknown) return "";
  const told = known ? words.n(sum) : words.t("unknown");
  return `${words.label("measures", measure)}: ${told}${known && unknown ? ` (${words.t("unknown_in", { n: unknown })})` : ""}`;
}
