// `lemma train`: data, stages, export, scores. Every step leaves a mark, so that the same command continues after any
// interruption. Owns their order; each step is a file beside this one.

import { appendFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { writeEvaluationShards, writeShards } from "@lemma/data";
import { LemmaError } from "@lemma/protocol";
import { runPlaces } from "../recipe/python-config.ts";
import { planRecipe, type TrainingPlan } from "../recipe/resolve.ts";
import { runGrpoStage } from "../rl/grpo-stage.ts";
import { makeRftRows } from "../rl/rft-stage.ts";
import { evaluateRun } from "./evaluate-model.ts";
import { exportModel, modelFolderOf } from "./export-model.ts";
import { progressLine } from "./progress-line.ts";
import { findPython } from "./python.ts";
import { type CheckEvent, runStage } from "./rank-process.ts";
import { readMetrics } from "./read-metrics.ts";
import { reportPage } from "./report-page.ts";
import { findRun, lockRun, makeRun, StageMarks } from "./run-folder.ts";

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
  await using _lock = await lockRun(folder);
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
  await writeFile(
    runPlaces(folder).report,
    reportPage(plan, await readMetrics(runPlaces(folder).metrics), await lastCheck(folder)),
  );
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
  const index =
    plan.sources.length === 0
      ? NO_DATA
      : await writeShards({
          sources: plan.sources,
          tokenizer: plan.tokenizer,
          out: places.data,
          seed: plan.dataSeed,
          tokens: plan.dataTokens,
          contextLength: plan.contextLength,
          ...(options.signal ? { signal: options.signal } : {}),
          onProgress: ({ tokens, total, tokensPerSecond }) =>
            options.onProgress?.(
              `data ${((100 * tokens) / total).toFixed(0)} % | ${Math.round(tokensPerSecond).toLocaleString("en-US")} tokens/s`,
            ),
        });
  const noted = await marks.note("data");
  if (noted && noted.plan !== index.plan) {
    const problem = `${folder}: the data that this recipe makes has changed since the run began (tokenizer, gym or files); start another with --fresh`;
    throw new LemmaError("LEMMA_E_TRAINING", { problem });
  }
  if (noted) return;
  if (plan.evaluate !== false && plan.evaluate.checkSteps > 0 && plan.families.length > 0) {
    const { checkRows: perCell } = plan.evaluate;
    const { tokenizer, contextLength, families: tasks } = plan;
    await writeEvaluationShards({ tasks, tokenizer, out: places.check, seed: plan.dataSeed, perCell, contextLength });
  }
  await marks.finish("data", { plan: index.plan, tokens: index.tokens, lossTokens: index.lossTokens });
}

/** Of a recipe whose stages make all that they learn from. */
const NO_DATA = { plan: "none", tokens: 0, lossTokens: 0 };

async function lastCheck(folder: string): Promise<CheckEvent | undefined> {
  const text = await readFile(path.join(folder, "checks.jsonl"), "utf8").catch(() => "");
  const line = text.trimEnd().split("\n").at(-1);
  return line ? (JSON.parse(line) as CheckEvent) : undefined;
}
