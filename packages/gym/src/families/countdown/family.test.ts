// Countdown: every drawn puzzle is solved by its own search; tries that fail are taken back; any right expression counts.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { BACK } from "../../back.ts";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { numbersOf, read, valueIn, write } from "./expression.ts";
import { countdown as family } from "./family.ts";
import { COUNTDOWN_LEVELS, drawPuzzle, type Puzzle, puzzleKey } from "./puzzle.ts";
import { solve } from "./trace.ts";
import { readPuzzle } from "./wordings.ts";

function puzzles(count: number, level?: number): Puzzle[] {
  const random = Random.fromSeed(2026).split("countdown tests");
  return Array.from({ length: count }, (_, i) => drawPuzzle(random.split(i), level ?? 1 + (i % COUNTDOWN_LEVELS)));
}

const QUESTION = "Use the numbers 2, 16, 13, 15 to make 14. Each number may be used at most once.";

describe("countdown", () => {
  it("is solved by an expression of its numbers, as JavaScript computes it", () => {
    for (const puzzle of puzzles(90)) {
      const { expression } = solve(puzzle)!;
      assert.equal(new Function(`return ${expression}`)(), puzzle.target, expression);
      const used = numbersOf(read(expression)!);
      const rest = [...puzzle.numbers];
      for (const number of used)
        assert.ok(rest.includes(number) && rest.splice(rest.indexOf(number), 1).length === 1, expression);
    }
  });

  it("has no target that is more frequent than one in twelve", () => {
    const counts = new Map<number, number>();
    for (const { target } of puzzles(600, 2)) counts.set(target, (counts.get(target) ?? 0) + 1);
    assert.ok(Math.max(...counts.values()) < 50);
  });

  it("shows tries that miss, each taken back, and moves that lead nowhere", () => {
    const texts = puzzles(200, 2).map((puzzle) => solve(puzzle)!.lines);
    const backs = texts.map((lines) => lines.filter((line) => line === BACK).length);
    assert.ok(backs.filter((count) => count > 0).length > 100 && backs.some((count) => count === 0));
    assert.ok(texts.some((lines) => lines.some((line, i) => line === BACK && lines[i + 1] === BACK)));
    const steps = checkSteps({
      question: QUESTION,
      reasoning: family.trace(readPuzzle(QUESTION)!, "en").join("\n"),
      task: family.id,
    });
    assert.ok(steps.some(({ withdrawn }) => withdrawn) && steps.every(({ verdict }) => verdict === "proved"));
  });

  it("is searched by hand so", () => {
    assert.deepEqual(family.trace(readPuzzle(QUESTION)!, "en"), [
      "15+2=17, left 16 13 17",
      "16+13=29, left 17 29; 29+17=46, 29-17=12",
      BACK,
      "16-13=3, left 17 3; 17+3=20, 17-3=14",
      "14=17-3=15+2-3=15+2-(16-13)",
    ]);
    assert.equal(puzzleKey(readPuzzle(QUESTION)!), puzzleKey({ numbers: [16, 15, 13, 2], target: 14 }));
  });

  it("has false lines refuted: wrong results, numbers that are used up or not there", () => {
    for (const reasoning of [
      "15+2=18, left 16 13 18",
      "15+2=17, left 16 13 15",
      "15+3=18, left 16 13 18",
      "15+2=17, left 16 13 17\n15-13=2, left 16 17 2; 16+17=33",
      "15+2=17, left 16 13 17\n16-13=3, left 17 3; 17-3=13",
      "15+2=17, left 16 13 17\n[BACK]\n17-13=4, left 2 16 15 4",
      "14=15+2-13",
    ]) {
      const step = checkSteps({ question: QUESTION, reasoning, task: family.id }).at(-1)!;
      assert.equal(step.verdict, "refuted", reasoning);
      assert.ok(step.verdict === "refuted" && Object.keys(step.witness).length > 0);
    }
    // A move that was taken back gives its numbers back.
    const again = checkSteps({
      question: QUESTION,
      reasoning: "15+2=17, left 16 13 17\n[BACK]\n15-2=13, left 16 13 13",
      task: family.id,
    });
    assert.equal(again.at(-1)!.verdict, "proved");
  });

  it("takes any expression with the value that uses each number at most once", () => {
    const verifier = family.verifier(readPuzzle(QUESTION)!, "en");
    for (const [answer, verdict] of [
      ["15+2-(16-13)", "proved"],
      ["13 + 2 + 15 - 16", "proved"],
      ["13+15-2*7", "refuted"],
      ["16 - 2", "proved"],
      ["16-2=14", "proved"],
      ["14", "refuted"],
      ["16 - 16/(13-15) \\times 2", "refuted"],
      ["(16 \\times 15 - 2)/(13+4)", "refuted"],
      ["\\frac{16+13-15}{1}", "refuted"],
      ["16+13-15", "proved"],
      ["2/(16-16)", "refuted"],
      ["fourteen", "unknown"],
    ] as const) {
      const response = `\\boxed{${answer}}`;
      assert.equal(checkAnswer({ question: QUESTION, response, task: family.id }).verdict, verdict, answer);
      assert.equal(
        grade({ problem: QUESTION, response, reference: "15+2-(16-13)", verifier }).verdict,
        verdict,
        answer,
      );
    }
  });

  it("reads and writes expressions with the brackets that they need", () => {
    for (const text of ["1-(2-3)", "1-2-3", "(1+2)*3", "8/(4/2)", "8/4/2", "2*3+4*5"])
      assert.equal(write(read(text)!), text);
    assert.deepEqual(valueIn(read("1/3+1/6")!), { n: 1, d: 2 });
    for (const text of ["", "1+", "(1", "1)", "x", "1..2", "(".repeat(100), "1+".repeat(300)])
      assert.equal(read(text), undefined, text);
    for (const text of ["", "Make 3 of it.", "Use the numbers to make 5.", "1, 2, 3"])
      assert.equal(readPuzzle(text), undefined);
  });
});
