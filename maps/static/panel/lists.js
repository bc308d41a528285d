/** The list of incidents in the side panel: a sign, what it was, when and where, and the number asked for. */

import { isDrawn } from "../data/drawn.js";
import { addedTest, familiesOf } from "../data/families.js";
import { depthIn } from "../data/ordering.js";
import { el } from "../page/dom.js";
import { glyphPicture } from "../map/glyphs.js";
import { briefFigure, figureAt, fullFigure } from "../words/figure-words.js";
import { emptiness } from "../time/nearest.js";
import { nearestButton } from "../time/timenote.js";
import { measureOf } from "../words/selection-words.js";

/** How many incidents are listed before "more". */
export const PAGE_ROWS = 80;
const LONG = 120; // letters of a title that a list surely shows; of a longer one the rest is in its hint

/** A row's figure as a list shows it: "33 (32–54)"; where the reader chose an end of the range, that alone. */
const valueOf = (words, figure, bound) => (bound === "best" ? briefFigure(words, figure) : figureAt(words, figure, bound).shown);

/** The head of a list: what the numbers at its right are. */
export function listHead(ctx) {
  const measure = measureOf(ctx);
  if (!measure) return null;
  const { words, state } = ctx;
  return el("p", { class: "list-head" }, `${words.label("measures", measure)} · ${words.t(`bound_${state.now.bound}`)}`);
}

/**
 * A list of some rows, the first `limit` of them, with a button for more.
 * @param {ArrayLike<number>} rows
 * @param {{open: function(number, Element), limit: number, more: function()}} how
 */
export function incidentList(ctx, rows, { open, limit, more }) {
  const { words } = ctx;
  const shown = Array.from(rows.slice(0, limit));
  const measure = measureOf(ctx);
  const isAdded = measure && addedTest(ctx.model, measure, ctx.state.now.bound, ctx.now.window);
  if (!rows.length) return [el("p", { class: "empty" }, nothingWords(ctx))];
  return [
    listHead(ctx),
    el(
      "ul",
      { class: "entries" },
      shown.map((row) => incidentItem(ctx, row, { depth: depthIn(rows, row), open, isFaint: measure && !isAdded(row) })),
    ),
    rows.length > limit
      ? el("button", { type: "button", class: "more", onclick: more }, words.t("more", { n: rows.length - limit }))
      : null,
  ];
}

/** Why nothing is listed: there is nothing at all, nothing that matches, or nothing then, with what goes to the nearest. */
export function nothingWords(ctx) {
  const { words, nearest } = emptiness(ctx) ?? { words: ctx.words.t("nothing") };
  return [words, nearest && [" ", ctx.words.t("nearest"), " ", nearestButton(nearest)]];
}

/** What a row is a part of, in words: of the incident above it, or, where that is not listed, of which one. */
export function partWords({ words, model }, row, depth) {
  if (depth) return words.t("part_of_above");
  const parent = familiesOf(model)?.parentOf(row) ?? -1;
  const whole = parent < 0 ? model.text("part_of", row) : model.title(parent) || model.code(parent);
  return whole ? words.t("part_of_whole", { whole }) : "";
}

/** Whose number a row's figure is, small, where that is known. */
function voiceNote({ words, model }, row, measure) {
  const voice = measure && model.voice(row, measure);
  const who = words.local(voice?.who);
  return who ? el("span", { class: "entry-voice", title: words.t("number_of", { who }), dir: "auto" }, el("span", { class: "unseen" }, words.t("number_of", { who: "" })), who) : null;
}

function incidentItem(ctx, row, { depth, open, isFaint }) {
  const { words, model, header, state } = ctx;
  const [first, last] = model.day(row);
  const names = [model.text("place_name", row), model.text("adm1", row)].filter(Boolean);
  const place = [...new Set(names)].join(", ") || words.t(isDrawn(model, row) ? "unnamed" : "unplaced");
  const days = words.span(first, last, model.text("date_precision", row), true);
  const measure = measureOf(ctx);
  const figure = measure && model.figure(row, measure);
  const part = partWords(ctx, row, depth);
  const title = model.title(row);
  return el(
    "li",
    depth ? { class: "part", style: `--depth: ${depth}` } : {},
    el(
      "button",
      {
        type: "button",
        class: "entry",
        "data-code": model.code(row),
        onclick: (event) => open(row, event.currentTarget),
      },
      glyphPicture(header.types[model.text("type", row)]),
      el(
        "span",
        { class: "entry-text" },
        el(
          "span",
          { class: "entry-line" },
          el("span", { class: "entry-title", title: title.length > LONG ? title : null, dir: "auto" }, title),
          measure
            ? [
                el("span", { class: isFaint ? "entry-value faint" : "entry-value", "aria-hidden": "true" }, valueOf(words, figure, state.now.bound)),
                el("span", { class: "unseen" }, `${words.label("measures", measure)}: ${fullFigure(words, figure)}`),
              ]
            : null,
        ),
        part && !depth ? el("span", { class: "sub part-of" }, part) : null,
        el("span", { class: "entry-line entry-about" }, el("span", { class: "sub" }, `${days} · ${place}`), voiceNote(ctx, row, measure)),
        part && depth ? el("span", { class: "unseen" }, part) : null,
      ),
    ),
  );
}
