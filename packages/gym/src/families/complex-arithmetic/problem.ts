// What a problem of complex arithmetic is, its answer and its spelling. Knows no wordings and no trace.

import { gcd } from "../../division.ts";

/** A complex number with whole parts. */
export type Complex = readonly [re: number, im: number];

export type Kind = "sum" | "difference" | "product" | "quotient" | "power";
export const KINDS: readonly Kind[] = ["sum", "difference", "product", "quotient", "power"];

/** Two numbers and what to do with them, or a number and an exponent from 2 up. */
export type ComplexProblem =
  | { readonly kind: Exclude<Kind, "power">; readonly z: Complex; readonly w: Complex }
  | { readonly kind: "power"; readonly z: Complex; readonly n: number };

/** The signs of an expression. */
export const SIGNS = { sum: "+", difference: "-", product: "*", quotient: "/" } as const;

export const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d || 0, a * d + b * c || 0];

/** c² + d². */
export const norm = ([c, d]: Complex): number => c * c + d * d;

/** The powers z, z², … zⁿ. */
export function powersOf(z: Complex, n: number): Complex[] {
  const powers: Complex[] = [z];
  while (powers.length < n) powers.push(times(powers.at(-1)!, z));
  return powers;
}

/** The answer: both parts over one whole number above 0. */
export function resultOf(problem: ComplexProblem): { value: Complex; under: number } {
  const { z } = problem;
  if (problem.kind === "power") return { value: powersOf(z, problem.n).at(-1)!, under: 1 };
  const { w } = problem;
  switch (problem.kind) {
    case "sum":
      return { value: [z[0] + w[0], z[1] + w[1]], under: 1 };
    case "difference":
      return { value: [z[0] - w[0], z[1] - w[1]], under: 1 };
    case "product":
      return { value: times(z, w), under: 1 };
    case "quotient":
      return { value: times(z, [w[0], -w[1]]), under: norm(w) };
  }
}

/** `-4/5`, `2`: a quotient in lowest terms. */
function quotientText(over: number, under: number): string {
  const common = gcd(Math.abs(over), under);
  return under === common ? String(over / common || 0) : `${over / common}/${under / common}`;
}

/** `3-2i`, `i`, `0`, `-4/5+(7/5)i`; with `space`, `3 - 2i`. */
export function complexText([re, im]: Complex, under = 1, space = ""): string {
  const real = quotientText(re, under);
  if (im === 0) return real;
  const size = quotientText(Math.abs(im), under);
  const unit = size === "1" ? "i" : size.includes("/") ? `(${size})i` : `${size}i`;
  if (re === 0) return `${im < 0 ? "-" : ""}${unit}`;
  return `${real}${space}${im < 0 ? "-" : "+"}${space}${unit}`;
}

/** The answer as text. */
export function answerOf(problem: ComplexProblem): string {
  const { value, under } = resultOf(problem);
  return complexText(value, under);
}

/** `(3+2i)*(1-2i)`, `(1+i)^3`. */
export const expression = (problem: ComplexProblem): string =>
  problem.kind === "power"
    ? `(${complexText(problem.z)})^${problem.n}`
    : `(${complexText(problem.z)})${SIGNS[problem.kind]}(${complexText(problem.w)})`;
