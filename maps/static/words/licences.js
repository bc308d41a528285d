/** Licences in words. */

/** An SPDX id as it is, but for those that only say something in words; empty where none is known. */
export function licenceWords(words, licence) {
  if (!licence) return "";
  return licence === "LicenseRef-public-domain" ? words.t("public_domain") : licence;
}
