// How short answers are judged where families do it alike. Owns the reading of bare numbers and putting them back.

import type { Verdict } from "@lemma/protocol";
import { equivalent, unknown } from "@lemma/verify";

/** An answer as a number's text (`1,000` as `1000`, fractions and LaTeX as they are); undefined where it has words or no digit. */
export function numberText(answer: string): string | undefined {
  const text = answer.replace(/(?<=\d),(?=\d{3}(?!\d))/g, "").trim();
  return /\d/.test(text) && !/[a-z]/i.test(text.replace(/\\[a-z]+/gi, "")) ? text : undefined;
}

/** The verdict on an answer that must be this number, in any numeric form. */
export function wholeAnswer(answer: string, number: string, budget?: number): Verdict {
  const text = numberText(answer);
  return text === undefined ? unknown("unparsed") : equivalent(text, number, { budget });
}

/** No answer of a search is longer; a longer text isn't one, and the readers' work stays small. */
const LONGEST = 1000;

/** Whether a text is short enough to be an answer. */
export const isShort = (answer: string): boolean => answer.length <= LONGEST;

/** Whether an answer says that there is none: `impossible`, `no route`, 不可能. */
export const saysNone = (answer: string): boolean =>
  /^(?:it is )?(?:impossible|not possible|none|no (?:way|route|path|plan)|unreachable|不可能|无解|做不到|走不到|到不了|无)[.。]?$/i.test(
    answer.trim(),
  );

/** The verdict on values for the letters of an equation: put back, both sides must be equal. */
export function putBack(equation: string, values: ReadonlyMap<string, string>, budget?: number): Verdict {
  const [left = "", right = ""] = equation
    .replace(/[A-Za-z]/g, (letter) => `(${values.get(letter) ?? letter})`)
    .split("=");
  return equivalent(left, right, { budget });
}
