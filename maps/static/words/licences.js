/** Licences and credits in words. */

/** A credit or profile of the page's origin in the reader's language; as it is where there are no other words for it. */
export const originWords = (words, { words: known }, text) => words.local(known?.[text]) || text;

/** An SPDX id as it is, but for those that only say something in words; empty where none is known. */
export function licenceWords(words, licence) {
  if (!licence) return "";
  return licence === "LicenseRef-public-domain" ? words.t("public_domain") : licence;
}
