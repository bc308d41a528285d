/** The regions by value, largest first, as a list of buttons: the map's words for those who do not see it. */

import { el } from "../page/dom.js";
import { swatchOf } from "./swatches.js";
import { fullRange } from "../words/figure-words.js";
import { outsideWords, peopleWords, sumWords } from "../words/region-words.js";

/** Build the list; `open(region, button)` is called with what is chosen. */
export function regionList(ctx, open) {
  const { words, now } = ctx;
  const order = [...(now.looks ?? [])].sort(
    (a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity) || b.rows - a.rows || words.compare(a.name, b.name),
  );
  return el(
    "ul",
    { class: "entries" },
    order.map((look) => entryOf(ctx, look, open)),
  );
}

function entryOf({ words, now }, look, open) {
  const { scale } = now;
  const sum = look.known && scale.measure !== "incidents" ? `${scale.measured}: ${sumWords(words, look, scale)}` : "";
  const range = look.low === look.high && !look.open ? "" : words.t("low_high", { range: fullRange(words, look) });
  const about = [
    look.outside ? outsideWords(words, look) : look.validity,
    look.before !== null ? words.t("before_now", { before: words.n(look.before), now: words.n(look.count) }) : "",
    scale.rate === "count" ? range : sum,
    look.people ? peopleWords(words, look.people) : "",
    look.unknown && look.known ? words.t("unknown_in", { n: look.unknown }) : "",
    look.reasons.length ? words.t("few_brief") : "",
  ];
  return el(
    "li",
    {},
    el(
      "button",
      {
        type: "button",
        class: "entry",
        "data-region": look.region.key,
        "data-id": look.region.id,
        "data-value": look.value,
        "aria-label": look.words,
        onclick: (event) => open(look.region, event.currentTarget),
      },
      swatchOf(look.fill),
      el(
        "span",
        { class: "entry-text" },
        el("span", { class: "entry-title" }, look.name),
        el("span", { class: "sub" }, about.filter(Boolean).join(" · ")),
      ),
      el("span", { class: "entry-value" }, look.shortValue),
    ),
  );
}
