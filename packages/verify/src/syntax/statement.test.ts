// What the reader reads, and that it refuses the rest with a position instead of throwing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { printStatement } from "../../test/print.ts";
import { readStatement } from "./statement.ts";

const READS: readonly (readonly [string, string])[] = [
  ["3x=15", "3*x=15"],
  ["7-9<17-9=8", "(7-9)<(17-9)=8"],
  ["\\frac{1}{2}x+\\sqrt[3]{x^2}", "((1/2)*x+\\sqrt[3]{x^2})"],
  ["\\frac12 x", "(1/2)*x"],
  ["2(x+1)(x-1)", "2*(x+1)*(x-1)"],
  ["xy", "x*y"],
  ["-x^2", "-(x^2)"],
  ["2^3^2", "2^(3^2)"],
  ["1/2x", "(1*x)/2"],
  ["sin 2x cos x", "sin(2*x)*cos(x)"],
  ["sin^2 x", "sin(x)^2"],
  ["\\sin^{-1}(x)", "asin(x)"],
  ["xsinx", "x*sin(x)"],
  ["Cxe^x", "C*x*(e^x)"],
  ["C1 e^(2x)", "C1*(e^(2*x))"],
  ["dy/dx = x^2 + y", "y'=(x^2+y)"],
  ["\\frac{d^2y}{dx^2}+y=0", "(y''+y)=0"],
  ["|x-1|+|y|", "(abs((x-1))+abs(y))"],
  ["x = 3 or x = -2", "any[x=3; x=-2]"],
  ["x=±2", "any[x=2; x=-2]"],
  ["(x,y)=(1,2)", "all[x=1; y=2]"],
  ["\\{1,2\\}", "set[1; 2]"],
  ["(-\\infty, 3]", "interval(..3]"],
  ["x \\in [1,3)", "all[1<=x; x<3]"],
  ["x<-3", "x<-3"],
  ["5!=120", "5!=120"],
  ["5!+1", "(120+1)"],
  ["3\\frac{1}{2}", "(7/2)"],
  ["Ann>Bob>Dan", "Ann>Bob>Dan"],
  ["小明>小红", "小明>小红"],
  ["3×4÷2−1", "((3*4)/2-1)"],
  ["1.25x", "(5/4)*x"],
  ["50%", "50/100"],
  ["\\log_{2} 8", "ln(8)/ln(2)"],
  ["\\left(\\frac{x}{2}\\right)^{2}", "(x/2)^2"],
  ["speed=5*3", "speed=5*3"],
];

for (const [text, expected] of READS) {
  test(`reads ${text}`, () => {
    const reading = readStatement(text);
    assert.ok(reading.ok, "it is refused");
    assert.equal(printStatement(reading.statement), expected);
  });
}

test("a letter can be an unknown even where mathematics has a constant", () => {
  const reading = readStatement("3e=15", { variables: new Set(["e"]) });
  assert.ok(reading.ok && reading.statement.kind === "chain");
  assert.deepEqual(reading.statement.terms[0], {
    kind: "product",
    factors: [
      { kind: "number", value: { n: 3n, d: 1n } },
      { kind: "symbol", name: "e" },
    ],
  });
});

const REFUSED = [
  "",
  "3 4",
  "x=>y",
  "a->b",
  "3+",
  "=5",
  "((((",
  ")",
  "\\foo",
  "3x==",
  "x & y",
  "{",
  "\\frac{1}",
  "|x",
  "infinity+1",
  "x^",
  "\u0000",
  "🙂",
];

for (const text of REFUSED) {
  test(`refuses ${JSON.stringify(text)}`, () => {
    const reading = readStatement(text);
    assert.equal(reading.ok, false);
    assert.ok(!reading.ok && reading.reason.length > 5 && reading.position >= 0);
  });
}

test("limits on depth and length are met with a reason, not with a crash", () => {
  for (const text of [
    "(".repeat(5000),
    "2^".repeat(5000),
    "\\frac{".repeat(3000),
    "x+".repeat(15_000),
    "-".repeat(30_000),
    "|".repeat(4000),
    "{{".repeat(4000),
    "sin ".repeat(2000),
    "9".repeat(19_999),
  ]) {
    const reading = readStatement(text);
    assert.equal(reading.ok, false, text.slice(0, 20));
  }
});
