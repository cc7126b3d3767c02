// Jugs: plans are the shortest by another search, any right plan counts, false lines are refuted where they stand.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { jugLines } from "./checker.ts";
import { waterJugs as family } from "./family.ts";
import { drawPuzzle, JUG_LEVELS, type Puzzle, puzzleKey } from "./jugs.ts";
import { readPuzzle } from "./wordings.ts";

const puzzles = (count: number): Puzzle[] =>
  Array.from({ length: count }, (_, i) => drawPuzzle(Random.fromSeed(7).split(i), 1 + (i % JUG_LEVELS)));

/** The least number of moves, by deepening: amounts are tried in all ways of so many moves. */
function leastMoves({ sizes, tap, target }: Puzzle, most: number): number | undefined {
  let states = new Set([sizes.map((size, i) => (tap || i > 0 ? 0 : size)).join()]);
  for (let moves = 0; moves <= most; moves++) {
    if ([...states].some((state) => state.split(",").includes(`${target}`))) return moves;
    const next = new Set<string>();
    for (const state of states) {
      const amounts = state.split(",").map(Number);
      for (let i = 0; i < sizes.length; i++) {
        if (tap) next.add(amounts.with(i, 0).join()).add(amounts.with(i, sizes[i]!).join());
        for (let j = 0; j < sizes.length; j++) {
          const all = amounts[i]! + amounts[j]!;
          const kept = Math.max(0, all - sizes[j]!);
          if (i !== j)
            next.add(
              amounts
                .with(i, kept)
                .with(j, all - kept)
                .join(),
            );
        }
      }
    }
    states = next;
  }
  return undefined;
}

const QUESTION =
  "You have a 3-liter jug and a 5-liter jug, both empty, and a tap. How do you measure exactly 4 liters? Give the moves like this: fill 3, empty 5, 3>5.";
const LEAST = "I have a 3 gallon jug and a 5 gallon jug. How do I get exactly 4 gallons?";

describe("water-jugs", () => {
  it("is solved in the least number of moves", () => {
    for (const puzzle of puzzles(240)) {
      const { way } = jugLines.search(puzzle);
      assert.equal(way!.length, leastMoves(puzzle, 12), puzzleKey(puzzle));
    }
    const never: Puzzle = { ask: "least", tap: true, sizes: [4, 6], target: 5 };
    assert.equal(jugLines.search(never).way, undefined);
    assert.equal(family.answer(never, "en"), "impossible");
    assert.equal(family.trace(never, "en").at(-1), "found: none");
    assert.equal(family.checker.checkAnswer!(never, "impossible").verdict, "proved");
    assert.equal(family.checker.checkAnswer!(never, "6").verdict, "refuted");
  });

  it("is searched by hand so", () => {
    const text = QUESTION.replace("exactly 4", "exactly 2");
    assert.deepEqual(family.trace(readPuzzle(text)!, "en"), [
      "0: 0,0",
      "0,0: fill 3 3,0; fill 5 0,5",
      "1: 3,0; 0,5",
      "3,0: fill 5 3,5; empty 3 0,0 seen; 3>5 3+0=3<=5 0,3",
      "0,5: fill 3 3,5 seen; empty 5 0,0 seen; 5>3 5+0=5>3 5-3=2 3,2 goal",
      "back: 3,2; 5>3 0,5; fill 5 0,0",
    ]);
    assert.equal(family.answer(readPuzzle(text)!, "zh"), "装满5, 5>3");
  });

  it("has false lines refuted, each with a witness", () => {
    const lines = family.trace(readPuzzle(QUESTION)!, "en");
    for (const [before, line] of [
      [0, "0: 3,5"],
      [1, "0,0: fill 3 3,0"],
      [1, "0,0: fill 3 3,0; fill 5 0,4"],
      [3, "3,0: fill 5 3,5; empty 3 0,0; 3>5 3+0=3<=5 0,3"],
      [3, "3,0: fill 5 3,5; empty 3 0,0 seen; 3>5 3+0=4<=5 0,3"],
      [4, "0,5: fill 3 3,5; empty 5 0,0 seen; 5>3 5+0=5>3 5-3=2 3,2"],
      [lines.length - 1, "back: 3,4; 5>3 2,4; 3>5 0,5"],
      [lines.length - 1, "back: 3,4; 5>3 2,5"],
      [lines.length - 1, "moves: 5+1=7"],
      [lines.length - 1, "moves: 4+1=5"],
      [lines.length - 1, "found: none"],
    ] as const) {
      const reasoning = [...lines.slice(0, before), line].join("\n");
      const steps = checkSteps({ question: QUESTION, reasoning, task: family.id });
      const step = steps.at(-1)!;
      assert.equal(step.verdict, "refuted", line);
      assert.ok(step.verdict === "refuted" && Object.keys(step.witness).length > 0);
      assert.ok(steps.slice(0, -1).every(({ verdict }) => verdict === "proved"));
    }
  });

  it("takes every plan that ends with the amount, in words too, and no other", () => {
    const verifier = family.verifier(readPuzzle(QUESTION)!, "en");
    for (const [answer, verdict] of [
      ["fill 5, 5>3, empty 3, 5>3, fill 5, 5>3", "proved"],
      ["fill 3, 3>5, fill 3, 3>5, empty 5, 3>5, fill 3, 3>5", "proved"],
      ["fill 3, empty 3, fill 5, 5>3, empty 3, 5>3, fill 5, 5>3", "proved"],
      [
        "Fill the 5-liter jug; pour the 5-liter jug into the 3-liter jug; empty the 3 liter jug; pour 5 to 3; fill 5; 5→3",
        "proved",
      ],
      ["装满5，5倒入3，倒空3，把5升壶倒入3升壶，装满5，5>3", "proved"],
      ["\\text{fill }5, 5\\to 3, \\text{empty }3, 5\\to 3, \\text{fill }5, 5\\to 3", "proved"],
      ["1. fill 5\n2. 5>3\n3. empty 3\n4. 5>3\n5. fill 5\n6. 5>3", "proved"],
      ["fill 5, 5>3, empty 3, 5>3, fill 5", "refuted"],
      ["fill 5, 5>3, empty 3, 5>3, fill 5, 5>4", "refuted"],
      ["fill 5, 5>5", "refuted"],
      ["fill 4", "refuted"],
      ["drink it", "unknown"],
      ["", "unknown"],
    ] as const) {
      const response = `\\boxed{${answer}}`;
      assert.equal(checkAnswer({ question: QUESTION, response, task: family.id }).verdict, verdict, answer);
      assert.equal(grade({ problem: QUESTION, response, reference: "?", verifier }).verdict, verdict, answer);
    }
  });

  it("allows only pouring where there is no tap", () => {
    const question =
      "You have an 8-liter jug full of water and two empty ones that hold 5 and 3 liters. How do you get exactly 4 liters into one jug by pouring? Write the moves like this: 8>5, 5>3.";
    const verdict = (answer: string) =>
      checkAnswer({ question, response: `\\boxed{${answer}}`, task: family.id }).verdict;
    assert.equal(verdict("8>5, 5>3, 3>8, 5>3, 8>5, 5>3"), "proved");
    assert.equal(verdict("8>3, 3>5, 8>3, 3>5, 5>8, 3>5, 8>3, 3>5"), "proved");
    assert.equal(verdict("fill 5, 5>3, empty 3, 5>3, fill 5, 5>3"), "refuted");
  });

  it("reads typed questions, and leaves others alone", () => {
    assert.deepEqual(readPuzzle(LEAST), { ask: "plan", tap: true, sizes: [3, 5], target: 4 });
    assert.deepEqual(readPuzzle("有3升的水壶和5升的水壶，最少几步得到4升？"), {
      ask: "least",
      tap: true,
      sizes: [3, 5],
      target: 4,
    });
    assert.equal(readPuzzle("jugs of 3 and 5 liters, a tap, fewest moves to get 4 liters?")?.ask, "least");
    assert.equal(puzzleKey(readPuzzle(LEAST)!), puzzleKey({ ask: "plan", tap: true, sizes: [5, 3], target: 4 }));
    for (const text of [
      "",
      "I have a 3 liter jug and a 5 liter jug.",
      "I have a 3 gallon jug and a 3 gallon jug. How do I get exactly 2 gallons?",
      "I have a 3 gallon jug and a 5 gallon jug. How do I get exactly 9 gallons?",
      "What is 3 + 5 - 4?",
      "jug of 3 and ".repeat(5000),
    ])
      assert.equal(readPuzzle(text), undefined, text.slice(0, 80));
  });
});
