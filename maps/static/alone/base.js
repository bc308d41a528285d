/** The base map on anyone's map: land, water, borders and names. */

/** Join the base map; returns what shows (true) and hides it. */
export function joinBase(map, layer, { words }) {
  layer.words = words;
  return (isShown) => {
    if (isShown) layer.canvas.addTo(map);
    else layer.canvas.remove();
    if (isShown) layer.canvas.redraw();
  };
}
