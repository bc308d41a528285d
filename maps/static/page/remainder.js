/** The sentence of what the selection holds: entries, incidents and parts of them, and what cannot be drawn or dated. */

import { DRAWN } from "../data/drawn.js";
import { partTest } from "../data/families.js";
import { UNCOUNTED } from "../data/filters.js";
import { unheldWords } from "../data/unheld.js";
import { refill } from "./dom.js";
import { beyondWords } from "./sums-words.js";

/**
 * What some rows of the window shown are: {entries, parts, others, acts, undrawn, undated}. `acts` are acts of
 * the state that are not counted, `others` are parts of incidents that are not among the rows.
 */
export function contentsOf({ model, now }, rows) {
  if (rows !== now.rows) return counted(model, now.window, rows);
  if (now.contents?.of !== rows) now.contents = { of: rows, ...counted(model, now.window, rows) }; // of the selection, once
  return now.contents;
}

function counted(model, window, rows) {
  const { arrays, dated, filters: { failed } } = model;
  const isPart = partTest(model, window);
  const contents = { entries: rows.length, parts: 0, others: 0, acts: 0, undrawn: 0, undated: 0 };
  const parts = [];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (arrays.drawn[row] === DRAWN.none) contents.undrawn++;
    if (row >= dated) contents.undated++;
    if (isPart(row)) parts.push(row);
    else if (failed[row] === UNCOUNTED) contents.acts++;
  }
  contents.parts = parts.length;
  if (parts.length) {
    const listed = new Set(arrays.parent ? parts.map((row) => arrays.parent[row] - 1) : []);
    for (let i = 0; i < rows.length; i++) listed.delete(rows[i]);
    contents.others = parts.filter((row) => !arrays.parent?.[row] || listed.has(arrays.parent[row] - 1)).length;
  }
  return contents;
}

/** "48 entries: 30 incidents, 9 acts of the state and 9 parts of them"; where only incidents are listed, "39 incidents". */
export function entriesWords({ t }, { entries, parts, others, acts }) {
  const incidents = t("n_incidents", { n: entries - parts - acts });
  if (!parts && !acts) return incidents;
  const told = parts ? t(others ? "n_parts_of_incidents" : "n_parts_of_them", { n: parts }) : "";
  const measures = acts ? t("n_acts_apart", { n: acts }) : "";
  const counted = acts && parts ? `${incidents}, ${measures}` : incidents;
  return t("entries_of", { entries: t("n_entries", { n: entries }), incidents: counted, parts: told || measures });
}

/** The same in few words, for headings and hints: "39 incidents + 9 parts". */
export function briefEntries({ t }, { entries, parts, acts }) {
  const incidents = entries - parts - acts;
  const told = [
    incidents || !entries ? t("n_incidents", { n: incidents }) : "",
    acts ? t("n_acts_apart", { n: acts }) : "",
    parts ? t("n_parts", { n: parts }) : "",
  ];
  return told.filter(Boolean).join(" + ");
}

/** How many incidents and parts some rows at one place are: "3 incidents here", "2 incidents + 1 part here". */
export const hereWords = (ctx, rows) => ctx.words.t("here_are", { entries: briefEntries(ctx.words, contentsOf(ctx, rows)) });

/** How many entries a list has, for its tab: "48 entries", "39 incidents". */
export const tabWords = ({ t }, { entries, parts, acts }) => t(parts || acts ? "n_entries" : "n_incidents", { n: entries });

/** How many entries something has, of which some are parts: "13 (6 parts)". */
export const countWords = ({ n, t }, entries, parts) =>
  parts ? t("with_parts", { entries: n(entries), parts: t("n_parts", { n: parts }) }) : n(entries);

/** Make the sentence. Where there is nothing but incidents, all on the map and with a day, it is left out. */
export function makeRemainder(root, ctx) {
  const { t } = ctx.words;
  if (ctx.header.sums) {
    ctx.settle(() => refill(root, beyondWords(ctx).map(ended).join(" ")));
    return;
  }
  ctx.settle(() => {
    const contents = contentsOf(ctx, ctx.now.rows);
    const { entries, parts, acts, undrawn, undated } = contents;
    const hidden = ctx.now.window ? ctx.model.undatedShown() : 0;
    const beyond = [
      undrawn ? t("n_undrawn", { n: undrawn }) : "",
      undated ? t("n_undated", { n: undated }) : "",
      hidden ? t("n_undated_hidden", { n: hidden }) : "",
    ].filter(Boolean);
    const isPlain = !entries || (!parts && !acts && !beyond.length);
    const sentences = [
      isPlain ? beyond.join("; ") : [entriesWords(ctx.words, contents), ...beyond].join("; "),
      unheldWords(ctx),
      ctx.layers[ctx.state.now.mapView]?.remainder?.(ctx) ?? "",
    ];
    refill(root, sentences.filter(Boolean).map(ended).join(" "));
  });
}

const ended = (sentence) => (sentence.endsWith(".") ? sentence : `${sentence}.`);
