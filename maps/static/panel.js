/** The side panel: lists of incidents and regions, and the details opened from them or from the map. */

import { incidentCard } from "./card.js";
import { countWords } from "./card-tables.js";
import { el, refill } from "./dom.js";
import { readBlock } from "./payload.js";
import { incidentList, PAGE_ROWS, regionList } from "./lists.js";
import { regionCard } from "./region-card.js";

const LIST_MS = 70; // how long the selection must rest before its list is drawn

/**
 * @param {HTMLElement} root
 * @param {Object} page {state, model, words, header}; `looks()` gives the regions' looks, `rows()` the selected rows,
 *     `when()` the window in words.
 */
export function makePanel(root, { state, model, words, header, looks, rows, when }) {
  const { t } = words;
  const blocks = new Map();
  let limit = PAGE_ROWS;
  let opener = null;
  let returning = false;
  let later = 0;
  const tabs = el("div", { class: "tabs", role: "group", "aria-label": t("side_panel") });
  const body = el("div", { class: "panel-body", id: "panel-body" });
  refill(root, tabs, body);

  const rowOf = (row) => {
    const [first, last] = model.day(row);
    const columns = {};
    for (const name of Object.keys(header.dictionaries)) columns[name] = model.text(name, row);
    return {
      ...columns,
      id: row,
      code: model.texts.code[row],
      title: model.texts.title[row],
      first,
      last,
      counted: model.arrays.counted[row] === 1,
      style: header.types[columns.type],
      policy: header.policy,
    };
  };
  const figureOf = (row, measure) => {
    const read = (bound) => {
      const value = model.arrays[`${measure}_${bound}`]?.[row] ?? -1;
      return value === -1 ? null : value;
    };
    return { low: read("low"), best: read("best"), high: read("high") };
  };
  const describe = (row) => {
    const measure = state.now.measure === "incidents" ? "killed" : state.now.measure;
    const figure = figureOf(row, measure);
    const value = figure.best ?? figure.low ?? figure.high;
    const open = figure.best === null && figure.low !== null;
    return {
      ...rowOf(row),
      value: header.measures.includes(measure) ? (value === null ? "?" : words.n(value) + (open ? "+" : "")) : null,
      valueWords: `${words.label("measures", measure)}: ${countWords(words, figure)}`,
    };
  };
  /** Unpack the block that holds a row's card, once. */
  const cardOf = async (row) => {
    const number = Math.floor(row / header.block);
    if (!blocks.has(number)) blocks.set(number, readBlock(`cards-${number}`));
    return (await blocks.get(number))?.cards[row % header.block] ?? {};
  };
  /** Open a row's card, once it is unpacked: at the first of its block a few milliseconds later. */
  async function openRow(row, from) {
    const card = await cardOf(row);
    open({ kind: "card", row, card }, from);
  }
  const openRegion = (region, from) => open({ kind: "region", region }, from);
  /** Open a view over the lists; the button it was opened from gets the focus back. */
  function open(view, from = null) {
    if (state.now.view.kind === "list") opener = from;
    state.set({
      view: {
        ...view,
        back:
          view.kind === "card" && state.now.view.kind !== "card"
            ? state.now.view
            : (state.now.view.back ?? { kind: "list" }),
      },
    });
  }
  function back() {
    returning = true;
    state.set({ view: state.now.view.back ?? { kind: "list" } });
  }
  /** Give the focus back to what a detail was opened from, or to its like in the list drawn anew. */
  function refocus() {
    const { code, region } = opener?.dataset ?? {};
    if (!focusOn(code, region)) (opener?.isConnected ? opener : tabs.querySelector("button")).focus();
    returning = false;
  }
  /** Focus the entry of an incident or a region, and say whether it is listed. */
  function focusOn(code, region) {
    const entry = code
      ? `[data-code="${CSS.escape(code)}"]`
      : region
        ? `.entry[data-region="${CSS.escape(region)}"]`
        : null;
    const found = entry && body.querySelector(entry);
    found?.focus();
    return Boolean(found);
  }
  const heading = () => {
    const measure = state.now.measure === "incidents" ? "killed" : state.now.measure;
    return header.measures.includes(measure)
      ? el("p", { class: "list-head" }, t("list_value", { measure: words.label("measures", measure) }))
      : null;
  };
  const listed = (numbers) =>
    el(
      "div",
      {},
      numbers.length ? heading() : null,
      incidentList(words, numbers, describe, openRow, limit, () => {
        limit += PAGE_ROWS;
        draw();
      }),
    );
  const closer = () => el("button", { type: "button", class: "close", id: "close", onclick: back }, `‹ ${t("back")}`);

  const views = {
    list: () => (state.now.tab === "regions" && header.regions.length ? regionsView() : [listed(rows())]),
    here: ({ rows: numbers }) => [
      closer(),
      el("h2", { tabindex: "-1", id: "panel-title" }, t("here", { n: numbers.length })),
      listed(numbers),
    ],
    card: ({ row, card }) => [
      closer(),
      el("article", { class: "card", "data-row": row }, incidentCard(words, rowOf(row), card)),
    ],
    region: ({ region }) => {
      const look = looks().find((each) => each.region.id === region.id);
      if (!look)
        return [
          closer(),
          el("h2", { tabindex: "-1", id: "panel-title" }, region.name),
          el("p", {}, t("not_valid_then")),
        ];
      const numbers = rows().filter((row) => model.holds(region.id, row));
      return [
        closer(),
        el(
          "article",
          { class: "card" },
          regionCard(words, look, when(), state.now.measure),
          el("h3", {}, t("its_incidents")),
        ),
        listed(numbers),
      ];
    },
  };
  const regionsView = () => [regionList(words, looks(), openRegion)];

  function showTabs() {
    const many = header.regions.length && header.spec.kind !== "timeline";
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
      tab("incidents", t("n_incidents", { n: rows().length })),
      many ? tab("regions", t("n_regions", { n: looks().length })) : null,
    );
    if (held) tabs.querySelector(`[data-tab="${held}"]`)?.focus();
  }
  /** Draw the panel as the state has it; another view, just opened, gets the focus. */
  function show(changed) {
    const { view } = state.now;
    const moved = changed.has("view") && view.kind !== "list";
    clearTimeout(later);
    if (!changed.has("view") && !changed.has("tab")) {
      later = setTimeout(draw, LIST_MS); // while the time runs, the map comes first
      return;
    }
    draw();
    if (returning) refocus();
    else if (moved) {
      body.scrollTop = 0;
      body.querySelector("#panel-title")?.focus({ preventScroll: false });
    }
  }
  function draw() {
    const { view } = state.now;
    showTabs();
    if (view.kind === "card" && body.querySelector(".card")?.dataset.row === String(view.row)) return;
    const { code, region } = body.contains(document.activeElement) ? document.activeElement.dataset : {};
    refill(body, views[view.kind](view));
    focusOn(code, region);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.now.view.kind !== "list") back();
  });
  return { show, openRow, openRegion, openHere: (numbers) => open({ kind: "here", rows: numbers }) };
}
