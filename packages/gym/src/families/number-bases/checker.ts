// The checker of numerals: judges spelled digits and letters with their values, and reads an answer back in its base. Plain arithmetic
// is the general checker's.

import type { Verdict } from "@lemma/protocol";
import { proved, refuted, type StepContext, type TaskChecker, type TaskVerdict, unknown } from "@lemma/verify";
import { wholeAnswer } from "../../answers.ts";
import { columnStep } from "../../column-step.ts";
import { quotientStep } from "../../quotient-step.ts";
import { sourcesOf } from "../../sources.ts";
import { type BaseProblem, baseNamed, DIGITS, totalOf, valueIn } from "./problem.ts";
import { readBases } from "./wordings.ts";

const LETTER = /^(?:([A-F])=(\d{1,3})|(\d{1,3})=([A-F]))$/;
const SPELLED = /^[0-9A-Z](?:,[0-9A-Z]){0,99}$/;

/** `A=10` stands on the question where the letter is read, `10=A` on the line that gave the 10. */
function letterStep(body: string, context: StepContext): TaskVerdict | undefined {
  const [, read, value, number, written] = LETTER.exec(body) ?? [];
  const letter = read ?? written;
  if (letter === undefined) return undefined;
  const claimed = (value ?? number)!;
  const right = String(DIGITS.indexOf(letter));
  if (claimed !== right) return refuted({ [letter]: right, claimed });
  const from = read === undefined ? sourcesOf([claimed], context) : [];
  return { ...proved(), from: from.length > 0 ? from : [-1] };
}

/** `back: 3, A, 1` is one of the given numerals, the digits of the result have its value. */
function digitsStep(
  problem: BaseProblem,
  label: string | undefined,
  body: string,
  context: StepContext,
): TaskVerdict | undefined {
  if (!SPELLED.test(body) || (label !== "back" && label !== "digits")) return undefined;
  const digits = body.split(",");
  if (label === "back") {
    const numeral = [...digits].reverse().join("");
    return problem.numerals.includes(numeral)
      ? { ...proved(), from: [-1] }
      : refuted({ "read forwards": numeral, given: problem.numerals.join(", ") });
  }
  const value = valueIn(digits.join(""), problem.to);
  const total = totalOf(problem);
  if (value !== total)
    return refuted({
      value: value === undefined ? `no numeral of base ${problem.to}` : String(value),
      wanted: String(total),
    });
  const numbers = digits.map((digit) => String(DIGITS.indexOf(digit)));
  const from = sourcesOf(numbers, context);
  return { ...proved(), from: from.length > 0 ? from : [-1] };
}

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";
/** Written before a numeral in programs. */
const PREFIXES: Readonly<Record<number, RegExp>> = { 2: /^0b/i, 8: /^0o/i, 16: /^0x/i };
const ANSWER =
  /^\(?([0-9a-f]{1,40})\)?(?:_\(?(\d{1,2})\)?|\(?(?:in)?base(\d{1,2})\)?|\(?(?:in)?(binary|octal|decimal|hexadecimal)\)?|\((\d{1,2}|[二八十六]{1,2})进制\))?$/i;

/** An answer without spaces, TeX, the side of an equation before it and commas between groups of digits. */
function plainAnswer(answer: string, to: number): string {
  const plain = answer
    .slice(0, 200)
    .replace(/[₀-₉]+/g, (digits) => `_${[...digits].map((digit) => SUBSCRIPTS.indexOf(digit)).join("")}`)
    .replace(/\\(?:text|mathrm|texttt)\s*\{([^{}]*)\}/g, "$1")
    .replace(/[\s$\\{}]/g, "")
    .replaceAll("（", "(")
    .replaceAll("）", ")")
    .replace(/^.*=/, "")
    .replace(/,(?=[0-9a-f]{3,4}(?![0-9a-f]))/gi, "");
  return plain.replace(PREFIXES[to] ?? /^(?!)/, "");
}

/** Reads the answer in its base: it must have the value of the given numeral, or of the sum. */
function judge(problem: BaseProblem, answer: string): Verdict {
  const { to } = problem;
  const total = totalOf(problem);
  const plain = plainAnswer(answer, to);
  const [, numeral, ...stated] = ANSWER.exec(plain.replace(/^-/, "")) ?? [];
  if (numeral === undefined) return to === 10 ? wholeAnswer(answer, String(total)) : unknown("unparsed");
  const name = stated.find((part) => part !== undefined);
  const base = name === undefined ? to : baseNamed(name);
  if (base !== to) return refuted({ base: String(base), wanted: String(to) });
  if (to <= 10 && !/\d/.test(numeral)) return unknown("unparsed");
  const value = valueIn(numeral, to);
  if (value === undefined) return refuted({ answer: numeral, "no numeral of base": String(to) });
  const read = plain.startsWith("-") ? -value : value;
  return read === total ? proved() : refuted({ value: String(read), wanted: String(total) });
}

/** Judges numerals in bases 2 to 16. */
export const basesChecker: TaskChecker<BaseProblem> = {
  id: "number-bases",
  recognise: readBases,
  // Bases and decimal numerals stand in the question, also where it has them in words.
  premises: ({ numerals, from, to }) => [
    `p=${from}`,
    `q=${to}`,
    ...(from === 10 && numerals.length === 1 ? [`n=${numerals[0]}`] : []),
  ],
  checkStep(problem, line, context) {
    const body = line.body.replaceAll(" ", "").toUpperCase();
    return (
      digitsStep(problem, line.label?.trim().toLowerCase(), body, context) ??
      letterStep(body, context) ??
      quotientStep(line, context) ??
      columnStep(line, context)
    );
  },
  checkAnswer: judge,
  answerBy: "recomputing",
};
