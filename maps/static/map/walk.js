/** The map by keyboard: N and P walk the incidents in view from west to east, Enter opens, Escape leaves. */

import { signWords } from "./sign-words.js";

/**
 * Let the keyboard walk. The keys are the map's alone: they do nothing unless it has the focus.
 * @param {function(): Object|null} shown The layer of incidents that shows.
 * @param {function(number[]): void} open What Enter does with the rows of a stop.
 */
export function joinWalk(ctx, shown, tip, open) {
  const { map, words, model } = ctx;
  const { t } = words;
  const host = map.getContainer();
  let at = null; // the stop that the walk has come to
  let from = null; // its layer

  const wordsOf = (stop, rows) => {
    if (stop.words) return stop.words;
    return signWords(ctx, rows);
  };
  function leave() {
    if (!at) return;
    at = null;
    mark(null);
    tip.hide();
  }
  function mark(row) {
    if (!from) return;
    from.hovered = row;
    from.canvas.redraw();
  }
  function step(by, layer) {
    if (layer !== from) leave();
    from = layer;
    const stops = layer.stops?.() ?? [];
    if (!stops.length) {
      tip.say(t("walk_none"));
      return;
    }
    const known = at ? stops.findIndex(({ key }) => key === at.key) : -1;
    const next = known < 0 ? (by > 0 ? 0 : stops.length - 1) : (known + by + stops.length) % stops.length;
    at = stops[next];
    const rows = at.rows();
    mark(rows[0]);
    const text = wordsOf(at, rows);
    tip.show(text, null, map.latLngToContainerPoint(at.place), t("walk_keys"));
    tip.say(`${text}. ${t("walk_place", { at: next + 1, count: stops.length })}`);
  }
  const onkeydown = (event) => {
    if (event.target !== host || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const layer = shown();
    if (layer && (key === "n" || key === "p")) step(key === "n" ? 1 : -1, layer);
    else if (key === "escape" && at) leave();
    else if (key === "enter" && at) {
      const stop = at;
      leave();
      if (!stop.act?.()) open(stop.rows(), stop.place);
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation(); // nothing else on the page, or on the map, has a use for the same key
  };
  host.setAttribute("aria-description", t("map_keys"));
  ctx.listen(host, "keydown", onkeydown, true);
  ctx.listen(host, "blur", leave);
  ctx.dispose(leave);
  map.on("movestart", leave);
  ctx.dispose(() => map.off("movestart", leave));
}
