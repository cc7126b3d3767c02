// How a relation is found: the facts on the way from one person to the other, then what each is to the last, one more at a time. Owns the lines;
// knows no wording.
//
//   Ann: mother of Bob           the facts, followed from the first person
//   Bob: brother of Dan
//   Dan: father of Eve
//   Dan to Eve: father
//   Bob to Eve: brother of father; uncle …       two relations, then the one that they make
//   Ann to Eve: mother of …

import type { Language } from "@lemma/protocol";
import { kinWord, stepWord } from "./kin.ts";
import { type Family, pathOf, relationsOf } from "./problem.ts";

/** All words of lines beside names and relations. */
export const FAMILY_VOCABULARY = ["of", "to"];

/** The reasoning. */
export function writeTrace(family: Family, names: readonly string[], language: Language): string[] {
  const path = pathOf(family, family.who, family.to)!;
  const relations = relationsOf(path)!;
  const last = names[family.to]!;
  const facts = path.map(
    ({ who, step, gender, to }) => `${names[who]}: ${stepWord(step, gender, language)} of ${names[to]}`,
  );
  const made = path.map(({ who, step, gender }, at) => {
    const next = relations[at + 1];
    const word = kinWord(relations[at]!, language);
    const from = next === undefined ? "" : `${stepWord(step, gender, language)} of ${kinWord(next, language)}; `;
    return `${names[who]} to ${last}: ${from}${word}`;
  });
  return [...facts, ...made.reverse()];
}
