/** An incident as a record: the columns of the incident frame that the page holds, for files to be taken away. */

import { latLngOf, turnedTo, westOf } from "../map/canvas.js";
import { cutAt } from "./cut.js";
import { DRAWN } from "./drawn.js";
import { dateOf } from "../words/i18n.js";
import { optionWords } from "../words/selection-words.js";
import { latLngsOf } from "../map/shapes.js";

const WAYS = Object.fromEntries(Object.entries(DRAWN).map(([name, number]) => [number, name]));
const rounded = (value) => Math.round(value * 1e6) / 1e6; // 0.1 m, finer than the page's grid of 0.6 m

const isoDay = (day) => (day === null ? null : dateOf(day).toISOString().slice(0, 10));

/** Where a row is drawn: {lon, lat}, null where it is not. Of an area, a point inside it. */
function pointOf({ arrays }, row) {
  if (arrays.drawn[row] === DRAWN.none) return null;
  const { lat, lng } = latLngOf(arrays.place_x[arrays.place[row]], arrays.place_y[arrays.place[row]], westOf(arrays));
  return { lon: rounded(turnedTo(lng, -180)), lat: rounded(lat) };
}

/** The fields of a record in their order: name and value, null where unknown. Names are the incident frame's. */
export function fieldsOf(ctx) {
  const own = ownFields(ctx);
  return ctx.header.record.flatMap((name) => own[name] ?? [[name, (row) => plainOf(ctx, name, row)]]);
}

/** A column that the page has as the frame has it: a text of the row, or what protects it. */
function plainOf(ctx, name, row) {
  return name in ctx.header.terms ? termOf(ctx, name, row) : ctx.model.text(name, row);
}

/** The columns that the page has in a form of its own, by name, and behind some what else it knows of a place. */
function ownFields(ctx) {
  const { model, header, words } = ctx;
  const { arrays } = model;
  const many = (name, facet, told) => [
    [
      name,
      (row) => {
        const { codes, starts, ids } = model.facet(facet);
        const list = Array.from(ids.subarray(starts[row], starts[row + 1]), (number) => told(codes[number]));
        return list.length ? list.join("; ") : null;
      },
    ],
  ];
  const figure = (name, measure, bound) => [name, [[name, (row) => model.figure(row, measure)[bound]]]];
  const voice = (measure) => {
    const read = (name) => (row) => model.voice(row, measure)?.[name] ?? null;
    const who = (row) => words.local(model.voice(row, measure)?.who) || null;
    const name = `${measure}_source`;
    return [name, [[name, read("key")], [`${measure}_voice`, who], [`${name}_title`, read("title")], [`${name}_url`, read("url")]]];
  };
  const adds = (measure) => [`${measure}_adds`, (row) => (model.valuesOf(measure, "best")[row] ? Boolean(arrays[`${measure}_adds`][row]) : null)];
  const figures = header.measures.flatMap((measure) =>
    ["low", "best", "high"].map((bound) => figure(`${measure}_${bound}`, measure, bound)),
  );
  for (const measure of header.measures) figures.find(([name]) => name === `${measure}_high`)[1].push(adds(measure));
  return {
    ...Object.fromEntries(figures),
    ...Object.fromEntries(header.measures.map(voice)),
    code: [["code", (row) => model.code(row)]],
    title: [["title", (row) => model.title(row)]],
    first_day: [["first_day", (row) => isoDay(model.day(row)[0])]],
    last_day: [["last_day", (row) => isoDay(model.day(row)[1])]],
    place_precision: [
      ["place_precision", (row) => model.text("place_precision", row)],
      ["drawn_as", (row) => (arrays.drawn[row] === DRAWN.none ? null : WAYS[arrays.drawn[row]])],
    ],
    radius_m: [
      ["radius_m", (row) => (arrays.drawn[row] === DRAWN.ring ? Math.round(arrays.radius_m[row] * 10) / 10 : null)],
      ["lon", (row) => pointOf(model, row)?.lon ?? null],
      ["lat", (row) => pointOf(model, row)?.lat ?? null],
    ],
    actors: many("actors", "actor", (code) => optionWords(ctx, "actor", code)),
    cases: many("cases", "case", (code) => code),
    counted: [["counted", (row) => Boolean(model.counted(row))]],
    source_count: arrays.source_count
      ? [["source_count", (row) => (arrays.source_count[row] || null) && arrays.source_count[row] - 1]]
      : [],
    source_kinds: many("source_kinds", "kind", (code) => code),
  };
}

/** What protects a row, by a column's name: its own, or what its dataset says; null where it is not known. */
function termOf({ model, header }, name, row) {
  if (name in header.dictionaries) return model.text(name, row);
  const dataset = model.text("dataset", row);
  return header.origin.datasets.find((one) => one.name === dataset)?.[header.terms[name]] ?? null;
}

/** A row's place as a GeoJSON geometry: its area where it is known to an area, else its point; null where it has none. */
export function geometryOf({ arrays }, row) {
  if (arrays.drawn[row] === DRAWN.area) return areaGeometry(arrays, arrays.shape[row] - 1);
  const point = pointOf({ arrays }, row);
  return point && { type: "Point", coordinates: [point.lon, point.lat] };
}

const areas = new WeakMap();

/**
 * A shape as polygons, cut at 180° as RFC 7946 asks: a ring inside an odd number of others is a hole of the smallest of
 * them.
 */
function areaGeometry(arrays, shape) {
  if (!areas.has(arrays)) areas.set(arrays, new Map());
  const made = areas.get(arrays);
  if (made.has(shape)) return made.get(shape);
  const drawn = latLngsOf(arrays, shape, westOf(arrays)).map((ring) => ring.map(({ lat, lng }) => [lng, lat]));
  const [within, beyond] = cutAt(drawn, 180);
  const rings = [...within, ...beyond.map((ring) => ring.map(([lng, lat]) => [lng - 360, lat]))]
    .map((ring) => closed(ring.map(([lng, lat]) => [rounded(lng), rounded(lat)])))
    .filter((ring) => ring.length > 3)
    .map((ring) => ({ ring, area: twiceArea(ring), around: [] }));
  for (const each of rings)
    each.around = rings.filter((other) => other !== each && Math.abs(other.area) > Math.abs(each.area) && holds(other.ring, each.ring[0]));
  const turned = ({ ring, area }, isHole) => (area > 0 === isHole ? ring.slice().reverse() : ring); // RFC 7946: outer rings run left
  const polygons = new Map(rings.filter(({ around }) => around.length % 2 === 0).map((each) => [each, [turned(each, false)]]));
  for (const each of rings.filter(({ around }) => around.length % 2 === 1)) {
    const outer = each.around.reduce((a, b) => (Math.abs(a.area) < Math.abs(b.area) ? a : b));
    polygons.get(outer)?.push(turned(each, true));
  }
  const geometry = { type: "MultiPolygon", coordinates: [...polygons.values()] };
  made.set(shape, geometry);
  return geometry;
}

function closed(ring) {
  const [first, last] = [ring[0], ring.at(-1)];
  return first[0] === last[0] && first[1] === last[1] ? ring : [...ring, first];
}

function twiceArea(ring) {
  let area = 0;
  for (let i = 0; i + 1 < ring.length; i++) area += ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
  return area;
}

function holds(ring, [x, y]) {
  let inside = false;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [[ax, ay], [bx, by]] = [ring[i], ring[i + 1]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}
