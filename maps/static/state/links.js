/** The page's address follows its state, and a link brings the state back. */

import { turnedTo, westOf } from "../map/canvas.js";
import { el } from "../page/dom.js";
import { makeHistory } from "./history.js";
import { fragmentOf, readFragment } from "./permalink.js";

const LIST = { kind: "list" };

/** @param {Object} opening The state that the page starts with: a fragment says only what differs from it. */
export function makeLinks(ctx, opening) {
  const { state, model, header, map } = ctx;
  let written = location.hash.slice(1);

  const place = () => {
    if (!map.moved) return null;
    const { lat, lng } = map.getCenter();
    return [turnedTo(lng, -180).toFixed(5), lat.toFixed(5), map.getZoom().toFixed(1)].join(",");
  };
  const fragment = () => fragmentOf(state.now, opening, model, place());

  /** Put the state into the address, where the browser lets the page. */
  function write() {
    const text = fragment();
    if (!model.texts.ready) return; // an open incident is named by its code, which texts hold
    if (text === written && steps.isAt()) return;
    written = text;
    try {
      steps.record(text);
    } catch {
      // A page shown inside another has no address of its own.
    }
  }

  /** Bring the state to what a fragment says, at the start of a page; without one, to the first view of the story. */
  async function follow(text) {
    if (text.length > 1) await bring(text);
    else if (header.spec.views.length) await showView(0);
    const rows = steps.rows(); // of a page that is loaded again
    if (rows) ctx.openHere(Uint32Array.from(rows));
  }

  /** Bring the state to another step of the history, or to an address that was typed. */
  async function followStep(text, rows = null) {
    if (text.slice(1) === written && !rows && state.now.view.kind !== "here") return;
    written = text.slice(1);
    await bring(text, rows ? { kind: "here", rows: Uint32Array.from(rows), back: LIST } : LIST);
  }

  async function bring(text, otherwise = state.now.view) {
    const { patch, open, at, strange } = readFragment(text, opening, ctx);
    if (!goTo(at) && map.moved) {
      map.moved = false; // a fragment that names no place was written where the page opens
      map.keepHome();
    }
    const isOpen = Boolean(open) && openOf(state.now.view) === open; // and stays as it is
    state.set({ ...opening, ...patch, view: isOpen ? state.now.view : otherwise });
    if (open && !isOpen) await whenTexts(() => openOne(open, strange));
    tell(strange);
  }

  const openOf = ({ kind, row, region }) => (kind === "card" ? model.code(row) : kind === "region" ? `region:${region.id}` : null);

  /** Show a view of the story in the reader's language; on the whole map, where it names no place of it. */
  async function showView(number) {
    const { patch, open, at } = readFragment(header.spec.views[number].fragment, opening, ctx);
    const { embed, lang, speed } = state.now; // which are the reader's
    map.moved = false;
    if (!goTo(at)) map.keepHome();
    state.set({ ...opening, ...patch, embed, lang, speed, story: number });
    if (open) await whenTexts(() => openOne(open, []));
  }

  /** Move the map to a place of a fragment, and say whether it names one. */
  function goTo(at) {
    const [lng, lat, zoom] = (at ?? "").split(",").map(Number);
    if (!at || ![lng, lat, zoom].every(Number.isFinite)) return false;
    map.moved = true;
    map.setView([lat, turnedTo(lng, westOf(model.arrays))], zoom, { animate: false });
    return true;
  }

  function openOne(open, strange) {
    if (open.startsWith("region:")) {
      const id = Number(open.slice(7));
      const region = header.regions.flatMap((set) => set.regions).find((each) => each.id === id);
      if (region) ctx.openRegion(region);
      else strange.push("open");
      return;
    }
    const row = model.texts.rowOf(open);
    if (row >= 0) ctx.openRow(row);
    else strange.push("open");
    tell(strange);
  }

  /** Do something once the texts are there: at once, or with the first change after they came. */
  async function whenTexts(fn) {
    if (model.texts.ready) fn();
    else ctx.onTexts = fn;
  }

  function tell(strange) {
    const box = document.getElementById("notice");
    box.hidden = !strange.length;
    if (strange.length) box.replaceChildren(el("span", {}, ctx.words.t("strange_link", { names: strange.join(", ") })));
  }
  const steps = makeHistory(ctx, followStep, write);
  window.addEventListener("hashchange", () => location.hash.slice(1) === written || followStep(location.hash));
  return { write, follow, showView, fragment, permalink: () => `${location.href.split("#")[0]}#${fragment()}` };
}
