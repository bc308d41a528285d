/** The story: views that a reader steps through, each with a caption, and can leave and come back to at any time. */

import { el, refill } from "../page/dom.js";
import { fragmentOf, readFragment } from "../state/permalink.js";

/** Where a key belongs to what has the focus. */
const OWN_PAGES = "input, select, textarea, dialog, .side, .table-stage";
/** What a reader may change without the caption being about something else. */
const LOOSE = ["embed", "lang", "speed", "sort", "tab", "open", "story"];

/**
 * Make the story, where the page has one.
 * @param {Element} root
 * @param {Object} opening The state that the page starts with: fragments say only what differs from it.
 */
export function makeStory(root, ctx, opening) {
  const { state, words, header, model } = ctx;
  const { t } = words;
  const { views } = header.spec;
  root.hidden = !views.length;
  if (!views.length) return;
  root.setAttribute("aria-label", t("story"));
  let last = state.now.story ?? 0; // where a reader who left comes back to

  const captions = views.map((view) => el("li", {}, words.local(view.caption))); // for paper
  const at = el("span", { class: "story-at" });
  const caption = el("span", { class: "story-caption" });
  const said = el("p", { class: "story-said", "aria-live": "polite", "aria-atomic": "true" }, at, " ", caption);
  const button = (id, key, onclick) => el("button", { type: "button", id, onclick }, t(key));
  const [back, next] = [button("story-back", "story_back", () => step(-1)), button("story-next", "story_next", () => step(1))];
  const again = button("story-again", "story_again", () => ctx.showView(state.now.story));
  const leave = button("story-leave", "story_leave", () => state.set({ story: null }));
  const comeBack = el("button", { type: "button", id: "story-return", onclick: () => ctx.showView(last) });
  const strayed = el("span", { class: "story-strayed" }, t("story_strayed"), " ", again);
  const steps = el("div", { class: "story-steps" }, back, next, leave);
  refill(root, el("div", { class: "story-band" }, said, strayed, steps, comeBack), el("ol", { class: "story-print" }, captions));

  function step(by) {
    const to = state.now.story + by;
    if (to >= 0 && to < views.length) ctx.showView(to);
  }
  const bare = (shown) => {
    const told = new URLSearchParams(fragmentOf(shown, opening, model, null));
    for (const name of LOOSE) told.delete(name);
    return told.toString();
  };
  /** Whether the reader has changed what the caption is about. */
  const hasStrayed = (number) => {
    const { patch } = readFragment(views[number].fragment, opening, ctx);
    return bare(state.now) !== bare({ ...opening, view: state.now.view, ...patch });
  };
  function show() {
    const { story } = state.now;
    const isOn = story !== null;
    const held = root.contains(document.activeElement);
    if (isOn) {
      last = story;
      at.textContent = t("n_of", { n: story + 1, all: views.length });
      caption.textContent = words.local(views[story].caption);
      back.setAttribute("aria-disabled", String(story === 0));
      next.setAttribute("aria-disabled", String(story === views.length - 1));
      strayed.hidden = !hasStrayed(story);
    } else strayed.hidden = true;
    document.body.classList.toggle("telling", isOn);
    captions.forEach((each, number) => each.toggleAttribute("aria-current", number === story));
    said.hidden = steps.hidden = !isOn;
    comeBack.hidden = isOn;
    comeBack.textContent = t("story_return", { n: last + 1, all: views.length });
    const focused = document.activeElement; // the body, once what had the focus is away
    if (held && !(root.contains(focused) && focused.checkVisibility())) (isOn ? next : comeBack).focus();
  }
  ctx.update(show);
  // The keys of a presenter's remote control, where they do not scroll the page.
  ctx.listen(document, "keydown", (event) => {
    const by = { PageDown: 1, PageUp: -1 }[event.key];
    if (!by || state.now.story === null || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (document.querySelector("dialog[open]") || event.target.closest?.(OWN_PAGES)) return;
    const page = document.documentElement;
    if (page.scrollHeight > page.clientHeight + 1 && !root.contains(event.target)) return;
    event.preventDefault();
    step(by);
  });
  show();
}
