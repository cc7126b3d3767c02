// The antiderivative of a sum of powers and exponentials, and the step lines that find it term by term. Knows no wordings.

import { gcd, gcdLines } from "../../division.ts";
import { joinTerms, operand } from "../../signed.ts";
import { type DerivativeProblem, spell, type Term } from "../derivatives/problem.ts";

/** c·x^n/d or c·e^(n·x)/d, in lowest terms, d from 1 up. */
export interface Quotient {
  readonly term: Term;
  readonly under: number;
}

/** What a term is divided by after its power is raised: n + 1, or the factor in the exponent. */
const divisorOf = ({ kind, n }: Term): number => (kind === "power" ? n + 1 : n);

/** The term with its power raised by one; exponentials stay as they are. */
const raised = ({ kind, c, n }: Term): Term => (kind === "power" ? { kind, c, n: n + 1 } : { kind, c, n });

/** The antiderivative of one term, without the constant. */
export function integrate(term: Term): Quotient {
  const by = divisorOf(term);
  const common = gcd(Math.abs(term.c), Math.abs(by)) * Math.sign(by);
  return { term: { ...raised(term), c: term.c / common }, under: by / common };
}

/** `2x^3`, `-5x^4/4`. */
const spellQuotient = ({ term, under }: Quotient, x: string): string =>
  spell(term, x) + (under === 1 ? "" : `/${under}`);

/** The antiderivative in plain text, in the order of the terms, with the free constant. */
export const spellIntegral = ({ terms, letter }: DerivativeProblem): string =>
  joinTerms([...terms.map((term) => spellQuotient(integrate(term), letter)), "C"]);

/** The lines of a term: `∫6x^2 dx=6x^3/3=2x^3`; a fraction is reduced by the gcd of its numbers. */
function termLines(term: Term, x: string): string[] {
  const by = divisorOf(term);
  const up = raised(term);
  const sides = [`∫${spell(term, x)} d${x}`];
  if (by === 1) return [[...sides, spell(up, x)].join("=")];
  sides.push(`${spell(up, x)}/${operand(by)}`);
  if (term.c % by === 0) return [[...sides, spell({ ...up, c: term.c / by }, x)].join("=")];
  const positive = by < 0 ? { ...up, c: -up.c } : up;
  const under = Math.abs(by);
  const whole = `${spell(positive, x)}/${under}`;
  if (by < 0) sides.push(whole);
  const common = gcd(Math.abs(term.c), under);
  if (common === 1) return [sides.join("=")];
  const bare = spell({ ...up, c: 1 }, x);
  const middle = `${positive.c < 0 ? "-" : ""}(${Math.abs(term.c)}/${common})${bare}/(${under}/${common})`;
  return [
    sides.join("="),
    ...gcdLines(Math.abs(term.c), under),
    [whole, middle, spellQuotient(integrate(term), x)].join("="),
  ];
}

/** The reasoning: one term after the other; the sum stands only in the box. */
export const trace = ({ terms, letter }: DerivativeProblem): string[] =>
  terms.flatMap((term) => termLines(term, letter));
