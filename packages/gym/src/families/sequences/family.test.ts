// Sequences: rules, traces by hand for each, typed questions, keys, labels that are judged.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { sequences as family } from "./family.ts";
import { ruleOf, value } from "./problem.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");

it("finds the simplest rule", () => {
  assert.equal(ruleOf([3, 8, 13, 18]), "arithmetic");
  assert.equal(ruleOf([5, 5, 5, 5]), "arithmetic");
  assert.equal(ruleOf([3, -6, 12, -24]), "geometric");
  assert.equal(ruleOf([2, 5, 10, 17]), "quadratic");
  assert.equal(ruleOf([2, 5, 4, 7, 6]), "alternating");
  for (const none of [
    [1, 2, 3],
    [1, 1, 2, 3, 5],
    [4, 6, 9, 14],
    [0, 1, 0, 2],
  ])
    assert.equal(ruleOf(none), undefined);
});

it("writes differences, compares them and goes on", () => {
  assert.deepEqual(thought("What is the next term of the sequence 3, 8, 13, 18?"), [
    "2: 8-3=5",
    "3: 13-8=5",
    "4: 18-13=5",
    "5=5=5",
    "5: 18+5=23",
  ]);
  assert.deepEqual(thought("2, 5, 10, 17. What is the 6th term?").slice(3), [
    "3!=5",
    "3!=7",
    "5-3=2",
    "7-5=2",
    "2=2",
    "7+2=9",
    "5: 17+9=26",
    "9+2=11",
    "6: 26+11=37",
  ]);
  assert.deepEqual(thought("数列3, 6, 12, 24，…的前5项和是多少？").slice(-6), [
    "4: 12*2=20+4=24",
    "5: 24*2=40+8=48",
    "sum 2: 3+6=9",
    "sum 3: 9+12=21",
    "sum 4: 21+24=45",
    "sum 5: 45+48=93",
  ]);
  assert.deepEqual(thought("2, 5, 4, 7, 6, ...; term 7 = ?").slice(-5), [
    "3!=-1",
    "3=3",
    "-1=-1",
    "6: 6+3=9",
    "7: 9-1=8",
  ]);
  assert.deepEqual(thought("Find the sum of the first 9 terms of the sequence 4, 7, 10, 13").slice(4), [
    "9-1=8",
    "8*3=24",
    "9: 4+24=28",
    "4+28=32",
    "32/2=16",
    "sum 9: 16*9=90+54=144",
  ]);
});

it("reads typed questions, and leaves others alone", () => {
  const answer = (question: string) => value(problem(question)!);
  assert.equal(answer("In the series 10, 20, 30, 40, what comes after 40?"), 50);
  assert.equal(answer("1, 4, 9, 16, ?"), 25);
  assert.equal(answer("找规律填数：-2，4，-8，16，下一个填几？"), -32);
  for (const other of [
    "Sort the numbers 3, 8, 13, 18.",
    "1, 1, 2, 3, 5, ?",
    "What is the mean of 3, 8, 13, 18?",
    "Put 3, 8, 13, 18, in falling order.",
    "What is the 900th term of the sequence 2, 4, 8, 16?",
  ])
    assert.equal(problem(other), undefined, other);
});

it("has one key however many terms are shown", () => {
  const key = (question: string) => family.key(problem(question)!);
  assert.equal(key("3, 8, 13, 18. What is next?"), key("3, 8, 13, 18, 23: what is the 5th term?"));
  assert.notEqual(key("3, 8, 13, 18. What is next?"), key("3, 8, 13, 18, 23. What is next?"));
});

it("judges the places in front of lines", () => {
  const judged = (reasoning: string) =>
    checkSteps({ question: "3, 8, 13, 18. What is the 6th term?", reasoning, task: family.id }).map(
      ({ verdict }) => verdict,
    );
  assert.deepEqual(judged("2: 8-3=5\n5: 18+5=23\n6: 23+5=28"), ["proved", "proved", "proved"]);
  assert.deepEqual(judged("2: 8-3=5\n6: 18+5=23"), ["proved", "refuted"]);
  assert.deepEqual(judged("2: 8-3=5\nsum 2: 3+8=11\nsum 3: 3+8=11"), ["proved", "proved", "refuted"]);
});
