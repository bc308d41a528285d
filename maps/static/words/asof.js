/** As of when the page's data are, in words. */

const DATE = { dateStyle: "long", timeStyle: "short", timeZone: "UTC" };
const moment = (words, text) => new Intl.DateTimeFormat(words.locale, DATE).format(new Date(text));

/** As of when the data are: the moment asked for, else that of the latest revision shown. */
export function asOfWords(words, { as_of: asked, latest }) {
  if (asked) return words.t("asof_moment", { moment: moment(words, asked) });
  return latest ? words.t("asof_latest", { moment: moment(words, latest) }) : words.t("asof_unknown");
}
