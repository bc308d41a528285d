/** Downloads: the selection, in the table's order, as CSV or GeoJSON, made in the page and handed to the browser. */

import { BYTE_ORDER_MARK, csvLine } from "./csv.js";
import { el, refill } from "../page/dom.js";
import { orderedRows } from "../data/ordering.js";
import { fieldsOf, geometryOf } from "../data/record.js";
import { filterWords } from "../words/selection-words.js";

const SLICE_MS = 24; // how long rows are written before the page gets its turn
const KEPT_MS = 60000; // how long a file can be fetched by the browser after it has been offered
const pause = () => new Promise((resolve) => setTimeout(resolve));

/** The forms of a file: ending, media type, what it begins and ends with, and how a row is written. */
const FORMS = {
  csv: {
    type: "text/csv;charset=utf-8",
    begin: (_, fields) => BYTE_ORDER_MARK + csvLine(fields.map(([name]) => name)),
    row: (ctx, fields, row) => csvLine(fields.map(([, value]) => value(row))),
    end: () => "",
  },
  geojson: {
    type: "application/geo+json",
    begin: (ctx, _, rows) =>
      `{"type":"FeatureCollection","metadata":${JSON.stringify(metadata(ctx, rows))},"willay":${JSON.stringify(about(ctx, rows))},"features":[\n`,
    row: (ctx, fields, row, isFirst) => (isFirst ? "" : ",\n") + JSON.stringify(featureOf(ctx, fields, row)),
    end: () => "\n]}\n",
  },
};

/** What a file says of itself: of when the data are, how figures were chosen, the licences, and the selection in words. */
function about(ctx, rows) {
  const { header, model } = ctx;
  const distinct = (column) => [...new Set(Array.from(rows, (row) => model.text(column, row)))].filter(Boolean).sort();
  return {
    title: document.title,
    as_of: asOf(header.origin),
    selection: filterWords(ctx),
    incidents: rows.length,
    datasets: distinct("dataset"),
    licences: distinct("licence"),
    origin: header.origin,
    coordinates: "EPSG:4326, within 0.5 m of the record; areas are drawn outlines, rounded to some 10 m",
  };
}

/** What every file of willay says of itself, by the names that willay's import knows: terms, profile, what was left out. */
function metadata({ header, model }, rows) {
  const { origin } = header;
  const shown = new Set(Array.from(rows, (row) => model.text("dataset", row)));
  const datasets = origin.datasets.filter(({ name }) => name && shown.has(name));
  const own = datasets.some((dataset) => dataset.may_publish === false);
  return {
    as_of: origin.as_of ?? undefined,
    policy: origin.policy.name ?? undefined,
    policy_version: origin.policy.version ?? undefined,
    attributions: origin.attributions,
    datasets,
    ...(origin.profile.name ? { profile: origin.profile.name, left_out: origin.profile.left_out, coarsened: origin.profile.coarsened } : {}),
    ...(own ? { for_own_use_only: true } : {}),
  };
}

/** The day of which the data are, as ISO text: the one asked for, else that of the latest revision; null if unknown. */
function asOf({ as_of: asked, latest }) {
  return /^\d{4}-\d\d-\d\d/.exec(asked ?? latest ?? "")?.[0] ?? null;
}

function featureOf({ model }, fields, row) {
  const properties = Object.fromEntries(fields.map(([name, value]) => [name, value(row)]));
  delete properties.lon;
  delete properties.lat;
  return { type: "Feature", id: properties.code, geometry: geometryOf(model, row), properties };
}

/** The file of the present selection, as parts of a Blob; `tell` hears how many rows have been written. */
async function partsOf(ctx, form, tell) {
  const rows = orderedRows(ctx).slice();
  const fields = fieldsOf(ctx);
  const { begin, row: write, end } = FORMS[form];
  const parts = [begin(ctx, fields, rows)];
  let [text, since] = [[], performance.now()];
  for (let i = 0; i < rows.length; i++) {
    text.push(write(ctx, fields, rows[i], i === 0));
    if (performance.now() - since < SLICE_MS) continue;
    parts.push(text.join(""));
    tell(i + 1, rows.length);
    await pause();
    [text, since] = [[], performance.now()];
  }
  parts.push(text.join(""), end(ctx));
  return parts;
}

/** A file's name: what it holds and of when the data are. */
function fileName({ header, words }, form) {
  const day = asOf(header.origin);
  return `willay-${words.t("incidents").toLowerCase()}${day ? `-as-of-${day}` : ""}.${form}`;
}

/** Make the file and hand it to the browser. */
async function download(ctx, form, tell) {
  const parts = await partsOf(ctx, form, tell);
  const url = URL.createObjectURL(new Blob(parts, { type: FORMS[form].type }));
  const name = fileName(ctx, form);
  const anchor = el("a", { href: url, download: name, hidden: true });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
  return name;
}

/** The buttons of both forms, with what is said while a file is made. */
export function downloadButtons(ctx) {
  const { t } = ctx.words;
  const said = el("span", { class: "download-said", role: "status" });
  const buttons = Object.keys(FORMS).map((form) => {
    const name = t(`download_${form}`);
    const about = { type: "button", "data-form": form, "aria-label": t("download_as", { form: name }), title: t("download_as", { form: name }) };
    return el("button", { ...about, onclick: () => run(form) }, `↓ ${name}`);
  });
  let isRunning = false;
  async function run(form) {
    if (isRunning) return; // a button that is pressed stays in place and keeps the focus, so it is not disabled
    if (!ctx.model.texts.ready) {
      refill(said, t("download_waits"));
      return;
    }
    isRunning = true;
    const shown = el("span", { "aria-hidden": "true" });
    refill(said, shown);
    const name = await download(ctx, form, (n, all) => refill(shown, t("download_runs", { n, all }))).finally(() => (isRunning = false));
    refill(said, t("download_done", { name }));
  }
  return el("div", { class: "table-downloads" }, buttons, said);
}

/** Make the menu of downloads in the head of the page. */
export function makeDownloads(root, ctx) {
  const { t } = ctx.words;
  const menu = el("div", { class: "download-menu", id: "download-menu", hidden: true }, downloadButtons(ctx), el("p", { class: "note" }, t("download_note")));
  const opener = el(
    "button",
    { type: "button", id: "download-open", "aria-expanded": "false", "aria-controls": "download-menu", onclick: () => open(menu.hidden) },
    t("download"),
  );
  refill(root, opener, menu);
  function open(isOpen) {
    menu.hidden = !isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
  }
  ctx.listen(document, "pointerdown", (event) => !menu.hidden && !root.contains(event.target) && open(false));
  ctx.listen(root, "focusout", (event) => event.relatedTarget && !root.contains(event.relatedTarget) && open(false));
  ctx.listen(root, "keydown", (event) => {
    if (event.key !== "Escape" || menu.hidden) return;
    event.stopPropagation();
    open(false);
    opener.focus();
  });
}
