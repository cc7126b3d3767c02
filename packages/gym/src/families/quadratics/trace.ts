// The reasoning of a quadratic equation: the equation with its zeros, the discriminant, one root a line. Owns these lines and judges
// them.

import { equivalent, proved, refuted, type StepContext, type StepLine, type TaskVerdict } from "@lemma/verify";
import { gcd, gcdLines } from "../../division.ts";
import { operand, sumSides } from "../../signed.ts";
import { discriminant, fractionText, type Quadratic, standardForm } from "./problem.ts";

/** Reasoning from the equation to its real roots. */
export function trace(problem: Quadratic): string[] {
  const { letter: x, a, b, c } = problem;
  const d = discriminant(problem);
  const square = Math.abs(b) ** 2;
  const product = [`4*${a}*${operand(c)}`, `${4 * a}*${operand(c)}`, String(4 * a * c)];
  const lines = [
    standardForm(problem),
    `D=${Math.abs(b)}^2-${product[0]}`,
    `${Math.abs(b)}^2=${square}`,
    product.join("="),
  ];
  const sides = ["D", ...sumSides(square, "-", 4 * a * c)];
  const root = Math.sqrt(Math.abs(d));
  if (d < 0) return [...lines, `${sides.join("=")}<0`];
  if (d === 0) return [...lines, sides.join("="), ...rootLines(x, [String(-b || 0)], -b || 0, a)];
  lines.push([...sides, `${root}^2`].join("="));
  lines.push(...rootLines(`${x}1`, sumSides(-b || 0, "+", root), root - b, a));
  lines.push(...rootLines(`${x}2`, sumSides(-b || 0, "-", root), -root - b, a));
  return lines;
}

/** `x1=(7-5)/(2*3)=2/6`, reduced by the gcd: `x1=2/6=(2/2)/(6/2)=1/3`. */
function rootLines(name: string, over: readonly string[], value: number, a: number): string[] {
  const under = 2 * a;
  const sums = over.map((side) => `${bracketed(side)}/(2*${a})`);
  const sides = [name, ...(sums.length > 1 ? sums.slice(0, -1) : sums), `${value}/${under}`];
  const common = gcd(Math.abs(value), under);
  if (common === under) return [[...sides, String(value / under)].join("=")];
  const sign = value < 0 ? "-" : "";
  const size = Math.abs(value);
  const lines = [sides.join("="), ...gcdLines(size, under)];
  if (common > 1)
    lines.push(
      `${name}=${value}/${under}=${sign}(${size}/${common})/(${under}/${common})=${fractionText(value, under)}`,
    );
  return lines;
}

/** A sum in parentheses, unless a sign already stands before its own. */
const bracketed = (side: string): string => (/\d[+-]/.test(side) && !side.startsWith("-(") ? `(${side})` : side);

/** Judges the equation with its zeros, `D=…` by the discriminant and `x1=…` by putting the value into the equation; undefined for any other line. */
export function rootStep(problem: Quadratic, line: StepLine, context: StepContext): TaskVerdict | undefined {
  const body = line.body.replaceAll(" ", "");
  if (body === standardForm(problem)) return { ...proved(), from: [-1] };
  const [name = "", ...sides] = body.split("=");
  if (sides.length === 0 || sides.some((side) => side === "")) return undefined;
  const from = [-1, ...context.steps.filter(({ body: earlier }) => /^D=/.test(earlier)).map(({ index }) => index)];
  if (name === "D") {
    const last = sides.length - 1;
    const isNegative = sides[last]!.endsWith("<0");
    if (isNegative) sides[last] = sides[last]!.slice(0, -2);
    const d = discriminant(problem);
    const verdict = allEqual([...sides, String(d)]);
    if (verdict.verdict === "proved" && isNegative && d >= 0) return refuted({ D: String(d) });
    return { ...verdict, from: [-1] };
  }
  if (name.replace(/[12]$/, "") !== problem.letter) return undefined;
  const verdict = allEqual(sides);
  if (verdict.verdict !== "proved") return { ...verdict, from };
  return { ...satisfies(problem, sides[0]!), from };
}

function allEqual(sides: readonly string[]) {
  for (let i = 1; i < sides.length; i++) {
    const verdict = equivalent(sides[i - 1]!, sides[i]!);
    if (verdict.verdict !== "proved") return verdict;
  }
  return proved();
}

/** Whether a value, put into the left side, gives 0. */
export const satisfies = ({ a, b, c }: Quadratic, value: string) =>
  equivalent(`${a}*(${value})^2+(${b})*(${value})+(${c})`, "0");
