// The form in which documents are compared. Owns the rules; everything after it works on this text.

/**
 * Lower case, then Unicode NFC, by the tables of the runtime.
 * @example normalForm("Cafe\u0301") // "café"
 */
export function normalForm(text: string): string {
  return text.toLowerCase().normalize("NFC");
}

/**
 * The form whose equality makes exact duplicates: the normal form with each run of white space as one space and none at the ends.
 * Punctuation stays: "12 + 30" and "12 − 30" are two documents.
 * @param normal what `normalForm` gave
 */
export function exactForm(normal: string): string {
  return normal.replace(/\s+/g, " ").trim();
}
