/** A page within another page: map, legend and sources only, details over the map, and a way to the whole. */

import { el, refill } from "./dom.js";

const isFramed = () => window.parent !== window;
/** Whether the page can be opened elsewhere: a document written into a frame has no address, a file in a sandbox may not. */
const hasAddress = () => location.protocol.startsWith("http") || (location.protocol === "file:" && !isFramed());

/** Make what a page within another page has of its own, where it is made to be one. */
export function makeEmbed(root, ctx) {
  const { state, words, header } = ctx;
  const { t } = words;
  root.hidden = !header.spec.embed;
  if (!header.spec.embed) return;
  const whole = el("a", { id: "open-whole", target: "_blank", rel: "noopener", href: "#embed=0" }, t("open_whole"));
  const here = el("button", { type: "button", class: "quiet", id: "open-here", onclick: () => state.set({ embed: false }) }, t("open_whole"));
  const small = el("button", { type: "button", class: "quiet", id: "open-small", onclick: () => state.set({ embed: true }) }, t("open_small"));
  /** The link leads to what is shown now. */
  const follow = () => {
    const [address, fragment] = ctx.permalink().split("#");
    const told = new URLSearchParams(fragment);
    told.set("embed", "0");
    whole.href = `${address}#${told}`;
  };
  for (const sign of ["pointerdown", "focus", "click"]) whole.addEventListener(sign, follow);
  refill(root, hasAddress() ? whole : here, small);
  function show() {
    const { embed, view } = state.now;
    document.body.classList.toggle("embed", embed);
    document.body.classList.toggle("reading", embed && view.kind !== "list");
    whole.hidden = here.hidden = !embed;
    small.hidden = embed || !isFramed();
  }
  ctx.update((changed) => (changed.has("embed") || changed.has("view")) && show());
  show();
}
