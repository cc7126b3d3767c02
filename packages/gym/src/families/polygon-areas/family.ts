// Areas of polygons by their corners, perimeters of shapes along the axes, rectangles in words. Owns levels, drawing and the entry;
// problem.ts says what a problem is, trace.ts reasons and judges lines, wordings.ts asks.

import { type TaskChecker, withoutUnit } from "@lemma/verify";
import { wholeAnswer } from "../../answers.ts";
import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { answerOf, isCorners, isProblem, keyOf, type Point, type Shape } from "./problem.ts";
import { polygonStep, trace } from "./trace.ts";
import { polygonPhrasings, readShape } from "./wordings.ts";

/** By level: cells of equal share, the least coordinate (the largest is 9), the longest side of a rectangle. */
const LEVELS = [
  { cells: ["triangle", "rectangle"], least: 0, side: 20 },
  { cells: ["triangle", "quadrilateral", "perimeter of corners", "rectangle"], least: 0, side: 60 },
  { cells: ["triangle", "quadrilateral", "pentagon", "perimeter of corners"], least: -9, side: 60 },
] as const;
type Limit = (typeof LEVELS)[number];
type Cell = Limit["cells"][number];

const MOST = 9;
const CORNERS: readonly Cell[] = ["triangle", "quadrilateral", "pentagon"];

function draw(random: Random, level: number): Shape {
  const limit = LEVELS[level - 1]!;
  const cell = random.pick<Cell>(limit.cells);
  for (;;) {
    const shape = attempt(random, cell, limit);
    if (isProblem(shape) && Number(answerOf(shape).split("/")[0]) < 1000) return shape;
  }
}

function attempt(random: Random, cell: Cell, { least, side }: Limit): Shape {
  const number = () => random.int(least, MOST);
  if (cell === "rectangle") {
    const kind = random.pick(["area", "perimeter", "side"] as const);
    const [a, b] = [random.int(2, side), random.int(2, side)];
    return { kind, sides: kind === "side" ? [a * b, b] : [a, b] };
  }
  if (cell === "perimeter of corners") return { kind: "outline", corners: outline(random, number) };
  const n = CORNERS.indexOf(cell) + 3;
  return { kind: "polygon", corners: around(Array.from({ length: n }, () => [number(), number()] as const)) };
}

/** Points in the order in which they stand around their middle: no edges cross. */
function around(points: readonly Point[]): Point[] {
  const middle = [0, 1].map((i) => points.reduce((sum, point) => sum + point[i]!, 0) / points.length);
  const angle = ([x, y]: Point) => Math.atan2(y - middle[1]!, x - middle[0]!);
  return [...points].sort((p, q) => angle(p) - angle(q));
}

/** A rectangle, or one with a corner cut out; from any corner on, in either direction. */
function outline(random: Random, number: () => number): Point[] {
  const [left, bottom, right, top] = [number(), number(), number(), number()];
  let corners: Point[] = [
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
  ];
  if (random.chance(0.7)) {
    const inner = (a: number, b: number) => random.int(Math.min(a, b), Math.max(a, b));
    const [x, y] = [inner(left, right), inner(bottom, top)];
    corners = [...corners.slice(0, 2), [right, y], [x, y], [x, top], [left, top]];
  }
  if (random.chance(0.5)) corners.reverse();
  const start = random.below(corners.length);
  return [...corners.slice(start), ...corners.slice(0, start)];
}

function cellOf(shape: Shape): Cell {
  if (!isCorners(shape)) return "rectangle";
  return shape.kind === "outline" ? "perimeter of corners" : CORNERS[shape.corners.length - 3]!;
}

/** Units that may stand behind an answer. */
const UNITS = (
  "square units,units,square metres,square meters,square centimetres,metres,meters,centimetres,cm^2,m^2,cm²,m²,cm,m," +
  "平方单位,平方米,平方厘米,单位,厘米,米"
).split(",");

const checker: TaskChecker<Shape> = {
  id: "polygon-areas",
  recognise: readShape,
  premises: () => ["2>1"],
  checkStep: polygonStep,
  checkAnswer: (shape, answer, budget) =>
    wholeAnswer(withoutUnit(answer.replace(/^.*[=:]/s, "").trim(), UNITS), answerOf(shape), budget),
  answerBy: "recomputing",
};

/** Areas and perimeters; at the default level triangles, quadrilaterals, outlines and rectangles. */
export const polygonAreas: Family<Shape> = {
  id: "polygon-areas",
  area: "geometry",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: (level) => LEVELS[level - 1]!.cells,
  draw,
  key: keyOf,
  cell: cellOf,
  trace,
  answer: answerOf,
  verifier: () => ({ kind: "number", units: UNITS }),
  vocabulary: ["2", "area", "perimeter", "twice"],
  phrasings: polygonPhrasings,
  leastWordings: 8,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
