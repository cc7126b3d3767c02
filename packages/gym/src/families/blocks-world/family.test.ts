// Blocks: plans are the shortest by another search, any plan within the limit counts, false lines are refuted where they stand.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { BACK } from "../../back.ts";
import { generate } from "../../generate.ts";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { after, blocksOf, type Puzzle, puzzleKey, type Stacks, wrongBlocks } from "./blocks.ts";
import { BLOCKS_LEVELS, drawPuzzle } from "./draw.ts";
import { blocksWorld as family } from "./family.ts";
import { leastMoves, search } from "./search.ts";
import { readPuzzle } from "./wordings.ts";

const puzzles = (count: number): Puzzle[] =>
  Array.from({ length: count }, (_, i) => drawPuzzle(Random.fromSeed(12).split(i), 1 + (i % BLOCKS_LEVELS)));

const name = (stacks: Stacks) => [...stacks].sort().join(" ");

/** The least number of moves by going through all arrangements, level by level, with every move that the rules allow. */
function breadthFirst({ start, goal }: Puzzle): number {
  const seen = new Set([name(start)]);
  let level: Stacks[] = [start];
  for (let moves = 0; ; moves++) {
    if (level.some((stacks) => name(stacks) === name(goal))) return moves;
    level = level.flatMap((stacks) =>
      blocksOf(stacks).flatMap((block) =>
        [undefined, ...blocksOf(stacks)].flatMap((onto) => {
          const next = block === onto ? undefined : after(stacks, { block, onto });
          if (next === undefined || seen.has(name(next))) return [];
          seen.add(name(next));
          return [next];
        }),
      ),
    );
  }
}

// Each tower must be taken apart first, which costs one move more than there are wrong blocks.
const LEAST =
  "Start: A on the table, B on A, C on the table, D on C. Goal: A on D, C on B, B on the table, D on the table. Fewest moves of free blocks?";
const DEADLOCK =
  "Start: A on the table, B on A, D on the table, C on D. Goal: A on D, B on C, C on the table, D on B. Fewest moves of free blocks?";
const PLAN =
  "Blocks world. Stacks from bottom to top: [A, B], [C]. Goal: [C, A, B]. One move puts a top block on another top block or on the table. Find a plan with at most 3 moves, written like A>B, A>table.";

describe("blocks-world", () => {
  it("finds plans that reach the goal in the least number of moves", () => {
    for (const puzzle of puzzles(150)) {
      const { plan } = search(puzzle);
      assert.equal(plan!.length, breadthFirst(puzzle), puzzleKey(puzzle));
      assert.equal(name(plan!.reduce<Stacks>((stacks, move) => after(stacks, move)!, puzzle.start)), name(puzzle.goal));
    }
  });

  it("knows which blocks are wrong, and what may be moved", () => {
    assert.deepEqual(wrongBlocks(["AB", "CD"], ["ABD", "C"]), ["D"]);
    assert.deepEqual(wrongBlocks(["AB"], ["BA"]), ["A", "B"]);
    assert.deepEqual(after(["AB", "C"], { block: "B", onto: "C" }), ["A", "CB"]);
    assert.deepEqual(after(["AB", "C"], { block: "C", onto: "B" }), ["ABC"]);
    assert.deepEqual(after(["AB", "C"], { block: "B", onto: undefined }), ["A", "C", "B"]);
    for (const [block, onto] of [
      ["A", "C"],
      ["C", undefined],
      ["B", "A"],
      ["C", "A"],
      ["X", "C"],
      ["C", "X"],
      ["B", "B"],
    ] as const)
      assert.equal(after(["AB", "C"], { block, onto }), undefined, `${block}>${onto}`);
  });

  it("is searched by hand so", () => {
    assert.deepEqual(family.trace(readPuzzle(PLAN)!, "en"), [
      "A: table, goal C, wrong",
      "B: A, goal A, A wrong, wrong",
      "C: table, goal table, right",
      "wrong: 1 A, 2 B",
      "limit: 3",
      "B>table: A | C | B; wrong A B; left 3-1=2",
      "A>C: C A | B; wrong B; left 2-1=1",
      "B>A: C A B; wrong none; left 1-1=0",
      "plan: B>table, A>C, B>A",
    ]);
    const lines = family.trace(readPuzzle(DEADLOCK)!, "en");
    assert.deepEqual(lines.slice(4, 8), [
      "wrong: 1 A, 2 B, 3 D, 4 C",
      "limit: 4",
      "C>table: A B | D | C; wrong A B D; left 4-1=3",
      "B>C: A | D | C B; wrong A D; left 3-1=2",
    ]);
    const puzzle = readPuzzle(PLAN.replace("at most 3", "at most 2"))!;
    assert.deepEqual(family.trace(puzzle, "en").slice(-4), [
      "limit: 2",
      "B>table: A | C | B; wrong A B; left 2-1=1",
      BACK,
      "plan: none",
    ]);
    assert.equal(family.answer(puzzle, "zh"), "不可能");
    assert.equal(family.checker.checkAnswer!(puzzle, "impossible").verdict, "proved");
  });

  it("takes tries back that leave too few moves", () => {
    const texts = puzzles(150).map((puzzle) => family.trace(puzzle, "en"));
    assert.ok(texts.filter((lines) => lines.includes(BACK)).length > 20);
  });

  it("has false lines refuted, each with a witness", () => {
    const lines = family.trace(readPuzzle(PLAN)!, "en");
    for (const [before, line] of [
      [0, "A: table, goal C, right"],
      [1, "B: C, goal A, wrong"],
      [1, "B: A, goal A, A right, right"],
      [3, "wrong: 1 A, 2 C"],
      [4, "limit: 2"],
      [5, "B>table: A | B C; wrong A B; left 3-1=2"],
      [5, "B>table: A | B | C; wrong A; left 3-1=2"],
      [5, "B>table: A | B | C; wrong A B; left 2-1=1"],
      [5, "A>C: B | C A; wrong B; left 3-1=2"],
      [6, "B>C: A | C B; wrong A B; left 3-1=2"],
      [8, "plan: B>table, A>C"],
      [8, "plan: none"],
      [8, "moves: 2"],
    ] as const) {
      const reasoning = [...lines.slice(0, before), line].join("\n");
      const steps = checkSteps({ question: PLAN, reasoning, task: family.id });
      const step = steps.at(-1)!;
      assert.equal(step.verdict, "refuted", line);
      assert.ok(step.verdict === "refuted" && Object.keys(step.witness).length > 0);
      assert.ok(steps.slice(0, -1).every(({ verdict }) => verdict === "proved"));
    }
    // After [BACK] the block is where it was.
    const again = `${lines.slice(0, 6).join("\n")}\n${BACK}\nB>C: A | C B; wrong A B; left 3-1=2`;
    assert.equal(checkSteps({ question: PLAN, reasoning: again, task: family.id }).at(-1)!.verdict, "proved");
    const beyond = `${family.trace(readPuzzle(LEAST)!, "en").slice(0, 5).join("\n")}\nlimit: 9`;
    assert.equal(checkSteps({ question: LEAST, reasoning: beyond, task: family.id }).at(-1)!.verdict, "refuted");
  });

  it("takes any plan within the limit, in words too, and no other", () => {
    const verifier = family.verifier(readPuzzle(PLAN)!, "en");
    for (const [answer, verdict] of [
      ["B>table, A>C, B>A", "proved"],
      ["b -> table; a -> c; b -> a", "proved"],
      ["Move B onto the table, then put A on C, move block B to block A", "proved"],
      ["B>桌，A>C，把B放到A上", "proved"],
      ["\\text{B}\\to\\text{table}, A\\to C, B\\to A", "proved"],
      ["1. B>table\n2. A>C\n3. B>A", "proved"],
      ["B>C, B>table, A>C, B>A", "refuted"],
      ["B>table, A>C", "refuted"],
      ["A>C, B>A", "refuted"],
      ["B>table, A>B, C>A", "refuted"],
      ["pull the cloth", "unknown"],
      ["3", "unknown"],
    ] as const) {
      const response = `\\boxed{${answer}}`;
      assert.equal(checkAnswer({ question: PLAN, response, task: family.id }).verdict, verdict, answer);
      assert.equal(grade({ problem: PLAN, response, reference: "?", verifier }).verdict, verdict, answer);
    }
    assert.equal(
      checkAnswer({ question: LEAST, response: `\\boxed{${leastMoves(readPuzzle(LEAST)!)} moves}` }).verdict,
      "proved",
    );
  });

  it("refutes a plan without its last move, or with two moves exchanged", () => {
    for (const row of generate({ task: family.id, cell: "plan", seed: 6, count: 60 })) {
      const question = row.messages[0]!.content;
      const moves = row.answer.split(", ");
      for (const answer of [moves.slice(0, -1), moves.slice(1)])
        assert.equal(checkAnswer({ question, response: `\\boxed{${answer.join(", ")}}` }).verdict, "refuted", question);
    }
  });

  it("reads typed questions, and leaves others alone", () => {
    const start = ["AB", "C"];
    for (const text of [
      "Now: A is on the table, B is on A and C is on the table. Wanted: C on the table, A on top of C, B on A. Plan?",
      "Blocks: C on the table; B on A; A on the table. Goal: A on C, B on A, C on the table. How?",
      "现在：A在桌子上，B在A上面，C在桌上。要求：C在桌上，A在C上，B在A上。怎么移？",
    ])
      assert.deepEqual(readPuzzle(text), { ask: "plan", start, goal: ["CAB"] }, text);
    const other = { ask: "plan", start: ["X", "ZY"], goal: ["XZY"] } as const;
    assert.equal(puzzleKey(readPuzzle(PLAN)!), puzzleKey({ ...other, most: 3 }));
    for (const text of [
      "",
      "Start: A on the table, B on A. Goal: A on the table, B on A. Fewest moves of free blocks?",
      "Start: A on the table, B on A. Goal: A on the table, C on A. Fewest moves of free blocks?",
      "Start: A on B, B on A. Goal: A on the table, B on A. Fewest moves of free blocks?",
      "Start: A. Goal: B. Shortest path?",
      "A on the table, ".repeat(5000),
      `Start: ${"A on B, ".repeat(60)}Goal: B on A. Fewest moves?`,
      `Stacks from bottom to top: ${"[A, B], ".repeat(60)}`,
    ])
      assert.equal(readPuzzle(text), undefined, text.slice(0, 80));
  });
});
