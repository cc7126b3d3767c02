// What a problem of coordinate geometry is, its answer and what its reasoning names on the way. Knows no wordings and no trace.

import { gcd } from "../../division.ts";

/** A point with whole coordinates. */
export type Point = readonly [x: number, y: number];

/** `squared`: the square of a distance. `line`: its equation. `circle`: whether the second point is on the circle around the first. */
export type Kind = "midpoint" | "slope" | "squared" | "distance" | "line" | "intersection" | "circle";

/** Two points; for a circle its centre and a point. */
export interface TwoPoints {
  readonly kind: Exclude<Kind, "intersection">;
  readonly p: Point;
  readonly q: Point;
  /** The radius of a circle, else 0. */
  readonly radius: number;
}

/** Two lines y = m·x + b, as [m, b]. */
export interface TwoLines {
  readonly kind: "intersection";
  readonly p: Point;
  readonly q: Point;
  readonly radius: 0;
}

export type Geometry = TwoPoints | TwoLines;

/** A fraction in lowest terms; the denominator is above 0. */
export type Ratio = readonly [over: number, under: number];

export function ratio(over: number, under: number): Ratio {
  const common = gcd(Math.abs(over), Math.abs(under)) * Math.sign(under);
  return [over / common, under / common];
}

/** `3`, `-7/2`. */
export const spellRatio = ([over, under]: Ratio): string => (under === 1 ? String(over) : `${over}/${under}`);

/** n as a²·b with the largest a. */
export function squareFactor(n: number): { root: number; rest: number } {
  let root = 1;
  for (let i = 2; i * i <= n; i++) if (n % (i * i) === 0) root = i;
  return { root, rest: n / (root * root) };
}

/** √n, simplified: `5`, `sqrt(7)`, `2*sqrt(13)`. */
export function spellRoot(n: number): string {
  const { root, rest } = squareFactor(n);
  if (rest === 1) return String(root);
  return root === 1 ? `sqrt(${rest})` : `${root}*sqrt(${rest})`;
}

/** y = m·x + b through two points that are not above each other. */
export function lineOf({ p: [x1, y1], q: [x2, y2] }: Geometry): { m: Ratio; b: Ratio } {
  const m = ratio(y2 - y1, x2 - x1);
  return { m, b: ratio(y1 * m[1] - m[0] * x1, m[1]) };
}

/** `y=2x-1`, `y=(2/3)x+4/3`, `y=5`, `x=4`. */
export function spellLine(problem: Geometry): string {
  if (problem.p[0] === problem.q[0]) return `x=${problem.p[0]}`;
  const { m, b } = lineOf(problem);
  if (m[0] === 0) return `y=${spellRatio(b)}`;
  const factor =
    m[1] > 1 ? `${m[0] < 0 ? "-" : ""}(${Math.abs(m[0])}/${m[1]})` : m[0] === 1 ? "" : m[0] === -1 ? "-" : m[0];
  const rest = b[0] === 0 ? "" : `${b[0] > 0 ? "+" : "-"}${spellRatio([Math.abs(b[0]), b[1]])}`;
  return `y=${factor}x${rest}`;
}

/** Where two lines meet. */
export function meeting({ p: [m1, b1], q: [m2, b2] }: Geometry): readonly [Ratio, Ratio] {
  const x = ratio(b2 - b1, m1 - m2);
  return [x, ratio(m1 * x[0] + b1 * x[1], x[1])];
}

/** The square of the distance of the two points. */
export const squareOf = ({ p, q }: Geometry): number => (q[0] - p[0]) ** 2 + (q[1] - p[1]) ** 2;

const middle = ({ p, q }: Geometry): readonly [Ratio, Ratio] => [ratio(p[0] + q[0], 2), ratio(p[1] + q[1], 2)];

/** What the labels of the reasoning stand for, as text. */
export function named(problem: Geometry): Readonly<Record<string, string>> {
  const { kind, p, q } = problem;
  if (kind === "intersection") {
    const [x, y] = meeting(problem);
    return { m: String(p[0] - q[0]), b: String(q[1] - p[1]), x: spellRatio(x), y: spellRatio(y) };
  }
  if (kind === "midpoint") {
    const [x, y] = middle(problem);
    return { x: spellRatio(x), y: spellRatio(y) };
  }
  const steps = { dx: String(q[0] - p[0]), dy: String(q[1] - p[1]) };
  const square = String(squareOf(problem));
  if (kind === "distance") return { ...steps, square, d: spellRoot(squareOf(problem)) };
  if (kind === "squared" || kind === "circle") return { ...steps, square };
  if (p[0] === q[0]) return steps;
  const { m, b } = lineOf(problem);
  return kind === "slope" ? { ...steps, m: spellRatio(m) } : { ...steps, m: spellRatio(m), b: spellRatio(b) };
}

/** The answer, `yes` or `no` for a circle. */
export function answerOf(problem: Geometry): string {
  const { kind, radius } = problem;
  const point = (at: readonly [Ratio, Ratio]) => `(${at.map(spellRatio).join(", ")})`;
  switch (kind) {
    case "midpoint":
      return point(middle(problem));
    case "intersection":
      return point(meeting(problem));
    case "line":
      return spellLine(problem);
    case "circle":
      return squareOf(problem) === radius ** 2 ? "yes" : "no";
    default:
      return named(problem)[{ slope: "m", squared: "square", distance: "d" }[kind]]!;
  }
}

/** Whether the points differ, and there is a slope, a meeting point or a radius. */
export function isProblem({ kind, p, q, radius }: Geometry): boolean {
  if (![...p, ...q, radius].every((n) => Number.isInteger(n) && Math.abs(n) < 1000)) return false;
  if (kind === "circle") return radius > 0;
  if (kind === "slope" || kind === "intersection") return p[0] !== q[0];
  return p[0] !== q[0] || p[1] !== q[1];
}
