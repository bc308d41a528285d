/** Incidents on anyone's map: tips, a popup with what they are, and the keyboard's walk. */

import { el } from "../page/dom.js";
import { Texts } from "../data/texts.js";
import { NO_DAY } from "../time/time.js";
import { makeTip } from "../page/tip.js";
import { joinWalk } from "../map/walk.js";

const LISTED = 12; // incidents in a popup; beyond, it says how many more there are

/** Join a layer of incidents to a map; returns what shows (true) and hides it. */
export function joinIncidents(map, layer, { data, words, texts }) {
  const { header, arrays } = data;
  const all = Uint32Array.from(arrays.first, (_, row) => row);
  const titles = new Texts();
  texts().then((block) => titles.fill(block));
  const title = (row) => titles.title(row, words.lang);
  layer.words = words;
  layer.rows = all;
  const tip = makeTip(map.getContainer());
  const popup = (rows, place) =>
    L.popup({ maxWidth: 320, maxHeight: 300 })
      .setLatLng(place)
      .setContent(popupOf(rows, { header, arrays, words, title }))
      .openOn(map);

  const onclick = (event) => {
    if (layer.click?.(event)) return;
    const rows = layer.pick(event.latlng);
    if (rows.length) popup(rows, event.latlng);
  };
  const tellRows = (rows) => {
    if (!rows.length) return null;
    return rows.length > 1 ? words.t("here", { n: rows.length }) : title(rows[0]);
  };
  const onmove = (event) => {
    const told = layer.tell?.(event.latlng) ?? tellRows(layer.pick(event.latlng));
    if (told) tip.show(told, event.originalEvent);
    else tip.hide();
  };
  const ctx = {
    map,
    words,
    model: { title },
    listen: (target, type, fn, options) => target.addEventListener(type, fn, options),
    dispose: () => {},
  };
  joinWalk(ctx, () => (layer.visible ? layer : null), tip, (rows, stop) => popup(rows, stop));
  const heard = { click: onclick, mousemove: onmove, mouseout: () => tip.hide() };
  return (isShown) => {
    if (isShown === layer.visible && isShown === layer.joined) return;
    layer.visible = layer.joined = isShown;
    map[isShown ? "on" : "off"](heard);
    if (!isShown) tip.hide();
    layer.canvas.redraw();
  };
}

/** What a popup says of some rows: as text, whatever they hold. */
function popupOf(rows, { header, arrays, words, title }) {
  const text = (column, row) => header.dictionaries[column][arrays[column][row]];
  const days = (row) => {
    const first = arrays.first[row];
    const last = arrays.last ? arrays.last[row] : first + arrays.lasted[row];
    return words.span(first === NO_DAY ? null : first, last, text("date_precision", row));
  };
  const facts = (row) => [words.label("types", text("type", row)), days(row), text("place_name", row)].filter(Boolean);
  const entry = (row) => el("li", {}, el("strong", {}, title(row)), el("div", {}, facts(row).join(" · ")));
  return el(
    "div",
    { class: "willay-popup" },
    rows.length > 1 ? el("p", {}, words.t("here", { n: rows.length })) : null,
    el("ul", {}, rows.slice(0, LISTED).map(entry)),
    rows.length > LISTED ? el("p", {}, words.t("popup_more", { n: rows.length - LISTED })) : null,
  );
}
