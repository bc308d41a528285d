/** The table: the selection in the reader's order, of which only the rows in view are in the document. */

import { el, refill } from "../page/dom.js";
import { downloadButtons } from "./download.js";
import { orderedRows } from "../data/ordering.js";
import { nothingWords } from "../panel/lists.js";
import { contentsOf, entriesWords } from "../page/remainder.js";
import { RowScroll } from "./row-scroll.js";
import { columnsFor, tableRow } from "./table-columns.js";

const [ROW, ROW_NARROW] = [44, 66]; // pixels; two lines of a title, three where the table is narrow
const NARROW = 520;

/** Make the table. */
export function makeTable(root, ctx) {
  const { state, words } = ctx;
  const { t } = words;
  const caption = el("p", { class: "table-count", id: "table-count" });
  const head = el("div", { class: "table-head", role: "row", "aria-rowindex": 1 });
  const pane = el("div", { class: "table-pane", role: "rowgroup" });
  const spacer = el("div", { class: "table-spacer", role: "presentation" }, pane);
  const grid = el(
    "div",
    { class: "table-grid", id: "table-grid", role: "grid", tabindex: 0, "aria-label": t("table_label"), "aria-describedby": "table-count" },
    el("div", { role: "rowgroup", class: "table-top" }, head),
    spacer,
  );
  const empty = el("p", { class: "empty", hidden: true });
  refill(root, el("div", { class: "table-bar" }, caption, downloadButtons(ctx)), grid, empty);

  const scroll = new RowScroll(grid, spacer, draw);
  let rows = new Uint32Array(0);
  let columns = [];
  let active = 0; // the place of the row that the keyboard is at
  let drawn = new Map(); // place → element

  const isShown = () => state.now.stage === "table" && !root.hidden;
  const selected = () => (state.now.view.kind === "card" ? state.now.view.row : null);

  /** Lay the columns out for the present width, measure and language. */
  function layOut() {
    const width = grid.clientWidth;
    columns = columnsFor(ctx, width);
    scroll.height = width < NARROW ? ROW_NARROW : ROW;
    root.style.setProperty("--columns", columns.map((column) => column.width).join(" "));
    root.style.setProperty("--row", `${scroll.height}px`);
    grid.setAttribute("aria-colcount", columns.length);
    const held = document.activeElement?.dataset?.sort; // a header that is made anew keeps the focus
    refill(head, columns.map(header));
    if (held) head.querySelector(`[data-sort="${CSS.escape(held)}"]`)?.focus();
    root.style.setProperty("--head", `${grid.firstElementChild.offsetHeight}px`);
    redraw();
  }
  function header(column, place) {
    const { sort } = state.now;
    const sorted = sort.key === column.key;
    return el(
      "div",
      {
        role: "columnheader",
        "aria-colindex": place + 1,
        "aria-sort": sorted ? (sort.down ? "descending" : "ascending") : null,
        class: `cell${column.number ? " number" : ""}`,
      },
      el(
        "button",
        { type: "button", class: "sort", "data-sort": column.key, onclick: () => sortBy(column) },
        el("span", {}, column.name),
        el("span", { class: "sort-way", "aria-hidden": "true" }, sorted ? (sort.down ? "▼" : "▲") : ""),
      ),
    );
  }
  /** Sort by a column; by the same one again, the other way. Numbers start with the greatest. */
  function sortBy({ key, number }) {
    const { sort } = state.now;
    state.set({ sort: Object.freeze({ key, down: sort.key === key ? !sort.down : Boolean(number) }) });
  }
  function take(isNewOrder) {
    const row = rows[active];
    rows = orderedRows(ctx);
    const found = isNewOrder ? 0 : rows.indexOf(row);
    active = Math.max(0, found);
    grid.setAttribute("aria-rowcount", rows.length + 1);
    const { sort } = state.now;
    const column = columns.find(({ key }) => key === sort.key)?.name ?? t(sort.key === "code" || sort.key === "status" ? sort.key : "column_days");
    const way = t(sort.down ? "way_down" : "way_up");
    const contents = contentsOf(ctx, ctx.now.rows);
    const sorted = t("table_sorted", { column: column.toLowerCase(), way });
    refill(caption, `${entriesWords(words, contents)}; ${sorted}.${contents.parts ? ` ${t("table_parts")}` : ""}`);
    empty.hidden = rows.length > 0;
    if (!rows.length) refill(empty, nothingWords(ctx));
    scroll.count = rows.length;
    if (isNewOrder) scroll.to(0);
    redraw();
  }
  function redraw() {
    drawn = new Map();
    pane.replaceChildren();
    scroll.draw();
  }
  /** Bring the rows from…end (exclusive) into the document, `top` pixels above the first of them. */
  function draw(from, end, top) {
    const next = new Map();
    const [least, before] = [drawn.keys().next().value, pane.firstChild]; // rows stay in order in the document too
    for (let at = from; at < end; at++) {
      const element = drawn.get(at) ?? tableRow(ctx, columns, rows[at], at);
      element.style.transform = `translateY(${(at - from) * scroll.height - top}px)`;
      if (!drawn.has(at)) pane.insertBefore(element, at < least ? before : null);
      next.set(at, element);
    }
    for (const [at, element] of drawn) if (!next.has(at)) element.remove();
    drawn = next;
    mark();
  }
  function mark() {
    const chosen = selected();
    for (const [at, element] of drawn) {
      element.classList.toggle("active", at === active);
      element.setAttribute("aria-selected", String(rows[at] === chosen));
    }
    if (drawn.has(active)) grid.setAttribute("aria-activedescendant", drawn.get(active).id);
    else grid.removeAttribute("aria-activedescendant");
  }
  function goTo(at) {
    if (!rows.length) return;
    active = Math.max(0, Math.min(rows.length - 1, at));
    scroll.show(active);
    mark();
  }
  const keys = {
    ArrowDown: () => goTo(active + 1),
    ArrowUp: () => goTo(active - 1),
    PageDown: () => goTo(active + scroll.page()),
    PageUp: () => goTo(active - scroll.page()),
    Home: () => goTo(0),
    End: () => goTo(rows.length - 1),
    Enter: () => rows.length && ctx.openRow(rows[active], grid),
  };
  ctx.listen(grid, "keydown", (event) => {
    if (event.target !== grid || !keys[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  });
  ctx.listen(pane, "click", (event) => {
    const at = [...drawn].find(([, element]) => element.contains(event.target))?.[0];
    if (at === undefined || String(getSelection())) return;
    goTo(at);
    ctx.openRow(rows[at], grid);
  });
  ctx.update((changed) => {
    if (!isShown() && !changed.has("stage")) return;
    if (["stage", "sort", "measure", "bound", "texts"].some((name) => changed.has(name))) show(changed.has("sort"));
    else if (state.now.sort.key === "days" && rows !== orderedRows(ctx)) take(false);
    else if (changed.has("view")) mark();
  });
  ctx.settle(() => isShown() && rows !== orderedRows(ctx) && take(false));

  /** Draw the table, unless it is not the stage. */
  function show(isNewOrder) {
    queueMicrotask(() => {
      if (!isShown()) return; // the stage is changed by another part that hears of it later
      layOut();
      take(isNewOrder);
    });
  }
  const watcher = new ResizeObserver(() => isShown() && layOut());
  watcher.observe(root);
  ctx.dispose(() => watcher.disconnect());
  ctx.dispose(() => scroll.stop());
  show(false);
}
