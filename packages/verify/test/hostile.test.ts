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
  "1.5e9999", "1.5e99999", "1E-9999", "0.\\overline{142857142857}", "0.\\overline{}", `0.\\overline{${"9".repeat(1900)}}`, "1,000,000,000,000,000", "1,00,000", "3 1/0", "3\\frac{1}{0}", "百分之", "9又0/0",
  "(10^400)!", "1000!", "1000!/999!", "(x!)!", "((((x!)!)!)!)!", "\\binom{2000}{1000}", "\\binom{10^9}{5}", "\\binom{x}{y}", "C(99999,2)", "C_{9999}^{5000}", "\\sum_{k=1}^{10^9} k", "\\sum_{k=1}^{300}\\sum_{j=1}^{300} x^{jk}",
  "\\prod_{k=1}^{300}(x+k)", "\\sum_{k=x}^{y} k", "\\sum_{k=1}", "\\int_0^1", "\\int x^{x}dx", "\\int_{-1}^{1}\\frac{1}{x}dx", "\\int\\int\\int x dx dx dx", "\\frac{d^3}{dx^3}(\\sin(\\sin(\\sin(x^x))))", "\\frac{d}{dx}|x|", "\\frac{d}{dx}\\lfloor x\\rfloor",
  `${"\\frac{d}{dx}".repeat(60)}x^{60}`, `${"\\frac{d}{dx}".repeat(12)}\\tan(x^x)`, "\\begin{vmatrix}x&1&1&1&1\\\\1&x&1&1&1\\\\1&1&x&1&1\\\\1&1&1&x&1\\\\1&1&1&1&x\\end{vmatrix}", "\\begin{pmatrix}", "\\begin{cases}", "\\begin{cases}\\end{cases}", "\\end{matrix}",
  `\\begin{pmatrix}${"1&".repeat(3000)}1\\end{pmatrix}`, `${"\\begin{cases}".repeat(200)}x=1`, "\\left\\{\\begin{array}{l}x=1", "7^{10^{12}}\\equiv 1\\pmod{10}", "x\\equiv 1\\pmod{10^{50}}", "x\\equiv 1\\pmod 0", "x≡1 (mod -5)", "x^{10^9}≡2 (mod 99991)", "1/0≡1 (mod 5)", "1≡", "≡≡", "x mod 0", "5 mod x mod 3",
  "2^(10^9) mod 7", "\\lfloor 10^{400}/3\\rfloor", "⌊⌊⌊x⌋⌋⌋", "⌊x", "\\max()", "\\max(1)", "\\gcd(x,2)", "\\gcd(0,0)", "\\max(1,2,3,4,5,6,7,8,9,x,y,z)", "i^{10^9}", "(1+i)^{9999}", "(x+iy)^{64}", "i^i", "\\ln(i)", "\\sqrt{i}", "e^{e^{e^{i}}}", "|x+iy|^{40}", "1/(i-i)", "i<1",
  "≈", "≈≈3", "x≈y", "\\approx 10^{-400}", "3.14≈3.1≈3", "5 km/km/km", `5${" kg".repeat(2000)}`, "5 m^{10^9}", "0°C", "-500°C", "10^{400} km", "5\\text{ }", "5\\text{💥}", "3°30'60''", "°", "''", "∅∩ℝ∖∅", "ℝ∖ℝ", "\\setminus", "(1,2)∩(3,4)∪∅", "∞-∞", "∞", "-∞", "(∞,-∞)", "[∞,∞]",
  "3:4:5", "::", "1:0", "x²³⁴⁵", "x⁻", "₁₂₃", "½½½", "√√√√x", "∛∛", "p→q→p", "¬¬¬¬p", `${"¬".repeat(2000)}p`, `${"(".repeat(1000)}p∧q${")".repeat(1000)}`, "∀x∀y∀z∀w R(x,y,z,w)", "∀x∃y∀z∃w(R(x,y)↔R(z,w))", `${"a b c d e f g h j k l m n o p q r s t u v w".split(" ").join("∧")}`, "∀∀", "P(x)(y)", "x∈y∈z", "f(f(f(x)))=x", "f(x)=", "C(,)", "P()", "A_{}^{}", "a_{", "a_{x_{y}}", "\\mathbb{Q}", "\\overline{x}", "大于", "约", "5约5", "无解无解", "x大于大于3",
  "|x-1|+|x-2|+|x-3|+|x-4|+|x-5|<9", "||||x|-1|-1|-1|<1", "x<\\sqrt2 or x>\\pi or x=e^{e}", "x=10^{-200}\\sqrt2", "x<sqrt(2)+10^(-80) and x>sqrt(2)", "x^2<2 and x^2>2-10^{-30}",
]; // biome-ignore format: a table reads better packed

const PIECES =
  "x y 1 2 9 0.5 + - * / ^ ^ ( ( ) ) { } [ ] | = < > != , ; : sin ln e sqrt \\frac \\sqrt{ \\boxed{ ! % ° ± ∈ ∞ √ or and C y' dy/dx 小 [BACK] \n ≈ ≡ mod of \\pmod{5} \\sum_{k=1}^{9} \\int dx \\frac{d}{dx} \\binom \\begin{pmatrix} \\end{pmatrix} & \\\\ i cm km/h ∩ ∖ ℝ ∅ ¬ → ∀ max( ⌊ ⌋ 又 比 度 无解 1,234 3½ x² ₁ 0.\\overline{3} 1.5e3 :".split(
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
