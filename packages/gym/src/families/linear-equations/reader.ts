// Reads a typed linear equation out of a question (`Solve (2/3)t + 4 = 8 please`). Owns a scanner for the six shapes; anything
// else is left to the general checker.

import type { LinearEquation } from "./problem.ts";

interface Side {
  readonly letters: string[];
  x: number;
  n: number;
  constant: number;
  terms: number;
  /** k(x+b) or (x+b)/n stands alone on its side. */
  group?: { k: number; b: number; n: number };
}

const TERM =
  /\s*([+-])?\s*(?:(?:(\d+)(?:\s*\*\s*)?)?\(\s*([a-z])\s*([+-])\s*(\d+)\s*\)(?:\s*\/\s*(\d+))?|\(\s*(-?\d+)\s*\/\s*(\d+)\s*\)\s*\*?\s*([a-z])|(\d+)\s*\/\s*(\d+)\s*\*?\s*([a-z])(?![a-z])|(?:(\d+)(?:\s*\*\s*)?)?([a-z])(?![a-z(])(?:\s*\/\s*(\d+))?|(\d+))/iy;

/** The equation in the text, with the first letter that fits; undefined where none of the shapes stands there. */
export function readTypedEquation(plain: string): LinearEquation | undefined {
  if (!plain.includes("=") || /²|print|console|`|[a-z]\s*'(?![a-z])|d[a-z]\s*\/\s*d[a-z]/i.test(plain))
    return undefined;
  for (let start = 0; start < plain.length; start++) {
    if (!/[\d(a-z+-]/i.test(plain[start]!) || /[\w.]$|[-+^*/=(')]\s*$/.test(plain.slice(0, start))) continue;
    // A sign behind a term goes on with it: this would be the end of a longer side.
    if (/[+-]/.test(plain[start]!) && /(?:\d|\)|\b[a-z])\s*$/i.test(plain.slice(0, start))) continue;
    const left = readSide(plain, start);
    if (left === undefined || plain[left.end] !== "=") continue;
    const right = readSide(plain, left.end + 1);
    if (right === undefined || /^[\s]*[*/^('=]/.test(plain.slice(right.end)) || /[\w]/.test(plain[right.end] ?? " "))
      continue;
    if (/=\s*[-\w(]/.test(`${plain.slice(0, start)} ${plain.slice(right.end)}`)) return undefined;
    const found = shapeOf(left.side, right.side);
    if (found !== undefined) return found;
  }
  return undefined;
}

function readSide(text: string, start: number): { side: Side; end: number } | undefined {
  const side: Side = { letters: [], x: 0, n: 1, constant: 0, terms: 0 };
  let at = start;
  for (;;) {
    TERM.lastIndex = at;
    const match = TERM.exec(text);
    if (match === null || (side.terms > 0 && match[1] === undefined)) break;
    const [all, sign, k, gx, gsign, gb, gn, fp, fq, fx, sp, sq, sx, c, x, n, plain] = match;
    const s = sign === "-" ? -1 : 1;
    if (gx !== undefined) side.group = { k: s * Number(k ?? 1), b: Number(`${gsign}${gb}`), n: Number(gn ?? 1) };
    else if (plain !== undefined) side.constant += s * Number(plain);
    else {
      side.x += s * Number(fp ?? sp ?? c ?? 1);
      side.n = Number(fq ?? sq ?? n ?? 1);
    }
    const letter = gx ?? fx ?? sx ?? x;
    if (letter !== undefined) side.letters.push(letter);
    side.terms++;
    at += all.length;
  }
  if (side.terms === 0) return undefined;
  const end = at + (/^\s*(?==)/.exec(text.slice(at))?.[0].length ?? 0);
  return { side, end };
}

function shapeOf(left: Side, right: Side): LinearEquation | undefined {
  const letters = [...left.letters, ...right.letters];
  const letter = letters[0];
  if (
    letter === undefined ||
    letters.some((other) => other !== letter) ||
    left.letters.length > 1 ||
    right.letters.length > 1
  )
    return undefined;
  if (left.letters.length === 0) return shapeOf(right, left);
  const base = { letter, a: 1, b: left.constant, c: right.constant, d: 0, n: 1 };
  if (left.group !== undefined) {
    const { k, b, n } = left.group;
    if (left.terms > 1 || right.letters.length > 0 || (k !== 1 && n !== 1)) return undefined;
    return n === 1 ? { ...base, shape: "a(x+b)=c", a: k, b } : { ...base, shape: "(x+b)/n=c", b, n };
  }
  if (right.group !== undefined || right.n !== 1 || left.x === 0) return undefined;
  if (right.letters.length > 0)
    return left.n === 1 ? { ...base, shape: "ax+b=cx+d", a: left.x, c: right.x, d: right.constant } : undefined;
  if (left.n === 1 && left.x === 1 && left.terms === 1 && left.constant === 0) return undefined; // x = 5 is solved
  if (left.n === 1) return { ...base, shape: "ax+b=c", a: left.x };
  return left.x === 1 ? { ...base, shape: "x/n+b=c", n: left.n } : { ...base, shape: "ax/n+b=c", a: left.x, n: left.n };
}
