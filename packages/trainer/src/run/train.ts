// `lemma train`: data, stages, export, scores. Every step leaves a mark, so that the same command continues after any
// interruption. Owns their order; each step is a file beside this one.

import { appendFile } from "node:fs/promises";
import { type ShardIndex, writeEvaluationShards, writePairs } from "@lemma/data";
import { LemmaError } from "@lemma/protocol";
import { runPlaces } from "../recipe/python-config.ts";
import { planRecipe, type TrainingPlan } from "../recipe/resolve.ts";
import { keepRunPage } from "../report/page-writer.ts";
import { runGrpoStage } from "../rl/grpo-stage.ts";
import { makeRftRows } from "../rl/rft-stage.ts";
import { evaluateRun } from "./evaluate-model.ts";
import { exportModel, modelFolderOf } from "./export-model.ts";
import { mixShards } from "./mix-shards.ts";
import { progressLine } from "./progress-line.ts";
import { findPython } from "./python.ts";
import { type CheckEvent, runStage } from "./rank-process.ts";
import { findRun, lockRun, makeRun, StageMarks, takeParallel } from "./run-folder.ts";

export interface TrainOptions {
  /** Recipe file. */
  recipe: string;
  /** Start another run instead of continuing the newest one of this recipe. */
  fresh?: boolean;
  /** Stops after saving a checkpoint. */
  signal?: AbortSignal;
  /** The state in one line, a few times a second at most. */
  onProgress?: (line: string) => void;
}

/** What a finished training leaves: the run folder and the model folder. */
export interface TrainResult {
  folder: string;
  model: string;
}

/**
 * Runs a recipe to its end, continuing its unfinished run. A finished run is returned as it is.
 * @throws LEMMA_E_RECIPE, LEMMA_E_PYTHON, LEMMA_E_TRAINING, LEMMA_E_ABORTED (the signal; the run can be continued), and
 * what the data, conversion and evaluation throw.
 * @example await train({ recipe: "recipes/smoke.yaml" }); // { folder: "/home/me/.lemma/runs/smoke/…", model: "…/model/smoke" }
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const plan = await planRecipe(options.recipe);
  const python = await findPython();
  const folder = (options.fresh ? undefined : await findRun(plan)) ?? (await makeRun(plan));
  await using ending = new AsyncDisposableStack();
  const lock = await lockRun(folder);
  ending.use(keepRunPage(folder)); // ends after the lock, so that the last page says how the run was left
  ending.use(lock);
  await takeParallel(folder, plan);
  const marks = new StageMarks(folder);
  await makeData(plan, folder, marks, options);
  let check: CheckEvent | undefined;
  for (const [index, stage] of plan.stages.entries()) {
    if (marks.isDone(String(index))) continue;
    const { signal, onProgress } = options;
    if (stage.kind === "grpo") {
      await runGrpoStage({ plan, python, folder, index, signal, onProgress });
      continue;
    }
    if (stage.kind === "rft") await makeRftRows({ plan, folder, index, signal, onProgress });
    let lastStep = 0;
    await runStage({
      python,
      config: runPlaces(folder).config,
      stage: index,
      micros: stage.batchTokens / stage.microTokens,
      ...(options.signal ? { signal: options.signal } : {}),
      onEvent: (event) => {
        if (event.event !== "metrics" && event.event !== "check") {
          void appendFile(runPlaces(folder).events, `${JSON.stringify({ ...event, time: Date.now() / 1000 })}\n`);
        }
        if (event.event === "start") lastStep = event.lastStep;
        if (event.event === "check") {
          check = event;
          void appendFile(runPlaces(folder).checks, `${JSON.stringify(event)}\n`);
        }
        if (event.event === "warning") options.onProgress?.(event.message);
        if (event.event === "metrics") options.onProgress?.(progressLine(stage.kind, lastStep, event, check));
      },
    });
  }
  options.signal?.throwIfAborted();
  if (!marks.isDone("export")) {
    options.onProgress?.("writing the model folder");
    await exportModel(plan, folder);
    await marks.finish("export", { folder: modelFolderOf(plan, folder) });
  }
  if (plan.evaluate !== false && !marks.isDone("evaluate")) {
    await marks.finish("evaluate", await evaluateRun(plan, folder, modelFolderOf(plan, folder), options));
  }
  return { folder, model: modelFolderOf(plan, folder) };
}

async function makeData(plan: TrainingPlan, folder: string, marks: StageMarks, options: TrainOptions): Promise<void> {
  const places = runPlaces(folder);
  const pairs = makePairs(plan, folder);
  const index = await makeShards(plan, places.data, options);
  const noted = await marks.note("data");
  const made = { plan: index?.plan ?? null, ...(pairs.length > 0 ? { pairs } : {}) };
  if (noted && (noted.plan !== made.plan || JSON.stringify(noted.pairs) !== JSON.stringify(made.pairs))) {
    const problem = `${folder}: the data that this recipe makes has changed since the run began (tokenizer, gym or files); start another with --fresh`;
    throw new LemmaError("LEMMA_E_TRAINING", { problem });
  }
  if (noted) return;
  if (plan.evaluate !== false && plan.evaluate.checkSteps > 0 && plan.families.length > 0) {
    const { checkRows: perCell } = plan.evaluate;
    const { tokenizer, contextLength, families: tasks } = plan;
    await writeEvaluationShards({ tasks, tokenizer, out: places.check, seed: plan.dataSeed, perCell, contextLength });
  }
  await marks.finish("data", { ...made, tokens: index?.tokens ?? 0, lossTokens: index?.lossTokens ?? 0 });
}

/** Shards of the pairs of every dpo stage; their digests. */
function makePairs(plan: TrainingPlan, folder: string): string[] {
  return plan.stages.flatMap(({ dpo }, stage) => {
    if (dpo === undefined) return [];
    const { tokenizer, contextLength } = plan;
    return [writePairs({ file: dpo.pairs, tokenizer, out: runPlaces(folder).pairs(stage), contextLength }).plan];
  });
}

/** The shards that all other stages read. */
async function makeShards(plan: TrainingPlan, out: string, options: TrainOptions): Promise<ShardIndex | undefined> {
  if (plan.sources.length === 0) return undefined;
  const { recipe, name, sources, tokenizer, dataTokens: tokens, dataSeed: seed, contextLength } = plan;
  const { signal, onProgress } = options;
  return await mixShards({ recipe, name, sources, tokenizer, tokens, seed, contextLength, out, signal, onProgress });
}
