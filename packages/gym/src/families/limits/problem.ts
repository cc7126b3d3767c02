// Limits of quotients: what a side of a quotient may be, how it is spelled, and the limit itself. Knows no wordings and no trace.

import { joinTerms, withUnit } from "../../signed.ts";
import { fractionText } from "../../written-fraction.ts";
import { valueAt } from "../../written-value.ts";

/** Functions that behave at 0 like a power: like ax, "cos" (1-cos(ax)) like a²x²/2. */
export const FUNCTIONS = ["sin", "tan", "exp", "ln", "cos"] as const;

/** The coefficients of a polynomial, constant first and the last not 0, or a function of a·x that vanishes at 0. */
export type Side = readonly number[] | { readonly of: (typeof FUNCTIONS)[number]; readonly a: number };

/** Where the letter goes: a whole number, or one of the infinities. */
export type Point = number | "∞" | "-∞";

/** The limit of over/under as the letter goes to a point. */
export interface Limit {
  readonly letter: string;
  readonly to: Point;
  readonly over: Side;
  readonly under: Side;
}

/** The ways that lead to a limit. */
export const KINDS = ["put in", "cancel", "infinity", "known limit"] as const;

/** Whether a side is a polynomial. */
export const isPolynomial = (side: Side): side is readonly number[] => Array.isArray(side);

/** c·x^n in plain text: `3x^2`, `-x`, `7`. */
export const monomial = (c: number, n: number, x: string): string =>
  n === 0 ? String(c) : withUnit(c, n === 1 ? x : `${x}^${n}`);

/** The terms of a side in plain text, highest power first. */
export function termsOf(side: Side, x: string): string[] {
  if (isPolynomial(side)) return side.flatMap((c, n) => (c === 0 ? [] : [monomial(c, n, x)])).reverse();
  const inside = withUnit(side.a, x);
  if (side.of === "exp") return [`e^(${inside})`, "-1"];
  if (side.of === "ln") return [`ln(${joinTerms(["1", inside])})`];
  return side.of === "cos" ? ["1", `-cos(${inside})`] : [`${side.of}(${inside})`];
}

/** A side in plain text. */
export const spellSide = (side: Side, x: string, space = ""): string => joinTerms(termsOf(side, x), space);

/** over/under in plain text: `(x^2-4)/(x-2)`, `sin(3x)/(2x)`, and without a denominator that is 1. */
export function spellQuotient(over: Side, under: Side, x: string, space = ""): string {
  const isOne = isPolynomial(under) && under.length === 1 && under[0] === 1;
  const [top, bottom] = [spellSide(over, x, space), spellSide(under, x, space)];
  if (isOne) return top;
  const isBare = /^(?:\d+|[a-z]|[a-z]\^\d+|(?:sin|tan|ln)\([^()]*\))$/i.test(bottom);
  return `${termsOf(over, x).length > 1 ? `(${top})` : top}/${isBare ? bottom : `(${bottom})`}`;
}

/** A polynomial with the root a, divided by (x - a). */
export function divideOut(polynomial: readonly number[], a: number): number[] {
  const quotient: number[] = [];
  let carried = 0;
  for (const c of polynomial.slice(1).reverse()) {
    carried = carried * a + c;
    quotient.unshift(carried || 0);
  }
  return quotient;
}

/** What a side is like at 0, c·x^n/d; undefined for a polynomial of more than one term. */
function likeness(side: Side): { c: number; n: number; d: number } | undefined {
  if (!isPolynomial(side)) return side.of === "cos" ? { c: side.a ** 2, n: 2, d: 2 } : { c: side.a, n: 1, d: 1 };
  return side.filter((c) => c !== 0).length > 1 ? undefined : { c: side.at(-1)!, n: side.length - 1, d: 1 };
}

/** The kind of a limit; undefined where it isn't one of ours: a pole, a quotient that vanishes twice, functions of other orders. */
export function kindOf({ to, over, under }: Limit): (typeof KINDS)[number] | undefined {
  if (isPolynomial(over) && isPolynomial(under)) {
    if (typeof to === "string") return "infinity";
    if (valueAt(under, to) !== 0) return "put in";
    if (valueAt(over, to) !== 0 || Math.max(over.length, under.length) > 3 || over.length < 2) return undefined;
    return valueAt(divideOut(under, to), to) === 0 ? undefined : "cancel";
  }
  const [p, q] = [likeness(over), likeness(under)];
  if (!isPolynomial(under) && under.of === "cos") return undefined;
  return to === 0 && p !== undefined && q !== undefined && p.n === q.n ? "known limit" : undefined;
}

/** The limit: a number in lowest terms, `∞` or `-∞`; undefined at a pole, and where functions vanish in other orders. */
export function limitOf({ to, over, under }: Limit): string | undefined {
  if (!isPolynomial(over) || !isPolynomial(under)) {
    const [p, q] = [likeness(over), likeness(under)];
    if (to !== 0 || p === undefined || q === undefined || p.n !== q.n) return undefined;
    return fractionText(p.c * q.d, p.d * q.c);
  }
  if (typeof to === "number") {
    let [p, q] = [over, under];
    while (p.length > 1 && q.length > 1 && valueAt(p, to) === 0 && valueAt(q, to) === 0)
      [p, q] = [divideOut(p, to), divideOut(q, to)];
    return valueAt(q, to) === 0 ? undefined : fractionText(valueAt(p, to), valueAt(q, to));
  }
  const rise = over.length - under.length;
  if (rise < 0 || over.at(-1) === 0) return "0";
  const [c, d] = [over.at(-1)!, under.at(-1)!];
  if (rise === 0) return fractionText(c, d);
  const isNegative = (c < 0 !== d < 0) !== (to === "-∞" && rise % 2 === 1);
  return isNegative ? "-∞" : "∞";
}
