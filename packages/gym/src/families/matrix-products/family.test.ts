// Products of matrices: traces by hand, the rules that products obey, typed questions in both orders, wrong lines and answers.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import type { Matrix } from "../../matrix.ts";
import { Random } from "../../random.ts";
import { matrixProducts as family } from "./family.ts";
import { productOf } from "./product.ts";

const problem = (question: string) => family.checker.recognise(question);
const QUESTION = "What is [[1, -2], [3, 0]] times [[5, 6], [7, -8]]?";

it("writes each entry: products, then their sum", () => {
  assert.deepEqual(family.trace(problem(QUESTION)!, "en"), [
    "1,1: 1*5+(-2)*7=5-14=-(14-5)=-9",
    "1,2: 1*6+(-2)*(-8)=6+16=22",
    "2,1: 3*5+0*7=15+0=15",
    "2,2: 3*6+0*(-8)=18+0=18",
  ]);
  assert.equal(family.answer(problem(QUESTION)!, "en"), "[[-9, 22], [15, 18]]");
  assert.deepEqual(family.trace(problem("(1 -2 3; 0 4 -1) * (2; 5; -3)")!, "en"), [
    "1,1: 1*2+(-2)*5+3*(-3)=2-10-9=-(10-2)-9=-8-9=-(8+9)=-17",
    "2,1: 0*2+4*5+(-1)*(-3)=0+20+3=20+3=23",
  ]);
});

it("obeys the rules of products", () => {
  const add = (a: Matrix, b: Matrix) => a.map((row, i) => row.map((value, j) => value + b[i]![j]!));
  const turned = (a: Matrix) => a[0]!.map((_, j) => a.map((row) => row[j]! + 0));
  const times = (left: Matrix, right: Matrix) => productOf({ left, right });
  for (let i = 0; i < 300; i++) {
    const { left, right } = family.draw(Random.fromSeed(i), 2 + (i % 2));
    const other = family.draw(Random.fromSeed(1000 + i), 2 + (i % 2)).left;
    assert.deepEqual(turned(times(left, right)), turned(turned(times(turned(right), turned(left)))));
    if (other[0]!.length === left[0]!.length)
      assert.deepEqual(times(add(left, other), right), add(times(left, right), times(other, right)));
    const vector = right[0]!.map((_, k) => [k + 2]);
    assert.deepEqual(times(times(left, right), vector), times(left, times(right, vector)));
  }
});

it("reads typed questions, in the order that names tell", () => {
  const read = {
    left: [
      [1, 2],
      [3, 4],
    ],
    right: [[5], [6]],
  };
  for (const typed of [
    "multiply [1 2;3 4] and [5;6]",
    "$A=\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$, $v=\\begin{bmatrix}5\\\\6\\end{bmatrix}$. Find Av.",
    "v = (5; 6), A = (1 2; 3 4), compute Av",
    "[[1,2],[3,4]]·[[5],[6]]=",
    "矩阵[[1,2],[3,4]]和向量[[5],[6]]的乘积是多少",
  ])
    assert.deepEqual(problem(typed), read, typed);
});

it("leaves other questions alone", () => {
  for (const other of [
    "[[1,2],[3,4]]",
    "Find AB for A = [[1,2],[3,4]] and B = [[1,2,3],[4,5,6],[7,8,9]].", // no fit
    "Is [[1,2],[3,4]] equal to [[5,6],[7,8]]?",
    "What is the sum [[1,2],[3,4]] plus [[5,6],[7,8]]?",
    "What is det of the product [[1,2],[3,4]][[5,6],[7,8]]?",
    "[[1,2],[3,4]] * [[1,2],[3,4]] * [[1,2],[3,4]]",
    "multiply (1; 2) by 3",
  ])
    assert.equal(problem(other), undefined, other);
  for (const piece of ["[1 2; ", "[[1,2],", "(1 ", "1;", "\\begin{pmatrix}1&2\\\\"]) {
    const start = performance.now();
    problem(`multiply ${piece.repeat(90).slice(0, 580)}`);
    problem(piece.repeat(20_000));
    assert.ok(performance.now() - start < 300, piece);
  }
});

it("judges its lines", () => {
  const judged = (reasoning: string) =>
    checkSteps({ question: QUESTION, reasoning, task: family.id }).map(({ verdict }) => verdict);
  assert.deepEqual(judged("1,1: 1*5+(-2)*7=5-14=-9\n1,2: 1*5+(-2)*7=5-14=-9"), ["proved", "refuted"]);
  assert.deepEqual(judged("1,1: 1*5+(-2)*7=5-14=-8"), ["refuted"]);
});

it("accepts any notation of the answer, and refutes wrong ones", () => {
  const verdict = (question: string, text: string) => family.checker.checkAnswer!(problem(question)!, text).verdict;
  for (const right of [
    "[[-9,22],[15,18]]",
    "AB = [-9 22; 15 18]",
    "\\begin{pmatrix} -9 & 22 \\\\ 15 & 18 \\end{pmatrix}",
    "\\left(\\begin{bmatrix}-9&22\\\\15&18\\end{bmatrix}\\right)",
  ])
    assert.equal(verdict(QUESTION, right), "proved", right);
  for (const wrong of ["[[-9,22],[15,19]]", "[[-9,15],[22,18]]", "[[-9],[22]]", "[[9,22],[15,18]]"])
    assert.equal(verdict(QUESTION, wrong), "refuted", wrong);
  for (const unread of ["22", "a matrix", "[[-9,22],[15]]"]) assert.equal(verdict(QUESTION, unread), "unknown", unread);
  const vector = "[[1,2],[3,4]] * [[5],[6]]";
  for (const right of ["[[17], [39]]", "(17, 39)", "[17; 39]", "(17,39)^T", "\\begin{pmatrix}17\\\\39\\end{pmatrix}"])
    assert.equal(verdict(vector, right), "proved", right);
  for (const wrong of ["(39, 17)", "[[17, 39], [1, 2]]"]) assert.equal(verdict(vector, wrong), "refuted", wrong);
});
