// Hand-written replies to one hand-written problem, and the verifier in this process, for tests of rewards.

import "@lemma/gym";
import type { DatasetRow } from "@lemma/protocol";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import type { Verifier } from "../src/rl/judge.ts";
import type { RlProblem } from "../src/rl/problems.ts";
import type { RolloutGroup, RolloutReply } from "../src/rl/rollouts.ts";

/** The checks of the pool, without its processes. */
export const inProcess: Verifier = {
  stopped: 0,
  run: (async (name: string, request: never) => {
    const check = { grade, checkSteps, checkAnswer }[name] as (request: never) => unknown;
    return check(request);
  }) as Verifier["run"],
};

/** `Solve 3x + 2 = 17.` */
export function equation(number = 0): RlProblem {
  const row: DatasetRow = {
    id: "0".repeat(16),
    task: "linear-equations",
    level: 2,
    language: "en",
    key: "linear-equations 3*x+2=17",
    split: "train",
    phrasing: "trained-1",
    messages: [
      { role: "user", content: "Solve 3x + 2 = 17." },
      { role: "assistant", content: "\\boxed{5}", reasoning_content: "3x+2=17\n3x=17-2=15\nx=15/3=5" },
    ],
    answer: "5",
    verifier: { kind: "number" },
    source: { generator: "test", version: "1", seed: 0, index: number },
  };
  return { number, row, draw: { task: row.task, level: 2, index: number } };
}

/** A reply of so many tokens, which mean nothing. */
export function reply(
  reasoning: string,
  text: string,
  more: { isTruncated?: boolean; length?: number } = {},
): RolloutReply {
  const { isTruncated = false, length = 10 } = more;
  return { reasoning, text, isTruncated, tokens: new Uint32Array(length), logprobs: new Float32Array(length) };
}

export const groupOf = (...replies: RolloutReply[]): RolloutGroup => ({
  problem: equation(),
  prompt: Uint32Array.of(1, 2, 3),
  replies,
});
