/** The filters: a search, a panel with a section for each thing that can be chosen, and chips of what is active. */

import { el, refill } from "../page/dom.js";
import { makeFacet } from "./filter-list.js";
import { FACETS, NO_FILTERS } from "../data/filters.js";
import { activeFilters, measureOf, optionWords } from "../words/selection-words.js";

const EACH = 3; // options of one filter that have a chip each; more share one
const HEARD = ["filters", "minimum", "acts", "actsShown", "search", "measure"];

/** Make the filters. */
export function makeFilters(root, ctx) {
  const { state, words, model, header } = ctx;
  const { t } = words;
  const sections = FACETS.filter((name) => isWorth(model, header, name)).map((name) => makeFacet(ctx, name, name === "type"));
  const minimum = makeMinimum(ctx);
  const chips = el("ul", { class: "chips", "aria-label": t("filters_active") });
  const count = el("span", { class: "filter-count" });
  const body = el(
    "div",
    { class: "filter-sections", id: "filter-sections", role: "group", "aria-label": t("filters_open"), hidden: true },
    sections.map((section) => section.root),
    header.sums ? null : minimum.root,
  );
  const opener = el(
    "button",
    { type: "button", id: "filters-open", "aria-expanded": "false", "aria-controls": "filter-sections", onclick: () => open(body.hidden) },
    t("filters_open"),
    count,
  );
  const clear = el("button", { type: "button", id: "filters-clear", class: "quiet", onclick: clearAll }, t("clear_all"));
  const search = el("input", {
    type: "search",
    id: "search",
    placeholder: t("search_hint"),
    "aria-label": t("search"),
    autocomplete: "off",
    oninput: () => state.set({ search: search.value }),
  });
  search.value = state.now.search;
  search.hidden = Boolean(header.sums); // sums have no texts
  refill(root, el("div", { class: "filter-row" }, search, opener), chips, body);

  function open(isOpen) {
    body.hidden = !isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
    root.classList.toggle("open", isOpen);
    root.parentElement.classList.toggle("filtering", isOpen);
    if (isOpen) refresh();
  }
  function clearAll() {
    state.set({ filters: NO_FILTERS, minimum: null, search: "" });
    opener.focus();
  }
  /** Take a filter away; the focus goes to the chip that follows it, or to what opens the panel. */
  function remove(patch, place) {
    state.set(patch);
    show();
    (chips.querySelectorAll("button.chip")[place] ?? opener).focus();
  }
  function chipsOf() {
    const { filters } = state.now;
    const without = (name, code) => {
      const left = code === undefined ? [] : filters[name].filter((each) => each !== code);
      return { filters: Object.freeze({ ...filters, [name]: left.length ? left : null }) };
    };
    return activeFilters(ctx).flatMap((filter) => {
      const { name, options } = filter;
      if (name === "search") return []; // the field itself shows it, and has its own way to be emptied
      if (name === "minimum") return [[filter.words, { minimum: null }]];
      if (options.length <= EACH) return options.map((code) => [optionWords(ctx, name, code), without(name, code), name]);
      return [[t("filter_words", { name: t(`facet_${name}`), options: t("n_chosen", { n: options.length }) }), without(name)]];
    });
  }
  function show() {
    const made = chipsOf();
    const any = made.length > 0 || state.now.search !== "";
    count.textContent = made.length ? words.n(made.length) : "";
    const held = [...chips.querySelectorAll("button.chip")].indexOf(document.activeElement); // chips made anew keep the focus
    refill(
      chips,
      made.map(([what, patch, name], place) => {
        const whole = name ? t("filter_words", { name: t(`facet_${name}`), options: what }) : what;
        return el(
          "li",
          {},
          el(
            "button",
            { type: "button", class: "chip", title: whole, "aria-label": t("remove_filter", { what: whole }), onclick: () => remove(patch, place) },
            el("span", { class: "chip-text", dir: "auto" }, what),
            el("span", { class: "chip-cross", "aria-hidden": "true" }, "×"),
          ),
        );
      }),
      any ? el("li", {}, clear) : null,
    );
    chips.hidden = !any;
    if (held >= 0) (chips.querySelectorAll("button.chip")[held] ?? opener).focus();
    if (search.value !== state.now.search) search.value = state.now.search;
    minimum.show();
  }
  function refresh() {
    if (!body.hidden) for (const section of sections) section.refresh();
  }
  ctx.update((changed) => {
    if (HEARD.some((name) => changed.has(name))) show();
    if (changed.has("view") && state.now.view.kind !== "list") open(false);
  });
  ctx.settle(refresh);
  ctx.listen(root, "keydown", (event) => {
    if (event.key !== "Escape" || body.hidden || event.target.value) return;
    event.stopPropagation();
    open(false);
    opener.focus();
  });
  ctx.dispose(() => root.parentElement.classList.remove("filtering"));
  root.classList.remove("open");
  show();
}

/** Whether a facet tells rows apart at all. */
function isWorth(model, header, name) {
  if (header.sums && name === "type" && !header.sums.types) return false;
  const { codes } = model.facet(name);
  return codes.filter(Boolean).length > (name === "type" ? 0 : 1) || (name === "case" && codes.length > 0);
}

/** The field of the least figure, of the measure that is shown. */
function makeMinimum(ctx) {
  const { state, words } = ctx;
  const label = el("span", {});
  const field = el("input", {
    type: "number",
    id: "minimum",
    min: 0,
    step: 1,
    inputmode: "numeric",
    oninput: () => {
      const value = Math.floor(Number(field.value));
      state.set({ minimum: field.value === "" || !(value >= 0) ? null : value });
    },
  });
  const root = el("label", { class: "facet minimum", for: "minimum" }, label, field);
  const show = () => {
    const measure = measureOf(ctx);
    root.hidden = measure === null && state.now.minimum === null;
    label.textContent = words.t("minimum_of", { measure: words.label("measures", measure ?? "killed") });
    const value = state.now.minimum === null ? "" : String(state.now.minimum);
    if (field.value !== value && document.activeElement !== field) field.value = value;
    else if (value === "" && field.value !== "" && Number(field.value) >= 0) field.value = "";
  };
  return { root, show };
}
