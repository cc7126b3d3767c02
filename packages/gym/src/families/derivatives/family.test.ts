// Derivatives: traces by hand, typed questions, commuted keys, equivalent answers.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { derivatives as family } from "./family.ts";

const problem = (question: string) => family.checker.recognise(question);
const answer = (question: string) => family.answer(problem(question)!, "en");

it("differentiates term by term", () => {
  assert.deepEqual(family.trace(problem("Differentiate 3x^4 - x^2 + 5x - 7 + 2e^(-3x)")!, "en"), [
    "(3x^4)'=3*4x^3=12x^3",
    "(-x^2)'=-2x",
    "(5x)'=5",
    "(-7)'=0",
    "(2e^(-3x))'=2*(-3)e^(-3x)=-6e^(-3x)",
  ]);
});

it("reads typed questions", () => {
  for (const typed of [
    "d/dx (x^3 + e^(2x))",
    "what is the derivative of x^3+e^(2x)?",
    "f(x) = x^3 + e^{2x}, f'(x) = ?",
    "y = x^3 + exp(2x). Find dy/dx.",
    "(x^3+e^(2x))'",
    "求 x^3+e^(2x) 的导数",
  ])
    assert.equal(answer(typed), "3x^2+2e^(2x)", typed);
  assert.equal(answer("differentiate t with respect to t"), "1");
  for (const other of [
    "y' = 3x + y",
    "Solve dy/dx = x^2",
    "3x+5=20",
    "x^2 + 3",
    "speed of Ann is higher than that of Ben",
  ])
    assert.equal(problem(other), undefined, other);
});

it("has one key for any order of terms and any letter", () => {
  const key = (question: string) => family.key(problem(question)!);
  assert.equal(key("derivative of 3x^2-5x"), key("derivative of -5t+3t^2"));
  assert.notEqual(key("derivative of 3x^2-5x"), key("derivative of 3x^2+5x"));
});

it("accepts equal forms of the answer and refuses others", () => {
  const verdict = (text: string) => family.checker.checkAnswer!(problem("derivative of x^3+e^(2x)")!, text).verdict;
  for (const right of ["3x^2+2e^(2x)", "2e^(2x)+3x^2", "f'(x)=3x^2+2(e^x)^2", "dy/dx = 3*x^2 + 2*exp(2x)"])
    assert.equal(verdict(right), "proved", right);
  for (const wrong of ["3x^2+e^(2x)", "x^2+2e^(2x)", "3x^2", "0"]) assert.equal(verdict(wrong), "refuted", wrong);
});

it("refutes a false term and links none that wasn't asked", () => {
  const steps = (line: string) => checkSteps({ question: "Differentiate 3x^4.", reasoning: line, task: family.id })[0]!;
  assert.equal(steps("(3x^4)'=3*4x^3=14x^3").verdict, "refuted");
  assert.equal(steps("(3x^4)'=3*4x^3=12x^3").from.length, 1);
  assert.equal(steps("(3x^5)'=15x^4").from.length, 0);
});
