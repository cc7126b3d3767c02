// Runs a stage from its plan to its summary. Owns the order of phases and what may be skipped; executors do the tasks.

import { statSync } from "node:fs";
import { basename, join, resolve as resolvePath } from "node:path";
import { LemmaError } from "@lemma/protocol";
import { sha256Of } from "../digest.ts";
import { checkSettings } from "../settings/settings.ts";
import { fileDigest, inputFiles } from "../stages/ingest/input-files.ts";
import type { Executor } from "./executor.ts";
import { stagesInRun } from "./run-folder.ts";
import type { InputFile, Stage, StageCounts, StagePlan } from "./stage.ts";
import { StageFolder, type StageSummary } from "./stage-folder.ts";

/** How far a stage is. */
export interface StageProgress {
  stage: string;
  phase: string;
  /** Tasks done and in all, in this phase. */
  done: number;
  tasks: number;
  /** Sums over the tasks done in this phase. */
  counts: StageCounts;
  /** How far the tasks in progress are, together, in the phase's own unit. */
  inProgress: number;
}

export interface PlanStageOptions {
  /** The stage's own settings, as a person wrote them. */
  options?: unknown;
  /**
   * The folder of a finished stage to read; stages that read people's files have paths in their options. For stages that read a run: its
   * folder, or the folders of stages in their order.
   */
  from?: string | readonly string[];
  /** What relative paths in the options start at; default the working folder. */
  base?: string;
  /** The recipe's path, for messages about options. */
  recipe?: string;
}

export interface RunStageOptions extends PlanStageOptions {
  /** The stage's folder; made if missing. */
  folder: string;
  executor: Executor;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: StageProgress) => void) | undefined;
}

/**
 * The plan of a stage: its digest covers options and the bytes of inputs, not where they lie.
 * @throws LEMMA_E_RECIPE (an option), LEMMA_E_FILE (nothing to read).
 */
export async function planStage(
  stage: Stage,
  { options = {}, from, base = ".", recipe }: PlanStageOptions,
): Promise<StagePlan> {
  const read = checkSettings(recipe ?? "options", options, stage.options, recipe === undefined ? "" : stage.name);
  const resolved = stage.resolve?.(read, resolvePath(base)) ?? read;
  const inputs = await inputsOf(stage, resolved, from, resolvePath(base));
  const { name, version } = stage;
  const digest = sha256Of(
    JSON.stringify([
      name,
      version,
      stage.identity?.(resolved) ?? resolved,
      inputs.map(({ bytes, sha256 }) => [bytes, sha256]),
    ]),
  );
  return { format: "lemma-stage", stage: name, version, options: resolved, inputs, digest };
}

async function inputsOf(
  stage: Stage,
  options: unknown,
  from: PlanStageOptions["from"],
  base: string,
): Promise<InputFile[]> {
  if (stage.reads === "files") return inputFiles((options as { paths: string[] }).paths, base);
  if (stage.reads === "nothing") return [];
  if (from === undefined)
    throw new LemmaError("LEMMA_E_OPTION", {
      option: "in",
      expected: "the folder of the stage before",
      found: "nothing",
    });
  if (stage.reads === "run") return runInputs(typeof from === "string" ? finishedIn(from, stage) : from);
  return StageFolder.inputs(String(from));
}

/** The finished stages of a run before the first one that is of this kind itself. */
function finishedIn(run: string, stage: Stage): string[] {
  const all = stagesInRun(run);
  const end = all.findIndex(({ plan }) => plan.stage === stage.name);
  return all
    .slice(0, end < 0 ? all.length : end)
    .filter(({ summary }) => summary !== undefined)
    .map(({ path }) => path);
}

/** The summaries of finished stages as inputs. */
async function runInputs(folders: readonly string[]): Promise<InputFile[]> {
  const inputs: InputFile[] = [];
  for (const folder of folders) {
    const path = join(resolvePath(folder), "stage.json");
    const sha256 = await fileDigest(path);
    inputs.push({
      path,
      name: `${basename(resolvePath(folder))}/stage.json`,
      bytes: statSync(path).size,
      sha256,
      documents: 0,
    });
  }
  return inputs;
}

/**
 * Runs a stage and returns its summary; a finished one of the same plan is returned as it is, an interrupted one is continued.
 * @throws LEMMA_E_RECIPE (an option), LEMMA_E_STAGE (a task that kills its process), LEMMA_E_ABORTED, and whatever its tasks throw.
 */
export async function runStage(stage: Stage, run: RunStageOptions): Promise<StageSummary> {
  const plan = await planStage(stage, run);
  const folder = new StageFolder(run.folder);
  const names = stage.phases.map(({ name }) => name);
  const finished = folder.summary(plan);
  if (finished !== undefined) return finished;
  folder.begin(plan, names);
  try {
    for (const phase of stage.phases) {
      run.signal?.throwIfAborted();
      const tasks = phase.tasks({ plan, files: (earlier, kind) => folder.files(plan, earlier, kind) });
      const open = folder.open(plan, phase.name, tasks);
      const counts: Record<string, number> = {};
      let done = tasks - open.length;
      const partly = new Map<number, number>();
      const sum = (): number => [...partly.values()].reduce((all, one) => all + one, 0);
      const tell = (): void =>
        run.onProgress?.({
          stage: stage.name,
          phase: phase.name,
          done,
          tasks,
          counts: { ...counts },
          inProgress: sum(),
        });
      tell();
      await run.executor.run({
        folder: folder.path,
        stage: stage.name,
        phase: phase.name,
        tasks: open,
        signal: run.signal,
        onProgress(task, far) {
          partly.set(task, far);
          tell();
        },
        onTask(task, marker) {
          partly.delete(task);
          done++;
          for (const [name, count] of Object.entries(marker.counts)) counts[name] = (counts[name] ?? 0) + count;
          tell();
        },
      });
    }
  } finally {
    folder.sweep(names);
  }
  return folder.summarise(plan, names);
}
