// The reasoning of a limit, by its kind. Putting in and cancelling call the numerator P and the denominator Q. Owns these lines.

import { operand } from "../../signed.ts";
import { writtenProduct } from "../../written.ts";
import { writtenFraction } from "../../written-fraction.ts";
import { linearSides, valueAt, writtenValue } from "../../written-value.ts";
import {
  divideOut,
  isPolynomial,
  kindOf,
  type Limit,
  monomial,
  type Side,
  spellQuotient,
  spellSide,
} from "./problem.ts";

/** Reasoning from the quotient to its limit. */
export function trace(problem: Limit): string[] {
  const kind = kindOf(problem);
  if (kind === "known limit") return knownLimit(problem);
  const [over, under] = [problem.over, problem.under] as [readonly number[], readonly number[]];
  if (typeof problem.to === "string") return atInfinity(problem, over, under);
  return kind === "cancel" ? cancelled(problem, over, under, problem.to) : putIn(over, under, problem.to);
}

function putIn(over: readonly number[], under: readonly number[], at: number): string[] {
  const lines = writtenValue("P", over, at);
  if (under.length === 1 && under[0] === 1) return lines;
  lines.push(...writtenValue("Q", under, at));
  return [...lines, ...writtenFraction(valueAt(over, at), valueAt(under, at), `P(${at})/Q(${at})`)];
}

/** The lines that split (x - a) off a polynomial with that root: `-2/(-2)=1`, `2x^2-3x-2=(x-2)(2x+1)`. */
function factorLines(polynomial: readonly number[], at: number, x: string): string[] {
  const rest = divideOut(polynomial, at);
  const factor = at === 0 ? x : `(${spellSide([-at, 1], x)})`;
  if (rest.length === 1) {
    if (rest[0] === 1) return [];
    return [`${spellSide(polynomial, x)}=${rest[0] === -1 ? "-" : rest[0]}${factor}`];
  }
  const other = spellSide(rest, x);
  const isSum = /\d*[a-z][+-]/i.test(other);
  if (!isSum) return at === 0 ? [] : [`${spellSide(polynomial, x)}=${factor}*${operand(other)}`];
  const lines = at === 0 ? [] : [`${polynomial[0]}/${operand(-at)}=${rest[0]}`];
  return [...lines, `${spellSide(polynomial, x)}=${factor}(${other})`];
}

function cancelled(problem: Limit, over: readonly number[], under: readonly number[], at: number): string[] {
  const x = problem.letter;
  const [p, q] = [divideOut(over, at), divideOut(under, at)];
  const shorter = spellQuotient(p, q, x);
  const lines = [
    ...writtenValue("P", over, at),
    ...writtenValue("Q", under, at),
    ...factorLines(over, at, x),
    ...factorLines(under, at, x),
    `lim ${spellQuotient(over, under, x)}=${p.length + q.length > 2 ? `lim ${bracketed(shorter)}` : shorter}`,
  ];
  if (p.length + q.length === 2) return [...lines, ...writtenFraction(p[0]!, q[0]!)];
  const [top, bottom] = [valueAt(p, at), valueAt(q, at)];
  const isOne = q.length === 1 && q[0] === 1;
  if (isOne) return [...lines, [`lim ${bracketed(shorter)}`, ...linearSides(p, at)].join("=")];
  for (const part of [p, q]) {
    const sides = linearSides(part, at);
    if (sides.length > 1) lines.push(sides.join("="));
  }
  return [...lines, ...writtenFraction(top, bottom, `lim ${shorter}`)];
}

/** A sum in parentheses: what `lim` goes with. */
const bracketed = (text: string): string => (/^[^(]*[^(^][+-]/.test(text) && !text.includes("/") ? `(${text})` : text);

function atInfinity(problem: Limit, over: readonly number[], under: readonly number[]): string[] {
  const { letter: x, to } = problem;
  const [n, m] = [over.length - 1, under.length - 1];
  const [c, d] = [over.at(-1)!, under.at(-1)!];
  const leading = (polynomial: readonly number[]): Side =>
    polynomial.map((k, i) => (i === polynomial.length - 1 ? k : 0));
  const whole = bracketed(spellQuotient(over, under, x));
  const highest = spellQuotient(leading(over), leading(under), x);
  const lines = whole === highest ? [] : [`lim ${whole}=lim ${highest}`];
  if (n === 0 && m === 0) return [...lines, ...writtenFraction(c, d)];
  if (n === m) return [...lines, ...writtenFraction(c, d, highest)];
  const rest = n > m ? spellQuotient(leading(over.slice(m)), [d], x) : spellQuotient([c], leading(under.slice(n)), x);
  if (rest !== highest) lines.push(`${highest}=${rest}`);
  if (n < m) return [...lines, `lim ${rest}=0`];
  const power = monomial(1, n - m, x);
  const isDown = to === "-∞" && (n - m) % 2 === 1;
  if (power !== rest) lines.push(`lim ${power}=${isDown ? "-∞" : "∞"}`);
  return [...lines, `lim ${rest}=${(c < 0 !== d < 0) !== isDown ? "-∞" : "∞"}`];
}

/**
 * Each function is replaced by the power that it is like at 0: `lim sin(3x)/(3x)=1`, then `lim sin(3x)/(2x)=lim 3x/(2x)`. The half of
 * x^2/2 goes into the denominator.
 */
function knownLimit({ letter: x, over, under }: Limit): string[] {
  const lines: string[] = [];
  const like = (side: Side): readonly number[] => {
    if (isPolynomial(side)) return side;
    const n = side.of === "cos" ? 2 : 1;
    const power = n === 1 ? [0, side.a] : [0, 0, side.a ** 2];
    if (n === 2 && Math.abs(side.a) > 1) lines.push(`${operand(side.a)}^2=${side.a ** 2}`);
    lines.push(`lim ${spellQuotient(side, power, x)}=${n === 1 ? "1" : "1/2"}`);
    return power;
  };
  const top = like(over);
  let bottom = like(under);
  if (!isPolynomial(over) && over.of === "cos") {
    lines.push(...writtenProduct(2, bottom[2]!));
    bottom = bottom.map((c) => 2 * c);
  }
  const powers = spellQuotient(top, bottom, x);
  lines.push(`lim ${spellQuotient(over, under, x)}=lim ${powers}`);
  return [...lines, ...writtenFraction(top.at(-1)!, bottom.at(-1)!, powers)];
}
