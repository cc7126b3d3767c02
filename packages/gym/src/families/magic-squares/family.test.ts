// Magic squares: one solution each, by linear equations; traces by hand; false and unfounded lines told apart; answers put back.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { drawSquare, SQUARE_LEVELS } from "./draw.ts";
import { magicSquares as family } from "./family.ts";
import { eliminate, linesOf, numberIn, type Square, squareKey, valuesOf } from "./square.ts";
import { readSquare } from "./wordings.ts";

function squares(count: number, level?: number): Square[] {
  const random = Random.fromSeed(2026).split("magic squares");
  return Array.from({ length: count }, (_, i) => drawSquare(random.split(i), level ?? 1 + (i % SQUARE_LEVELS)));
}

const QUESTION =
  "Find p, q, s and t in this magic square: p 7 6 / 9 5 1 / q s t. Every row, column and diagonal has the same sum.";
const ANSWER = "p=2, q=4, s=3, t=8";

describe("magic squares", () => {
  it("have one solution, the same by lines and by equations, and equal sums", () => {
    for (const square of squares(300)) {
      const values = valuesOf(square);
      assert.deepEqual(eliminate(square), values, squareKey(square));
      const sums = linesOf(square).map(({ entries }) =>
        entries.reduce<number>((sum, entry) => sum + numberIn(entry, values)!, 0),
      );
      assert.equal(new Set([...sums, square.sum ?? sums[0]]).size, 1);
      const numbers = square.rows.flat().map((entry) => numberIn(entry, values)!);
      assert.ok(new Set(numbers).size === numbers.length && Math.min(...numbers) > 0, numbers.join(" "));
    }
  });

  it("share a key under other letters", () => {
    for (const square of squares(30)) {
      const rows = square.rows.map((row) =>
        row.map((entry) => (typeof entry === "string" ? entry.toUpperCase() : entry)),
      );
      assert.equal(squareKey({ ...square, rows }), squareKey(square));
      assert.notEqual(squareKey({ ...square, sum: (square.sum ?? 0) + 1 }), squareKey(square));
    }
  });

  it("are solved line by line", () => {
    assert.deepEqual(family.trace(readSquare(QUESTION)!, "en"), [
      "r1: p 7 6",
      "r2: 9 5 1",
      "r3: q s t",
      "c1: p 9 q",
      "c2: 7 5 s",
      "c3: 6 1 t",
      "d1: p 5 t",
      "d2: 6 5 q",
      "r2: 9+5+1=14+1=15",
      "r1: p+7+6=15, p=15-7-6=8-6=2",
      "c1: p+9+q=15, q=15-2-9=13-9=4",
      "c2: 7+5+s=15, s=15-7-5=8-5=3",
      "r3: q+s+t=15, t=15-4-3=11-3=8",
    ]);
  });

  it("have false lines refuted, and true ones that don't follow yet left open", () => {
    const known = family.trace(readSquare(QUESTION)!, "en").slice(0, 9);
    const last = (...lines: string[]) =>
      checkSteps({ question: QUESTION, reasoning: lines.join("\n"), task: family.id }).at(-1)!;
    for (const [line, witness] of [
      ["c1: p 9 s", { c1: "p 9 q" }],
      ["r2: 9+5+2=14+2=16", { r2: "9+5+1" }],
      ["r2: 9+5+1=14+1=16", { "14+1": "15", 16: "16" }],
      ["r1: p+7+6=16, p=16-7-6=9-6=3", { sum: "15" }],
      ["r1: p+7+6=15, p=15-7-6=8-6=3", { "8-6": "2", 3: "3" }],
      ["r1: p+7+6=15, p=15-7=8", { p: "2" }],
      ["r1: q+7+6=15, q=15-7-6=8-6=2", { r1: "p+7+6" }],
      ["r1: p+7+6=15, q=15-7-6=8-6=2", { r1: "p 7 6" }],
    ] as const) {
      const step = last(...known, line);
      assert.deepEqual(step.verdict === "refuted" && step.witness, witness, line);
    }
    for (const [lines, verdict] of [
      [[...known, "c1: p+9+q=15, q=15-2-9=13-9=4"], "unknown"],
      [["r1: p+7+6=15, p=15-7-6=8-6=2"], "unknown"],
      [[...known, "r1: p+7+6=15, p=15-6-7=9-7=2"], "proved"],
      [["r2: 5+9+1=14+1=15", "d2: 6+5+q=15, q=15-6-5=9-5=4"], "proved"],
      [[...known, "r1: p+7+6=15, p=15-7-6=8-6=2", "r1: 2+7+6=9+6=15"], "proved"],
    ] as const)
      assert.equal(last(...lines).verdict, verdict, lines.at(-1));
  });

  it("take the numbers in any form, put back into the square", () => {
    const verifier = family.verifier(readSquare(QUESTION)!, "en");
    for (const [answer, verdict] of [
      [ANSWER, "proved"],
      ["t = 8; s = 3; q = 4; p = 2", "proved"],
      ["p=2, q=4, s=3 and t=8", "proved"],
      ["p为2，q为4，s为3，t为8", "proved"],
      ["2, 4, 3, 8", "proved"],
      ["2 7 6 / 9 5 1 / 4 3 8", "proved"],
      ["\\text{p=2, q=4, s=3, t=8}", "proved"],
      ["p=2, q=4, s=3, t=9", "refuted"],
      ["4, 2, 3, 8", "refuted"],
      ["2 7 6 / 9 5 2 / 4 3 8", "refuted"],
      ["p=2", "unknown"],
      ["all of them", "unknown"],
    ] as const) {
      const response = `\\boxed{${answer}}`;
      assert.equal(checkAnswer({ question: QUESTION, response, task: family.id }).verdict, verdict, answer);
      assert.equal(grade({ problem: QUESTION, response, reference: ANSWER, verifier }).verdict, verdict, answer);
    }
  });

  it("are read as people type them, and only where lines with one gap solve them", () => {
    const wanted = [[..."pqst"].map((letter, i) => [letter, [2, 4, 3, 8][i]])].flat();
    for (const typed of [
      "magic square\n? 7 6\n9 5 1\n? ? ?\nplease complete it",
      "幻方：_ 7 6；9 5 1；_ _ _",
      "Complete the magic square [[_, 7, 6], [9, 5, 1], [_, _, _]]",
    ])
      assert.deepEqual([...valuesOf(readSquare(typed)!)].sort(), wanted, typed);
    assert.equal(readSquare("A magic square whose sum is 15: 2 7 6 / p 5 q / 4 s 8")!.sum, 15);
    for (const other of [
      "2 7 6 / p 5 1 / 4 3 8",
      "magic square: 2 7 6 / 9 5 1 / 4 3 8",
      "magic square: p 7 q / s 5 t / u v w",
      "magic square: p 7 6 / 9 5 1",
      "magic square: p 7 6 / 9 5 2 / q s t; its sum is 15",
      "How many 3x3 magic squares are there?",
    ])
      assert.equal(readSquare(other), undefined, other);
  });
});
