// What a step of reinforcement learning looks like from outside: its line in metrics.jsonl, its sample in
// completions.jsonl. Owns their fields; decides nothing.

import type { TaskStanding } from "@lemma/gym";
import type { UnjudgedReply } from "./judge.ts";
import { questionMessages, type RlProblem } from "./problems.ts";
import { FAILURES, type FailureKind, type Reward } from "./reward.ts";
import type { RolloutReply } from "./rollouts.ts";
import type { UpdateAnswer } from "./update-server.ts";

/** A reply with what it earned, or why nobody knows. */
export interface ScoredReply {
  problem: RlProblem;
  /** The prompt's tokens. */
  prompt: Uint32Array;
  reply: RolloutReply;
  reward: Reward | UnjudgedReply;
}

/** The `rl` field of a metrics line. Shares and rates are of the step's judged replies; null where there are none. */
export interface RlMetrics {
  reward: { mean: number; answer: number; steps: number; format: number; length: number };
  /** Replies that pass; whose answer is right; right answers with a false or unproved line. */
  passRate: number;
  rightRate: number;
  unsoundRate: number;
  tasks: Record<string, { passRate: number; replies: number; dial: number; status: TaskStanding["status"] }>;
  /** Nats a sampled token. */
  entropy: number;
  /** |Δ log p| between trainer and engine, in nats a token. */
  kl: { mean: number; max: number };
  klReference?: number;
  weightMax: number;
  clipShare: number;
  /** Share of groups whose rewards are all equal, and of replies cut off. */
  equalGroups: number;
  truncated: number;
  /** Tokens of a reply. */
  meanLength: number;
  rolloutTokensPerSecond: number;
  swapSeconds: number;
  rolloutSeconds: number;
  updateSeconds: number;
  /** Replies without a pass by what failed, and replies that the verifier failed on. */
  failures: Record<FailureKind | "verifier", number>;
}

export interface StepTimes {
  /** New weights into the engine. */
  swapSeconds: number;
  /** Replies, and their judging beside them. */
  rolloutSeconds: number;
  updateSeconds: number;
  stepSeconds: number;
}

const isJudged = (scored: ScoredReply): scored is ScoredReply & { reward: Reward } => !("error" in scored.reward);
const rounded = (value: number, digits = 4): number => Number(value.toFixed(digits));
const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

export function rlMetrics(
  groups: readonly (readonly ScoredReply[])[],
  update: UpdateAnswer,
  times: StepTimes,
  standing: readonly TaskStanding[],
): RlMetrics {
  const all = groups.flat();
  const judged = all.filter(isJudged);
  const average = (of: (reward: Reward) => number): number => rounded(mean(judged.map(({ reward }) => of(reward))));
  const tokens = all.reduce((sum, { reply }) => sum + reply.tokens.length, 0);
  const failures = Object.fromEntries([...FAILURES, "verifier"].map((kind) => [kind, 0])) as RlMetrics["failures"];
  for (const { reward } of judged) if (reward.failure) failures[reward.failure.kind]++;
  failures.verifier = all.length - judged.length;
  const equal = groups.filter((group) => new Set(group.filter(isJudged).map(({ reward }) => reward.total)).size <= 1);
  return {
    reward: {
      mean: average(({ total }) => total),
      answer: average(({ parts }) => parts.answer),
      steps: average(({ parts }) => parts.steps),
      format: average(({ parts }) => parts.format),
      length: average(({ parts }) => parts.length),
    },
    passRate: average(({ passes }) => Number(passes)),
    rightRate: average(({ isRight }) => Number(isRight)),
    unsoundRate: average(({ isRight, isSound }) => Number(isRight && !isSound)),
    tasks: Object.fromEntries(
      standing.flatMap(({ task, dial, status }) => {
        const own = judged.filter(({ problem }) => problem.draw.task === task);
        const passRate = rounded(mean(own.map(({ reward }) => Number(reward.passes))));
        return own.length === 0 ? [] : [[task, { passRate, replies: own.length, dial: rounded(dial), status }]];
      }),
    ),
    entropy: update.entropy,
    kl: update.kl,
    ...(update.klReference === undefined ? {} : { klReference: update.klReference }),
    weightMax: update.weightMax,
    clipShare: update.clipShare,
    equalGroups: rounded(equal.length / Math.max(1, groups.length)),
    truncated: rounded(mean(all.map(({ reply }) => Number(reply.isTruncated)))),
    meanLength: rounded(mean(all.map(({ reply }) => reply.tokens.length)), 1),
    rolloutTokensPerSecond: Math.round(tokens / times.rolloutSeconds),
    swapSeconds: rounded(times.swapSeconds, 3),
    rolloutSeconds: rounded(times.rolloutSeconds, 3),
    updateSeconds: rounded(times.updateSeconds, 3),
    failures,
  };
}

/** Some replies of a step as lines of completions.jsonl: of problems in turn the best, then the worst. */
export function completionLines(
  at: { stage: number; step: number },
  groups: readonly (readonly ScoredReply[])[],
  count: number,
): object[] {
  const worth = ({ reward }: ScoredReply): number => ("error" in reward ? Number.NEGATIVE_INFINITY : reward.total);
  const picked = groups.flatMap((group) => {
    const sorted = group.toSorted((a, b) => worth(b) - worth(a));
    return sorted.length > 1 ? [sorted[0]!, sorted.at(-1)!] : sorted;
  });
  return picked.slice(0, count).map(({ problem: { row, draw, number }, reply, reward }) => ({
    ...at,
    problem: number,
    task: draw.task,
    level: draw.level,
    language: row.language,
    question: questionMessages(row).at(-1)!.content,
    expected: row.answer,
    reasoning: reply.reasoning,
    text: reply.text,
    tokens: reply.tokens.length,
    truncated: reply.isTruncated,
    ...("error" in reward
      ? { reward: null, failure: { kind: "verifier", reason: reward.error } }
      : {
          reward: { total: rounded(reward.total), ...reward.parts },
          right: reward.isRight,
          sound: reward.isSound,
          passes: reward.passes,
          lines: reward.lines,
          failure: reward.failure ?? null,
        }),
  }));
}
