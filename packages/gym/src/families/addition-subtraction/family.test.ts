// Sums and differences: traces by hand, commuted keys, typed questions.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { additionSubtraction as family } from "./family.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");

it("writes columns with carries, and borrows after the raw digits", () => {
  assert.deepEqual(thought("47+38"), ["47+38: 7+8=15", "4+3+1=8", "47+38=85"]);
  assert.deepEqual(thought("999 + 1"), ["999+1: 9+1=10", "9+0+1=10", "9+0+1=10", "999+1=1000"]);
  assert.deepEqual(thought("85-47"), ["85-47: 8>4", "5-7<15-7=8", "8-4-1=3", "85-47=38"]);
  assert.deepEqual(thought("47-85"), ["47-85: 4<8", "85-47: 5-7<15-7=8", "8-4-1=3", "85-47=38", "47-85=-38"]);
  assert.deepEqual(thought("100-99").at(-1), "100-99=1");
  assert.deepEqual(thought("7-7"), ["7-7: 7=7", "7-7=0"]);
});

it("has one key for commuted sums, two for differences", () => {
  const key = (question: string) => family.key(problem(question)!);
  assert.equal(key("38+47"), key("47+38"));
  assert.equal(key("What is 38 plus 47?"), key("47与38的和是多少"));
  assert.notEqual(key("38-47"), key("47-38"));
  assert.notEqual(key("38+47"), key("38-47"));
});

it("reads typed questions, and leaves others alone", () => {
  for (const typed of [
    "47+38=?",
    "47 + 38 =",
    "what's 47+38",
    "How much is 47 + 38, please?",
    "47＋38等于几",
    "47加38",
    "add 47 and 38",
  ])
    assert.deepEqual(problem(typed), { operation: "+", a: 47, b: 38 }, typed);
  for (const typed of ["85-47", "85 − 47 = ?", "subtract 47 from 85", "85减去47", "What is 85 minus 47?"])
    assert.deepEqual(problem(typed), { operation: "-", a: 85, b: 47 }, typed);
  for (const other of ["3x+5=20", "47*38", "2+3+4", "f(x) = 3 + 4x", "x = 3 + 4\nprint(x)", "hello", "1.5+2"])
    assert.equal(problem(other), undefined, other);
});

it("refutes a false column and doesn't link a column of another sum", () => {
  const verdicts = (lines: string[]) =>
    checkSteps({ question: "85-47=?", reasoning: lines.join("\n"), task: family.id }).map(({ verdict, from }) => [
      verdict,
      from.length > 0,
    ]);
  assert.deepEqual(verdicts(["85-47: 8>4", "5-7<15-7=9"])[1]![0], "refuted");
  assert.deepEqual(verdicts(["85-47: 8>4", "3-9<13-9=4"])[1], ["proved", false]);
});

it("accepts other spellings of the answer and refuses wrong ones", () => {
  const verdict = (answer: string) => family.checker.checkAnswer!(problem("999+1")!, answer).verdict;
  for (const right of ["1000", "1,000", "1000.0", "10^3"]) assert.equal(verdict(right), "proved", right);
  for (const wrong of ["100", "-1000", "999"]) assert.equal(verdict(wrong), "refuted", wrong);
  assert.equal(verdict("many"), "unknown");
});
