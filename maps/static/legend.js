/** The legend: classes of the regions with their ranges and counts, signs of the types, and how places are drawn. */

import { el, refill } from "./dom.js";
import { glyphPicture } from "./glyphs.js";

/** A swatch of a colour, or hatched for "unknown". */
const swatch = (fill, kind = "") => {
  const box = el("span", { class: `swatch ${kind}`, "aria-hidden": "true" });
  if (fill) box.style.background = fill;
  return box;
};
const item = (sign, text, count) =>
  el(
    "li",
    {},
    sign,
    el("span", { class: "what" }, text),
    count === undefined ? null : el("span", { class: "count" }, count),
  );

/** The rows of the choropleth's legend. */
function classRows(words, scale, looks) {
  const counts = new Map();
  for (const { rank } of looks) counts.set(rank, (counts.get(rank) ?? 0) + 1);
  const rows = [];
  scale.limits.forEach((limit, rank) => {
    const low = rank ? scale.limits[rank - 1] + 1 : 1;
    rows.push(item(swatch(scale.colours[rank + 1]), words.numbers(low, limit), words.n(counts.get(rank) ?? 0)));
  });
  if (counts.has("above"))
    rows.push(
      item(
        swatch(scale.colours.at(-1)),
        words.t("above", { n: scale.limits.at(-1) ?? 0 }),
        words.n(counts.get("above")),
      ),
    );
  rows.reverse();
  if (scale.measure !== "incidents")
    rows.push(item(swatch(scale.colours[0]), words.n(0), words.n(counts.get("zero") ?? 0)));
  if (scale.measure !== "incidents")
    rows.push(item(swatch(null, "hatched"), words.t("unknown_figure"), words.n(counts.get("unknown") ?? 0)));
  rows.push(item(swatch(null, "none"), words.t("no_incident_known"), words.n(counts.get("none") ?? 0)));
  return rows;
}

/**
 * Write the legend.
 * @param {{regions: HTMLElement, points: HTMLElement}} boxes
 * @param {Object} what `scale` and `looks` of the regions (null without), `types` as [code, style, count] (null without)
 */
export function showLegend({ regions, points }, words, { scale, looks, types, drawn }) {
  const { t } = words;
  regions.parentElement.hidden = !scale;
  if (scale) {
    refill(
      regions,
      el(
        "section",
        { class: "legend-classes" },
        el("h3", {}, scale.title),
        el("p", { class: "unit" }, scale.about),
        el("ul", {}, classRows(words, scale, looks)),
        el("p", { class: "note" }, scale.note),
        scale.caution ? el("p", { class: "note" }, scale.caution) : null,
      ),
    );
  }
  const parts = [];
  if (types?.length) {
    parts.push(
      el(
        "section",
        { class: "legend-types" },
        el("h3", {}, t("types")),
        el(
          "ul",
          {},
          types.map(([code, style, count]) => item(glyphPicture(style), words.label("types", code), words.n(count))),
        ),
      ),
    );
  }
  if (drawn?.size) {
    const keys = ["ring", "nominal", "area"].filter((key) => drawn.has(key));
    if (keys.length)
      parts.push(
        el(
          "section",
          { class: "legend-places" },
          el("h3", {}, t("precision_of_places")),
          el(
            "ul",
            {},
            keys.map((key) => item(swatch(null, `place-${key}`), t(`drawn_${key}`))),
          ),
        ),
      );
  }
  points.parentElement.hidden = !parts.length;
  refill(points, parts);
}
