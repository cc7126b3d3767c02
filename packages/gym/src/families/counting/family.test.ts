// Counting choices: traces by hand, numbers against enumeration, typed questions.

import assert from "node:assert/strict";
import { it } from "node:test";
import "../../registry.ts";
import { counting as family } from "./family.ts";
import { answerOf } from "./problem.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");

it("multiplies factors, and divides a selection", () => {
  assert.deepEqual(thought("P(8, 3) = ?"), ["2: 8-1=7", "8*7=56", "3: 7-1=6", "56*6=300+36=336"]);
  assert.deepEqual(thought("C(5, 2) = ?"), ["2: 5-1=4", "5*4=20", "1*2=2", "20/2=10"]);
  assert.deepEqual(thought("How many sequences of length 3 over 4 symbols are there?"), [
    "2: 4*4=16",
    "3: 16*4=40+24=64",
  ]);
});

it("counts what an enumeration counts", () => {
  for (const [n, k] of [
    [5, 3],
    [4, 4],
    [6, 2],
  ] as const) {
    let lists: number[][] = [[]];
    for (let i = 0; i < k; i++) lists = lists.flatMap((list) => Array.from({ length: n }, (_, x) => [...list, x]));
    const distinct = lists.filter((list) => new Set(list).size === k);
    assert.equal(answerOf({ kind: "sequences", n, k }), lists.length);
    assert.equal(answerOf({ kind: "arrangements", n, k }), distinct.length);
    assert.equal(answerOf({ kind: "selections", n, k }), new Set(distinct.map((list) => [...list].sort().join())).size);
  }
});

it("reads typed questions, and leaves others alone", () => {
  assert.equal(answerOf(problem("In how many ways can we arrange 3 of 5 books in a row?")!), 60);
  assert.equal(answerOf(problem("从7个球中取2个，不计顺序，有多少种取法？")!), 21);
  for (const other of ["C(2, 5) = ?", "7 of 9 balls", "What is 5^3?"]) assert.equal(problem(other), undefined, other);
});
