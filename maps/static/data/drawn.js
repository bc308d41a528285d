/** How a row is drawn: not at all, as a point, a ring of a known or of a nominal radius, or its area (maps/incidents.py). */
export const DRAWN = { none: 0, point: 1, ring: 2, nominal: 3, area: 4 };

/** Whether a row's place is on the map; one without a name is unnamed there, not unknown. */
export const isDrawn = ({ arrays }, row) => arrays.drawn[row] !== DRAWN.none;
