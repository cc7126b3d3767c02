// Function calls: traces by hand, answers against Node and Python, every layout read back, wrong lines refuted, typed programs.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { it } from "node:test";
import { runInNewContext } from "node:vm";
import { checkAnswer, checkSteps } from "@lemma/verify";
import { sharedRuns } from "../../overlap.ts";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { readProgram } from "./checker.ts";
import { drawProgram, kindOf } from "./draw.ts";
import { evaluate } from "./evaluate.ts";
import { functionCalls as family } from "./family.ts";
import { parseProgram } from "./parse.ts";
import { type FunctionProgram, programKey } from "./program.ts";
import { writeProgram } from "./write.ts";

const stream = () => Random.fromSeed(31).split("function tests");

function programs(count: number): FunctionProgram[] {
  return Array.from({ length: count }, (_, i) => drawProgram(stream().split(i), 1 + (i % 3)));
}

const trace = (question: string) => family.trace(readProgram(question)!, "en");

const FACTORIAL = "What is printed?\ndef f(n):\n    if n == 0:\n        return 1\n    return n * f(n - 1)\nprint(f(2))";
const FACTORIAL_TRACE = [
  "print: f(2)",
  "f(2): n=2",
  "n==0: 2==0 no",
  "f(2)=n*f(n-1)=2*f(2-1)=2*f(1)",
  "f(1): n=1",
  "n==0: 1==0 no",
  "f(1)=n*f(n-1)=1*f(1-1)=1*f(0)",
  "f(0): n=0",
  "n==0: 0==0 yes",
  "f(0)=1",
  "f(1)=1*f(0)=1*1=1",
  "f(2)=2*f(1)=2*1=2",
  "print: f(2)=2",
];

it("tells a recursion down and up again", () => {
  assert.deepEqual(trace(FACTORIAL), FACTORIAL_TRACE);
  const steps = checkSteps({ question: FACTORIAL, reasoning: FACTORIAL_TRACE.join("\n") });
  assert.deepEqual(
    steps.map(({ verdict, from }) => [verdict, from]),
    [
      [-1],
      [-1, 0],
      [-1, 1],
      [-1, 1],
      [-1, 3],
      [-1, 4],
      [-1, 4],
      [-1, 6],
      [-1, 7],
      [-1],
      [-1, 6, 9],
      [-1, 3, 10],
      [-1, 0, 11],
    ].map((from) => ["proved", from]),
  );
});

it("works out remainders and quotients, and runs no call twice", () => {
  const gcd = "function g(a, b) {\n  if (b === 0) return a;\n  return g(b, a % b);\n}\nconsole.log(g(48, 18));";
  assert.deepEqual(trace(gcd).slice(2, 5), [
    "b===0: 18===0 no",
    "g(48,18)=g(b,a%b)=g(18,48%18)=g(18,48-2*18)=g(18,48-36)=g(18,12)",
    "g(18,12): a=18, b=12",
  ]);
  const digits = "const d = n => n < 10 ? n : n % 10 + d(Math.floor(n / 10));\nconsole.log(d(47))";
  assert.ok(
    trace(digits).includes("d(47)=n%10+d(Math.floor(n/10))=47%10+d(Math.floor(47/10))=7+d(Math.floor(47/10))=7+d(4)"),
  );
  const fibonacci = "def f(n):\n  if n < 2:\n    return n\n  return f(n - 1) + f(n - 2)\nprint(f(4))";
  assert.equal(trace(fibonacci).filter((line) => line === "f(2): n=2").length, 1);
  assert.ok(trace(fibonacci).includes("f(4)=f(3)+f(4-2)=2+f(4-2)=2+f(2)=2+1=3"));
});

it("prints what Node prints, and Python", () => {
  const drawn = programs(200);
  for (const [i, program] of drawn.entries()) {
    const code = writeProgram({ ...program, language: "javascript" }, stream().split(i)).join("\n");
    const printed: string[] = [];
    runInNewContext(
      code,
      { console: { log: (...values: unknown[]) => printed.push(values.join(" ")) } },
      { timeout: 1000 },
    );
    assert.equal(family.answer(program, "en"), printed.join(" "), code);
  }
  if (spawnSync("python3", ["--version"]).status !== 0) return;
  const codes = drawn.map((program, i) =>
    writeProgram({ ...program, language: "python" }, stream().split(i)).join("\n"),
  );
  const script =
    "import sys, json, io, contextlib\nout = []\nfor code in json.load(sys.stdin):\n    with contextlib.redirect_stdout(io.StringIO()) as text: exec(code, {})\n    out.append(text.getvalue().strip())\nprint(json.dumps(out))";
  const run = spawnSync("python3", ["-c", script], { input: JSON.stringify(codes), encoding: "utf8", timeout: 30_000 });
  assert.equal(run.status, 0, run.stderr);
  assert.deepEqual(
    drawn.map((program) => family.answer(program, "en")),
    JSON.parse(run.stdout),
  );
});

it("reads every layout back: same key, same run", () => {
  for (const [i, drawn] of programs(300).entries())
    for (const language of ["python", "javascript"] as const) {
      const program = { ...drawn, language };
      const code = writeProgram(program, stream().split(i)).join("\n");
      const read = parseProgram(code);
      assert.ok(read !== undefined, code);
      assert.equal(programKey(read), programKey(drawn), code);
      assert.deepEqual([read.language, kindOf(read)], [language, kindOf(drawn)]);
      assert.deepEqual(evaluate(read), evaluate(program), code);
    }
});

it("has one key for other names, orders of definitions and commuted sums", () => {
  const key = (code: string) => programKey(parseProgram(code)!);
  const a = key("def f(n):\n  return n + 1\ndef g(n):\n  return f(n) * 2\nprint(g(3))");
  const b = key("const up = (k) => 1 + k;\nfunction twice(x) { return 2 * up(x); }\nconsole.log(twice(3));");
  const c = key("def g(n):\n  return f(n) * 2\ndef f(n):\n  return n + 1\nprint(g(3))");
  assert.equal(a, b);
  assert.equal(a, c);
  assert.notEqual(a, key("def f(n):\n  return n + 1\ndef g(n):\n  return f(n) * 2\nprint(f(3))"));
  const sum = (code: string) => key(`def f(n):\n  return n + 1\ndef g(n):\n  return n * 2\nprint(${code})`);
  assert.equal(sum("f(1) + g(2)"), sum("g(2) + f(1)"));
  assert.notEqual(sum("f(1) + g(2)"), sum("f(2) + g(1)"));
  assert.notEqual(
    key("def f(n, m):\n  return n - m\nprint(f(3, 2))"),
    key("def f(n, m):\n  return m - n\nprint(f(3, 2))"),
  );
});

it("reads programs as people write them", () => {
  const answer = (text: string) => readProgram(text)?.run.printed.join(" ");
  for (const [text, printed] of [
    ["whats the output\n```py\ndef add(a, b): return a + b  # sum\n\nprint(add(2, 3))\n```\nthx", "5"],
    ["def f(x):\n\ty = x * 2\n\treturn y + 1\n\nz = f(2)\nprint(z)\nprint(f(z))", "5 11"],
    [
      "def f(n):\n  if n > 5:\n    return 1\n  elif n > 3:\n    return 2\n  else:\n    return 3\nprint(f(4), f(9))",
      "2 1",
    ],
    ["def f(n):\n  return 0 if n == 0 else n + f(n - 1)\nprint(f(4))", "10"],
    [
      "function f(n) {\n  // base case\n  if (n <= 1) {\n    return 1\n  } else {\n    return n * f(n - 1)\n  }\n}\nconsole.log(f(5))",
      "120",
    ],
    ["const f = (n) =>\n  n === 0\n    ? 0\n    : n + f(n - 1);\nconst x = f(3);\nconsole.log(x);", "6"],
    ["请问输出什么？\n```js\nlet sq = x => x * x;\nconsole.log(sq(sq(2)));\n```", "16"],
  ] as const)
    assert.equal(answer(text), printed, text);
});

it("leaves other texts and programs alone", () => {
  for (const text of [
    "",
    "What is f(3) if f(n) = n + 1?",
    "Write a Python function f(xs) that returns the sum.\nf([1,2]) = 3",
    "x = 3\nfor i in range(3):\n    x = x + 2 * i\nprint(x)",
    "def f(n):\n  return f(n + 1)\nprint(f(1))",
    "def f(n):\n  return n\nprint(g(1))",
    "def f(n):\n  return n\nprint(f(1, 2))",
    "def f(n):\n  return n",
    "def f(n):\n  if n > 2:\n    return 1\nprint(f(3))",
    "def f(n):\n  for i in range(3):\n    n = n + 1\n  return n\nprint(f(1))",
    'def f(n):\n  return "a"\nprint(f(1))',
    "print(f(1))\ndef f(n):\n  return n",
    "def f(n):\n  return n % 0\nprint(f(1))",
    `def f(n):\n  return ${"(".repeat(900)}n${")".repeat(900)}\nprint(f(1))`,
    `const f = n => ${"n > 1 ? ".repeat(200)}1;\nconsole.log(f(1))`,
    `def f(n):\n  return f(n - 1)${" + f(n - 1)".repeat(100)}\nprint(f(30))`,
  ])
    assert.equal(readProgram(text), undefined, text.slice(0, 60));
});

it("refutes a result with one digit changed, and says why", () => {
  for (const program of programs(60)) {
    const question = `What is printed?\n${writeProgram(program, stream()).join("\n")}`;
    const lines = family.trace(program, "en");
    lines.forEach((line, at) => {
      const digit = /(?<=[=: ])\d+$/.exec(line)?.[0];
      if (digit === undefined) return;
      const wrong = line.slice(0, -1) + ((Number(line.at(-1)) + 1) % 10);
      const step = checkSteps({ question, reasoning: [...lines.slice(0, at), wrong].join("\n") }).at(-1)!;
      assert.equal(step.verdict, "refuted", `${question}\n${wrong}`);
    });
  }
});

it("judges lines that a person would write instead", () => {
  const judge = (line: string) =>
    checkSteps({ question: FACTORIAL, reasoning: [...FACTORIAL_TRACE.slice(0, 2), line].join("\n") }).at(-1)!.verdict;
  for (const line of [
    "f(2)=2*f(1)",
    "f(2) = n * f(n - 1) = 2 * 1",
    "f(3)=6",
    "f(1)=f(0)=1",
    "n==0: no",
    "n == 0: 2 == 0 no",
  ])
    assert.equal(judge(line), "proved", line);
  for (const line of [
    "f(2)=2*f(0)*2",
    "f(2)=n*f(n)",
    "f(3)=7",
    "n==0: yes",
    "n==0: 2==0 yes",
    "n==0: 3==0 no",
    "f(2): n=3",
    "f(1): n=2",
    "print: f(2)=3",
  ])
    assert.equal(judge(line), "refuted", line);
  assert.equal(judge("we go down by one"), "unknown");
});

it("accepts the printed number however it is written, and no other", () => {
  const judge = (answer: string) => checkAnswer({ question: FACTORIAL, response: `\\boxed{${answer}}` }).verdict;
  for (const answer of ["2", " 2 ", "2.0", "\\frac{4}{2}"]) assert.equal(judge(answer), "proved", answer);
  for (const answer of ["3", "-2", "20"]) assert.equal(judge(answer), "refuted", answer);
  assert.equal(judge("two"), "unknown");
  const two = "def f(x):\n  return x + 1\nprint(f(1))\nprint(f(2))";
  const both = (answer: string) => checkAnswer({ question: two, response: `\\boxed{${answer}}` }).verdict;
  assert.deepEqual(["2 3", "2, 3", "3 2", "2"].map(both), ["proved", "proved", "refuted", "refuted"]);
});

it("shares no run of words between held-out and trained prompts, programs apart", () => {
  for (const language of ["en", "zh"] as const) {
    const prompts = { trained: [] as string[], heldout: [] as string[] };
    const random = stream();
    for (const program of programs(300)) {
      const phrasing = random.pick(family.phrasings[language]);
      const words = phrasing.render({ ...program, main: [], functions: [] }, random);
      prompts[phrasing.id.startsWith("heldout") ? "heldout" : "trained"].push(words);
    }
    assert.deepEqual(sharedRuns(prompts.trained, prompts.heldout, language), []);
  }
});
