// How short answers are judged where every family does it alike. Owns the reading of a bare number.

import type { Verdict } from "@lemma/protocol";
import { equivalent, unknown } from "@lemma/verify";

/** The verdict on an answer that must be this number: any numeric form counts, thousands commas too; words are not read. */
export function wholeAnswer(answer: string, number: string): Verdict {
  const text = answer.replace(/(?<=\d),(?=\d{3})/g, "");
  if (!/\d/.test(text) || /[a-z]/i.test(text.replace(/\\[a-z]+/gi, ""))) return unknown("unparsed");
  return equivalent(text, number);
}
