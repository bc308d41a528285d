/** The card of an incident: all that the record knows of it, and who says so. */

import { phaseWords } from "../time/phases.js";
import { asOfWords } from "../words/asof.js";
import { figureRows, sourceName, table } from "./card-tables.js";
import { claimTables } from "./claims.js";
import { citeButtons } from "./citation.js";
import { isDrawn } from "../data/drawn.js";
import { el, link } from "../page/dom.js";
import { localText } from "../words/i18n.js";
import { licenceWords } from "../words/licences.js";
import { ownPolicy } from "../words/policies.js";

/** Decimal degrees with points, in every language, so that they can be pasted elsewhere. */
const degrees = (value) => String(Number(value.toFixed(5)));

const section = (title, ...body) => el("section", {}, el("h3", {}, title), ...body);

const facts = (pairs) =>
  el(
    "dl",
    { class: "facts" },
    pairs
      .filter(([, value]) => value && value.length !== 0)
      .map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]),
  );

/** Days in words with how exactly they are known. */
export function dayWords(words, first, last, precision) {
  const { t } = words;
  if (first === null) return t("undated");
  const days = words.span(first, last, precision);
  if (precision && precision !== "day")
    return t("days_within", { days, precision: words.label("date_precision", precision) });
  return last > first ? t("days_lasted", { days, n: last - first + 1 }) : days;
}

/** A place in words: name, how exactly it is known, the units it lies in. */
function placeWords(words, place) {
  const { t } = words;
  const admin = (place.admin ?? []).filter(Boolean);
  const precision = words.precision(place.precision, place.country);
  const isPlaced = "lon" in place || place.drawn;
  const within = place.radius_m ? t("within_km", { n: Math.round(place.radius_m / 100) / 10 }) : "";
  return el(
    "li",
    {},
    el("strong", {}, place.name || t(isPlaced ? "unnamed" : "unplaced")),
    precision ? ` — ${precision}` : "",
    place.precision === "near" || place.precision === "settlement" || !within ? "" : ` ${within}`,
    admin.length ? el("span", { class: "sub" }, admin.join(" › ")) : null,
    "lon" in place
      ? el(
          "span",
          { class: "sub" },
          `${degrees(place.lat)}, ${degrees(place.lon)}`,
          place.coordinate_source ? ` · ${words.local(place.coordinate_source)}` : "",
        )
      : null,
    place.note ? el("span", { class: "sub" }, localText(place.note, words.lang)) : null,
  );
}

function sourceItems(words, sources) {
  return Object.entries(sources).map(([key, source]) => {
    const about = [
      words.label("source_kinds", source.kind),
      words.iso(source.published_on),
      source.language && new Intl.DisplayNames([words.locale], { type: "language", fallback: "code" }).of(source.language),
      licenceWords(words, source.licence),
      source.reliability && words.t("reliability", { code: source.reliability }),
    ]
      .filter(Boolean)
      .join(" · ");
    return el(
      "li",
      {},
      source.url ? link(sourceName(words, source, key), source.url) : sourceName(words, source, key),
      source.archive_url ? [" · ", link(words.t("archived"), source.archive_url)] : null,
      el("span", { class: "sub" }, about),
      source.note ? el("span", { class: "sub" }, localText(source.note, words.lang)) : null,
    );
  });
}

/** What the columns know of a row. */
function columnsOf({ model }, number) {
  const text = (column) => model.text(column, number) || "";
  const [first, last] = model.day(number);
  const row = Object.fromEntries(Object.keys(model.header.dictionaries).map((name) => [name, text(name)]));
  return { ...row, first, last, code: model.code(number), title: model.title(number), counted: model.counted(number) };
}

/** A field without a place of its own on the card, in words: the label of a code, a text in the reader's language. */
function factWords(words, { list }, value) {
  if (list) return words.label(list, value);
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map((one) => factWords(words, {}, one)).join("; ");
  return typeof value === "object" ? localText(value, words.lang) : String(value);
}

/** The actors that the columns know of a row, in words. */
function actorNames({ model, words }, number) {
  const { codes, names, starts, ids } = model.facet("actor");
  const own = Array.from(ids.slice(starts[number], starts[number + 1]), (id) => codes[id]);
  return own.map((code) => words.local(names[code]) || code).join("; ") || words.t("unknown");
}

/** Numbers that the columns hold, where the card's own are not here. */
function figuresOf({ model, header }, number) {
  const told = header.measures.map((measure) => [measure, model.figure(number, measure)]);
  return told.filter(([, figure]) => figure.low !== null || figure.best !== null || figure.high !== null);
}

/** The incident that a row is part of, and the rows that are its parts, as buttons. */
function family({ model, openRow, words }, number, row) {
  const parts = model.header.dictionaries.part_of;
  const codes = model.arrays.part_of;
  if (!parts || !codes) return null;
  const button = (other) =>
    el("li", {}, el("button", { type: "button", onclick: (event) => openRow(other, event.currentTarget) }, model.title(other) || model.code(other)));
  const found = [];
  const own = parts.indexOf(row.code);
  for (let other = 0; other < model.rows; other += 1) {
    if ((own >= 0 && codes[other] === own) || (row.part_of && model.code(other) === row.part_of)) found.push(other);
  }
  const [whole, pieces] = [found.filter((other) => model.code(other) === row.part_of), found.filter((other) => model.code(other) !== row.part_of)];
  return [
    whole.length ? section(words.t("part_of"), el("ul", { class: "plain" }, whole.map(button))) : null,
    pieces.length ? section(words.t("parts_of_it"), el("ul", { class: "plain" }, pieces.map(button))) : null,
  ];
}

/**
 * Build the card.
 * @param {Object} ctx
 * @param {number} number The row.
 * @param {Object} card What the block of cards says (events/frame.py, Details), or {}.
 */
export function incidentCard(ctx, number, card) {
  const { words, header } = ctx;
  const { t } = words;
  const row = columnsOf(ctx, number);
  const { policy } = header.origin;
  const own = card.row ?? {};
  const sources = card.sources ?? {};
  const title = localText(card.title, words.lang) || row.title || row.code;
  const summary = localText(card.summary, words.lang) || own.summary;
  const kind = [words.label("types", row.type), words.label("subtypes", row.subtype)].filter(Boolean).join(": ");
  const places = card.places?.length
    ? card.places
    : [{ drawn: isDrawn(ctx.model, number), name: row.place_name, precision: row.place_precision, country: own.country, admin: [row.adm1, own.adm2, own.adm3] }];
  const figures = card.figures ? Object.entries(card.figures) : figuresOf(ctx, number);
  return [
    el("p", { class: "kicker" }, kind),
    el("h2", { tabindex: "-1", id: "panel-title" }, title),
    el("p", { class: "when" }, dayWords(words, row.first, row.last, row.date_precision)),
    summary ? el("p", { class: "summary" }, summary) : null,
    row.counted ? null : el("p", { class: "caution" }, t("not_counted", { whole: row.part_of ?? "?" })),
    figures.length
      ? section(
          t("figures"),
          table(
            policy.name ? t("figures_by_policy", { policy: words.messages[`policy_${policy.name}`] ?? ownPolicy(words, policy) }) : t("figures_no_policy"),
            [t("measure_column"), t("figure"), t("whose_number")],
            figureRows(words, Object.fromEntries(figures), sources),
          ),
        )
      : null,
    card.claims?.length
      ? section(t("claims"), claimTables(words, card.claims, sources))
      : null,
    section(
      t("places"),
      el(
        "ul",
        { class: "plain" },
        places.map((place) => placeWords(words, place)),
      ),
    ),
    card.parties?.length
      ? section(
          t("parties"),
          el(
            "ul",
            { class: "plain" },
            card.parties.map((party) =>
              el(
                "li",
                {},
                localText(party.name, words.lang) || party.key,
                el(
                  "span",
                  { class: "sub" },
                  [words.label("roles", party.role), words.label("actor_kinds", party.kind)]
                    .filter(Boolean)
                    .join(" · "),
                ),
              ),
            ),
          ),
        )
      : section(t("parties"), el("p", {}, actorNames(ctx, number))),
    Object.keys(sources).length
      ? section(t("sources"), el("ul", { class: "plain" }, sourceItems(words, sources)))
      : null,
    card.cases?.length
      ? section(
          t("cases"),
          el(
            "ul",
            { class: "plain" },
            card.cases.map((held) =>
              el(
                "li",
                {},
                localText(held.title, words.lang) || held.key,
                el("span", { class: "sub" }, words.label("case_types", held.type)),
                held.phases?.length
                  ? el(
                      "ul",
                      { class: "plain sub", "aria-label": t("phases") },
                      held.phases.map((phase) => el("li", {}, phaseWords(words, phase))),
                    )
                  : null,
              ),
            ),
          ),
        )
      : null,
    card.notes?.length
      ? section(
          t("notes"),
          card.notes.map((note) => el("p", {}, localText(note, words.lang))),
        )
      : null,
    family(ctx, number, row),
    citeButtons(ctx, number, card),
    facts([
      [t("code"), row.code],
      [t("part_of"), row.counted ? row.part_of : ""],
      [t("status"), words.label("statuses", row.status)],
      ...header.facts.map((fact) => [words.local(fact.label), factWords(words, fact, card[fact.name] ?? own[fact.name] ?? row[fact.name])]),
      [t("dataset"), [own.dataset, licenceWords(words, own.licence)].filter(Boolean).join(" · ")],
      [t("foot_asof"), asOfWords(words, header.origin)],
      [
        t("revision"),
        own.revision ? t("revision_words", { number: own.revision, when: words.iso(own.recorded_at) }) : "",
      ],
    ]),
  ];
}
