/** The keys of the page, in a table. */

import { el } from "./dom.js";

const KEYS = [
  ["← →", "keys_move"],
  ["Shift + ← →", "keys_resize"],
  [", .", "keys_meet"],
  ["key_home_end", "keys_ends"],
  ["key_space", "keys_play"],
  ["n, p, Enter", "keys_walk"],
  ["[ ]", "keys_step"],
  ["Esc", "keys_escape"],
  ["?", "keys_about"],
];

const OF_INCIDENTS = ["keys_walk", "keys_step"]; // which a page of sums does not have
const OF_STORY = ["Page Down, Page Up", "keys_story"];

/** The table of keys, and what the pointer does on the bars. */
export function keyTable({ t }, hasStory, hasIncidents = true) {
  const own = KEYS.filter(([, words]) => hasIncidents || !OF_INCIDENTS.includes(words));
  const keys = hasStory ? [...own, OF_STORY] : own;
  return [
    el(
      "table",
      { class: "keys" },
      el("tbody", {}, keys.map(([key, words]) => el("tr", {}, el("th", { scope: "row" }, el("kbd", {}, key.startsWith("key_") ? t(key) : key)), el("td", {}, t(words))))),
    ),
    el("p", {}, t("keys_brush")),
    el("p", {}, t("keys_edges")),
  ];
}
