// Judges the lines of limits: `lim …` by working out the limit of what follows, `P(2)` and `Q(2)` as numerator and denominator at the
// point. Owns these two notations; all other lines are the general checker's.

import { equivalent, proved, refuted, type StepContext, type StepLine, type TaskVerdict } from "@lemma/verify";
import { sourcesOf } from "../../divisor-step.ts";
import { valueAt } from "../../written-value.ts";
import { isPolynomial, type Limit, limitOf } from "./problem.ts";
import { readWhole, withPowers } from "./reader.ts";

const VALUE = /([PQ])\((-?\d{1,6})\)/g;

/** What a side of a line is worth; undefined where it can't be read. */
function worth(side: string, problem: Limit): string | undefined {
  if (!side.startsWith("lim ")) {
    return side.replace(VALUE, (_, name, at) => {
      const polynomial = name === "P" ? problem.over : problem.under;
      return isPolynomial(polynomial) ? `(${valueAt(polynomial, Number(at))})` : name;
    });
  }
  const text = side.slice(4).trim();
  const found = readWhole(text) ?? readWhole(text.replace(/^\((.*)\)$/, "$1"));
  if (found === undefined) return undefined;
  return limitOf({ ...found, to: problem.to });
}

/** The verdict on a chain of equal sides with `lim` or `P(2)` in it; undefined for any other line. */
export function limitStep(problem: Limit, line: StepLine, context: StepContext): TaskVerdict | undefined {
  const { body } = line;
  const sides = body.split("=").map((side) => side.trim());
  if (sides.length < 2 || sides.includes("") || /[<>]/.test(body)) return undefined;
  if (!/^(?:lim |[PQ]\(-?\d{1,6}\))/.test(body)) return falseQuotient(sides, problem.letter);
  const [expected, ...others] = sides.map((side) => worth(side, problem));
  if (expected === undefined) return undefined;
  for (const [i, value] of others.entries()) {
    if (value === undefined || value === "") return undefined;
    const verdict = value === expected ? proved() : equivalent(expected, value);
    if (verdict.verdict === "refuted")
      return { ...refuted({ [sides[0]!]: expected, [sides[i + 1]!]: value }), from: [-1] };
    if (verdict.verdict !== "proved") return { ...verdict, from: [] };
  }
  const numbers = sides[0]!.replace(VALUE, "").match(/\d+/g) ?? [];
  return {
    ...proved(),
    from: numbers.length === 0 ? [-1] : sourcesOf(numbers, { ...context, question: withPowers(context.question) }),
  };
}

/** The refutation of a false identity that begins with a quotient in the letter, `3x^2/x^2=4`; true ones are the general checker's. */
function falseQuotient([first = "", ...others]: readonly string[], letter: string): TaskVerdict | undefined {
  if (!first.includes("/") || !first.includes(letter)) return undefined;
  for (const other of others) {
    const verdict = equivalent(first, other);
    if (verdict.verdict === "refuted") return { ...verdict, from: [-1] };
  }
  return undefined;
}
