// Tasks: orders and times against all orders tried, any valid order counts, false lines are refuted where they stand.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { generate } from "../../generate.ts";
import { permutations } from "../../permutations.ts";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { topologicalOrder as family } from "./family.ts";
import { drawProblem, isPossible, orderOf, type Problem, problemKey, TASK_LEVELS } from "./tasks.ts";
import { resultOf } from "./trace.ts";
import { readProblem } from "./wordings.ts";

const problems = (count: number): Problem[] =>
  Array.from({ length: count }, (_, i) => drawProblem(Random.fromSeed(15).split(i), 1 + (i % TASK_LEVELS)));

/** Whether an order keeps every rule. */
const keeps = ({ rules }: Problem, order: readonly string[]) =>
  rules.every(([before, after]) => order.indexOf(before) < order.indexOf(after));

/** The longest chain of tasks that need each other, in time: nothing can be finished earlier. */
function longestChain({ tasks, durations, rules }: Problem): number {
  const from = (task: string): number => {
    const after = rules.filter(([before]) => before === task).map(([, next]) => from(next));
    return durations[tasks.indexOf(task)]! + Math.max(0, ...after);
  };
  return Math.max(...tasks.map(from));
}

const RULES = "C needs A, B needs A, D needs C, D needs B";
const ORDER = `Tasks: A, B, C, D. Rules: ${RULES}. A valid order (with commas)?`;
const TIME = `Tasks with hours: A 3, B 5, C 2, D 1. Rules: ${RULES}. Shortest total time, if tasks can run in parallel?`;
const CIRCLE = "Tasks: A, B, C, D. Rules: A comes before B; B comes before C; C comes before B. Possible? (yes/no)";

describe("topological-order", () => {
  it("finds an order, and that there is none, as all orders tried say", () => {
    for (const problem of problems(120)) {
      const valid = permutations(problem.tasks).filter((order) => keeps(problem, order));
      assert.equal(isPossible(problem), valid.length > 0, problemKey(problem));
      if (valid.length > 0) assert.ok(valid.some((order) => order.join() === orderOf(problem).join()));
    }
  });

  it("finds the time of the longest chain", () => {
    const timed = problems(300).filter(({ ask }) => ask === "time");
    assert.ok(timed.length > 60);
    for (const problem of timed) assert.equal(resultOf(problem, "en"), `${longestChain(problem)}`, problemKey(problem));
  });

  it("is worked out by hand so", () => {
    const rules = ["A-C: C[A]", "A-B: B[A]", "C-D: D[C]", "B-D: D[C, B]", "left: A[], B[A], C[A], D[C, B]"];
    assert.deepEqual(family.trace(readProblem(ORDER)!, "en"), [
      ...rules,
      "A: left B[], C[], D[C, B]",
      "B: left C[], D[C]",
      "C: left D[]",
      "D: left none",
      "order: A, B, C, D",
    ]);
    assert.deepEqual(family.trace(readProblem(TIME)!, "en").slice(5), [
      "A: 0+3=3; left B[], C[], D[C, B]",
      "B: A 3; 3+5=8; left C[], D[C]",
      "C: A 3; 3+2=5; left D[]",
      "D: C 5, B 8; 8+1=9; left none",
      "ends: A 3, B 8, C 5, D 9",
      "time: 9",
    ]);
    assert.deepEqual(family.trace(readProblem(CIRCLE)!, "zh"), [
      "A-B: B[A]",
      "B-C: C[B]",
      "C-B: B[A, C]",
      "剩: A[], B[A, C], C[B], D[]",
      "A: 剩 B[C], C[B], D[]",
      "D: 剩 B[C], C[B]",
      "卡住: B[C], C[B]",
      "可行: 否",
    ]);
    const none = readProblem(CIRCLE.replace("Possible? (yes/no)", "A valid order (with commas)?"))!;
    assert.equal(family.answer(none, "en"), "impossible");
    assert.equal(family.checker.checkAnswer!(none, "impossible").verdict, "proved");
    assert.deepEqual(family.checker.checkAnswer!(none, "A, B, C, D"), {
      ...{ verdict: "refuted", witness: { circle: "B before C before B" } },
    });
  });

  it("has false lines refuted, each with a witness", () => {
    for (const [question, before, line] of [
      [ORDER, 0, "A-D: D[A]"],
      [ORDER, 1, "A-B: B[A, C]"],
      [ORDER, 4, "left: A[], B[], C[A], D[C, B]"],
      [ORDER, 5, "B: left A[], C[A], D[C]"],
      [ORDER, 5, "A: left B[], C[A], D[C, B]"],
      [ORDER, 6, "A: left B[], C[], D[C, B]"],
      [ORDER, 6, "stuck: B[], C[], D[C, B]"],
      [ORDER, 9, "order: A, B, D, C"],
      [ORDER, 9, "order: A, B, C"],
      [ORDER, 9, "order: none"],
      [ORDER, 9, "possible: no"],
      [TIME, 5, "A: 0+3=4; left B[], C[], D[C, B]"],
      [TIME, 8, "D: C 5, B 8; 5+1=6; left none"],
      [TIME, 9, "ends: A 3, B 8, C 5, D 8"],
      [TIME, 10, "time: 11"],
      [CIRCLE, 6, "stuck: B[C], C[]"],
      [CIRCLE, 7, "possible: yes"],
    ] as const) {
      const lines = family.trace(readProblem(question)!, "en");
      const reasoning = [...lines.slice(0, before), line].join("\n");
      const steps = checkSteps({ question, reasoning, task: family.id });
      const step = steps.at(-1)!;
      assert.equal(step.verdict, "refuted", line);
      assert.ok(step.verdict === "refuted" && Object.keys(step.witness).length > 0);
      assert.ok(steps.slice(0, -1).every(({ verdict }) => verdict === "proved"));
    }
    // Another free task may be taken first.
    const other = [...family.trace(readProblem(ORDER)!, "en").slice(0, 6), "C: left D[B], B[]"].join("\n");
    assert.equal(checkSteps({ question: ORDER, reasoning: other, task: family.id }).at(-1)!.verdict, "proved");
  });

  it("takes any valid order, in any notation, and no other", () => {
    const verifier = family.verifier(readProblem(ORDER)!, "en");
    for (const [answer, verdict] of [
      ["A, B, C, D", "proved"],
      ["A, C, B, D", "proved"],
      ["a → c → b → d", "proved"],
      ["(A,B,C,D)", "proved"],
      ["A、C、B、D", "proved"],
      ["B, A, C, D", "refuted"],
      ["A, B, C", "refuted"],
      ["A, B, C, C, D", "refuted"],
      ["A, B, C, D, E", "refuted"],
      ["impossible", "refuted"],
      ["by and by", "unknown"],
    ] as const) {
      const response = `\\boxed{${answer}}`;
      assert.equal(checkAnswer({ question: ORDER, response, task: family.id }).verdict, verdict, answer);
      assert.equal(grade({ problem: ORDER, response, reference: "A, B, C, D", verifier }).verdict, verdict, answer);
    }
    for (const [question, answer, verdict] of [
      [TIME, "9", "proved"],
      [TIME, "9 hours", "proved"],
      [TIME, "11", "refuted"],
      [TIME, "soon", "unknown"],
      [CIRCLE, "No", "proved"],
      [CIRCLE, "impossible", "proved"],
      [CIRCLE, "不可以", "proved"],
      [CIRCLE, "是", "refuted"],
      [CIRCLE, "7", "unknown"],
    ] as const)
      assert.equal(checkAnswer({ question, response: `\\boxed{${answer}}` }).verdict, verdict, answer);
  });

  it("refutes the other answer, and an order read backwards", () => {
    const opposite: Record<string, string> = { yes: "no", no: "yes", 是: "否", 否: "是" };
    for (const language of ["en", "zh"] as const)
      for (const row of generate({ task: family.id, seed: 6, count: 60, language })) {
        const question = row.messages[0]!.content;
        const answer =
          opposite[row.answer] ??
          (/\d/.test(row.answer) ? `1${row.answer}` : row.answer.split(", ").reverse().join(", "));
        assert.equal(checkAnswer({ question, response: `\\boxed{${answer}}` }).verdict, "refuted", question);
      }
  });

  it("reads typed questions, and leaves others alone", () => {
    const rules = [
      ["A", "B"],
      ["B", "C"],
    ];
    for (const text of [
      "Steps: A, B and C. B comes after A and C comes after B. In which order?",
      "jobs: A, B, C. A has to be done before B; C waits for B. Give an order",
      "课程：A、B、C。B需要先完成A，B在C之前。什么顺序？",
    ])
      assert.deepEqual(readProblem(text), { ask: "order", tasks: ["A", "B", "C"], durations: [], rules }, text);
    assert.deepEqual(readProblem("Tasks: A 4, B 3 hours. B requires A. Earliest finish?")?.durations, [4, 3]);
    const renamed = "Tasks: X, Y, Z. Rules: Y needs Z, X needs Y. A valid order (with commas)?";
    assert.equal(
      problemKey(readProblem(renamed)!),
      problemKey({ ask: "order", tasks: ["A", "B", "C"], durations: [], rules: rules as never }),
    );
    for (const text of [
      "",
      "Tasks: A, B. Rules: B needs C. Possible? (yes/no)",
      "Tasks: A, B. Rules: A needs A. Possible? (yes/no)",
      "Tasks: A, A, B. Rules: B needs A. Possible? (yes/no)",
      "Ann comes before Bob. Who comes first?",
      "A needs B. Is it possible?",
      "A needs B, ".repeat(10_000),
      `Tasks: ${"A, B, ".repeat(90)}`,
    ])
      assert.equal(readProblem(text), undefined, text.slice(0, 80));
  });
});
