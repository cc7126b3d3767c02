// Questions come from anywhere: no text may throw, or keep a reader busy for long.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "./random.ts";
import { families } from "./registry.ts";

const PIECES = [
  ..."0123456789+-*/^=()[]{}.,;:?!'\" \n\t",
  "x",
  "y",
  "e^(",
  "dy/dx",
  "y'",
  "number ",
  "times ",
  "的",
  "乘",
  "某数",
  "1".repeat(40),
  "😀",
  "\ud800",
  "\\frac{",
  " plus ",
  "===",
];
const REPEATED = [
  "1+",
  "x ",
  " ",
  "(x+1)",
  "3x+",
  "a number ",
  "1,",
  "''",
  "e^(x)+",
  "dy/dx=",
  "的",
  "-",
  "=",
  "y'",
  "2 times ",
];

describe("readers of questions", () => {
  it("survive random texts", () => {
    const random = Random.fromSeed(11);
    for (let i = 0; i < 600; i++) {
      const text = Array.from({ length: random.int(0, 40) }, () => random.pick(PIECES)).join("");
      for (const { checker } of families()) {
        const problem = checker.recognise(text);
        if (problem !== undefined) {
          checker.premises?.(problem);
          for (const answer of ["5", "x=5", "", "y=Ce^(x)", text.slice(0, 100)]) checker.checkAnswer?.(problem, answer);
        }
      }
    }
  });

  it("finish long and repetitive texts, and take none for a question of mathematics", { timeout: 60_000 }, () => {
    for (const piece of REPEATED)
      for (const length of [500, 5_000, 200_000])
        for (const { id, area, checker } of families()) {
          const text = `Solve ${piece.repeat(Math.ceil(length / piece.length)).slice(0, length)}`;
          const problem = checker.recognise(text);
          const isMathematics = area === "arithmetic" || area === "algebra" || area === "calculus";
          if (isMathematics && length > 600) assert.equal(problem, undefined, `${id}: ${piece}`);
        }
  });
});
