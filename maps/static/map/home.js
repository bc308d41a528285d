/** Where a map begins and ends: its home button, and the zoom beyond which the base map has nothing to show. */

const CLOSER = 5; // zoom levels between the whole of a map and the closest view, which is a thirty-second of its width
const LEAST_CLOSE = 9;
const MOST_CLOSE = 15;

/** The closest zoom of a map whose whole is seen at a zoom: towns and borders of the base map are still in view. */
export const closestZoom = (whole) => Math.min(MOST_CLOSE, Math.max(LEAST_CLOSE, Math.ceil(whole) + CLOSER));

/** Put the button that shows the whole map under those for zooming; returns what removes it. */
export function addHome(map, text) {
  const Home = L.Control.extend({
    onAdd() {
      const box = L.DomUtil.create("div", "leaflet-bar home");
      const button = L.DomUtil.create("button", "", box);
      button.type = "button";
      button.title = text;
      button.setAttribute("aria-label", text);
      button.append(house());
      L.DomEvent.disableClickPropagation(box);
      button.addEventListener("click", () => {
        map.opening = null;
        map.moved = false;
        map.keepHome();
      });
      return box;
    },
  });
  const control = new Home({ position: "topleft" });
  map.addControl(control);
  return () => map.removeControl(control);
}

function house() {
  const name = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(name, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }))
    svg.setAttribute(key, value);
  const path = document.createElementNS(name, "path");
  path.setAttribute("d", "M8 2 1.5 8H3v6h3.6v-4h2.8v4H13V8h1.5z");
  path.setAttribute("fill", "currentColor");
  svg.append(path);
  return svg;
}
