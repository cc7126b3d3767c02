// Fractions: traces by hand, typed questions, keys, equal forms of an answer, false lines.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { Random } from "../../random.ts";
import { fractions as family } from "./family.ts";
import { spell, value } from "./problem.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");

it("adds over the least common denominator and reduces", () => {
  assert.deepEqual(thought("5/6+3/8"), [
    "gcd(6,8)=2",
    "8/2=4",
    "6/2=3",
    "5/6=(5*4)/(6*4)=20/24",
    "3/8=(3*3)/(8*3)=9/24",
    "20/24+9/24=(20+9)/24=29/24",
    "2: 29=20+8+1",
    "gcd(2,1)=1",
  ]);
  assert.deepEqual(thought("7/12+11/12"), ["7/12+11/12=(7+11)/12=18/12", "gcd(18,12)=6", "18/12=(18/6)/(12/6)=3/2"]);
  assert.deepEqual(thought("What is 1/2 - 1/2?"), ["1/2-1/2=(1-1)/2=0/2=0"]);
});

it("writes differences below zero by way of positive ones", () => {
  assert.deepEqual(thought("Subtract 3/4 from 1/4."), [
    "1/4-3/4=(1-3)/4=-(3-1)/4=-2/4",
    "gcd(2,4)=2",
    "-2/4=(-2/2)/(4/2)=-1/2",
  ]);
});

it("reduces products crosswise and operands first", () => {
  assert.deepEqual(thought("8/9 * 3/4"), [
    "8/9*3/4=(8*3)/(9*4)",
    "gcd(8,4)=4",
    "8/4=2",
    "4/4=1",
    "gcd(3,9)=3",
    "3/3=1",
    "9/3=3",
    "(8*3)/(9*4)=(2*1)/(3*1)=2/3",
  ]);
  assert.deepEqual(thought("2/4 + 1/2").slice(0, 2), ["gcd(2,4)=2", "2/4=(2/2)/(4/2)=1/2"]);
  assert.deepEqual(thought("3*2/5"), ["3*2/5=(3*2)/5", "gcd(3,5)=1", "(3*2)/5=6/5"]);
});

it("reads typed questions and words", () => {
  for (const [typed, expected] of [
    ["\\frac{5}{6} + \\frac{3}{8} = ?", "5/6+3/8"],
    ["计算 6分之5 加 8分之3", "5/6+3/8"],
    ["(2/3)×(4/5)", "2/3*4/5"],
    ["What is 2/3 of 4/5?", "2/3*4/5"],
    ["Which number is 1/3 less than 2?", "2-1/3"],
  ] as const)
    assert.equal(spell(problem(typed)!), expected, typed);
  for (const other of [
    "3+4",
    "1/2+1/3+1/4",
    "1/2 ÷ 1/3",
    "x/2+1/3=4",
    "1/0+1/2",
    "2/3 and 4/5",
    "-1/2+1/3",
    "1/2+1/3=5/6",
  ])
    assert.equal(problem(other), undefined, other);
});

it("has one key for commuted operands", () => {
  const key = (question: string) => family.key(problem(question)!);
  assert.equal(key("1/2+1/3"), key("1/3+1/2"));
  assert.notEqual(key("1/2-1/3"), key("1/3-1/2"));
});

it("accepts equal forms and refuses others", () => {
  const verdict = (answer: string) => family.checker.checkAnswer!(problem("5/6+3/8")!, answer).verdict;
  for (const right of ["29/24", "\\frac{29}{24}", "58/48", "1\\frac{5}{24}"])
    assert.equal(verdict(right), "proved", right);
  for (const wrong of ["28/24", "8/14", "1.2", "-29/24"]) assert.equal(verdict(wrong), "refuted", wrong);
  assert.equal(verdict("x"), "unknown");
});

it("refutes false lines and leaves foreign numbers unlinked", () => {
  const step = (line: string) => checkSteps({ question: "5/6+3/8", reasoning: line, task: family.id })[0]!;
  assert.equal(step("gcd(6,8)=4").verdict, "refuted");
  assert.equal(step("5/6=(5*4)/(6*4)=20/26").verdict, "refuted");
  assert.equal(step("2: 6=4+2").verdict, "refuted");
  assert.deepEqual(step("gcd(6,8)=2").from, [-1]);
  assert.deepEqual(step("gcd(9,27)=9").from, []);
});

it("draws reduced, improper, whole and unreduced operands, and negative results", () => {
  const seen = new Set<string>();
  for (let i = 0; i < 2000; i++) {
    const drawn = family.draw(Random.fromSeed(i), family.defaultLevel);
    assert.ok(Math.max(drawn.b, drawn.d) <= 12 && Math.min(drawn.b, drawn.d) >= 1);
    if (drawn.b === 1 || drawn.d === 1) seen.add("whole");
    if (drawn.a > drawn.b && drawn.b > 1) seen.add("improper");
    if (value(drawn)[0] < 0) seen.add("negative");
    if (value(drawn)[1] === 1) seen.add("whole result");
  }
  assert.equal(seen.size, 4);
});
