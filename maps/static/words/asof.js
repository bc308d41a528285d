/** As of when the page's data are, in words. */

/** A moment in UTC as a picture writes it: 25 nov. 2026, 17:47. */
const moment = (words, text) => {
  const iso = new Date(text).toISOString();
  return `${words.iso(iso.slice(0, 10))}, ${iso.slice(11, 16)}`;
};

/** As of when the data are: the moment asked for, else that of the latest revision shown. */
export function asOfWords(words, { as_of: asked, latest }) {
  if (asked) return words.t("asof_moment", { moment: moment(words, asked) });
  return latest ? words.t("asof_latest", { moment: moment(words, latest) }) : words.t("asof_unknown");
}

/** The same in few words, by the day; empty where nothing is known. */
export function asOfDay(words, { as_of: asked, latest }) {
  const day = (text) => words.iso(new Date(text).toISOString().slice(0, 10));
  if (asked) return words.t("asof_line", { day: day(asked) });
  return latest ? words.t("asof_latest_line", { day: day(latest) }) : "";
}
