/** The texts of all rows: codes and titles, unpacked after the map is drawn, and the search through them. */

import { folded } from "./i18n.js";

/** Codes and titles. Until they are unpacked, every one of them is empty. */
export class Texts {
  constructor() {
    this.langs = [];
    this.cache = new Map();
  }

  /** Take in the block that holds them: lines of UTF-8. A title that is empty is the same as the main language's. */
  fill({ header, arrays }) {
    const decoder = new TextDecoder();
    this.main = header.langs[0];
    this.packed = { codes: () => decoder.decode(arrays.codes) };
    for (const lang of header.langs) this.packed[lang] = () => decoder.decode(arrays[`title_${lang}`]);
    this.langs = header.langs;
  }

  get ready() {
    return Boolean(this.packed);
  }

  lines(name) {
    if (!this.ready) return null;
    if (!this.cache.has(name)) this.cache.set(name, this.packed[name]().split("\n"));
    return this.cache.get(name);
  }

  code(row) {
    return this.lines("codes")?.[row] ?? "";
  }

  title(row, lang) {
    const own = lang !== this.main && this.langs.includes(lang) ? this.lines(lang)[row] : "";
    return own || this.lines(this.main)?.[row] || this.code(row);
  }

  /** Mark the rows whose code or title, in any language, holds a folded text. */
  mark(needle, marks) {
    for (const name of ["codes", ...this.langs]) markLines(this.foldedText(name), needle, marks);
  }

  foldedText(name) {
    const key = `folded ${name}`;
    if (!this.cache.has(key)) this.cache.set(key, folded(this.packed[name]()));
    return this.cache.get(key);
  }
}

/** Mark the numbers of the lines of a text that hold a needle. */
function markLines(text, needle, marks) {
  let [line, from] = [0, 0];
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, from)) {
    for (let end = text.indexOf("\n", from); end >= 0 && end < at; end = text.indexOf("\n", from)) {
      line++;
      from = end + 1;
    }
    marks[line] = 1;
    const end = text.indexOf("\n", at);
    if (end < 0) return;
    line++;
    from = end + 1;
  }
}
