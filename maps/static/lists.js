/** Lists of the side panel: incidents and regions. */

import { el } from "./dom.js";
import { glyphPicture } from "./glyphs.js";

/** How many incidents are listed before "more". */
export const PAGE_ROWS = 80;

/** An entry of the list of incidents: opens its card. */
function incidentItem(words, row, open) {
  const place = row.place_name
    ? [row.place_name, row.adm1].filter((n, i, all) => n && all.indexOf(n) === i).join(", ")
    : words.t("unplaced");
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", class: "entry", "data-code": row.code, onclick: (event) => open(row.id, event.currentTarget) },
      glyphPicture(row.style),
      el(
        "span",
        { class: "entry-text" },
        el("span", { class: "entry-title" }, row.title || row.code),
        el("span", { class: "sub" }, `${words.span(row.first, row.last, row.date_precision, true)} · ${place}`),
      ),
      row.value === null ? null : el("span", { class: "entry-value", title: row.valueWords }, row.value),
    ),
  );
}

/**
 * A list of incidents, the first `limit` of them, with a button for more.
 * @param {Object[]} rows made by `describe(row number)` only for those that are listed
 */
export function incidentList(words, rows, describe, open, limit, more) {
  const shown = rows.slice(0, limit).map(describe);
  return [
    el(
      "ul",
      { class: "entries" },
      shown.map((row) => incidentItem(words, row, open)),
    ),
    rows.length > limit
      ? el("button", { type: "button", class: "more", onclick: more }, words.t("more", { n: rows.length - limit }))
      : null,
    rows.length ? null : el("p", { class: "empty" }, words.t("nothing")),
  ];
}

/** The regions by value, largest first; each opens its detail. */
export function regionList(words, looks, open) {
  const order = [...looks].sort(
    (a, b) => (b.value ?? -1) - (a.value ?? -1) || b.rows - a.rows || words.compare(a.region.name, b.region.name),
  );
  return el(
    "ul",
    { class: "entries" },
    order.map((look) => {
      const box = el("span", {
        class: `swatch ${look.rank === "unknown" ? "hatched" : look.rank === "none" ? "none" : ""}`,
        "aria-hidden": "true",
      });
      if (look.rank !== "unknown" && look.rank !== "none") box.style.background = look.fill;
      return el(
        "li",
        {},
        el(
          "button",
          {
            type: "button",
            class: "entry",
            "data-region": look.region.key,
            onclick: (event) => open(look.region, event.currentTarget),
          },
          box,
          el(
            "span",
            { class: "entry-text" },
            el("span", { class: "entry-title" }, look.region.name),
            look.validity ? el("span", { class: "sub" }, look.validity) : null,
          ),
          el("span", { class: "entry-value" }, look.shortValue),
        ),
      );
    }),
  );
}
