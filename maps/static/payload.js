/** Reading the blocks that maps/payload.py packs: base64 of gzip of a JSON header and typed arrays. */

const ARRAY_TYPES = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i4: Int32Array, f4: Float32Array };

/** Whether this browser can unpack the page's data. */
export function canUnpack() {
  return typeof DecompressionStream === "function";
}

function bytesOfBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return bytes;
}

async function unpackBlock(text) {
  const stream = new Blob([bytesOfBase64(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
  const buffer = await new Response(stream).arrayBuffer();
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const arrays = {};
  for (const [name, [type, offset, count]] of Object.entries(header.arrays)) {
    arrays[name] = new ARRAY_TYPES[type](buffer, 4 + length + offset, count);
  }
  return { header, arrays };
}

/**
 * Read the block in a script element and remove the element, whose text is then no longer needed.
 * @param {string} id
 * @returns {Promise<{header: Object, arrays: Object<string, TypedArray>}>}
 */
export async function readPayload(id) {
  const element = document.getElementById(id);
  if (!canUnpack()) {
    document.getElementById("cannot-unpack").hidden = false;
    throw new Error("DecompressionStream is missing: the page cannot unpack its data.");
  }
  const block = await unpackBlock(element.textContent);
  element.remove();
  return block;
}

/** Read the header of the block with a name (`data-block`), or null where the page has none. */
export async function readBlock(name) {
  const element = document.querySelector(`script[data-block="${name}"]`);
  return element ? (await readPayload(element.id)).header : null;
}
