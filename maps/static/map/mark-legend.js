/** What the signs of the map say, for the legend: their sizes, their edges, the numbers at them, the lines to their places. */

import { sampleWeights, sizeOf, UNKNOWN, ASIDE } from "../data/weights.js";
import { DRAWN } from "../data/drawn.js";
import { el } from "../page/dom.js";
import { theme } from "../page/theme.js";
import { measuredWords } from "../words/selection-words.js";
import { clusterSample } from "./gathering.js";
import { EDGES, paintSized } from "./glyphs.js";
import { pixelDensity } from "../print/density.js";

const neutral = () => [theme().sample, "circle"];

/** The sizes of signs: some round numbers, and what has no number. Each as large as it is on the map. */
export function sizeSection(ctx) {
  const { words, now, layers } = ctx;
  const { most } = now.measured;
  const { scene } = layers.points;
  const { open = null, weights = null } = scene.tally;
  const has = (weight) => weights === null || scene.inView.some((mark) => weights[mark] === weight);
  const sized = (weight, text, how = {}) => item(signPicture(sizeOf(weight, most, scene.room ?? 1), { isHollow: weight < 0, ...how }), text);
  const others = [
    has(UNKNOWN) ? sized(UNKNOWN, words.t("size_unknown")) : null,
    has(ASIDE) ? sized(ASIDE, words.t("size_ownless")) : null,
    open && scene.inView.some((mark) => open[mark]) ? item(signPicture(5, { isOpen: true }), words.t("size_open")) : null,
  ];
  return el(
    "section",
    { class: "legend-sizes" },
    el("h2", {}, measuredWords(ctx)),
    el("ul", { class: "sizes" }, [...sampleWeights(most), 0].map((weight) => sized(weight, words.n(weight)))),
    el("ul", { class: "sizes" }, others.filter(Boolean)),
  );
}

/** The edges of signs, which say how well places are known; the numbers at signs; the lines to their places. */
export function placeSection({ words, model, now, layers }) {
  const { drawn } = model.tally(now.rows);
  const { scene } = layers.points;
  const isEqual = !now.measured;
  const size = isEqual ? 5.5 : 6.5;
  const rows = [
    drawn[DRAWN.ring] || drawn[DRAWN.nominal] || drawn[DRAWN.area] ? item(signPicture(size), words.t("edge_exact")) : null,
    drawn[DRAWN.ring] ? item(signPicture(size, { edge: EDGES.within }), words.t("edge_within")) : null,
    drawn[DRAWN.nominal] || drawn[DRAWN.area] ? item(signPicture(size, { edge: EDGES.somewhere }), words.t("edge_somewhere")) : null,
    isEqual && scene.inView.some((mark) => scene.tally.counts[mark] > 1)
      ? item(el("span", { class: "count-badge", "aria-hidden": "true" }, "2"), words.t("badge_words"))
      : null,
    scene.shifts.size ? item(leaderPicture(), words.t("leader_words")) : null,
  ].filter(Boolean);
  return rows.length ? el("section", { class: "legend-places" }, el("h2", {}, words.t("precision_of_places")), el("ul", {}, rows)) : null;
}

/** The sizes of clusters: round numbers, and up to which number rings are the smallest. */
export function clusterSection(ctx) {
  const { words, now } = ctx;
  const samples = clusterSample(now.measured);
  const ring = ({ radius, number, isLeast }) =>
    item(ringPicture(radius), isLeast ? words.t("up_to", { n: words.n(number) }) : words.n(number));
  return el(
    "section",
    { class: "legend-clusters" },
    el("h2", {}, now.measured ? measuredWords(ctx) : words.t("view_clusters")),
    el("ul", { class: "sizes" }, samples.map(ring)),
    el("p", { class: "note" }, words.t(now.measured ? "clusters_measured" : "clusters_words")),
  );
}

const item = (sign, text) => el("li", {}, sign, el("span", { class: "what" }, text));

/** A picture of a height in pixels, painted about its middle. */
function pictureOf(side, paint) {
  const density = pixelDensity();
  const canvas = el("canvas", { class: "size", width: side * density, height: side * density, "aria-hidden": "true" });
  canvas.style.width = canvas.style.height = `${side}px`;
  const context = canvas.getContext("2d");
  context.scale(density, density);
  paint(context, side / 2);
  return canvas;
}

function signPicture(size, how = {}) {
  const beyond = how.edge === EDGES.within || how.isOpen ? 10 : 4;
  return pictureOf(Math.ceil(size * 2 + beyond), (context, middle) => paintSized(context, neutral(), middle, middle, size, how));
}

function leaderPicture() {
  return pictureOf(18, (context) => {
    context.strokeStyle = context.fillStyle = theme().outline;
    context.lineWidth = 0.8;
    context.beginPath();
    context.moveTo(2, 15);
    context.lineTo(12, 6);
    context.stroke();
    context.beginPath();
    context.arc(2.5, 15, 1.3, 0, 2 * Math.PI);
    context.fill();
    paintSized(context, neutral(), 12.5, 5.5, 4);
  });
}

function ringPicture(radius) {
  return pictureOf(Math.ceil(radius * 2 + 3), (context, middle) => {
    context.beginPath();
    context.arc(middle, middle, radius, 0, 2 * Math.PI);
    context.lineWidth = 2;
    context.strokeStyle = theme().sample;
    context.fillStyle = theme().cluster;
    context.fill();
    context.stroke();
  });
}
