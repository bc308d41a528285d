/** Sums of what families count for, over any window of days. */

/**
 * Sums over groups of what families count for in windows of days. A family that lies in a window as a whole counts for
 * the same in each such window, so that only those that an edge of the window cuts are looked at one by one; of the
 * others there are running sums, in order of the first and of the last days of families.
 */
export class FamilySums {
  /**
   * @param {function(Object|null, number, number): Float64Array} weigh What the rows of families from one place up to
   *     another add in a window; NaN is nothing.
   * @param {Object|null} days A window that holds all days there are; null where there are none.
   */
  constructor(families, groups, weigh, days) {
    Object.assign(this, { families, weigh, days, groups: families.groupsOf(groups), key: null, inTime: null, all: null });
  }

  of(group, window) {
    if (!window) return (this.all ??= this.added(this.weigh(null, 0, this.families.rows.length)))[group];
    if (!this.days) return 0;
    this.inTime ??= this.running();
    const key = `${window.from} ${window.to}`;
    if (this.key !== key) [this.key, this.cut] = [key, this.cutBy(window)];
    const { begun, ended } = this.inTime;
    return ended.before(group, window.to + 1) - begun.before(group, window.from) + this.cut[group];
  }

  /** The sums by group of what each row of the families from a place on adds. */
  added(weights, start = 0, sums = new Float64Array(this.groups.count)) {
    const { groupStarts, groupsAt } = this.groups;
    for (let i = 0; i < weights.length; i++) {
      if (!weights[i]) continue; // or NaN
      for (let at = groupStarts[start + i]; at < groupStarts[start + i + 1]; at++) sums[groupsAt[at]] += weights[i];
    }
    return sums;
  }

  /** What is to be added for the families that lie in a window with some of their days only. */
  cutBy(window) {
    const sums = new Float64Array(this.groups.count);
    for (const { start, end, from, to } of this.families.cutBy(window)) {
      this.added(this.weigh(window, start, end), start, sums);
      if (from < window.from && to > window.to) this.added(this.whole.subarray(start, end), start, sums); // it was taken off twice
    }
    return sums;
  }

  running() {
    const { families, groups, days } = this;
    const { from, to } = families.daysOf;
    this.whole = this.weigh(days, 0, families.rows.length);
    return { begun: new RunningSums(groups, from, this.whole), ended: new RunningSums(groups, to, this.whole) };
  }
}

/** Running sums of amounts by group, in order of a day of each. */
class RunningSums {
  constructor({ starts, at }, days, weights) {
    const places = at.slice();
    for (let group = 0; group + 1 < starts.length; group++)
      places.subarray(starts[group], starts[group + 1]).sort((a, b) => days[a] - days[b]);
    this.starts = starts;
    this.days = Int32Array.from(places, (place) => days[place]);
    this.sums = new Float64Array(places.length + 1);
    for (let i = 0; i < places.length; i++) this.sums[i + 1] = this.sums[i] + (weights[places[i]] || 0);
  }

  /** What a group's amounts of earlier days add up to. */
  before(group, day) {
    let [low, high] = [this.starts[group], this.starts[group + 1]];
    const { sums, days } = this;
    const first = low;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (days[middle] < day) low = middle + 1;
      else high = middle;
    }
    return sums[low] - sums[first];
  }
}
