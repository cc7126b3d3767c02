// Integrals: traces by hand, typed questions, commuted keys, equivalent answers and the constant, false lines.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps, grade } from "@lemma/verify";
import "../../registry.ts";
import { integrals as family } from "./family.ts";

const problem = (question: string) => family.checker.recognise(question);
const answer = (question: string) => family.answer(problem(question)!, "en");

it("integrates term by term", () => {
  assert.deepEqual(family.trace(problem("Integrate 6x^2 - x + 7 + 6e^(-3x)")!, "en"), [
    "∫6x^2 dx=6x^3/3=2x^3",
    "∫-x dx=-x^2/2",
    "∫7 dx=7x",
    "∫6e^(-3x) dx=6e^(-3x)/(-3)=-2e^(-3x)",
  ]);
  assert.deepEqual(family.trace(problem("∫ (8t^5 - 8e^(-6t)) dt")!, "en"), [
    "∫8t^5 dt=8t^6/6",
    "gcd(8,6)=2",
    "8t^6/6=(8/2)t^6/(6/2)=4t^6/3",
    "∫-8e^(-6t) dt=-8e^(-6t)/(-6)=8e^(-6t)/6",
    "gcd(8,6)=2",
    "8e^(-6t)/6=(8/2)e^(-6t)/(6/2)=4e^(-6t)/3",
  ]);
});

it("reads typed questions", () => {
  for (const typed of [
    "∫(3x^2+e^x)dx",
    "\\int 3x^2 + e^{x} \\, dx",
    "What is the antiderivative of 3x^2 + exp(x)?",
    "f'(x) = 3x^2 + e^x, find f(x)",
    "dy/dx = 3x^2+e^x",
    "求 3x^2+e^x 的不定积分",
    "哪个函数的导数是3x^2+e^x？",
  ])
    assert.equal(answer(typed), "x^3+e^(x)+C", typed);
  assert.equal(answer("∫ x dx"), "x^2/2+C");
  for (const other of ["d/dx (x^2)", "y' = 3x + y", "3x+5=20", "Differentiate x^2", "∫ sin(x) dx", "y = x^2, y' = ?"])
    assert.equal(problem(other), undefined, other);
});

it("has one key for any order of terms and any letter", () => {
  const key = (question: string) => family.key(problem(question)!);
  assert.equal(key("integral of 3x^2-5x"), key("integral of -5t+3t^2"));
  assert.notEqual(key("integral of 3x^2-5x"), key("integral of 3x^2+5x"));
});

it("accepts every antiderivative with a free constant and nothing else", () => {
  const question = "Integrate 3x^2+2e^(2x).";
  const asked = problem(question)!;
  const verifier = family.verifier(asked, "en");
  const verdicts = (text: string) => [
    family.checker.checkAnswer!(asked, text).verdict,
    grade({ problem: question, response: `\\boxed{${text}}`, reference: family.answer(asked, "en"), verifier }).verdict,
  ];
  for (const right of ["x^3+e^(2x)+C", "C + x^3 + (e^x)^2", "x^3+e^{2x}+c", "x^3+e^(2x)+5+C", "y=x^3+e^(2x)-K"])
    assert.deepEqual(verdicts(right), ["proved", "proved"], right);
  for (const wrong of ["x^3+e^(2x)", "x^3+2e^(2x)+C", "x^2+e^(2x)+C", "x^3+e^(2x)+Cx", "C"])
    assert.deepEqual(verdicts(wrong), ["refuted", "refuted"], wrong);
  assert.equal(family.checker.checkAnswer!(asked, "F(x) = x^3 + e^(2x) + C").verdict, "proved");
});

it("refutes a false term and links none that wasn't asked", () => {
  const steps = (line: string) => checkSteps({ question: "Integrate 6x^2.", reasoning: line, task: family.id })[0]!;
  assert.equal(steps("∫6x^2 dx=6x^3/3=3x^3").verdict, "refuted");
  assert.deepEqual(steps("∫6x^2 dx=6x^3/3=2x^3").from, [-1]);
  assert.deepEqual(steps("∫6x^5 dx=x^6").from, []);
});
