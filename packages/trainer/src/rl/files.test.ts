// The files that a step leaves: the batch as the update reads it, the logs after an interruption, and the sample of replies.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { decodeNpy } from "@lemma/data";
import { groupOf, inProcess, reply } from "../../test/replies.ts";
import { rlProgressLine } from "../run/progress-line.ts";
import { writeBatch } from "./batch-folder.ts";
import { Judge } from "./judge.ts";
import { rewardOf } from "./reward.ts";
import { StepLog } from "./step-log.ts";
import { completionLines, rlMetrics, type ScoredReply } from "./step-summary.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lemma-rl-files-"));
});
after(() => rm(folder, { recursive: true }));

test("a batch folder holds tokens, mask, log-probabilities, rewards and groups; a second one replaces it", async () => {
  const batch = path.join(folder, "batch");
  const read = async (name: string): Promise<number[]> => {
    const file = path.join(batch, `${name}.npy`);
    return Array.from(decodeNpy(await readFile(file), file).array as ArrayLike<number | bigint>, Number);
  };
  const prompt = Uint32Array.of(7, 8);
  const one = { prompt, group: 0, isTruncated: false };
  const long = { ...one, tokens: Uint32Array.of(1, 2, 3), logprobs: Float32Array.of(-1, -2, -0.5), reward: 1.25 };
  const cut = {
    ...one,
    tokens: Uint32Array.of(4),
    logprobs: Float32Array.of(-4),
    reward: -0.5,
    group: 1,
    isTruncated: true,
  };
  await writeBatch(batch, [long, long, long], 1024);
  await writeBatch(batch, [long, cut], 1024);
  assert.deepEqual(await read("tokens"), [7, 8, 1, 2, 3, 7, 8, 4]);
  assert.deepEqual(await read("loss"), [0, 0, 1, 1, 1, 0, 0, 1]);
  assert.deepEqual(await read("documents"), [0, 5, 8]);
  assert.deepEqual(await read("logprobs"), [0, 0, -1, -2, -0.5, 0, 0, -4]);
  assert.deepEqual(await read("rewards"), [1.25, -0.5]);
  assert.deepEqual(await read("groups"), [0, 1]);
  assert.deepEqual(await read("truncated"), [0, 1]);
});

test("a log drops the steps that come again, and a line that was cut off", async () => {
  const file = path.join(folder, "log.jsonl");
  await writeFile(file, '{"step":1}\n{"step":2}\n{"step":3}\n{"st');
  const log = await StepLog.open(file, 2);
  await log.write([{ step: 3, again: true }]);
  assert.equal(await readFile(file, "utf8"), '{"step":1}\n{"step":2}\n{"step":3,"again":true}\n');
  await (await StepLog.open(path.join(folder, "new.jsonl"), 0)).write([{ step: 1 }, { step: 1 }]);
  assert.equal(await readFile(path.join(folder, "new.jsonl"), "utf8"), '{"step":1}\n{"step":1}\n');
});

async function scored(...replies: ReturnType<typeof reply>[]): Promise<ScoredReply[]> {
  const group = groupOf(...replies);
  const judged = await new Judge(inProcess).group(group);
  const weights = { answer: 1, steps: 0, format: 0, length: 0, strict: true };
  return group.replies.map((one, i): ScoredReply => {
    const verdict = judged[i]!;
    return { ...group, reply: one, reward: "error" in verdict ? verdict : rewardOf(verdict, weights, 50) };
  });
}

test("metrics count passes, failures by their kind, equal groups and cut replies; completions show the best and the worst", async () => {
  const right = reply("3x=15\nx=5", "\\boxed{5}");
  const groups = [
    await scored(
      right,
      reply("3x=14\nx=5", "\\boxed{5}"),
      reply("x=6", "\\boxed{6}"),
      reply("3x=15", "", { isTruncated: true }),
    ),
    await scored(right, right),
  ];
  groups[1]!.push({ ...groups[1]![0]!, reward: { error: "linear-equations: a defect" } });
  const update = {
    ...{ event: "update" as const, step: 4, loss: 0.1, gradNorm: 1, learningRate: 1e-4, tokens: 91, lossTokens: 70 },
    ...{ clipShare: 0.01, entropy: 0.4, kl: { mean: 2e-6, max: 1e-5 }, weightMax: 1.01, seconds: 0.4 },
    dropped: { equalGroups: 1, truncated: 1 },
  };
  const standing = [
    { task: "linear-equations", dial: 2.25, rate: 0.5, status: "in range" as const, levels: [] },
    { task: "ordering", dial: 1, rate: null, status: "new" as const, levels: [] },
  ];
  const rl = rlMetrics(
    groups,
    update,
    { swapSeconds: 0.1, rolloutSeconds: 2, updateSeconds: 0.5, stepSeconds: 2.6 },
    standing,
  );
  assert.deepEqual([rl.passRate, rl.rightRate, rl.unsoundRate], [0.5, 0.6667, 0.1667]);
  assert.deepEqual(rl.failures, { budget: 1, format: 0, parsing: 0, verification: 2, verifier: 1 });
  assert.deepEqual([rl.equalGroups, rl.truncated, rl.meanLength, rl.rolloutTokensPerSecond], [0.5, 0.1429, 10, 35]);
  assert.deepEqual(rl.tasks, { "linear-equations": { passRate: 0.5, replies: 6, dial: 2.25, status: "in range" } });
  assert.equal(rl.kl, update.kl);
  const lines = completionLines({ stage: 1, step: 4 }, groups, 3) as Record<string, unknown>[];
  assert.deepEqual(
    lines.map(({ step, passes, failure }) => [step, passes, (failure as { kind?: string } | null)?.kind]),
    [
      [4, true, undefined],
      [4, false, "budget"],
      [4, true, undefined],
    ],
  );
  assert.equal((completionLines({ stage: 1, step: 4 }, groups, 4)[3] as { reward: null }).reward, null);
  assert.equal(
    rlProgressLine("grpo", 4, 1200, rl, 75),
    "grpo 4/1,200 | pass 50 % | reward 0.500 | 10 tokens a reply | 35 rollout tokens/s | KL 2e-6 | 1 min 15 s left",
  );
});
