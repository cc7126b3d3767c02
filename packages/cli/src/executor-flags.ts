// Flags that say who runs a stage's tasks: processes here, or a Slurm cluster. Owns making the executor.

import { type Executor, LocalExecutor, SlurmExecutor } from "@lemma/data";
import { type Flags, type FlagValues, UsageError } from "./flags.ts";
import { repositoryPath } from "./places.ts";

const SLURM_FLAGS: Flags = {
  "slurm-partition": { help: "the partition", value: "NAME" },
  "slurm-time": { help: "limit of each rank, as sbatch reads it: 4:00:00", value: "TIME" },
  "slurm-memory": { help: "memory of each rank, as sbatch reads it: 8G", value: "SIZE" },
  "slurm-width": { help: "ranks of a phase at most (default 16)", value: "N", kind: "count" },
  "slurm-flags": { help: 'more for sbatch, with spaces between: "--account=lab --qos=low"', value: "FLAGS" },
};

export const EXECUTOR_FLAGS: Flags = {
  workers: { help: "processes (default: one a core)", value: "N", kind: "count" },
  executor: { help: "who runs the tasks: local, slurm (default local)", value: "NAME" },
  ...SLURM_FLAGS,
};

/** The executor that the flags ask for. Dispose of it at the end. Throws UsageError for flags of the other one. */
export function executorFrom(flags: FlagValues): Executor {
  const isSlurm = flags.choice("executor", ["local", "slurm"]) === "slurm";
  const stray = (isSlurm ? ["workers"] : Object.keys(SLURM_FLAGS)).find((name) => flags.text(name) !== undefined);
  if (stray !== undefined)
    throw new UsageError(
      isSlurm
        ? "--workers is for local processes; --slurm-width says how many ranks run"
        : `--${stray} needs --executor slurm`,
    );
  if (!isSlurm) return new LocalExecutor(flags.number("workers"));
  return new SlurmExecutor({
    command: [process.execPath, repositoryPath("packages", "cli", "bin", "lemma.mjs")],
    partition: flags.text("slurm-partition"),
    time: flags.text("slurm-time"),
    memory: flags.text("slurm-memory"),
    width: flags.number("slurm-width"),
    flags: flags
      .text("slurm-flags")
      ?.split(/\s+/)
      .filter((word) => word !== ""),
  });
}
