// How the ranks of a stage are started: by launch.py on this machine, or, in a job that `lemma train slurm` wrote, by srun or
// torchrun over the job's nodes. Owns the command lines; LEMMA_LAUNCHER says which.

import { LemmaError } from "@lemma/protocol";
import type { Python } from "./python.ts";

export const LAUNCHERS = ["srun", "torchrun"] as const;
export type Launcher = (typeof LAUNCHERS)[number];

/**
 * Program and arguments that start the ranks; `stage` are those of the Python side.
 * @throws LEMMA_E_OPTION where LEMMA_LAUNCHER is not one of LAUNCHERS, or is set outside of a job.
 */
export function rankCommand(
  python: Python,
  ranks: number,
  stage: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): [string, ...string[]] {
  const launcher = environment.LEMMA_LAUNCHER;
  if (!launcher) return [python.path, "-m", "lemma_trainer.launch", String(ranks), ...stage];
  const of = (name: string): string => {
    const value = environment[name];
    if (!value) {
      const expected = `a job with ${name} set, as \`lemma train slurm\` writes it`;
      throw new LemmaError("LEMMA_E_OPTION", { option: "LEMMA_LAUNCHER", expected, found: launcher });
    }
    return value;
  };
  const step = ["srun", "--kill-on-bad-exit=1", "--distribution=block"] as const;
  if (launcher === "srun") {
    const nodes = [`--nodes=${of("LEMMA_NODES")}`, `--ntasks-per-node=${of("LEMMA_RANKS_PER_NODE")}`];
    return [...step, ...nodes, python.path, "-m", "lemma_trainer.launch", "--slurm", ...stage];
  }
  if (launcher === "torchrun") {
    const agents = [`--nodes=${of("LEMMA_NODES")}`, "--ntasks-per-node=1"];
    const meeting = [
      `--nnodes=${of("LEMMA_NODES")}`,
      `--nproc_per_node=${of("LEMMA_RANKS_PER_NODE")}`,
      `--rdzv_id=${of("SLURM_JOB_ID")}`,
      "--rdzv_backend=c10d",
      `--rdzv_endpoint=${of("MASTER_ADDR")}:${of("MASTER_PORT")}`,
    ];
    return [
      ...step,
      ...agents,
      python.path,
      "-m",
      "torch.distributed.run",
      ...meeting,
      "-m",
      "lemma_trainer",
      ...stage,
    ];
  }
  throw new LemmaError("LEMMA_E_OPTION", {
    option: "LEMMA_LAUNCHER",
    expected: LAUNCHERS.join(" or "),
    found: launcher,
  });
}
