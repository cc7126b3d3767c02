// Text-level checks of calculus for task families: is this a solution, is this the derivative? Judged by the kernel, not by form.

import type { Verdict } from "@lemma/protocol";
import { Budget, BudgetExhausted, Unsupported } from "../budget.ts";
import { compareExpressions } from "../compare/expressions.ts";
import { differentiate } from "../kernel/derivative.ts";
import type { Expression } from "../syntax/expression.ts";
import { readStatement } from "../syntax/statement.ts";
import { unknown } from "../verdict.ts";
import { judgeOdeSolution } from "./ode.ts";

function guarded(operations: number | undefined, judge: (budget: Budget) => Verdict): Verdict {
  try {
    return judge(new Budget(operations));
  } catch (problem) {
    if (problem instanceof BudgetExhausted) return unknown("budget");
    if (problem instanceof Unsupported) return unknown("unsupported");
    throw problem;
  }
}

/**
 * Whether `answer` (`y=…` or its right side) is the general solution of an ordinary differential equation, by its residual and its
 * free constants.
 * @example
 * solvesOde({ equation: "y'=x^2+y", function: "y", variable: "x" }, "y=C e^x-x^2-2x-2"); // { verdict: "proved", method: "residual" }
 */
export function solvesOde(
  problem: { readonly equation: string; readonly function: string; readonly variable: string },
  answer: string,
  operations?: number,
): Verdict {
  return guarded(operations, (budget) => judgeOdeSolution(problem, answer, budget));
}

/**
 * Whether `answer` (an expression, or an equality chain that ends in one) is the derivative of `of` with respect to `variable`.
 * @example
 * isDerivative("x^3+e^(2x)", "x", "3x^2+2e^(2x)"); // { verdict: "proved", method: "exact" }
 */
export function isDerivative(of: string, variable: string, answer: string, operations?: number): Verdict {
  const vocabulary = { variables: new Set([variable]) };
  const read = (text: string): Expression | undefined => {
    const reading = readStatement(text, vocabulary);
    if (!reading.ok) return undefined;
    const { statement } = reading;
    if (statement.kind === "expression") return statement.expression;
    const isEquality = statement.kind === "chain" && statement.operators.every((operator) => operator === "=");
    return isEquality ? statement.terms.at(-1) : undefined;
  };
  const original = read(of);
  if (original === undefined) return unknown("bad-input");
  const given = read(answer);
  if (given === undefined) return unknown("unparsed");
  return guarded(operations, (budget) => compareExpressions(given, differentiate(original, variable), budget));
}
