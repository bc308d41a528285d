/** Keys for time on the whole page: arrows, Home, End, comma, full stop and the space bar, where nothing with the focus needs them. */

/** Where keys belong to what has the focus: fields, lists, dialogs, the map; the space bar to buttons too. */
const OWN_ARROWS =
  "input, select, textarea, dialog, [contenteditable], [role], .side, .table-stage, .foot, " +
  ".leaflet-container";
const OWN_SPACE = `${OWN_ARROWS}, button, summary, a`;

/**
 * Listen to keys.
 * @param {{move: function(number), meet: function(number), resize: function(number), ends: function(boolean), play: function()}} act
 */
export function listenKeys(ctx, act) {
  const keys = {
    ArrowLeft: (shift) => (shift ? act.resize(-1) : act.move(-1)),
    ArrowRight: (shift) => (shift ? act.resize(1) : act.move(1)),
    Home: () => act.ends(false),
    End: () => act.ends(true),
    ",": () => act.meet(-1),
    ".": () => act.meet(1),
    " ": () => act.play(),
  };
  ctx.listen(document, "keydown", (event) => {
    const { key, target } = event;
    if (!keys[key] || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.shiftKey && !key.startsWith("Arrow")) return;
    if (document.querySelector("dialog[open]") || owns(target, key, event.shiftKey)) return;
    event.preventDefault();
    keys[key](event.shiftKey);
  });
}

/** Whether what has the focus uses a key itself. The slider of time leaves the space bar, and Shift with arrows. */
function owns(target, key, shift) {
  if (!(target instanceof Element)) return false;
  if (target.id === "when") return (key.startsWith("Arrow") || key === "Home" || key === "End") && !shift;
  if (target.closest(".bars-brush")) return false; // its edges have answered to the keys they use
  const holder = target.closest(key === " " ? OWN_SPACE : OWN_ARROWS);
  if (holder?.matches(".leaflet-container")) return key.startsWith("Arrow"); // whatever role the map has
  return Boolean(holder);
}
