// Whether two wordings are too alike: the longest run of words that a held-out and a trained wording share. Owns how a text is
// cut into units: English words (truth-teller is one), single Chinese characters; a slot, number or formula is one placeholder, marks are dropped.

import type { Language } from "@lemma/protocol";

/** A shared run of this many units makes two wordings too alike. */
export const SHARED_RUN: Readonly<Record<Language, number>> = { en: 5, zh: 8 };

// Derivatives, exp and lone letters inside formulas are formula too, whatever letters they have.
const FORMULA_WORDS = /\bd[a-z]?\s*\/\s*d[a-z]\b|\bexp\b|(?<=[\d^*/+=(>→-]\s*)[ai]\b|\b[ai](?=\s*[\^*/+=)→-])/g;
/** Words of a letter sum such as AB+BA=CDC. */
const LETTER_SUM = /\b[A-Z]{2,}(?=[+=])|(?<=[+=])[A-Z]{2,}\b/g;
const UNIT = /\{\w+\}|\p{Script=Han}|(?:\p{Script=Latin}{2,}-)+\p{Script=Latin}{2,}|[\p{L}\p{N}'’]+|[^\s\p{L}\p{N}]/gu;
const FORMULA = /[\p{N}=+*/^<>×·−{}]|^\p{L}$|^\p{L}'$/u;

/** The units of a text, in order; neighbouring formula units are one placeholder `#`. */
export function unitsOf(text: string): string[] {
  const units: string[] = [];
  for (const [unit] of text.replace(LETTER_SUM, "0").toLowerCase().replace(FORMULA_WORDS, "0").matchAll(UNIT)) {
    const formula =
      /^\{\w+\}$/.test(unit) || (FORMULA.test(unit) && !/^[ai]$|\p{Script=Han}/u.test(unit)) || unit === "-";
    if (formula) {
      if (units.at(-1) !== "#") units.push("#");
    } else if (/^[\p{L}]/u.test(unit)) units.push(unit);
  }
  return units;
}

/** All runs of `length` units in a text. */
export function runsOf(text: string, length: number): Set<string> {
  const units = unitsOf(text);
  const runs = new Set<string>();
  for (let i = 0; i + length <= units.length; i++) runs.add(units.slice(i, i + length).join(" "));
  return runs;
}

/** The runs that the second list of texts shares with the first, with a text of each list that has it. */
export function sharedRuns(trained: Iterable<string>, heldOut: Iterable<string>, language: Language): string[] {
  const length = SHARED_RUN[language];
  const known = new Map<string, string>();
  for (const text of trained) for (const run of runsOf(text, length)) if (!known.has(run)) known.set(run, text);
  const shared = new Map<string, string>();
  for (const text of heldOut)
    for (const run of runsOf(text, length))
      if (known.has(run)) shared.set(run, `"${run}" in "${text}" and "${known.get(run)}"`);
  return [...shared.values()];
}
