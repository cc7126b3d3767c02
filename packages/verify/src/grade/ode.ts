// Solutions of ordinary differential equations, checked by their residual: put the answer and its derivatives into the equation and
// compare both sides. A general solution must keep its free constants: one that lost them is not one.

import type { Verdict } from "@lemma/protocol";
import type { Budget } from "../budget.ts";
import { compareExpressions } from "../compare/expressions.ts";
import { differentiate } from "../kernel/derivative.ts";
import { determinant } from "../syntax/derived.ts";
import type { Chain, Expression } from "../syntax/expression.ts";
import { readExpression, readStatement } from "../syntax/statement.ts";
import { printExpression, substitute, symbolsOf } from "../syntax/walk.ts";
import { proved, refuted, unknown } from "../verdict.ts";

/** An equation such as `y'=x^2+y` for the function y of x, with initial conditions such as `y(0)=1` where there are any. */
export interface OdeProblem {
  readonly equation: string;
  readonly function: string;
  readonly variable: string;
  readonly conditions?: readonly { readonly order: number; readonly at: Expression; readonly value: Expression }[];
}

const MAX_ORDER = 3;
const ZERO: Expression = { kind: "number", value: { n: 0n, d: 1n } };

/** Judges `y=…` or the bare right side as a solution: the general one, or the one that meets the conditions. */
export function judgeOdeSolution(problem: OdeProblem, answer: string, budget: Budget): Verdict {
  const equation = readEquation(problem);
  if (equation === undefined) return unknown("bad-input");
  const solution = readSolution(problem, answer);
  if (solution === undefined) return unknown("unparsed");
  const order = orderOf(equation, problem.function);
  if (order === 0 || order > MAX_ORDER) return unknown("unsupported");
  const symbols = symbolsOf(solution);
  if ([...symbols].some((name) => name.replace(/'+$/, "") === problem.function)) return unknown("unsupported");

  const values = new Map<string, Expression>([[problem.function, solution]]);
  let derivative = solution;
  for (let k = 1; k <= order; k++) {
    derivative = differentiate(derivative, problem.variable);
    values.set(problem.function + "'".repeat(k), derivative);
  }
  const [left, right] = equation.terms.map((term) => substitute(term, values)) as [Expression, Expression];
  const residual = compareExpressions(left, right, budget);
  if (residual.verdict !== "proved") return residual;

  const conditions = problem.conditions ?? [];
  if (conditions.length > 0) {
    const met = meetsConditions(problem, conditions, values, budget);
    if (met.verdict !== "proved" || conditions.length >= order) return met;
  }
  const given = symbolsOf(...equation.terms);
  const constants = [...symbols].filter((name) => name !== problem.variable && !given.has(name)).sort();
  return isComplete(solution, constants, order - conditions.length, problem.variable, budget);
}

/** Reads a condition such as `y(0)=1` or `y'(0)=2`; undefined where the text is none. */
export function readCondition(text: string, name: string): NonNullable<OdeProblem["conditions"]>[number] | undefined {
  const found = /^\s*([a-zA-Z]+)\s*('*)\s*\(([^=]+)\)\s*=(.+)$/.exec(text);
  if (found === null || found[1] !== name) return undefined;
  const [at, value] = [readExpression(found[3]!), readExpression(found[4]!)];
  return at.ok && value.ok ? { order: found[2]!.length, at: at.expression, value: value.expression } : undefined;
}

/** Reads `(f, x)` from the texts of a verifier: `dy/dx` and `y(x)` are the function's spellings. */
function readEquation(problem: OdeProblem): Chain | undefined {
  const reading = readStatement(plainFunction(problem.equation, problem));
  if (!reading.ok || reading.statement.kind !== "chain") return undefined;
  const chain = reading.statement;
  return chain.terms.length === 2 && chain.operators[0] === "=" ? chain : undefined;
}

/** The right side of `y = …` (or `y(x) = … = …`, its last term), or an expression alone. */
function readSolution(problem: OdeProblem, answer: string): Expression | undefined {
  const reading = readStatement(plainFunction(answer, problem));
  if (!reading.ok) return undefined;
  const { statement } = reading;
  if (statement.kind === "expression") return statement.expression;
  if (statement.kind !== "chain" || statement.operators.some((operator) => operator !== "=")) return undefined;
  const first = statement.terms[0]!;
  if (first.kind !== "symbol" || first.name !== problem.function) return undefined;
  return statement.terms.at(-1);
}

/** `y(x)` written as `y`. */
function plainFunction(text: string, problem: OdeProblem): string {
  const name = problem.function.replace(/[^a-zA-Z]/g, "");
  const variable = problem.variable.replace(/[^a-zA-Z]/g, "");
  return text.replace(new RegExp(`(?<![a-zA-Z])(${name}'*)\\s*\\(\\s*${variable}\\s*\\)`, "g"), "$1");
}

function orderOf(equation: Chain, name: string): number {
  let order = 0;
  for (const symbol of symbolsOf(...equation.terms)) {
    if (symbol.startsWith(`${name}'`)) order = Math.max(order, symbol.length - name.length);
  }
  return order;
}

function meetsConditions(
  problem: OdeProblem,
  conditions: NonNullable<OdeProblem["conditions"]>,
  values: ReadonlyMap<string, Expression>,
  budget: Budget,
): Verdict {
  for (const condition of conditions) {
    const value = values.get(problem.function + "'".repeat(condition.order));
    if (value === undefined) return unknown("unsupported");
    const here = substitute(value, new Map([[problem.variable, condition.at]]));
    const verdict = compareExpressions(here, condition.value, budget);
    if (verdict.verdict === "refuted") {
      const point = { [problem.variable]: printExpression(condition.at) };
      return refuted({ ...verdict.witness, ...point, expected: printExpression(condition.value) });
    }
    if (verdict.verdict !== "proved") return verdict;
  }
  return proved("residual");
}

/**
 * A general solution with n free constants depends on them independently. Proved where it is affine in them and the Wronskian of n of their
 * coefficients is not zero: for linear equations that is every solution.
 */
function isComplete(
  solution: Expression,
  constants: readonly string[],
  needed: number,
  variable: string,
  budget: Budget,
): Verdict {
  const slopes: Expression[] = [];
  for (const name of constants) {
    const slope = differentiate(solution, name);
    const vanishes = compareExpressions(slope, ZERO, budget);
    if (vanishes.verdict === "proved") continue;
    if (vanishes.verdict !== "refuted") return unknown("undecided");
    slopes.push(slope);
  }
  const tooFew = (count: number): Verdict =>
    refuted({
      solution: printExpression(solution).slice(0, 200),
      "free constants": String(count),
      "free constants needed": String(needed),
    });
  if (slopes.length < needed) return tooFew(slopes.length);
  const names = new Set(constants);
  for (const slope of slopes) {
    for (const symbol of symbolsOf(slope)) {
      if (!names.has(symbol)) continue;
      const curvature = compareExpressions(differentiate(slope, symbol), ZERO, budget);
      if (curvature.verdict !== "proved") return unknown("undecided");
    }
  }
  if (needed <= 1) return proved("residual");
  let isDependent = true;
  for (const choice of choices(slopes, needed)) {
    const vanishes = compareExpressions(wronskian(choice, variable), ZERO, budget);
    if (vanishes.verdict === "refuted") return proved("residual");
    if (vanishes.verdict === "unknown") isDependent = false;
  }
  // Solutions of a linear equation whose Wronskian vanishes are multiples of fewer.
  return isDependent ? tooFew(needed - 1) : unknown("undecided");
}

/** All choices of k values in order. */
function choices<T>(values: readonly T[], k: number): T[][] {
  if (k === 0) return [[]];
  return values.flatMap((value, at) => choices(values.slice(at + 1), k - 1).map((rest) => [value, ...rest]));
}

function wronskian(functions: readonly Expression[], variable: string): Expression {
  const rows: Expression[][] = [[...functions]];
  while (rows.length < functions.length) rows.push(rows.at(-1)!.map((f) => differentiate(f, variable)));
  return determinant(rows)!;
}
