// Sets: answers against JavaScript's own sets and against lists of people, traces by hand, typed questions, any order accepted.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { generate } from "../../generate.ts";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { drawProblem, SET_LEVELS } from "./draw.ts";
import { setOperations as family } from "./family.ts";
import { countOf, type Expression, members, type Problem, problemKey, regionsOf, sizeOf } from "./problem.ts";
import { readProblem } from "./read.ts";

function problems(count: number): Problem[] {
  const random = Random.fromSeed(2026).split("set tests");
  return Array.from({ length: count }, (_, i) => drawProblem(random.split(i), 1 + (i % SET_LEVELS)));
}

function byJavaScript(expression: Expression, sets: readonly ReadonlySet<number>[]): ReadonlySet<number> {
  if (typeof expression === "number") return sets[expression]!;
  const [left, right] = [byJavaScript(expression.left, sets), byJavaScript(expression.right, sets)];
  const all = [...left, ...right];
  const wanted = {
    "∪": () => true,
    "∩": (one: number) => left.has(one) && right.has(one),
    "\\": (one: number) => !right.has(one),
    "△": (one: number) => left.has(one) !== right.has(one),
  }[expression.op];
  return new Set(all.filter(wanted));
}

const SETS = "Let A = {1, 3, 5}, B = {3, 4}. Find A ∪ B.";
const verdict = (question: string, box: string) =>
  checkAnswer({ question, response: `\\boxed{${box}}`, task: family.id }).verdict;

describe("sets", () => {
  it("have the members that JavaScript's sets have", () => {
    let seen = 0;
    for (const problem of problems(600)) {
      if (problem.kind !== "elements") continue;
      seen++;
      const found = members(problem.expression, problem.sets);
      const expected = byJavaScript(
        problem.expression,
        problem.sets.map((set) => new Set(set)),
      );
      assert.equal(new Set(found).size, found.length);
      assert.deepEqual([...found].sort(), [...expected].sort(), problemKey(problem));
    }
    assert.ok(seen > 200);
  });

  it("are counted as lists of people are", () => {
    let seen = 0;
    for (const problem of problems(600)) {
      if (problem.kind !== "counts") continue;
      seen++;
      const people = regionsOf(problem)!.flatMap((count, bits) => Array<number>(count).fill(bits));
      const isIn = (set: string) => (bits: number) => [...set].every((one) => (bits >> "abc".indexOf(one)) & 1);
      const ones = (bits: number) => [0, 1, 2].filter((at) => (bits >> at) & 1).length;
      const named: Record<string, (bits: number) => unknown> = {
        all: () => true,
        none: (bits) => bits === 0,
        any: (bits) => bits > 0,
        one: (bits) => ones(bits) === 1,
      };
      // A group in which nobody outside is spoken of has none outside.
      for (const [role, number] of Object.entries(problem.known))
        assert.equal(people.filter(named[role] ?? isIn(role)).length, number, problemKey(problem));
      assert.equal(people.filter(named[problem.asked] ?? isIn(problem.asked)).length, countOf(problem));
    }
    assert.ok(seen > 60);
  });

  it("have as many pairs and subsets as can be listed", () => {
    for (let n = 1; n <= 9; n++) {
      let subsets = [[]] as number[][];
      for (let one = 0; one < n; one++) subsets = [...subsets, ...subsets.map((set) => [...set, one])];
      assert.equal(sizeOf({ kind: "sizes", sizes: [n] }), subsets.length);
      const pairs = Array.from({ length: n }, (_, i) => Array.from({ length: 4 }, (_, j) => [i, j])).flat();
      assert.equal(sizeOf({ kind: "sizes", sizes: [n, 4] }), pairs.length);
    }
  });

  it("share a key under other names and orders", () => {
    const key = (question: string) => problemKey(readProblem(question)!);
    assert.equal(key(SETS), key("已知X = {5, 3, 1}，Y = {4, 3}。求Y与X的并集。"));
    assert.notEqual(key(SETS), key(SETS.replace("∪", "∩")));
    assert.notEqual(key(SETS.replace("A ∪ B", "A \\ B")), key(SETS.replace("A ∪ B", "B \\ A")));
    assert.equal(
      key("12 play chess, 9 play cards, 4 play both. How many play at least one?"),
      key("9人喜欢象棋，12人喜欢网球，4人两样都喜欢。至少喜欢一样的有多少人？"),
    );
  });

  it("are worked out element by element", () => {
    const trace = (question: string) => family.trace(readProblem(question)!, "en");
    assert.deepEqual(trace(SETS), ["A: 1, 3, 5", "B: 3, 4", "3: A", "4: not A", "A∪B: 1, 3, 5, 4"]);
    assert.deepEqual(trace("A = {a, b}, B = {b, c}, C = {b}. What is A \\ (B ∩ C)?"), [
      "A: a, b",
      "B: b, c",
      "C: b",
      "b: C",
      "c: not C",
      "B∩C: b",
      "a: not B∩C",
      "b: B∩C",
      "A\\(B∩C): a",
    ]);
    assert.deepEqual(trace("|A| = 3, |B| = 14. How many elements does A × B have?"), ["3*14=30+12=42"]);
    assert.deepEqual(trace("A has 4 elements. How many elements are there in the power set of A?"), [
      "2: 2*2=4",
      "3: 4*2=8",
      "4: 8*2=16",
    ]);
    assert.deepEqual(
      trace("There are 30 people in all, 12 play chess, 9 play cards, 4 play both. How many play neither?"),
      ["12+9=21", "21-4=17", "30-17=13"],
    );
  });

  it("have false lines refuted", () => {
    const lines = family.trace(readProblem(SETS)!, "en");
    for (const [before, line] of [
      [0, "A: 1, 3"],
      [2, "3: not A"],
      [3, "4: A"],
      [4, "A∪B: 1, 3, 5"],
      [4, "A∪B: 1, 3, 5, 3, 4"],
      [4, "A∪B: 1, 3, 4, 5, 6"],
    ] as const) {
      const reasoning = [...lines.slice(0, before), line].join("\n");
      assert.equal(checkSteps({ question: SETS, reasoning, task: family.id }).at(-1)!.verdict, "refuted", line);
    }
  });

  it("take any order and notation, and no other set", () => {
    for (const [answer, expected] of [
      ["\\{1, 3, 5, 4\\}", "proved"],
      ["{5,4,3,1}", "proved"],
      ["1, 3, 4 and 5", "proved"],
      ["A ∪ B = \\{1, 3, 4, 5\\}", "proved"],
      ["\\{1, 3, 5\\}", "refuted"],
      ["\\{1, 3, 4, 5, 6\\}", "refuted"],
      ["\\{1, 3, 3, 4, 5\\}", "refuted"],
      ["\\emptyset", "refuted"],
      ["everything", "unknown"],
    ] as const) {
      assert.equal(verdict(SETS, answer), expected, answer);
      const request = { problem: SETS, response: `\\boxed{${answer}}`, reference: "\\{1, 3, 5, 4\\}" };
      assert.equal(
        grade({ ...request, verifier: family.verifier(readProblem(SETS)!, "en") }).verdict,
        expected,
        answer,
      );
    }
    const empty = "A = {1, 2}, B = {3}. What is A ∩ B?";
    for (const answer of ["\\emptyset", "∅", "\\{\\}", "{}", "none", "空集"])
      assert.equal(verdict(empty, answer), "proved", answer);
    assert.equal(verdict("A = {Ann, Bob}, B = {Bob}. What is A ∩ B?", "\\{韩梅\\}"), "proved");
    assert.equal(
      verdict("12 play chess, 9 play cards, 4 play both. How many play at least one?", "17 people"),
      "proved",
    );
  });

  it("have an answer without one of its elements refuted", () => {
    for (const language of ["en", "zh"] as const)
      for (const { messages, answer } of generate({ task: family.id, seed: 6, count: 80, language })) {
        if (!answer.includes(", ")) continue;
        assert.equal(verdict(messages[0]!.content, answer.replace(/[^{]*?, /, "")), "refuted", messages[0]!.content);
      }
  });

  it("are read from typed questions", () => {
    for (const [question, answer] of [
      ["A={2,4,6} and B={4,5}. which elements are in both A and B", "\\{4\\}"],
      ["M = {a, b, c}, N = {c, d}: M - N?", "\\{a, b\\}"],
      ["A = {1, 2}, B = {2, 3}, C = {3, 4}. (A \\cup B) \\cap C = ?", "\\{3\\}"],
      [
        "In a class of 30, 18 students study French, 14 students study German and 6 study both. How many study neither?",
        "4",
      ],
      ["12人喜欢足球，9人喜欢象棋，至少喜欢一样的有17人？12人喜欢茶", undefined],
      ["A有3个元素，B有5个元素，A × B有多少个元素？", "15"],
      ["Set A has 5 elements. How many subsets does A have? |A| = 5", "32"],
    ] as const) {
      const problem = readProblem(question);
      assert.equal(problem === undefined ? undefined : family.answer(problem, "en"), answer, question);
    }
  });

  it("leave other texts alone", () => {
    for (const text of [
      "",
      "A = {1, 2}. What is A?",
      "A = {1, 2}, B = {2, x}. What is A ∪ B?",
      "A = {1, 2}, B = {2, 3}. Find A ∪ B and A ∩ B.",
      "12 play chess, 9 play cards, 14 play both. How many play at least one?",
      "12 play chess. How many play at least one?",
      "A = {".repeat(100),
      "12 play chess, ".repeat(40),
    ])
      assert.equal(readProblem(text), undefined, text.slice(0, 50));
  });
});
