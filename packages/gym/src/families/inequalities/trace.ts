// The reasoning of an inequality: linear ones are brought to `ax<c` and divided, with the sign turned where a is negative; quadratic ones
// by the roots. Owns these lines.

import { gcd, gcdLines } from "../../division.ts";
import { operand, sumSides, withUnit } from "../../signed.ts";
import { fractionText } from "../../written-fraction.ts";
import { discriminant } from "../quadratics/problem.ts";
import { trace as rootLines } from "../quadratics/trace.ts";
import {
  difference,
  hasLetter,
  type Inequality,
  kindOf,
  quadratic,
  quadraticSign,
  quadraticSolution,
  type Side,
  type Sign,
  spellInequality,
  spellSide,
  turned,
} from "./problem.ts";

/** Reasoning from the inequality to its solutions. */
export function trace(problem: Inequality): string[] {
  const lines = [spellInequality(problem)];
  const kind = kindOf(problem);
  if (kind === "double") return [...lines, ...double(problem)];
  if (kind === "quadratic") return [...lines, ...squares(problem)];
  const { letter: x, signs, sides } = problem;
  const [sign] = signs as [Sign];
  const [left, right] = sides as [Side, Side];
  const [b, a] = left;
  const [d, c] = right;
  if (!hasLetter(right)) {
    if (b !== 0) lines.push(`${withUnit(a, x)}${sign}${minus(d, b).join("=")}`);
  } else {
    const letters = sumSides(a, c > 0 ? "-" : "+", Math.abs(c), x);
    const constants = minus(d, b);
    lines.push(`${letters[0]}${sign}${constants[0]}`, letters.join("="));
    if (constants.length > 1) lines.push(constants.join("="));
    lines.push(`${withUnit(a - c, x)}${sign}${d - b}`);
  }
  return [...lines, ...divided(x, a - c, sign, d - b)];
}

/** value - b as sides. */
const minus = (value: number, b: number): string[] =>
  b === 0 ? [String(value)] : sumSides(value, b > 0 ? "-" : "+", Math.abs(b));

/** The lines from `ax<c` to `x<c/a`. */
function divided(x: string, a: number, sign: Sign, c: number): string[] {
  if (a === 1) return [];
  const head = `${x}${a < 0 ? turned(sign) : sign}`;
  if (a === -1) return [`${head}${-c || 0}`];
  const { sides, lines, text } = quotient(c, a);
  return [`${head}${sides.join("=")}`, ...lines, ...(sides.at(-1) === text ? [] : [`${head}${text}`])];
}

/** c/a as sides, the lines that reduce it, and its lowest terms. */
function quotient(c: number, a: number): { sides: string[]; lines: string[]; text: string } {
  const sides = [`${c}/${operand(a)}`];
  const [p, q] = [c * Math.sign(a) || 0, Math.abs(a)];
  const text = fractionText(c, a);
  if (a < 0) sides.push(`${p}/${q}`);
  if (p % q === 0) return { sides: [...sides, text], lines: [], text };
  const common = gcd(Math.abs(p), q);
  const lines = gcdLines(Math.abs(p), q);
  if (common > 1) lines.push(`${p}/${q}=${p < 0 ? "-" : ""}(${Math.abs(p)}/${common})/(${q}/${common})=${text}`);
  return { sides, lines, text };
}

function double({ letter: x, sides, signs }: Inequality): string[] {
  const [[low], [b, a], [high]] = sides as [Side, Side, Side];
  const [first, second] = signs as [Sign, Sign];
  const lines: string[] = [];
  const [p, q] = [low - b, high - b];
  if (b !== 0) {
    const [left, right] = [minus(low, b), minus(high, b)];
    lines.push(`${left[0]}${first}${withUnit(a, x)}${second}${right[0]}`, left.join("="), right.join("="));
    lines.push(`${p}${first}${withUnit(a, x)}${second}${q}`);
  }
  if (a === 1) return lines;
  const [under, over] = [quotient(p, a), quotient(q, a)];
  if (a > 0) lines.push(`${under.sides[0]}${first}${x}${second}${over.sides[0]}`);
  else lines.push(`${under.sides[0]}${turned(first)}${x}${turned(second)}${over.sides[0]}`);
  for (const { sides: parts, lines: reduced } of [under, over])
    lines.push(...(parts.length > 1 ? [parts.join("=")] : []), ...reduced);
  const solved = solvedDouble({ letter: x, sides, signs });
  return lines.includes(solved) ? lines : [...lines, solved];
}

/** `-2<x<=3`. */
export function solvedDouble({ letter: x, sides, signs }: Inequality): string {
  const [[low], [b, a], [high]] = sides as [Side, Side, Side];
  const [p, q] = [fractionText(low - b, a), fractionText(high - b, a)];
  return a > 0 ? `${p}${signs[0]}${x}${signs[1]}${q}` : `${q}${signs[1]}${x}${signs[0]}${p}`;
}

function squares(problem: Inequality): string[] {
  const { letter: x } = problem;
  const form = quadratic(problem);
  const sign = quadraticSign(problem);
  const lines: string[] = [];
  const whole = spellInequality(problem);
  const moved = `${spellSide(difference(problem), x)}${problem.signs[0]}0`;
  const positive = `${spellSide([form.c, form.b, form.a], x)}${sign}0`;
  for (const line of [moved, positive]) if (line !== (lines.at(-1) ?? whole)) lines.push(line);
  lines.push(...rootLines(form).slice(1));
  const solution = quadraticSolution(problem, " or ");
  if (discriminant(form) > 0 && !solution.includes("or")) lines.push(solution);
  return lines;
}
