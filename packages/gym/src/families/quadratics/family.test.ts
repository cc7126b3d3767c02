// Quadratic equations: traces by hand, typed questions and words, keys, equal forms of an answer, false lines.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps, grade } from "@lemma/verify";
import "../../registry.ts";
import { Random } from "../../random.ts";
import { quadratics as family } from "./family.ts";
import { roots, standardForm } from "./problem.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");

it("finds two roots, one, and none", () => {
  assert.deepEqual(thought("Solve 3x^2-7x+2=0."), [
    "3x^2-7x+2=0",
    "D=7^2-4*3*2",
    "7^2=49",
    "4*3*2=12*2=24",
    "D=49-24=25=5^2",
    "x1=(7+5)/(2*3)=12/6=2",
    "x2=(7-5)/(2*3)=2/6",
    "gcd(2,6)=2",
    "x2=2/6=(2/2)/(6/2)=1/3",
  ]);
  assert.deepEqual(thought("t^2 = -6t - 9").slice(4), ["D=36-36=0", "t=-6/(2*1)=-6/2=-3"]);
  assert.deepEqual(thought("x^2+2x+3=0").slice(4), ["D=4-12=-(12-4)=-8<0"]);
  assert.equal(family.answer(problem("x^2+2x+3=0")!, "zh"), "无实根");
});

it("reads typed questions with terms on either side", () => {
  for (const typed of [
    "2k²+3k-5=0",
    "2k^2 = 5 - 3k",
    "0=2k^2+3k-5",
    "k^2+3k=5-k^2",
    "5-3k-2k^2=0",
    "解方程 2k^{2}+3k=5",
  ])
    assert.equal(standardForm(problem(typed)!), "2k^2+3k-5=0", typed);
  for (const other of [
    "3x+5=20",
    "x^2+y^2=4",
    "x^3+x^2=0",
    "y'=x^2",
    "dy/dx = x^2+y",
    "expand (x+1)^2",
    "x^2=4 and x>0",
    "x^2-5x+6",
  ])
    assert.equal(problem(other), undefined, other);
});

it("reads words in both languages", () => {
  const found = (question: string) => roots(problem(question)!);
  assert.deepEqual(found("The square of a number plus 2 times the number is 15. What is the number?"), ["3", "-5"]);
  assert.deepEqual(found("A number times the number that is 3 larger gives 40. Which number is it?"), ["5", "-8"]);
  assert.deepEqual(found("某数的平方减去它的5倍等于-6，求这个数。"), ["3", "2"]);
});

it("has one key for any letter and any side", () => {
  const key = (question: string) => family.key(problem(question)!);
  assert.equal(key("x^2-5x+6=0"), key("5t=t^2+6"));
  assert.notEqual(key("x^2-5x+6=0"), key("x^2+5x+6=0"));
});

it("accepts equal forms of the answer and refuses parts of it", () => {
  const question = "Solve 2x^2-7x+3=0.";
  const verdict = (answer: string, asked = question) => family.checker.checkAnswer!(problem(asked)!, answer).verdict;
  for (const right of ["3, 1/2", "1/2, 3", "x=3 or x=0.5", "\\{3, \\frac{1}{2}\\}", "x_1=3, x_2=1/2", "x = 7/4 ± 5/4"])
    assert.equal(verdict(right), "proved", right);
  for (const wrong of ["3", "3, -1/2", "2, 1/2", "no real roots", "3, 1/2, 1"])
    assert.equal(verdict(wrong), "refuted", wrong);
  assert.equal(verdict("no solution", "x^2+x+1=0"), "proved");
  assert.equal(verdict("1", "x^2+x+1=0"), "refuted");
  assert.equal(verdict("1.4, -1.4", "x^2-2=0"), "unknown");
  const graded = (answer: string) =>
    grade({ problem: question, response: `\\boxed{${answer}}`, reference: "3, 1/2", verifier: { kind: "set" } })
      .verdict;
  assert.deepEqual(["x=1/2 or x=3", "{1/2, 3}", "3", "3, 2"].map(graded), ["proved", "proved", "refuted", "refuted"]);
});

it("refutes false lines", () => {
  const step = (line: string) =>
    checkSteps({ question: "Solve x^2-5x+6=0.", reasoning: line, task: family.id })[0]!.verdict;
  for (const wrong of ["x^2-5x+5=0", "D=25-20=5", "D=25-24=1<0", "x1=(5+1)/(2*1)=6/2=4", "x1=4", "x=-2"])
    assert.equal(step(wrong), "refuted", wrong);
  for (const right of ["x^2-5x+6=0", "D=5^2-4*1*6", "x1=3", "x2=(5-1)/2=2"]) assert.equal(step(right), "proved", right);
});

it("draws every kind within the table of squares", () => {
  for (let level = 1; level <= family.levels; level++) {
    const cells = new Set<string>();
    for (let i = 0; i < 1500; i++) {
      const drawn = family.draw(Random.fromSeed(i), level);
      cells.add(family.cell(drawn));
      assert.ok(roots(drawn) !== undefined && Math.abs(drawn.b) <= 31, standardForm(drawn));
    }
    assert.deepEqual([...cells].sort(), [...family.cells(level)].sort());
  }
});
