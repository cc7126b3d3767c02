// Program synthesis: questions read back, tests that tell problems apart, and programs of both languages run in the sandbox.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps, grade } from "@lemma/verify";
import { gradeProgram, gradeReply } from "@lemma/verify/code";
import { sandboxSkip } from "../../../../verify/test/sandbox-skip.ts";
import { generate } from "../../generate.ts";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { writeFunction } from "./code.ts";
import { programSynthesis as family } from "./family.ts";
import { drawSynthesis, evaluate, examplesOf, type Synthesis } from "./problem.ts";

const skip = await sandboxSkip();
const limits = { wallSeconds: 120 };

const SQUARES: Synthesis = { language: "python", keep: { keep: "even" }, take: { take: "square" }, give: "sum" };

it("plans what to keep, take and give, and writes it in either language", () => {
  assert.deepEqual(family.trace(SQUARES, "en"), ["keep: x % 2 == 0", "take: x * x", "give: sum"]);
  assert.equal(writeFunction(SQUARES), "def f(xs):\n    return sum(x * x for x in xs if x % 2 == 0)");
  assert.equal(
    writeFunction({ ...SQUARES, language: "javascript", keep: { keep: "above", by: 3 }, give: "largest" }),
    "function f(xs) {\n  return Math.max(0, ...xs.filter((x) => x > 3).map((x) => x * x));\n}",
  );
});

it("knows what its functions give", () => {
  assert.equal(evaluate(SQUARES, [1, 2, 3, 4]), 20);
  assert.deepEqual(evaluate({ ...SQUARES, give: "list", take: { take: "plus", by: 5 } }, [1, 2, 4]), [7, 9]);
  assert.equal(evaluate({ ...SQUARES, give: "largest" }, []), 0);
  assert.equal(evaluate({ ...SQUARES, give: "count", keep: { keep: "divisible", by: 3 } }, [3, 4, 9, 0]), 3);
});

it("reads typed questions, and leaves others alone", () => {
  const read = (text: string) => family.checker.recognise(text);
  const typed = "Write a Python function f(xs) that returns the sum of the squares of the even numbers in xs.";
  assert.deepEqual(read(typed), SQUARES);
  assert.deepEqual(read("用Python写一个函数f(xs)，返回xs中的偶数的平方的和。"), SQUARES);
  for (const other of [
    "Write a Python function that sorts a list.",
    "Write f(xs) in Rust: it returns the sum of the even numbers in xs.",
    "What is the sum of the even numbers below 10?",
    "What does this program print?\nx = 3\nprint(x)",
  ])
    assert.equal(read(other), undefined, other);
});

it("has tests that tell each problem from others", () => {
  const random = Random.fromSeed(4);
  const problems = Array.from({ length: 400 }, () => drawSynthesis(random, random.int(1, 2)));
  for (const problem of problems) {
    const examples = examplesOf(problem);
    for (const other of problems) {
      if (family.key(other) === family.key(problem)) continue;
      const same = examples.every(({ list, gives }) => JSON.stringify(evaluate(other, list)) === JSON.stringify(gives));
      assert.ok(!same, `${family.key(problem)} and ${family.key(other)}`);
    }
  }
});

it("refutes a plan that is not the question's", () => {
  const question = family.phrasings.en[0]!.render(SQUARES, Random.fromSeed(1));
  for (const line of ["keep: x % 2 == 1", "take: x", "give: count"])
    assert.equal(checkSteps({ question, reasoning: line }).at(-1)!.verdict, "refuted", line);
});

it("leaves programs to the sandbox: grade starts no process", () => {
  const [row] = generate({ task: family.id, seed: 1, count: 1 });
  const { messages, answer: reference, verifier } = row!;
  const graded = grade({ problem: messages[0]!.content, response: `\\boxed{${reference}}`, reference, verifier });
  assert.deepEqual([graded.verdict, graded.verdict === "unknown" && graded.reason], ["unknown", "unsupported"]);
});

it("proves the reference programs in the sandbox, at each level, and refutes spoilt ones", { skip }, async () => {
  const rows = [1, 2].flatMap((level) => [...generate({ task: family.id, level, seed: 9, count: 4 })]);
  await Promise.all(
    rows.map(async ({ messages, verifier }) => {
      const response = messages[1]!.content;
      const right = await gradeProgram({ response, verifier, limits });
      assert.equal(right.verdict, "proved", JSON.stringify(right));
      const spoilt = response.replace(/return (.*?)(;?)$/m, "return [$1, 1]$2");
      const wrong = await gradeProgram({
        response: spoilt,
        verifier: { ...verifier, tests: (verifier.tests as object[]).slice(0, 1) },
        limits,
      });
      assert.equal(wrong.verdict, "refuted", spoilt);
    }),
  );
});

it("finds the program of a reply: its last block behind the thought, else its box", { skip }, async () => {
  const verifier = {
    kind: "program",
    language: "python",
    tests: [{ call: "f", arguments: [[2]], returns: 2 }],
  } as const;
  const judge = async (response: string) => (await gradeProgram({ response, verifier, limits })).verdict;
  const block = (body: string) => `\`\`\`python\ndef f(xs):\n    return ${body}\n\`\`\``;
  assert.equal(
    await judge(`<think>${block("0")}</think>First:\n${block("0")}\nBetter:\n${block("xs[0]")}\n`),
    "proved",
  );
  assert.equal(await judge("\\boxed{f = sum}"), "proved");
  assert.equal(await judge(`<think>${block("2")}`), "unknown");
  assert.equal(await judge("def f(xs): return 2"), "unknown");
  const bad = await gradeProgram({ response: block("2"), verifier: { kind: "program" } });
  const number = { problem: "2+2?", response: "\\boxed{4}", reference: "4", verifier: { kind: "number" } } as const;
  assert.equal((await gradeReply(number)).verdict, "proved");
  const program = await gradeReply({ ...number, response: block("xs[0]"), verifier }, { limits });
  assert.deepEqual(program, { verdict: "proved", method: "execution", extracted: "def f(xs):\n    return xs[0]\n" });
  assert.deepEqual([bad.verdict, bad.verdict === "unknown" && bad.reason], ["unknown", "bad-input"]);
});
