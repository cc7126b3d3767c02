// Stack machines: traces by hand, values against an independent evaluation, typed programs, keys, wrong lines, answers.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkAnswer, checkSteps } from "@lemma/verify";
import { sharedRuns } from "../../overlap.ts";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { drawProblem } from "./draw.ts";
import { stackMachines as family } from "./family.ts";
import { type Problem, problemKey, run, solve } from "./machine.ts";
import { traceProblem } from "./trace.ts";
import { readProblem } from "./wordings.ts";

function problems(count: number): Problem[] {
  const stream = Random.fromSeed(23);
  return Array.from({ length: count }, (_, i) => drawProblem(stream.split(i), 1 + (i % 3)));
}

/** The value of an expression in reverse Polish notation, from its end: by recursion, without a stack of numbers. */
function reckoned(tokens: Problem["program"]): number {
  let at = tokens.length;
  const next = (): number => {
    const token = tokens[--at]!;
    if (typeof token === "number") return token;
    const right = next();
    const left = next();
    return token === "add" ? left + right : token === "sub" ? left - right : left * right;
  };
  return next();
}

it("tells the stack after each instruction", () => {
  const problem = readProblem(
    "What is on the stack at the end (bottom to top)?\nPUSH 7\nPUSH 3\nSUB\nDUP\nPUSH 2\nMUL\nSWAP",
  )!;
  assert.deepEqual(traceProblem(problem), [
    "1: push 7; 7",
    "2: push 3; 7 3",
    "3: 7-3=4; 4",
    "4: dup; 4 4",
    "5: push 2; 4 4 2",
    "6: 4*2=8; 4 8",
    "7: swap; 8 4",
    "stack: 8 4",
  ]);
  assert.deepEqual(traceProblem({ ask: "value", program: [3, 8, "sub", 2, "add"] }).slice(2), [
    "3: 3-8=-(8-3)=-5; -5",
    "4: push 2; -5 2",
    "5: -5+2=-(5-2)=-3; -3",
    "top: -3",
  ]);
});

it("does what Forth's words do", () => {
  const end = (program: Problem["program"]) => run(program)?.at(-1)?.join(" ");
  assert.equal(end([1, 2, 3, "rot"]), "2 3 1");
  assert.equal(end([1, 2, "over"]), "1 2 1");
  assert.equal(end([1, 2, "swap", "drop"]), "2");
  assert.equal(end([5, "drop"]), "");
  assert.equal(end([5, "dup", "mul", 1, "sub"]), "24");
  for (const program of [["dup"], [1, "add"], [1, "swap"], [1, 2, "rot"], [1, "drop", "drop"]] as const)
    assert.equal(run(program), undefined);
});

it("gives expressions the value that recursion gives them", () => {
  let seen = 0;
  for (const problem of problems(600)) {
    if (problem.ask !== "value") continue;
    assert.equal(solve(problem), String(reckoned(problem.program)));
    seen++;
  }
  assert.ok(seen > 150);
});

it("keeps numbers within the level, and asks only for stacks of several numbers", () => {
  for (const [i, problem] of problems(300).entries()) {
    const stacks = run(problem.program)!;
    const largest = [99, 200, 999][i % 3]!;
    assert.ok(stacks.flat().every((value) => value >= (i % 3 === 2 ? -99 : 0) && value <= largest));
    assert.equal(stacks.at(-1)!.length > 1, problem.ask !== "value");
    assert.equal(typeof problem.program.at(-1), "string");
  }
});

it("reads typed programs", () => {
  for (const [text, ask, program] of [
    ["RPN: 3 4 + 2 *", "value", [3, 4, "add", 2, "mul"]],
    ["evaluate the postfix expression `5 1 2 + 4 * + 3 -`", "value", [5, 1, 2, "add", 4, "mul", "add", 3, "sub"]],
    ["后缀表达式 3 4 × 5 − 的值是多少", "value", [3, 4, "mul", 5, "sub"]],
    ["Stack after: push 3; push -4; dup; mul?", "stack", [3, -4, "dup", "mul"]],
    ["push(2), push(3), swap, sub. What is on top of the stack?", "top", [2, 3, "swap", "sub"]],
    ["what's left on the stack after 1 2 3 pop over", "stack", [1, 2, 3, "drop", "over"]],
    ["执行 1 2 swap 之后栈顶是什么？", "top", [1, 2, "swap"]],
  ] as const)
    assert.deepEqual(readProblem(text), { ask, program }, text);
});

it("leaves other texts alone", () => {
  for (const text of [
    "",
    "What is 3 + 4?",
    "Compute 12 - 5 * 3.",
    "RPN: 3 + 4",
    "RPN: 3 4 5 +",
    "What does a stack of 3 4 5 books weigh?",
    "push 3 push 4 add",
    "Reverse Polish notation was popular in the 1970s.",
    "Stack: add 3 4",
    "Numbers: 3 7 25. Reach 22 with + - *.",
    `RPN: ${"1 ".repeat(400)}+`,
    "+ - ".repeat(200),
    `stack ${"push 1 drop ".repeat(30)}`,
  ])
    assert.equal(readProblem(text), undefined, text.slice(0, 40));
});

it("has one key in either notation, whatever is asked of a single number", () => {
  const key = (text: string) => problemKey(readProblem(text)!);
  assert.equal(key("RPN: 3 4 + 2 *"), key("Final stack?\nPUSH 3\nPUSH 4\nADD\nPUSH 2\nMUL"));
  assert.equal(key("Final stack? 3 4 swap"), key("Final stack: push 3, push 4, swap"));
  assert.notEqual(key("Final stack? 3 4 swap"), key("Number on top of the stack? 3 4 swap"));
  assert.notEqual(key("RPN: 3 4 +"), key("RPN: 4 3 +"));
});

it("refutes a wrong line where it stands", () => {
  const question = "Final stack, bottom to top?\n3 8 - 2 dup *";
  const lines = traceProblem(readProblem(question)!);
  const steps = checkSteps({ question, reasoning: lines.join("\n"), task: family.id });
  assert.deepEqual(
    steps.map(({ verdict, from }) => [verdict, from]),
    [[-1], [-1, 0], [-1, 1], [-1, 2], [-1, 3], [-1, 4], [5]].map((from) => ["proved", from]),
  );
  const judge = (keep: number, line: string) =>
    checkSteps({ question, reasoning: [...lines.slice(0, keep), line].join("\n"), task: family.id }).at(-1)!.verdict;
  for (const [keep, line] of [
    [0, "1: push 8; 8"],
    [1, "2: push 8; 8 3"],
    [2, "3: 3-8=-(8-3)=5; 5"],
    [2, "3: 8-3=5; 5"],
    [3, "4: push 2; 5 2"],
    [4, "5: swap; 2 -5"],
    [5, "6: 2*2=4; 4"],
    [6, "stack: 4 -5"],
    [6, "stack: -5 5"],
    [6, "7: dup; -5 4 4"],
    [6, "top: 4"],
  ] as const)
    assert.equal(judge(keep, line), "refuted", line);
  for (const [keep, line] of [
    [1, "2: 3 8"],
    [1, "2: push 8; 3, 8"],
    [2, "3: -5"],
    [5, "6: 2 * 2 = 4; -5 4"],
    [6, "stack: -5, 4"],
    [6, "stack: [-5, 4]"],
  ] as const)
    assert.equal(judge(keep, line), "proved", line);
  assert.equal(judge(0, "we push first"), "unknown");
});

it("accepts a stack however it is written, and no other", () => {
  const judge = (answer: string) =>
    checkAnswer({ question: "Final stack, bottom to top? 3 8 - 2 dup *", response: `\\boxed{${answer}}` }).verdict;
  for (const answer of ["-5 4", "-5, 4", "[-5, 4]", "(-5,4)", "-5\\ 4", "\\{-5, 4\\}"])
    assert.equal(judge(answer), "proved", answer);
  for (const answer of ["4 -5", "5 4", "4", "-5 4 4"]) assert.equal(judge(answer), "refuted", answer);
  for (const answer of ["four", "[]", "-5 x"]) assert.equal(judge(answer), "unknown", answer);
});

it("shares no run of words between held-out and trained prompts, programs apart", () => {
  for (const language of ["en", "zh"] as const) {
    const random = Random.fromSeed(5);
    const prompts = { trained: [] as string[], heldout: [] as string[] };
    for (const ask of ["value", "stack", "top"] as const)
      for (let i = 0; i < 200; i++) {
        const phrasing = random.pick(family.phrasings[language]);
        const group = phrasing.id.startsWith("heldout") ? "heldout" : "trained";
        prompts[group].push(phrasing.render({ ask, program: [1, 2] }, random).replace(/push/gi, ""));
      }
    assert.deepEqual(sharedRuns(prompts.trained, prompts.heldout, language), []);
  }
});
