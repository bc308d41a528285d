/** CSV as RFC 4180 has it, with a mark of UTF-8 for spreadsheets, in which no text can run as a formula. */

/** What a spreadsheet takes for the start of a formula, also behind spaces and marks that cannot be seen. */
const FORMULA = /^[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r]/u;

/** The start of a file, which tells spreadsheets that it is UTF-8. */
export const BYTE_ORDER_MARK = "\ufeff";

/** A value as a field: nothing where unknown; a text that could run as a formula begins with an apostrophe. */
export function csvField(value) {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Values as a line. */
export const csvLine = (values) => `${values.map(csvField).join(",")}\r\n`;
