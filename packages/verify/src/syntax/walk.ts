// Small questions about syntax trees: which symbols and numbers occur, substitution, printing. Knows no mathematics.

import { type Rational, toText } from "../number/rational.ts";
import type { Expression, Statement } from "./expression.ts";

/** The direct parts of an expression. */
export function partsOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case "sum":
      return e.terms;
    case "product":
      return e.factors;
    case "quotient":
      return [e.over, e.under];
    case "negative":
    case "root":
    case "call":
      return [e.of];
    case "power":
      return [e.base, e.exponent];
    default:
      return [];
  }
}

/** Adds every symbol of the expression to a set. */
export function collectSymbols(e: Expression, into: Set<string>): void {
  if (e.kind === "symbol") into.add(e.name);
  else for (const part of partsOf(e)) collectSymbols(part, into);
}

/** All symbols of some expressions. */
export function symbolsOf(...expressions: readonly Expression[]): Set<string> {
  const found = new Set<string>();
  for (const e of expressions) collectSymbols(e, found);
  return found;
}

/** Adds every number of the expression to a list. */
export function collectNumbers(e: Expression, into: Rational[]): void {
  if (e.kind === "number") into.push(e.value);
  else for (const part of partsOf(e)) collectNumbers(part, into);
}

/** The expressions of a statement, in order. */
export function expressionsOf(statement: Statement): Expression[] {
  switch (statement.kind) {
    case "expression":
      return [statement.expression];
    case "chain":
      return [...statement.terms];
    case "all":
    case "any":
      return statement.parts.flatMap(expressionsOf);
    case "tuple":
    case "set":
      return statement.items.flatMap(expressionsOf);
    case "congruence":
      return [...statement.terms, statement.modulus];
    case "infinity":
      return [];
    case "complement":
      return expressionsOf(statement.of);
    case "interval":
      return [statement.low, statement.high].filter((bound) => bound !== undefined);
  }
}

/** The expression with symbols replaced by expressions. */
export const substitute = (e: Expression, values: ReadonlyMap<string, Expression>): Expression =>
  mapParts(e, (part) => (part.kind === "symbol" ? values.get(part.name) : undefined));

/** The expression with its numbers replaced. */
export const mapNumbers = (
  e: Expression,
  by: (node: Extract<Expression, { kind: "number" }>) => Expression,
): Expression => mapParts(e, (part) => (part.kind === "number" ? by(part) : undefined));

/** The expression with the outermost parts replaced for which `by` gives something else. */
export function mapParts(e: Expression, by: (part: Expression) => Expression | undefined): Expression {
  const other = by(e);
  if (other !== undefined) return other;
  const go = (part: Expression): Expression => mapParts(part, by);
  switch (e.kind) {
    case "sum":
      return { kind: "sum", terms: e.terms.map(go) };
    case "product":
      return { kind: "product", factors: e.factors.map(go) };
    case "quotient":
      return { kind: "quotient", over: go(e.over), under: go(e.under) };
    case "negative":
      return { kind: "negative", of: go(e.of) };
    case "root":
      return { kind: "root", degree: e.degree, of: go(e.of) };
    case "call":
      return { kind: "call", name: e.name, of: go(e.of) };
    case "power":
      return { kind: "power", base: go(e.base), exponent: go(e.exponent) };
    default:
      return e;
  }
}

/** Plain ASCII text that reads back to an equal expression. */
export function printExpression(e: Expression): string {
  switch (e.kind) {
    case "number":
      return e.value.d === 1n && e.value.n >= 0n ? toText(e.value) : `(${toText(e.value)})`;
    case "constant":
    case "symbol":
      return e.name;
    case "sum":
      return `(${e.terms.map(printExpression).join("+").replaceAll("+-", "-")})`;
    case "product":
      return e.factors.map(printFactor).join("*");
    case "quotient":
      return `${printFactor(e.over)}/${printFactor(e.under)}`;
    case "negative":
      return `-${printFactor(e.of)}`;
    case "power":
      return `${printFactor(e.base)}^${printFactor(e.exponent)}`;
    case "root":
      return e.degree === 2 ? `sqrt(${printExpression(e.of)})` : `\\sqrt[${e.degree}]{${printExpression(e.of)}}`;
    case "call":
      return e.name === "factorial" ? `(${printExpression(e.of)})!` : `${e.name}(${printExpression(e.of)})`;
  }
}

function printFactor(e: Expression): string {
  const text = printExpression(e);
  return e.kind === "product" || e.kind === "quotient" || e.kind === "negative" || e.kind === "power"
    ? `(${text})`
    : text;
}

/** Whether a part of the expression passes a test. */
export function hasPart(e: Expression, test: (part: Expression) => boolean): boolean {
  return test(e) || partsOf(e).some((part) => hasPart(part, test));
}

/** Whether the expression has more than `limit` parts; stops counting there, so that shared parts can't make it long. */
export function isLargerThan(e: Expression, limit: number): boolean {
  const open = [e];
  for (let count = 0; open.length > 0; count++) {
    if (count > limit) return true;
    open.push(...partsOf(open.pop()!));
  }
  return false;
}
