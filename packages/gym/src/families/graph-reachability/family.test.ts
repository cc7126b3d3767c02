// Graph problems: distances against matrix powers, balanced answers, searches by hand, any shortest path accepted.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { generate } from "../../generate.ts";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { drawProblem, GRAPH_LEVELS, TASKS } from "./draw.ts";
import { graphReachability as family } from "./family.ts";
import { distance, isEdge, nodesOf, type Problem, problemKey } from "./graph.ts";
import { readProblem } from "./wordings.ts";

function problems(count: number, level?: number): Problem[] {
  const random = Random.fromSeed(2026).split("graph tests");
  return Array.from({ length: count }, (_, i) => drawProblem(random.split(i), level ?? 1 + (i % GRAPH_LEVELS)));
}

/** The least number of edges, by sets of nodes after so many steps. */
function byLayers(problem: Problem): number | undefined {
  const nodes = nodesOf(problem);
  let layer = new Set([problem.from]);
  for (let steps = 0; steps <= nodes.length; steps++) {
    if (layer.has(problem.to)) return steps;
    layer = new Set(nodes.filter((b) => [...layer].some((a) => isEdge(problem, a, b))));
  }
  return undefined;
}

const QUESTION = "There is an undirected graph with edges A-B, A-C, B-D, C-D, E-D. Give a shortest way from A to E.";
const directed = (question: string) => question.replace("an undirected", "a directed");

describe("graph problems", () => {
  it("have the distances that layers of nodes have", () => {
    for (const problem of problems(300)) assert.equal(distance(problem), byLayers(problem), JSON.stringify(problem));
  });

  it("answer yes and no, and each length, equally often", () => {
    const drawn = problems(900, 2);
    const share = (some: Problem[], is: (problem: Problem) => boolean) => some.filter(is).length / some.length;
    const [reachable, length] = TASKS.map((task) => drawn.filter((problem) => problem.task === task));
    const yes = share(reachable!, (problem) => distance(problem) !== undefined);
    assert.ok(yes > 0.4 && yes < 0.6, `${yes}`);
    for (const wanted of [2, 3, 4]) {
      const found = share(length!, (problem) => distance(problem) === wanted);
      assert.ok(found > 0.24 && found < 0.43, `${wanted}: ${found}`);
    }
  });

  it("share a key under other letters and another order of edges", () => {
    for (const problem of problems(30, 2)) {
      const other = new Map(nodesOf(problem).map((node, i, all) => [node, all[all.length - 1 - i]!]));
      const rename = (node: string) => other.get(node)!;
      const edges = problem.edges.map(([a, b]) => [rename(a), rename(b)] as const).reverse();
      assert.equal(
        problemKey({ ...problem, edges, from: rename(problem.from), to: rename(problem.to) }),
        problemKey(problem),
      );
      assert.notEqual(problemKey({ ...problem, edges: problem.edges.slice(1) }), problemKey(problem));
    }
  });

  it("are searched breadth first", () => {
    assert.deepEqual(family.trace(readProblem(QUESTION)!, "en"), [
      "A-B: A[B], B[A]",
      "A-C: A[B,C], C[A]",
      "B-D: B[A,D], D[B]",
      "C-D: C[A,D], D[B,C]",
      "E-D: E[D], D[B,C,E]",
      "queue: A",
      "A: A[B,C]; A-B, A-C",
      "queue: A-B, A-C",
      "A-B: B[A,D]; A seen, A-B-D",
      "queue: A-C, A-B-D",
      "A-C: C[A,D]; A seen, D seen",
      "queue: A-B-D",
      "A-B-D: D[B,C,E]; B seen, C seen, A-B-D-E",
      "found: A-B-D-E",
    ]);
    const lost = directed(QUESTION).replace("Give a shortest way", "Can one get");
    assert.deepEqual(family.trace(readProblem(lost)!, "en").slice(-4), [
      "queue: A-B-D",
      "A-B-D: D[]; none",
      "queue: none",
      "found: none",
    ]);
  });

  it("have false lines refuted, each with a witness", () => {
    const lines = family.trace(readProblem(QUESTION)!, "en");
    for (const [before, line] of [
      [0, "A-D: A[D], D[A]"],
      [1, "A-C: A[C], C[A]"],
      [5, "queue: B"],
      [6, "A: A[B,C]; A-B"],
      [8, "A-B: B[A]; A seen"],
      [8, "A-B: B[A,D]; A seen, D seen"],
      [9, "queue: A-B-D, A-C"],
      [13, "found: none"],
      [13, "found: A-B-E"],
      [13, "found: A-C-A-B-D-E"],
      [14, "length: A=0, B=1, D=3"],
    ] as const) {
      const step = checkSteps({
        question: QUESTION,
        reasoning: [...lines.slice(0, before), line].join("\n"),
        task: family.id,
      }).at(-1)!;
      assert.equal(step.verdict, "refuted", line);
      assert.ok(step.verdict === "refuted" && Object.keys(step.witness).length > 0);
    }
  });

  it("take any shortest path, in any notation, and no other", () => {
    const verifier = family.verifier(readProblem(QUESTION)!, "en");
    for (const [answer, verdict] of [
      ["A-B-D-E", "proved"],
      ["A-C-D-E", "proved"],
      ["A \\to C \\to D \\to E", "proved"],
      ["(A, C, D, E)", "proved"],
      ["A-B-E", "refuted"],
      ["A-B-D", "refuted"],
      ["A-B-A-C-D-E", "refuted"],
      ["B-D-E", "refuted"],
      ["the middle", "unknown"],
    ] as const) {
      const response = `\\boxed{${answer}}`;
      assert.equal(checkAnswer({ question: QUESTION, response, task: family.id }).verdict, verdict, answer);
      assert.equal(grade({ problem: QUESTION, response, reference: "A-B-D-E", verifier }).verdict, verdict, answer);
    }
  });

  it("refute perturbed answers, in both languages", () => {
    for (const language of ["en", "zh"] as const)
      for (const { messages, answer, verifier } of generate({ task: family.id, seed: 4, count: 50, language })) {
        const problem = messages[0]!.content;
        const opposite: Record<string, string> = { yes: "no", no: "yes", 是: "否", 否: "是" };
        const wrong = opposite[answer] ?? (/^\d/.test(answer) ? `${Number(answer) + 1}` : answer.slice(0, -2));
        const response = `\\boxed{${wrong}}`;
        assert.equal(checkAnswer({ question: problem, response, task: family.id }).verdict, "refuted", problem);
        assert.equal(grade({ problem, response, reference: answer, verifier }).verdict, "refuted", problem);
      }
  });

  it("leave other texts alone", () => {
    for (const text of [
      "",
      "What is A-B?",
      "How far is it from A to B?",
      "A-B, ".repeat(100),
      "A-A, B-B. Is there a path from A to B?",
    ])
      assert.equal(readProblem(text), undefined);
  });
});
