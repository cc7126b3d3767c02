// Definite integrals: traces by hand, values against a sum by Simpson's rule, typed questions, lines that are judged, equal answers.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { Random } from "../../random.ts";
import { integrals } from "../integrals/family.ts";
import { definiteIntegrals as family } from "./family.ts";
import { integralText } from "./problem.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");

it("puts both bounds into the antiderivative", () => {
  assert.deepEqual(thought("∫_1^3 (6x^2-2x) dx"), [
    "∫6x^2 dx=6x^3/3=2x^3",
    "∫-2x dx=-2x^2/2=-x^2",
    "F(x)=2x^3-x^2",
    "F(3)=2*3^3-3^2",
    "3^2=9",
    "3^3=9*3=27",
    "2*27=40+14=54",
    "54-9=45",
    "F(3)=45",
    "F(1)=2*1^3-1^2",
    "1^3=1",
    "1^2=1",
    "2-1=1",
    "F(1)=1",
    "F(3)-F(1)=45-1=44",
  ]);
  assert.deepEqual(thought("integrate x^2 - 3x + 2 from 0 to 2"), [
    "∫x^2 dx=x^3/3",
    "∫-3x dx=-3x^2/2",
    "∫2 dx=2x",
    "F(x)=x^3/3-3x^2/2+2x",
    "3*2=6",
    "x^3/3=(6/3)*x^3/6=2x^3/6",
    "-3x^2/2=-(6/2)*3x^2/6=-3*3x^2/6=-9x^2/6",
    "2x=6*2x/6=12x/6",
    "G(x)=6F(x)=2x^3-9x^2+12x",
    "G(2)=2*2^3-9*2^2+12*2",
    "2^2=4",
    "2^3=4*2=8",
    "2*8=16",
    "-9*4=-36",
    "16-36=-(36-16)=-20",
    "12*2=20+4=24",
    "-20+24=24-20=4",
    "G(2)=4",
    "G(0)=0",
    "G(2)-G(0)=4-0=4",
    "F(2)-F(0)=4/6",
    "gcd(4,6)=2",
    "F(2)-F(0)=4/6=(4/2)/(6/2)=2/3",
  ]);
});

it("is what Simpson's rule gives", () => {
  for (let i = 0; i < 600; i++) {
    const drawn = family.draw(Random.fromSeed(i), (i % 3) + 1);
    const f = (x: number) => drawn.terms.reduce((sum, { c, n }) => sum + c * x ** n, 0);
    const pieces = 2000;
    const width = (drawn.to - drawn.from) / pieces;
    let sum = 0;
    for (let k = 0; k <= pieces; k++)
      sum += (k === 0 || k === pieces ? 1 : k % 2 === 1 ? 4 : 2) * f(drawn.from + k * width);
    const [over = 0, under = 1] = integralText(drawn).split("/").map(Number);
    assert.ok(Math.abs((sum * width) / 3 - over / under) < 1e-6, family.key(drawn));
  }
});

it("reads typed questions, and leaves others alone", () => {
  for (const typed of [
    "\\int_{0}^{2} 3x^2 + 1 \\, dx",
    "∫_0^2 (3x²+1) dx",
    "∫^2_0 (1+3x^2)dx = ?",
    "Integrate 3x^2+1 from 0 to 2",
    "integral of 3x^2+1 between x=0 and x=2",
    "求3x^2+1在[0,2]上的定积分",
    "把3x^2+1从x=0积分到x=2",
    "下限0，上限2，求3x^2+1的积分",
  ]) {
    assert.equal(integralText(problem(typed)!), "10", typed);
    assert.equal(integrals.checker.recognise(typed), undefined, typed);
  }
  for (const other of [
    "∫ 3x^2 dx",
    "Integrate 3x^2+1",
    "∫_0^1 e^(2x) dx",
    "∫_0^a 3x^2 dx",
    "Go from 3 to 7, then to 3x^2",
    "Sort [3, 1]",
    "Solve 3x+1=7 in [0, 5]",
  ])
    assert.equal(problem(other), undefined, other);
  assert.equal(integralText(problem("∫_2^0 x dx")!), "-2");
});

it("judges its lines", () => {
  const judged = (question: string, reasoning: string) =>
    checkSteps({ question, reasoning, task: family.id }).map(({ verdict }) => verdict);
  const whole = "Compute ∫_1^3 (6x^2-2x) dx.";
  assert.deepEqual(judged(whole, "F(x)=2x^3-x^2\nF(3)=2*3^3-3^2\nF(3)=44"), ["proved", "proved", "refuted"]);
  assert.deepEqual(judged(whole, "F(x)=2x^3-x"), ["refuted"]);
  assert.deepEqual(judged(whole, "F(3)-F(1)=45-1=46"), ["refuted"]);
  assert.deepEqual(judged(whole, "∫6x^2 dx=3x^3"), ["refuted"]);
  const fractions = "integrate x^2 - 3x + 2 from 0 to 2";
  assert.deepEqual(judged(fractions, "G(x)=6F(x)=2x^3-9x^2+12x\nG(2)=4\nF(2)-F(0)=4/6\nF(2)=4"), [
    "proved",
    "proved",
    "proved",
    "refuted",
  ]);
  assert.deepEqual(judged(fractions, "G(x)=6F(x)=2x^3-9x^2+2x"), ["refuted"]);
});

it("accepts equal answers and refutes others", () => {
  const verdict = (answer: string) => family.checker.checkAnswer!(problem("∫_0^1 (x^2-x) dx")!, answer).verdict;
  for (const right of ["-1/6", "-\\frac{1}{6}", "I = -1/6", "-2/12"]) assert.equal(verdict(right), "proved", right);
  for (const wrong of ["1/6", "-1/5", "0", "-0.17"]) assert.equal(verdict(wrong), "refuted", wrong);
  for (const unread of ["x^3/3-x^2/2+C", "none", ""]) assert.equal(verdict(unread), "unknown", unread);
});
