/** The choices above the map: what is measured, by which regions, what is shown; and the filters of the atlas. */

import { changeDays } from "./choropleth.js";
import { choice, el, refill } from "./dom.js";
import { glyphPicture } from "./glyphs.js";

/** Build the choices of measure, bound, region set and limits. */
export function makeControls(root, { state, header, words }) {
  const { t } = words;
  const measures = ["incidents", ...header.measures].map((code) => [
    code,
    code === "incidents" ? t("measure_incidents") : words.label("measures", code),
  ]);
  const sets = header.regions.map((set) => [set.key, set.name]);
  const measure = choice("measure", t("measure"), measures, state.now.measure, (value) =>
    state.set({ measure: value }),
  );
  const bound = choice(
    "bound",
    t("bound"),
    ["low", "best", "high"].map((code) => [code, t(`bound_${code}`)]),
    state.now.bound,
    (value) => state.set({ bound: value }),
  );
  const set =
    sets.length > 1
      ? choice("set", t("region_set"), sets, state.now.set, (value) => state.set({ set: value, limitsDay: null }))
      : null;
  const limits = choice("limits", t("limits"), [], "", (value) =>
    state.set({ limitsDay: value === "" ? null : Number(value) }),
  );
  const layers =
    header.spec.kind === "atlas"
      ? el(
          "fieldset",
          { class: "layers" },
          el("legend", { class: "unseen" }, t("layers")),
          toggle("show-regions", t("regions"), "regionsShown"),
          toggle("show-points", t("incidents"), "pointsShown"),
        )
      : null;
  const regional = header.regions.length > 0 && header.spec.kind !== "timeline";
  refill(root, regional ? [measure, bound, set, limits] : [measure], regional ? layers : null);

  function toggle(id, label, name) {
    const box = el("input", {
      type: "checkbox",
      id,
      checked: state.now[name],
      onchange: () => state.set({ [name]: box.checked }),
    });
    return el("label", { class: "toggle", for: id }, box, label);
  }
  function show() {
    bound.querySelector("select").disabled = state.now.measure === "incidents";
    const days = regional ? changeDays(header.regions.find(({ key }) => key === state.now.set)) : [];
    limits.hidden = !days.length;
    const select = limits.querySelector("select");
    if (select.dataset.set !== state.now.set) {
      select.dataset.set = state.now.set;
      refill(
        select,
        el("option", { value: "" }, t("limits_window")),
        days.map((day) => el("option", { value: day }, t("limits_on", { day: words.day(day, true) }))),
      );
    }
    select.value = state.now.limitsDay ?? "";
  }
  state.on((_, changed) => {
    if (["measure", "set", "limitsDay"].some((name) => changed.has(name))) show();
  });
  show();
}

/** Build the filters: free text, and types with their signs. */
export function makeFilters(root, { state, header, words, counts }) {
  const { t } = words;
  const search = el("input", {
    type: "search",
    id: "search",
    placeholder: t("search_hint"),
    "aria-label": t("search"),
    autocomplete: "off",
    oninput: () => state.set({ search: search.value }),
  });
  const types = header.dictionaries.type.filter((code) => code !== null);
  const boxes = types.map((code) => {
    const box = el("input", { type: "checkbox", value: code, checked: true, onchange: apply });
    return [
      box,
      el(
        "label",
        { class: "type" },
        box,
        glyphPicture(header.types[code]),
        el("span", { class: "what" }, words.label("types", code)),
        el("span", { class: "count" }, words.n(counts[code] ?? 0)),
      ),
    ];
  });
  const summary = el("summary", {}, t("types"));
  const everything = el("button", { type: "button", class: "quiet", onclick: () => setAll(true) }, t("all"));
  const nothing = el("button", { type: "button", class: "quiet", onclick: () => setAll(false) }, t("none"));
  refill(
    root,
    search,
    el(
      "details",
      { id: "type-filter" },
      summary,
      el(
        "div",
        { class: "types" },
        el("div", { class: "pick" }, everything, nothing),
        boxes.map(([, label]) => label),
      ),
    ),
  );

  function setAll(checked) {
    for (const [box] of boxes) box.checked = checked;
    apply();
  }
  function apply() {
    const chosen = boxes.filter(([box]) => box.checked).map(([box]) => box.value);
    refill(
      summary,
      chosen.length === boxes.length ? t("types") : t("types_chosen", { n: chosen.length, all: boxes.length }),
    );
    state.set({ types: chosen.length === boxes.length ? null : new Set(chosen) });
  }
}
