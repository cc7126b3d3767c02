// Sudokus: one solution each, by another search; reasoning by hand; tries that are taken back; false and unfounded lines told apart.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { drawSudoku, SUDOKU_LEVELS } from "./draw.ts";
import { sudoku as family } from "./family.ts";
import { type Sudoku, sudokuKey, writeRows } from "./grid.ts";
import { BACK, fill } from "./trace.ts";
import { readSudoku } from "./wordings.ts";

function puzzles(count: number, level?: number): Sudoku[] {
  const random = Random.fromSeed(2026).split("sudoku tests");
  return Array.from({ length: count }, (_, i) => drawSudoku(random.split(i), level ?? 1 + (i % SUDOKU_LEVELS)));
}

function permutations(digits: readonly number[]): number[][] {
  if (digits.length === 0) return [[]];
  return digits.flatMap((digit) => permutations(digits.filter((one) => one !== digit)).map((rest) => [digit, ...rest]));
}

/** All grids whose rows are permutations that agree with the givens and with the rows above: another search than the family's. */
function byRows({ side, given }: Sudoku): number[][] {
  const all = permutations(Array.from({ length: side }, (_, i) => i + 1));
  const search = (rows: number[][]): number[][] => {
    const r = rows.length;
    if (r === side) return [rows.flat()];
    const half = side / 2;
    return all
      .filter((row) =>
        row.every((digit, c) => {
          const told = given[r * side + c];
          if (told !== 0 && told !== digit) return false;
          if (rows.some((above) => above[c] === digit)) return false;
          const start = c < half ? 0 : half;
          return r % 2 === 0 || !rows[r - 1]!.slice(start, start + half).includes(digit);
        }),
      )
      .flatMap((row) => search([...rows, row]));
  };
  return search([]);
}

const QUESTION = "Solve this sudoku: 1 _ _ 4 / _ 4 1 _ / _ 1 4 _ / 4 _ _ _. Write the rows with / between them.";
const ANSWER = "1 2 3 4 / 3 4 1 2 / 2 1 4 3 / 4 3 2 1";
// The other solution of these givens is ruled out by one more of them.
const ONE = QUESTION.replace("1 _ _ 4", "1 2 _ 4");

describe("sudokus", () => {
  it("have one solution, which filling by hand finds", () => {
    for (const puzzle of puzzles(90)) {
      assert.deepEqual(byRows(puzzle), [puzzle.solution], writeRows(puzzle.side, puzzle.given));
      assert.deepEqual(fill(puzzle).grid, puzzle.solution);
    }
  });

  it("need places and tries, some of them taken back, at the highest level", () => {
    const needs = puzzles(60, 3).map((puzzle) => fill(puzzle));
    for (const need of ["candidates", "places", "tries"])
      assert.ok(
        needs.some((filling) => filling.needs === need),
        need,
      );
    assert.ok(needs.some(({ lines }) => lines.includes(BACK)));
    for (const { lines } of needs)
      for (const [i, line] of lines.entries())
        if (line === BACK && lines[i + 1] !== BACK) assert.match(lines[i + 1]!, /^try /);
  });

  it("share a key when digits are renamed", () => {
    for (const puzzle of puzzles(30)) {
      const rename = (digit: number) => (digit === 0 ? 0 : puzzle.side + 1 - digit);
      const [given, solution] = [puzzle.given.map(rename), puzzle.solution.map(rename)];
      assert.equal(sudokuKey({ ...puzzle, given, solution }), sudokuKey(puzzle));
      const fewer = puzzle.given.with(
        puzzle.given.findIndex((digit) => digit !== 0),
        0,
      );
      assert.notEqual(sudokuKey({ ...puzzle, given: fewer }), sudokuKey(puzzle));
    }
  });

  it("are filled cell by cell", () => {
    assert.deepEqual(family.trace(readSudoku(ONE)!, "en").slice(12), [
      "r1c3: r1 1 2 4, c3 1 4, b2 4 1; 3",
      "r2c1: r2 4 1, c1 1 4, b1 1 2 4; 3",
      "r2c4: r2 4 1, c4 4, b2 4 1; 2/3",
      "r3c1: r3 1 4, c1 1 4, b3 1 4; 2/3",
      "r3c4: r3 1 4, c4 4, b4 4; 2/3",
      "r4c2: r4 4, c2 2 4 1, b3 1 4; 3",
      "r4c3: r4 4, c3 1 4, b4 4; 2/3",
      "r4c4: r4 4, c4 4, b4 4; 1/2/3",
      "r1c3=3: r4c3 2, r2c4 2",
      "r2c1=3: r3c1 2",
      "r4c2=3: r4c4 1/2",
      "r4c3=2: r4c4 1, r3c4 3",
      "r2c4=2: none",
      "r3c1=2: none",
      "r4c4=1: none",
      "r3c4=3: none",
      "r1: 1 2 _ 4; 1 2 3 4",
      "r2: _ 4 1 _; 3 4 1 2",
      "r3: _ 1 4 _; 2 1 4 3",
      "r4: 4 _ _ _; 4 3 2 1",
    ]);
  });

  it("have false lines refuted, and true ones that don't follow yet left open", () => {
    const lines = family.trace(readSudoku(ONE)!, "en");
    const last = (...reasoning: string[]) =>
      checkSteps({ question: ONE, reasoning: reasoning.join("\n"), task: family.id }).at(-1)!;
    const known = lines.slice(0, 20);
    for (const [line, witness] of [
      ["r1: 1 2 3 4", { r1: "1 2 _ 4" }],
      ["b2: 4 _ 1 _", { b2: "_ 4 1 _" }],
      ["r2c4: r2 4 1, c4 4 3, b2 4 1; 2", { c4: "4" }],
      ["r2c4: r2 4 1, c4 4, b2 4 1; 3", { r2c4: "2/3" }],
      ["r1c1: r1 1 2 4, c1 1 4, b1 1 2 4; 3", { r1c1: "1" }],
      ["r1c3=3: r4c3 2", { r2c4: "2" }],
      ["r1c3=3: r4c3 2, r2c4 2, r4c4 1/2", { r4c4: "1/2/3" }],
      ["r1c3=2: none", { r1c3: "3" }],
      ["r2c4=3: r4c4 1/2, r3c4 2", { r2c4: "2" }],
      ["b4: r3c4 2/3, r4c3 2/3, r4c4 1/2/3; none", { only: "1 r4c4" }],
      ["b4: r3c4 2/3, r4c3 2/3, r4c4 1/2/3; 2 only r4c4", { "places of 2": "r3c4 r4c3 r4c4" }],
      ["b4: r3c4 2/3, r4c4 1/2/3; 1 only r4c4", { r4c3: "2/3" }],
      ["r1: 1 2 _ 4; 1 3 2 4", { r1: "1 2 3 4" }],
      ["r1: 1 _ _ 4; 1 2 3 4", { r1: "1 2 _ 4" }],
    ] as const) {
      const step = last(...known, line);
      assert.deepEqual(step.verdict === "refuted" && step.witness, witness, line);
    }
    for (const line of ["r2c4=2: none", "r1: 1 2 _ 4; 1 2 3 4"])
      assert.equal(last(...known, line).verdict, "unknown", line);
    for (const line of [
      "try r2c4=2: r3c4 3, r4c4 1/3",
      "b4: r3c4 2/3, r4c3 2/3, r4c4 1/2/3; 1 only r4c4",
      "r4c2=3: r4c3 2, r4c4 1/2, r3c1 2",
    ])
      assert.equal(last(...known, line).verdict, "proved", line);
    // A digit with one place is filled in behind the line that says so; what a try led to is gone with it.
    const only = "b4: r3c4 2/3, r4c3 2/3, r4c4 1/2/3; 1 only r4c4";
    assert.equal(last(...known, "r4c4=1: none").verdict, "unknown");
    assert.equal(last(...known, only, "r4c4=1: none").verdict, "proved");
    const tried = "try r2c4=3: r1c3 none, r2c1 none, r3c4 2, r4c4 1/2";
    assert.equal(last(...known, tried, "r3c4=2: r3c1 3, r4c4 1, r4c3 3").verdict, "proved");
    assert.equal(last(...known, tried, BACK, "r3c4=2: r3c1 3, r4c4 1, r4c3 3").verdict, "refuted");
  });

  it("take any spelling of the filled grid, and no other grid", () => {
    for (const [answer, verdict] of [
      [ANSWER, "proved"],
      ["1234/3412/2143/4321", "proved"],
      ["1234 3412 2143 4321", "proved"],
      ["1,2,3,4;3,4,1,2;2,1,4,3;4,3,2,1", "proved"],
      ["[[1,2,3,4],[3,4,1,2],[2,1,4,3],[4,3,2,1]]", "proved"],
      ["\\text{1234 / 3412 / 2143 / 4321}", "proved"],
      [ANSWER.replace("2 1 4 3 / 4 3 2 1", "4 3 2 1 / 2 1 4 3"), "refuted"],
      ["1234/4312/2143/3421", "refuted"],
      ["1234/3412/2143/4325", "refuted"],
      ["1234/3412/2143/432", "unknown"],
      ["none", "unknown"],
    ] as const) {
      const response = `\\boxed{${answer}}`;
      assert.equal(checkAnswer({ question: ONE, response, task: family.id }).verdict, verdict, answer);
      const verifier = family.verifier(readSudoku(ONE)!, "en");
      assert.equal(grade({ problem: ONE, response, reference: ANSWER, verifier }).verdict, verdict, answer);
    }
  });

  it("are read as people type them, and only where they have one solution", () => {
    for (const typed of [
      "sudoku\n12.4\n.41.\n.14.\n4...",
      "Sudoku: [[1,2,0,4],[0,4,1,0],[0,1,4,0],[4,0,0,0]]",
      "数独：1 2 ? 4；? 4 1 ?；? 1 4 ?；4 ? ? ?",
      "fill the sudoku\n1 2 | _ 4\n_ 4 | 1 _\n----+----\n_ 1 | 4 _\n4 _ | _ _\nthank you",
      "Sudoku with 2x2 boxes:\n| 1 | 2 | _ | 4 |\n| _ | 4 | 1 | _ |\n| _ | 1 | 4 | _ |\n| 4 | _ | _ | _ |",
    ])
      assert.equal(family.answer(readSudoku(typed)!, "en"), ANSWER, typed);
    for (const other of [
      QUESTION,
      ONE.replace("sudoku", "puzzle"),
      ONE.replace("4 _ _ _.", "4 _ _ 4."),
      ONE.replace("/ _ 1 4 _ ", ""),
      `Solve this sudoku: ${ANSWER}`,
      "I like sudoku.",
      "数独怎么玩？",
    ])
      assert.equal(readSudoku(other), undefined, other);
  });
});
