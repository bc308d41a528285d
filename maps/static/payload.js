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

/** Unpack the gzip of a block: {header, arrays}. */
export async function unpackBytes(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const buffer = await new Response(stream).arrayBuffer();
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const arrays = {};
  for (const [name, [type, offset, count, form]] of Object.entries(header.arrays))
    arrays[name] = readArray(ARRAY_TYPES[type], buffer, 4 + length + offset, count, form);
  return { header, arrays };
}

/** An array as maps/payload.py wrote it: plain, or its bytes in planes, or those of the steps between its numbers. */
function readArray(Type, buffer, offset, count, form) {
  if (form === "plain") return new Type(buffer, offset, count);
  const width = Type.BYTES_PER_ELEMENT;
  const array = new Type(count);
  const [bytes, planes] = [new Uint8Array(array.buffer), new Uint8Array(buffer, offset, count * width)];
  for (let plane = 0, from = 0; plane < width; plane++)
    for (let to = plane; to < bytes.length; to += width) bytes[to] = planes[from++];
  if (form === "steps") for (let at = 1; at < count; at++) array[at] += array[at - 1];
  return array;
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
  const block = await unpackBytes(bytesOfBase64(element.textContent));
  element.remove();
  return block;
}

/** Read the block with a name (`data-block`): {header, arrays}, or null where the page has none. */
export async function readBlock(name) {
  const element = document.querySelector(`script[data-block="${name}"]`);
  return element ? readPayload(element.id) : null;
}
