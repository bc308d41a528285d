/** How a row is drawn: not at all, as a point, a ring of a known or of a nominal radius, or its area (maps/incidents.py). */
export const DRAWN = { none: 0, point: 1, ring: 2, nominal: 3, area: 4 };
