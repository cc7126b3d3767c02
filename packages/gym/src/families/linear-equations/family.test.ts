// Linear equations: traces by hand for each shape, typed questions, words, keys.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { Random } from "../../random.ts";
import { linearEquations as family } from "./family.ts";
import { solution } from "./problem.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");

it("solves each shape in named steps", () => {
  assert.deepEqual(thought("Solve 3x + 5 = 20."), ["3x+5=20", "3x=20-5=15", "x=15/3=5"]);
  assert.deepEqual(thought("4(t-3)=20"), ["4(t-3)=20", "t-3=20/4=5", "t=5+3=8"]);
  assert.deepEqual(thought("5x+3=2x+12"), ["5x+3=2x+12", "5x-2x=3x", "12-3=9", "3x=9", "x=9/3=3"]);
  assert.deepEqual(thought("n/3+4=6"), ["n/3+4=6", "n/3=6-4=2", "n=2*3=6"]);
  assert.deepEqual(thought("(2/3)x+4=8"), ["2x/3+4=8", "2x/3=8-4=4", "2x=4*3=12", "x=12/2=6"]);
  assert.deepEqual(thought("(y+5)/3=4"), ["(y+5)/3=4", "y+5=4*3=12", "y=12-5=7"]);
});

it("writes signed sums by way of unsigned ones", () => {
  assert.deepEqual(thought("-3x+14=-19"), ["-3x+14=-19", "-3x=-19-14=-(19+14)=-33", "x=-33/(-3)=11"]);
  assert.deepEqual(thought("x-9=-4"), ["x-9=-4", "x=-4+9=9-4=5"]);
});

it("reads typed questions in any letter", () => {
  const solved = (question: string) => [problem(question)!.letter, solution(problem(question)!)];
  for (const typed of [
    "3k+5=20",
    "20=3k+5",
    "5+3k=20",
    "Solve for k: 3*k + 5 = 20",
    "If 3k + 5 = 20, what is k?",
    "解方程 3k+5=20",
  ])
    assert.deepEqual(solved(typed), ["k", 5], typed);
  for (const other of [
    "3x+2y=5",
    "x^2=4",
    "dy/dx = 3x + 1",
    "47+38=?",
    "3x+5=20 and 2x=4",
    "x = 3\nprint(x)",
    "y' = 2",
  ])
    assert.equal(problem(other), undefined, other);
});

it("reads words in both languages", () => {
  const solved = (question: string) => solution(problem(question)!);
  assert.equal(solved("3 times a number plus 5 is 20. What is the number?"), 5);
  assert.equal(solved("I think of a number, add 2, then multiply it by 4, and get 20. What is my number?"), 3);
  assert.equal(solved("某数的3倍加5等于20，求这个数。"), 5);
  assert.equal(solved("2/3 of a number minus 1 equals 5. Find the number."), 9);
});

it("has one key for swapped sides and any letter", () => {
  const key = (question: string) => family.key(problem(question)!);
  assert.equal(key("5x+3=2x+12"), key("2t+12=5t+3"));
  assert.equal(key("3x+5=20"), key("20=5+3u"));
  assert.notEqual(key("3x+5=20"), key("3x-5=20"));
});

it("draws whole solutions in the level's range, in every shape and many letters", () => {
  const letters = new Set<string>();
  const solutions = new Set<number>();
  for (let i = 0; i < 4000; i++) {
    const drawn = family.draw(Random.fromSeed(i), family.defaultLevel);
    const x = solution(drawn);
    assert.ok(Number.isInteger(x) && Math.abs(x) <= 15);
    letters.add(drawn.letter);
    solutions.add(x);
  }
  assert.equal(solutions.size, 31);
  assert.ok(letters.size > 22, [...letters].join(""));
});

it("judges lines and answers by the equation", () => {
  const steps = (lines: string[]) =>
    checkSteps({ question: "Solve 3x+5=20.", reasoning: lines.join("\n"), task: family.id }).map(
      ({ verdict }) => verdict,
    );
  assert.deepEqual(steps(["3x+5=20", "3x=20-5=16"]), ["proved", "refuted"]);
  assert.deepEqual(steps(["3x+5=21"]), ["refuted"]);
  const verdict = (answer: string) => family.checker.checkAnswer!(problem("3x+5=20")!, answer).verdict;
  assert.equal(family.checker.checkAnswer!(problem("3x+5=21")!, "16/3").verdict, "proved");
  assert.equal(family.checker.checkAnswer!(problem("2x+5=2x+7")!, "1").verdict, "unknown");
  assert.deepEqual(["5", "x=5", "x = 10/2", "5.0", "-5", "x=6"].map(verdict), [
    "proved",
    "proved",
    "proved",
    "proved",
    "refuted",
    "refuted",
  ]);
});
