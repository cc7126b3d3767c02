// `lemma bench engine`: generation speed beside node-llama-cpp or our own Q8_0, rows of engine.json. Owns what a run measures:
//   decode   sequences · (new − 1) tokens over T(new) − T(1), where T(k) is the time to make k tokens after each prompt:
//            what the prompts cost falls out, for everyone alike
//   prefill  prompt tokens over T(1)
// The rows about many requests at once are measured by engine-load.ts.
// Runs of ours and the peer alternate; prompts are fresh each time, so no cache of prompts helps anyone.

import { readFileSync } from "node:fs";
import os from "node:os";
import { LOAD_ROWS, type LoadKind } from "./engine-load.ts";
import type { MachineRow } from "./machine.ts";
import { type RunningParticipant, spawnParticipant } from "./participant-process.ts";
import type { ParticipantSettings } from "./participants.ts";
import { type DeepseekShape, deepseekSize, randomDeepseek } from "./random-deepseek.ts";
import { type MatrixType, type ModelShape, modelSize, randomModel } from "./random-model.ts";
import { type BenchRow, benchRow } from "./row.ts";

export interface EngineRowSpec {
  row: string;
  kind: "decode" | "prefill" | LoadKind;
  model: string;
  sequences: number;
  prompt: number;
  new: number;
  floor: "bandwidth" | "int8" | null;
  /** Type of the matrices; default Q8_0. Another type is compared with our own Q8_0. */
  type?: MatrixType;
}

const PEER = "node-llama-cpp";
const OWN_PEER = "lemma Q8_0";
const RUNS = 5;
const TRIAL_TOKENS = 17;

const spec = JSON.parse(readFileSync(new URL("engine.json", import.meta.url), "utf8")) as {
  models: Record<string, ModelShape>;
  mixtures: Record<string, DeepseekShape>;
  rows: EngineRowSpec[];
};

/** The ids of the rows, in order. */
export const engineRows: string[] = spec.rows.map(({ row }) => row);

/** Measures one row. A peer that can't be installed or started is an error. */
export async function measureEngineRow(
  id: string,
  machine: MachineRow,
  note: (text: string) => void,
): Promise<BenchRow> {
  const row = spec.rows.find((entry) => entry.row === id)!;
  if (row.kind !== "decode" && row.kind !== "prefill") return LOAD_ROWS[row.kind](row, spec.models[row.model]!, note);
  const shape = spec.mixtures[row.model] ?? spec.models[row.model]!;
  const type = row.type ?? "Q8_0";
  const settings = {
    modelPath: await modelPath(row.model, type),
    sequences: row.sequences,
    contextLength: row.prompt + row.new + 16,
  };
  const prompts = promptMaker(row, shape.vocabulary);
  // A hopeless thread count is recognised by a few tokens.
  const trial = { ...row, new: Math.min(row.new, TRIAL_TOKENS) };
  const isOwn = type !== "Q8_0";
  const name = isOwn ? OWN_PEER : PEER;
  const peerSettings: ParticipantSettings = isOwn
    ? { ...settings, modelPath: await modelPath(row.model) }
    : { ...settings, threads: await bestThreads(settings, (peer) => measure(peer, trial, prompts), note) };
  using ours = await spawnParticipant("lemma", settings);
  using peer = await spawnParticipant(isOwn ? "lemma" : PEER, peerSettings);
  const runs = { ours: [] as number[], peer: [] as number[] };
  // Warm-up.
  await measure(ours, trial, prompts);
  await measure(peer, trial, prompts);
  for (let run = 0; run < RUNS; run++) {
    runs.ours.push(await measure(ours, row, prompts));
    runs.peer.push(await measure(peer, row, prompts));
    note(
      `${id}: run ${run + 1} of ${RUNS}, ours ${runs.ours.at(-1)!.toFixed(0)}, ${name} ${runs.peer.at(-1)!.toFixed(0)} tokens/s`,
    );
  }
  const { kind, sequences, prompt } = row;
  const peerThreads = peerSettings.threads ?? null;
  const measured = { kind, ...shape, type, sequences, prompt, new: row.new, peerThreads };
  const head = { row: id, unit: "tokens/s", better: "higher", settings: measured } as const;
  return benchRow(head, runs.ours, { [name]: runs.peer }, floorOf(row, machine));
}

async function measure(
  participant: RunningParticipant,
  row: EngineRowSpec,
  prompts: () => Uint32Array[],
): Promise<number> {
  const first = await participant.run(prompts(), 1);
  if (row.kind === "prefill") return (1000 * row.sequences * row.prompt) / first;
  const all = await participant.run(prompts(), row.new);
  return (1000 * row.sequences * (row.new - 1)) / Math.max(all - first, 1e-3);
}

/** The thread count at which the peer is fastest, of one, half and all of the cores. */
async function bestThreads(
  settings: { modelPath: string; sequences: number; contextLength: number },
  speed: (participant: RunningParticipant) => Promise<number>,
  note: (text: string) => void,
): Promise<number> {
  const cores = os.availableParallelism();
  let best = { threads: cores, speed: 0 };
  for (const threads of new Set([1, Math.ceil(cores / 2), cores])) {
    using peer = await spawnParticipant(PEER, { ...settings, threads });
    const found = await speed(peer);
    note(`${PEER} with ${threads} thread${threads === 1 ? "" : "s"}: ${found.toFixed(0)} tokens/s`);
    if (found > best.speed) best = { threads, speed: found };
  }
  return best.threads;
}

/** Prompts of random byte tokens, other ones at every call. */
function promptMaker(row: EngineRowSpec, vocabulary: number): () => Uint32Array[] {
  let state = 12345;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 0x100000000) * Math.min(256, vocabulary));
  };
  return () => Array.from({ length: row.sequences }, () => Uint32Array.from({ length: row.prompt }, next));
}

/** The file of a model of engine.json, made if it is not there. */
function modelPath(model: string, type?: MatrixType): Promise<string> {
  const mixture = spec.mixtures[model];
  return mixture === undefined ? randomModel(spec.models[model]!, type) : randomDeepseek(mixture);
}

/** bandwidth: every weight is read once a token; int8: two operations a weight and token, of a mixture's experts those that are used. */
function floorOf(row: EngineRowSpec, machine: MachineRow): number | null {
  const mixture = spec.mixtures[row.model];
  const dense = mixture === undefined ? modelSize(spec.models[row.model]!, row.type) : undefined;
  const { active, bytes } = dense ? { active: dense.parameters, bytes: dense.bytes } : deepseekSize(mixture!);
  if (row.floor === "bandwidth") return (machine.readGBs * 1e9) / bytes;
  return row.floor === "int8" ? (machine.int8Gops * 1e9) / (2 * active) : null;
}
