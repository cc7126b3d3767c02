// Statistics: traces by hand for each kind, answers against other formulas, typed questions, wrong lines and answers.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { Random } from "../../random.ts";
import { statistics as family } from "./family.ts";
import type { Statistics } from "./problem.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");

it("adds, then divides by how many there are", () => {
  assert.deepEqual(thought("What is the mean of 4, 9 and 11?"), ["2: 4+9=13", "3: 13+11=24", "mean: 24/3=8"]);
  assert.deepEqual(thought("求4、9、7和5的平均数。"), [
    "2: 4+9=13",
    "3: 13+7=20",
    "4: 20+5=25",
    "4: 25=24+1",
    "gcd(4,1)=1",
  ]);
  assert.deepEqual(thought("Find the mean of a list that has 3 times 12 and 2 times 17."), [
    "3*12=30+6=36",
    "2*17=20+14=34",
    "sum: 36+34=70",
    "count: 3+2=5",
    "mean: 70/5=14",
  ]);
  assert.deepEqual(thought("The mean of 3, 8 and a missing number is 7. What is the missing number?"), [
    "2: 3+8=11",
    "count: 2+1=3",
    "sum: 3*7=21",
    "missing: 21-11=10",
  ]);
});

it("puts the numbers in order", () => {
  assert.deepEqual(thought("What is the median of 8, 3, 8 and 5?"), [
    "2: 3<8",
    "3: 3<8=8",
    "4: 3<5<8=8",
    "place: 4/2=2",
    "2+1=3",
    "5+8=13",
  ]);
  assert.deepEqual(thought("Find the mode of 5, 7, 5, 7, 2, 7."), [
    "2: 5<7",
    "3: 5=5<7",
    "4: 5=5<7=7",
    "5: 2<5=5<7=7",
    "6: 2<5=5<7=7=7",
    "5: 1+1=2",
    "7: 1+1+1=3",
    "3>2>1",
  ]);
  assert.equal(thought("Find the range of 5, 17, 2.").at(-1), "range: 17-2=15");
});

/** The answer in floating point, by another way. */
function otherwise({ kind, values, counts, mean }: Statistics): number {
  const list = values.flatMap((value, i) => Array<number>(counts?.[i] ?? 1).fill(value));
  const below = (value: number) => list.filter((one) => one < value).length;
  const average = list.reduce((total, value) => total + value / list.length, 0);
  switch (kind) {
    case "median": {
      // The numbers with at most half of the list on either side; between two of them lies the median.
      const above = (value: number) => list.filter((one) => one > value).length;
      const middle = list.filter((value) => 2 * below(value) <= list.length && 2 * above(value) <= list.length);
      return (Math.min(...middle) + Math.max(...middle)) / 2;
    }
    case "mode":
      return list.find((value) => list.every((other) => times(list, value) >= times(list, other)))!;
    case "range":
      return list.reduce((most, x) => Math.max(most, ...list.map((y) => x - y)), 0);
    case "missing":
      return mean! + list.reduce((total, value) => total + (mean! - value), 0);
    default:
      return average;
  }
}
const times = (list: readonly number[], value: number) => list.filter((one) => one === value).length;

it("agrees with other formulas", () => {
  for (let i = 0; i < 600; i++) {
    const one = family.draw(Random.fromSeed(i), (i % 3) + 1);
    const [over, under = 1] = family.answer(one, "en").split("/").map(Number) as [number, number?];
    assert.ok(Math.abs(over / under - otherwise(one)) < 1e-9, JSON.stringify(one));
  }
});

it("reads typed questions, and leaves others alone", () => {
  for (const [typed, answer] of [
    ["median of 3 9 4", "4"],
    ["average: 2, 4, 9", "5"],
    ["2, 4, 9; find the mean", "5"],
    ["12，7，12，3，众数", "12"],
    ["Mean of the numbers 1,2,3,4", "5/2"],
  ] as const)
    assert.equal(problem(typed) && family.answer(problem(typed)!, "en"), answer, typed);
  for (const other of [
    "What do you mean by 3 and 4 houses?",
    "Find the mode of 1, 2, 3.",
    "Find the mode of 1, 1, 2, 2.",
    "What is the mean?",
    "The average of 5 people is tall.",
  ])
    assert.equal(problem(other), undefined, other);
});

it("judges what the labels stand for", () => {
  const judged = (question: string, reasoning: string) =>
    checkSteps({ question, reasoning, task: family.id }).map(({ verdict }) => verdict);
  const mean = "What is the mean of 4, 9 and 11?";
  assert.deepEqual(judged(mean, "2: 4+9=13\n3: 13+9=22"), ["proved", "refuted"]);
  assert.deepEqual(judged(mean, "2: 4+9=13\n3: 13+11=24\nmean: 24/2=12"), ["proved", "proved", "refuted"]);
  const median = "What is the median of 8, 3, 8 and 5?";
  assert.deepEqual(judged(median, "2: 3<8\n3: 3<5<8"), ["proved", "refuted"]);
  assert.deepEqual(judged(median, "place: 4/2=2\nplace: 3"), ["proved", "refuted"]);
  assert.deepEqual(judged("Find the mode of 5, 7, 5, 2.", "5: 1+1=2\n7: 1+1=2"), ["proved", "refuted"]);
});

it("takes equal answers, with units, and refutes others", () => {
  const one = problem("Ann scored 4, 9, 7 and 5 points. What is the mean of the scores?")!;
  const verdict = (answer: string) => family.checker.checkAnswer!(one, answer).verdict;
  for (const right of ["25/4", "6.25", "6 1/4", "\\frac{25}{4}", "6.25 points", "mean = 25/4"])
    assert.equal(verdict(right), "proved", right);
  for (const wrong of ["6", "25/3", "6.2"]) assert.equal(verdict(wrong), "refuted", wrong);
  for (const odd of ["", "six"]) assert.equal(verdict(odd), "unknown", odd);
});
