// Zebra puzzles: one solution each, by enumeration; balanced answers; reasoning by hand; false and unfounded lines told apart.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { generate } from "../../generate.ts";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { CATEGORIES } from "./categories.ts";
import { drawPuzzle, ZEBRA_LEVELS } from "./draw.ts";
import { zebra as family } from "./family.ts";
import { answerOf, type Puzzle, puzzleKey, solutions, solve } from "./puzzle.ts";
import { readPuzzle } from "./read.ts";

const LANGUAGES = ["en", "zh"] as const;

function puzzles(count: number, level?: number): Puzzle[] {
  const random = Random.fromSeed(2026).split("zebra tests");
  return Array.from({ length: count }, (_, i) => drawPuzzle(random.split(i), level ?? 1 + (i % ZEBRA_LEVELS)));
}

const QUESTION =
  "Ann, Bob and Dan live in three houses in a row, numbered 1 to 3 from left to right. The pets are cat, dog and fish. " +
  "Ann lives directly to the left of the cat owner. Dan has the fish. The dog owner lives to the right of Dan. Who has the cat?";

describe("zebra puzzles", () => {
  it("have one solution: the one that elimination finds", () => {
    for (const puzzle of puzzles(60)) assert.deepEqual(solutions(puzzle, 2), [solve(puzzle)!]);
  });

  it("have no clue too many", () => {
    for (const puzzle of puzzles(30))
      for (const clue of puzzle.clues)
        assert.equal(solve({ ...puzzle, clues: puzzle.clues.filter((known) => known !== clue) }), undefined);
  });

  it("ask for each place equally often", () => {
    const counts = [0, 0, 0];
    for (const puzzle of puzzles(450, 2)) {
      const answer = answerOf(puzzle, solve(puzzle)!);
      counts["house" in answer ? answer.house - 1 : answer.value % 3]!++;
    }
    for (const count of counts) assert.ok(count > 110 && count < 190, `${counts}`);
  });

  it("share a key under other words and another order of clues and of categories", () => {
    for (const puzzle of puzzles(30, 2)) {
      const solution = solve(puzzle)!;
      const renamed = {
        ...puzzle,
        categories: puzzle.categories.map(({ id, words }) => ({ id, words: words.map((word) => (word + 1) % 5) })),
        clues: [...puzzle.clues].reverse(),
      };
      assert.equal(puzzleKey(renamed, solution), puzzleKey(puzzle, solution));
      assert.notEqual(puzzleKey({ ...puzzle, clues: puzzle.clues.slice(1) }, solution), puzzleKey(puzzle, solution));
    }
  });

  it("are solved clue by clue", () => {
    assert.deepEqual(family.trace(readPuzzle(QUESTION)!, "en"), [
      "Ann 1/2/3, Bob 1/2/3, Dan 1/2/3",
      "cat 1/2/3, dog 1/2/3, fish 1/2/3",
      "Ann=cat-1: Ann 1/2/3, cat 1/2/3; Ann 1/2, cat 2/3",
      "Dan=fish: Dan 1/2/3, fish 1/2/3",
      "dog>Dan: dog 1/2/3, Dan 1/2/3; dog 2/3, Dan 1/2",
      "cat 2/3, dog 2/3, fish 1/2/3; fish 1",
      "Ann 1/2, Bob 1/2/3, Dan 1/2; Bob 3",
      "Ann=cat-1: Ann 1/2, cat 2/3",
      "Dan=fish: Dan 1/2, fish 1; Dan 1",
      "Ann 1/2, Bob 3, Dan 1; Ann 2",
      "dog>Dan: dog 2/3, Dan 1",
      "Ann=cat-1: Ann 2, cat 2/3; cat 3",
      "cat 3, dog 2/3, fish 1; dog 2",
      "cat=3=Bob",
    ]);
  });

  it("have false lines refuted, and true ones that don't follow yet left open", () => {
    const lines = family.trace(readPuzzle(QUESTION)!, "en");
    const last = (reasoning: string) => checkSteps({ question: QUESTION, reasoning, task: family.id }).at(-1)!;
    for (const line of [
      "Ann=cat: Ann 1/2/3, cat 1/2/3",
      "Ann=cat-1: Ann 1/2/3, cat 1/2/3; Ann 1, cat 2",
      "cat=2=Ann",
      "Bob 1",
      "dog=3",
    ])
      assert.equal(last(line).verdict, "refuted", line);
    // What was left is what the lines before say.
    assert.equal(last([...lines.slice(0, 6), "Ann=cat-1: Ann 1/2/3, cat 2/3"].join("\n")).verdict, "refuted");
    for (const line of [
      "cat=3=Bob",
      "Bob 1/2/3, Ann 1/2/3; Bob 3",
      "Ann!=dog: Ann 1/2/3; Ann 2",
      "Ann=cat-1: Ann 1/2/3, cat 1/2/3; Ann 2, cat 3",
    ])
      assert.notEqual(last(line).verdict, "proved", line);
  });

  it("refute another word of the same category, in both languages", () => {
    for (const language of LANGUAGES)
      for (const { messages, answer, verifier } of generate({ task: family.id, seed: 4, count: 40, language })) {
        const problem = messages[0]!.content;
        const { names, houses } = readPuzzle(problem)!;
        const at = names.indexOf(answer);
        const other = at < 0 ? `${(Number(answer) % houses) + 1}` : names[at - (at % houses) + ((at + 1) % houses)]!;
        const response = `\\boxed{${other}}`;
        assert.equal(checkAnswer({ question: problem, response, task: family.id }).verdict, "refuted", problem);
        assert.equal(grade({ problem, response, reference: answer, verifier }).verdict, "refuted");
      }
  });

  it("are read with strangers' names, and only where they have one solution", () => {
    const read = readPuzzle(QUESTION.replaceAll("Ann", "Alice").replaceAll("Dan", "Robert"))!;
    assert.deepEqual(read.names.slice(0, 3), ["Alice", "Bob", "Robert"]);
    assert.equal(readPuzzle(QUESTION.replace("Dan has the fish. ", "")), undefined);
    for (const text of [
      "",
      "Ann, Bob and Dan have a cat, a dog and a fish.",
      "Ann, Bob ".repeat(150),
      "red, green and ".repeat(100),
    ])
      assert.equal(readPuzzle(text), undefined);
  });

  it("use words that say their category", () => {
    for (const language of LANGUAGES) {
      const words = CATEGORIES.flatMap((category) => [...category[language].words]);
      assert.equal(new Set(words).size, words.length);
      for (const {
        [language]: { words: own },
      } of CATEGORIES.slice(1))
        assert.equal(own.length, 5);
    }
  });
});
