// Brackets: traces by hand, typed questions, keys, forms of an answer, false lines.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps, grade } from "@lemma/verify";
import "../../registry.ts";
import { Random } from "../../random.ts";
import { expandFactor as family } from "./family.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");
const answer = (question: string) => family.answer(problem(question)!, "en");

it("expands each term by each", () => {
  assert.deepEqual(thought("Expand (2x+4)(3x-5)."), [
    "2x*3x=6x^2",
    "2x*(-5)=-10x",
    "4*3x=12x",
    "4*(-5)=-20",
    "-10x+12x=12x-10x=2x",
    "(2x+4)(3x-5)=6x^2+2x-20",
  ]);
  assert.deepEqual(thought("Multiply out -3(t - 5)"), ["-3*t=-3t", "-3*(-5)=15", "-3(t-5)=-3t+15"]);
  assert.equal(thought("Expand (x-3)²")[0], "(x-3)^2=(x-3)(x-3)");
  assert.equal(answer("Expand (x+1)(x+2)(x-3)"), "x^3-7x-6");
});

it("factors by a pair with the right product and sum", () => {
  assert.deepEqual(thought("Factor x^2-2x-15."), [
    "15=1*15",
    "15-1=14",
    "15=3*5",
    "5-3=2",
    "3+(-5)=-(5-3)=-2",
    "x^2-2x-15=(x+3)(x-5)",
  ]);
  assert.deepEqual(thought("Factor 2x^2+7x+3."), [
    "gcd(2,7)=1",
    "2*3=6",
    "6=1*6",
    "1+6=7",
    "2x^2+7x+3=2x^2+x+6x+3",
    "gcd(2,1)=1",
    "2x^2+x=x(2x+1)",
    "gcd(6,3)=3",
    "6/3=2",
    "3/3=1",
    "6x+3=3(2x+1)",
    "2x^2+7x+3=x(2x+1)+3(2x+1)=(x+3)(2x+1)",
  ]);
  assert.equal(answer("Factor 3k^2-27"), "3(k-3)(k+3)");
  assert.equal(answer("分解因式：x^2+6x+9"), "(x+3)^2");
  assert.equal(answer("Factor 6x^2-4x"), "2x(3x-2)");
});

it("reads typed questions and leaves others alone", () => {
  assert.equal(answer("展开 2*(a + 1) * (a - 4)"), "2a^2-6a-8");
  for (const other of [
    "Factor x^2+x+1",
    "Factor 84 into primes",
    "Solve x^2+5x+6=0",
    "Solve (x+2)(x+3)=0 by expanding",
    "Differentiate (x+2)(x+3)",
    "Expand (x+2)(y+3)",
    "Factor x^3+x^2",
    "x^2+5x+6",
  ])
    assert.equal(problem(other), undefined, other);
});

it("has one key for commuted factors and any letter", () => {
  const key = (question: string) => family.key(problem(question)!);
  assert.equal(key("Expand (x+2)(x-3)"), key("Expand (t-3)(t+2)"));
  assert.notEqual(key("Expand (x+2)(x-3)"), key("Factor x^2-x-6"));
});

it("accepts equal answers in the right form only", () => {
  const verdicts = (question: string, text: string) => {
    const asked = problem(question)!;
    const request = { problem: question, response: `\\boxed{${text}}`, reference: family.answer(asked, "en") };
    return [
      family.checker.checkAnswer!(asked, text).verdict,
      grade({ ...request, verifier: family.verifier(asked, "en") }).verdict,
    ];
  };
  const [expand, factor] = ["Expand (x+2)(x+3)", "Factor 2x^2+10x+12"];
  for (const right of ["x^2+5x+6", "6+5x+x^2", "x·x+5*x+6"])
    assert.deepEqual(verdicts(expand, right), ["proved", "proved"], right);
  for (const wrong of ["(x+2)(x+3)", "x^2+2x+3x+6", "x^2+5x+5", "x(x+5)+6"])
    assert.deepEqual(verdicts(expand, wrong), ["refuted", "refuted"], wrong);
  for (const right of ["2(x+2)(x+3)", "(2x+4)(x+3)", "(x+3)(x+2)*2"])
    assert.deepEqual(verdicts(factor, right), ["proved", "proved"], right);
  for (const wrong of ["(x+2)(x+3)", "2(x^2+5x+6)", "2x^2+10x+12", "2(x+2)(x-3)"])
    assert.deepEqual(verdicts(factor, wrong), ["refuted", "refuted"], wrong);
});

it("refutes false lines and links none that wasn't asked", () => {
  const step = (line: string) => checkSteps({ question: "Expand (2x+4)(3x-5).", reasoning: line, task: family.id })[0]!;
  for (const wrong of ["2x*3x=5x^2", "4*(-5)=20", "(2x+4)(3x-5)=6x^2+2x+20"])
    assert.notEqual(step(wrong).verdict, "proved", wrong);
  assert.deepEqual(step("2x*3x=6x^2").from, [-1]);
  assert.deepEqual(step("7*9=63").from, []);
});

it("draws every cell, squares and common factors", () => {
  for (let level = 1; level <= family.levels; level++) {
    const cells = new Set<string>();
    for (let i = 0; i < 600; i++) cells.add(family.cell(family.draw(Random.fromSeed(i), level)));
    assert.deepEqual([...cells].sort(), [...family.cells(level)].sort());
  }
});
