// The reasoning of a definite integral: term by term to the antiderivative F, over one denominator where it has fractions (G is then F
// times that), F or G at both bounds, and the difference. Owns these lines.

import { gcd, gcdLines } from "../../division.ts";
import { joinTerms, sumSides } from "../../signed.ts";
import { writtenSum } from "../../written.ts";
import { writtenFraction } from "../../written-fraction.ts";
import { valueAt, writtenValue } from "../../written-value.ts";
import { spell } from "../derivatives/problem.ts";
import { integrate, trace as integrateTerms, spellIntegral } from "../integrals/trace.ts";
import { antiderivative, type DefiniteIntegral } from "./problem.ts";

/** The lines that find the least common denominator of several. */
function commonDenominator(denominators: readonly number[]): string[] {
  const lines: string[] = [];
  let common = 1;
  for (const d of denominators) {
    if (common % d === 0) continue;
    const shared = gcd(common, d);
    if (common > 1) {
      if (shared > 1 && shared < common) lines.push(...gcdLines(common, d), `${d}/${shared}=${d / shared}`);
      if (shared < common) lines.push(`${common}*${d / shared}=${common * (d / shared)}`);
    }
    common *= d / shared;
  }
  return lines;
}

/** `2x^3/3=(6/3)*2x^3/6=2*2x^3/6=4x^3/6`: a term over the common denominator. */
function extended(c: number, n: number, own: number, under: number, x: string): string[] {
  if (own === under) return [];
  const by = under / own;
  const term = (k: number) => spell({ kind: "power", c: k, n }, x);
  const over = (text: string) => `${text}/${under}`;
  const minus = c < 0 ? "-" : "";
  const size = term(Math.abs(c));
  const sides = own === 1 ? [term(c)] : [`${term(c)}/${own}`, over(`${minus}(${under}/${own})*${size}`)];
  if (Math.abs(c) !== 1 || own === 1) sides.push(over(`${minus}${by}*${size}`));
  return [[...sides, over(term(c * by))].join("=")];
}

/** Reasoning from the integral to its value. */
export function trace(problem: DefiniteIntegral): string[] {
  const { letter: x, terms, from, to } = problem;
  const { coefficients, under } = antiderivative(problem);
  const lines = [...integrateTerms(problem), `F(${x})=${spellIntegral(problem).replace(/\+C$/, "")}`];
  const name = under === 1 ? "F" : "G";
  if (under > 1) {
    const parts = terms.map(integrate);
    lines.push(...commonDenominator(parts.map((part) => part.under)));
    lines.push(...parts.flatMap(({ term, under: own }) => extended(term.c, term.n, own, under, x)));
    const whole = parts.map(({ term, under: own }) => spell({ ...term, c: (term.c * under) / own }, x));
    lines.push(`G(${x})=${under}F(${x})=${joinTerms(whole)}`);
  }
  const [top, bottom] = [valueAt(coefficients, to), valueAt(coefficients, from)];
  lines.push(...writtenValue(name, coefficients, to), ...writtenValue(name, coefficients, from));
  const head = `${name}(${to})-${name}(${from})`;
  const sign = bottom < 0 ? "+" : "-";
  const sides = sumSides(top, sign, Math.abs(bottom));
  const sum = writtenSum(top, sign, Math.abs(bottom));
  if (sum.length === 1) lines.push([head, ...sides].join("="));
  else lines.push(...sum, `${head}=${top - bottom}`);
  return under === 1 ? lines : [...lines, ...writtenFraction(top - bottom, under, `F(${to})-F(${from})`)];
}
