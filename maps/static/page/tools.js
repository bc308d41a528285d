/** The tools in the head of the page: language, map or table, and the link to what is shown. */

import { el, refill } from "./dom.js";
import { shareLink } from "./share.js";

/** A language's name in itself. */
const ownName = (lang) => new Intl.DisplayNames([lang], { type: "language" }).of(lang);

/** Make the tools. */
export function makeTools(root, ctx) {
  const { state, words } = ctx;
  const { t } = words;
  const pressed = (field, value, text, extra = {}) =>
    el(
      "button",
      { type: "button", "aria-pressed": String(state.now[field] === value), onclick: () => state.set({ [field]: value }), ...extra },
      text,
    );
  const languages = el(
    "div",
    { class: "switch", role: "group", "aria-label": t("language") },
    Object.keys(ctx.header.messages).map((lang) =>
      pressed("lang", lang, lang.toUpperCase(), { id: `lang-${lang}`, lang, "aria-label": ownName(lang) }),
    ),
  );
  const stages = el(
    "div",
    { class: "switch", role: "group", "aria-label": t("stage") },
    pressed("stage", "map", t("stage_map"), { id: "stage-map" }),
    pressed("stage", "table", t("stage_table"), { id: "stage-table" }),
  );
  const said = el("span", { class: "said", role: "status" });
  const copied = async () => {
    said.textContent = await shareLink(ctx);
  };
  const link = el("button", { type: "button", id: "copy-link", onclick: copied }, t("copy_link"));
  const downloads = el("div", { class: "downloads", id: "downloads" });
  refill(root, ...(ctx.header.sums ? [] : [stages, downloads]), link, said, languages); // sums have no table of events
  ctx.update((changed) => {
    if (!changed.has("stage")) return;
    for (const button of stages.children) button.setAttribute("aria-pressed", String(button.id === `stage-${state.now.stage}`));
  });
  return { downloads };
}
