// Roads: lengths as another algorithm finds them, any shortest route counts, false lines are refuted where they stand.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { generate } from "../../generate.ts";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { shortestPaths as family } from "./family.ts";
import { drawProblem, lengthOf, type Problem, problemKey, ROAD_LEVELS, search, townsOf } from "./roads.ts";
import { readProblem } from "./wordings.ts";

const problems = (count: number): Problem[] =>
  Array.from({ length: count }, (_, i) => drawProblem(Random.fromSeed(14).split(i), 1 + (i % ROAD_LEVELS)));

/** All lengths at once (Floyd and Warshall). */
function allPairs(problem: Problem): number {
  const towns = townsOf(problem);
  const length = new Map<string, number>(towns.map((town) => [town + town, 0]));
  const of = (pair: string) => length.get(pair) ?? Number.POSITIVE_INFINITY;
  for (const [a, b, n] of problem.roads) length.set(a + b, n).set(b + a, n);
  for (const k of towns)
    for (const i of towns) for (const j of towns) length.set(i + j, Math.min(of(i + j), of(i + k) + of(k + j)));
  return of(problem.from + problem.to);
}

const ROADS = "A-B 4 km, A-C 2 km, B-C 1 km, B-D 5 km, C-D 8 km, D-E 3 km";
const ROUTE = `Map: ${ROADS}. All roads go both ways. Shortest route from A to D, as a list of towns?`;
const LENGTH = `Map: ${ROADS}. All roads go both ways. Shortest distance from A to D?`;

describe("shortest-paths", () => {
  it("has the lengths that all pairs together have, and ways of this length", () => {
    for (const problem of problems(300)) {
      const { way } = search(problem);
      assert.equal(way!.at(-1)!.length, allPairs(problem), problemKey(problem));
      const towns = way!.map(({ town }) => town);
      assert.equal(lengthOf(problem.roads, towns), allPairs(problem));
      assert.deepEqual([towns[0], towns.at(-1)], [problem.from, problem.to]);
    }
  });

  it("is worked out by hand so", () => {
    assert.deepEqual(family.trace(readProblem(LENGTH)!, "en"), [
      "A-B 4: A[B 4], B[A 4]",
      "A-C 2: A[B 4, C 2], C[A 2]",
      "B-C 1: B[A 4, C 1], C[A 2, B 1]",
      "B-D 5: B[A 4, C 1, D 5], D[B 5]",
      "C-D 8: C[A 2, B 1, D 8], D[B 5, C 8]",
      "D-E 3: D[B 5, C 8, E 3], E[D 3]",
      "table: A 0",
      "A 0: B 0+4=4, C 0+2=2",
      "table: C 2 via A, B 4 via A",
      "C 2: A done, B 2+1=3<4, D 2+8=10",
      "table: B 3 via C, D 10 via C",
      "B 3: A done, C done, D 3+5=8<10",
      "table: D 8 via B",
      "length: 8",
    ]);
    assert.equal(family.trace(readProblem(ROUTE)!, "zh").at(-1), "回溯: D 经 B, B 经 C, C 经 A");
    assert.equal(family.answer(readProblem(ROUTE)!, "en"), "A, C, B, D");
    const apart = readProblem("Roads: A-B 4, C-D 2. Shortest distance from A to D?")!;
    assert.deepEqual(family.trace(apart, "en").slice(-3), ["B 4: A done", "table: none", "found: none"]);
    assert.equal(family.answer(apart, "en"), "impossible");
    assert.equal(family.checker.checkAnswer!(apart, "impossible").verdict, "proved");
    assert.equal(family.checker.checkAnswer!(apart, "6").verdict, "refuted");
  });

  it("has false lines refuted, each with a witness", () => {
    const lines = family.trace(readProblem(ROUTE)!, "en");
    for (const [before, line] of [
      [0, "A-B 5: A[B 5], B[A 5]"],
      [0, "A-D 4: A[D 4], D[A 4]"],
      [1, "A-C 2: A[C 2], C[A 2]"],
      [6, "table: B 0"],
      [7, "A 0: B 0+4=4, C 0+2=3"],
      [7, "A 0: B 0+4=4"],
      [8, "table: C 2 via A, B 4 via C"],
      [9, "C 2: A done, B 2+1=3>=4, D 2+8=10"],
      [9, "C 3: A done, B 3+1=4>=4, D 3+8=11"],
      [10, "table: B 4 via A, D 10 via C"],
      [13, "back: D via C, C via A"],
      [13, "back: D via B, C via A"],
      [13, "back: D via A"],
      [13, "back: B via C, C via A"],
      [13, "length: 10"],
      [13, "found: none"],
    ] as const) {
      const reasoning = [...lines.slice(0, before), line].join("\n");
      const steps = checkSteps({ question: ROUTE, reasoning, task: family.id });
      const step = steps.at(-1)!;
      assert.equal(step.verdict, "refuted", line);
      assert.ok(step.verdict === "refuted" && Object.keys(step.witness).length > 0);
      assert.ok(steps.slice(0, -1).every(({ verdict }) => verdict === "proved"));
    }
  });

  it("takes any shortest route, in any notation, and no other", () => {
    const question =
      "Map: A-B 2 km, B-D 3 km, A-C 1 km, C-D 4 km, A-D 6 km. All roads go both ways. Shortest route from A to D, as a list of towns?";
    const verifier = family.verifier(readProblem(question)!, "en");
    for (const [answer, verdict] of [
      ["A, B, D", "proved"],
      ["A, C, D", "proved"],
      ["A \\to C \\to D", "proved"],
      ["(A, B, D)", "proved"],
      ["a-b-d", "proved"],
      ["A, D", "refuted"],
      ["A, B", "refuted"],
      ["B, D", "refuted"],
      ["A, B, C, D", "refuted"],
      ["A, B, A, C, D", "refuted"],
      ["the coast road", "unknown"],
    ] as const) {
      const response = `\\boxed{${answer}}`;
      assert.equal(checkAnswer({ question, response, task: family.id }).verdict, verdict, answer);
      assert.equal(grade({ problem: question, response, reference: "A, B, D", verifier }).verdict, verdict, answer);
    }
    for (const [answer, verdict] of [
      ["8", "proved"],
      ["8 km", "proved"],
      ["8\\text{ km}", "proved"],
      ["9", "refuted"],
      ["far", "unknown"],
    ] as const)
      assert.equal(checkAnswer({ question: LENGTH, response: `\\boxed{${answer}}` }).verdict, verdict, answer);
  });

  it("refutes a route without its last town, or with two towns exchanged", () => {
    for (const row of generate({ task: family.id, level: 3, cell: "route", seed: 6, count: 60 })) {
      const question = row.messages[0]!.content;
      const [first, second, third, ...rest] = row.answer.split(", ");
      for (const towns of [row.answer.split(", ").slice(0, -1), [first, third, second, ...rest]])
        assert.equal(checkAnswer({ question, response: `\\boxed{${towns.join(", ")}}` }).verdict, "refuted", question);
    }
  });

  it("reads typed questions, and leaves others alone", () => {
    const roads = [
      ["A", "B", 4],
      ["B", "C", 1],
      ["A", "C", 7],
    ];
    for (const text of [
      "Roads: A-B 4, B-C 1, A-C 7. Shortest distance from A to C?",
      "Edges: (A, B, 4), (B, C, 1), (A, C, 7). Shortest distance from A to C?",
      "graph: A-B: 4; B-C: 1; A-C: 7. shortest path length between A and C",
      "From A to B it is 4 km, from B to C it is 1 km and from A to C it is 7 km. How far is it from A to C?",
      "A到B 4公里，B到C 1公里，A到C 7公里。从A到C最短多远？",
    ])
      assert.deepEqual(readProblem(text), { ask: "length", roads, from: "A", to: "C" }, text);
    const renamed = "Roads: X-Y 1, Z-X 4, Y-Z 7. Shortest distance from Y to Z?";
    assert.equal(
      problemKey(readProblem(renamed)!),
      problemKey({ ask: "length", roads: roads as never, from: "C", to: "A" }),
    );
    for (const text of [
      "",
      "Roads: A-B, B-C, A-C. Shortest distance from A to C?",
      "Roads: A-B 4, B-C 1. What is the weather?",
      "Roads: A-B 4, A-B 5. Shortest distance from A to B?",
      "Roads: A-A 4, A-B 5. Shortest distance from A to B?",
      "A-B 4, ".repeat(20_000),
      `Roads: ${"A to ".repeat(110)}`,
    ])
      assert.equal(readProblem(text), undefined, text.slice(0, 80));
  });
});
