// 2×2 systems: a trace by hand, typed questions, commuted keys, answers.

import assert from "node:assert/strict";
import { it } from "node:test";
import { linearSystems as family } from "./family.ts";
import { solution } from "./problem.ts";

const problem = (question: string) => family.checker.recognise(question);

it("eliminates the second unknown, then puts the first back", () => {
  assert.deepEqual(family.trace(problem("3x+2y=16, 5x-4y=-10")!, "en"), [
    "3x+2y=16",
    "5x-4y=-10",
    "x: 3*(-4)-5*2=-12-10=-(12+10)=-22",
    "1: 16*(-4)-(-10)*2=-(40+24)+20=-64+20=-(64-20)=-44",
    "-22x=-44",
    "x=-44/(-22)=44/22=2",
    "2y=16-3*2=16-6=10",
    "y=10/2=5",
  ]);
});

it("reads typed questions with any two letters, in either order of terms", () => {
  for (const typed of [
    "Solve a+b=5 and a-b=1",
    "a + b = 5; b - a = -1",
    "解方程组 a+b=5，a-b=1",
    "What are a and b if a+b=5 and 1a-1b=1?",
    "1 times a plus 1 times b is 5 and 1 times a minus 1 times b is 1, find a and b".replace(/^/, "If "),
  ]) {
    const found = problem(typed);
    assert.ok(found !== undefined, typed);
    assert.deepEqual(
      [found.letters, solution(found)],
      [
        ["a", "b"],
        [3, 2],
      ],
      typed,
    );
  }
  for (const other of ["3x+5=20", "x+y=3", "x^2+y=3, x-y=1", "x+y=3, x+z=4", "dy/dx = x + y"])
    assert.equal(problem(other), undefined, other);
});

it("has one key for swapped equations and swapped unknowns", () => {
  const key = (question: string) => family.key(problem(question)!);
  const keys = ["3x+2y=16, 5x-4y=-10", "5x-4y=-10, 3x+2y=16", "2y+3x=16, -4y+5x=-10", "2p+3q=16, -4p+5q=-10"].map(key);
  assert.equal(new Set(keys).size, 1);
  assert.notEqual(keys[0], key("3x+2y=16, 5x+4y=-10"));
});

it("checks answers by substitution", () => {
  const verdict = (answer: string) => family.checker.checkAnswer!(problem("3x+2y=16, 5x-4y=-10")!, answer).verdict;
  for (const right of ["x=2, y=5", "y=5, x=2", "x=2; y=5", "(2, 5)", "x = 2，y = 5"])
    assert.equal(verdict(right), "proved", right);
  assert.equal(family.checker.checkAnswer!(problem("3x+2y=1, x-y=0")!, "x=1/5, y=\\frac{1}{5}").verdict, "proved");
  assert.equal(family.checker.checkAnswer!(problem("x+y=1, x+y=1")!, "x=1, y=0").verdict, "unknown");
  for (const wrong of ["x=5, y=2", "x=2, y=-5", "(5,2)"]) assert.equal(verdict(wrong), "refuted", wrong);
  for (const unclear of ["x=2", "2", "a=2, b=5"]) assert.equal(verdict(unclear), "unknown", unclear);
});
