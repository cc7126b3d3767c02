// Letter sums: one solution each, by brute force; searches by hand; false and unfounded lines told apart; answers put back.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { CRYPTARITHM_LEVELS, drawPuzzle } from "./draw.ts";
import { cryptarithms as family } from "./family.ts";
import { type Puzzle, puzzleKey, solutions, writeDigits, writeSum } from "./puzzle.ts";
import { BACK, solve } from "./trace.ts";
import { readPuzzle } from "./wordings.ts";

function puzzles(count: number, level?: number): Puzzle[] {
  const random = Random.fromSeed(2026).split("letter sums");
  return Array.from({ length: count }, (_, i) => drawPuzzle(random.split(i), level ?? 1 + (i % CRYPTARITHM_LEVELS)));
}

/** All pairs of numbers of the right length whose sum has the pattern of letters: another search than the family's. */
function byNumbers({ addends: [first, second], sum, known }: Puzzle): string[] {
  const numbers = (word: string) => {
    const low = 10 ** (word.length - 1);
    return Array.from({ length: 9 * low }, (_, i) => i + low);
  };
  const letters = [...(first + second + sum)];
  return numbers(first).flatMap((a) =>
    numbers(second).flatMap((b) => {
      const digits = [...`${a}${b}${a + b}`];
      if (digits.length !== letters.length) return [];
      const fits = letters.every(
        (letter, i) =>
          (known.get(letter) ?? Number(digits[i])) === Number(digits[i]) &&
          letters.every((other, j) => (letter === other) === (digits[i] === digits[j])),
      );
      return fits ? [[...new Set(letters.map((letter, i) => `${letter}=${digits[i]}`))].join(", ")] : [];
    }),
  );
}

const QUESTION =
  "In AA+AB=CDD each letter stands for a digit, different letters for different digits. Given: B=7. Find them.";

describe("letter sums", () => {
  it("have one solution, which the search ends in", () => {
    for (const puzzle of [...puzzles(60, 1), ...puzzles(60, 2), ...puzzles(12, 3)])
      assert.deepEqual(byNumbers(puzzle), [family.answer(puzzle, "en")], writeSum(puzzle));
    for (const puzzle of puzzles(60)) {
      const answer = family.answer(puzzle, "en");
      const standing: string[] = [];
      for (const line of solve(puzzle)) line === BACK ? standing.pop() : standing.push(line);
      for (const pair of answer.split(", "))
        assert.ok(
          standing.some((line) => line.includes(pair)),
          pair,
        );
    }
  });

  it("have as many solutions as another search finds, one or not", () => {
    for (const [a, b, sum] of [
      ["AB", "BA", "CDC"],
      ["AA", "B", "BCC"],
      ["AB", "C", "DE"],
      ["AB", "AC", "DEA"],
    ] as const) {
      const puzzle = { addends: [a, b] as const, sum, known: new Map() };
      const found = solutions(puzzle, 1000).map((digits) => writeDigits(puzzle, digits));
      assert.deepEqual(found.sort(), byNumbers(puzzle).sort());
    }
  });

  it("share a key under other letters and with the addends exchanged", () => {
    for (const puzzle of puzzles(30)) {
      const rename = (word: string) =>
        [...word].map((letter) => String.fromCharCode(155 - letter.charCodeAt(0))).join("");
      const [first, second] = puzzle.addends;
      const known = new Map([...puzzle.known].reverse().map(([letter, digit]) => [rename(letter), digit]));
      const renamed: Puzzle = { addends: [rename(second), rename(first)], sum: rename(puzzle.sum), known };
      assert.equal(puzzleKey(renamed), puzzleKey(puzzle));
      if (known.size > 0) assert.notEqual(puzzleKey({ ...puzzle, known: new Map() }), puzzleKey(puzzle));
    }
  });

  it("are searched column by column", () => {
    assert.deepEqual(family.trace(readPuzzle(QUESTION)!, "en"), [
      "1: A+B=D",
      "2: A+A=D",
      "start: B=7; C=1; next A",
      "try A=2: 2+7=9, D=9; 2+2=4, D=4 not 9",
      BACK,
      "try A=3: 3+7=10, D=0; 3+3+1=7, D=7 not 0",
      BACK,
      "try A=4: 4+7=11, D=1 used",
      BACK,
      "try A=5: 5+7=12, D=2; 5+5+1=11, D=1 not 2",
      BACK,
      "try A=6: 6+7=13, D=3; 6+6+1=13, D=3 fits",
    ]);
    const long = readPuzzle("Cryptarithm: AB+CD=CEF, B=9, C=1, D=4")!;
    assert.ok(solve(long).includes("try A=5: 5+1+1=7, E=7; carry 0, short"));
  });

  it("have false lines refuted and unfinished ones left open", () => {
    const known = family.trace(readPuzzle(QUESTION)!, "en").slice(0, 3);
    const last = (...lines: string[]) =>
      checkSteps({ question: QUESTION, reasoning: [...known, ...lines].join("\n"), task: family.id }).at(-1)!;
    for (const [line, witness] of [
      ["1: A+A=D", { 1: "A+B=D" }],
      ["start: B=7; C=2; next A", { expected: "C=1" }],
      ["start: B=7; C=1; next D", { expected: "next A" }],
      ["try A=7: 7+7=14, D=4", { "A=7": "used" }],
      ["try A=0: 0+7=7, D=7 used", { "A=0": "leads" }],
      ["try B=3: 3+7=10, D=0", { B: "7" }],
      ["try A=2: 2+7=8, D=8", { "2+7": "9", 8: "8" }],
      ["try A=2: 2+7=9, D=9; 2+2=4, D=4 fits", { expected: "2+2=4, D=4 not 9" }],
      ["try A=3: 3+7=10, D=0; 3+3=6, D=6 not 0", { expected: "3+3+1=7, D=7 not 0" }],
      ["try A=6: 6+7=13, D=3; 6+6+1=13, D=3 fits; next D", { "nothing follows": "6+6+1=13, D=3 fits" }],
    ] as const) {
      const step = last(line);
      assert.deepEqual(step.verdict === "refuted" && step.witness, witness, line);
    }
    assert.equal(last("try A=2: 2+7=9, D=9").verdict, "unknown");
    // The same sum the other way round is as good.
    assert.equal(last("try A=6: 7+6=13, D=3; 1+6+6=13, D=3 fits").verdict, "proved");
    // Without [BACK] the first try stands.
    assert.equal(
      last("try A=2: 2+7=9, D=9; 2+2=4, D=4 not 9", "try A=6: 6+7=13, D=3; 6+6+1=13, D=3 fits").verdict,
      "refuted",
    );
  });

  it("take the digits in any form, put back into the sum", () => {
    const verifier = family.verifier(readPuzzle(QUESTION)!, "en");
    for (const [answer, verdict] of [
      ["A=6, B=7, C=1, D=3", "proved"],
      ["D=3; C=1; A=6", "proved"],
      ["A = 6, B = 7, C = 1 and D = 3", "proved"],
      ["A为6，B为7，C为1，D为3", "proved"],
      ["66+67=133", "proved"],
      ["\\text{A=6, B=7, C=1, D=3}", "proved"],
      ["A=5, B=7, C=1, D=2", "refuted"],
      ["A=6, B=8, C=1, D=3", "refuted"],
      ["A=6, B=7, C=1, D=1", "refuted"],
      ["66+68=134", "refuted"],
      ["A=6, C=1", "unknown"],
      ["66+67=134, so 6", "unknown"],
      ["six", "unknown"],
    ] as const) {
      const response = `\\boxed{${answer}}`;
      assert.equal(checkAnswer({ question: QUESTION, response, task: family.id }).verdict, verdict, answer);
      assert.equal(
        grade({ problem: QUESTION, response, reference: "A=6, B=7, C=1, D=3", verifier }).verdict,
        verdict,
        answer,
      );
    }
  });

  it("are read as people type them, and only where they have one solution", () => {
    const typed = readPuzzle("SEND + MORE = MONEY, which digits do the letters stand for?")!;
    assert.equal(family.answer(typed, "en"), "S=9, E=5, N=6, D=7, M=1, O=0, R=8, Y=2");
    for (const text of ["求解数字谜 AA + AB = CDD ，其中 B = 7", "cryptarithm: AA+AB=CDD where B is 7"])
      assert.equal(family.answer(readPuzzle(text)!, "en"), "A=6, B=7, C=1, D=3", text);
    for (const other of [
      "cryptarithm: AB+C=DE",
      "AA+AB=CDD, B=7",
      "Solve A+B=C for A, in digits.",
      "letters: AB+BA=CDC, X=3",
      "letters ABCDEF+GHIJKL=MNOPQR",
      "What is 3+4 in digits?",
    ])
      assert.equal(readPuzzle(other), undefined, other);
  });
});
