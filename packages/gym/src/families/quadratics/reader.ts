// Reads a typed quadratic equation out of a question (`Solve 2t² = 7t - 3`). Owns the scanner of its two sides.

import type { Quadratic } from "./problem.ts";

const TERM =
  /\s*([+-])?\s*(?:(?:(\d+)(?:\s*\*\s*)?)?([a-z])\s*\^\s*(?:2(?!\d)|\{2\})|(?:(\d+)(?:\s*\*\s*)?)?([a-z])(?![a-z^({'])|(\d+)(?!\d|\.\d))/iy;

/** A side as coefficients of x^2, x and 1, its letters, and where it ends. */
export interface Side {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly letters: ReadonlySet<string>;
  readonly end: number;
}

/** One side of an equation or inequality, a sum of powers up to the square, from a place on. */
export function readSide(text: string, start: number): Side | undefined {
  let [a, b, c] = [0, 0, 0];
  const letters = new Set<string>();
  let at = start;
  let count = 0;
  for (;;) {
    TERM.lastIndex = at;
    const match = TERM.exec(text);
    if (match === null || (count > 0 && match[1] === undefined)) break;
    const [all, sign, ca, xa, cb, xb, plain] = match;
    const s = sign === "-" ? -1 : 1;
    if (xa !== undefined) a += s * Number(ca ?? 1);
    else if (xb !== undefined) b += s * Number(cb ?? 1);
    else c += s * Number(plain);
    const letter = xa ?? xb;
    if (letter !== undefined) letters.add(letter);
    at += all.length;
    count++;
  }
  return count === 0 ? undefined : { a, b, c, letters, end: at };
}

/** The equation in the text, brought to ax^2+bx+c=0 with a > 0; undefined where none stands there, or another beside it. */
export function readTypedQuadratic(plain: string): Quadratic | undefined {
  if (
    !plain.includes("=") ||
    !plain.includes("^") ||
    /[a-z]\s*'(?![a-z])|d[a-z]\s*\/\s*d[a-z]|∫|\\int|[<>≤≥]/i.test(plain) ||
    /derivative|differentiat|slope|tangent|gradient|rate of change|curve|[导斜]|切线|曲线|变化率/i.test(plain) // a curve is no equation to solve
  )
    return undefined;
  for (let start = 0; start < plain.length; start++) {
    if (!/[\da-z+-]/i.test(plain[start]!) || /[\w.)]\s*$/.test(keptBefore(plain, start))) continue;
    if (/[-+^*/=(']\s*$/.test(plain.slice(0, start))) continue;
    const left = readSide(plain, start);
    const equals = left && /^\s*=/.exec(plain.slice(left.end));
    if (left === undefined || !equals) continue;
    const right = readSide(plain, left.end + equals[0].length);
    if (right === undefined || /^\s*(?:[*/^(=]|[-+]\s*[\w(])|^\w/.test(plain.slice(right.end))) continue;
    if (/=\s*[-\w(]/.test(`${plain.slice(0, start)} ${plain.slice(right.end)}`)) return undefined;
    const letters = new Set([...left.letters, ...right.letters]);
    const [letter] = letters;
    const [a, b, c] = [left.a - right.a, left.b - right.b, left.c - right.c];
    if (letter === undefined || letters.size > 1 || a === 0) continue;
    const sign = Math.sign(a);
    return { letter, a: a * sign, b: b * sign || 0, c: c * sign || 0 };
  }
  return undefined;
}

/** What touches the place on the left: a word before a space does not. */
const keptBefore = (plain: string, start: number): string => {
  const before = plain.slice(0, start);
  return /\s$/.test(before) && !/[+-]/.test(plain[start]!) ? "" : before;
};
