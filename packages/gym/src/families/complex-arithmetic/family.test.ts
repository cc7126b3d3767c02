// Complex arithmetic: traces by hand for each kind, answers against polar form, typed questions, wrong lines and answers.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { Random } from "../../random.ts";
import { complexArithmetic as family } from "./family.ts";
import type { Complex } from "./problem.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");
const answer = (question: string) => family.answer(problem(question)!, "en");
const PRODUCT = "Compute (2+3i)(1-2i).";

it("writes the products that make both parts", () => {
  assert.deepEqual(thought(PRODUCT), [
    "ac: 2*1=2",
    "bd: 3*(-2)=-6",
    "ac-bd: 2+6=8",
    "ad: 2*(-2)=-4",
    "bc: 3*1=3",
    "ad+bc: -4+3=-(4-3)=-1",
    "(2+3i)*(1-2i)=8-i",
  ]);
  assert.deepEqual(
    thought("(1+i)^3=").filter((line) => line.includes("i)")),
    ["(1+i)^2=(1+i)*(1+i)=2i", "(1+i)^3=(2i)*(1+i)=-2+2i"],
  );
  assert.deepEqual(thought("What is 4-3i minus 1-5i?"), ["a-c: 4-1=3", "b-d: -3+5=5-3=2", "(4-3i)-(1-5i)=3+2i"]);
});

it("divides by the conjugate, in lowest terms", () => {
  assert.deepEqual(thought("3+i除以1-i等于多少？"), [
    "ac: 3*1=3",
    "bd: 1*(-1)=-1",
    "ac+bd: 3-1=2",
    "bc: 1*1=1",
    "ad: 3*(-1)=-3",
    "bc-ad: 1+3=4",
    "cc: 1*1=1",
    "dd: -1*(-1)=1",
    "cc+dd: 1+1=2",
    "re: 2/2=1",
    "im: 4/2=2",
    "(3+i)/(1-i)=1+2i",
  ]);
  assert.equal(answer("(2+3i)/(1-2i)"), "-4/5+(7/5)i");
  assert.equal(answer("(5+5i)/(1-3i)"), "-1+2i");
});

it("agrees with the polar form", () => {
  for (let i = 0; i < 400; i++) {
    const drawn = family.draw(Random.fromSeed(i), 1 + (i % 3));
    const polar = ([a, b]: Complex) => [Math.hypot(a, b), Math.atan2(b, a)] as const;
    const at = (r: number, t: number) => [r * Math.cos(t), r * Math.sin(t)] as const;
    const [r, t] = polar(drawn.z);
    let expected: readonly [number, number];
    if (drawn.kind === "power") expected = at(r ** drawn.n, t * drawn.n);
    else {
      const [c, d] = drawn.w;
      const [s, u] = polar(drawn.w);
      if (drawn.kind === "product") expected = at(r * s, t + u);
      else if (drawn.kind === "quotient") expected = at(r / s, t - u);
      else {
        const sign = drawn.kind === "sum" ? 1 : -1;
        expected = [drawn.z[0] + sign * c, drawn.z[1] + sign * d];
      }
    }
    const said = family.answer(drawn, "en");
    // Read apart from the family: a real part, then a signed part with an i.
    const [, re = "", im = "0"] = said.endsWith("i") ? /^(.*?)([-+]?(?:\d+|\(\d+\/\d+\))?)i$/.exec(said)! : ["", said];
    const number = (text: string) => {
      const [over, under = 1] = text.replace(/[()]/g, "").split("/").map(Number) as [number, number?];
      return over / under;
    };
    const imaginary = /\d/.test(im) ? number(im) : im === "-" ? -1 : 1;
    assert.ok(Math.abs(number(re) - expected[0]) < 1e-6, `${family.key(drawn)}: ${said}`);
    assert.ok(Math.abs(imaginary - expected[1]) < 1e-6, `${family.key(drawn)}: ${said}`);
  }
});

it("reads typed questions", () => {
  const same = problem(PRODUCT);
  for (const typed of ["(2+3i)*(1-2i)", "$(2 + 3i) \\cdot (1 - 2i)$ = ?", "what's 2+3i times 1-2i", "求(2+3i)×(1-2i)"])
    assert.deepEqual(problem(typed), same, typed);
  assert.equal(answer("simplify \\frac{2+3i}{1-2i}"), "-4/5+(7/5)i");
  assert.equal(answer("2(3-i)"), "6-2i");
  assert.equal(answer("i*(3-i) = ?"), "1+3i");
  assert.equal(answer("(1-2i)²"), "-3-4i");
  assert.equal(answer("(-i)^3"), "i");
});

it("leaves other questions alone", () => {
  for (const other of [
    "What is the modulus of (3+4i)?",
    "Compute (2+3i)(1-2i)(1+i).",
    "(2+3)*(1-2)",
    "Find the conjugate of (2+3i)*(1-2i).",
    "(2+3i)/(0)",
    "for (let i = 0; i < 3; i++) console.log((2+i)*(3+i))",
    "Solve (2+3i)*x = (1-2i).",
    "I like it.",
  ])
    assert.equal(problem(other), undefined, other);
  for (const piece of ["(1+i)", "1+", "(1+2i)*", "i ", "-2i", "((("]) {
    const start = performance.now();
    problem(piece.repeat(200).slice(0, 590));
    problem(piece.repeat(30_000));
    assert.ok(performance.now() - start < 300, piece);
  }
});

it("judges its lines", () => {
  const judged = (question: string, reasoning: string) =>
    checkSteps({ question, reasoning, task: family.id }).map(({ verdict }) => verdict);
  assert.deepEqual(judged(PRODUCT, "ac: 2*1=2\nbd: 3*(-2)=-6\nac-bd: 2-6=-4"), ["proved", "proved", "refuted"]);
  assert.deepEqual(judged(PRODUCT, "(2+3i)*(1-2i)=8+i"), ["refuted"]);
  assert.deepEqual(judged("(1+i)^3", "(1+i)^2=(1+i)*(1+i)=2i\n(1+i)^3=(2i)*(1+i)=2+2i"), ["proved", "refuted"]);
  assert.deepEqual(judged("(2+3i)/(1-2i)", "re: -4/5=-4/5\nim: 7/5=8/5"), ["proved", "refuted"]);
});

it("accepts other forms of an answer, and refutes wrong ones", () => {
  const verdict = (question: string, text: string) => family.checker.checkAnswer!(problem(question)!, text).verdict;
  for (const right of ["8-i", "8 - 1i", "-i+8", "z = 8-i"]) assert.equal(verdict(PRODUCT, right), "proved", right);
  for (const wrong of ["8+i", "-8-i", "8", "7-i"]) assert.equal(verdict(PRODUCT, wrong), "refuted", wrong);
  for (const unread of ["(2+3i)(1-2i)", "", "eight"]) assert.equal(verdict(PRODUCT, unread), "unknown", unread);
  const quotient = "(2+3i)/(1-2i)";
  for (const right of ["-4/5+7/5i", "\\frac{-4+7i}{5}", "-\\frac{4}{5}+\\frac{7}{5}i", "-0.8+1.4i"])
    assert.equal(verdict(quotient, right), "proved", right);
  assert.equal(verdict(quotient, "4/5+7/5i"), "refuted");
  assert.equal(verdict(quotient, "(2+3i)/(1-2i)"), "unknown");
});
