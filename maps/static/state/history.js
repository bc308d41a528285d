/** The browser's history: what is opened is a step of it, so that Back closes it; what is only adjusted is none. */

const isInside = window.parent !== window; // the history of a notebook, or of whoever shows the page, is not ours

/** What a state has open, as a text; two states that have the same open are one step. */
export function openedIn({ stage, mapView, view, tab, story }) {
  return [stage, mapView, tab, story, view.kind, view.row ?? view.region?.id ?? view.rows?.join(" ") ?? ""].join("|");
}

/** What must be remembered of an open detail that the address does not say: the incidents of one place. */
const remembered = ({ kind, rows }) => (kind === "here" ? Array.from(rows) : null);

/**
 * Make the steps.
 * @param {function(string, number[]|null): void} follow Brings the page to an address, and to the rows of one place.
 * @param {function(): void} write Called when the history has gone back by itself.
 */
export function makeHistory(ctx, follow, write) {
  let step = history.state?.opened === undefined ? null : history.state; // a page that is loaded again has its step
  let isClosing = false;

  const put = (way, opened, before, text) => {
    step = { opened, before, rows: remembered(ctx.state.now.view) };
    history[way](step, "", text ? `#${text}` : location.pathname + location.search);
  };

  /** Put an address into the history: over the present step, as a new one, or over the one that is returned to. */
  function record(text) {
    if (isClosing) return;
    const opened = openedIn(ctx.state.now);
    if (isInside || !step || step.opened === null || step.opened === opened) put("replaceState", opened, step?.before ?? null, text);
    else if (step.before === opened) {
      isClosing = true; // what was opened has been closed: that is a step back
      history.back();
    } else put("pushState", opened, step.opened, text);
  }

  window.addEventListener("popstate", ({ state }) => {
    const { before = null, rows = null } = state ?? {};
    step = { opened: null, before, rows }; // what the page makes of the address is said when it is written next
    if (isClosing) {
      isClosing = false;
      write();
    } else follow(location.hash, rows);
  });
  return { record, rows: () => step?.rows ?? null, isAt: () => step?.opened === openedIn(ctx.state.now) };
}
