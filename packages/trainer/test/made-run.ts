// A run folder as a training leaves it, written by hand: for tests of whatever reads run folders.

import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const jsonl = (lines: readonly object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join("");

/** Text that tries to become markup. */
export const HOSTILE = `</pre></details><script>document.title="taken"</script><img src=x onerror="document.title='taken'">&\u0000\ud800`;

export interface MadeRun {
  /** Steps of the first stage (sft) and of the second (grpo) that are in the metrics. */
  steps?: [number, number];
  done?: readonly string[];
  /** Text of run.lock. */
  lock?: string;
  name?: string;
}

/** Writes the folder with metrics, checks, completions, events and marks. Stage one plans 100 steps, stage two 50. */
export function makeRun(
  folder: string,
  { steps: [sft, grpo] = [100, 20], done = [], lock, name = "made" }: MadeRun = {},
): void {
  mkdirSync(path.join(folder, "stages"), { recursive: true });
  const file = (at: string, text: string): void => writeFileSync(path.join(folder, at), text);
  const stages = [
    { kind: "sft", steps: 100 },
    { kind: "grpo", steps: 50 },
  ];
  const recipe = { file: "made.yaml", digest: "0", parameters: 1_610_000, evaluates: false };
  file("config.json", JSON.stringify({ name, folder, model: { model_type: "qwen3" }, tokenizer: "", stages, recipe }));
  const line = (stage: number, step: number, tokens: number): object => ({
    stage,
    step,
    tokens,
    lossTokens: tokens / 2,
    loss: stage === 0 ? 4 / (1 + step) : -0.01,
    learningRate: 3e-3 * (1 - step / 200),
    gradNorm: 1 + Math.sin(step),
    tokensPerSecond: 20_000,
    secondsLeft: 60,
    time: 1_800_000_000 + step,
  });
  const supervised = Array.from({ length: sft }, (_, i) => ({
    ...line(0, i + 1, (i + 1) * 12_288),
    mfu: 0.31,
    padding: 0.04,
  }));
  const rewarded = Array.from({ length: grpo }, (_, i) => ({
    ...line(1, 101 + i, (i + 1) * 8_000),
    rl: {
      reward: { mean: i / 40, answer: i / 50, steps: 0.1, format: -0.2, length: 0 },
      passRate: i / 50,
      rightRate: i / 45,
      unsoundRate: 0.01,
      tasks: {
        countdown: { passRate: i / 50, replies: 64, dial: 1.5, status: "right" },
        [HOSTILE]: { passRate: 0, replies: 8, dial: 1, status: "hard" },
      },
      entropy: 0.4 - i / 100,
      kl: { mean: 2e-6, max: 3e-4 },
      weightMax: 1.01,
      clipShare: 0.01,
      equalGroups: 0.3,
      truncated: 0.05,
      meanLength: 60,
      rolloutTokensPerSecond: 81_000,
      swapSeconds: 0.1,
      rolloutSeconds: 1,
      updateSeconds: 1,
      failures: { budget: 1, format: 2, parsing: 0, verification: 40, verifier: 0 },
    },
  }));
  file("metrics.jsonl", `${jsonl([...supervised, ...rewarded])}{"stage": 1, "st`);
  const family = (right: number): object => ({
    rows: 24,
    right,
    cells: { "3 people": { rows: 24, right } },
    first: [{ count: 24 - right, expected: "skip", got: HOSTILE, context: "a>b" }],
  });
  const check = (step: number, right: number): object => ({
    event: "check",
    step,
    rows: 48,
    right: 24 + right,
    families: { ordering: family(right), derivatives: family(24) },
  });
  file(
    "checks.jsonl",
    jsonl([check(40, 3), check(40, 2), check(80, 12), ...(sft + grpo > 999 ? [check(999, 24)] : [])]),
  );
  file(
    "completions.jsonl",
    jsonl(
      Array.from({ length: 2 * grpo }, (_, i) => ({
        stage: 1,
        step: 101 + Math.floor(i / 2),
        problem: i,
        task: "countdown",
        level: 2,
        question: `Reach 24. ${i}`,
        expected: "24",
        reasoning: i % 2 ? HOSTILE : "4*6=24",
        text: i % 2 ? HOSTILE : "\\boxed{4*6}",
        tokens: 20,
        truncated: false,
        reward:
          i % 2
            ? { total: -0.2, answer: 0, steps: 0, format: -1, length: 0 }
            : { total: 1.2, answer: 1, steps: 1, format: 0, length: 0 },
        failure: i % 2 ? { kind: "verification", reason: `a false line stands: ${HOSTILE}` } : null,
      })),
    ),
  );
  const start = {
    event: "start",
    stage: 0,
    step: 0,
    lastStep: 100,
    ranks: 2,
    layout: "packed",
    kernels: "native",
    whyPlain: "",
    parameters: 1_610_000,
  };
  file(
    "events.jsonl",
    jsonl([
      { ...start, flopsPerToken: 11_600_000, peakFlops: 366e9, time: 1 },
      { event: "warning", step: 7, message: `step 7: the loss jumped to 9.000 ${HOSTILE}`, time: 2 },
    ]),
  );
  file("best.json", JSON.stringify({ 0: { step: 80, by: "check", value: 0.75 } }));
  for (const mark of done) file(`stages/${mark}.done`, "{}\n");
  if (lock !== undefined) file("run.lock", lock);
}
