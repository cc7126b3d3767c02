// Solution sets and derivatives against SymPy, on generated relations in one unknown and generated functions.

import assert from "node:assert/strict";
import { test } from "node:test";
import { equivalent, isDerivative } from "../src/index.ts";
import { printExpression } from "../src/syntax/walk.ts";
import { randomExpression } from "./pairs.ts";
import { TestRandom, testSeed } from "./random.ts";
import { askSympy, sympyMissing } from "./sympy.ts";

const skip = sympyMissing();
const OPERATORS = ["=", "!=", "<", ">", "<=", ">="];

function polynomial(random: TestRandom): string {
  const root = (): string => `(${random.between(1, 3)}*x-(${random.between(-6, 6)}))`;
  return random.pick([
    root,
    () => `${root()}*${root()}`,
    () => `${root()}*(x^2+${random.between(-3, 3)})`,
    () => `${root()}^2*${root()}`,
    () => `${root()}/${root()}`,
  ])();
}

/** The same relation written differently, or one that differs a little. */
function variant(random: TestRandom, left: string, operator: string): string {
  const turned: Record<string, string> = { "=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<=" };
  const other = random.pick(OPERATORS);
  return random.pick([
    () => `2*${left}+x ${operator} x`,
    () => `-3*(${left}) ${turned[operator]} 0`,
    () => `0 ${turned[operator]} (${left})/7`,
    () => `${left} ${other} 0`,
    () => `${left} ${operator} 1/100`,
    () => `(x^2+1)*(${left}) ${operator} 0`,
    () => `(${left})*(x-1) ${operator} 0`,
  ])();
}

test("solution sets agree with SymPy's", { skip }, () => {
  const seed = testSeed();
  console.log(`seed ${seed}`);
  const random = new TestRandom(seed);
  const pairs = Array.from({ length: 160 }, () => {
    const left = polynomial(random);
    const operator = random.pick(OPERATORS);
    return { left: `${left} ${operator} 0`, right: variant(random, left, operator) };
  });
  const answers = askSympy(pairs);
  const counts = { judged: 0, proved: 0, refuted: 0 };
  for (const [k, { left, right }] of pairs.entries()) {
    const verdict = equivalent(left, right);
    assert.notEqual(verdict.verdict, "unknown", `${left} | ${right}`);
    const { equal } = answers[k]!;
    if (equal !== true && equal !== false) continue;
    counts.judged++;
    counts[verdict.verdict === "proved" ? "proved" : "refuted"]++;
    assert.equal(verdict.verdict === "proved", equal, `${left} | ${right}: ${JSON.stringify(verdict)}`);
  }
  console.log(JSON.stringify(counts));
  assert.ok(counts.judged > 80 && counts.proved > 20 && counts.refuted > 20);
});

test("derivatives agree with SymPy's", { skip }, () => {
  const random = new TestRandom(testSeed());
  const functions = (["polynomial", "rational", "exponential", "trigonometric"] as const).flatMap((area) =>
    Array.from({ length: 30 }, () => printExpression(randomExpression(random, area, random.between(1, 3)))),
  );
  const answers = askSympy(functions.map((derivative) => ({ derivative, variable: "x" })));
  let proved = 0;
  for (const [k, text] of functions.entries()) {
    const value = answers[k]!.value?.replace(/exp\(/g, "e^(").replace(/log\(/g, "ln(");
    if (value === null || value === undefined || /zoo|nan|sign|Derivative/.test(value)) continue;
    const verdict = isDerivative(text, "x", value);
    assert.notEqual(verdict.verdict, "refuted", `d/dx ${text} is ${value}: ${JSON.stringify(verdict)}`);
    if (verdict.verdict === "proved") proved++;
    assert.notEqual(isDerivative(text, "x", `(${value})+x`).verdict, "proved", text);
  }
  console.log(`${proved} of ${functions.length} proved`);
  assert.ok(proved > functions.length * 0.85);
});
