/** The one state of the page: what is shown, chosen and open. Everything else is derived from it. */

/**
 * @param {Object} initial
 * @returns {{now: Object, set: function(Object): void, on: function(function(Object, Set<string>): void): void}}
 */
export function makeState(initial) {
  let now = Object.freeze({ ...initial });
  const listeners = [];
  return {
    get now() {
      return now;
    },
    /** Change some fields; listeners hear the new state and the names of those that differ. */
    set(patch) {
      const changed = new Set(Object.keys(patch).filter((name) => patch[name] !== now[name]));
      if (!changed.size) return;
      now = Object.freeze({ ...now, ...patch });
      for (const listener of listeners) listener(now, changed);
    },
    on(listener) {
      listeners.push(listener);
    },
  };
}
