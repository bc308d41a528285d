/**
 * Filters: for each row, one bit for each filter that it fails. A row is shown where no bit is set; the rows that fail
 * no filter but one are what the counts beside that filter's own options are made of.
 */

import { folded } from "../words/i18n.js";

/** The columns that a reader can choose values of, in the order of their bits. */
export const FACETS = ["type", "actor", "case", "kind", "region", "precision", "status", "dataset"];
const SEARCH = 1 << FACETS.length;
const MINIMUM = SEARCH << 1;
const HIDDEN = MINIMUM << 1;
/** The bit of acts of the state while they are not counted: they are shown, and add nothing to any sum. */
export const UNCOUNTED = HIDDEN << 1;
/** All bits together. */
export const ALL_BITS = 0xffff;
/** The bit of a facet. */
export const bitOf = (name) => 1 << FACETS.indexOf(name);

/** No filter at all. */
export const NO_FILTERS = Object.freeze(Object.fromEntries(FACETS.map((name) => [name, null])));

/** Whether acts of the state are counted: where a reader asks for it, or where the measure is one of theirs. */
export const countsActs = ({ acts: known }, { acts, measure }) => !known || acts || known.measures.includes(measure);

/** The failures of all rows. */
export class Filters {
  constructor(model) {
    this.model = model;
    this.failed = new Uint16Array(model.rows);
    this.applied = { ...NO_FILTERS, search: "", minimum: null, measure: null, set: null, isCounted: true, actsShown: true };
  }

  /** Bring the failures up to a state; only what differs from the last time is looked at. Says whether any does. */
  apply({ filters, search, minimum, measure, set, acts, actsShown }) {
    const was = this.applied;
    let changed = false;
    for (const name of FACETS) {
      const resolved = name === "region" && set !== was.set && (filters.region || was.region);
      if (filters[name] === was[name] && !resolved) continue;
      this.setBit(bitOf(name), filters[name] && this.passesOf(name, filters[name]));
      changed = true;
    }
    if (search !== was.search) {
      this.setBit(SEARCH, this.found(search));
      changed = true;
    }
    const lowest = measure === "incidents" ? "killed" : measure;
    if (minimum !== was.minimum || (minimum !== null && lowest !== was.measure)) {
      this.setBit(MINIMUM, minimum === null ? null : this.reaches(lowest, minimum));
      changed = true;
    }
    const isCounted = countsActs(this.model.header, { acts, measure });
    const { act } = this.model.arrays;
    if (act && isCounted !== was.isCounted) {
      this.setBit(UNCOUNTED, isCounted ? null : (row) => !act[row]);
      changed = true;
    }
    if (act && actsShown !== was.actsShown) {
      this.setBit(HIDDEN, actsShown ? null : (row) => !act[row]);
      changed = true;
    }
    this.applied = { ...filters, search, minimum, measure: lowest, set, isCounted, actsShown };
    return changed;
  }

  /** Whether every row is let through. */
  get isOpen() {
    const { search, minimum } = this.applied;
    return !search && minimum === null && this.applied.actsShown && FACETS.every((name) => !this.applied[name]);
  }

  /** Look again for the text searched for, after texts have come; say whether there is one. */
  searchAgain() {
    const found = this.found(this.applied.search);
    if (found) this.setBit(SEARCH, found);
    return found !== null;
  }

  /** Set a bit where a row does not pass; `passes` is null where every row does. */
  setBit(bit, passes) {
    const { failed } = this;
    const keep = ALL_BITS & ~bit;
    if (!passes) for (let row = 0; row < failed.length; row++) failed[row] &= keep;
    else for (let row = 0; row < failed.length; row++) failed[row] = (failed[row] & keep) | (passes(row) ? 0 : bit);
  }

  /** A test of rows by the chosen codes of a facet. */
  passesOf(name, chosen) {
    const facet = this.model.facet(name);
    const wanted = Uint8Array.from(facet.codes, (code) => (chosen.includes(code ?? "") ? 1 : 0));
    const { numbers, starts, ids } = facet;
    if (numbers) return (row) => wanted[numbers[row]];
    return (row) => {
      for (let at = starts[row]; at < starts[row + 1]; at++) if (wanted[ids[at]]) return true;
      return starts[row] === starts[row + 1] && chosen.includes("");
    };
  }

  reaches(measure, minimum) {
    const { arrays } = this.model;
    const [best, low, high] = ["best", "low", "high"].map((bound) => arrays[`${measure}_${bound}`]);
    if (!best) return () => false;
    return (row) => (best[row] || low[row] || high[row]) - 1 >= minimum; // 0 stands for unknown, which reaches nothing
  }

  /** A test of rows by a text: each word of it in the code, title, place, actors or case, without accents. */
  found(search) {
    const needles = folded(search.trim()).split(/\s+/).filter(Boolean);
    if (!needles.length) return null;
    const { model } = this;
    const all = needles.map((needle) => {
      const marks = new Uint8Array(model.rows);
      if (model.texts.ready) model.texts.mark(needle, marks);
      for (const name of ["place_name", "adm1"]) markByNumber(marks, model.header.dictionaries[name], model.arrays[name], needle);
      for (const name of ["actor", "case"]) markByFacet(marks, model.facet(name), needle);
      return marks;
    });
    return (row) => all.every((marks) => marks[row]);
  }
}

function markByNumber(marks, texts, numbers, needle) {
  const hit = Uint8Array.from(texts, (text) => (text && folded(text).includes(needle) ? 1 : 0));
  if (!hit.includes(1)) return;
  for (let row = 0; row < numbers.length; row++) if (hit[numbers[row]]) marks[row] = 1;
}

function markByFacet(marks, { codes, names, starts, ids }, needle) {
  const told = (code) => [code, ...Object.values(names?.[code] ?? {})].join(" ");
  const hit = Uint8Array.from(codes, (code) => (code && folded(told(code)).includes(needle) ? 1 : 0));
  if (!hit.includes(1)) return;
  for (let row = 0; row + 1 < starts.length; row++) {
    for (let at = starts[row]; at < starts[row + 1]; at++) if (hit[ids[at]]) marks[row] = 1;
  }
}
