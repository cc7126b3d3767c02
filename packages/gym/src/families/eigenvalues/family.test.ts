// Eigenvalues: traces by hand, singular matrices for each eigenvalue, typed questions, wrong lines and answers.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { Random } from "../../random.ts";
import { determinant } from "../determinants/matrix.ts";
import { eigenvalues as family } from "./family.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");
const QUESTION = "What are the eigenvalues of [1 2; -1 4]?";

it("writes trace, determinant and the characteristic equation", () => {
  assert.deepEqual(thought(QUESTION), [
    "tr: 1+4=5",
    "ad: 1*4=4",
    "bc: 2*(-1)=-2",
    "det: 4+2=6",
    "x^2-5x+6=0",
    "D=5^2-4*1*6",
    "5^2=25",
    "4*1*6=4*6=24",
    "D=25-24=1=1^2",
    "x1=(5+1)/(2*1)=6/2=3",
    "x2=(5-1)/(2*1)=4/2=2",
  ]);
  assert.deepEqual(thought("求矩阵[[3, 1], [-1, 1]]的特征值").slice(-2), ["D=16-16=0", "x=4/(2*1)=4/2=2"]);
});

it("makes the matrix singular with each answer, and with nothing else", () => {
  for (let i = 0; i < 400; i++) {
    const matrix = family.draw(Random.fromSeed(i), 1 + (i % 3));
    const found: number[] = [];
    for (let x = -60; x <= 60; x++) {
      const less = matrix.map((row, k) => row.map((value, j) => (k === j ? value - x : value)));
      if (determinant(less) === 0) found.push(x);
    }
    const said = family.answer(matrix, "en").split(", ").map(Number);
    assert.deepEqual(
      said.sort((a, b) => a - b),
      found,
      family.key(matrix),
    );
    assert.equal(family.cell(matrix), found.length === 1 ? "double eigenvalue" : "two eigenvalues");
  }
});

it("reads typed questions, and leaves others alone", () => {
  for (const typed of [
    "eigenvalues of [[1,2],[-1,4]]",
    "$A=\\begin{pmatrix}1&2\\\\-1&4\\end{pmatrix}$, find the eigenvalues of A",
    "Solve the characteristic equation of (1 2; -1 4): which eigenvalues are there?",
    "矩阵 [1,2;-1,4] 的本征值",
  ])
    assert.deepEqual(
      problem(typed),
      [
        [1, 2],
        [-1, 4],
      ],
      typed,
    );
  for (const other of [
    "[[1,2],[-1,4]]",
    "What are the eigenvalues of [[0,1],[-1,0]]?", // none real
    "What are the eigenvalues of [[1,1],[1,0]]?", // irrational
    "What are the eigenvectors and eigenvalues of [[1,2],[-1,4]]?",
    "What is the largest eigenvalue of [[1,2],[-1,4]]?",
    "What is the sum of the eigenvalues of [[1,2],[-1,4]]?",
    "eigenvalues of [[1,2],[-1,4]] and [[1,0],[0,1]]",
    "eigenvalues of [[1,2,3],[4,5,6],[7,8,9]]",
  ])
    assert.equal(problem(other), undefined, other);
});

it("judges its lines", () => {
  const judged = (reasoning: string) =>
    checkSteps({ question: QUESTION, reasoning, task: family.id }).map(({ verdict }) => verdict);
  assert.deepEqual(judged("tr: 1+4=5\nad: 1*4=4\nbc: 1*4=4"), ["proved", "proved", "refuted"]);
  assert.deepEqual(judged("x^2-5x+5=0"), ["refuted"]);
  assert.deepEqual(judged("x1=3\nx2=4"), ["proved", "refuted"]);
});

it("takes the eigenvalues as a list or set in any order, and refutes wrong ones", () => {
  const verdict = (question: string, text: string) => family.checker.checkAnswer!(problem(question)!, text).verdict;
  for (const right of ["3, 2", "{2,3}", "\\lambda_1=2, \\lambda_2=3", "2 and 3", "λ=2或λ=3", "2; 3"])
    assert.equal(verdict(QUESTION, right), "proved", right);
  for (const wrong of ["3", "2, 4", "-2, -3", "2, 3, 4"]) assert.equal(verdict(QUESTION, wrong), "refuted", wrong);
  for (const unread of ["", "two of them"]) assert.equal(verdict(QUESTION, unread), "unknown", unread);
  for (const right of ["2", "2, 2", "λ=2"])
    assert.equal(verdict("eigenvalues of [[3,1],[-1,1]]", right), "proved", right);
});
