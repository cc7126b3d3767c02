// Areas and perimeters: traces by hand, areas against Pick's theorem, typed questions, corners that make no polygon, wrong lines.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { gcd } from "../../division.ts";
import { Random } from "../../random.ts";
import { polygonAreas as family } from "./family.ts";
import { type Corners, edgesOf, isCorners, keyOf, type Point } from "./problem.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");

it("goes around the corners", () => {
  assert.deepEqual(thought("What is the area of the triangle with corners (1, 2), (5, 1) and (4, 6)?"), [
    "1: 1*1-5*2=1-10=-(10-1)=-9",
    "2: 5*6-4*1=30-4=26",
    "3: 4*2-1*6=8-6=2",
    "-9+26=26-9=17",
    "twice: 17+2=19",
  ]);
  assert.deepEqual(thought("求顶点为(0,0)、(4,0)、(4,3)和(0,3)的四边形的周长。"), [
    "1: 4-0=4",
    "2: 3-0=3",
    "3: 4-0=4",
    "4: 3-0=3",
    "4+3=7",
    "7+4=11",
    "perimeter: 11+3=14",
  ]);
  assert.deepEqual(thought("A rectangle is 12 cm long and 7 cm wide. What is its perimeter?"), [
    "12+7=19",
    "perimeter: 2*19=20+18=38",
  ]);
});

/** Twice the area by Pick's theorem: lattice points inside and on the border. */
function pick({ corners }: Corners): number {
  const border = edgesOf({ kind: "polygon", corners }).reduce(
    (count, [p, q]) => count + gcd(Math.abs(p[0] - q[0]), Math.abs(p[1] - q[1])),
    0,
  );
  let inside = 0;
  for (let x = -10; x <= 10; x++) for (let y = -10; y <= 10; y++) if (isInside([x, y], corners)) inside++;
  return 2 * inside + border - 2;
}

/** Whether a point lies strictly inside, by the crossings of a ray to the right. */
function isInside([x, y]: Point, corners: readonly Point[]): boolean {
  let crossings = 0;
  for (const [[a, b], [c, d]] of edgesOf({ kind: "polygon", corners })) {
    const turn = (c - a) * (y - b) - (d - b) * (x - a);
    if (turn === 0 && Math.min(a, c) <= x && x <= Math.max(a, c) && Math.min(b, d) <= y && y <= Math.max(b, d))
      return false;
    if (b > y !== d > y && turn > 0 === d > b) crossings++;
  }
  return crossings % 2 === 1;
}

it("agrees with Pick's theorem, and with walking", () => {
  for (let i = 0; i < 300; i++) {
    const shape = family.draw(Random.fromSeed(i), (i % 3) + 1);
    const [over, under = 1] = family.answer(shape, "en").split("/").map(Number) as [number, number?];
    if (!isCorners(shape)) {
      const [a, b] = shape.sides;
      assert.equal(over, { area: a * b, perimeter: a + a + b + b, side: a / b }[shape.kind]);
    } else if (shape.kind === "polygon") assert.equal((2 * over) / under, pick(shape), keyOf(shape));
    else {
      const length = edgesOf(shape).reduce((sum, [p, q]) => sum + Math.hypot(p[0] - q[0], p[1] - q[1]), 0);
      assert.equal(over, Math.round(length));
    }
  }
});

it("has one key for a polygon, from whichever corner and in either direction", () => {
  const keys = ["(0,0), (4,0), (3,5), (1,4)", "(3,5), (1,4), (0,0), (4,0)", "(1,4), (3,5), (4,0), (0,0)"].map(
    (corners) => keyOf(problem(`area of the quadrilateral ${corners}`)!),
  );
  assert.equal(new Set(keys).size, 1);
});

it("reads typed questions, and leaves others alone", () => {
  for (const [typed, answer] of [
    ["area of triangle (0,0) (4,0) (0,3)", "6"],
    ["Perimeter of (0,0), (2,0), (2,1), (1,1), (1,3), (0,3)?", "10"],
    ["area of a 7 by 8 rectangle", "56"],
    ["三角形(0,0)、(1,0)、(0,1)的面积", "1/2"],
  ] as const)
    assert.equal(problem(typed) && family.answer(problem(typed)!, "en"), answer, typed);
  for (const other of [
    "area of the triangle (0,0) (1,1) (2,2)",
    "area of the quadrilateral (0,0) (4,4) (4,0) (0,4)",
    "perimeter of the triangle (0,0) (4,0) (0,3)",
    "Which area do you live in? (3, 4)",
    "A rectangle has an area of 20 and one side of 3. How long is the other side?",
  ])
    assert.equal(problem(other), undefined, other);
});

it("judges what the labels stand for, and answers in other forms", () => {
  const question = "What is the area of the triangle with corners (1, 2), (5, 1) and (4, 6)?";
  const judged = (reasoning: string) =>
    checkSteps({ question, reasoning, task: family.id }).map(({ verdict }) => verdict);
  assert.deepEqual(judged("1: 1*1-5*2=1-10=-9\n2: 5*6+4*1=34"), ["proved", "refuted"]);
  assert.deepEqual(judged("twice: 17+2=19\narea: 20/2=10"), ["proved", "refuted"]);
  const verdict = (answer: string) => family.checker.checkAnswer!(problem(question)!, answer).verdict;
  for (const right of ["19/2", "9.5", "\\frac{19}{2}", "9.5 square units", "A = 9.5"])
    assert.equal(verdict(right), "proved", right);
  for (const wrong of ["19", "9", "-19/2"]) assert.equal(verdict(wrong), "refuted", wrong);
  for (const odd of ["", "large"]) assert.equal(verdict(odd), "unknown", odd);
});
