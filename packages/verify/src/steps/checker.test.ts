// Verdicts on lines of reasoning: relations, definitions, vocabulary of a task, prose, [BACK]; and that streaming changes nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { StepVerdict } from "@lemma/protocol";
import { TestRandom, testSeed } from "../../test/random.ts";
import { registerTask } from "../task.ts";
import { proved, refuted } from "../verdict.ts";
import { checkSteps, makeStepChecker } from "./checker.ts";

/** `proved -1,0`, `refuted x=5`, `unknown prose`, with a star where withdrawn. */
function short(step: StepVerdict): string {
  const star = step.withdrawn ? " withdrawn" : "";
  if (step.verdict === "proved") return `proved ${step.from.join(",")}${star}`;
  if (step.verdict === "unknown") return `unknown ${step.reason}${star}`;
  return `refuted ${Object.entries(step.witness)
    .map(([key, value]) => `${key}=${value}`)
    .join(" ")}${star}`;
}

const CASES: readonly { question: string; lines: readonly (readonly [string, string])[] }[] = [
  {
    question: "Solve 3x + 2 = 17 for x.",
    lines: [
      ["3x=17-2=15", "proved -1"],
      ["x=15/3=5", "proved 0"],
      ["3x=16", "refuted x=5 left=15 right=16"],
      ["8*8=64", "proved "],
      ["x>4", "proved 1"],
      ["so x is positive", "unknown prose"],
    ],
  },
  {
    question: "What is 57 + 86?",
    lines: [
      ["7+6=13", "proved -1"],
      ["5+8+1=14", "proved -1,0"],
      ["57+86=143", "proved -1"],
      ["57+86=144", "refuted left=143 right=144"],
      ["9*9=81", "proved "],
      ["143", "unknown prose"],
      ["9<6", "refuted left=9 right=6"],
      ["8/0=1", "refuted undefined=8/0"],
    ],
  },
  {
    question: "解方程组 x+y=5，x-y=1。",
    lines: [
      ["2x=6", "proved -1"],
      ["x=3", "proved 0"],
      ["y=5-3=2", "proved -1,1"],
      ["x=2y", "refuted x=3 y=2 left=3 right=4"],
      ["x^2-y^2=5", "proved -1"],
    ],
  },
  {
    // No real number solves it, so on the line anything would follow.
    question: "Solve x^2 + x + 7 = 0.",
    lines: [
      ["x^2+x+7=7", "refuted given=x^2+x+7=0 left-right=-7"],
      ["x^2+x=-7", "proved -1"],
      ["x^2+x=7", "refuted given=x^2+x+7=0 left-right=-14"],
      ["x^3=7-6x", "proved -1"],
      ["x=1", "refuted given=x^2+x+7=0 x=1 left-right=9"],
    ],
  },
  {
    question: "Solve x^2 - 5x + 6 = 0.",
    lines: [
      ["(x-2)(x-3)=0", "proved -1"],
      ["x=2 or x=3", "proved -1"],
      ["x=4", "refuted x=2 claim=false"],
      ["x=2", "unknown undecided"],
    ],
  },
  {
    question: "Who is tallest? Ann > Bob and Bob > Dan",
    lines: [
      ["Bob>Dan:Ann>Bob>Dan", "proved -1"],
      ["Dan>Ann", "refuted known=Ann>Bob, Bob>Dan claimed=Dan>Ann"],
      ["Ann>Eve", "unknown undecided"],
    ],
  },
  {
    question: "Compute the value.",
    lines: [
      ["a=3", "unknown definition"],
      ["b=a+1", "unknown definition"],
      ["a*b=12", "proved 0,1"],
      ["a=4", "refuted left=3 right=4"],
      ["(k+1)^2=k^2+2k+1", "proved "],
      ["a==b==", "unknown unparsed"],
      ["=", "unknown unparsed"],
    ],
  },
];

for (const { question, lines } of CASES) {
  test(question, () => {
    const steps = checkSteps({ question, reasoning: lines.map(([line]) => line).join("\n") });
    assert.deepEqual(
      steps.map((step) => `${step.text} → ${short(step)}`),
      lines.map(([line, expected]) => `${line} → ${expected}`),
    );
  });
}

test("[BACK] withdraws the nearest standing step with its facts and definitions", () => {
  const reasoning = "a=3\n[BACK]\na=4\na+1=5\nnonsense\n[BACK]\n[BACK]\na+2=6\n[BACK]\n[BACK]\n[BACK]";
  const steps = checkSteps({ question: "Compute.", reasoning });
  assert.deepEqual(steps.map(short), [
    "unknown definition withdrawn", "unknown definition withdrawn", "proved 1 withdrawn", "unknown prose withdrawn", "proved 1 withdrawn",
  ]); // biome-ignore format: one line each is long enough
});

test("nothing is built on a refuted line", () => {
  const steps = checkSteps({ question: "What is 2 + 2?", reasoning: "2+2=5\n5+5=10" });
  assert.deepEqual(steps.map(short), ["refuted left=4 right=5", "proved "]);
});

test("offsets are those of the reasoning text, also with spaces, empty lines and CRLF", () => {
  const reasoning = "  1+1=2 \r\n\r\n\n 小红: 2+2=4\n3+3=6";
  for (const step of checkSteps({ question: "?", reasoning })) {
    assert.equal(reasoning.slice(step.start, step.end), step.text);
  }
});

test("a task's own checker is asked first; its premises prove restated facts", () => {
  registerTask<{ n: number }>({
    id: "test-parity",
    recognise: (question) => {
      const found = /Is (\d+) even\?/.exec(question);
      return found === null ? undefined : { n: Number(found[1]) };
    },
    premises: ({ n }) => [`n=${n}`],
    checkStep: ({ n }, { body }) => {
      if (body !== "even" && body !== "odd") return undefined;
      return (n % 2 === 0) === (body === "even") ? { ...proved("enumeration"), from: [-1] } : refuted({ n: String(n) });
    },
  });
  const reasoning = "n=14\nn=15\n14=2*7\nn: odd\nn: even";
  const expected = ["proved -1", "refuted n=14 left=14 right=15", "proved 0", "refuted n=14", "proved -1"];
  for (const options of [{}, { task: "test-parity" }]) {
    assert.deepEqual(checkSteps({ question: "Is 14 even?", reasoning, ...options }).map(short), expected);
  }
});

test("streamed in any pieces, the verdicts are those of the whole text", () => {
  const random = new TestRandom(testSeed());
  const lines = [...CASES.flatMap((one) => one.lines.map(([line]) => line)), "[BACK]", "", "  ", "小明: x=1"];
  for (let round = 0; round < 60; round++) {
    const { question } = random.pick(CASES);
    const reasoning = Array.from({ length: random.between(1, 12) }, () => random.pick(lines)).join(
      random.pick(["\n", "\r\n", "\n\n"]),
    );
    const whole = checkSteps({ question, reasoning });
    const checker = makeStepChecker({ question });
    const streamed: StepVerdict[] = [];
    const take = (verdicts: StepVerdict[]): void => {
      for (const verdict of verdicts) streamed[verdict.index] = verdict;
    };
    for (let at = 0; at < reasoning.length; ) {
      const size = random.between(1, 7);
      take(checker.push(reasoning.slice(at, at + size)));
      at += size;
    }
    take(checker.end());
    assert.deepEqual(streamed, whole);
  }
});
