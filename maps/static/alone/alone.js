/** A layer on a map that is not a page of ours: it shows and hides with a Leaflet group, and reads its own payload. */

import { makeWords } from "../words/i18n.js";
import { canUnpack, readPayload } from "../data/payload.js";

const blocks = new Map();

/** A payload by the id of its element, read once for all layers that share it. */
function blockOf(id) {
  if (!blocks.has(id)) blocks.set(id, readPayload(id));
  return blocks.get(id);
}

/**
 * Draw a layer wherever a Leaflet group is added to a map.
 * @param {L.LayerGroup} group What the document, and its layer control, know the layer by.
 * @param {function} add `addPoints` and the like.
 * @param {function} join Joins the layer to the map, and returns what shows and hides it.
 * @param {Object<string, string>} ids Ids of the payloads.
 * @param {string} lang
 */
export async function standAlone(group, add, join, ids, lang) {
  if (!canUnpack()) throw new Error("DecompressionStream is missing: this browser cannot unpack the layer's data.");
  const data = await blockOf(ids.core);
  const words = makeWords(data.header, lang);
  const joined = new Map(); // by map
  let map = null;
  const show = () => {
    map = group._map;
    if (!joined.has(map)) joined.set(map, join(map, add(map, data), { data, words, texts: () => blockOf(ids.texts) }));
    joined.get(map)(true);
  };
  group.on("add", show);
  group.on("remove", () => joined.get(map)?.(false));
  if (group._map) show();
}
