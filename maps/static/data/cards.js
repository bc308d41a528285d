/** The incidents' cards: in blocks inside the page, unpacked when first needed, or in a file beside it. */

import { readBlock, unpackBytes } from "./payload.js";

const MAGIC = "willay-texts-1\n"; // maps/companion.py

/** A card with what it shares with others put back. */
function whole(card, shared) {
  const full = { ...card };
  const known = (list, key) => shared?.[list]?.[key];
  if (card.sources)
    full.sources = Object.fromEntries(
      Object.entries(card.sources).map(([key, told]) => [key, Object.keys(told).length ? told : known("sources", key) ?? {}]),
    );
  for (const list of ["parties", "cases"])
    if (card[list]) full[list] = card[list].map((item) => ({ ...known(list, item.key), ...item }));
  return full;
}

/**
 * Where cards come from.
 * @returns {{card: function(number): Promise<Object>, open: function(File): Promise<boolean>, here: function(): boolean}}
 *     `open` takes a companion file and says whether it is this page's; `here` whether cards can be had.
 */
export function makeCards({ header, rows, texts }) {
  const blocks = new Map();
  let file = null; // {file, at: [offset of each block …]}

  /** Block `number` of cards; the last one holds what cards share (maps/sharing.py). */
  async function block(number) {
    if (!file) return (await readBlock(`cards-${number}`))?.header ?? null;
    const bytes = await file.file.slice(file.at[number], file.at[number + 1]).arrayBuffer();
    return (await unpackBytes(bytes)).header;
  }
  return {
    key: null,
    here: () => header.origin.texts === "inside" || file !== null,
    /** A row's card, {} where there is none. */
    async card(row) {
      if (!this.here()) return {};
      const read = (number) => {
        if (!blocks.has(number)) blocks.set(number, block(number));
        return blocks.get(number);
      };
      const own = await read(Math.floor(row / header.block));
      if (!own) return {};
      const card = whole(own.cards[row % header.block], await read(Math.ceil(rows / header.block)));
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
