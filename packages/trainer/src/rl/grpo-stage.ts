// A stage of reinforcement learning from top to bottom: problems, replies, rewards, update, and again. Read this first. Owns the order of
// work and what a checkpoint needs of this side; weights, optimiser and formulas are the update server's.

import { appendFile, mkdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import { rlPlaces, runPlaces } from "../recipe/python-config.ts";
import type { TrainingPlan } from "../recipe/resolve.ts";
import type { GrpoSettings } from "../recipe/rl-schema.ts";
import { rlProgressLine } from "../run/progress-line.ts";
import type { Python } from "../run/python.ts";
import { type RewardedReply, writeBatch } from "./batch-folder.ts";
import { gymPool, Judge, type UnjudgedReply, type Verifier } from "./judge.ts";
import { Problems, type ProblemsState, seedFor } from "./problems.ts";
import { type JudgedReply, rewardOf } from "./reward.ts";
import { RolloutModel } from "./rollout-model.ts";
import { type RolloutGroup, rollOut, stopIfAborted } from "./rollouts.ts";
import { StepLog } from "./step-log.ts";
import { completionLines, type RlMetrics, rlMetrics, type ScoredReply, type StepTimes } from "./step-summary.ts";
import { UpdateServer } from "./update-server.ts";

export interface GrpoStageOptions {
  plan: TrainingPlan;
  python: Python;
  /** The run folder, and the number of the stage. */
  folder: string;
  index: number;
  signal?: AbortSignal | undefined;
  onProgress?: ((line: string) => void) | undefined;
  /** Hears of each step's metrics. */
  onStep?: (step: number, metrics: RlMetrics) => void;
  /** Judges in place of the pool. */
  verifier?: Verifier;
}

/** What this side has to remember after a step. Everything else follows from it and the recipe. */
interface DriverState {
  step: number;
  problems: ProblemsState;
  /** Tokens of all replies with their prompts, and the sampled ones. */
  tokens: number;
  lossTokens: number;
}

/**
 * Runs a `grpo` stage to its end, continuing its newest checkpoint.
 * @throws LEMMA_E_ABORTED (the signal came; a checkpoint was written), LEMMA_E_TRAINING (Python stopped, the verifier fails too often,
 * rollouts and trainer drift apart), and what the engine throws
 */
export async function runGrpoStage(options: GrpoStageOptions): Promise<void> {
  const { plan, python, folder, index, signal, onProgress } = options;
  const stage = plan.stages[index]!;
  const grpo = stage.grpo!;
  const places = rlPlaces(folder, index);
  let step = 0;
  const note = (event: object): Promise<void> =>
    appendFile(runPlaces(folder).events, `${JSON.stringify({ ...event, time: Date.now() / 1000 })}\n`);
  stopIfAborted(signal);
  onProgress?.("starting the trainer and the engine");
  await using server = await UpdateServer.open({
    python,
    config: runPlaces(folder).config,
    stage: index,
    ranks: Math.max(1, python.gpus || availableParallelism()),
    onWarning(message) {
      void note({ event: "warning", step, message });
      onProgress?.(message);
    },
  });
  const { driver: _, ...start } = server.start;
  await note(start);
  const { lastStep } = start;
  step = start.step;
  const states = await StepLog.open(places.states, step);
  const kept = await stateOf(step, server.start.driver, states);
  const problems = new Problems({ ...grpo, seed: stage.seed, state: kept?.problems });
  let state: DriverState = kept ?? { step, problems: problems.state(), tokens: 0, lossTokens: 0 };
  const weights = path.join(places.weights, "model.safetensors");
  await mkdir(places.weights, { recursive: true });
  await server.weights(weights);
  const { model: config, tokenizer } = plan;
  await using model = await RolloutModel.open({
    ...{ config, tokenizer, weights: places.weights, gguf: places.gguf, settings: grpo.rollouts },
  });
  await using pool = options.verifier ? undefined : gymPool();
  const judge = new Judge(options.verifier ?? pool!);
  const metrics = await StepLog.open(runPlaces(folder).metrics, step);
  const completions = await StepLog.open(runPlaces(folder).completions, step);
  const started = performance.now();
  const first = step;
  try {
    while (step < lastStep) {
      const began = performance.now();
      if (step > first) {
        await server.weights(weights);
        await model.follow();
      }
      const swapped = performance.now();
      const taken = problems.take(grpo.problems);
      const groups = await scoredGroups(model, judge, taken, grpo, stage.seed, signal);
      const rolledOut = performance.now();
      for (const group of groups) {
        const rewards = group.flatMap(({ reward }) => ("error" in reward ? [] : [reward]));
        problems.record(group[0]!.problem, rewards.filter(({ passes }) => passes).length, rewards.length);
      }
      const batch = rewarded(groups);
      const sampled = batch.reduce((sum, { tokens }) => sum + tokens.length, 0);
      const read = batch.reduce((sum, { prompt }) => sum + prompt.length, sampled);
      const after = {
        ...{ step: step + 1, problems: problems.state() },
        ...{ tokens: state.tokens + read, lossTokens: state.lossTokens + sampled },
      };
      await states.write([after]); // before the step: a trainer left alone writes a checkpoint after it
      await writeBatch(places.batch, batch, plan.model.vocab_size as number);
      const update = await server.update(places.batch);
      ({ step } = update);
      state = after;
      const times = secondsOf(began, swapped, rolledOut, performance.now());
      const rl = rlMetrics(groups, update, times, problems.standing());
      const secondsLeft = Math.round(((lastStep - step) * (performance.now() - started)) / 1000 / (step - first));
      const { loss, learningRate, gradNorm } = update;
      const tokensPerSecond = Math.round(read / times.stepSeconds);
      const { tokens, lossTokens } = state;
      const numbers = { tokens, lossTokens, loss, learningRate, gradNorm, tokensPerSecond, secondsLeft };
      await completions.write(completionLines({ stage: index, step }, groups, grpo.completions)); // first: who has the line of a step has its replies
      await metrics.write([{ stage: index, step, ...numbers, time: Math.round(Date.now()) / 1000, rl }]);
      options.onStep?.(step, rl);
      onProgress?.(rlProgressLine("grpo", step, lastStep, rl, secondsLeft));
      if (step % stage.checkpointSteps === 0 && step < lastStep) await server.checkpoint(state);
      stopIfAborted(signal);
    }
  } catch (error) {
    // What was learned so far is kept, with the problems of the broken step still to come. If Python has ended, its message counts.
    await server.checkpoint(state).catch(() => undefined);
    stopIfAborted(signal);
    throw error;
  }
  await server.end(state);
}

/** What a step took: putting the new weights in, replies with their judging, the update. */
const secondsOf = (began: number, swapped: number, rolledOut: number, ended: number): StepTimes => ({
  swapSeconds: (swapped - began) / 1000,
  rolloutSeconds: (rolledOut - swapped) / 1000,
  updateSeconds: (ended - rolledOut) / 1000,
  stepSeconds: (ended - began) / 1000,
});

/** The state after `step`: the checkpoint's, or, where Python wrote that alone after this side was killed, the one noted before the step. */
async function stateOf(step: number, driver: unknown, states: StepLog): Promise<DriverState | undefined> {
  const known = driver as DriverState | null;
  if (known?.step === step) return known;
  const lines = (await states.read()) as DriverState[];
  return lines.findLast((line) => line.step === step) ?? known ?? undefined;
}

/** Replies and their rewards by problem. Judging runs beside sampling. */
async function scoredGroups(
  { engine }: RolloutModel,
  judge: Judge,
  problems: Parameters<typeof rollOut>[0]["problems"],
  grpo: GrpoSettings,
  seed: number,
  signal: AbortSignal | undefined,
): Promise<ScoredReply[][]> {
  const judging: Promise<(JudgedReply | UnjudgedReply)[]>[] = [];
  const { groupSize, maxTokens, temperature } = grpo;
  const groups = await rollOut({
    ...{ engine, problems, groupSize, maxTokens, temperature, signal },
    seedOf: (number) => seedFor("replies", seed, number),
    onGroup: (group, at) => {
      judging[at] = judge.group(group);
      judging[at].catch(() => {}); // heard below
    },
  });
  const judged = await Promise.all(judging);
  return groups.map((group: RolloutGroup, at) =>
    group.replies.map((reply, i): ScoredReply => {
      const one = judged[at]![i]!;
      const reward = "error" in one ? one : rewardOf(one, grpo.reward, maxTokens);
      return { problem: group.problem, prompt: group.prompt, reply, reward };
    }),
  );
}

/** The replies that somebody could judge, as the update reads them. */
function rewarded(groups: readonly (readonly ScoredReply[])[]): RewardedReply[] {
  return groups.flatMap((group, number) =>
    group.flatMap(({ prompt, reply, reward }) => {
      if ("error" in reward) return [];
      const { tokens, logprobs, isTruncated } = reply;
      return [{ prompt, tokens, logprobs, isTruncated, reward: reward.total, group: number }];
    }),
  );
}
