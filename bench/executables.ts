// Programs that the user points to as peers: llama.cpp's `llama-bench` and `llama-batched-bench`, and forks of them that take the
// same flags. Owns how they are called and what is read from them; they time themselves, so their runs stand between ours.

import { execFile } from "node:child_process";
import { basename } from "node:path";
import { promisify } from "node:util";
import { LemmaError } from "@lemma/protocol";

/** What a program is asked for; the fields of a row of engine.json. */
export interface ExecutableJob {
  kind: "decode" | "prefill";
  modelPath: string;
  sequences: number;
  prompt: number;
  new: number;
  threads: number;
}

const run = promisify(execFile);

/**
 * Tokens a second of one run; undefined where this program has no such figure (llama-bench knows one sequence).
 * @throws LEMMA_E_INTERNAL where it can't be started or prints no such figure.
 */
export async function measureExecutable(program: string, job: ExecutableJob): Promise<number | undefined> {
  const isBatched = basename(program).includes("batched");
  if (!isBatched && job.sequences > 1) return undefined;
  const args = isBatched ? batchedFlags(job) : singleFlags(job);
  let output: string;
  try {
    ({ stdout: output } = await run(program, args, { maxBuffer: 1 << 26 }));
  } catch (cause) {
    throw problem(`${program} ${args.join(" ")} failed`, cause);
  }
  const speed = isBatched ? batchedSpeed(output, job.kind) : singleSpeed(output);
  if (!(speed !== undefined && speed > 0)) throw problem(`${program} printed no speed: ${output.slice(0, 200)}`);
  return speed;
}

const problem = (text: string, cause?: unknown): LemmaError =>
  new LemmaError("LEMMA_E_INTERNAL", { problem: text }, { cause });

const singleFlags = ({ kind, modelPath, prompt, new: count, threads }: ExecutableJob): string[] => [
  ...["-m", modelPath, "-t", `${threads}`, "-ngl", "0", "-r", "1", "-o", "json"],
  ...["-p", `${kind === "prefill" ? prompt : 0}`, "-n", `${kind === "prefill" ? 0 : count}`],
];

const batchedFlags = ({ modelPath, sequences, prompt, new: count, threads }: ExecutableJob): string[] => [
  ...["-m", modelPath, "-t", `${threads}`, "-ngl", "0", "-c", `${sequences * (prompt + count + 16)}`],
  ...["-npp", `${prompt}`, "-ntg", `${count}`, "-npl", `${sequences}`, "--output-format", "jsonl"],
];

/** `llama-bench -o json` prints a list of tests with `avg_ts`. */
function singleSpeed(output: string): number | undefined {
  const tests = parsed(output.slice(Math.max(0, output.indexOf("[")))) as { avg_ts?: number }[] | undefined;
  return Array.isArray(tests) ? tests[0]?.avg_ts : undefined;
}

/** `llama-batched-bench --output-format jsonl` prints a line a case with `speed_pp` and `speed_tg`, all sequences together. */
function batchedSpeed(output: string, kind: ExecutableJob["kind"]): number | undefined {
  const line = output.split("\n").find((one) => one.trimStart().startsWith("{"));
  const found = parsed(line ?? "") as { speed_pp?: number; speed_tg?: number } | undefined;
  return kind === "prefill" ? found?.speed_pp : found?.speed_tg;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
