// The reasoning of complex arithmetic, and the judgement of its labelled lines. Must not know wordings. The first number is a+bi, the
// second c+di: a label says which of their parts a line combines (`ac-bd` is the real part of a product, `cc+dd` the denominator of a
// quotient), and the last line of each step states the number.

import { equivalent, proved, refuted, type StepContext, type StepLine, type TaskVerdict } from "@lemma/verify";
import { columnStep } from "../../column-step.ts";
import { gcd, gcdLines } from "../../division.ts";
import { divisorStep } from "../../divisor-step.ts";
import { quotientStep } from "../../quotient-step.ts";
import { sourcesOf } from "../../sources.ts";
import { writtenProduct, writtenQuotient, writtenSum } from "../../written.ts";
import {
  answerOf,
  type Complex,
  type ComplexProblem,
  complexText,
  expression,
  norm,
  powersOf,
  resultOf,
} from "./problem.ts";

/** x + y, or x - y, under a label. */
const sum = (x: number, sign: 1 | -1, y: number, label: string): string[] =>
  writtenSum(x, y < 0 === sign < 0 ? "+" : "-", Math.abs(y), label);

function productLines([a, b]: Complex, [c, d]: Complex): string[] {
  return [
    ...writtenProduct(a, c, "ac"),
    ...writtenProduct(b, d, "bd"),
    ...sum(a * c, -1, b * d, "ac-bd"),
    ...writtenProduct(a, d, "ad"),
    ...writtenProduct(b, c, "bc"),
    ...sum(a * d, 1, b * c, "ad+bc"),
  ];
}

/** A part of a quotient: divided where that goes, else in lowest terms. */
function partLines(value: number, under: number, label: string): string[] {
  const size = Math.abs(value);
  const sign = value < 0 ? "-" : "";
  if (size % under === 0) {
    const lines = size === 0 || under === 1 ? [] : writtenQuotient(size, under);
    return [...(lines.length > 1 ? lines : []), `${label}: ${value}/${under}=${value / under || 0}`];
  }
  const common = gcd(size, under);
  const lines = gcdLines(size, under);
  if (common === 1) return lines;
  const reduced = `${sign}${size / common}/${under / common}`;
  return [...lines, `${label}: ${value}/${under}=${sign}(${size}/${common})/(${under}/${common})=${reduced}`];
}

function quotientLines([a, b]: Complex, [c, d]: Complex): string[] {
  const under = norm([c, d]);
  return [
    ...writtenProduct(a, c, "ac"),
    ...writtenProduct(b, d, "bd"),
    ...sum(a * c, 1, b * d, "ac+bd"),
    ...writtenProduct(b, c, "bc"),
    ...writtenProduct(a, d, "ad"),
    ...sum(b * c, -1, a * d, "bc-ad"),
    ...writtenProduct(c, c, "cc"),
    ...writtenProduct(d, d, "dd"),
    ...sum(c * c, 1, d * d, "cc+dd"),
    ...partLines(a * c + b * d, under, "re"),
    ...partLines(b * c - a * d, under, "im"),
  ];
}

function powerLines(z: Complex, n: number): string[] {
  const base = `(${complexText(z)})`;
  const powers = powersOf(z, n);
  return powers.slice(1).flatMap((power, i) => {
    const sides = [`${base}^${i + 2}`, `(${complexText(powers[i]!)})*${base}`, complexText(power)];
    return [...productLines(powers[i]!, z), sides.join("=")];
  });
}

/** The steps of a problem, a line each. */
export function trace(problem: ComplexProblem): string[] {
  if (problem.kind === "power") return powerLines(problem.z, problem.n);
  const { kind, z, w } = problem;
  const whole = `${expression(problem)}=${answerOf(problem)}`;
  if (kind === "product") return [...productLines(z, w), whole];
  if (kind === "quotient") return [...quotientLines(z, w), whole];
  const [sign, text] = kind === "sum" ? ([1, "+"] as const) : ([-1, "-"] as const);
  return [...sum(z[0], sign, w[0], `a${text}c`), ...sum(z[1], sign, w[1], `b${text}d`), whole];
}

/** What a label can stand for: one value, or in a power one for each product. */
function labelled(problem: ComplexProblem): ReadonlyMap<string, readonly number[]> {
  const pairs: (readonly [Complex, Complex])[] =
    problem.kind === "power"
      ? powersOf(problem.z, problem.n - 1).map((power) => [power, problem.z] as const)
      : [[problem.z, problem.w]];
  const all = pairs.map(([[a, b], [c, d]]) => ({
    ...{ ac: a * c, bd: b * d, ad: a * d, bc: b * c, cc: c * c, dd: d * d },
    ...{ "a+c": a + c, "b+d": b + d, "a-c": a - c, "b-d": b - d, "ac-bd": a * c - b * d, "ad+bc": a * d + b * c },
    ...{ "ac+bd": a * c + b * d, "bc-ad": b * c - a * d, "cc+dd": c * c + d * d },
  }));
  const values = new Map<string, number[]>();
  for (const one of all)
    for (const [label, value] of Object.entries(one)) values.set(label, [...(values.get(label) ?? []), value]);
  const { value, under } = resultOf(problem);
  return values.set("re", [value[0] / under]).set("im", [value[1] / under]);
}

const CHAIN = /^[-+*/^()\di]{1,80}(?:=[-+*/^()\di]{1,80}){1,4}$/;
const PARTS = /^(?:[ab][-+][cd]|ac[-+]bd|ad\+bc|bc-ad|cc\+dd|re|im)$/;

/** The verdict on a line about the question's numbers, `(3+2i)*(1-2i)=7-4i`: it follows from them and the last labelled lines. */
function wholeStep(problem: ComplexProblem, line: StepLine, { steps }: StepContext): TaskVerdict | undefined {
  const body = line.body.replaceAll(" ", "");
  const base = problem.kind === "power" ? `(${complexText(problem.z)})^` : expression(problem);
  if (line.label !== undefined || !body.startsWith(base) || !CHAIN.test(body)) return undefined;
  const sides = body.split("=");
  for (let i = 1; i < sides.length; i++) {
    const verdict = equivalent(sides[i - 1]!, sides[i]!);
    if (verdict.verdict !== "proved") return verdict;
  }
  const parts = steps.filter(({ label }) => PARTS.test(label ?? "")).slice(-5);
  return { ...proved(), from: [-1, ...parts.map(({ index }) => index)] };
}

const PRODUCT = /^-?\d{1,9}\*(?:\d{1,9}|\(-\d{1,9}\))=-?\d{1,9}$/;

/**
 * Refutes a labelled line with another value than the numbers of the question make, judges products (an i alone has the part 1, which
 * stands nowhere) and lines about these numbers; all else is the general checker's.
 */
export function complexStep(problem: ComplexProblem, line: StepLine, context: StepContext): TaskVerdict | undefined {
  const expected = labelled(problem).get(line.label ?? "");
  const body = line.body.replaceAll(" ", "");
  const [, over, under = "1"] = /(?:^|=)(-?\d{1,9})(?:\/(\d{1,9}))?$/.exec(body) ?? [];
  if (expected !== undefined && over !== undefined) {
    const claimed = Number(over) / Number(under);
    if (!expected.some((value) => Math.abs(value - claimed) < 1e-9))
      return refuted({ [line.label!]: expected.join(" or "), claimed: under === "1" ? over : `${over}/${under}` });
    if (PRODUCT.test(body)) {
      const [left = "", right = ""] = body.split("=");
      const from = sourcesOf(left.match(/\d+/g) ?? [], context);
      return { ...equivalent(left, right), from: from.length > 0 ? from : [-1] };
    }
  }
  return (
    wholeStep(problem, line, context) ??
    divisorStep(line, context) ??
    quotientStep(line, context) ??
    columnStep(line, context)
  );
}
