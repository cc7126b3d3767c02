// `lemma bench engine`: generation speed beside the Node bindings of llama.cpp, programs that the user points to, or our own
// Q8_0, rows of engine.json. Owns what a run measures:
//   decode   sequences · (new − 1) tokens over T(new) − T(1), where T(k) is the time to make k tokens after each prompt:
//            what the prompts cost falls out, for everyone alike
//   prefill  prompt tokens over T(1)
// The rows about many requests at once are measured by engine-load.ts.
// Runs of ours and the peers alternate; prompts are fresh each time, so no cache of prompts helps anyone.

import { readFileSync } from "node:fs";
import os from "node:os";
import { LOAD_ROWS, type LoadKind } from "./engine-load.ts";
import { measureExecutable } from "./executables.ts";
import { machineLimit } from "./machine.ts";
import { type RunningParticipant, spawnParticipant } from "./participant-process.ts";
import { type ParticipantSettings, PEERS } from "./participants.ts";
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

const OWN_PEER = "lemma Q8_0";
const RUNS = 5;
const TRIAL_TOKENS = 17;
const TRIAL_SEQUENCES = 8;
const ATTEMPTS = 8;
// A rival with less than this share of the best one's speed is measured once.
const HOPELESS_SHARE = 0.4;

const spec = JSON.parse(readFileSync(new URL("engine.json", import.meta.url), "utf8")) as {
  models: Record<string, ModelShape>;
  mixtures: Record<string, DeepseekShape>;
  rows: EngineRowSpec[];
};

/** The ids of the rows, in order. */
export const engineRows: string[] = spec.rows.map(({ row }) => row);

/** What the user chose for a whole run of the benchmark. */
export interface EngineChoices {
  /** Threads of ours and the peers; without it ours takes its default and each peer the number at which it is fastest. */
  threads?: number;
  /** Paths of `llama-bench` or `llama-batched-bench` programs. */
  executables?: readonly string[];
}

/** Someone whose speed stands beside ours. */
interface Rival extends Disposable {
  name: string;
  threads: number | null;
  warmUp(): Promise<number>;
  speed(): Promise<number>;
}

/** Measures one row. A peer that can't be installed or started is an error. */
export async function measureEngineRow(
  id: string,
  note: (text: string) => void,
  { threads, executables = [] }: EngineChoices = {},
): Promise<BenchRow> {
  const row = spec.rows.find((entry) => entry.row === id)!;
  const shown = threads === undefined ? id : `${id}-t${threads}`;
  if (row.kind !== "decode" && row.kind !== "prefill") {
    if (threads !== undefined) process.env.LEMMA_THREADS = String(threads);
    return LOAD_ROWS[row.kind]({ ...row, row: shown }, spec.models[row.model]!, note);
  }
  const shape = spec.mixtures[row.model] ?? spec.models[row.model]!;
  const { kind, sequences, prompt, type = "Q8_0" } = row;
  const settings: ParticipantSettings = {
    modelPath: await modelPath(row.model, type),
    sequences,
    contextLength: prompt + row.new + 16,
    ...(threads === undefined ? {} : { threads }),
  };
  const prompts = promptMaker(row, shape.vocabulary);
  using ours = await spawnParticipant("lemma", settings);
  using stack = new DisposableStack();
  const rivals: Rival[] = [];
  if (type === "Q8_0") {
    for (const name of PEERS) rivals.push(stack.use(await startPeer(name, settings, row, prompts, note)));
    for (const program of executables) {
      const rival = await executable(program, {
        ...row,
        kind,
        ...settings,
        threads: threads ?? os.availableParallelism(),
      });
      if (rival !== undefined) rivals.push(rival);
    }
  } else {
    const own = stack.use(await spawnParticipant("lemma", { ...settings, modelPath: await modelPath(row.model) }));
    const speed = (): Promise<number> => measure(own, row, prompts);
    const warmUp = (): Promise<number> => measure(own, trialOf(row), prompts);
    rivals.push({ name: OWN_PEER, threads: threads ?? null, warmUp, speed, [Symbol.dispose]() {} });
  }
  await measure(ours, trialOf(row), prompts);
  for (const { warmUp } of rivals) await warmUp();
  const runs = { ours: [] as number[], peers: Object.fromEntries(rivals.map(({ name }) => [name, [] as number[]])) };
  // A rival that is hopeless here is measured once: its runs may take minutes and decide nothing.
  const firstOf = (name: string): number => runs.peers[name]![0]!;
  const isHopeless = (name: string): boolean =>
    runs.peers[name]!.length > 0 &&
    firstOf(name) < HOPELESS_SHARE * Math.max(...rivals.map((rival) => firstOf(rival.name)));
  const floors: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const before = floorOf(row, threads);
    runs.ours.push(await measure(ours, row, prompts));
    if (before !== null) floors.push((before + floorOf(row, threads)!) / 2);
    const once = new Set(run === 0 ? [] : rivals.map(({ name }) => name).filter(isHopeless));
    for (const { name, speed } of rivals) if (!once.has(name)) runs.peers[name]!.push(await speed());
    const speeds = rivals.map(({ name }) => `, ${name} ${runs.peers[name]!.at(-1)!.toFixed(0)}`).join("");
    note(`${shown}: run ${run + 1} of ${RUNS}, ours ${runs.ours.at(-1)!.toFixed(0)}${speeds} tokens/s`);
  }
  const peerThreads = Object.fromEntries(rivals.map((rival) => [rival.name, rival.threads]));
  const once = rivals.map(({ name }) => name).filter(isHopeless);
  const measured = {
    kind,
    ...shape,
    type,
    sequences,
    prompt,
    new: row.new,
    threads: threads ?? null,
    peerThreads,
    once,
  };
  const head = { row: shown, unit: "tokens/s", better: "higher", settings: measured } as const;
  return benchRow(head, runs.ours, runs.peers, floors.length === 0 ? null : floors, executables);
}

/** A hopeless thread count is recognised by a few tokens of a few sequences. */
const trialOf = (row: EngineRowSpec): EngineRowSpec => ({
  ...row,
  new: Math.min(row.new, TRIAL_TOKENS),
  sequences: Math.min(row.sequences, TRIAL_SEQUENCES),
});

async function startPeer(
  name: string,
  settings: ParticipantSettings,
  row: EngineRowSpec,
  prompts: () => Uint32Array[],
  note: (text: string) => void,
): Promise<Rival> {
  const trial = trialOf(row);
  const threads =
    settings.threads ?? (await bestThreads(name, settings, (peer) => measure(peer, trial, prompts), note));
  const spawn = (): Promise<RunningParticipant> => spawnParticipant(name, { ...settings, threads });
  let peer = await spawn();
  // One peer now and then ends a reply early, or its process; such a run says nothing and is made again by a new process.
  const patiently = async (job: EngineRowSpec): Promise<number> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await measure(peer, job, prompts);
      } catch (problem) {
        if (attempt === ATTEMPTS) throw problem;
        note(`${name}: run made again, ${problem instanceof Error ? problem.message : problem}`);
        peer[Symbol.dispose]();
        peer = await spawn();
      }
    }
  };
  const [warmUp, speed] = [() => patiently(trial), () => patiently(row)];
  return { name, threads, warmUp, speed, [Symbol.dispose]: () => peer[Symbol.dispose]() };
}

/** A program of the user's as a rival; undefined where it has no figure for such a row. */
async function executable(program: string, job: Parameters<typeof measureExecutable>[1]): Promise<Rival | undefined> {
  if ((await measureExecutable(program, job)) === undefined) return undefined;
  const speed = async (): Promise<number> => (await measureExecutable(program, job))!;
  const warmUp = async (): Promise<number> => 0; // such programs warm up by themselves
  return { name: program, threads: job.threads, warmUp, speed, [Symbol.dispose]() {} };
}

async function measure(
  participant: RunningParticipant,
  row: EngineRowSpec,
  prompts: () => Uint32Array[],
): Promise<number> {
  const batch = (): Uint32Array[] => prompts().slice(0, row.sequences);
  const first = await participant.run(batch(), 1);
  if (row.kind === "prefill") return (1000 * row.sequences * row.prompt) / first;
  const all = await participant.run(batch(), row.new);
  return (1000 * row.sequences * (row.new - 1)) / Math.max(all - first, 1e-3);
}

/** The thread count at which a peer is fastest, of one, half and all of the cores. */
async function bestThreads(
  name: string,
  settings: ParticipantSettings,
  speed: (participant: RunningParticipant) => Promise<number>,
  note: (text: string) => void,
): Promise<number> {
  const cores = os.availableParallelism();
  let best = { threads: cores, speed: 0 };
  for (const threads of new Set([1, Math.ceil(cores / 2), cores])) {
    using peer = await spawnParticipant(name, { ...settings, threads });
    const found = await speed(peer);
    note(`${name} with ${threads} thread${threads === 1 ? "" : "s"}: ${found.toFixed(0)} tokens/s`);
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

/**
 * The machine's limit at this moment. bandwidth: every weight is read once a token; int8: two operations a weight and token, of a
 * mixture's experts those that are used.
 */
function floorOf(row: EngineRowSpec, threads?: number): number | null {
  if (row.floor === null) return null;
  const mixture = spec.mixtures[row.model];
  const dense = mixture === undefined ? modelSize(spec.models[row.model]!, row.type) : undefined;
  const { active, bytes } = dense ? { active: dense.parameters, bytes: dense.bytes } : deepseekSize(mixture!);
  if (row.floor === "bandwidth") return (machineLimit("readGBs", threads) * 1e9) / bytes;
  return (machineLimit("int8Gops", threads) * 1e9) / (2 * active);
}
