/**
 * The selection in the order that the reader chose. What is unknown comes last, whichever way the order runs. Parts
 * follow the incident that they are parts of, in that order among themselves.
 */

import { familiesOf } from "./families.js";
import { measureOf } from "../words/selection-words.js";

const PLACES = 2 ** 21; // a key holds a rank and, below it, a place in the selection: together under 2^53
const made = new WeakMap(); // the selection in an order, by the selection
const ranked = new WeakMap(); // ranks of all rows by a text, by model

/** The columns of dictionaries by the key that they are sorted by, and the codebook's list that names them. */
const DICTIONARIES = {
  type: ["type", "types"],
  status: ["status", "statuses"],
  place: ["place_name", null],
  adm1: ["adm1", null],
};

/** The rows selected, in the order of `state.sort`; made once for a selection and an order. */
export function orderedRows(ctx) {
  const { state, now, words } = ctx;
  const { sort, measure, bound } = state.now;
  const key = [sort.key, sort.down, ["measure", "voice"].includes(sort.key) ? `${measure} ${bound}` : bound, words.lang, ctx.model.texts.ready].join();
  let held = made.get(now.rows);
  if (held?.key !== key) made.set(now.rows, (held = { key, rows: underParents(ctx.model, order(ctx, now.rows, sort)) }));
  return held.rows;
}

const listed = new WeakMap(); // the selection in the order of its list, by the selection

/** The rows selected in the order of their days, parts under their parent. */
export function listedRows({ model, now }) {
  if (!listed.has(now.rows)) listed.set(now.rows, underParents(model, now.rows));
  return listed.get(now.rows);
}

const nested = new WeakMap(); // by rows in an order: how deep each row of a family is below others of them

/** How many of the rows listed a row is a part of: 0 where its parent is not among them. */
export const depthIn = (rows, row) => nested.get(rows)?.get(row) ?? 0;

/** Rows in their order, but parts right below the nearest of the incidents above them that is among the rows. */
export function underParents(model, rows) {
  const families = familiesOf(model);
  if (!families) return rows;
  const { place, above } = families;
  const isListed = new Uint8Array(families.rows.length);
  for (let i = 0; i < rows.length; i++) if (place[rows[i]] >= 0) isListed[place[rows[i]]] = 1;
  /** The row listed that a row of a family is to be under; -1 where there is none. */
  const headOf = (row) => {
    let at = above[place[row]];
    while (at >= 0 && !isListed[at]) at = above[at];
    return at < 0 ? -1 : families.rows[at];
  };
  const below = new Map();
  for (let i = 0; i < rows.length; i++) {
    const head = place[rows[i]] < 0 ? -1 : headOf(rows[i]);
    if (head >= 0) below.set(head, [...(below.get(head) ?? []), rows[i]]);
  }
  if (!below.size) return rows;
  const [found, depths] = [new Uint32Array(rows.length), new Map()];
  let count = 0;
  const put = (row, depth) => {
    found[count++] = row;
    if (depth) depths.set(row, depth);
    for (const part of below.get(row) ?? []) put(part, depth + 1);
  };
  for (let i = 0; i < rows.length; i++) {
    if (place[rows[i]] < 0) found[count++] = rows[i]; // most rows are of no family
    else if (headOf(rows[i]) < 0) put(rows[i], 0);
  }
  nested.set(found, depths);
  return found;
}

function order(ctx, rows, { key, down }) {
  const rank = rankOf(ctx, key);
  return rank ? byRank(rows, rank, down) : byDay(rows, ctx.model.dated, down);
}

/** Rows come in order of their first day, undated ones last. */
function byDay(rows, dated, down) {
  if (!down) return rows;
  let end = rows.length;
  while (end && rows[end - 1] >= dated) end--;
  const turned = rows.slice();
  turned.subarray(0, end).reverse();
  return turned;
}

/** Rows by a rank, which is 0 where unknown; equal ones stay in order of their days. */
function byRank(rows, rank, down) {
  const keys = new Float64Array(rows.length);
  const unknown = 2 ** 31;
  for (let i = 0; i < rows.length; i++) {
    const value = rank(rows[i]);
    keys[i] = (value ? (down ? unknown - 1 - value : value) : unknown) * PLACES + i;
  }
  keys.sort();
  return Uint32Array.from(keys, (each) => rows[each % PLACES]);
}

/** A rank of rows, 0 where unknown; null for the order of days. */
function rankOf(ctx, key) {
  const { model, state } = ctx;
  const { arrays } = model;
  if (key === "measure" || key === "killed") {
    const measure = key === "killed" || state.now.measure === "incidents" ? "killed" : state.now.measure;
    const values = model.valuesOf(measure, state.now.bound);
    return (row) => values[row] ?? 0;
  }
  if (key === "voice") return voiceRank(ctx);
  if (key === "sources" && arrays.source_count) return (row) => arrays.source_count[row];
  if (key === "title" || key === "code") return textRank(ctx, key);
  if (!DICTIONARIES[key]) return null;
  const [column] = DICTIONARIES[key];
  const [numbers, ranks] = [arrays[column], dictionaryRank(ctx, key)];
  return (row) => ranks[numbers[row]];
}

function kept({ model, words }, key, make) {
  if (!ranked.has(model)) ranked.set(model, new Map());
  const ranks = ranked.get(model);
  const name = `${words.lang} ${key}`;
  if (!ranks.has(name)) ranks.set(name, make());
  return ranks.get(name);
}

function dictionaryRank(ctx, key) {
  const [column, list] = DICTIONARIES[key];
  return kept(ctx, key, () => {
    const told = ctx.header.dictionaries[column].map((code) => (code ? (list ? ctx.words.label(list, code) : code) : null));
    return ranksOf(told, comparison(ctx));
  });
}

/** By the name of the voice whose number the figure shown is. */
function voiceRank(ctx) {
  const { model, words } = ctx;
  const measure = measureOf(ctx);
  if (!measure) return null;
  const ranks = kept(ctx, "voice", () => ranksOf(model.voices.map(({ who }) => words.local(who)), comparison(ctx)));
  const places = new Map(model.voices.map((voice, at) => [voice, ranks[at]]));
  return (row) => places.get(model.voice(row, measure)) ?? 0;
}

function textRank(ctx, key) {
  const { model } = ctx;
  if (!model.texts.ready) return null;
  const ranks = kept(ctx, key, () => {
    const told = Array.from({ length: model.rows }, (_, row) => (key === "code" ? model.code(row) : model.title(row)));
    return ranksOf(told, key === "code" ? (a, b) => (a < b ? -1 : 1) : comparison(ctx));
  });
  return (row) => ranks[row];
}

/** How texts are compared: by the language alone, as browsers are many times faster without a country. */
const comparison = ({ words }) => new Intl.Collator(words.lang).compare;

/** The rank of each text, from 1 up, equal texts alike; 0 where there is none. */
function ranksOf(texts, compare) {
  const distinct = [...new Set(texts)].filter(Boolean).sort(compare);
  const place = new Map(distinct.map((text, i) => [text, i + 1]));
  return Uint32Array.from(texts, (text) => place.get(text) ?? 0);
}
