/** How fine a canvas is drawn: as the screen, or as paper, which a reader looks at from nearer. */

const paper = matchMedia("print");
const ON_PAPER = 2; // pixels to 1/96 inch. With 3, Chromium writes canvases a little smaller to paper than what lies on them

/** Pixels of a canvas to a pixel of the page's layout. */
export const pixelDensity = () => (paper.matches ? ON_PAPER : window.devicePixelRatio || 1);
