// Determinants: traces by hand, the rule against cofactors of another row, typed questions, lines that are judged.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { Random } from "../../random.ts";
import { determinants as family } from "./family.ts";
import { determinant } from "./matrix.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");

it("writes products and their difference", () => {
  assert.deepEqual(thought("det [3 2; -5 4]"), ["3*4=12", "2*(-5)=-10", "12+10=22"]);
  assert.deepEqual(thought("What is the determinant of [[1, 2, 3], [4, 5, 6], [7, 8, 10]]?"), [
    "1: 5*10-6*8=50-48=2",
    "2: 4*10-6*7=40-42=-(42-40)=-2",
    "3: 4*8-5*7=32-35=-(35-32)=-3",
    "1*2=2",
    "2*(-2)=-4",
    "3*(-3)=-9",
    "2+4=6",
    "6-9=-(9-6)=-3",
  ]);
});

it("is what the rule of Sarrus gives", () => {
  for (let i = 0; i < 200; i++) {
    const matrix = family.draw(Random.fromSeed(i), 3);
    const [[a = 0, b = 0, c = 0], [d = 0, e = 0, f = 0], [g = 0, h = 0, k = 0]] = matrix as number[][] as [
      number[],
      number[],
      number[],
    ];
    assert.equal(determinant(matrix), a * e * k + b * f * g + c * d * h - c * e * g - b * d * k - a * f * h);
  }
});

it("reads typed questions, and leaves others alone", () => {
  for (const typed of [
    "determinant of [[1,2],[3,4]]",
    "det(1 2; 3 4)",
    "求行列式 |1, 2; 3, 4|",
    "$\\det\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$",
  ])
    assert.deepEqual(
      problem(typed),
      [
        [1, 2],
        [3, 4],
      ],
      typed,
    );
  for (const other of [
    "[[1,2],[3,4]]",
    "determinant of [[1,2,3],[4,5,6]]",
    "det of [[1,2],[3,4]][[5,6],[7,8]]",
    "determine x: 3x=6",
    "Determine [[1,2],[3,4]].",
  ])
    assert.equal(problem(other), undefined, other);
});

it("judges the numbered lines", () => {
  const question = "What is the determinant of [[1, 2, 3], [4, 5, 6], [7, 8, 10]]?";
  const judged = (reasoning: string) =>
    checkSteps({ question, reasoning, task: family.id }).map(({ verdict }) => verdict);
  assert.deepEqual(judged("1: 5*10-6*8=50-48=2\n2: 5*10-6*8=50-48=2"), ["proved", "refuted"]);
  assert.equal(family.checker.checkAnswer!(problem(question)!, "det A = -3").verdict, "proved");
  assert.equal(family.checker.checkAnswer!(problem(question)!, "3").verdict, "refuted");
});
