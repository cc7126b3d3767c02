// The reasoning of coordinate geometry. Owns its lines; must not know wordings. `dx` and `dy` lead from the first point to the second, `m`
// is a slope, `b` where a line meets the y-axis (of two lines: the difference of each), `square` the square of a distance, `d` the distance.
//
//   dx: 7-3=4
//   dy: -2-6=-(2+6)=-8
//   (-8)^2=8^2=64
//   4^2=16
//   square: 16+64=80
//   80/4=20               squares are taken out of the root, 4 and 9 and 25, one after the other
//   20/4=5
//   d: sqrt(80)=2*2*sqrt(5)=4*sqrt(5)

import { gcd } from "../../division.ts";
import { operand, sumSides } from "../../signed.ts";
import { writtenProduct, writtenQuotient, writtenSum } from "../../written.ts";
import { reduced } from "../fractions/trace.ts";
import { type Geometry, lineOf, spellLine, spellRatio, squareOf } from "./problem.ts";

/** left - right, with signs, the last line with the label. */
const difference = (left: number, right: number, label = ""): string[] =>
  right < 0
    ? [[`${left}-(${right})`, ...sumSides(left, "-", right).slice(1)].join("=")].map((line) =>
        label === "" ? line : `${label}: ${line}`,
      )
    : writtenSum(left, "-", right, label);

/** over/under with the label, in lowest terms: `m: 6/(-4)=-6/4=-3/2`. */
function quotient(over: number, under: number, label: string): string[] {
  const sides = [`${over}/${operand(under)}`];
  const [p, q] = [Math.abs(over), Math.abs(under)];
  const sign = over < 0 !== under < 0 && p > 0 ? "-" : "";
  const plain = `${sign}${p}/${q}`;
  if (plain !== sides[0]) sides.push(plain);
  const lines: string[] = [];
  if (p % q === 0) {
    if (p > 0) lines.push(...writtenQuotient(p, q).slice(0, -1));
    sides.push(`${sign}${p / q}`);
  } else {
    const own: string[] = [];
    const [r, s] = reduced(own, [p, q]);
    lines.push(...own);
    if (r !== p) sides.push(`${sign}${r}/${s}`);
  }
  return sides.length === 1 ? lines : [...lines, `${label}: ${sides.join("=")}`];
}

/** `x: (-3+8)/2=(8-3)/2=5/2`. */
function half(a: number, b: number, label: string): string {
  const sides = sumSides(a, "+", b);
  const total = a + b;
  const halves = sides.map((side) => (/^-?\d+$/.test(side) ? `${side}/2` : `(${side})/2`));
  if (total % 2 === 0) halves.push(String(total / 2));
  return `${label}: ${halves.filter((side, i) => side !== halves[i - 1]).join("=")}`;
}

/** `(-8)^2=8^2=64`. */
function squared(n: number): string {
  return n < 0 ? `(${n})^2=${-n}^2=${n * n}` : `${n}^2=${n * n}`;
}

const steps = ({ p, q }: Geometry): string[] => [...difference(q[0], p[0], "dx"), ...difference(q[1], p[1], "dy")];

function square(problem: Geometry): string[] {
  const { p, q } = problem;
  const [dx, dy] = [q[0] - p[0], q[1] - p[1]];
  const squares = dx === dy ? [squared(dx)] : [squared(dx), squared(dy)];
  return [...steps(problem), ...squares, ...writtenSum(dx * dx, "+", dy * dy, "square")];
}

/** The root of a number: one table fact where it is whole, else the squares that divide it. */
function root(n: number): string[] {
  const whole = Math.round(Math.sqrt(n));
  if (whole * whole === n) return [`${n}=${whole}*${whole}`, `d: sqrt(${n})=${whole}`];
  const lines: string[] = [];
  const factors: number[] = [];
  let rest = n;
  for (const factor of [2, 3, 5, 7, 11, 13, 17, 19]) {
    const divisor = factor * factor;
    for (; rest % divisor === 0; rest /= divisor) {
      lines.push(...writtenQuotient(rest, divisor));
      factors.push(factor);
    }
  }
  if (factors.length === 0) return [];
  const sides = [`sqrt(${n})`];
  for (; factors.length > 0; factors.splice(0, 2, factors[0]! * factors[1]!)) {
    sides.push(`${factors.join("*")}*sqrt(${rest})`);
    if (factors.length === 1) break;
  }
  return [...lines, `d: ${sides.join("=")}`];
}

/** The steps of a problem, a line each. */
export function trace(problem: Geometry): string[] {
  const { kind, p, q, radius } = problem;
  switch (kind) {
    case "midpoint":
      return [half(p[0], q[0], "x"), half(p[1], q[1], "y")];
    case "slope":
      return [...steps(problem), ...quotient(q[1] - p[1], q[0] - p[0], "m")];
    case "squared":
      return square(problem);
    case "distance":
      return [...square(problem), ...root(squareOf(problem))];
    case "circle": {
      const [from, to] = [squareOf(problem), radius ** 2];
      return [...square(problem), squared(radius), `${from}${from === to ? "=" : from < to ? "<" : ">"}${to}`];
    }
    case "line":
      return line(problem);
    case "intersection": {
      const [[m1, b1], [m2, b2]] = [p, q];
      const x = (b2 - b1) / (m1 - m2);
      return [
        ...difference(m1, m2, "m"),
        ...difference(b2, b1, "b"),
        ...quotient(b2 - b1, m1 - m2, "x"),
        ...writtenProduct(m1, x),
        `y: ${sumSides(m1 * x, "+", b1).join("=")}`,
      ];
    }
  }
}

/** Slope, then where the line meets the y-axis: what is left of y without m·x. */
function line(problem: Geometry): string[] {
  const { p, q } = problem;
  const lines = steps(problem);
  const last = `line: ${spellLine(problem)}`;
  if (p[0] === q[0]) return [...lines, last];
  const { m, b } = lineOf(problem);
  lines.push(...quotient(q[1] - p[1], q[0] - p[0], "m"));
  const product = m[0] * p[0];
  lines.push(...writtenProduct(m[0], p[0]));
  if (m[1] === 1) return [...lines, ...difference(p[1], product, "b"), last];
  const over = p[1] * m[1] - product;
  lines.push(...writtenProduct(p[1], m[1]), ...difference(p[1] * m[1], product));
  const sides = [`${over}/${m[1]}`];
  const common = gcd(Math.abs(over), m[1]);
  if (common > 1) {
    lines.push(`gcd(${Math.abs(over)},${m[1]})=${common}`);
    sides.push(spellRatio(b));
  }
  if (sides.length > 1) lines.push(`b: ${sides.join("=")}`);
  return [...lines, last];
}
