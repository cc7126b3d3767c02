// Sorting steps: traces by hand, answers against other formulas, typed questions, wrong lines, answers however they are written.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkAnswer, checkSteps } from "@lemma/verify";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { sortingSteps as family } from "./family.ts";
import { drawProblem, type Problem, problemKey, solve } from "./problem.ts";
import { traceProblem } from "./trace.ts";
import { readProblem } from "./wordings.ts";

function problems(count: number): Problem[] {
  const stream = Random.fromSeed(29);
  return Array.from({ length: count }, (_, i) => drawProblem(stream.split(i), 1 + (i % 3)));
}

it("compares neighbours, pass by pass", () => {
  const bubble: Problem = { ask: "passes", sort: "bubble", list: [5, 2, 9, 1], passes: 1 };
  assert.deepEqual(traceProblem(bubble), [
    "places: 1 5, 2 2, 3 9, 4 1",
    "1.1: 5>2; 2 5 9 1",
    "1.2: 5<9; 2 5 9 1",
    "1.3: 9>1; 2 5 1 9",
    "pass 1: 2 5 1 9",
  ]);
  const insertion: Problem = { ask: "comparisons", sort: "insertion", list: [5, 2, 3] };
  assert.deepEqual(traceProblem(insertion).slice(1), [
    "1.1: 5>2; 2 5 3; 0+1=1",
    "pass 1: 2 5 3",
    "2.2: 5>3; 2 3 5; 1+1=2",
    "2.1: 2<3; 2 3 5; 2+1=3",
    "pass 2: 2 3 5",
    "comparisons: 3",
  ]);
});

it("finds the least of the rest", () => {
  assert.deepEqual(traceProblem({ ask: "swaps", sort: "selection", list: [5, 2, 9] }).slice(1), [
    "1.2: 2<5; 2",
    "1.3: 9>2; 2",
    "pass 1: swap 5 2; 2 5 9; 0+1=1",
    "2.3: 9>5; 5",
    "pass 2: keep; 2 5 9; 1",
    "swaps: 1",
  ]);
});

it("halves a sorted list", () => {
  const list = [4, 7, 9, 12, 20, 31];
  assert.deepEqual(traceProblem({ ask: "probes", list, target: 7 }).slice(1), [
    "1: 1 to 6; (1+6)/2=7/2=3; 9>7",
    "2: 1 to 2; (1+2)/2=3/2=1; 4<7",
    "3: 2 to 2; (2+2)/2=4/2=2; 7=7",
    "probes: 9 4 7",
  ]);
  assert.deepEqual(traceProblem({ ask: "probes", list, target: 40 }).slice(-3), [
    "3: 6 to 6; (6+6)/2=12/2=6; 31<40",
    "4: empty",
    "probes: 9 20 31",
  ]);
});

it("answers as other ways of reckoning do", () => {
  for (const problem of problems(900)) {
    const { list } = problem;
    const answer = solve(problem);
    const ascending = [...list].sort((a, b) => a - b);
    const inversions = list.flatMap((value, i) => list.slice(i + 1).filter((later) => later < value)).length;
    if (problem.ask === "probes") {
      // By slices of the list in place of places.
      const probes: number[] = [];
      for (let rest = [...list]; rest.length > 0; ) {
        const at = (rest.length - 1) >> 1;
        const value = rest[at]!;
        probes.push(value);
        if (value === problem.target) break;
        rest = value < problem.target ? rest.slice(at + 1) : rest.slice(0, at);
      }
      assert.equal(answer, probes.join(" "));
    } else if (problem.ask === "passes") {
      const k = problem.passes;
      if (problem.sort === "insertion")
        assert.equal(answer, [...list.slice(0, k + 1).sort((a, b) => a - b), ...list.slice(k + 1)].join(" "));
      else if (problem.sort === "selection")
        assert.equal(answer.split(" ").slice(0, k).join(" "), ascending.slice(0, k).join(" "));
      else {
        // A pass of bubble sort carries the largest so far along: the smaller of it and the next number stays behind.
        let row = [...list];
        for (let pass = 0; pass < k; pass++)
          row = [
            ...row.slice(1).map((value, i) => Math.min(value, Math.max(...row.slice(0, i + 1)))),
            Math.max(...row),
          ];
        assert.equal(answer, row.join(" "));
      }
    } else if (problem.sort === "bubble") assert.equal(answer, String(inversions));
    else if (problem.sort === "selection") {
      // As many swaps as numbers without the cycles of the permutation.
      const seen = new Set<number>();
      let cycles = 0;
      for (let i = 0; i < list.length; i++) {
        if (seen.has(i)) continue;
        cycles++;
        for (let at = i; !seen.has(at); at = ascending.indexOf(list[at]!)) seen.add(at);
      }
      assert.equal(answer, String(list.length - cycles));
    } else {
      // Each number is compared with the larger ones on its left, and with one more unless it is the least so far.
      const stops = list.filter((value, i) => i > 0 && list.slice(0, i).some((before) => before < value)).length;
      assert.equal(answer, String(inversions + stops));
    }
    assert.ok(traceProblem(problem).at(-1)!.endsWith(answer));
  }
});

it("reads typed questions", () => {
  for (const [text, expected] of [
    [
      "bubble sort 5 2 9 1, list after the first pass?",
      { ask: "passes", sort: "bubble", list: [5, 2, 9, 1], passes: 1 },
    ],
    [
      "List after 2 passes of selection sort: [8,3,5,1]",
      { ask: "passes", sort: "selection", list: [8, 3, 5, 1], passes: 2 },
    ],
    ["how many swaps does bubblesort need for [3, 2, 1]", { ask: "swaps", sort: "bubble", list: [3, 2, 1] }],
    ["Insertion sort on 3, 1, 2: number of comparisons?", { ask: "comparisons", sort: "insertion", list: [3, 1, 2] }],
    [
      "binary search for 7 in [1, 3, 7, 9, 11]: which elements are checked?",
      { ask: "probes", list: [1, 3, 7, 9, 11], target: 7 },
    ],
    ["对[4, 3, 2, 1]做冒泡排序，第2轮之后是什么？", { ask: "passes", sort: "bubble", list: [4, 3, 2, 1], passes: 2 }],
    ["在1、3、5、8中二分查找8，看哪些数？", { ask: "probes", list: [1, 3, 5, 8], target: 8 }],
  ] as const)
    assert.deepEqual(readProblem(text), expected, text);
});

it("leaves other texts alone", () => {
  for (const text of [
    "",
    "Sort 5, 2, 9.",
    "What is bubble sort?",
    "Write a bubble sort in Python for [3, 2, 1].",
    "Bubble sort or selection sort for 3, 2, 1: which has fewer swaps?",
    "Bubble sort [3, 2, 1] in descending order: list after pass 1?",
    "Insertion sort of 3, 1, 2: how many swaps?",
    "Bubble sort of 3, 1, 2: list after pass 7?",
    "Binary search for 7 in [9, 3, 7]: which probes?",
    "Quicksort 3, 2, 1: list after pass 1?",
    'Put the letters of "cab" in order.',
    `Bubble sort swaps ${"1, ".repeat(300)}`,
  ])
    assert.equal(readProblem(text), undefined, text.slice(0, 50));
});

it("has one key for a problem in both languages, and different ones for different problems", () => {
  const keys = problems(60).map((problem) => {
    const texts = [family.phrasings.en[3]!, family.phrasings.zh[7]!].map((phrasing) =>
      phrasing.render(problem, Random.fromSeed(1)),
    );
    const [english, chinese] = texts.map((text) => problemKey(readProblem(text)!));
    assert.equal(english, chinese, texts.join("\n"));
    return english;
  });
  assert.ok(new Set(keys).size > 55);
});

it("refutes a line with one number changed, and lines that the run doesn't have", () => {
  for (const problem of problems(60)) {
    const question = family.phrasings.en[0]!.render(problem, Random.fromSeed(2));
    const lines = traceProblem(problem);
    lines.forEach((line, at) => {
      const number = /\d+$/.exec(line)?.[0];
      if (number === undefined) return;
      const wrong = line.slice(0, -number.length) + (Number(number) + 1);
      const step = checkSteps({ question, reasoning: [...lines.slice(0, at), wrong].join("\n"), task: family.id }).at(
        -1,
      )!;
      assert.equal(step.verdict, "refuted", `${question}: ${wrong}`);
    });
  }
  const question = "List after 1 pass of bubble sort: 5 2 9 1";
  const judge = (line: string) => checkSteps({ question, reasoning: line, task: family.id })[0]!.verdict;
  for (const line of ["1.4: 9>1; 2 5 1 9", "2.1: 2<5; 2 5 1 9", "pass 2: 2 1 5 9", "1.1: 5<2; 5 2 9 1"])
    assert.equal(judge(line), "refuted", line);
  for (const line of ["1.1: 5 > 2; 2, 5, 9, 1", "pass 1: [2, 5, 1, 9]"]) assert.equal(judge(line), "proved", line);
  assert.equal(judge("now the first pass"), "unknown");
});

it("accepts a list however it is written, and no other", () => {
  const judge = (question: string, answer: string) => checkAnswer({ question, response: `\\boxed{${answer}}` }).verdict;
  const list = "List after 1 pass of bubble sort: 5 2 9 1";
  for (const answer of ["2 5 1 9", "2, 5, 1, 9", "[2, 5, 1, 9]", "(2,5,1,9)", "2\\ 5\\ 1\\ 9", "2 -> 5 -> 1 -> 9"])
    assert.equal(judge(list, answer), "proved", answer);
  for (const answer of ["1 2 5 9", "2 5 9 1", "2 5 1"]) assert.equal(judge(list, answer), "refuted", answer);
  assert.equal(judge(list, "sorted"), "unknown");
  const swaps = "How many swaps does bubble sort make on 3, 2, 1?";
  assert.deepEqual(
    ["3", "2", "three"].map((answer) => judge(swaps, answer)),
    ["proved", "refuted", "unknown"],
  );
});
