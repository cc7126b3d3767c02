// Checks without a reference, on a task that counts what it is asked: squares are put back, sums are worked out.

import assert from "node:assert/strict";
import { test } from "node:test";
import { equivalent } from "../equivalent.ts";
import { registerTask } from "../task.ts";
import { unknown } from "../verdict.ts";
import { answerChecks, checkAnswer } from "./check-answer.ts";

registerTask<number>({
  id: "test-squares",
  recognise: (question) => Number(/^which x has x\^2=(\d+)\?$/.exec(question)?.[1] ?? Number.NaN) || undefined,
  checkAnswer: (square, answer, budget) =>
    /^-?\d+$/.test(answer) ? equivalent(`(${answer})^2`, String(square), { budget }) : unknown("unparsed"),
  answerBy: "checking",
});
registerTask<string>({
  id: "test-echo",
  recognise: (question) => /^say (.+)$/.exec(question)?.[1],
  checkAnswer: (word, answer) => equivalent(word, answer),
  extractors: ["whole"],
});
registerTask({ id: "test-silent", recognise: (question) => (question === "hum" ? {} : undefined) });

test("any root passes, another number is refuted with its value", () => {
  const question = "which x has x^2=49?";
  for (const root of ["7", "-7"]) {
    const check = checkAnswer({ question, response: `So \\boxed{${root}}.` });
    assert.deepEqual(check, {
      verdict: "proved", method: "exact", extracted: root, extractor: "boxed", task: "test-squares", by: "checking",
    }); // biome-ignore format: short
  }
  const wrong = checkAnswer({ question, response: "the answer is 8", task: "test-squares" });
  assert.deepEqual([wrong.verdict, wrong.extractor], ["refuted", "answer-phrase"]);
  if (wrong.verdict === "refuted") assert.match(JSON.stringify(wrong.witness), /64.*49|49.*64/);
});

test("what can't be read or is missing is unparsed, and says which task would have checked it", () => {
  const question = "which x has x^2=49?";
  const unparsed = { verdict: "unknown", reason: "unparsed", task: "test-squares", by: "checking" };
  const seven = { ...unparsed, extracted: "seven", extractor: "boxed" };
  assert.deepEqual(checkAnswer({ question, response: "\\boxed{seven}" }), seven);
  assert.deepEqual(checkAnswer({ question, response: "hm" }), { ...unparsed, extracted: null });
  assert.deepEqual(checkAnswer({ question, response: "<think>\\boxed{7}" }), { ...unparsed, extracted: null });
});

test("a question of no task, or of a task that checks no answers, is unsupported", () => {
  const unsupported = { verdict: "unknown", reason: "unsupported", extracted: "1", extractor: "boxed" };
  for (const about of [{ question: "?" }, { question: "?", task: "no-such-task" }, { question: "hum" }]) {
    assert.deepEqual(checkAnswer({ ...about, response: "\\boxed{1}" }), unsupported);
  }
  const missing = { verdict: "unknown", reason: "unparsed", extracted: null };
  assert.deepEqual(checkAnswer({ question: "?", response: "hm" }), missing);
});

test("a task's own extractors; without answerBy it counts as recomputing", () => {
  const check = checkAnswer({ question: "say 2+2", response: "4" });
  assert.deepEqual([check.verdict, check.extractor, check.by], ["proved", "whole", "recomputing"]);
  assert.equal(checkAnswer({ question: "which x has x^2=49?", response: "7" }).extracted, null);
  assert.deepEqual(answerChecks(), [
    { task: "test-squares", by: "checking" },
    { task: "test-echo", by: "recomputing" },
  ]);
});

test("the budget reaches the task", () => {
  const check = checkAnswer({ question: "which x has x^2=49?", response: "\\boxed{7}", budget: 0 });
  assert.deepEqual([check.verdict, check.verdict === "unknown" && check.reason], ["unknown", "budget"]);
});
