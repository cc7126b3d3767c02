// Lines that list things: the order in which they do is free. Owns the comparison with what a line should say; knows no family.

import type { Verdict } from "@lemma/protocol";
import { proved, refuted, type StepLine } from "@lemma/verify";

/**
 * The parts of a line (between commas and semicolons) in order of the alphabet; lists in brackets stay whole, theirs sorted too; a
 * word before the first list is a part of its own.
 */
const sorted = (text: string): string =>
  text
    .replace(/(\p{Script=Han}|\p{L}{2,}) (?=[A-Z]\[)/gu, "$1; ")
    .replace(/\[([^[\]]*)\]/g, (_, list: string) => `[${list.split(/,\s*/).sort().join(" ")}]`)
    .split(/[,;，；]/)
    .map((part) => part.trim().replace(/\s+/g, " "))
    .sort()
    .join();

/**
 * The verdict on a line that should be one of these, which say the same in different languages.
 * @example
 * sameLine({ index: 0, text: "A: C, B", label: "A", body: "C, B" }, ["A: B, C"]).verdict // "proved"
 */
export function sameLine({ label, body }: StepLine, expected: readonly string[]): Verdict {
  const isRight = expected.some((text) => {
    const at = text.indexOf(":");
    return text.slice(0, at) === label && sorted(text.slice(at + 1)) === sorted(body);
  });
  return isRight ? proved("enumeration") : refuted({ expected: expected[0]! });
}
