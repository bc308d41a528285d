/** The incidents' cards: in blocks inside the page, unpacked when first needed, or in a file beside it. */

import { readBlock, unpackBytes } from "./payload.js";
import { cardOf } from "./pieces.js";

const MAGIC = "willay-texts-1\n"; // maps/companion.py

/**
 * Where cards come from.
 * @returns {{card: function(number): Promise<Object>, open: function(File): Promise<boolean>, here: function(): boolean}}
 *     `open` takes a companion file and says whether it is this page's; `here` whether cards can be had.
 */
export function makeCards({ header, texts }) {
  const { starts, part } = header.cards;
  const blocks = new Map();
  let file = null; // {file, at: [offset of each block …]}

  /** Block `number` of cards; after the last come the parts of the table of what they share (maps/pieces.py). */
  async function block(number) {
    if (!file) return readBlock(`cards-${number}`);
    const bytes = await file.file.slice(file.at[number], file.at[number + 1]).arrayBuffer();
    return unpackBytes(new Uint8Array(bytes));
  }
  function read(number) {
    if (!blocks.has(number)) blocks.set(number, block(number));
    return blocks.get(number);
  }
  return {
    key: null,
    here: () => header.origin.texts === "inside" || file !== null,
    /** A row's card, {} where there is none. */
    async card(row) {
      if (!this.here()) return {};
      const number = starts.findLastIndex((start) => start <= row);
      const own = await read(number);
      if (!own) return {};
      const shared = async (piece) => (await read(starts.length + Math.floor(piece / part))).header.pieces[piece % part];
      const card = await cardOf(own, row - starts[number], shared);
      const titles = Object.fromEntries(texts.langs.map((lang) => [lang, texts.title(row, lang)]));
      return { ...card, title: { ...card.title, ...titles } };
    },
    async open(chosen) {
      const start = new Uint8Array(await chosen.slice(0, MAGIC.length + 4).arrayBuffer());
      if (new TextDecoder().decode(start.subarray(0, MAGIC.length)) !== MAGIC) return false;
      const length = new DataView(start.buffer).getUint32(MAGIC.length, true);
      const from = MAGIC.length + 4;
      const head = JSON.parse(await chosen.slice(from, from + length).text());
      if (head.page !== this.key) return false;
      const at = [from + length];
      for (const size of head.blocks) at.push(at.at(-1) + size);
      file = { file: chosen, at };
      blocks.clear();
      return true;
    },
  };
}
