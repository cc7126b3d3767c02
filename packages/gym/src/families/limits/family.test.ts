// Limits: traces by hand, values against numbers close to the point, typed questions, lines that are judged, equal answers.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { Random } from "../../random.ts";
import { valueAt } from "../../written-value.ts";
import { limits as family } from "./family.ts";
import { isPolynomial, type Limit, limitOf, type Side } from "./problem.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");
const answer = (question: string) => limitOf(problem(question)!);

it("puts in, cancels, takes the highest powers and known limits", () => {
  assert.deepEqual(thought("lim x->-3 (2x^2-x+1)/(x+5)"), [
    "P(-3)=2*(-3)^2-(-3)+1",
    "(-3)^2=9",
    "2*9=18",
    "18+3=21",
    "21+1=22",
    "P(-3)=22",
    "Q(-3)=-3+5=5-3=2",
    "P(-3)/Q(-3)=22/2=11",
  ]);
  assert.deepEqual(thought("limit of (2t^2-3t-2)/(t-2) as t approaches 2"), [
    "P(2)=2*2^2-3*2-2",
    "2^2=4",
    "2*4=8",
    "-3*2=-6",
    "8-6=2",
    "2-2=0",
    "P(2)=0",
    "Q(2)=2-2=0",
    "-2/(-2)=1",
    "2t^2-3t-2=(t-2)(2t+1)",
    "lim (2t^2-3t-2)/(t-2)=lim (2t+1)",
    "lim (2t+1)=2*2+1=4+1=5",
  ]);
  assert.deepEqual(thought("lim x→-∞ (5-2x^3)/(4x^2+1)"), [
    "lim (-2x^3+5)/(4x^2+1)=lim -2x^3/(4x^2)",
    "-2x^3/(4x^2)=-2x/4",
    "lim x=-∞",
    "lim -2x/4=∞",
  ]);
  assert.deepEqual(thought("lim_{x→0} (1-cos(3x))/(2x^2)"), [
    "3^2=9",
    "lim (1-cos(3x))/(9x^2)=1/2",
    "2*2=4",
    "lim (1-cos(3x))/(2x^2)=lim 9x^2/(4x^2)",
    "9x^2/(4x^2)=9/4",
    "gcd(9,4)=1",
  ]);
});

/** The quotient at a point, by floating point numbers. */
function evaluate({ over, under }: Limit, x: number): number {
  const at = (side: Side): number => {
    if (isPolynomial(side)) return valueAt(side, x);
    const inside = side.a * x;
    const values = {
      sin: Math.sin(inside),
      tan: Math.tan(inside),
      exp: Math.expm1(inside),
      ln: Math.log1p(inside),
      cos: 2 * Math.sin(inside / 2) ** 2,
    };
    return values[side.of];
  };
  return at(over) / at(under);
}

it("is what the quotient comes close to", () => {
  for (let i = 0; i < 600; i++) {
    const drawn = family.draw(Random.fromSeed(i), (i % 3) + 1);
    const { to } = drawn;
    const near = evaluate(drawn, typeof to === "number" ? to + 1e-6 : to === "∞" ? 1e8 : -1e8);
    const [over = "", under = "1"] = limitOf(drawn)!.split("/");
    const value = over.includes("∞") ? (over === "∞" ? 1 : -1) : Number(over) / Number(under);
    const isNear = over.includes("∞")
      ? Math.sign(near) === value && Math.abs(near) > 1e5
      : Math.abs(near - value) < 1e-3 * (1 + Math.abs(value));
    assert.ok(isNear, `${family.key(drawn)}: ${near}, not ${limitOf(drawn)}`);
  }
});

it("reads typed questions, and leaves others alone", () => {
  for (const [typed, value] of [
    ["$\\lim_{x \\to 3} \\frac{x^2-9}{x-3}$", "6"],
    ["lim (x²-9)/(x-3) when x -> 3", "6"],
    ["What is the limit of sin(x)/x as x approaches 0?", "1"],
    ["limit of sin x / x for x → 0", "1"],
    ["lim x->0 x/tan(2x)", "1/2"],
    ["lim t->0 tan(6t)/ln(1-4t)", "-3/2"],
    ["求 lim(x→0) (exp(3x) - 1)/(2x)", "3/2"],
    ["As n goes to infinity, what happens to (3n+1)/(2-n)?", "-3"],
    ["n 趋于无穷大时 (3n+1)/(n^2-5) 的极限", "0"],
    ["lim x->-inf x^3", "-∞"],
    ["lim x->2 x^2+3x", "10"],
  ] as const)
    assert.equal(answer(typed), value, typed);
  for (const other of [
    "lim x->2 1/(x-2)",
    "lim x->2 (y^2-4)/(y-2)",
    "lim x->0 sin(x)/x^2",
    "lim x->2 x^2-4/(x-2)",
    "(x^2-4)/(x-2)",
    "What is the speed limit on this road?",
    "p -> q, q -> r",
    "lim x->0 x^x",
  ])
    assert.equal(problem(other), undefined, other);
});

it("has one key for any letter and order of terms", () => {
  const key = (question: string) => family.key(problem(question)!);
  assert.equal(key("lim x->2 (x^2-4)/(x-2)"), key("lim t->2 (-4+t^2)/(-2+t)"));
  assert.notEqual(key("lim x->2 (x^2-4)/(x+3)"), key("lim x->-2 (x^2-4)/(x+3)"));
});

it("judges its lines", () => {
  const question = "Find lim x->2 (x^2+x-6)/(x-2).";
  const judged = (reasoning: string) =>
    checkSteps({ question, reasoning, task: family.id }).map((step) => step.verdict);
  assert.deepEqual(judged("P(2)=2^2+2-6\n2^2=4\n4+2=6\n6-6=0\nP(2)=1"), [
    "proved",
    "proved",
    "proved",
    "proved",
    "refuted",
  ]);
  assert.deepEqual(judged("lim (x^2+x-6)/(x-2)=lim (x+3)\nlim (x+3)=2+3=6"), ["proved", "refuted"]);
  assert.deepEqual(judged("lim (x^2+x-6)/(x-2)=lim (x-3)"), ["refuted"]);
  assert.deepEqual(judged("(x^2+x-6)/(x-2)=x-3"), ["refuted"]);
  const squares = checkSteps({
    question: "lim x->0 (1-cos(9x))/(6x^2)",
    reasoning: "lim (1-cos(9x))/(6x^2)=lim 81x^2/(12x^2)",
  });
  assert.equal(squares[0]!.verdict, "proved");
  const infinite = checkSteps({ question: "lim x->∞ (x^2+1)/(2x)", reasoning: "lim (x^2+1)/(2x)=-∞", task: family.id });
  assert.deepEqual(
    infinite.map((step) => step.verdict),
    ["refuted"],
  );
  assert.deepEqual(checkSteps({ question, reasoning: "lim sin(7x)/(7x)=1", task: family.id })[0]!.from, []);
});

it("accepts equal answers and refutes others", () => {
  const verdict = (question: string, text: string) => family.checker.checkAnswer!(problem(question)!, text).verdict;
  for (const right of ["3/2", "1.5", "\\frac{3}{2}", "lim = 3/2"])
    assert.equal(verdict("lim x->0 sin(3x)/(2x)", right), "proved", right);
  for (const wrong of ["2/3", "∞", "0"]) assert.equal(verdict("lim x->0 sin(3x)/(2x)", wrong), "refuted", wrong);
  for (const right of ["-∞", "-\\infty", "negative infinity", "负无穷"])
    assert.equal(verdict("lim x->-∞ x^3+1", right), "proved", right);
  for (const wrong of ["∞", "infinity", "0", "-1"]) assert.equal(verdict("lim x->-∞ x^3+1", wrong), "refuted", wrong);
  assert.equal(verdict("lim x->-∞ x^3+1", "none"), "unknown");
});
