// Products: traces by hand, commuted keys, typed questions.

import assert from "node:assert/strict";
import { it } from "node:test";
import { multiplication as family } from "./family.ts";

const problem = (question: string) => family.checker.recognise(question);

it("writes partial products by digits, then the columns of their sum", () => {
  assert.deepEqual(family.trace(problem("47*38")!, "en"), [
    "47*38=47*8+47*30",
    "47*8: 7*8=56",
    "4*8+5=37",
    "47*8=376",
    "47*30: 7*3=21",
    "4*3+2=14",
    "47*30=1410",
    "376+1410: 6+0=6",
    "7+1=8",
    "3+4=7",
    "0+1=1",
    "47*38=1786",
  ]);
  assert.deepEqual(family.trace({ a: 7, b: 8 }, "en"), ["7*8=56"]);
});

it("ends in the product at every level", () => {
  for (const [a, b] of [
    [12, 7],
    [90, 10],
    [305, 40],
    [999, 999],
    [100, 203],
    [0, 5],
  ] as const)
    assert.equal(family.trace({ a, b }, "en").at(-1), `${a}*${b}=${a * b}`);
});

it("reads typed questions, and leaves others alone", () => {
  for (const typed of [
    "47*38",
    "47 × 38 = ?",
    "47 x 38",
    "47·38",
    "$47 \\times 38$",
    "47 times 38",
    "the product of 47 and 38",
    "47乘以38",
    "47乘38等于几",
  ])
    assert.deepEqual(problem(typed), { a: 47, b: 38 }, typed);
  for (const other of ["47+38", "47*38+2", "3x=38", "2*x = 6", "a = 3 * 4\nprint(a)", "x^2*3"])
    assert.equal(problem(other), undefined, other);
});

it("has one key for commuted products", () => {
  assert.equal(family.key({ a: 47, b: 38 }), family.key({ a: 38, b: 47 }));
});
