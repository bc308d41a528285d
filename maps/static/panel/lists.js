/** The list of incidents in the side panel: a sign, what it was, when and where, and the number asked for. */

import { isDrawn } from "../data/drawn.js";
import { el } from "../page/dom.js";
import { glyphPicture } from "../map/glyphs.js";
import { briefFigure, figureAt, fullFigure } from "../words/figure-words.js";
import { measureOf } from "../words/selection-words.js";

/** How many incidents are listed before "more". */
export const PAGE_ROWS = 80;

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
  if (!rows.length) return [el("p", { class: "empty" }, nothingWords(ctx))];
  return [
    listHead(ctx),
    el(
      "ul",
      { class: "entries" },
      shown.map((row) => incidentItem(ctx, row, open)),
    ),
    rows.length > limit
      ? el("button", { type: "button", class: "more", onclick: more }, words.t("more", { n: rows.length - limit }))
      : null,
  ];
}

/** Why nothing is listed: nothing matches at all, or nothing in the window of time, with the days of the nearest. */
function nothingWords({ words, model, now: { window } }) {
  let nearest = null;
  let least = Infinity;
  for (let row = 0; window && row < model.dated; row++) {
    if (!model.shown(row)) continue;
    const [first, last] = model.day(row);
    const away = Math.max(window.from - last, first - window.to);
    if (away > 0 && away < least) [nearest, least] = [row, away];
  }
  if (nearest === null) return words.t("nothing");
  return words.t("nothing_then", { days: words.span(...model.day(nearest), model.text("date_precision", nearest), true) });
}

function incidentItem(ctx, row, open) {
  const { words, model, header, state } = ctx;
  const [first, last] = model.day(row);
  const names = [model.text("place_name", row), model.text("adm1", row)].filter(Boolean);
  const place = [...new Set(names)].join(", ") || words.t(isDrawn(model, row) ? "unnamed" : "unplaced");
  const days = words.span(first, last, model.text("date_precision", row), true);
  const measure = measureOf(ctx);
  const figure = measure && model.figure(row, measure);
  return el(
    "li",
    {},
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
        el("span", { class: "entry-title" }, model.title(row)),
        el("span", { class: "sub" }, `${days} · ${place}`),
      ),
      measure
        ? [
            el("span", { class: "entry-value", "aria-hidden": "true" }, valueOf(words, figure, state.now.bound)),
            el("span", { class: "unseen" }, `${words.label("measures", measure)}: ${fullFigure(words, figure)}`),
          ]
        : null,
    ),
  );
}
