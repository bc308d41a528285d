/** The note below the head: plain text, of which a long one shows its first lines until a reader asks for all. */

import { el, refill } from "../page/dom.js";

/** Make the note, where the page has one. */
export function makeNote(root, ctx) {
  const { words, header } = ctx;
  const { t } = words;
  root.hidden = !header.spec.note;
  if (!header.spec.note) return;
  const text = el("p", { class: "note-text", id: "note-text" }, words.local(header.spec.note));
  const more = el("button", { type: "button", class: "quiet", id: "note-more", "aria-controls": "note-text", onclick: turn });
  function turn() {
    show(more.getAttribute("aria-expanded") !== "true");
  }
  function show(isWhole) {
    text.classList.toggle("whole", isWhole);
    more.setAttribute("aria-expanded", String(isWhole));
    more.textContent = t(isWhole ? "note_less" : "note_more");
  }
  const measure = () => (more.hidden = !text.classList.contains("whole") && text.scrollHeight <= text.clientHeight + 1);
  refill(root, text, more);
  show(false);
  const watch = new ResizeObserver(measure);
  watch.observe(text);
  ctx.dispose(() => watch.disconnect());
}
