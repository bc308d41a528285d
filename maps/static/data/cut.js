/** Cutting areas along a meridian, for files, in which no area may cross 180°. */

/**
 * The parts of an area (rings of [x, y], filled by the rule "evenodd") on both sides of a column: rings up to it, and
 * rings beyond it. Rings that do not reach across stay as they are.
 */
export function cutAt(rings, x) {
  const sides = [[], []];
  const chains = [[], []]; // the pieces of rings on each side, from one crossing of the column to another
  const crossings = []; // where rings cross the column
  for (const ring of rings) {
    const isBeyond = ring.map(([at]) => at > x);
    const start = isBeyond.findIndex((side, i) => side !== isBeyond.at(i - 1));
    if (start < 0) sides[isBeyond[0] ? 1 : 0].push(ring);
    else cutRing(ring, isBeyond, start, x, chains, crossings);
  }
  // Sorted along the column, the area lies between the first crossing and the second, the third and the fourth, …
  const order = crossings.map((_, i) => i).sort((a, b) => crossings[a] - crossings[b]);
  const partner = [];
  for (let i = 0; i + 1 < order.length; i += 2) [partner[order[i]], partner[order[i + 1]]] = [order[i + 1], order[i]];
  for (const side of [0, 1]) sides[side].push(...joinedRings(chains[side], partner));
  return sides;
}

/** Cut a ring, from a corner that comes after a crossing on, into chains {ends: two crossings, points}. */
function cutRing(ring, isBeyond, start, x, chains, crossings) {
  const first = crossings.length;
  let chain = null;
  for (let step = 0; step < ring.length; step++) {
    const i = (start + step) % ring.length;
    if (isBeyond[i] !== isBeyond.at(i - 1)) {
      const [[ax, ay], [bx, by]] = [ring.at(i - 1), ring[i]];
      const y = ay + ((x - ax) / (bx - ax)) * (by - ay);
      if (chain) {
        chain.ends.push(crossings.length);
        chain.points.push([x, y]);
      }
      chain = { ends: [crossings.length], points: [[x, y]] };
      chains[isBeyond[i] ? 1 : 0].push(chain);
      crossings.push(y);
    }
    chain.points.push(ring[i]);
  }
  chain.ends.push(first);
  chain.points.push([x, crossings[first]]);
}

/** Join the chains of a side along the column. */
function joinedRings(chains, partner) {
  const at = new Map(chains.flatMap((chain) => chain.ends.map((end) => [end, chain])));
  const waiting = new Set(chains);
  const rings = [];
  for (const chain of chains) {
    if (!waiting.has(chain)) continue;
    const ring = [];
    for (let [next, from] = [chain, chain.ends[0]]; waiting.has(next); ) {
      waiting.delete(next);
      const [isForward, [a, b]] = [next.ends[0] === from, next.ends];
      ring.push(...(isForward ? next.points : next.points.slice().reverse()));
      from = partner[isForward ? b : a];
      next = at.get(from);
    }
    rings.push(ring);
  }
  return rings;
}
