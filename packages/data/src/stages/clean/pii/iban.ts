// International bank account numbers: country, length and checksum must hold; groups of four with spaces or hyphens are fine.
//
// Work: from each pair of letters and digits at most 34 characters and the gaps between them are looked at.

import { ibanLength, passesIban } from "./checksums.ts";
import { type Found, isWordUnit } from "./kinds.ts";

const START = /[A-Za-z]{2}[ -]?\d{2}/g;

/** Finds IBANs. */
export function findIbans(text: string, found: Found): void {
  START.lastIndex = 0;
  for (let match = START.exec(text); match !== null; match = START.exec(text)) {
    const start = match.index;
    const length = ibanLength(match[0].slice(0, 2).toUpperCase());
    if (length === undefined || (start > 0 && isWordUnit(text.charCodeAt(start - 1)))) {
      START.lastIndex = start + 1;
      continue;
    }
    const end = ibanEnd(text, start, length);
    START.lastIndex = end ?? start + 1;
    if (end !== undefined) found("iban", start, end);
  }
}

function ibanEnd(text: string, start: number, length: number): number | undefined {
  let iban = "";
  let at = start;
  for (; iban.length < length; at++) {
    const code = text.charCodeAt(at);
    if (isWordUnit(code) && code !== 95) iban += text[at]!.toUpperCase();
    else if ((code !== 32 && code !== 45) || !isWordUnit(text.charCodeAt(at + 1))) return undefined;
  }
  return isWordUnit(text.charCodeAt(at)) || !passesIban(iban) ? undefined : at;
}
