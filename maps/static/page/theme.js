/** The colours that canvases draw with: those of styles/colours.css for the light page, the dark one, paper, or the system's. */

const DRAWN_COLOURS = [
  ...["sea", "coast", "neighbour", "frontier", "country", "border", "division", "lake", "river", "graticule", "degrees"],
  ...["halo", "name-strong", "name", "name-weak", "name-division", "name-land", "name-river", "name-lake", "town"],
  ...["rim", "outline", "hovered", "chosen", "badge", "on-badge", "cluster", "on-cluster", "cluster-empty", "sample"],
  ...["region-line", "region-partial", "pattern", "pattern-ink", "pattern-pale"],
  ...["plot", "plot-ink", "plot-muted", "plot-rule", "plot-ground", "plot-strip", "plot-hatch", "band", "band-pale"],
];
const QUERIES = ["screen and (prefers-color-scheme: dark)", "(forced-colors: active)", "print"];

const asked = QUERIES.map((query) => matchMedia(query));
const hearers = new Set();
let current = null; // until what the reader prefers changes

/**
 * The colours that hold now, by the names of colours.css without `--draw-`: `theme().nameWeak`, `theme().sea`. `isDark`
 * says whether the page is dark; `key` is another one when any colour is. Ask for it once for a picture, not for a mark.
 */
export function theme() {
  current ??= read();
  return current;
}

/** Call `fn` when the colours have changed; at once, as a printer takes no time to wait. Returns what stops it. */
export function onTheme(fn) {
  hearers.add(fn);
  return () => hearers.delete(fn);
}

for (const query of asked)
  query.addEventListener("change", () => {
    const before = current?.key;
    current = null;
    if (before !== undefined && theme().key !== before) for (const fn of hearers) fn();
  });

function read() {
  const root = document.querySelector(".willay, .leaflet-container") ?? document.documentElement;
  const style = getComputedStyle(root);
  const probe = root.appendChild(document.createElement("i"));
  const plain = (value) => (/^[A-Z]/.test(value) ? systemColour(probe, value) : value);
  const colours = DRAWN_COLOURS.map((name) => [camel(name), plain(style.getPropertyValue(`--draw-${name}`).trim())]);
  probe.remove();
  const isDark = root.matches(".willay") && asked[0].matches;
  const key = [isDark, ...colours.map(([, value]) => value)].join();
  return Object.freeze({ ...Object.fromEntries(colours), isDark, key });
}

/** A colour of the system, as the numbers that a canvas takes. */
function systemColour(probe, name) {
  probe.style.color = name;
  return getComputedStyle(probe).color;
}

const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
