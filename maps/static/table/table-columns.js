/** The table's columns: what each says of a row, how wide it is, and from which width of the table it is shown. */

import { isDrawn } from "../data/drawn.js";
import { addedTest } from "../data/families.js";
import { depthIn, orderedRows } from "../data/ordering.js";
import { el } from "../page/dom.js";
import { glyphPicture } from "../map/glyphs.js";
import { figureAt } from "../words/figure-words.js";
import { partWords } from "../panel/lists.js";
import { measureOf, optionWords } from "../words/selection-words.js";

/** The columns that fit a table so many pixels wide, in order. */
export function columnsFor(ctx, width) {
  const { words, model, header, state } = ctx;
  const { t } = words;
  const measure = measureOf(ctx);
  const plain = (text) => ({ text, told: text });
  const coded = (name, code) => (code ? optionWords(ctx, name, code) : "–");
  const figure = (key, name, from, isAdded = addedTest(model, name, state.now.bound, ctx.now.window)) => ({
    key,
    name: words.label("measures", name),
    width: "68px",
    from,
    number: true,
    cell: (row) => {
      const { shown, range, told } = figureAt(words, model.figure(row, name), state.now.bound);
      const isFaint = shown !== "–" && !isAdded(row);
      const said = [told, whoWords(ctx, row, name), isFaint ? t("not_added") : ""].filter(Boolean).join(" · ");
      return { text: shown, sub: range, told: `${words.label("measures", name)}: ${said}`, spoken: said, faint: isFaint };
    },
  });
  const columns = [
    { key: "code", name: t("code"), width: "96px", from: 860, cell: (row) => plain(model.code(row)) },
    {
      key: "days",
      name: t("column_days"),
      width: width < 560 ? "88px" : "108px",
      from: 0,
      cell: (row) => plain(words.span(...model.day(row), model.text("date_precision", row), true)),
    },
    { key: "title", name: t("column_title"), width: "minmax(0, 1.7fr)", from: 0, strong: true, cell: (row) => titleCell(ctx, row) },
    {
      key: "type",
      name: t("facet_type"),
      width: "130px",
      from: 700,
      cell: (row) => {
        const code = model.text("type", row);
        return { ...plain(coded("type", code)), sign: header.types[code] };
      },
    },
    { key: "place", name: t("column_place"), width: "minmax(0, 1fr)", from: 520, cell: (row) => plain(model.text("place_name", row) ?? t(isDrawn(model, row) ? "unnamed" : "unplaced")) },
    { key: "adm1", name: t("column_adm1"), width: "98px", from: 940, cell: (row) => plain(model.text("adm1", row) ?? "–") },
    ...(measure && measure !== "killed" ? [figure("measure", measure, 0)] : []),
    ...(header.measures.includes("killed") ? [figure("killed", "killed", measure === "killed" ? 0 : 620)] : []),
    ...(measure && model.voices.length
      ? [{ key: "voice", name: t("whose_number"), width: "minmax(0, .8fr)", from: 760, cell: (row) => plain(words.local(model.voice(row, measure)?.who) || "–") }]
      : []),
    ...(model.arrays.source_count
      ? [{ key: "sources", name: t("column_sources"), width: "58px", from: model.voices.length ? 1060 : 800, number: true, cell: (row) => plain(sourcesOf(ctx, row)) }]
      : []),
    { key: "status", name: t("status"), width: "80px", from: model.voices.length ? 1120 : 1000, cell: (row) => plain(coded("status", model.text("status", row))) },
  ];
  return columns.filter(({ from }) => width >= from);
}

/** Whose number a figure is, in words. */
function whoWords({ model, words }, row, measure) {
  const who = words.local(model.voice(row, measure)?.who);
  return who ? words.t("number_of", { who }) : "";
}

/** A title; of a part, indented below its incident, or with the name of the one that is not listed. */
function titleCell(ctx, row) {
  const depth = depthIn(orderedRows(ctx), row);
  const [title, part] = [ctx.model.title(row), partWords(ctx, row, depth)];
  return { text: title, told: part ? `${title} · ${part}` : title, depth, part };
}

/** How many sources speak of a row, in words. */
function sourcesOf({ model, words }, row) {
  const count = model.arrays.source_count[row];
  return count ? words.n(count - 1) : "–";
}

/** A row of the table, `at` counted from 0. */
export function tableRow(ctx, columns, row, at) {
  return el(
    "div",
    { role: "row", class: "table-row", id: `table-row-${at}`, "aria-rowindex": at + 2, "data-row": row, "data-code": ctx.model.code(row) },
    columns.map((column, place) => {
      const { text, sub, told, spoken, sign, depth, part, faint } = column.cell(row);
      const kinds = { number: column.number, strong: column.strong, part: depth, faint };
      const about = {
        role: "gridcell",
        "aria-colindex": place + 1,
        title: told,
        class: ["cell", ...Object.keys(kinds).filter((kind) => kinds[kind])].join(" "),
        style: depth ? `--depth: ${depth}` : null,
      };
      return el(
        "div",
        about,
        sign ? glyphPicture(sign) : null,
        el("span", { class: "cell-text", dir: column.number ? null : "auto", "aria-hidden": spoken ? "true" : null }, part && !depth ? el("span", { class: "cell-part" }, part) : null, text),
        depth ? el("span", { class: "unseen" }, part) : null,
        sub ? el("span", { class: "cell-sub", "aria-hidden": "true" }, sub) : null,
        spoken ? el("span", { class: "unseen" }, spoken) : null,
      );
    }),
  );
}
