// Functions that are sums of powers and exponentials: their spelling, order and derivative. Knows no wordings and no trace.

import { joinTerms, operand } from "../../signed.ts";

/** c·x^n (kind "power", n from 0) or c·e^(n·x) (kind "exponential", n not 0). */
export interface Term {
  readonly kind: "power" | "exponential";
  readonly c: number;
  readonly n: number;
}

/** A function of one letter. */
export interface DerivativeProblem {
  readonly letter: string;
  readonly terms: readonly Term[];
}

/** One term in plain text: `3x^2`, `-x`, `7`, `2e^(3x)`. */
export function spell({ kind, c, n }: Term, x: string): string {
  if (kind === "power" && n === 0) return String(c);
  const body = kind === "power" ? (n === 1 ? x : `${x}^${n}`) : `e^(${n === 1 ? "" : n === -1 ? "-" : n}${x})`;
  return c === 1 ? body : c === -1 ? `-${body}` : `${c}${body}`;
}

/** The derivative of one term; undefined for a constant. */
export function derive({ kind, c, n }: Term): Term | undefined {
  if (kind === "exponential") return { kind, c: c * n, n };
  return n === 0 ? undefined : { kind, c: c * n, n: n - 1 };
}

/** The whole function in plain text. */
export const spellFunction = ({ terms, letter }: DerivativeProblem, space = ""): string =>
  joinTerms(
    terms.map((term) => spell(term, letter)),
    space,
  );

/** The derivative in plain text, in the order of the terms. */
export const spellDerivative = ({ terms, letter }: DerivativeProblem): string =>
  joinTerms(terms.flatMap((term) => derive(term) ?? []).map((term) => spell(term, letter)));

/** The step line of a term: `(3x^4)'=3*4x^3=12x^3`; a side that repeats the one before is left out. */
export function stepLine(term: Term, x: string): string {
  const { kind, c, n } = term;
  const sides = [`(${spell(term, x)})'`];
  const result = derive(term);
  if (result !== undefined && Math.abs(c) !== 1 && n !== 1) {
    const product = `${c}*${operand(n)}`;
    sides.push(
      kind === "exponential" ? product + spell({ kind, c: 1, n }, x) : product + spell({ kind, c: 1, n: n - 1 }, x),
    );
  }
  sides.push(result === undefined ? "0" : spell(result, x));
  return sides.join("=");
}
