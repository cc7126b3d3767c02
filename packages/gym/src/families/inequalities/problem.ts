// Inequalities in one unknown: linear ones, double ones and quadratic ones. Owns their normal form, spelling and solutions; knows no
// wordings and no trace.

import { joinTerms } from "../../signed.ts";
import { monomial } from "../limits/problem.ts";
import { discriminant, type Quadratic, roots } from "../quadratics/problem.ts";

/** The signs of an inequality. */
export type Sign = "<" | ">" | "<=" | ">=";

/** The coefficients of a side, constant first: up to x^2. */
export type Side = readonly [number, number, number];

/** Two sides and a sign, or three sides and two signs; the letter stands on the left, or in the middle. */
export interface Inequality {
  readonly letter: string;
  readonly sides: readonly Side[];
  readonly signs: readonly Sign[];
}

export const KINDS = ["one side", "both sides", "double", "quadratic"] as const;

const TURNED: Readonly<Record<Sign, Sign>> = { "<": ">", ">": "<", "<=": ">=", ">=": "<=" };

/** The sign read from the other side. */
export const turned = (sign: Sign): Sign => TURNED[sign];

/** Whether a side holds the letter. */
export const hasLetter = ([, m, a]: Side): boolean => m !== 0 || a !== 0;

/** A side in plain text, highest power first. */
export const spellSide = (side: Side, x: string, space = ""): string =>
  joinTerms(side.flatMap((c, n) => (c === 0 ? [] : [monomial(c, n, x)])).reverse(), space);

/** The whole inequality in plain text. */
export function spellInequality({ letter, sides, signs }: Inequality, space = ""): string {
  const texts = sides.map((side) => spellSide(side, letter, space));
  return texts.map((text, i) => (i === 0 ? text : `${space}${signs[i - 1]}${space}${text}`)).join("");
}

/** The kind of an inequality. */
export function kindOf({ sides }: Inequality): (typeof KINDS)[number] {
  if (sides.length === 3) return "double";
  if (sides.some(([, , a]) => a !== 0)) return "quadratic";
  return sides.every(hasLetter) ? "both sides" : "one side";
}

/** The same with the letter on the left, a double one rising; undefined where it is none of ours: solved already, or true for all or none. */
export function normal(letter: string, sides: readonly Side[], signs: readonly Sign[]): Inequality | undefined {
  const isTurned = sides.length === 3 ? signs[0]!.startsWith(">") : !hasLetter(sides[0]!);
  const problem = isTurned
    ? { letter, sides: [...sides].reverse(), signs: [...signs].reverse().map(turned) }
    : { letter, sides, signs };
  const [first, second, third] = problem.sides as [Side, Side, Side | undefined];
  if (third !== undefined) {
    const rises = problem.signs.every((sign) => sign.startsWith("<"));
    const [b, a, square] = second;
    if (!rises || hasLetter(first) || hasLetter(third) || a === 0 || square !== 0 || first[0] >= third[0])
      return undefined;
    return a === 1 && b === 0 ? undefined : problem;
  }
  const [c, b, a] = difference(problem);
  if (a !== 0) return roots(quadratic(problem)) === undefined ? undefined : problem;
  if (b === 0 || (first[1] === 1 && first[0] === 0 && !hasLetter(second))) return undefined;
  return Number.isInteger(c) ? problem : undefined;
}

/** Left minus right. */
export const difference = ({ sides: [left, right] }: Inequality): Side =>
  left!.map((c, n) => c - right![n]!) as unknown as Side;

/** The quadratic on the left once all stands there and its first coefficient is above 0. */
export function quadratic(problem: Inequality): Quadratic {
  const [c, b, a] = difference(problem);
  const sign = Math.sign(a);
  return { letter: problem.letter, a: a * sign, b: b * sign || 0, c: c * sign || 0 };
}

/** The sign of a quadratic inequality once its first coefficient is above 0. */
export const quadraticSign = (problem: Inequality): Sign =>
  difference(problem)[2] > 0 ? problem.signs[0]! : turned(problem.signs[0]!);

/** The solutions of a quadratic inequality: a relation, `all` or `none`; `or` stands between two rays. */
export function quadraticSolution(problem: Inequality, or: string): string {
  const { letter: x } = problem;
  const form = quadratic(problem);
  const sign = quadraticSign(problem);
  const [high, low = high] = roots(form)!;
  const isBelow = sign.startsWith("<");
  if (discriminant(form) < 0) return isBelow ? "none" : "all";
  if (discriminant(form) === 0) {
    if (sign === "<") return "none";
    return sign === ">=" ? "all" : `${x}${sign === ">" ? "!=" : "="}${high}`;
  }
  return isBelow ? `${low}${sign}${x}${sign}${high}` : `${x}${turned(sign)}${low}${or}${x}${sign}${high}`;
}
