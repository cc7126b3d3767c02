// Runs one training stage as Python processes and turns their JSON lines into events. Owns the processes' end: a cancelled
// or failed stage leaves none behind. The number of ranks and their environment are decided here and in launch.py.

import { spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { LemmaError } from "@lemma/protocol";
import { rankCommand } from "./launcher.ts";
import type { Python } from "./python.ts";

/** The folder that holds the Python package. */
export const TRAINER_FOLDER: string = fileURLToPath(new URL("../../../../trainer", import.meta.url));

/** A line of metrics.jsonl. */
export interface MetricsEvent {
  event: "metrics";
  stage: number;
  step: number;
  tokens: number;
  lossTokens: number;
  loss: number;
  learningRate: number;
  gradNorm: number;
  tokensPerSecond: number;
  /** Share of the measured matmul peak. */
  mfu?: number;
  padding?: number;
  secondsLeft: number;
  time: number;
}

/** The exact-trace check: rows whose every learned token was the first choice. */
export interface CheckEvent {
  event: "check";
  step: number;
  rows: number;
  right: number;
  families: Record<string, CheckedFamily>;
}

/** Rows of a family by cell, and its most frequent first wrong tokens. */
export interface CheckedFamily {
  rows: number;
  right: number;
  cells?: Record<string, { rows: number; right: number }>;
  first?: { count: number; expected: string; got: string; context: string }[];
}

export type TrainerEvent =
  | {
      event: "start";
      stage: number;
      step: number;
      lastStep: number;
      ranks: number;
      layout: string;
      kernels: string;
      whyPlain: string;
      parameters: number;
      /** FLOPs that the loss needs for a token, and FLOP/s of the ranks' matrix products, measured at the start. */
      flopsPerToken?: number;
      peakFlops?: number;
    }
  | MetricsEvent
  | CheckEvent
  | { event: "checkpoint"; step: number; path: string }
  | { event: "warning"; step: number; message: string }
  | { event: "error"; message: string }
  | { event: "stopped"; step: number }
  | { event: "done"; stage: number; step: number; tokens: number };

export interface StageProcessOptions {
  python: Python;
  /** config.json of the run. */
  config: string;
  stage: number;
  /** Micro-batches of an optimiser step: ranks must divide it. */
  micros: number;
  signal?: AbortSignal;
  onEvent?: (event: TrainerEvent) => void;
}

/** Ranks for a stage: one a GPU, else one a core, at most so many that each has the same number of micro-batches. */
export function rankCount(micros: number, python: Python, cores: number = availableParallelism()): number {
  let ranks = Math.min(micros, python.gpus || cores);
  while (micros % ranks !== 0) ranks--;
  return ranks;
}

/**
 * Trains one stage to its end, continuing its newest checkpoint.
 * @throws LEMMA_E_ABORTED (the signal came; a checkpoint was written), LEMMA_E_TRAINING (with Python's last words).
 */
export async function runStage(options: StageProcessOptions): Promise<void> {
  options.signal?.throwIfAborted();
  const ranks = rankCount(options.micros, options.python);
  const [program, ...command] = rankCommand(options.python, ranks, [options.config, "--stage", String(options.stage)]);
  const child = spawn(program, command, {
    cwd: TRAINER_FOLDER,
    env: { ...process.env, PYTHONUNBUFFERED: "1", PYTHONDONTWRITEBYTECODE: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true, // Ctrl-C reaches us; we pass it on once
  });
  let lastWords = "";
  let fault = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    lastWords = (lastWords + text).slice(-4000);
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    const event = parseEvent(line);
    if (event?.event === "error") fault ||= event.message;
    if (event) options.onEvent?.(event);
  });
  // srun makes a SIGKILL of a SIGTERM: ranks in a job look for a file.
  const stopFile = path.join(path.dirname(options.config), "stop");
  rmSync(stopFile, { force: true });
  const stop = (): void => {
    if (process.env.LEMMA_LAUNCHER) writeFileSync(stopFile, "");
    else child.kill("SIGTERM");
  };
  options.signal?.addEventListener("abort", stop, { once: true });
  try {
    const code = await new Promise<number | string>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (exit, signal) => resolve(exit ?? signal ?? "unknown"));
    });
    if (options.signal?.aborted) throw new LemmaError("LEMMA_E_ABORTED");
    if (code === 0) return;
    const problem =
      fault ||
      (code === 3 ? "the training was stopped by a signal" : lastWords.trim().split("\n").slice(-3).join(" | "));
    throw new LemmaError("LEMMA_E_TRAINING", { problem: `stage ${options.stage} ended with ${code}: ${problem}` });
  } finally {
    options.signal?.removeEventListener("abort", stop);
    rmSync(stopFile, { force: true });
    if (child.exitCode === null) child.kill("SIGKILL");
  }
}

/** A line of the protocol, or undefined for anything else that a library may print. */
function parseEvent(line: string): TrainerEvent | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && "event" in value ? (value as TrainerEvent) : undefined;
  } catch {
    return undefined;
  }
}
