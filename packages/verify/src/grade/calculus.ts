// Text-level checks of calculus for task families: is this a solution, is this the derivative? Judged by the kernel, not by form.

import type { Verdict } from "@lemma/protocol";
import { Budget, BudgetExhausted, Unsupported } from "../budget.ts";
import { compareExpressions } from "../compare/expressions.ts";
import { differentiate } from "../kernel/derivative.ts";
import type { Expression } from "../syntax/expression.ts";
import { readStatement } from "../syntax/statement.ts";
import { symbolsOf } from "../syntax/walk.ts";
import { proved, refuted, unknown } from "../verdict.ts";
import { judgeOdeSolution, type OdeProblem, readCondition } from "./ode.ts";

function guarded(operations: number | undefined, judge: (budget: Budget) => Verdict): Verdict {
  try {
    return judge(new Budget(operations));
  } catch (problem) {
    if (problem instanceof BudgetExhausted) return unknown("budget");
    if (problem instanceof Unsupported) return unknown("unsupported");
    throw problem;
  }
}

/** An ordinary differential equation for a function of a variable, with conditions such as `y(0)=1`, `y'(0)=2` where there are any. */
export interface OdeQuestion {
  readonly equation: string;
  readonly function: string;
  readonly variable: string;
  readonly conditions?: readonly string[];
}

/**
 * Whether `answer` (`y=…` or its right side) solves an ordinary differential equation, by its residual: with conditions it must meet them,
 * and it must keep as many free constants as the conditions leave.
 * @example
 * solvesOde({ equation: "y'=x^2+y", function: "y", variable: "x" }, "y=C e^x-x^2-2x-2"); // { verdict: "proved", method: "residual" }
 */
export function solvesOde(question: OdeQuestion, answer: string, operations?: number): Verdict {
  const conditions: NonNullable<OdeProblem["conditions"]>[number][] = [];
  for (const text of question.conditions ?? []) {
    const condition = readCondition(text, question.function);
    if (condition === undefined) return unknown("bad-input");
    conditions.push(condition);
  }
  return guarded(operations, (budget) => judgeOdeSolution({ ...question, conditions }, answer, budget));
}

/** The expression of a text: alone, or at the end of an equality chain. */
function readValue(text: string, variable: string): Expression | undefined {
  const reading = readStatement(text, { variables: new Set([variable]) });
  if (!reading.ok) return undefined;
  const { statement } = reading;
  if (statement.kind === "expression") return statement.expression;
  const isEquality = statement.kind === "chain" && statement.operators.every((operator) => operator === "=");
  return isEquality ? statement.terms.at(-1) : undefined;
}

/**
 * Whether `answer` (an expression, or an equality chain that ends in one) is the derivative of `of` with respect to `variable`.
 * @example
 * isDerivative("x^3+e^(2x)", "x", "3x^2+2e^(2x)"); // { verdict: "proved", method: "exact" }
 */
export function isDerivative(of: string, variable: string, answer: string, operations?: number): Verdict {
  const original = readValue(of, variable);
  if (original === undefined) return unknown("bad-input");
  const given = readValue(answer, variable);
  if (given === undefined) return unknown("unparsed");
  return guarded(operations, (budget) => compareExpressions(given, differentiate(original, variable), budget));
}

/**
 * Whether `answer` is the indefinite integral of `of`: its derivative is the integrand, and it has a free constant (a letter that the
 * integrand does not have).
 * @example
 * isAntiderivative("2x", "x", "x^2+C"); // { verdict: "proved", method: "residual" }
 * isAntiderivative("2x", "x", "x^2"); // { verdict: "refuted", witness: { "free constants": "0", … } }
 */
export function isAntiderivative(of: string, variable: string, answer: string, operations?: number): Verdict {
  const integrand = readValue(of, variable);
  if (integrand === undefined) return unknown("bad-input");
  const given = readValue(answer, variable);
  if (given === undefined) return unknown("unparsed");
  return guarded(operations, (budget) => {
    const verdict = compareExpressions(differentiate(given, variable), integrand, budget);
    if (verdict.verdict !== "proved") return verdict;
    const known = symbolsOf(integrand);
    const constants = [...symbolsOf(given)].filter((name) => name !== variable && !known.has(name));
    return constants.length > 0 ? proved("residual") : refuted({ "free constants": "0", "free constants needed": "1" });
  });
}
