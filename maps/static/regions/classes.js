/** Class limits of the choropleth, by the rules of maps/classes.py: they equal mapclassify's, and a test compares. */

/** Natural breaks compare all pairs of values; of more than this, evenly spaced ranks stand for all. */
const THINNED = 100;
const MOST_DECIMALS = 4;

/** With how many decimals numbers show two figures of their (lower) median. `positive`: rising, all above 0. */
export function decimalsOf(positive) {
  if (!positive.length) return 0;
  const median = positive[(positive.length - 1) >> 1];
  let decimals = 0;
  while (decimals < MOST_DECIMALS && median * 10 ** decimals < 10) decimals++;
  return decimals;
}

/** A number above 0 as a whole number of its last decimal, halves up; none becomes 0. */
export function unitsOf(value, decimals) {
  return Math.max(1, Math.floor(value * 10 ** decimals + 0.5));
}

/**
 * The inclusive upper limits of classes, rising, as whole numbers of the last decimal.
 * @param {Float64Array} positive Numbers above 0, in any order; sorted here.
 * @param {string} scheme "natural-breaks", "quantiles" or "equal-interval"
 * @param {number} classes How many at most.
 * @param {boolean} whole Whether the numbers are counts.
 */
export function limitsOf(positive, scheme, classes, whole) {
  const sorted = positive.sort();
  const decimals = whole ? 0 : decimalsOf(sorted);
  const units = sorted.map((value) => unitsOf(value, decimals));
  if (!units.length) return { limits: [], decimals };
  const distinct = distinctOf(units);
  if (distinct.length <= classes) return { limits: distinct, decimals };
  const sample = scheme === "natural-breaks" ? thinned(units) : units;
  const top = sample.at(-1);
  const found = FINDERS[scheme](sample, Math.min(classes, distinctOf(sample).length)).map(Math.floor);
  const limits = distinctOf([...found, top].sort((a, b) => a - b)).filter((limit) => limit >= sample[0]);
  return { limits, decimals };
}

/** Limits typed by the reader, as whole numbers of the last decimal; those that no number can have are left out. */
export function fixedLimits(typed, positive, whole) {
  const written = (limit) => {
    let decimals = 0;
    while (decimals < MOST_DECIMALS && Number(limit.toFixed(decimals)) !== limit) decimals++;
    return decimals;
  };
  const decimals = whole ? 0 : Math.max(decimalsOf(positive.sort()), ...typed.map(written));
  const units = typed.map((limit) => Math.floor(limit * 10 ** decimals + (whole ? 0 : 0.5)));
  return { limits: distinctOf(units.sort((a, b) => a - b)).filter((limit) => limit > 0), decimals };
}

const distinctOf = (rising) => Array.from(rising).filter((value, i, all) => !i || value !== all[i - 1]);

function thinned(units) {
  if (units.length <= THINNED) return units;
  const step = (units.length - 1) / (THINNED - 1);
  return Float64Array.from({ length: THINNED }, (_, i) => units[Math.round(i * step)]);
}

const FINDERS = { "natural-breaks": fisherJenks, quantiles: quantileLimits, "equal-interval": equalLimits };

/**
 * Fisher and Jenks' optimal classes: those with the least squares about the classes' means. Sums are kept in 32 bits,
 * as mapclassify keeps them, so that the limits are the same to the last value.
 */
function fisherJenks(values, classes) {
  const { fround } = Math;
  const count = values.length;
  const wide = classes + 1;
  const starts = new Int32Array((count + 1) * wide).fill(1, wide + 1, 2 * wide);
  const costs = new Float32Array((count + 1) * wide).fill(Infinity, 2 * wide);
  for (let end = 2; end <= count; end++) {
    let [sum, squares, cost] = [0, 0, 0];
    for (let size = 1; size <= end; size++) {
      const start = end - size + 1;
      const value = fround(values[start - 1]);
      squares = fround(squares + fround(value * value));
      sum = fround(sum + value);
      cost = fround(squares - fround(fround(sum * sum) / size));
      if (start === 1) continue;
      for (let j = 2; j <= classes; j++) {
        const both = fround(cost + costs[(start - 1) * wide + j - 1]);
        if (costs[end * wide + j] < both) continue;
        starts[end * wide + j] = start;
        costs[end * wide + j] = both;
      }
    }
    starts[end * wide + 1] = 1;
    costs[end * wide + 1] = cost;
  }
  const limits = [values[count - 1]];
  for (let j = classes, end = count; j > 1; j--) {
    const start = starts[end * wide + j];
    limits.unshift(values.at(start - 2));
    end = start - 1;
  }
  return limits;
}

/** Quantiles, between two values by their distance, as scipy's `scoreatpercentile` has them. */
function quantileLimits(values, classes) {
  const width = 100 / classes;
  const count = Math.ceil((100 + width - width) / width);
  const limits = [];
  for (let i = 0; i < count; i++) {
    const place = (Math.min(100, width + i * width) / 100) * (values.length - 1);
    const below = Math.floor(place);
    if (below === place) limits.push(values[below]);
    else {
      const [left, right] = [below + 1 - place, place - below];
      limits.push((values[below] * left + values[below + 1] * right) / (left + right));
    }
  }
  return limits;
}

/** Equal intervals from the smallest to the largest value, counted up as numpy's `arange` does. */
function equalLimits(values, classes) {
  const [low, high] = [values[0], values.at(-1)];
  const width = (high - low) / classes;
  const start = low + width;
  const step = start + width - start;
  const count = Math.min(classes, Math.ceil((high + width - start) / width));
  const limits = Array.from({ length: count }, (_, i) => start + i * step);
  limits[count - 1] = high;
  return limits;
}
