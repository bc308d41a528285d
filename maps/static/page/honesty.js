/** The line of sources: whose numbers, how many voices and sources, licence, as of when; and all of it in full, one key away. */

import { asOfDay, asOfWords } from "../words/asof.js";
import { closing, el, refill } from "./dom.js";
import { keyTable } from "./help.js";
import { licenceWords, originWords } from "../words/licences.js";
import { ownPolicy } from "../words/policies.js";
import { aboutSums, sumsHead } from "./sums-words.js";
import { signOf } from "../regions/swatches.js";

/** Make the line at the foot of the page and the dialog that it opens. */
export function makeHonesty(root, ctx) {
  const { words, header } = ctx;
  const { t } = words;
  root.setAttribute("aria-label", t("about_data"));
  const dialog = el("dialog", { class: "about", "aria-labelledby": "about-title" }, aboutData(ctx));
  const open = () => dialog.showModal();
  const { origin } = header;
  const line = [
    header.sums ? sumsHead(ctx) : "",
    numbersWords(words, origin),
    citedWords(words, origin),
    licenceLine(words, origin),
    asOfDay(words, origin),
    header.selections.length ? t("selection_brief") : "",
    creditWords(words, origin),
    origin.few ? t("few_brief_line", { n: header.spec.suppress_below }) : "",
    origin.profile.coarsened ? t("profile_brief", { n: origin.profile.coarsened }) : "",
    origin.notes ? t("limits_brief") : "",
    header.base.disputed ? t("borders_words") : "",
  ];
  refill(
    root,
    el("p", { class: "line" }, line.filter(Boolean).join(" · ")),
    el("button", { type: "button", id: "about", "aria-keyshortcuts": "?", onclick: open }, `${t("about_data")} (?)`),
    dialog,
  );
  ctx.listen(document, "keydown", (event) => {
    if (event.key !== "?" || event.target.closest?.("input, textarea, select") || dialog.open) return;
    event.preventDefault();
    open();
  });
}

/** Whose numbers are shown, in plain words; empty where the data do not say. */
function numbersWords(words, { policy }) {
  if (policy.name === null) return "";
  const key = `policy_${policy.name}_line`;
  return key in words.messages ? words.t(key) : words.t("policy_own_line", { policy: ownPolicy(words, policy) });
}

/** How many voices and sources there are: "41 voices, 589 sources". */
const citedWords = ({ t }, { voices, sources }) =>
  [voices ? t("n_voices", { n: voices }) : "", sources ? t("n_sources", { n: sources }) : ""].filter(Boolean).join(", ");

function licenceLine(words, { datasets }) {
  const names = [...new Set(datasets.map(({ licence }) => licenceWords(words, licence)))].filter(Boolean);
  return names.length ? words.t("licence_line", { names: names.join(", ") }) : "";
}

function creditWords(words, origin) {
  const attributions = origin.attributions.map((text) => originWords(words, origin, text));
  const named = origin.datasets.map(({ name }) => name);
  return [...new Set([...attributions, ...(attributions.length ? [] : named)])].filter(Boolean).join("; ");
}

/** The figure policy by its name; that it is not stated, where the data do not say. */
export function policyName(words, { policy }) {
  if (policy.name === null) return words.t("policy_not_stated");
  const key = `policy_${policy.name}`;
  const name = key in words.messages ? words.t(key) : ownPolicy(words, policy);
  return words.t("policy_brief", { policy: name });
}

const part = (title, ...body) => el("section", {}, el("h3", {}, title), ...body);
const items = (list) => el("ul", {}, list.filter(Boolean).map((text) => el("li", {}, text)));

/** Everything there is to know of the page's data, and how to use the page. */
function aboutData(ctx) {
  const { words, header } = ctx;
  const { t } = words;
  const { origin } = header;
  const datasets = origin.datasets.map(({ name, version, licence, may_publish: may }) =>
    [name, version, licenceWords(words, licence), may === false ? t("may_not_be_passed_on") : ""].filter(Boolean).join(" · "),
  );
  return [
    el("div", { class: "about-head" }, el("h2", { id: "about-title" }, t("about_data")), closing(t("close"))),
    part(t("foot_sources"), items([...new Set([...origin.attributions.map((text) => originWords(words, origin, text)), ...datasets])])),
    selections(ctx),
    part(t("foot_asof"), el("p", {}, asOfWords(words, origin))),
    header.sums ? aboutSums(ctx) : null,
    header.sums ? null : part(t("foot_policy"), el("p", {}, policyName(words, origin)), el("p", {}, t(policyKey(words, origin))), el("p", {}, t("unknown_words"))),
    header.sums ? null : part(t("foot_places"), precisionLegend(words)),
    outlines(ctx),
    regionSets(ctx),
    header.sums ? null : part(t("foot_left_out"), el("p", {}, t("left_out_words", origin.left_out)), header.spec.suppress_below ? el("p", {}, t("suppressed_words", { n: header.spec.suppress_below })) : null, el("p", {}, t(`texts_${origin.texts}_words`))),
    header.sums ? null : disclosure(ctx),
    part(t("foot_time"), el("p", {}, t("histogram_note"))),
    baseNotes(ctx),
    part(t("foot_base"), items([...origin.credits.map((text) => originWords(words, origin, text)), t(origin.tiles ? "made_with_tiles" : "made_with", { host: origin.tiles })])),
    part(t("keys"), keyTable(words, header.spec.views.length > 0, !header.sums)),
  ];
}

/** Which of the datasets are a selection: of how many incidents, of what years, by what rule. */
function selections({ words, header }) {
  const year = (day) => (day ?? "?").slice(0, 4);
  const told = header.selections.map(({ name, rule, rows, first, last }) => {
    const incidents = words.t("n_incidents", { n: rows });
    return words.t("selection_words", { dataset: name, incidents, first: year(first), last: year(last), rule: words.local(rule) });
  });
  return told.length ? part(words.t("foot_selection"), items(told)) : null;
}

/** The profile that says what may be seen of what is sensitive; that it is not stated, where the data do not say. */
function disclosure({ words, header }) {
  const { name, left_out, coarsened } = header.origin.profile;
  const profile = originWords(words, header.origin, name);
  const told = name ? words.t("profile_words", { profile, left_out, coarsened }) : words.t("profile_not_stated");
  return part(words.t("foot_profile"), el("p", {}, told));
}

const policyKey = (words, { policy }) => {
  if (policy.name === null) return "policy_not_stated_words";
  const key = `policy_${policy.name}_words`;
  return key in words.messages ? key : "policy_own_words";
};

function precisionLegend(words) {
  const row = (kind, key) => el("li", {}, kind ? signOf(`place-${kind}`) : null, words.t(key));
  return el("ul", { class: "signs" }, row("", "drawn_point"), row("ring", "edge_within"), row("nominal", "drawn_nominal"), row("area", "drawn_area"));
}

function outlines({ words, header }) {
  if (!header.origin.outlines.length) return null;
  const told = header.origin.outlines.map(({ name, note }) => [words.local(name), words.local(note)].filter(Boolean).join(": "));
  return part(words.t("foot_outlines"), el("p", {}, words.t("outlines_words")), items(told));
}

/** What a reader must know of the outlines: limits that are outdated, borders in dispute. */
function baseNotes({ words, header }) {
  const told = (header.origin.notes ?? []).map((note) => words.local(note));
  if (header.base.disputed) told.push(words.t("borders_words"));
  return told.length ? part(words.t("foot_limits"), items(told)) : null;
}

function regionSets({ words, header }) {
  if (!header.regions.length) return null;
  const told = header.regions.map((set) => {
    const limited = set.regions.some((region) => "valid_from" in region || "valid_until" in region);
    const count = words.t("n_regions", { n: set.regions.length });
    return `${words.local(set.name)}: ${count}${limited ? `. ${words.t("validity_words")}` : ""}`;
  });
  return part(words.t("region_sets"), items(told));
}
