// Rows of `lemma bench engine` about many requests at once, each a share and better when lower:
//   prefix-reuse   requests share a long beginning: median time to the first token of the later ones over that of the first
//   mixed-gap      long prompts arrive while others generate: 99.9th percentile of the gap between tokens over the median without
//   step-overhead  what a step takes beside its forward pass (drawing, detokenising, handing over to JavaScript and what that
//                  does there) as a share of the step
// Owns what a run measures; engine.json has the sizes. Peers have no such counters: the first row's baseline is ourselves without reuse.

import { performance } from "node:perf_hooks";
import { loadModel, type Model } from "@lemma/engine";
import type { EngineRowSpec } from "./engine.ts";
import { type RunningParticipant, spawnParticipant } from "./participant-process.ts";
import { type ModelShape, randomModel } from "./random-model.ts";
import { type BenchRow, benchRow, median } from "./row.ts";

export type LoadKind = "prefix-reuse" | "mixed-gap" | "step-overhead";

const RUNS = 5;
/** Tokens that a request has behind the shared beginning. */
const OWN_TOKENS = 16;
/** Requests of a baseline's run: each computes the whole prompt. */
const BASELINE_REQUESTS = 4;
/** Tokens of a stream's own prompt, and those that it makes before anything is measured. */
const STREAM_PROMPT = 32;
const WARM_UP_TOKENS = 24;
/** Gaps of each stream without prompts. */
const CALM_TOKENS = 64;

export const LOAD_ROWS: Readonly<
  Record<LoadKind, (row: EngineRowSpec, shape: ModelShape, note: (text: string) => void) => Promise<BenchRow>>
> = { "prefix-reuse": prefixReuse, "mixed-gap": mixedGap, "step-overhead": stepOverhead };

async function prefixReuse(row: EngineRowSpec, shape: ModelShape, note: (text: string) => void): Promise<BenchRow> {
  const contextLength = row.prompt + OWN_TOKENS + 16;
  const settings = { modelPath: await randomModel(shape), sequences: row.sequences, contextLength };
  using ours = await spawnParticipant("lemma", settings);
  using baseline = await spawnParticipant("lemma", { ...settings, prefixCacheBytes: 0 });
  const tokens = tokenMaker(shape.vocabulary);
  await ours.run([tokens(STREAM_PROMPT)], 8);
  await baseline.run([tokens(STREAM_PROMPT)], 8);
  const runs = { ours: [] as number[], baseline: [] as number[] };
  for (let run = 0; run < RUNS; run++) {
    runs.ours.push(await laterOverFirst(ours, tokens, row.prompt, row.sequences));
    runs.baseline.push(await laterOverFirst(baseline, tokens, row.prompt, BASELINE_REQUESTS));
    note(
      `${row.row}: run ${run + 1} of ${RUNS}, ${runs.ours.at(-1)!.toFixed(4)}, ${runs.baseline.at(-1)!.toFixed(3)} without`,
    );
  }
  const measured = { kind: row.kind, ...shape, requests: row.sequences, shared: row.prompt, own: OWN_TOKENS };
  return shareRow(row, { ...measured, baselineRequests: BASELINE_REQUESTS }, runs.ours, { baseline: runs.baseline });
}

/** One request after the other, with a fresh beginning that they share. */
async function laterOverFirst(
  participant: RunningParticipant,
  tokens: (count: number) => Uint32Array,
  shared: number,
  requests: number,
): Promise<number> {
  const beginning = tokens(shared);
  const times: number[] = [];
  for (let request = 0; request < requests; request++) {
    times.push(await participant.run([Uint32Array.of(...beginning, ...tokens(OWN_TOKENS))], 1));
  }
  return median(times.slice(1)) / times[0]!;
}

async function mixedGap(row: EngineRowSpec, shape: ModelShape, note: (text: string) => void): Promise<BenchRow> {
  const runs: number[] = [];
  const contextLength = row.prompt + 16;
  await using model = await loadModel({
    modelPath: await randomModel(shape),
    contextLength,
    maxSequences: row.sequences + 1,
  });
  const tokens = tokenMaker(shape.vocabulary);
  for (let run = 0; run < RUNS; run++) {
    const calm: number[] = [];
    const mixed: number[] = [];
    const total = WARM_UP_TOKENS + CALM_TOKENS + row.new;
    let haveBegun = 0;
    let isOver = false;
    const streams = Array.from({ length: row.sequences }, async (_, i) => {
      let made = 0;
      await eachToken(model, tokens(STREAM_PROMPT), total, i, (gap) => {
        made++;
        if (made === WARM_UP_TOKENS + CALM_TOKENS) haveBegun++;
        if (made > WARM_UP_TOKENS) (made <= WARM_UP_TOKENS + CALM_TOKENS ? calm : mixed).push(gap);
      });
      isOver = true;
    });
    const prompts = (async () => {
      while (haveBegun < row.sequences && !isOver) await new Promise((resolve) => setTimeout(resolve, 5));
      while (!isOver) await model.generate({ tokens: tokens(row.prompt) }, { maxTokens: 1 });
    })();
    await Promise.all([...streams, prompts]);
    runs.push(percentile(mixed, 0.999) / median(calm));
    note(
      `${row.row}: run ${run + 1} of ${RUNS}, ${runs.at(-1)!.toFixed(2)}, median gap ${median(calm).toFixed(1)} ms without prompts`,
    );
  }
  const { sequences: streams, prompt, new: gaps } = row;
  return shareRow(row, { kind: row.kind, ...shape, streams, prompt, gaps }, runs, {});
}

/** Generates and tells the milliseconds before each token; tokens whose text was held back share the gap of the one that ended it. */
async function eachToken(
  model: Model,
  prompt: Uint32Array,
  count: number,
  seed: number,
  hear: (gap: number) => void,
): Promise<void> {
  let last: number | undefined;
  for await (const event of model.stream(
    { tokens: prompt },
    { seed, maxTokens: count, logprobs: 0, ignoreEnd: true },
  )) {
    if (event.type !== "text-delta" && event.type !== "reasoning-delta") continue;
    const now = performance.now();
    const made = event.logprobs?.length ?? 1;
    for (let i = 0; i < made && last !== undefined; i++) hear((now - last) / made);
    last = now;
  }
}

async function stepOverhead(row: EngineRowSpec, shape: ModelShape, note: (text: string) => void): Promise<BenchRow> {
  const runs: number[] = [];
  const contextLength = row.prompt + row.new + 16;
  await using model = await loadModel({
    modelPath: await randomModel(shape),
    contextLength,
    maxSequences: row.sequences,
  });
  const tokens = tokenMaker(shape.vocabulary);
  for (let run = 0; run < RUNS; run++) {
    let begun = 0;
    let start: Snapshot | undefined;
    let end: Snapshot | undefined;
    await Promise.all(
      Array.from({ length: row.sequences }, async (_, i) => {
        let events = 0;
        for await (const event of model.stream(
          { tokens: tokens(row.prompt) },
          { seed: i, maxTokens: row.new, ignoreEnd: true },
        )) {
          if (event.type === "finish") end ??= snapshot(model);
          else if (++events === WARM_UP_TOKENS && ++begun === row.sequences) start = snapshot(model);
        }
      }),
    );
    if (!start || !end) throw new Error("the streams ended before all had begun");
    runs.push(
      (end.wall - start.wall - (end.forward - start.forward) + (end.active - start.active)) / (end.wall - start.wall),
    );
    note(`${row.row}: run ${run + 1} of ${RUNS}, ${runs.at(-1)!.toFixed(4)} of a step`);
  }
  const { sequences, prompt } = row;
  return shareRow(row, { kind: row.kind, ...shape, sequences, prompt, new: row.new }, runs, {});
}

/** Milliseconds until now: by the clock, in forward passes, and with JavaScript running (which may be beside a forward pass). */
interface Snapshot {
  wall: number;
  forward: number;
  active: number;
}

function snapshot(model: Model): Snapshot {
  const { active } = performance.eventLoopUtilization();
  return { wall: performance.now(), forward: 1000 * model.stats().forwardSeconds, active };
}

function shareRow(
  { row }: EngineRowSpec,
  settings: Record<string, unknown>,
  ours: readonly number[],
  peers: Record<string, readonly number[]>,
): BenchRow {
  return benchRow({ row, unit: "share", better: "lower", settings }, ours, peers, null);
}

/** The value that a share `q` of all values does not exceed. */
function percentile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)]!;
}

/** Random tokens, other ones at every call. */
function tokenMaker(vocabulary: number): (count: number) => Uint32Array {
  let state = 777;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 0x100000000) * Math.min(256, vocabulary));
  };
  return (count) => Uint32Array.from({ length: count }, next);
}
