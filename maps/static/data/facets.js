/** Facets: columns that a reader chooses values of, where a row can have one (`numbers`) or several (`starts`, `ids`). */

/**
 * A facet of a model: {codes, names, numbers} or {codes, names, starts, ids}. `names` are by code and language; a facet
 * without them has its words in the codebook's labels; `phases` are those of cases, by code. The codes `ids[starts[row]] … ids[starts[row + 1] - 1]` are a row's.
 */
export function facetOf(model, name) {
  if (name === "region") return regionFacet(model);
  const { header, arrays } = model;
  const { codes, names, column, phases } = header.facets[name];
  return column
    ? { codes: header.dictionaries[column], names, numbers: arrays[column] }
    : { codes, names, phases, starts: startsOf(arrays[`${name}_counts`]), ids: arrays[`${name}_ids`] };
}

/** Where each row's list begins, of the lengths of all lists; one more than there are rows. */
function startsOf(lengths) {
  const starts = new Uint32Array(lengths.length + 1);
  for (let row = 0; row < lengths.length; row++) starts[row + 1] = starts[row] + lengths[row];
  return starts;
}

/** The regions of all sets. Codes are `set/key`; versions of one region share theirs. */
function regionFacet({ header, arrays, rows }) {
  const [codes, names, numberOf] = [[], {}, []];
  for (const set of header.regions) {
    for (const region of set.regions) {
      const code = `${set.key}/${region.key}`;
      if (!(code in names)) codes.push(code);
      names[code] ??= region.name;
      numberOf[region.id] = codes.indexOf(code);
    }
  }
  const { member_row: members, member_region: regions } = arrays;
  const starts = new Uint32Array(rows + 1);
  for (const row of members) starts[row + 1]++;
  for (let row = 0; row < rows; row++) starts[row + 1] += starts[row];
  const next = starts.slice();
  const ids = new Uint32Array(members.length);
  for (let pair = 0; pair < members.length; pair++) ids[next[members[pair]]++] = numberOf[regions[pair]];
  return { codes, names, starts, ids };
}
