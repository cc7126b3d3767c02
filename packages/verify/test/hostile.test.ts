// Hostile text: deep, long, huge, undefined, random bytes. Every public function answers within its budget and never throws.

import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAnswer, checkSteps, equivalent, grade, isDerivative, solvesOde, verifyLine } from "../src/index.ts";
import { TestRandom, testSeed } from "./random.ts";

const CORPUS: readonly string[] = [
  "9^9^9^9^9", "(9^9^9)!", "2^(2^(2^(2^(2^2))))", "(x+y+z+w+v)^4000", "((((x+1)^50+1)^50+1)^50+1)^50", "x^(10^400)", "10^400000-10^400000",
  "1/0", "0/0", "0^0", "0^(-1)", "(x-x)^(x-x)", "1/(sin(x)^2+cos(x)^2-1)", "ln(0)", "ln(-1)", "sqrt(-1)", "tan(pi/2)", "asin(2)", "(-8)^(1/3)",
  "exp(exp(exp(exp(10))))", "exp(10^100)", "sin(10^10000)", "ln(ln(ln(2)))", "e^(e^(e^(e^x)))", "x^x^x^x", "\\sqrt[1000]{x+1}", "\\sqrt[999]{-x}",
  "sqrt(sqrt(sqrt(sqrt(sqrt(x^2+y^2)+1)+1)+1)+1)", "abs(abs(abs(x)-1)-abs(x+1))", "sin(sin(sin(sin(sin(x)))))", "ln(abs(sin(x^2+y^2)))",
  "1/(1+1/(1+1/(1+1/(1+1/(1+1/(1+1/x))))))", `${"1/(1+".repeat(30)}x${")".repeat(30)}`, "(sin x+cos x)^60", "(e^x+e^(-x)+1)^200",
  "x^(1/1000003)", "x^(0.123456789123456789)", "2^(1/3)+3^(1/5)+5^(1/7)+7^(1/11)", "(2^(1/3)+3^(1/5)+5^(1/7)+7^(1/11))^40",
  `${"x+".repeat(3000)}1`, `${"(x+1)*".repeat(900)}1`, `${"x*".repeat(3000)}1`, `${"x/".repeat(3000)}1`, `${"x^2-".repeat(1500)}1`, "9".repeat(1999), `0.${"3".repeat(1900)}`,
  "x<y<z<x", "x=x=x=x=x", "{1,2,{3}}", "((1,2),(3,4))", "(-infinity,infinity)", "x in {}", "{}", "[1,2", "x=1 or", "or or or", "a=b=c!=d<e",
  "\\frac{\\frac{\\frac{1}{x}}{x}}{x}", "\\boxed{\\boxed{x}}", "\\left\\left\\left(x\\right)", "$$$$", "\\text{\\text{x}}", "\\\\", "\u202e1+1", "１＋１", "\ud800", "x\u0000y",
  "cos(pi/7)-cos(2pi/7)+cos(3pi/7)", "x^40-1=0", "(x-1)(x-2)(x-3)(x-4)(x-5)(x-6)(x-7)(x-8)(x-9)(x-10)(x-11)(x-12)=0", "x^2=10^2000", "abs(x)<10^1000",
]; // biome-ignore format: a table reads better packed

const PIECES =
  "x y 1 2 9 0.5 + - * / ^ ^ ( ( ) ) { } [ ] | = < > != , ; : sin ln e sqrt \\frac \\sqrt{ \\boxed{ ! % ° ± ∈ ∞ √ or and C y' dy/dx 小 [BACK] \n".split(
    " ",
  );

/** Small, so that running out is what most of the corpus shows. */
const BUDGET = 40_000;

const hasVerdict = (value: { verdict: string }): void => {
  assert.match(value.verdict, /^(?:proved|refuted|unknown)$/);
};

function tryEverything(a: string, b: string): void {
  hasVerdict(equivalent(a, b, { budget: BUDGET }));
  for (const kind of [
    "expression",
    "number",
    "set",
    "tuple",
    "relation",
    "assignment",
    "choice",
    "text",
    "program",
  ] as const) {
    hasVerdict(grade({ problem: a, response: `\\boxed{${a}}`, reference: b, verifier: { kind }, budget: BUDGET }));
  }
  hasVerdict(solvesOde({ equation: "y'=x+y", function: "y", variable: "x" }, a));
  hasVerdict(isDerivative(a, "x", b));
  hasVerdict(checkAnswer({ question: a, response: `\\boxed{${b}}` }));
  for (const step of checkSteps({ question: `Solve ${a}`, reasoning: `${a}\n${b}\n${a}=${b}\n[BACK]\n${b}<${a}` }))
    hasVerdict(step);
  const line = verifyLine(JSON.stringify({ a, b }));
  assert.ok("verdict" in line.output);
}

test("the corpus", () => {
  let slowest = { operations: "", milliseconds: 0 };
  for (const [k, text] of CORPUS.entries()) {
    const started = process.cpuUsage();
    tryEverything(text, CORPUS[(k + 1) % CORPUS.length]!);
    tryEverything(text, "x+1");
    const milliseconds = process.cpuUsage(started).user / 1000;
    if (milliseconds > slowest.milliseconds) slowest = { operations: text.slice(0, 60), milliseconds };
  }
  console.log(`slowest: ${slowest.operations}, ${slowest.milliseconds.toFixed(0)} ms CPU for 26 checks and 8 steps`);
});

test("random text", () => {
  const seed = testSeed();
  console.log(`seed ${seed}`);
  const random = new TestRandom(seed);
  const text = (): string =>
    Array.from({ length: random.between(1, 24) }, () => random.pick(PIECES)).join(random.pick(["", " "]));
  for (let k = 0; k < 400; k++) tryEverything(text(), text());
});

test("bad lines are bad input", () => {
  for (const line of [
    "",
    "{",
    "[]",
    "null",
    "3",
    '"x"',
    "{}",
    '{"a":"1"}',
    '{"a":1,"b":2}',
    '{"question":"x","reasoning":3}',
    '{"problem":"","response":"","reference":"","verifier":{"kind":"nope"}}',
  ]) {
    const { output, isBad } = verifyLine(line);
    assert.ok(isBad, line);
    assert.deepEqual(output, { verdict: "unknown", reason: "bad-input" });
  }
});
