/** Giving what is shown to somebody else: the link of a page on the web, or what to add to the name of a file. */

import { closing, el } from "./dom.js";

/** Copy the link to what is shown, or say what there is to say instead; answers the words for the live region. */
export async function shareLink(ctx) {
  const { t } = ctx.words;
  if (location.protocol !== "file:") return (await copyText(ctx.permalink(), t("copy_by_hand"))) ? t("link_copied") : "";
  fileDialog(ctx);
  return "";
}

/** A file's address is worth nothing on another computer: offer what comes after its name, and the incident's code. */
function fileDialog({ words, fragment, state, model }) {
  const { t } = words;
  const text = fragment() ? `#${fragment()}` : "";
  const { kind, row } = state.now.view;
  const said = el("span", { class: "said", role: "status" });
  const area = el("textarea", { class: "by-hand", readonly: true, rows: 2, "aria-label": t("file_link_part") });
  area.value = text;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = t("copied");
    } catch {
      area.select(); // for Ctrl+C
    }
  };
  const dialog = el(
    "dialog",
    { class: "copy", id: "file-link", "aria-label": t("copy_link"), onclose: () => dialog.remove() },
    el("p", {}, t(text ? "file_link" : "file_link_bare")),
    text ? area : null,
    kind === "card" ? el("p", {}, t("file_link_code", { code: model.code(row) })) : null,
    el(
      "p",
      { class: "dialog-buttons" },
      text ? el("button", { type: "button", onclick: copy }, t("copy")) : null,
      closing(t("close")),
      said,
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * Put a text on the clipboard. Where the browser refuses, as it may in a file or a frame, show the text to be copied by
 * hand, and say false.
 */
export async function copyText(text, prompt) {
  try {
    if ((document.permissionsPolicy ?? document.featurePolicy)?.allowsFeature("clipboard-write") === false) throw new Error("No clipboard here.");
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = el("textarea", { class: "by-hand", readonly: true, rows: 3, "aria-label": prompt });
    area.value = text;
    const close = () => dialog.remove();
    const dialog = el(
      "dialog",
      { class: "copy", onclose: close },
      el("p", {}, prompt),
      area,
      closing("OK"),
    );
    document.body.append(dialog);
    dialog.showModal();
    area.select();
    return false;
  }
}
