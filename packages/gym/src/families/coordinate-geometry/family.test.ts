// Coordinate geometry: traces by hand for each kind, answers against floating point, typed questions, other forms of right answers.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps, equivalent } from "@lemma/verify";
import "../../registry.ts";
import { Random } from "../../random.ts";
import { coordinateGeometry as family } from "./family.ts";
import type { Geometry } from "./problem.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");
const verdict = (question: string, answer: string) => family.checker.checkAnswer!(problem(question)!, answer).verdict;

it("goes from one point to the other", () => {
  assert.deepEqual(thought("What is the midpoint of (-3, 6) and (8, -2)?"), [
    "x: (-3+8)/2=(8-3)/2=5/2",
    "y: (6+(-2))/2=(6-2)/2=4/2=2",
  ]);
  assert.deepEqual(thought("求经过(9,-1)和(5,5)的直线的斜率。"), [
    "dx: 5-9=-(9-5)=-4",
    "dy: 5-(-1)=5+1=6",
    "gcd(6,4)=2",
    "6/4=(6/2)/(4/2)=3/2",
    "m: 6/(-4)=-6/4=-3/2",
  ]);
  assert.deepEqual(thought("How far apart are (3, 6) and (7, -2)?"), [
    "dx: 7-3=4",
    "dy: -2-6=-(2+6)=-8",
    "4^2=16",
    "(-8)^2=8^2=64",
    "square: 16+64=80",
    "80/4=20",
    "20/4=5",
    "d: sqrt(80)=2*2*sqrt(5)=4*sqrt(5)",
  ]);
});

it("writes lines, and where they meet", () => {
  assert.deepEqual(thought("A line passes through (1, 2) and (4, 4). What is its equation?"), [
    "dx: 4-1=3",
    "dy: 4-2=2",
    "2*1=2",
    "2*3=6",
    "6-2=4",
    "line: y=(2/3)x+4/3",
  ]);
  assert.deepEqual(thought("Find the intersection of two lines: slope 2, y-intercept -3; slope -1, y-intercept 6."), [
    "m: 2-(-1)=2+1=3",
    "b: 6-(-3)=6+3=9",
    "x: 9/3=3",
    "2*3=6",
    "y: 6+(-3)=6-3=3",
  ]);
  assert.deepEqual(thought("The circle around (1, 1) has radius 5. Is (4, 6) on the circle?").slice(-2), [
    "5^2=25",
    "34>25",
  ]);
});

const close = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-9, `${a} ${b}`);
const number = (text: string) => {
  const [over, under = 1] = text.split("/").map(Number) as [number, number?];
  return over / under;
};

/** The answer beside what floating point gives. */
function compare(one: Geometry): void {
  const answer = family.answer(one, "en");
  const [[x1, y1], [x2, y2]] = [one.p, one.q];
  switch (one.kind) {
    case "midpoint":
    case "intersection": {
      const [x, y] = answer.slice(1, -1).split(", ").map(number) as [number, number];
      if (one.kind === "intersection") for (const [m, b] of [one.p, one.q]) close(m * x + b, y);
      else {
        close(Math.hypot(x - x1, y - y1), Math.hypot(x - x2, y - y2));
        close(2 * Math.hypot(x - x1, y - y1), Math.hypot(x1 - x2, y1 - y2));
      }
      break;
    }
    case "slope":
      close(number(answer), (y1 - y2) / (x1 - x2));
      break;
    case "squared":
      close(number(answer), Math.hypot(x1 - x2, y1 - y2) ** 2);
      break;
    case "distance": {
      const [, factor = "1", root = "1"] = /^(?:(\d+)\*?)?(?:sqrt\((\d+)\))?$/.exec(answer)!;
      close(Number(factor) * Math.sqrt(Number(root)), Math.hypot(x1 - x2, y1 - y2));
      for (let i = 2; i * i <= Number(root); i++) assert.ok(Number(root) % (i * i) !== 0, answer);
      break;
    }
    case "line": {
      const [, letter, right] = /^([xy])=(.+)$/.exec(answer)!;
      const [x3, y3] = [3 * x2 - 2 * x1, 3 * y2 - 2 * y1];
      for (const [x, y] of [
        [x1, y1],
        [x2, y2],
        [x3, y3],
      ] as const) {
        const put = right!.replace("x", `*(${x})`).replace(/^(-?)\*/, "$1");
        assert.equal(equivalent(put, String(letter === "y" ? y : x)).verdict, "proved", answer);
      }
      break;
    }
    case "circle":
      assert.equal(answer === "yes", Math.abs(Math.hypot(x1 - x2, y1 - y2) - one.radius) < 1e-9);
  }
}

it("agrees with floating point", () => {
  for (let i = 0; i < 600; i++) compare(family.draw(Random.fromSeed(i), (i % 3) + 1));
});

it("reads typed questions, and leaves others alone", () => {
  for (const [typed, answer] of [
    ["midpoint (1,2) (3,8)", "(2, 5)"],
    ["distance from A(0,0) to B(3,4)?", "5"],
    ["slope between (1,2) and (3,8)", "3"],
    ["equation of the line through (0;1) and (2;5)", "y=2x+1"],
    ["line through (4,1) and (4,7)", "x=4"],
    ["点(1,2)与(4,6)的距离", "5"],
  ] as const)
    assert.equal(problem(typed) && family.answer(problem(typed)!, "en"), answer, typed);
  for (const other of [
    "What is the distance between (1,2) and (3,4) and (5,6)?",
    "f(1,2) and f(3,4) are given.",
    "slope between (1,2) and (1,8)",
    "distance between (1,2) and (1,2)",
    "How far is it to the lake?",
  ])
    assert.equal(problem(other), undefined, other);
});

it("judges what the labels stand for", () => {
  const judged = (question: string, reasoning: string) =>
    checkSteps({ question, reasoning, task: family.id }).map((step) => step.verdict);
  const distance = "How far apart are (3, 6) and (7, -2)?";
  assert.deepEqual(judged(distance, "dx: 7-3=4\ndy: 6-2=4"), ["proved", "refuted"]);
  assert.deepEqual(judged(distance, "d: sqrt(80)=4*sqrt(5)\nd: sqrt(80)=2*sqrt(5)"), ["proved", "refuted"]);
  const line = "line through (1, 2) and (3, 6)";
  assert.deepEqual(judged(line, "m: 4/2=2\nline: y=2x\nline: y=2x+1"), ["proved", "proved", "refuted"]);
});

it("takes right answers in any form, and refutes others", () => {
  const line = "line through (1, 2) and (4, 4)";
  for (const right of [
    "y=(2/3)x+4/3",
    "2x-3y+4=0",
    "3y = 2x + 4",
    "y-2=\\frac{2}{3}(x-1)",
    "y = \\frac23 x + \\frac43",
  ])
    assert.equal(verdict(line, right), "proved", right);
  for (const wrong of ["y=(2/3)x+1", "2x-3y=4", "0=0", "x=x", "(x-1)(x-4)=0", "(2x-3y+4)^2=0"])
    assert.notEqual(verdict(line, wrong), "proved", wrong);
  for (const wrong of ["y=(2/3)x+1", "2x-3y=4", "0x=0", "x=x"]) assert.equal(verdict(line, wrong), "refuted", wrong);
  const vertical = "line through (4, 1) and (4, 7)";
  assert.deepEqual(
    ["x=4", "x-4=0", "y=4", "x=5"].map((answer) => verdict(vertical, answer)),
    ["proved", "proved", "refuted", "refuted"],
  );
  const midpoint = "midpoint of (1, 2) and (4, 4)";
  for (const right of ["(5/2, 3)", "(2.5, 3)", "\\left(\\frac{5}{2}, 3\\right)", "x=5/2, y=3", "M(2.5, 3)"])
    assert.equal(verdict(midpoint, right), "proved", right);
  for (const wrong of ["(3, 5/2)", "(5/2, 4)"]) assert.equal(verdict(midpoint, wrong), "refuted", wrong);
  const distance = "distance of (1, 2) and (3, 4)";
  for (const right of ["2*sqrt(2)", "\\sqrt{8}", "2\\sqrt2", "d = sqrt(8)"])
    assert.equal(verdict(distance, right), "proved", right);
  for (const wrong of ["-2*sqrt(2)", "sqrt(9)", "8", "2.83"]) assert.equal(verdict(distance, wrong), "refuted", wrong);
  const circle = "The circle around (1, 1) has radius 5. Is (4, 5) on the circle?";
  assert.deepEqual(
    ["yes", "是", "No.", "maybe"].map((answer) => verdict(circle, answer)),
    ["proved", "proved", "refuted", "unknown"],
  );
  for (const question of [line, midpoint, distance]) assert.equal(verdict(question, "somewhere"), "unknown");
});
