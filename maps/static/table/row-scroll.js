/** Scrolling through very many rows of one height: browsers end an element's height at some 16 to 33 million pixels. */

const TALLEST = 12e6; // pixels that the scrolled element may be high
const REST_MS = 140; // after which the scroll bar is put where the rows are
const BEYOND = 3; // rows drawn above and below those in view

/**
 * Which rows are in view. Where all rows are higher than a browser can scroll, small moves go row by row and large ones,
 * as by dragging the scroll bar, in proportion.
 */
export class RowScroll {
  /**
   * @param {HTMLElement} scroller Its head sticks to its top and is its first child.
   * @param {HTMLElement} spacer Holds the pane that the rows are drawn in, which sticks below the head.
   * @param {function(number, number, number): void} draw Takes the first row, the end (exclusive), and how many pixels
   *     of the first one lie above the pane.
   */
  constructor(scroller, spacer, draw) {
    Object.assign(this, { scroller, spacer, drawRows: draw, height: 44, count: 0, top: 0, last: 0, later: 0 });
    scroller.addEventListener("scroll", () => this.moved(), { passive: true });
  }

  get view() {
    return Math.max(0, this.scroller.clientHeight - this.scroller.firstElementChild.offsetHeight);
  }

  /** The pixels that all rows are high, the height of the scrolled element, and how far each can be scrolled. */
  get sizes() {
    const all = this.count * this.height;
    const tall = Math.min(all, TALLEST);
    const { view } = this;
    return { all, tall, reach: Math.max(0, all - view), barReach: Math.max(0, tall - view) };
  }

  moved() {
    const { reach, barReach } = this.sizes;
    const bar = this.scroller.scrollTop;
    const step = bar - this.last;
    this.last = bar;
    if (!step) return;
    const isFine = reach > barReach && Math.abs(step) < 2 * this.view && bar > 0 && bar < barReach - 1;
    this.top = isFine ? this.top + step : barReach ? (bar / barReach) * reach : 0;
    this.draw();
    if (!isFine) return;
    clearTimeout(this.later);
    this.later = setTimeout(() => this.rest(), REST_MS);
  }

  /** Put the scroll bar where the rows are. */
  rest() {
    const { reach, barReach } = this.sizes;
    this.scroller.scrollTop = reach ? Math.round((this.top / reach) * barReach) : 0;
    this.last = this.scroller.scrollTop;
  }

  /** Scroll so that a pixel of all rows is at the top. */
  to(top) {
    this.top = top;
    this.draw();
    this.rest();
  }

  /** Scroll as little as brings a row into view. */
  show(at) {
    const start = at * this.height;
    if (start < this.top) this.to(start);
    else if (start + this.height > this.top + this.view) this.to(start + this.height - this.view);
  }

  /** How many whole rows are in view. */
  page() {
    return Math.max(1, Math.floor(this.view / this.height));
  }

  draw() {
    const { tall, reach } = this.sizes;
    const { view, height, spacer } = this;
    const wanted = `${tall}px`;
    if (spacer.style.height !== wanted) spacer.style.height = wanted;
    spacer.firstElementChild.style.height = `${Math.min(view, tall)}px`;
    this.top = Math.max(0, Math.min(reach, this.top));
    const from = Math.max(0, Math.floor(this.top / height) - BEYOND);
    const end = Math.min(this.count, Math.ceil((this.top + view) / height) + BEYOND);
    this.drawRows(from, end, this.top - from * height);
  }

  stop() {
    clearTimeout(this.later);
  }
}
