// The first half of an `rft` stage: the model answers fresh problems, what is right in every line becomes training rows, the rows become
// token shards. Owns the order of work; training on the shards is plain sft. It goes on where it was interrupted, a chunk at a time.

import { existsSync, readdirSync } from "node:fs";
import { mkdir, readFile, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { documentsOf, loadBpe } from "@lemma/data";
import { LemmaError } from "@lemma/protocol";
import { rlPlaces } from "../recipe/python-config.ts";
import type { TrainingPlan } from "../recipe/resolve.ts";
import { newestCheckpoint } from "../run/export-model.ts";
import { mixShards } from "../run/mix-shards.ts";
import { StageMarks, writeAtomically } from "../run/run-folder.ts";
import { gymPool, Judge, type Verifier } from "./judge.ts";
import { Problems, type ProblemsState, type RlProblem, seedFor } from "./problems.ts";
import { noCounts, type RftCounts, type RftRow, rowsOfProblem } from "./rft-rows.ts";
import { RolloutModel } from "./rollout-model.ts";
import { rollOut, stopIfAborted } from "./rollouts.ts";

export interface RftStageOptions {
  plan: TrainingPlan;
  folder: string;
  index: number;
  signal?: AbortSignal | undefined;
  onProgress?: ((line: string) => void) | undefined;
  /** Judges in place of the pool. */
  verifier?: Verifier;
}

/** What the sampling half leaves in `stages/<n>-rows.done`. */
export interface RftNote extends RftCounts {
  rows: number;
  rowTokens: number;
  /** How often the training half will see each row. */
  epochs: number;
  tasks: Record<string, RftCounts>;
}

/** Problems whose replies are kept together: what an interruption may cost. */
const CHUNK = 128;

interface Chunk {
  /** Of the problems, after this chunk. */
  state: ProblemsState;
  tasks: Record<string, RftCounts>;
  rows: RftRow[];
}

/**
 * Samples, filters and writes rows and shards; does nothing where that is done already.
 * @throws LEMMA_E_ABORTED, LEMMA_E_TRAINING (no row is left, the verifier fails too often), and what engine and data throw
 */
export async function makeRftRows(options: RftStageOptions): Promise<RftNote> {
  const { plan, folder, index, signal } = options;
  const rft = plan.stages[index]!.rft!;
  const places = rlPlaces(folder, index);
  const marks = new StageMarks(folder);
  const mark = `${index}-rows`;
  const noted = await marks.note(mark);
  if (noted) return noted as unknown as RftNote;
  await mkdir(places.chunks, { recursive: true });
  const chunks = await readChunks(places.chunks);
  if (chunks.length * CHUNK < rft.problems) await sampleChunks(options, chunks);
  stopIfAborted(signal);
  const rows = chunks.flatMap((chunk) => chunk.rows);
  if (rows.length === 0) {
    const problem = `stage ${index}: none of ${rft.problems * rft.samples} replies was right in every line, and mine is off: train longer first, ask easier levels, or let it mine`;
    throw new LemmaError("LEMMA_E_TRAINING", { problem });
  }
  await writeAtomically(places.rows, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  const rowTokens = await writeRftShards(plan, index, places, rows, signal);
  const tasks: Record<string, RftCounts> = {};
  for (const chunk of chunks) for (const [task, counts] of Object.entries(chunk.tasks)) addTo(tasks, task, counts);
  const { steps, batchTokens } = plan.stages[index]!;
  const epochs = Number(((steps * batchTokens) / rowTokens).toFixed(2));
  const total = Object.values(tasks).reduce((sum, counts) => add(sum, counts), noCounts());
  const note: RftNote = { ...total, rows: rows.length, rowTokens, epochs, tasks };
  await marks.finish(mark, { ...note });
  await rm(places.gguf, { force: true });
  return note;
}

async function sampleChunks({ plan, folder, index, signal, onProgress, verifier }: RftStageOptions, chunks: Chunk[]) {
  const stage = plan.stages[index]!;
  const rft = stage.rft!;
  const places = rlPlaces(folder, index);
  onProgress?.("rft: loading the engine");
  await linkWeights(plan, folder, places.weights);
  const { model: config, tokenizer } = plan;
  await using model = await RolloutModel.open({
    ...{ config, tokenizer, weights: places.weights, gguf: places.gguf, settings: rft.rollouts },
  });
  await using pool = verifier ? undefined : gymPool();
  const judge = new Judge(verifier ?? pool!);
  const problems = new Problems({ tasks: rft.tasks, seed: stage.seed, state: chunks.at(-1)?.state });
  for (let done = chunks.length * CHUNK; done < rft.problems; done += CHUNK) {
    const began = performance.now();
    const taken = problems.take(Math.min(CHUNK, rft.problems - done));
    const tasks: Record<string, RftCounts> = {};
    const made: { problem: RlProblem; rows: RftRow[]; passed: number; tried: number }[] = [];
    const judging: Promise<void>[] = [];
    await rollOut({
      ...{ engine: model.engine, problems: taken, groupSize: rft.samples, signal },
      ...{ maxTokens: rft.maxTokens, temperature: rft.temperature },
      seedOf: (number) => seedFor("replies", stage.seed, number),
      onGroup: (group, at) => {
        judging[at] = judge.group(group).then((judged) => {
          const { rows, counts, passed } = rowsOfProblem(group.problem, group.replies, judged, rft);
          addTo(tasks, group.problem.draw.task, counts);
          made[at] = { problem: group.problem, rows, passed, tried: counts.replies - counts.unjudged };
        });
        judging[at].catch(() => {}); // heard below
      },
    });
    await Promise.all(judging);
    for (const { problem, passed, tried } of made) problems.record(problem, passed, tried);
    const sorted = Object.fromEntries(Object.entries(tasks).sort(([a], [b]) => (a < b ? -1 : 1)));
    const chunk = { state: problems.state(), tasks: sorted, rows: made.flatMap(({ rows }) => rows) };
    await writeAtomically(path.join(places.chunks, chunkName(chunks.length)), JSON.stringify(chunk));
    chunks.push(chunk);
    const all = chunks.flatMap(({ tasks }) => Object.values(tasks)).reduce((sum, one) => add(sum, one), noCounts());
    const speed = made.length === 0 ? 0 : Object.values(tasks).reduce((sum, { tokens }) => sum + tokens, 0);
    const perSecond = Math.round(speed / ((performance.now() - began) / 1000)).toLocaleString("en-US");
    const percent = (n: number): string => `${((100 * n) / all.replies).toFixed(0)} %`;
    onProgress?.(
      `rft ${all.problems}/${rft.problems} problems | right ${percent(all.right)} | sound ${percent(all.sound)} | kept ${all.kept}, mined ${all.mined} | ${perSecond} rollout tokens/s`,
    );
    stopIfAborted(signal);
  }
}

/** One pass over the rows, shuffled. Returns their tokens. */
async function writeRftShards(
  plan: TrainingPlan,
  index: number,
  places: ReturnType<typeof rlPlaces>,
  rows: readonly RftRow[],
  signal: AbortSignal | undefined,
): Promise<number> {
  const bpe = loadBpe(plan.tokenizer);
  const { contextLength, tokenizer } = plan;
  const tokens = rows
    .flatMap(({ messages }) => documentsOf(messages, bpe))
    .filter((document) => document.tokens.length <= contextLength)
    .reduce((sum, document) => sum + document.tokens.length, 0);
  const sources = [{ file: places.rows, share: 1 }];
  const { seed } = plan.stages[index]!;
  const given = { recipe: places.rows, name: plan.name, out: places.data, sources, tokenizer, seed, tokens };
  const made = await mixShards({ ...given, contextLength, signal });
  return made.tokens;
}

/** The newest checkpoint's weights, or those that the recipe starts from, as a folder for the engine. */
async function linkWeights(plan: TrainingPlan, folder: string, weights: string): Promise<void> {
  const newest = await newestCheckpoint(folder).catch(() => plan.init);
  if (newest === undefined)
    throw new LemmaError("LEMMA_E_TRAINING", { problem: `${folder}: there is no model to sample from` });
  await mkdir(weights, { recursive: true });
  const link = path.join(weights, "model.safetensors");
  await rm(link, { force: true });
  await symlink(path.join(newest, "model.safetensors"), link);
}

const chunkName = (chunk: number): string => `${String(chunk).padStart(5, "0")}.json`;

async function readChunks(folder: string): Promise<Chunk[]> {
  const names = readdirSync(folder).filter((name) => /^\d{5}\.json$/.test(name));
  const chunks: Chunk[] = [];
  while (chunks.length < names.length && existsSync(path.join(folder, chunkName(chunks.length))))
    chunks.push(JSON.parse(await readFile(path.join(folder, chunkName(chunks.length)), "utf8")) as Chunk);
  return chunks;
}

function addTo(tasks: Record<string, RftCounts>, task: string, counts: RftCounts): void {
  tasks[task] = add(tasks[task] ?? noCounts(), counts);
}

function add(into: RftCounts, counts: RftCounts): RftCounts {
  for (const name of Object.keys(counts) as (keyof RftCounts)[]) into[name] += counts[name];
  return into;
}
