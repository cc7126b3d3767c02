// The reasoning of areas and perimeters, and the judging of its lines. Owns their form; must not know wordings.
//
//   1: 1*5-4*2=5-8=-(8-5)=-3     corners 1 and 2: x of the one by y of the other, crosswise
//   2: …
//   -3+20=20-3=17                then their sum, which is twice the area
//   twice: 17+3=20
//   area: 20/2=10
//   1: 7-2=5                     of an outline: the length of side 1

import { equivalent, proved, refuted, type StepContext, type StepLine, type TaskVerdict } from "@lemma/verify";
import { columnStep } from "../../column-step.ts";
import { divisorStep } from "../../divisor-step.ts";
import { quotientStep } from "../../quotient-step.ts";
import { operand, sumSides } from "../../signed.ts";
import { sourcesOf } from "../../sources.ts";
import { writtenProduct, writtenQuotient, writtenSum } from "../../written.ts";
import { answerOf, type Corners, cross, edgesOf, isCorners, lengthOf, type Shape, sum, twice } from "./problem.ts";

const plus = (left: number, right: number, label: string): string[] =>
  writtenSum(left, right < 0 ? "-" : "+", Math.abs(right), label);

/** A sum of some numbers, one after the other; the last line has the label. */
const running = (numbers: readonly number[], label: string): string[] =>
  numbers
    .slice(1)
    .flatMap((number, i) => plus(sum(numbers.slice(0, i + 1)), number, i === numbers.length - 2 ? label : ""));

function polygon(shape: Corners): string[] {
  const edges = edgesOf(shape);
  const lines = edges.map(([[x, y], [u, v]], i) => {
    const [p, q] = [x * v, u * y];
    const sides = [`${x}*${operand(v)}-${operand(u)}*${operand(y)}`, ...sumSides(p, q < 0 ? "+" : "-", Math.abs(q))];
    return `${i + 1}: ${sides.join("=")}`;
  });
  lines.push(...running(edges.map(cross), "twice"));
  const double = Math.abs(twice(shape));
  if (double % 2 === 1) return lines;
  const half = writtenQuotient(double, 2);
  return [...lines, ...half.slice(0, -1), `area: ${half.at(-1)}`];
}

function outline(shape: Corners): string[] {
  const edges = edgesOf(shape);
  const lines = edges.map(([[x, y], [u, v]], i) => {
    const [p, q] = x === u ? [y, v] : [x, u];
    const [high, low] = [Math.max(p, q), Math.min(p, q)];
    const sides = [`${high}-${operand(low)}`, ...sumSides(high, low < 0 ? "+" : "-", Math.abs(low))];
    return `${i + 1}: ${sides.filter((side, k) => side !== sides[k - 1]).join("=")}`;
  });
  return [...lines, ...running(edges.map(lengthOf), "perimeter")];
}

/** The steps of a problem, a line each. */
export function trace(shape: Shape): string[] {
  if (isCorners(shape)) return shape.kind === "polygon" ? polygon(shape) : outline(shape);
  const [a, b] = shape.sides;
  switch (shape.kind) {
    case "area":
      return writtenProduct(a, b, "area");
    case "perimeter":
      return [...writtenSum(a, "+", b), ...writtenProduct(2, a + b, "perimeter")];
    case "side":
      return writtenQuotient(a, b);
  }
}

/** What a label stands for. */
function labelValue(shape: Shape, label: string): string | undefined {
  if (label === "area") return shape.kind === "polygon" || shape.kind === "area" ? answerOf(shape) : undefined;
  if (label === "perimeter")
    return shape.kind === "outline" || shape.kind === "perimeter" ? answerOf(shape) : undefined;
  if (!isCorners(shape)) return undefined;
  if (label === "twice" && shape.kind === "polygon") return String(twice(shape));
  const edge = /^[1-8]$/.test(label) ? edgesOf(shape)[Number(label) - 1] : undefined;
  return edge && String(shape.kind === "polygon" ? cross(edge) : lengthOf(edge));
}

const SIDE = /^[\d+*/()-]{1,60}$/;

/** Judges labelled lines; undefined for what the general checker reads. */
export function polygonStep(shape: Shape, line: StepLine, context: StepContext): TaskVerdict | undefined {
  const label = line.label?.trim() ?? "";
  const sides = line.body.replaceAll(" ", "").split("=");
  const expected = labelValue(shape, label);
  if (expected !== undefined && sides.length > 1 && sides.length < 8 && sides.every((side) => SIDE.test(side))) {
    const found = sourcesOf(sides[0]!.match(/\d+/g) ?? [], context);
    const from = found.length === 0 ? [-1] : found;
    for (const side of sides) {
      const { verdict } = equivalent(side, expected);
      if (verdict === "refuted") return { ...refuted({ [label]: expected, claimed: side }), from };
      if (verdict !== "proved") return undefined;
    }
    return { ...proved(), from };
  }
  return divisorStep(line, context) ?? quotientStep(line, context) ?? columnStep(line, context);
}
