/** Full texts that are not inside the page: says so, and takes in the file beside it that holds them. */

import { el } from "../page/dom.js";

/** What to say below a card whose texts are not here, with the way to open them; null where they are. */
export function companionNote(ctx, opened) {
  const { words, cards, header } = ctx;
  const { t } = words;
  if (cards.here()) return null;
  if (header.origin.texts === "none") return el("p", { class: "caution" }, t("texts_left_out"));
  const said = el("p", { role: "status" });
  const input = el("input", {
    type: "file",
    id: "companion",
    accept: ".texts",
    onchange: async () => {
      const good = input.files.length > 0 && (await cards.open(input.files[0]));
      said.textContent = good ? t("texts_opened") : t("texts_strange");
      if (good) opened();
    },
  });
  return el("div", { class: "caution" }, el("label", { for: "companion" }, t("texts_beside")), input, said);
}
