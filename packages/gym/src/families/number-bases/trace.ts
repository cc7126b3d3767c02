// The reasoning on numerals. Owns its lines; checker.ts judges those that are not plain arithmetic; must not know wordings.
//
//   back: 3, A, 1          the digits of a numeral from the right, where the places are counted
//   10*16=160              a digit times its place value, which is the one before times the base (`16*16=256`); then their sums
//   419=26*16+3            a division by the base, part by part (written.ts), down to the quotient 0: its remainders are the digits
//   7+5=12, 12-8=4         a column of a sum in base 8; where 8 is taken away, the next column has one more: `3+2+1=5+1=6`
//   A=10, 10=A             the value of a letter and the letter of a value, where they are first needed
//   digits: 1, A, 3        the digits of the result, from the left

import { division, writtenProduct, writtenSum } from "../../written.ts";
import { answerOf, type BaseProblem, DIGITS, totalOf } from "./problem.ts";

/** The letters met so far: each is explained once. */
type Known = Set<string>;

const spelled = (label: string, digits: Iterable<string>) => `${label}: ${[...digits].join(", ")}`;

const backwards = (numeral: string): string => spelled("back", [...numeral].reverse());

/** `A=10` for a letter that is read, `10=A` for one that is written; nothing for figures and known letters. */
function explain(digit: string, known: Known, writes = false): string[] {
  const value = DIGITS.indexOf(digit);
  if (value < 10 || known.has(digit)) return [];
  known.add(digit);
  return [writes ? `${value}=${digit}` : `${digit}=${value}`];
}

/** The steps of a problem, a line each. */
export function trace(problem: BaseProblem): string[] {
  const { numerals, from, to } = problem;
  const known: Known = new Set();
  if (numerals.length > 1) return sum(problem, known);
  return [
    ...(from === 10 ? [] : placeValues(numerals[0]!, from, known)),
    ...(to === 10 ? [] : divisions(totalOf(problem), to, known)),
    ...(to === 10 ? [] : [spelled("digits", answerOf(problem))]),
  ];
}

/** Each digit times its place value, from the right, and the sums. */
function placeValues(numeral: string, base: number, known: Known): string[] {
  const lines = [backwards(numeral)];
  let [place, value] = [1, 0];
  for (const [i, digit] of [...numeral].reverse().entries()) {
    const factor = DIGITS.indexOf(digit);
    if (i > 1) lines.push(...(place === base ? [`${base}*${base}=${base * base}`] : writtenProduct(place, base)));
    if (i > 0) place *= base;
    lines.push(...explain(digit, known), ...writtenProduct(factor, place));
    if (i > 0 && factor > 0) lines.push(...writtenSum(value, "+", factor * place));
    value += factor * place;
  }
  return lines;
}

/** Divisions by the base down to the quotient 0, each with its quotient and remainder in one line. */
function divisions(value: number, base: number, known: Known): string[] {
  const lines: string[] = [];
  for (let left = value; left > 0; left = Math.floor(left / base)) {
    const { lines: steps, parts, rest } = division(left, base);
    lines.push(...steps);
    if (parts.length > 1) lines.push(partsTogether(parts));
    const quotient = Math.floor(left / base);
    lines.push(`${left}=${quotient}*${base}+${rest}`, ...explain(DIGITS[rest]!, known, true));
  }
  return lines;
}

/** The parts of a quotient, each in the zeros of the one before: `100+20+7=120+7=127`. */
function partsTogether(parts: readonly number[]): string {
  const sides = [parts.join("+")];
  let [sum = 0, ...rest] = parts;
  for (; rest.length > 0; rest = rest.slice(1)) {
    sum += rest[0]!;
    sides.push([sum, ...rest.slice(1)].join("+"));
  }
  return sides.join("=");
}

/** The columns of a sum in its own base, from the right. */
function sum(problem: BaseProblem, known: Known): string[] {
  const { numerals, from: base } = problem;
  const [first, second] = numerals.map((numeral) => [...numeral].reverse()) as [string[], string[]];
  const lines = numerals.map(backwards);
  let carry = 0;
  for (let i = 0; i < Math.max(first.length, second.length) || carry > 0; i++) {
    const digits = [first[i] ?? "0", second[i] ?? "0"];
    for (const digit of digits) lines.push(...explain(digit, known));
    const [p, q] = digits.map((digit) => DIGITS.indexOf(digit)) as [number, number];
    const column = p + q + carry;
    lines.push(carry > 0 ? `${p}+${q}+1=${p + q}+1=${column}` : `${p}+${q}=${column}`);
    carry = column >= base ? 1 : 0;
    if (carry > 0) lines.push(`${column}-${base}=${column - base}`);
    lines.push(...explain(DIGITS[column - carry * base]!, known, true));
  }
  return [...lines, spelled("digits", answerOf(problem))];
}
