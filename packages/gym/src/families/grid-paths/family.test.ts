// Maps: lengths as another search finds them, any shortest route counts, false lines are refuted where they stand.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { generate } from "../../generate.ts";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { lengthOf } from "./checker.ts";
import { gridPaths as family } from "./family.ts";
import { drawProblem, GRID_LEVELS, type Problem } from "./grid.ts";
import { readProblem } from "./wordings.ts";

const problems = (count: number): Problem[] =>
  Array.from({ length: count }, (_, i) => drawProblem(Random.fromSeed(9).split(i), 1 + (i % GRID_LEVELS)));

/** The length by relaxing all squares until nothing changes (Bellman and Ford). */
function relaxed(rows: readonly string[]): number {
  const squares = rows.map((row) => [...row].map((square) => (square === "S" ? 0 : Number.POSITIVE_INFINITY)));
  for (let changed = true; changed; ) {
    changed = false;
    rows.forEach((row, i) => {
      [...row].forEach((square, j) => {
        if (square === "#") return;
        const beside = [squares[i - 1]?.[j], squares[i + 1]?.[j], squares[i]![j - 1], squares[i]![j + 1]];
        const least = Math.min(...beside.map((steps) => (steps ?? Number.POSITIVE_INFINITY) + 1));
        if (least < squares[i]![j]!) {
          squares[i]![j] = least;
          changed = true;
        }
      });
    });
  }
  return rows
    .flatMap((row, i) => [...row].map((square, j) => (square === "G" ? squares[i]![j]! : 0)))
    .reduce((a, b) => a + b);
}

const GRID = "S.#.\n.#..\n....\n#.#G";
const QUESTION = `Grid:\n${GRID}\nStart S, goal G, walls #. Shortest route (U/D/L/R)?`;
const LENGTH = `Grid:\n${GRID}\nStart S, goal G, walls #, no diagonal steps. Fewest steps?`;

describe("grid-paths", () => {
  it("has the lengths that relaxation finds", () => {
    for (const problem of problems(240))
      assert.equal(lengthOf(problem), relaxed(problem.rows), problem.rows.join("\n"));
  });

  it("is searched by hand so", () => {
    const text = "S.\n#G\nfewest steps from S to G?";
    assert.deepEqual(family.trace(readProblem(text)!, "en"), [
      "S.: 1,1 S; 1,2 .",
      "#G: 2,1 #; 2,2 G",
      "0: 1,1",
      "1,1: D 2,1 #; R 1,2",
      "1: 1,2",
      "1,2: D 2,2 goal",
      "moves: 1+1=2",
    ]);
    assert.equal(
      family.trace(readProblem(QUESTION)!, "zh").at(-1),
      "回溯: 4,4; 下 3,4; 右 3,3; 右 3,2; 右 3,1; 下 2,1; 下 1,1",
    );
    assert.equal(family.answer(readProblem(QUESTION)!, "zh"), "下下右右右下");
    const closed = readProblem("S#\n#G\nfewest steps from S to G?")!;
    assert.deepEqual(family.trace(closed, "en").slice(-2), ["1,1: D 2,1 #; R 1,2 #", "found: none"]);
    assert.equal(family.answer(closed, "en"), "impossible");
    assert.equal(family.checker.checkAnswer!(closed, "no route").verdict, "proved");
    assert.equal(family.checker.checkAnswer!(closed, "2").verdict, "refuted");
  });

  it("has false lines refuted, each with a witness", () => {
    const lines = family.trace(readProblem(LENGTH)!, "en");
    for (const [before, line] of [
      [0, "S.#.: 1,1 S; 1,2 #; 1,3 #; 1,4 ."],
      [1, "S.#.: 2,1 S; 2,2 .; 2,3 #; 2,4 ."],
      [1, "....: 2,1 .; 2,2 .; 2,3 .; 2,4 ."],
      [4, "0: 1,2"],
      [5, "1,1: D 2,1; R 1,2 #"],
      [5, "1,1: D 2,1"],
      [5, "1,1: D 2,1; R 1,3"],
      [6, "1: 2,1"],
      [lines.length - 1, "moves: 5+1=7"],
      [lines.length - 1, "back: 4,4; D 3,4; R 3,3; R 3,2; R 3,1; D 2,1"],
      [lines.length - 1, "back: 4,4; D 3,4; R 3,3; U 4,3"],
      [lines.length - 1, "back: 2,1; D 1,1"],
      [lines.length - 1, "found: none"],
    ] as const) {
      const reasoning = [...lines.slice(0, before), line].join("\n");
      const steps = checkSteps({ question: LENGTH, reasoning, task: family.id });
      const step = steps.at(-1)!;
      assert.equal(step.verdict, "refuted", line);
      assert.ok(step.verdict === "refuted" && Object.keys(step.witness).length > 0);
      assert.ok(steps.slice(0, -1).every(({ verdict }) => verdict === "proved"));
    }
  });

  it("takes any shortest route, in letters, words or arrows, and no other", () => {
    const question = "S.\n.G\nGive the shortest route from S to G with U, D, L, R.";
    const verifier = family.verifier(readProblem(question)!, "en");
    for (const [answer, verdict] of [
      ["RD", "proved"],
      ["DR", "proved"],
      ["d, r", "proved"],
      ["下右", "proved"],
      ["右、下", "proved"],
      ["\\text{right, down}", "proved"],
      ["→↓", "proved"],
      ["\\rightarrow\\downarrow", "proved"],
      ["DRLR", "refuted"],
      ["DD", "refuted"],
      ["R", "refuted"],
      ["LD", "refuted"],
      ["2", "unknown"],
      ["through the wall", "unknown"],
    ] as const) {
      const response = `\\boxed{${answer}}`;
      assert.equal(checkAnswer({ question, response, task: family.id }).verdict, verdict, answer);
      assert.equal(grade({ problem: question, response, reference: "RD", verifier }).verdict, verdict, answer);
    }
    const verdict = (answer: string) =>
      checkAnswer({ question: QUESTION, response: `\\boxed{${answer}}`, task: family.id });
    assert.equal(verdict("DDRRRD").verdict, "proved");
    assert.deepEqual(verdict("RDRDRD"), {
      ...{ verdict: "refuted", witness: { step: "2", square: "2,2", there: "a wall" } },
      ...{ extracted: "RDRDRD", extractor: "boxed", task: "grid-paths", by: "checking" },
    });
  });

  it("refutes a route with its last step changed or left out", () => {
    for (const row of generate({ task: family.id, level: 3, cell: "route", seed: 6, count: 60 })) {
      const question = row.messages[0]!.content;
      const opposite = { U: "D", D: "U", L: "R", R: "L", 上: "下", 下: "上", 左: "右", 右: "左" }[row.answer.at(-1)!];
      for (const answer of [row.answer.slice(0, -1), row.answer.slice(0, -1) + opposite])
        assert.equal(checkAnswer({ question, response: `\\boxed{${answer}}` }).verdict, "refuted", question);
    }
  });

  it("reads typed maps, and leaves other texts alone", () => {
    const rows = ["S.#", "..G"];
    for (const text of [
      "How many steps from S to G?\nS . #\n. . G",
      "  S.#\n  ..G\nminimum moves?",
      "从S到G最少几步？\nS_X\n__G",
      "shortest distance please (1 = wall)\r\nS01\r\n00G\r\n",
    ])
      assert.deepEqual(readProblem(text), { ask: "length", rows }, text);
    assert.deepEqual(readProblem("S.#\n..G\n怎么走最快？"), { ask: "route", rows });
    for (const text of [
      "",
      "S.G",
      "S.#\n..G",
      "S.#\n...\nhow many steps?",
      "S.#\n..GG\nhow many?",
      "SS\nGG\nhow many?",
      "S.\n".repeat(40_000),
    ])
      assert.equal(readProblem(text), undefined, text.slice(0, 40));
  });
});
