// What the installed PyTorch can do, asked of it: trainer/lemma_trainer/plans.py probes, this file reads the answer.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { LemmaError } from "@lemma/protocol";
import type { PlanName } from "./memory.ts";
import type { Python } from "./python.ts";
import { TRAINER_FOLDER } from "./rank-process.ts";

/** A reason is empty where it can. */
export interface Capabilities {
  torch: string;
  gpus: { name: string; bytes: number }[];
  plans: Record<PlanName, string>;
  compile: string;
  fusedAttention: string;
  /** Measured operations a second of one process's bfloat16 and float32 products on the CPU, one thread. */
  peakFlops: { bfloat16: number; float32: number };
  /** Only where it was asked for. */
  torchrun?: string;
}

/** @throws LEMMA_E_TRAINING with Python's last words. */
export async function askCapabilities(python: Python, withTorchrun = false): Promise<Capabilities> {
  const command = ["-m", "lemma_trainer", "capabilities", ...(withTorchrun ? ["--torchrun"] : [])];
  try {
    const { stdout } = await promisify(execFile)(python.path, command, {
      cwd: TRAINER_FOLDER,
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1", OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
      timeout: 180_000,
    });
    return JSON.parse(stdout) as Capabilities;
  } catch (cause) {
    const { stderr, message } = cause as { stderr?: string; message: string };
    const problem = `PyTorch's abilities can't be asked: ${(stderr || message).trim().split("\n").at(-1)}`;
    throw new LemmaError("LEMMA_E_TRAINING", { problem }, { cause });
  }
}
