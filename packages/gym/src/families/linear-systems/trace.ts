// The reasoning for a 2×2 system. Owns its lines; must not know wordings.
//
// The second unknown is eliminated: row 1 times e minus row 2 times b leaves (a*e-d*b)x = c*e-f*b. The line labelled with the
// first unknown finds its coefficient, the line labelled 1 the other side. Products of larger numbers are written place by place
// (`47*6` as `240+42`), sums from three digits on in columns.

import { additionColumns, subtractionColumns } from "../../columns.ts";
import { operand, sumSides, unsignedSum, withUnit } from "../../signed.ts";
import { equations, type LinearSystem, solution } from "./problem.ts";

/** The steps of a system, a line each. */
export function trace(problem: LinearSystem): string[] {
  const [[a, b, c], [d, e, f]] = problem.rows;
  const [x, y] = problem.letters;
  const [valueX, valueY] = solution(problem);
  const [k, m] = [a * e - d * b, c * e - f * b];
  const lines = [...equations(problem)];
  lines.push(`${x}: ${[cross(a, e, d, b), ...difference(a * e, d * b)].join("=")}`);
  lines.push(...rightSide(c, e, f, b));
  if (k !== 1) lines.push(`${withUnit(k, x)}=${m}`);
  lines.push([x, ...quotient(m, k), String(valueX)].join("="));
  lines.push([withUnit(b, y), `${c}-${operand(a)}*${operand(valueX)}`, ...difference(c, a * valueX)].join("="));
  if (b !== 1) lines.push([y, `${b * valueY}/${operand(b)}`, String(valueY)].join("="));
  return lines;
}

const cross = (p: number, q: number, r: number, s: number): string => `${p}*${operand(q)}-${operand(r)}*${operand(s)}`;

/** The sides of p - q once both are numbers: a negative q is added. */
const difference = (p: number, q: number): string[] => sumSides(p, q < 0 ? "+" : "-", Math.abs(q));

/** c*e-f*b: the products place by place, then their signed sum, in columns where it is long. */
function rightSide(c: number, e: number, f: number, b: number): string[] {
  const sides = [cross(c, e, f, b), ...placeSides(places(c, e), places(-f, b))];
  const [left, right] = [c * e, f * b];
  const sum = difference(left, right);
  if (left === 0 || right === 0 || Math.max(Math.abs(left), Math.abs(right)) < 100)
    return [`1: ${[...sides, ...sum].join("=")}`];
  const unsigned = unsignedSum(left, -right).replace(/^-\((.*)\)$/, "$1");
  const [p, q] = unsigned.split(/[+-]/).map(Number) as [number, number];
  const [first, ...columns] = unsigned.includes("+") ? additionColumns(p, q) : subtractionColumns(p, q);
  const result = unsigned.includes("+") ? p + q : p - q;
  return [
    `1: ${[...sides, ...sum.slice(0, -1)].join("=")}`,
    `${unsigned}: ${first}`,
    ...columns,
    `${unsigned}=${result}`,
  ];
}

/** A product as signed parts, one for each nonzero place of the longer number: 47·(-6) gives -240, -42. */
function places(number: number, digit: number): number[] {
  const sign = Math.sign(number) * Math.sign(digit);
  const [n, k] = [Math.abs(number), Math.abs(digit)];
  if (k === 1 || n === 0) return [sign * n * k];
  const all = [...String(n)];
  return all.map((place, i) => sign * Number(place) * 10 ** (all.length - 1 - i) * k).filter((part) => part !== 0);
}

/** The sides `40+24-(120+6)` in which parts are still apart; the first two parts of each product are joined from side to side. */
function placeSides(left: readonly number[], right: readonly number[]): string[] {
  if (left.length < 2 && right.length < 2) return [];
  const group = (parts: readonly number[], isFirst: boolean) => {
    const text = parts.map(Math.abs).join("+");
    if (parts[0]! < 0) return parts.length > 1 ? `-(${text})` : `-${text}`;
    return isFirst ? text : `+${text}`;
  };
  const join = (parts: readonly number[]) => (parts.length < 2 ? parts : [parts[0]! + parts[1]!, ...parts.slice(2)]);
  return [group(left, true) + group(right, false), ...placeSides(join(left), join(right))];
}

/** m/k, and without its signs where the division is no single-digit one. */
function quotient(m: number, k: number): string[] {
  if (k === 1) return [];
  const plain = `${Math.abs(m)}/${Math.abs(k)}`;
  const sides = [`${m}/${operand(k)}`];
  if (Math.abs(k) > 9 && m !== 0 && (m < 0 || k < 0)) sides.push(m < 0 === k < 0 ? plain : `-(${plain})`);
  return sides;
}
