/** How far incidents reach on the map: their points, their rings, and all of their areas. */

import { marksOf } from "./marks.js";
import { extentOf } from "./shapes.js";

/** The box of all that is drawn of the incidents, [west, north, east, south] in cells; null where nothing is. */
export function extentOfIncidents(arrays) {
  const { places, wide } = marksOf(arrays);
  const { place_x: xs, place_y: ys } = arrays;
  const extent = [Infinity, Infinity, -Infinity, -Infinity];
  const reach = (west, north, east, south) => {
    if (west < extent[0]) extent[0] = west;
    if (north < extent[1]) extent[1] = north;
    if (east > extent[2]) extent[2] = east;
    if (south > extent[3]) extent[3] = south;
  };
  for (let place = 0; place < places; place++) reach(xs[place], ys[place], xs[place], ys[place]);
  for (const { place, cells } of wide) reach(xs[place] - cells, ys[place] - cells, xs[place] + cells, ys[place] + cells);
  const areas = extentOf(arrays, wide.filter(({ shape }) => shape !== null).map(({ shape }) => shape));
  if (areas) reach(...areas);
  return extent[0] === Infinity ? null : extent;
}
