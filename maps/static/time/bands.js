/** A case marked as a band above the bars: its span, a tick for each of its incidents, its name, its phases. */

import { choice, el } from "../page/dom.js";
import { theme } from "../page/theme.js";
import { makePhases, PHASES_PX, phaseWords } from "./phases.js";
import { brushed, stepsOfDays } from "./timewindow.js";

/** The height of a band, in pixels: its name above, its ticks below. */
export const BAND_PX = 28;

const TICK = { top: 16, height: 10, width: 2 };

/** The rows of a case that have a day, in order. */
function rowsOfCase(model, code) {
  const { codes, starts, ids } = model.facet("case");
  const number = codes.indexOf(code);
  const rows = [];
  for (let row = 0; row < model.dated; row++) {
    for (let at = starts[row]; at < starts[row + 1]; at++) if (ids[at] === number) rows.push(row);
  }
  return rows;
}

/** The choice of the case that is marked, or null where the page has no case. */
export function bandChoice({ model, words, state, update }) {
  const { codes, names, starts, ids } = model.facet("case");
  if (!codes.length) return null;
  const counts = new Uint32Array(codes.length);
  for (let at = 0; at < starts[model.dated]; at++) counts[ids[at]]++;
  const options = codes
    .map((code, number) => [code, words.local(names?.[code]) || code, counts[number]])
    .filter(([, , count]) => count)
    .sort((a, b) => words.compare(a[1], b[1]))
    .map(([code, name, count]) => [code, `${name} (${words.n(count)})`]);
  if (!options.length) return null;
  const all = [["", words.t("band_none")], ...options];
  const choose = (value) => state.set({ band: value || null });
  const label = choice("band", words.t("band"), all, state.now.band ?? "", choose);
  let followed = null; // the case marked because the reader selected its incidents
  update((changed) => {
    if (changed.has("filters")) followed = follow(state, followed);
    if (changed.has("band")) label.querySelector("select").value = state.now.band ?? "";
  });
  return label;
}

/** Mark the case whose incidents alone are selected, unless another is marked; unmark it when they no longer are. */
function follow(state, followed) {
  const { filters, band } = state.now;
  const alone = filters.case?.length === 1 && filters.case[0] !== "" ? filters.case[0] : null;
  if (alone === followed) return followed;
  if (band === null || band === followed) state.set({ band: alone });
  return alone;
}

/** Make the band in a box that has the width of the axis. */
export function makeBand(host, { state, words, model }) {
  const { t } = words;
  let [code, rows, span] = [undefined, [], null];
  const name = el("span", { class: "band-name" });
  const button = el("button", { type: "button", class: "band", onclick: () => state.set(spanWindow()) }, name);
  host.append(button);
  const row = makePhases(host, words);
  let phases = [];

  /** The window that holds the whole case. */
  function spanWindow() {
    if (!span) return {}; // the case has gone since the button was drawn
    const { from, to } = stepsOfDays(span, model.steps[state.now.step]);
    return brushed(from, to);
  }
  function look() {
    if (code === state.now.band) return;
    code = state.now.band;
    rows = code === null ? [] : rowsOfCase(model, code);
    const last = rows.reduce((latest, row) => Math.max(latest, model.day(row)[1]), -Infinity);
    span = rows.length ? { from: model.day(rows[0])[0], to: last } : null;
    host.hidden = !span;
    phases = span ? (model.facet("case").phases?.[code] ?? []) : [];
    row.set(phases);
    if (!span) return;
    const title = words.local(model.facet("case").names?.[code]) || code;
    name.textContent = title;
    const days = words.span(span.from, span.to, "day");
    button.setAttribute("aria-label", t("band_show", { title, days, incidents: t("n_incidents", { n: rows.length }) }));
    const told = phases.map((phase) => `\n${phaseWords(words, phase)}`).join("");
    button.title = `${title} · ${days} · ${t("n_incidents", { n: rows.length })}${told}`;
  }

  return {
    /** The height that the band needs. */
    height() {
      look();
      return span ? BAND_PX + (phases.length ? PHASES_PX : 0) : 0;
    },
    /** Paint span and ticks on a surface (timeplot.js), and lay the button over them. */
    paint({ context, crisp }, axis) {
      if (!span) return;
      const clip = (day) => Math.max(0, Math.min(axis.width, axis.x(day) - axis.left));
      const [a, b] = [clip(span.from), clip(span.to + 1)];
      const middle = TICK.top + TICK.height / 2;
      context.fillStyle = theme().bandPale;
      context.fillRect(axis.left + a, middle - 1, Math.max(TICK.width, b - a), 2);
      for (const shown of [false, true]) {
        context.fillStyle = shown ? theme().band : theme().bandPale;
        for (const row of rows) {
          if (model.shown(row) !== shown) continue;
          const [first, last] = model.day(row);
          if (last < axis.from || first > axis.to) continue;
          const [left, right] = [first, last + 1].map((day) => crisp(axis.left + clip(day)));
          context.fillRect(left, TICK.top, TICK.width, TICK.height);
          if (right - left > TICK.width) context.fillRect(left, middle - 2, right - left, 4);
        }
      }
      const late = a > axis.width - b; // more room on the left: the name ends where the case ends
      const share = (pixels) => `${(pixels / axis.width) * 100}%`;
      button.style.left = late ? "auto" : share(a);
      button.style.right = late ? share(axis.width - b) : "auto";
      button.style.minWidth = `max(24px, ${share(b - a)})`;
      button.style.maxWidth = late ? share(b) : share(axis.width - a);
      button.classList.toggle("late", late);
      button.classList.toggle("earlier", span.to < axis.from); // outside the part of the time that is seen
      button.classList.toggle("later", span.from > axis.to);
      row.lay(axis);
    },
  };
}
