/** Cards as maps/pieces.py writes them: each the numbers of its pieces, which are its block's own or shared by blocks. */

const [ALONE, LISTED] = [1, 2]; // maps/pieces.py: how many items a row has in a member; 0 is none, as it has no such member
const OF_ROW = "row."; // maps/cards.py

/**
 * The card of a row.
 * @param {{header: Object, arrays: Object}} block
 * @param {number} row Counted from the first row of the block.
 * @param {function(number): Promise<*>} shared Answers a piece of the table that blocks share.
 */
export async function cardOf(block, row, shared) {
  const found = await Promise.all(Object.keys(block.header.pieces).map(async (name) => [name, await memberOf(block, name, row, shared)]));
  const members = Object.fromEntries(found.filter(([, member]) => member));
  const sources = members.sources ? valueOf("sources", members.sources, []) : {};
  const card = { row: {} };
  for (const [name, member] of Object.entries(members)) {
    const value = name === "sources" ? sources : valueOf(name, member, Object.keys(sources ?? {}));
    if (name.startsWith(OF_ROW)) card.row[name.slice(OF_ROW.length)] = value;
    else card[name] = value;
  }
  return card;
}

/** The items of a row in a member, and whether the member is its only item; null where the row has no such member. */
async function memberOf({ header, arrays }, name, row, shared) {
  const counts = arrays[`${name}:counts`];
  if (counts[row] === 0) return null;
  let from = 0;
  for (let before = 0; before < row; before++) from += itemsIn(counts[before]);
  const numbers = arrays[`${name}:items`].subarray(from, from + itemsIn(counts[row]));
  const [own, held] = [header.pieces[name], arrays[`${name}:shared`]];
  const items = await Promise.all(Array.from(numbers, (number) => (number < held.length ? shared(held[number]) : own[number - held.length])));
  return { items, isAlone: counts[row] === ALONE };
}

function itemsIn(count) {
  return count > LISTED ? count - LISTED : count === ALONE ? 1 : 0;
}

/** A member of its items. Claims and figures name their document by its place in the card, and here by its key. */
function valueOf(name, { items, isAlone }, keys) {
  if (isAlone) return items[0];
  const named = (item) => (typeof item.source === "number" ? { ...item, source: keys[item.source] } : item);
  if (name === "sources") return Object.fromEntries(items);
  if (name === "figures") return Object.fromEntries(items.map(([measure, figure]) => [measure, named(figure)]));
  return name === "claims" ? items.map(named) : items;
}
