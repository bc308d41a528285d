/** The texts of all rows: codes and titles, unpacked after the map is drawn, and the search through them. */

import { folded } from "../words/i18n.js";

/** Codes and titles. Until they are unpacked, every one of them is empty. */
export class Texts {
  constructor() {
    this.langs = [];
    this.held = new Map(); // by name: codes, and a language's titles
    this.foldedTexts = new Map();
  }

  /** Take in the block that holds them: lines of UTF-8. A title that is empty is the same as the main language's. */
  fill({ header, arrays }) {
    this.main = header.langs[0];
    this.held.set("codes", new Lines(arrays.codes));
    for (const lang of header.langs) this.held.set(lang, new Lines(arrays[`title_${lang}`]));
    this.langs = header.langs;
  }

  get ready() {
    return this.held.size > 0;
  }

  code(row) {
    return this.held.get("codes")?.at(row) ?? "";
  }

  title(row, lang) {
    const own = lang !== this.main && this.langs.includes(lang) ? this.held.get(lang).at(row) : "";
    return own || this.held.get(this.main)?.at(row) || this.code(row);
  }

  /** The row of a code, -1 where there is none. */
  rowOf(code) {
    return this.held.get("codes").text().split("\n").indexOf(code);
  }

  /** Mark the rows whose code or title, in any language, holds a folded text. */
  mark(needle, marks) {
    for (const name of ["codes", ...this.langs]) markLines(this.foldedText(name), needle, marks);
  }

  foldedText(name) {
    if (!this.foldedTexts.has(name)) this.foldedTexts.set(name, folded(this.held.get(name).text()));
    return this.foldedTexts.get(name);
  }
}

const DECODER = new TextDecoder();
const LINE_END = 10;

/** Lines of UTF-8, of which each is found and decoded when it is asked for. */
class Lines {
  constructor(bytes) {
    this.bytes = bytes;
    this.starts = new Uint32Array(1024); // where lines begin, as far as has been looked
    this.known = 1;
  }

  at(line) {
    while (this.known <= line + 1) {
      const end = this.bytes.indexOf(LINE_END, this.starts[this.known - 1]);
      if (this.known === this.starts.length) this.starts = grown(this.starts);
      this.starts[this.known++] = (end < 0 ? this.bytes.length : end) + 1;
      if (end < 0) break;
    }
    return this.known > line + 1 ? DECODER.decode(this.bytes.subarray(this.starts[line], this.starts[line + 1] - 1)) : "";
  }

  text() {
    return DECODER.decode(this.bytes);
  }
}

function grown(numbers) {
  const more = new numbers.constructor(numbers.length * 2);
  more.set(numbers);
  return more;
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
