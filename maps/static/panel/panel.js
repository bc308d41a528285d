/** The side panel: lists of incidents and regions, and the details opened from them, from the map or from a link. */

import { incidentCard } from "./card.js";
import { setShown } from "../regions/choropleth.js";
import { companionNote } from "../data/companion.js";
import { el, refill } from "../page/dom.js";
import { contentsOf, hereWords, tabWords } from "../page/remainder.js";
import { incidentList, PAGE_ROWS } from "./lists.js";
import { typeList } from "../page/sums-words.js";
import { listedRows, orderedRows, underParents } from "../data/ordering.js";
import { absentRegion, regionCard } from "../regions/region-card.js";
import { regionList } from "../regions/region-list.js";

const LISTED = ["filters", "search", "minimum", "acts", "actsShown", "measure", "bound", "texts", "end", "length", "mode", "step"];
const LOOKS = [...LISTED, "theme", "set", "limitsDay", "rate", "scheme", "classes", "limits"];

/**
 * Make the panel.
 * @returns {{openRow, openRegion, openHere, back}} What opens details: a row, a region, or the rows of one place; each
 *     takes the button that it was opened from, which has the focus again when the detail is closed.
 */
export function makePanel(root, ctx) {
  const { state, model, words, header } = ctx;
  const { t } = words;
  let limit = PAGE_ROWS;
  let opener = null;
  let returning = false;
  let current = null; // the card that is drawn: {row, card}
  const tabs = el("div", { class: "tabs", role: "group", "aria-label": t("side_panel") });
  const body = el("div", { class: "panel-body", id: "panel-body" });
  refill(root, tabs, body);
  const regional = header.regions.length > 0 && header.spec.kind !== "timeline";

  const openRow = (row, from) => open({ kind: "card", row }, from);
  const openRegion = (region, from) => open({ kind: "region", region }, from);
  const openHere = (rows) => open({ kind: "here", rows }, null);
  /** Open a view over the lists. */
  function open(view, from = null) {
    const { view: was } = state.now;
    if (was.kind === "list") opener = from;
    const back = was.kind === "card" ? (was.back ?? { kind: "list" }) : was;
    state.set({ view: { ...view, back } });
  }
  function back() {
    returning = true;
    state.set({ view: state.now.view.back ?? { kind: "list" } });
  }
  /** Give the focus back to what a detail was opened from, or to its like in the list drawn anew. */
  function refocus() {
    returning = false;
    const { code, id } = opener?.dataset ?? {};
    if (!focusOn(code, id)) (opener?.isConnected ? opener : tabs.querySelector("button")).focus();
  }
  /** Focus the entry of an incident or a region, and say whether it is listed. */
  function focusOn(code, region) {
    const entry = code ? `[data-code="${CSS.escape(code)}"]` : region ? `.entry[data-id="${CSS.escape(region)}"]` : null;
    const found = entry && body.querySelector(entry);
    found?.focus();
    return Boolean(found);
  }
  /** The rows in the order that the reader sees: of the table where it is shown, else of the list. */
  const inOrder = () => (state.now.stage === "table" ? orderedRows(ctx) : listedRows(ctx));
  /** The row before or after the open one in the selection; where it is not selected, the selection's ends. */
  function neighbour(row, by) {
    const rows = inOrder();
    const at = rows.indexOf(row);
    return at < 0 ? rows.at(by > 0 ? 0 : -1) : rows[at + by];
  }
  function step(by) {
    const next = neighbour(state.now.view.row, by);
    if (next !== undefined) openRow(next);
  }

  const listed = (rows) =>
    incidentList(ctx, rows, {
      open: openRow,
      limit,
      more: () => {
        limit += PAGE_ROWS;
        draw();
      },
    });
  const closer = () => el("button", { type: "button", class: "close", id: "close", onclick: back }, `‹ ${t("back")}`);
  const stepper = (id, key, sign, row, by) =>
    el(
      "button",
      { type: "button", class: "icon", id, "aria-label": t(key), title: t(key), disabled: neighbour(row, by) === undefined, onclick: () => step(by) },
      sign,
    );
  const cardHead = (row) => {
    const at = inOrder().indexOf(row);
    return el(
      "div",
      { class: "card-head" },
      closer(),
      el("span", { class: "card-at" }, at < 0 ? t("not_in_selection") : t("n_of", { n: at + 1, all: ctx.now.rows.length })),
      stepper("previous", "previous_incident", "↑", row, -1),
      stepper("next", "next_incident", "↓", row, 1),
    );
  };
  const views = {
    list: () => (header.sums && !regional ? [typeList(ctx)] : state.now.tab === "regions" && regional ? [regionList(ctx, openRegion)] : listed(listedRows(ctx))),
    here: ({ rows }) => [
      closer(),
      el("h2", { tabindex: "-1", id: "panel-title" }, hereWords(ctx, rows)),
      listed(underParents(model, rows)),
    ],
    card: ({ row }) => [
      cardHead(row),
      el("article", { class: "card", "data-row": row }, incidentCard(ctx, row, current.card), companionNote(ctx, reread)),
    ],
    region: ({ region }) => {
      const look = ctx.now.looks.find((each) => each.region.id === region.id);
      if (!look) return [closer(), el("article", { class: "card" }, absentRegion(ctx, region))];
      if (header.sums) return [closer(), el("article", { class: "card" }, regionCard(ctx, look))];
      const rows = ctx.now.rows.filter((row) => model.holds(region.id, row));
      return [
        closer(),
        el("article", { class: "card" }, regionCard(ctx, look), el("h3", {}, t("its_incidents"))),
        rows.length ? listed(underParents(model, rows)) : el("p", { class: "empty" }, region.suppressed ? t("few_left_out", { n: header.spec.suppress_below }) : t("nothing_here")),
      ];
    },
  };
  function showTabs() {
    const tab = (name, label) =>
      el(
        "button",
        {
          type: "button",
          "data-tab": name,
          "aria-pressed": String(state.now.tab === name && state.now.view.kind === "list"),
          onclick: () => {
            limit = PAGE_ROWS;
            state.set({ tab: name, view: { kind: "list" } });
          },
        },
        label,
      );
    const held = document.activeElement?.dataset?.tab;
    refill(
      tabs,
      header.sums ? null : tab("incidents", tabWords(words, contentsOf(ctx, ctx.now.rows))),
      regional ? tab("regions", regionTab()) : null,
    );
    if (held) tabs.querySelector(`[data-tab="${held}"]`)?.focus();
  }
  const regionTab = () => t("n_regions", { n: setShown(ctx).length });

  /** Unpack the card that the state shows, then draw; a reader who has gone on meanwhile is not called back. */
  async function reread() {
    const { row } = state.now.view;
    const card = await ctx.card(row);
    if (state.now.view.kind !== "card" || state.now.view.row !== row) return;
    current = { row, card };
    draw();
    arrive();
  }
  function draw() {
    const { view } = state.now;
    showTabs();
    if (view.kind === "card" && current?.row !== view.row) return;
    const inside = body.contains(document.activeElement) ? document.activeElement : null;
    const { code, id } = inside?.dataset ?? {};
    const held = inside?.id;
    refill(body, views[view.kind](view));
    if (!focusOn(code, id) && held) body.querySelector(`#${CSS.escape(held)}`)?.focus();
  }
  /** A detail that has just been opened gets the focus. */
  function arrive() {
    body.scrollTop = 0;
    const held = document.activeElement?.id;
    if (held === "next" || held === "previous" || held?.startsWith("story-")) return;
    body.querySelector("#panel-title")?.focus({ preventScroll: true });
  }
  ctx.update((changed) => {
    if (!changed.has("view") && !changed.has("tab")) return;
    const { view } = state.now;
    if (view.kind === "card" && current?.row !== view.row) {
      reread();
      return;
    }
    draw();
    const isLost = view.kind === "list" && changed.has("view") && document.activeElement === document.body; // by Back
    if (returning || isLost) refocus();
    else if (changed.has("view") && view.kind !== "list") arrive();
  });
  ctx.settle((changed) => {
    const { view, tab } = state.now;
    const shown = (view.kind === "list" && tab === "regions") || view.kind === "region" ? LOOKS : LISTED;
    if (view.kind === "card" && current?.row !== view.row) return;
    if (shown.some((name) => changed.has(name))) draw();
    else if (LOOKS.some((name) => changed.has(name))) showTabs(); // how many regions there are is in their tab
  });
  ctx.listen(document, "keydown", (event) => {
    if (event.defaultPrevented || event.target.closest?.("input, select, textarea, dialog")) return;
    const { kind } = state.now.view;
    if (event.key === "Escape" && kind !== "list") back();
    else if (kind === "card" && (event.key === "[" || event.key === "]")) step(event.key === "]" ? 1 : -1);
  });
  if (state.now.view.kind === "card") reread();
  else draw();
  return { openRow, openRegion, openHere, back };
}
