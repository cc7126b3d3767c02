// The reasoning of fraction problems. Sums are brought to the least common denominator by the gcd of the denominators; what may still be
// reduced divides that gcd. Products are reduced crosswise before anything is multiplied. Owns these lines.

import { gcd, gcdLines, SMALL_GCD } from "../../division.ts";
import { sumSides } from "../../signed.ts";
import { type FractionProblem, show } from "./problem.ts";

type Fraction = readonly [over: number, under: number];

/** Reasoning from operands to the reduced result. */
export function trace({ operation, a, b, c, d }: FractionProblem): string[] {
  const lines: string[] = [];
  const first = reduced(lines, [a, b]);
  const second = reduced(lines, [c, d]);
  if (operation === "*") product(lines, first, second);
  else sum(lines, first, operation, second);
  return lines;
}

/** An operand in lowest terms. That small ones are is seen; only what changes them is written. */
export function reduced(lines: string[], [over, under]: Fraction): Fraction {
  const common = gcd(over, under);
  const isSmall = over <= SMALL_GCD && under <= SMALL_GCD;
  if (under === 1 || (common === 1 && isSmall)) return [over, under];
  lines.push(...gcdLines(over, under));
  return common === 1 ? [over, under] : divideBoth(lines, [over, under], common);
}

/** `18/12=(18/6)/(12/6)=3/2`. */
function divideBoth(lines: string[], [over, under]: Fraction, by: number): Fraction {
  const sides = [`${over}/${under}`, `(${over}/${by})/(${under}/${by})`, `${over / by}/${under / by}`];
  if (under === by) sides.push(String(over / by));
  lines.push(sides.join("="));
  return [over / by, under / by];
}

function sum(lines: string[], [a, b]: Fraction, operation: "+" | "-", [c, d]: Fraction): void {
  const common = gcd(b, d);
  if (b !== d && b > 1 && d > 1) {
    lines.push(...gcdLines(b, d));
    if (common > 1) lines.push(`${d}/${common}=${d / common}`, `${b}/${common}=${b / common}`);
  }
  const under = (b / common) * d;
  const over = [extended(lines, [a, b], under), extended(lines, [c, d], under)] as const;
  const sides = sumSides(over[0], operation, over[1]);
  const left = `${show(over[0], under)}${operation}${show(over[1], under)}`;
  const quotients = under === 1 ? [] : sides.map((side) => quotient(side, under));
  const total = operation === "+" ? over[0] + over[1] : over[0] - over[1];
  lines.push(
    [left, ...(under === 1 ? sides.slice(1) : quotients), ...(total === 0 && under > 1 ? ["0"] : [])].join("="),
  );
  if (total === 0 || common === 1) return;
  const rest = gcd(Math.abs(total), common);
  lines.push(...gcdLines(Math.abs(total), common));
  if (rest > 1) divideBoth(lines, [total, under], rest);
}

/** A sum over a denominator: `(9-4)/12`, `-(9-4)/12`, `5/12`. */
function quotient(side: string, under: number): string {
  const isSum = /\d[+-]/.test(side) && !side.startsWith("-(");
  return isSum ? `(${side})/${under}` : `${side}/${under}`;
}

/** The numerator over the common denominator: `5/6=(5*4)/(6*4)=20/24`. */
function extended(lines: string[], [over, under]: Fraction, common: number): number {
  const by = common / under;
  if (by === 1) return over;
  longProduct(lines, over, by);
  longProduct(lines, under, by);
  const middle = under === 1 ? `(${over}*${by})/${by}` : `(${over}*${by})/(${under}*${by})`;
  lines.push([show(over, under), middle, `${over * by}/${common}`].join("="));
  return over * by;
}

/** `12*11=12*10+12*1=120+12=132`, where a product is no fact of the small table. */
function longProduct(lines: string[], x: number, y: number): void {
  if (x <= 10 || y <= 10 || x % 10 === 0 || y % 10 === 0) return;
  const [tens, ones] = [y - (y % 10), y % 10];
  const line = `${x}*${y}=${x}*${tens}+${x}*${ones}=${x * tens}+${x * ones}=${x * y}`;
  if (!lines.includes(line)) lines.push(line);
}

export function product(lines: string[], [a, b]: Fraction, [c, d]: Fraction): void {
  const spelled = (over: readonly number[], under: readonly number[]) => {
    const [top, bottom] = [over.join("*"), under.filter((n, i) => n > 1 || [b, d][i]! > 1).join("*")];
    return `(${top})/${bottom.includes("*") ? `(${bottom})` : bottom}`;
  };
  const whole = spelled([a, c], [b, d]);
  lines.push(`${show(a, b)}*${show(c, d)}=${whole}`);
  const [p, s] = crossed(lines, a, d);
  const [r, q] = crossed(lines, c, b);
  longProduct(lines, p, r);
  longProduct(lines, q, s);
  const sides = [whole, spelled([p, r], [q, s]), `${p * r}/${q * s}`];
  if (q * s === 1) sides.push(String(p * r));
  lines.push(sides.filter((side, i) => side !== sides[i - 1]).join("="));
}

/** A numerator and the denominator across, without their common factor: `gcd(8,4)=4`, `8/4=2`, `4/4=1`. */
function crossed(lines: string[], over: number, under: number): Fraction {
  if (under === 1) return [over, under];
  const common = gcd(over, under);
  lines.push(...gcdLines(over, under));
  if (common > 1) lines.push(`${over}/${common}=${over / common}`, `${under}/${common}=${under / common}`);
  return [over / common, under / common];
}
