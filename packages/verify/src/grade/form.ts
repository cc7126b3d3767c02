// The form that an answer must have beside its value: a product of primes, a product of linear factors, a sum of powers without brackets.
// Owns the three forms; equality of values is judged elsewhere.

import type { Verdict } from "@lemma/protocol";
import type { Expression } from "../syntax/expression.ts";
import { readExpression } from "../syntax/statement.ts";
import { printExpression } from "../syntax/walk.ts";
import { proved, refuted, unknown } from "../verdict.ts";

/** `prime-factors`: `2^2*3*7`; `factored`: `2(x-1)(x+3)`; `expanded`: `2x^2+4x-6`, each power once. */
export type Form = "prime-factors" | "factored" | "expanded";

/** Numbers up to this are tried for primality. */
const LARGEST = 1_000_000_000_000n;

/** The verdict on the form of an expression; `unknown`/`unsupported` for an unknown form or a number that is too large. */
export function judgeForm(expression: Expression, form: string): Verdict {
  switch (form) {
    case "prime-factors":
      return judgePrimes(factorsOf(expression));
    case "factored":
      return judgeFactors(factorsOf(expression));
    case "expanded":
      return judgeTerms(expression.kind === "sum" ? expression.terms : [expression]);
    default:
      return unknown("unsupported");
  }
}

/**
 * The same for text; `variables` are letters that are unknowns even where mathematics has a constant.
 * @example
 * hasForm("2*2*3*7", "prime-factors"); // { verdict: "proved", method: "exact" }
 * hasForm("4*3*7", "prime-factors"); // { verdict: "refuted", witness: { "not prime": "4" } }
 */
export function hasForm(text: string, form: Form, variables: readonly string[] = []): Verdict {
  const reading = readExpression(text, { variables: new Set(variables) });
  return reading.ok ? judgeForm(reading.expression, form) : unknown("unparsed");
}

/** The factors of nested products, powers with a written exponent taken as their base. */
function factorsOf(e: Expression): Expression[] {
  if (e.kind === "product") return e.factors.flatMap(factorsOf);
  if (e.kind === "negative") return factorsOf(e.of);
  if (e.kind === "power" && wholeNumber(e.exponent) !== undefined) return factorsOf(e.base);
  return [e];
}

function wholeNumber(e: Expression): bigint | undefined {
  return e.kind === "number" && e.value.d === 1n && e.value.n >= 0n ? e.value.n : undefined;
}

function judgePrimes(factors: readonly Expression[]): Verdict {
  for (const factor of factors) {
    const value = wholeNumber(factor);
    if (value === undefined) return refuted({ "not a whole number": printExpression(factor) });
    if (value > LARGEST) return unknown("unsupported");
    if (value === 1n && factors.length === 1) continue;
    if (!isPrime(value)) return refuted({ "not prime": String(value) });
  }
  return proved();
}

function isPrime(value: bigint): boolean {
  if (value < 2n) return false;
  for (let p = 2n; p * p <= value; p++) if (value % p === 0n) return false;
  return true;
}

/** Degree in all letters together; undefined for what is no polynomial. */
function degreeOf(e: Expression): number | undefined {
  const degrees = (parts: readonly Expression[]) => {
    const found = parts.map(degreeOf);
    return found.includes(undefined) ? undefined : (found as number[]);
  };
  switch (e.kind) {
    case "number":
      return 0;
    case "symbol":
      return 1;
    case "negative":
      return degreeOf(e.of);
    case "sum":
      return degrees(e.terms)?.reduce((a, b) => Math.max(a, b));
    case "product":
      return degrees(e.factors)?.reduce((a, b) => a + b);
    case "quotient":
      return degreeOf(e.under) === 0 ? degreeOf(e.over) : undefined;
    case "power": {
      const [base, exponent] = [degreeOf(e.base), wholeNumber(e.exponent)];
      return base === undefined || exponent === undefined || exponent > 100n ? undefined : base * Number(exponent);
    }
    default:
      return undefined;
  }
}

function judgeFactors(factors: readonly Expression[]): Verdict {
  for (const factor of factors) {
    const over = factor.kind === "quotient" ? factorsOf(factor.over) : [factor];
    for (const part of over) {
      const degree = degreeOf(part);
      if (degree === undefined) return unknown("unsupported");
      if (degree > 1) return refuted({ "not linear": printExpression(part) });
    }
  }
  return proved();
}

/** The letters of a term with their exponents, `x^2`; undefined where a bracket is left. */
function powersOf(e: Expression): string | undefined {
  const powers = new Map<string, bigint>();
  for (const factor of termFactors(e)) {
    const exponent = factor.kind === "power" ? wholeNumber(factor.exponent) : 1n;
    const base = factor.kind === "power" ? factor.base : factor;
    if (base.kind === "number") continue;
    if (base.kind !== "symbol" || exponent === undefined) return undefined;
    powers.set(base.name, (powers.get(base.name) ?? 0n) + exponent);
  }
  return [...powers]
    .map(([name, exponent]) => `${name}^${exponent}`)
    .sort()
    .join("*");
}

function termFactors(e: Expression): Expression[] {
  if (e.kind === "product") return e.factors.flatMap(termFactors);
  if (e.kind === "negative") return termFactors(e.of);
  if (e.kind === "quotient" && e.under.kind === "number") return termFactors(e.over);
  return [e];
}

function judgeTerms(terms: readonly Expression[]): Verdict {
  const seen = new Set<string>();
  for (const term of terms) {
    const powers = powersOf(term);
    if (powers === undefined) return refuted({ "not expanded": printExpression(term) });
    if (seen.has(powers)) return refuted({ "not collected": printExpression(term) });
    seen.add(powers);
  }
  return proved();
}
