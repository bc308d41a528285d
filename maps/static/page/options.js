/** On a narrow screen the choices of what is coloured are closed, and opened by a button beside the views. */

import { el } from "./dom.js";

/** Make the button that opens and closes the choices of a bar. */
export function makeOptions(bar, { words, dispose }) {
  const { t } = words;
  const text = el("span", { class: "options-text" }, t("options"));
  const button = el("button", { type: "button", id: "options", class: "options", "aria-controls": "controls", onclick }, text);
  function onclick() {
    const isOpen = bar.classList.toggle("open");
    button.setAttribute("aria-expanded", String(isOpen));
  }
  button.setAttribute("aria-expanded", String(bar.classList.contains("open")));
  button.setAttribute("aria-label", t("options"));
  bar.querySelector(".views").after(button);
  dispose(() => button.remove());
}
