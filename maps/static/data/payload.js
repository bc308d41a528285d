/** Reading the blocks that maps/payload.py packs: base64 of gzip of a JSON header and typed arrays. */

import { atOnce, breath, documentParsed, inTurns } from "../state/turns.js";

const PIECE = 1 << 17; // how many bytes are unpacked before the page gets its turn
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

/**
 * Unpack the gzip of a block: {header, arrays}.
 * @param {Uint8Array} bytes
 * @param {boolean} isPatient Whether others may have their turn between the arrays: the page is drawn, and answers.
 */
export async function unpackBytes(bytes, isPatient = false) {
  if (isPatient) await breath();
  const buffer = await inflated(bytes, isPatient);
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const arrays = {};
  function* read() {
    for (const [name, [type, offset, count, form]] of Object.entries(header.arrays)) {
      arrays[name] = readArray(ARRAY_TYPES[type], buffer, 4 + length + offset, count, form);
      yield;
    }
  }
  if (isPatient) await inTurns([read], () => true);
  else atOnce(read());
  return { header, arrays };
}

/** The bytes of a gzip, read from memory: a Blob's stream would go by way of another process and back. */
async function inflated(bytes, isPatient) {
  const { readable, writable } = new DecompressionStream("gzip");
  feed(writable.getWriter(), bytes, isPatient).catch(() => {}); // a fault is told where it is read
  const parts = [];
  let length = 0;
  for (const reader = readable.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.buffer;
}

async function feed(writer, bytes, isPatient) {
  const size = isPatient ? PIECE : bytes.length;
  for (let at = 0; at < bytes.length; at += size) {
    if (at) await breath();
    await writer.write(bytes.subarray(at, at + size));
  }
  await writer.close();
}

/** An array as maps/payload.py wrote it: plain, or its bytes in planes, or those of the steps between its numbers. */
function readArray(Type, buffer, offset, count, form) {
  if (form === "plain") return new Type(buffer, offset, count);
  const array = new Type(count);
  const width = Type.BYTES_PER_ELEMENT;
  const [low, ...higher] = Array.from({ length: width }, (_, plane) => new Uint8Array(buffer, offset + plane * count, count));
  const whole = width === 4 ? new Uint32Array(array.buffer) : array; // the bits, whatever they stand for
  if (width === 1) whole.set(low);
  else if (width === 2) for (let at = 0; at < count; at++) whole[at] = low[at] | (higher[0][at] << 8);
  else joinPlanes(whole, low, ...higher);
  if (form === "steps") for (let at = 1; at < count; at++) array[at] += array[at - 1];
  return array;
}

function joinPlanes(whole, first, second, third, fourth) {
  for (let at = 0; at < whole.length; at++)
    whole[at] = first[at] | (second[at] << 8) | (third[at] << 16) | (fourth[at] << 24);
}

/**
 * Read the block in a script element and remove the element, whose text is then no longer needed.
 * @param {string} id
 * @param {boolean} isPatient As of `unpackBytes`.
 * @returns {Promise<{header: Object, arrays: Object<string, TypedArray>}>}
 */
export async function readPayload(id, isPatient = false) {
  const element = document.getElementById(id);
  if (!canUnpack()) {
    document.getElementById("cannot-unpack").hidden = false;
    throw new Error("DecompressionStream is missing: the page cannot unpack its data.");
  }
  const block = await unpackBytes(bytesOfBase64(element.textContent), isPatient);
  element.remove();
  return block;
}

/**
 * Read the block with a name (`data-block`): {header, arrays}, or null where the page has none. Blocks but the first
 * stand behind the scripts, so that the page is drawn before all of its file has been read.
 */
export async function readBlock(name) {
  await documentParsed();
  const element = document.querySelector(`script[data-block="${name}"]`);
  return element ? readPayload(element.id, true) : null;
}
