// Graph colouring: one completion each, by brute force; traces by hand; false and unfounded lines told apart; any valid colouring counts.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { COLOURING_LEVELS, drawProblem } from "./draw.ts";
import { graphColouring as family } from "./family.ts";
import { lettersOf, openOf, type Problem, problemKey, writeColouring } from "./problem.ts";
import { BACK, reason } from "./trace.ts";
import { readProblem } from "./wordings.ts";

function problems(count: number, level?: number): Problem[] {
  const random = Random.fromSeed(2026).split("colourings");
  return Array.from({ length: count }, (_, i) => drawProblem(random.split(i), level ?? 1 + (i % COLOURING_LEVELS)));
}

/** All completions, counted up like numbers: another search than the family's. */
function byCounting(problem: Problem): string[] {
  const open = openOf(problem);
  const found: string[] = [];
  for (let n = 0; n < problem.colours ** open.length; n++) {
    const colours = open.map(
      (letter, i) => [letter, 1 + (Math.floor(n / problem.colours ** i) % problem.colours)] as const,
    );
    const colouring = new Map([...problem.given, ...colours]);
    if (problem.pairs.every(([a, b]) => colouring.get(a) !== colouring.get(b)))
      found.push(writeColouring(problem, colouring));
  }
  return found;
}

const QUESTION =
  "Colour a map with 3 colours (1 to 3) so that neighbouring regions have different colours. Neighbours: A-B, A-C, B-C, C-D, B-E, D-E. " +
  "Given: A=1, E=1. Find the colours of the other regions.";

describe("graph colouring", () => {
  it("has one completion, which the reasoning ends in", () => {
    for (const problem of problems(240)) {
      assert.deepEqual(byCounting(problem), [family.answer(problem, "en")], problemKey(problem));
      const standing: string[] = [];
      for (const line of reason(problem).lines) line === BACK ? standing.pop() : standing.push(line);
      const said = standing.flatMap((line) => /^(?:try )?([A-Z]=\d):/.exec(line)?.[1] ?? []);
      assert.equal(said.sort().join(", "), family.answer(problem, "en"));
    }
  });

  it("tries at the highest level, and takes tries back", () => {
    const lines = problems(80, 3).map((problem) => reason(problem).lines);
    assert.ok(lines.filter((some) => some.includes(BACK)).length > 10);
    for (const some of lines)
      for (const [i, line] of some.entries())
        if (line === BACK && some[i + 1] !== BACK) assert.match(some[i + 1]!, /^try /);
  });

  it("shares a key under other letters and colours and another order of pairs", () => {
    for (const problem of problems(60)) {
      const letters = lettersOf(problem);
      const rename = (letter: string) => letters[(letters.indexOf(letter) + 1) % letters.length]!;
      const pairs = [...problem.pairs].reverse().map(([a, b]) => [rename(b), rename(a)] as const);
      const given = new Map(
        [...problem.given].map(([letter, colour]) => [rename(letter), problem.colours + 1 - colour]),
      );
      assert.equal(problemKey({ ...problem, pairs, given }), problemKey(problem));
      assert.notEqual(problemKey({ ...problem, pairs: problem.pairs.slice(1) }), problemKey(problem));
      const fewer = new Map([...problem.given].slice(1));
      assert.notEqual(problemKey({ ...problem, given: fewer }), problemKey(problem));
    }
  });

  it("is solved letter by letter", () => {
    assert.deepEqual(family.trace(readProblem(QUESTION)!, "en"), [
      "A: B C",
      "B: A C E",
      "C: A B D",
      "D: C E",
      "E: B D",
      "B: A 1, E 1; 2/3",
      "C: A 1; 2/3",
      "D: E 1; 2/3",
      "try B=2: C 3",
      "C=3: D 2",
      "D=2: none",
    ]);
  });

  it("has false lines refuted, and true ones that don't follow yet left open", () => {
    const question = QUESTION.replace("E=1", "E=1, D=2");
    const known = family.trace(readProblem(question)!, "en").slice(0, 7);
    const last = (...lines: string[]) =>
      checkSteps({ question, reasoning: [...known, ...lines].join("\n"), task: family.id }).at(-1)!;
    for (const [line, witness] of [
      ["A: B C D", { A: "B C" }],
      ["B: A 1, E 2; 3", { E: "1" }],
      ["B: A 1, E 1; 2", { B: "2/3" }],
      ["B: A 1, D 2, E 1; 3", { D: "no coloured neighbour of B" }],
      ["C=2: B 3", { C: "3" }],
      ["B=3: C 2", { B: "2" }],
      ["C=3: none", { B: "2" }],
      ["C=3: B 3", { B: "2" }],
      ["C=3: B 2, E 1", { E: "1" }],
      ["A=2: none", { A: "1" }],
      ["Q: A B", { letters: "A B C D E" }],
    ] as const) {
      const step = last(line);
      assert.deepEqual(step.verdict === "refuted" && step.witness, witness, line);
    }
    assert.equal(last("B=2: none").verdict, "unknown");
    assert.equal(last("C=3: B 2", "B=2: none").verdict, "proved");
    assert.equal(last("try B=3: C none").verdict, "proved");
    // What a try led to is gone with it.
    assert.equal(last("try B=2: none", "C=3: none").verdict, "proved");
    assert.equal(last("try B=2: none", BACK, "C=3: none").verdict, "refuted");
  });

  it("takes any colouring that keeps the givens and the pairs apart", () => {
    const verifier = family.verifier(readProblem(QUESTION)!, "en");
    for (const [answer, verdict] of [
      ["B=2, C=3, D=2", "proved"],
      ["B=3, C=2, D=3", "proved"],
      ["D = 2; C = 3; B = 2", "proved"],
      ["A=1, B=2, C=3, D=2, E=1", "proved"],
      ["B为2，C为3，D为2", "proved"],
      ["B:2, C:3 and D:2", "proved"],
      ["B=2, C=2, D=3", "refuted"],
      ["A=2, B=3, C=1, D=2, E=1", "refuted"],
      ["B=2, C=3, D=4", "refuted"],
      ["B=2, C=3", "unknown"],
      ["red and green", "unknown"],
    ] as const) {
      const response = `\\boxed{${answer}}`;
      assert.equal(checkAnswer({ question: QUESTION, response, task: family.id }).verdict, verdict, answer);
      assert.equal(
        grade({ problem: QUESTION, response, reference: "B=2, C=3, D=2", verifier }).verdict,
        verdict,
        answer,
      );
    }
  });

  it("is read as people type it", () => {
    const wanted = { letters: ["A", "B", "C"], colours: 3, given: [["A", 1]] };
    for (const typed of [
      "color the graph A-B, B-C, C-A with three colors, A=1",
      "图着色：A-B、B-C、C-A，3 种颜色，A=1",
      "3 rooms; these clash: A-B B-C C-A. A = 1.",
    ]) {
      const read = readProblem(typed)!;
      assert.deepEqual({ letters: lettersOf(read), colours: read.colours, given: [...read.given] }, wanted, typed);
    }
    for (const other of [
      "color the graph A-B, B-C, C-A",
      "color the graph A-B, B-C, C-A with 2 colors",
      "with 3 colors: A-B, B-C, A=1, B=1",
      "with 3 colors: A-B, B-C, D=1",
      "with 3 colors: A-B, B-C, A=4",
      "Paint A with 3 colours.",
      "Given the undirected graph A-B, B-C, is C reachable from A?",
    ])
      assert.equal(readProblem(other), undefined, other);
  });
});
