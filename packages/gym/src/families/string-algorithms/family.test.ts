// String algorithms: traces by hand, solutions against plain code, typed questions, commuted keys, answers however they are written.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkAnswer, checkSteps } from "@lemma/verify";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { stringAlgorithms as family } from "./family.ts";
import { drawTask, KINDS, type StringTask, solve } from "./problem.ts";
import { traceTask } from "./trace.ts";

const problem = (question: string) => family.checker.recognise(question);

function* drawn(count: number): Generator<StringTask> {
  const random = Random.fromSeed(12);
  for (let level = 1; level <= 3; level++) for (let i = 0; i < count; i++) yield drawTask(random, level);
}

it("spells a string out and reverses its places", () => {
  assert.deepEqual(traceTask({ kind: "reverse", word: "kab" }), ["letters: 1 k, 2 a, 3 b", "back: 3 b, 2 a, 1 k"]);
});

it("codes runs as they end", () => {
  assert.deepEqual(traceTask({ kind: "runs", word: "aab" }), [
    "letters: 1 a, 2 a, 3 b",
    "1 a: 1",
    "2 a=a: 1+1=2",
    "3 b!=a: a2, 1",
    "end: b1",
  ]);
});

it("fills the table of edit distances", () => {
  const task = { kind: "edit", word: "ab", other: "b" } as const;
  assert.deepEqual(traceTask(task).slice(2), [
    "0,0: 0",
    "0,1: 1",
    "1,0: 1",
    "2,0: 2",
    "1,1 a!=b: min(0,1,1)+1=0+1=1",
    "2,1 b=b: 1",
  ]);
  for (const [first, second, distance] of [
    ["kitten", "sitting", "3"],
    ["flaw", "lawn", "2"],
    ["abc", "abc", "0"],
    ["", "abc", "3"],
  ] as const)
    assert.equal(solve({ kind: "edit", word: first, other: second }), distance);
});

it("ends in the solution, whatever is drawn", () => {
  for (const task of drawn(400)) {
    const lines = traceTask(task);
    const said = lines.join(" ");
    const last = lines.at(-1)!;
    const answer = solve(task);
    const ends: Record<StringTask["kind"], () => string | undefined> = {
      reverse: () => last.replace(/^back:|[\d, ]/g, ""),
      count: () => /\d+$/.exec(last)?.[0],
      palindrome: () => (said.includes(" no") ? "no" : "yes"),
      runs: () => [...said.matchAll(/: ([a-z]\d)/g)].map((match) => match[1]).join(""),
      prefix: () => [...said.matchAll(/([a-z])=\1 yes/g)].map((match) => match[1]).join(""),
      edit: () => /\d+$/.exec(last)?.[0],
      sort: () => last.replace(/^.*:|\s/g, ""),
    };
    assert.equal(ends[task.kind](), answer, said);
  }
});

it("draws no answer too often", () => {
  const answers = new Map<string, number>();
  let palindromes = 0;
  let yes = 0;
  for (const task of drawn(1500)) {
    if (task.kind === "palindrome") {
      palindromes++;
      if (solve(task) === "yes") yes++;
    } else answers.set(solve(task), (answers.get(solve(task)) ?? 0) + 1);
  }
  assert.ok(yes > palindromes * 0.3 && yes < palindromes * 0.6, `${yes} of ${palindromes}`);
  assert.ok(Math.max(...answers.values()) < 4500 * 0.15);
});

it("reads typed questions, and leaves others alone", () => {
  for (const [typed, expected] of [
    ['Reverse "kabel"', { kind: "reverse", word: "kabel" }],
    ["reverse the string 'kabel' please", { kind: "reverse", word: "kabel" }],
    ['How many "a" are there in "banana"?', { kind: "count", word: "banana", other: "a" }],
    ['Is "level" a palindrome?', { kind: "palindrome", word: "level" }],
    ["“level”是回文吗？", { kind: "palindrome", word: "level" }],
    ['What is the edit distance between "cat" and "cart"?', { kind: "edit", word: "cat", other: "cart" }],
    ["`cab` sorted alphabetically", { kind: "sort", word: "cab" }],
  ] as const)
    assert.deepEqual(problem(typed), expected, typed);
  for (const other of [
    "Reverse the list [1, 2, 3]",
    'Who wrote "emma"?',
    'How many words are in "the cat sat"?',
    'Is "x" a variable?',
    'print("abc")',
  ])
    assert.equal(problem(other), undefined, other);
});

it("has one key for strings in either order where the order doesn't matter", () => {
  const key = (kind: StringTask["kind"], word: string, other: string) => family.key({ kind, word, other });
  assert.equal(key("edit", "cat", "cart"), key("edit", "cart", "cat"));
  assert.equal(key("prefix", "cat", "cart"), key("prefix", "cart", "cat"));
  assert.notEqual(key("count", "aab", "a"), key("count", "aab", "b"));
});

it("refutes a line with one letter or digit changed, and says what belongs there", () => {
  const random = Random.fromSeed(3);
  for (const task of drawn(60)) {
    const kind = KINDS.indexOf(task.kind);
    const question = family.phrasings.en[0]!.render(task, random);
    const lines = traceTask(task);
    lines.forEach((line, at) => {
      const body = line.indexOf(":");
      const places = [...line.slice(body).matchAll(/\b[a-z]\b|\d/g)];
      if (places.length === 0) return; // the end of a string
      const { index, 0: old } = places.at(-1)!;
      const by = /\d/.test(old)
        ? String((Number(old) + 1) % 10)
        : old === "z"
          ? "a"
          : String.fromCharCode(old.charCodeAt(0) + 1);
      const wrong = line.slice(0, body + index) + by + line.slice(body + index + 1);
      const step = checkSteps({ question, reasoning: [...lines.slice(0, at), wrong].join("\n"), task: family.id }).at(
        -1,
      )!;
      assert.equal(step.verdict, "refuted", `${kind} ${question}: ${wrong}`);
    });
  }
});

it("accepts an answer however it is written, and no other", () => {
  const judge = (question: string, answer: string) => checkAnswer({ question, response: `\\boxed{${answer}}` }).verdict;
  for (const answer of ["lebak", '"lebak"', "\\text{lebak}", "l e b a k", "LEBAK", "lebak."])
    assert.equal(judge('Reverse "kabel"', answer), "proved", answer);
  for (const answer of ["lebaк", "lebka", "lebakk", "kabel"])
    assert.notEqual(judge('Reverse "kabel"', answer), "proved");
  for (const answer of ["yes", "Yes", "是", "是的", "\\text{yes}"])
    assert.equal(judge('Is "level" a palindrome?', answer), "proved", answer);
  assert.equal(judge('Is "level" a palindrome?', "否"), "refuted");
  assert.equal(judge('Is "level" a palindrome?', "perhaps"), "unknown");
  assert.equal(judge('How many "a" are there in "banana"?', "3"), "proved");
  assert.equal(judge('How many "a" are there in "banana"?', "2"), "refuted");
});
