/** One filter's options: boxes to tick with their counts, the most frequent first, searched where they are many. */

import { el, refill } from "../page/dom.js";
import { glyphPicture } from "../map/glyphs.js";
import { countWords } from "../page/remainder.js";
import { folded } from "../words/i18n.js";
import { optionWords } from "../words/selection-words.js";

const MOST = 50; // options drawn at first
const MORE = 1000; // and how many more at a press: of very many thousand, the rest is found by its name
const SEARCHED = 12; // from so many options on, a list has a search box

/**
 * Make the section of a facet.
 * @returns {{root: HTMLElement, refresh: function(): void}} `refresh` brings counts and ticks up to the state.
 */
export function makeFacet(ctx, name, isOpen) {
  const { state, words, model, header } = ctx;
  const { t } = words;
  const title = t(`facet_${name}`);
  const about = el("span", { class: "facet-chosen" });
  const list = el("div", { class: "facet-options" });
  const more = el("p", { class: "facet-more" });
  const search = el("input", {
    type: "search",
    class: "facet-search",
    "aria-label": t("search_in", { name: title }),
    placeholder: t("search_in", { name: title }),
    autocomplete: "off",
    oninput: () => arrange(),
  });
  const fieldset = el("fieldset", {}, el("legend", { class: "unseen" }, title), search, list, more);
  const root = el(
    "details",
    { class: "facet", "data-facet": name, open: isOpen, ontoggle: () => root.open && arrange() },
    el("summary", {}, el("span", { class: "facet-name" }, title), about),
    fieldset,
  );
  let counts = null;
  let parts = null; // those of them that are parts of other incidents
  let most = MOST;
  let drawn = new Map(); // option's number → {box, count, label}
  let set = state.now.set;

  const { codes } = model.facet(name);
  const said = new Map();
  const wordsOf = (number) => {
    if (!said.has(number)) said.set(number, optionWords(ctx, name, codes[number]));
    return said.get(number);
  };
  const chosen = () => new Set(state.now.filters[name] ?? []);
  /** The numbers of the options: of regions, those of the set that is shown; "not stated" only where a row is so. */
  const options = (ticked) =>
    codes
      .map((_, number) => number)
      .filter((number) =>
        name === "region"
          ? codes[number].startsWith(`${state.now.set}/`) || ticked.has(codes[number])
          : codes[number] || counts[number] || ticked.has(""),
      );

  function toggle(code, on) {
    const ticked = (state.now.filters[name] ?? []).filter((each) => each !== code);
    if (on) ticked.push(code);
    state.set({ filters: Object.freeze({ ...state.now.filters, [name]: ticked.length ? ticked : null }) });
  }
  function option(number) {
    const code = codes[number] ?? "";
    const box = el("input", { type: "checkbox", value: code, onchange: () => toggle(code, box.checked) });
    const count = el("span", { class: "count" });
    const label = el(
      "label",
      { class: "option" },
      box,
      name === "type" && header.types[code] ? glyphPicture(header.types[code]) : null,
      el("span", { class: "what", dir: "auto" }, wordsOf(number)),
      count,
    );
    return { box, count, label };
  }
  /** Put the options in order, the ticked and the frequent first, and draw the first of them. */
  function arrange() {
    ({ counts, parts } = model.optionCounts(name));
    set = state.now.set;
    const ticked = chosen();
    const all = options(ticked);
    const needle = folded(search.value.trim());
    const found = needle ? all.filter((number) => folded(`${wordsOf(number)} ${codes[number] ?? ""}`).includes(needle)) : all;
    const top = (number) => (ticked.has(codes[number] ?? "") ? 1 : 0);
    found.sort((a, b) => top(b) - top(a) || counts[b] - counts[a] || words.compare(wordsOf(a), wordsOf(b)));
    search.hidden = all.length < SEARCHED;
    drawn = new Map(found.slice(0, most).map((number) => [number, option(number)]));
    refill(list, [...drawn.values()].map(({ label }) => label));
    const rest = found.length - drawn.size;
    const opener = rest ? el("button", { type: "button", class: "quiet", onclick: open }, t("more_options", { n: rest })) : null;
    refill(more, opener ?? (found.length ? "" : t("no_option")));
    tell();
  }
  /** Show more options; the focus goes to the first of them. */
  function open() {
    const shown = drawn.size;
    most += MORE;
    arrange();
    [...drawn.values()][shown]?.box.focus();
  }
  function tell() {
    const ticked = chosen();
    refill(about, ticked.size ? t("n_chosen", { n: ticked.size }) : "");
    for (const [number, { box, count, label }] of drawn) {
      box.checked = ticked.has(codes[number] ?? "");
      count.textContent = countWords(words, counts[number], parts[number]);
      label.classList.toggle("none", !counts[number]);
    }
  }
  /** While the reader chooses here, options keep their places; otherwise they move to where their counts put them. */
  function refresh() {
    if (!root.open) {
      refill(about, chosen().size ? t("n_chosen", { n: chosen().size }) : "");
      return;
    }
    if (!counts || set !== state.now.set || !root.matches(":hover, :focus-within")) {
      arrange();
      return;
    }
    ({ counts, parts } = model.optionCounts(name));
    tell();
  }
  return { root, refresh };
}
