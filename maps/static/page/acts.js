/** The choices of acts of the state, such as decrees: whether they are counted, and whether they are shown. */

import { countsActs } from "../data/filters.js";
import { measureName } from "../words/region-words.js";
import { el } from "./dom.js";

/** Add the choices to an element; none where the page has no such act. */
export function makeActs(root, { state, header, words, update }) {
  const { t } = words;
  if (!header.acts) return;
  const check = (id, key, change) => {
    const box = el("input", { type: "checkbox", id, onchange: () => state.set(change(box.checked)) });
    return [box, el("label", { class: "toggle", for: id }, box, t(key))];
  };
  // What is counted is shown; what is not shown is not counted.
  const [count, counting] = check("acts", "acts_count", (on) => (on ? { acts: true, actsShown: true } : { acts: false }));
  const [see, seeing] = check("acts-shown", "acts_show", (on) => (on ? { actsShown: true } : { acts: false, actsShown: false }));
  const name = el("span", { id: "acts-name" }, t("acts_of_state", { n: header.acts.rows }));
  root.append(el("div", { class: "acts", role: "group", "aria-labelledby": "acts-name" }, name, counting, seeing));

  function show() {
    const { measure, actsShown } = state.now;
    const isTheirs = header.acts.measures.includes(measure);
    count.checked = countsActs(header, state.now);
    count.disabled = isTheirs;
    counting.title = isTheirs ? t("acts_theirs", { measure: measureName(words, measure) }) : t("acts_hint");
    see.checked = actsShown;
  }
  update((changed) => ["acts", "actsShown", "measure"].some((name) => changed.has(name)) && show());
  show();
}
