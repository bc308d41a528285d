/** The page on paper: what a reader of the sheet cannot click for is written on it. Styles are in styles/print.css. */

import { el, refill } from "../page/dom.js";
import { beyondWords } from "../page/sums-words.js";
import { largestList } from "./largest.js";

/** Make what only paper shows. It is filled as printing begins, so that it costs nothing before. */
export function makeSheet(root, ctx) {
  const { t } = ctx.words;
  const fill = () => refill(root, ctx.header.sums ? beyondWords(ctx).map((text) => el("p", {}, text)) : largestList(ctx), el("p", { class: "print-link" }, t("print_link", { link: linkWords(ctx.permalink()) })));
  ctx.listen(window, "beforeprint", fill);
}

/** A link as paper has it: of a page that is a file, its name alone, since its folder is on one machine only. */
function linkWords(link) {
  const { protocol, pathname, hash } = new URL(link, location.href);
  if (protocol === "https:" || protocol === "http:") return link;
  const name = decodeURIComponent(pathname.split("/").at(-1));
  return hash.length > 1 ? `${name}${hash}` : name;
}
