// One table of replies for each kind of verifier: right in other forms, wrong with a witness, unparsed reported.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Verifier } from "@lemma/protocol";
import { isDerivative, solvesOde } from "./calculus.ts";
import { extractAnswer } from "./extract.ts";
import { grade } from "./grade.ts";

type Row = readonly [
  response: string,
  reference: string,
  expected: "proved" | "refuted" | "unparsed" | "undecided" | "numerically-equal",
];

const TABLES: readonly { verifier: Verifier; rows: readonly Row[] }[] = [
  {
    verifier: { kind: "number" },
    rows: [
      ["So \\boxed{0.5}.", "1/2", "proved"],
      ["\\boxed{x=\\frac{1}{2}}", "1/2", "proved"],
      ["\\boxed{1,234}", "1234", "proved"],
      ["\\boxed{1{,}234.5}", "1234.5", "proved"],
      ["\\boxed{5\\text{ cm}}", "5", "proved"],
      ["\\boxed{50 mm}", "5 cm", "proved"],
      ["\\boxed{5}", "5 cm", "proved"],
      ["\\boxed{5 km}", "5 cm", "refuted"],
      ["\\boxed{5\\text{ apples}}", "5", "proved"],
      ["\\boxed{2i}", "\\sqrt{-4}", "proved"],
      ["\\boxed{\\approx 3.33}", "10/3", "numerically-equal"],
      ["\\boxed{3} no, \\boxed{-3}", "-3", "proved"],
      ["\\boxed{4}", "5", "refuted"],
      ["\\boxed{}", "5", "unparsed"],
      ["\\boxed{five}}", "5", "refuted"],
      ["\\boxed{5", "5", "unparsed"],
      ["5", "5", "unparsed"],
      ["<think>\\boxed{5}", "5", "unparsed"],
      ["<think>\\boxed{4}</think>\\boxed{5}", "5", "proved"],
      ["The answer is 5.", "5", "proved"],
      ["答案是5。", "5", "proved"],
    ],
  },
  {
    verifier: { kind: "expression", variables: ["x"] },
    rows: [
      ["\\boxed{2x+3x^2}", "3x^2+2x", "proved"],
      ["\\boxed{f'(x)=x(2+3x)}", "3x^2+2x", "proved"],
      ["\\boxed{2x+3x^3}", "3x^2+2x", "refuted"],
      ["\\boxed{2x+}", "2x", "unparsed"],
    ],
  },
  { verifier: { kind: "number", unit: "cm" }, rows: [["\\boxed{0.05 m}", "5", "proved"], ["\\boxed{5}", "5", "proved"], ["\\boxed{5 m}", "5", "refuted"]] },
  { verifier: { kind: "expression", variables: ["e"] }, rows: [["\\boxed{6e}", "2*3*e", "proved"], ["\\boxed{6e+1}", "6e", "refuted"]] },
  {
    verifier: { kind: "assignment", names: ["x", "y"] },
    rows: [
      ["\\boxed{y=3, x=2}", "x=2,y=3", "proved"],
      ["\\boxed{(2,3)}", "x=2,y=3", "proved"],
      ["\\boxed{x=2 \\text{ and } y=3}", "x=2,y=3", "proved"],
      ["\\boxed{x=4/2,\\; y=3}", "x=2,y=3", "proved"],
      ["\\boxed{x=3, y=2}", "x=2,y=3", "refuted"],
      ["\\boxed{x=2}", "x=2,y=3", "refuted"],
      ["\\boxed{2}", "x=2,y=3", "unparsed"],
    ],
  },
  {
    verifier: { kind: "tuple", of: "names" },
    rows: [
      ["\\boxed{Ann > Bob > Dan}", "Ann, Bob, Dan", "proved"],
      ["\\boxed{Dan < Bob < Ann}", "Ann, Bob, Dan", "proved"],
      ["\\boxed{小明、小红}", "小明>小红", "proved"],
      ["\\boxed{Bob, Ann, Dan}", "Ann, Bob, Dan", "refuted"],
      ["\\boxed{Ann < Bob > Dan}", "Ann, Bob, Dan", "unparsed"],
    ],
  },
  { verifier: { kind: "tuple" }, rows: [["\\boxed{(1/2, -3)}", "(0.5,-3)", "proved"], ["\\boxed{(1,2)}", "(2,1)", "refuted"]] },
  {
    verifier: { kind: "set" },
    rows: [
      ["\\boxed{x=1 \\text{ or } x=2}", "{2,1}", "proved"],
      ["\\boxed{1, 2}", "{2,1}", "proved"],
      ["\\boxed{100,200}", "{200,100}", "proved"],
      ["\\boxed{\\pm 1}", "{1,-1}", "proved"],
      ["\\boxed{1}", "{2,1}", "refuted"],
      ["\\boxed{1,2,3}", "{2,1}", "refuted"],
    ],
  },
  { verifier: { kind: "relation" }, rows: [["\\boxed{x>-3}", "-2x<6", "proved"], ["\\boxed{x\\ge -3}", "-2x<6", "refuted"], ["\\boxed{(-3,\\infty)}", "x>-3", "proved"]] },
  { verifier: { kind: "choice" }, rows: [["\\boxed{\\text{ann}}", "Ann", "proved"], ["\\boxed{(B)}", "b", "proved"], ["\\boxed{C}", "B", "refuted"]] },
  { verifier: { kind: "text" }, rows: [["\\boxed{3\n5 \n}", "3\n5", "proved"], ["\\boxed{35}", "3\n5", "refuted"]] },
  { verifier: { kind: "program" }, rows: [["\\boxed{0 1 2}", "0 1 2", "proved"], ["\\boxed{0 1 3}", "0 1 2", "refuted"]] },
  {
    verifier: { kind: "ode", equation: "y'=x^2+y", function: "y", variable: "x" },
    rows: [
      ["\\boxed{y=Ce^x-x^2-2x-2}", "", "proved"],
      ["\\boxed{y(x)=-(x^2+2x+2)+K e^{x}}", "", "proved"],
      ["\\boxed{C e^x-x^2-2x-2}", "", "proved"],
      ["\\boxed{y=3C e^x-x^2-2x-2}", "", "proved"],
      ["\\boxed{y=e^x-x^2-2x-2}", "", "refuted"],
      ["\\boxed{y=C-x^2-2x-2}", "", "refuted"],
      ["\\boxed{y=Ce^x-x^2-2x-1}", "", "refuted"],
      ["\\boxed{y=e^(x+C)-x^2-2x-2}", "", "undecided"],
      ["\\boxed{y=}", "", "unparsed"],
    ],
  },
]; // biome-ignore format: a table reads better packed

for (const { verifier, rows } of TABLES) {
  for (const [response, reference, expected] of rows) {
    test(`${verifier.kind}: ${JSON.stringify(response)} for ${reference} is ${expected}`, () => {
      const graded = grade({ problem: "", response, reference, verifier });
      assert.equal(graded.verdict === "unknown" ? graded.reason : graded.verdict, expected);
    });
  }
}

test("extractors are named, and only those asked for are used", () => {
  assert.deepEqual(extractAnswer("\\boxed{\\frac{1}{2}} done"), { text: "\\frac{1}{2}", extractor: "boxed" });
  assert.deepEqual(extractAnswer("the answer is 7"), { text: "7", extractor: "answer-phrase" });
  assert.equal(extractAnswer("7"), undefined);
  assert.deepEqual(extractAnswer(" 7 ", ["whole"]), { text: "7", extractor: "whole" });
  assert.equal(extractAnswer("\\boxed{1} \\boxed")?.text, "1");
  assert.equal(extractAnswer(`${"\\boxed{".repeat(2000)}1`), undefined);
});

test("calculus by text", () => {
  assert.equal(isDerivative("x^3+e^(2x)", "x", "f'(x)=3x^2+2e^(2x)").verdict, "proved");
  assert.equal(isDerivative("t^t", "t", "t^t*(1+ln t)").verdict, "proved");
  assert.equal(isDerivative("x^3", "x", "3x").verdict, "refuted");
  assert.equal(
    solvesOde({ equation: "dv/dt=-2v+t", function: "v", variable: "t" }, "v=Ce^(-2t)+t/2-1/4").verdict,
    "proved",
  );
});
