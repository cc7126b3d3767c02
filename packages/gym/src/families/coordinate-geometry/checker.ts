// The checker of coordinate geometry: judges labelled lines by what the label stands for, and answers by putting them to the question: a
// line into both points, a point into both lines, a distance squared. Owns what each line claims; must not know wordings.

import type { Verdict } from "@lemma/protocol";
import {
  equivalent,
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
} from "@lemma/verify";
import { columnStep } from "../../column-step.ts";
import { divisorStep } from "../../divisor-step.ts";
import { quotientStep } from "../../quotient-step.ts";
import { sourcesOf } from "../../sources.ts";
import { answerOf, type Geometry, named, squareOf } from "./problem.ts";

const SIDE = /^(?:[\d+*/()^-]|sqrt){1,60}$/;

/** A letter of an equation that is no part of a word or a LaTeX command. */
const LETTER = /(?<![A-Za-z\\])[xy](?![A-Za-z])/g;

const put = (text: string, x: number, y: number): string =>
  text.replace(LETTER, (letter) => `(${letter === "x" ? x : y})`);

/** Whether an equation is that of the line through two points. A linear form that vanishes there is a multiple of the line's own. */
function judgeLine({ p, q }: Geometry, equation: string, budget?: number): Verdict {
  const sides = equation.replaceAll(" ", "").split("=");
  if (sides.length !== 2 || sides.some((side) => side === "" || side.length > 80)) return unknown("unparsed");
  if (!/[xy]/.test(equation) || /[a-wzA-Z]/.test(equation.replace(/\\[a-z]+/g, ""))) return unknown("unparsed");
  for (const [x, y] of [p, q]) {
    const [left, right] = sides.map((side) => put(side, x, y)) as [string, string];
    const there = equivalent(left, right, { budget });
    if (there.verdict === "refuted") return refuted({ point: `(${x}, ${y})`, left, right });
    if (there.verdict !== "proved") return there;
  }
  const [dx, dy] = [q[0] - p[0], q[1] - p[1]];
  const own = `(${dy})*(x-(${p[0]}))-(${dx})*(y-(${p[1]}))`;
  const given = `(${sides[0]})-(${sides[1]})`;
  const beside = [p[0] + dy, p[1] - dx] as const; // a point that is not on the line
  if (equivalent(put(given, ...beside), "0", { budget }).verdict === "proved")
    return refuted({ "also holds at": `(${beside.join(", ")})` });
  return equivalent(`(${given})*(${put(own, ...beside)})`, `(${own})*(${put(given, ...beside)})`, { budget });
}

/** `(3, -7/2)`, also with x = and y =, as two texts. */
function readPoint(answer: string): [string, string] | undefined {
  const text = answer.replace(/\\left|\\right|\s/g, "").replace(/^[A-Z]?(?:=|:)?/, "");
  const named = /^\(?x=(.+?)(?:,|，|;|and|和)y=(.+?)\)?$/.exec(text);
  const bare = /^[({[]?([^,，;]+)[,，;]([^,，;]+?)[)}\]]?$/.exec(text);
  const found = named ?? bare;
  return found !== null &&
    [found[1]!, found[2]!].every((part) => /\d/.test(part) && !/[a-z]/i.test(part.replace(/\\[a-z]+/g, "")))
    ? [found[1]!.replace(/^\(/, ""), found[2]!.replace(/^(.*\d)\)$/, "$1")]
    : undefined;
}

const all = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.find(({ verdict }) => verdict === "refuted") ??
  verdicts.find(({ verdict }) => verdict !== "proved") ??
  proved();

function checkAnswer(problem: Geometry, answer: string, budget?: number): Verdict {
  const { kind, p, q } = problem;
  const same = (a: string, b: string) => equivalent(a, b, { budget });
  const plain = answer.replace(/\\text\s*\{([^}]*)\}/g, "$1").trim();
  if (kind === "circle") {
    const said = /^(?:yes|是|是的|在)\.?$/i.test(plain)
      ? "yes"
      : /^(?:no|否|不是|不在)\.?$/i.test(plain)
        ? "no"
        : undefined;
    if (said === undefined) return unknown("unparsed");
    const squares = {
      "square of the distance": String(squareOf(problem)),
      "square of the radius": String(problem.radius ** 2),
    };
    return said === answerOf(problem) ? proved() : refuted(squares);
  }
  if (kind === "line") return judgeLine(problem, plain.replace(/^.*:/s, ""), budget);
  if (kind === "midpoint" || kind === "intersection") {
    const point = readPoint(plain);
    if (point === undefined) return unknown("unparsed");
    const [x, y] = point;
    if (kind === "midpoint") return all([same(`2*(${x})`, String(p[0] + q[0])), same(`2*(${y})`, String(p[1] + q[1]))]);
    return all([p, q].map(([m, b]) => same(`(${m})*(${x})+(${b})`, `(${y})`)));
  }
  const value = plain.replace(/^.*=/s, "");
  if (!/\d/.test(value) || /[a-z]/i.test(value.replace(/\\[a-z]+|sqrt/g, ""))) return unknown("unparsed");
  if (kind === "slope") return same(`(${value})*(${q[0] - p[0]})`, String(q[1] - p[1]));
  if (kind === "squared") return same(value, String(squareOf(problem)));
  // A root is not below 0, so the answer is its own absolute value.
  return all([same(`(${value})^2`, String(squareOf(problem))), same(`sqrt((${value})^2)`, value)]);
}

/** Judges labelled lines, and lines that the arithmetic of other families knows. */
function checkStep(problem: Geometry, line: StepLine, context: StepContext): TaskVerdict | undefined {
  const label = line.label?.trim() ?? "";
  const body = line.body.replaceAll(" ", "");
  const numbers = body.match(/\d+/g) ?? [];
  const linked = (verdict: Verdict, from: number[]): TaskVerdict => ({
    ...verdict,
    from: from.length === 0 ? [-1] : from,
  });
  if (label === "line" && problem.kind === "line") {
    const verdict = judgeLine(problem, body);
    return verdict.verdict === "unknown" ? undefined : linked(verdict, sourcesOf(numbers, context));
  }
  const expected = Object.hasOwn(named(problem), label) ? named(problem)[label] : undefined;
  if (expected !== undefined) {
    const sides = body.split("=");
    if (sides.length > 8 || !sides.every((side) => SIDE.test(side))) return undefined;
    const from = sourcesOf(sides[0]!.match(/\d+/g) ?? [], context);
    for (const side of sides) {
      const { verdict } = equivalent(side, expected);
      if (verdict === "refuted") return linked(refuted({ [label]: expected, claimed: side }), from);
      if (verdict !== "proved") return undefined;
    }
    return linked(proved(), from);
  }
  return divisorStep(line, context) ?? quotientStep(line, context) ?? columnStep(line, context);
}

export const checkerWith = (recognise: (question: string) => Geometry | undefined): TaskChecker<Geometry> => ({
  id: "coordinate-geometry",
  recognise,
  premises: ({ p, q, radius }) => [
    ...[...p, ...q, radius].map((n) => `${Math.abs(n)}>=0`),
    // Halves, and the squares that may be taken out of a root.
    "2<4<9<25<49<121<169<289<361",
  ],
  checkStep,
  checkAnswer,
  answerBy: "checking",
});
