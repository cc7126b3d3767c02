// Finds a first-order linear equation with a constant coefficient in a text, in any of the notations that people type. Owns the
// scanner and the sorting of its terms.

import { questionText } from "../../question-text.ts";
import type { LinearOde } from "./problem.ts";

const TERM =
  /\s*([+-])?\s*(?:(d([a-z])\s*\/\s*d([a-z])|([a-z])'(?:\(([a-z])\))?)|(?:(\d+)\s*\*?\s*)?([a-z])(?![a-z'])(?:\(([a-z])\)|\s*\^\s*\{?(\d+)\}?)?|(\d+))/iuy;

interface Side {
  readonly terms: {
    sign: number;
    derivative?: string;
    variable?: string | undefined;
    c: number;
    letter?: string | undefined;
    n: number;
  }[];
  readonly end: number;
}

/** The equation in the text; undefined where none of this kind stands there. */
export function readOde(text: string): LinearOde | undefined {
  const plain = questionText(text);
  if (plain === undefined) return undefined;
  for (let start = 0; start < plain.length; start++) {
    if (/[\w^*/.)']/.test(plain[start - 1] ?? " ") || /\s/.test(plain[start]!)) continue;
    const left = readSide(plain, start);
    const equals = left && /^\s*=/.exec(plain.slice(left.end));
    if (left === undefined || !equals) continue;
    const right = readSide(plain, left.end + equals[0].length);
    if (right === undefined || /^\s*[*/^(=]|^\w/.test(plain.slice(right.end))) continue;
    const found = sorted([...left.terms, ...right.terms.map((term) => ({ ...term, sign: -term.sign }))]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function readSide(text: string, start: number): Side | undefined {
  const terms: Side["terms"] = [];
  let at = start;
  for (;;) {
    TERM.lastIndex = at;
    const match = TERM.exec(text);
    if (match === null || (terms.length > 0 && match[1] === undefined)) break;
    const [all, sign, whole, dy, dx, py, px, c, letter, argument, n, constant] = match;
    const s = sign === "-" ? -1 : 1;
    if (whole !== undefined) terms.push({ sign: s, derivative: (dy ?? py)!, variable: dx ?? px, c: 1, n: 0 });
    else if (constant !== undefined) terms.push({ sign: s, c: Number(constant), n: 0 });
    else terms.push({ sign: s, c: Number(c ?? 1), letter, n: Number(n ?? 1), variable: argument });
    at += all.length;
  }
  return terms.length === 0 ? undefined : { terms, end: at };
}

function sorted(terms: Side["terms"]): LinearOde | undefined {
  const derivatives = terms.filter((term) => term.derivative !== undefined);
  const [derivative] = derivatives;
  if (derivative === undefined || derivatives.length > 1) return undefined;
  const y = derivative.derivative!;
  let x = derivative.variable;
  let a = 0;
  const p = [0, 0, 0];
  for (const { sign, c, letter, n, derivative: is } of terms) {
    if (is !== undefined) continue;
    const value = -derivative.sign * sign * c;
    if (letter === y) {
      if (n !== 1) return undefined;
      a += value;
      continue;
    }
    if (letter !== undefined) x ??= letter;
    if ((letter !== undefined && letter !== x) || n > 2) return undefined;
    p[2 - n]! += value;
  }
  if (a === 0) return undefined;
  while (p.length > 0 && p[0] === 0) p.shift();
  return { y, x: x ?? (y === "x" ? "t" : "x"), p, a };
}
