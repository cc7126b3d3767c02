// Linear differential equations: traces by hand, notations, keys, answers.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { linearOdes as family } from "./family.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");

it("names the unknown coefficients and finds one a line", () => {
  assert.deepEqual(thought("Solve the differential equation dy/dx = x^2 + y"), [
    "y'=x^2+0x+0+y",
    "y=Ax^2+Bx+D+Ce^(x)",
    "A=-1/1=-1",
    "B=(2*(-1)-0)/1=(-2-0)/1=-2/1=-2",
    "D=(-2-0)/1=-2/1=-2",
  ]);
  assert.deepEqual(thought("y'=3y+x"), ["y'=x+0+3y", "y=Ax+B+Ce^(3x)", "A=-1/3", "B=(-1/3-0)/3=(-1-0)/9=-1/9"]);
  assert.deepEqual(thought("du/dt = -2u"), ["u'=-2u", "u=Ce^(-2t)"]);
});

it("reads the notations that people type", () => {
  const forms = [
    "dy/dx = x^2 + y",
    "y' = y + x^2",
    "y' - y = x^2",
    "dy/dx-y=x^2",
    "y'(x) = x^2 + y(x)",
    "x^2 = y' - y",
    "解微分方程 dy/dx = x^2 + y",
    "y’ = x^2 + y",
  ];
  for (const form of forms) assert.equal(family.key(problem(form)!), "y'=x^2+y", form);
  assert.equal(family.key(problem("du/dt = t^2 + u")!), "y'=x^2+y");
  for (const other of [
    "y' = x^3 + y",
    "y' = y^2",
    "y'' = y",
    "dy/dx = x*y",
    "y = x^2",
    "y' = x^2",
    "dy/dx = sin(x) + y",
    "f'(x) = ?",
  ])
    assert.equal(problem(other), undefined, other);
});

it("checks answers by putting them back, free constant and all", () => {
  const verdict = (answer: string) => family.checker.checkAnswer!(problem("dy/dx = x^2 + y")!, answer).verdict;
  for (const right of ["y=-x^2-2x-2+Ce^(x)", "y = C*e^x - x^2 - 2x - 2", "-x^2-2x-2+Ce^x", "y=C_1 e^x-(x^2+2x+2)"])
    assert.equal(verdict(right), "proved", right);
  for (const wrong of ["y=-x^2-2x-2", "y=-x^2-2x+Ce^x", "y=-x^2-2x-2+Ce^(2x)"])
    assert.equal(verdict(wrong), "refuted", wrong);
});

it("judges restated equations, forms and coefficients", () => {
  const steps = (lines: string[]) =>
    checkSteps({ question: "Solve dy/dx - y = x^2.", reasoning: lines.join("\n"), task: family.id }).map(
      ({ verdict }) => verdict,
    );
  assert.deepEqual(steps(["y'=x^2+0x+0+y", "y=Ax^2+Bx+D+Ce^(x)", "A=-1/1=-1"]), ["proved", "proved", "proved"]);
  assert.deepEqual(steps(["y'=x^2+0x+0-y"]), ["refuted"]);
  assert.deepEqual(steps(["A=1/1=1"]), ["refuted"]);
  assert.deepEqual(steps(["A=-1/1=1"]), ["refuted"]);
});
