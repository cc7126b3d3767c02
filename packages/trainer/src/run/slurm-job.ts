// `lemma train slurm`: the script of a job that trains a recipe on a Slurm cluster, is stopped by a signal before its time is up,
// and comes back to continue. Owns the script's text; starting ranks inside the job is launcher.ts's.

import { sbatchValue, shellWord } from "@lemma/data";
import { LemmaError } from "@lemma/protocol";
import { planRecipe } from "../recipe/resolve.ts";
import { askCapabilities } from "./capabilities.ts";
import { LAUNCHERS, type Launcher } from "./launcher.ts";
import { findPython } from "./python.ts";

export interface SlurmJobOptions {
  /** Recipe file; it, the repository and LEMMA_HOME must be on a file system that all nodes see. */
  recipe: string;
  /** The command that is `lemma` on the nodes, as words. */
  command: readonly string[];
  /** Default 1. */
  nodes?: number;
  /** GPUs a node; 0 (default) trains on CPUs. */
  gpus?: number;
  /** Ranks a node; default: the GPUs, or 1. */
  ranks?: number;
  /** CPU cores a rank; default 1, with GPUs 8. */
  cpus?: number;
  /** As sbatch reads them. */
  time?: string;
  partition?: string;
  account?: string;
  memory?: string;
  /** Seconds before the end at which Slurm sends the signal; default 180. */
  signalSeconds?: number;
  /** What starts the ranks; default: torchrun where the installed PyTorch's works, else srun. */
  launcher?: Launcher;
  /** `$LEMMA_HOME` of the job; default: that of this process. */
  home?: string;
}

/**
 * The script, for `sbatch`.
 * @throws LEMMA_E_RECIPE, LEMMA_E_FILE; LEMMA_E_OPTION where the ranks don't share the micro-batches of a step evenly.
 * @example await slurmJob({ recipe: "recipes/lemma-l.yaml", command: ["npx", "lemma"], nodes: 2, gpus: 8, time: "12:00:00" })
 */
export async function slurmJob(options: SlurmJobOptions): Promise<string> {
  const plan = await planRecipe(options.recipe);
  const { nodes = 1, gpus = 0 } = options;
  const ranks = options.ranks ?? (gpus || 1);
  const world = nodes * ranks;
  for (const [i, { batchTokens, microTokens }] of plan.stages.entries()) {
    const micros = batchTokens / microTokens;
    if (micros % world !== 0) {
      throw new LemmaError("LEMMA_E_OPTION", {
        option: "nodes",
        expected: `ranks that divide the ${micros} micro-batches of a step of stages[${i}] (batchTokens / microTokens)`,
        found: `${nodes} nodes x ${ranks} ranks = ${world}`,
      });
    }
  }
  const launcher = options.launcher ?? (await workingLauncher());
  if (!LAUNCHERS.includes(launcher)) {
    throw new LemmaError("LEMMA_E_OPTION", { option: "launcher", expected: LAUNCHERS.join(" or "), found: launcher });
  }
  return jobScript({ ...options, nodes, gpus, ranks, launcher, name: plan.name, recipe: plan.recipe });
}

/** torchrun where it starts a process with the installed PyTorch, else srun. */
async function workingLauncher(): Promise<Launcher> {
  const found = await findPython()
    .then((python) => askCapabilities(python, true))
    .catch(() => undefined);
  return found?.torchrun === "" ? "torchrun" : "srun";
}

interface JobScript extends SlurmJobOptions {
  name: string;
  nodes: number;
  gpus: number;
  ranks: number;
  launcher: Launcher;
}

/** The script's text. Every rank is a task of the job, so that srun's steps find room for all of them. */
export function jobScript(job: JobScript): string {
  const settings: [string, string | number | undefined][] = [
    ["job-name", job.name],
    ["nodes", job.nodes],
    ["ntasks-per-node", job.ranks],
    ["cpus-per-task", job.cpus ?? (job.gpus > 0 ? 8 : 1)],
    ["gpus-per-node", job.gpus || undefined],
    ["time", job.time],
    ["partition", job.partition],
    ["account", job.account],
    ["mem", job.memory],
    ["output", `${job.name}-%j.log`],
    ["open-mode", "append"],
    // To the script alone: it passes the wish on, and training saves a checkpoint first.
    ["signal", `B:USR1@${job.signalSeconds ?? 180}`],
  ];
  const home = job.home ?? process.env.LEMMA_HOME;
  return `#!/bin/bash
# Trains ${job.name} on ${job.nodes} x ${job.ranks} ranks and comes back until it is done: sbatch THIS
${settings.flatMap(([name, value]) => (value === undefined ? [] : [`#SBATCH --${name}=${sbatchValue(String(value))}`])).join("\n")}
#SBATCH --requeue
set -u
${home ? `export LEMMA_HOME=${shellWord(home)}\n` : ""}export LEMMA_LAUNCHER=${job.launcher} LEMMA_NODES=${job.nodes} LEMMA_RANKS_PER_NODE=${job.ranks}
# The script runs on the first node, and so does rank 0.
export MASTER_ADDR="$(hostname)" MASTER_PORT="$((20000 + SLURM_JOB_ID % 20000))"
again=0
stopped=0
stop() { # once: a second signal would end the training before it has saved
  [ "$stopped" = 1 ] || kill -TERM "$training" 2>/dev/null
  stopped=1
}
trap 'again=1; stop' USR1 # the time is nearly up: save, then come back
trap stop TERM            # preempted or cancelled: save; Slurm itself requeues what it preempts
${[...job.command, "train", job.recipe].map(shellWord).join(" ")} &
training=$!
while true; do
  wait "$training"
  code=$?
  kill -0 "$training" 2>/dev/null || break # a trap ends the wait before the training has ended
done
if [ "$again" = 1 ] && [ "$code" != 0 ]; then
  echo "stopped before the time was up (attempt \${SLURM_RESTART_COUNT:-0}); requeued" >&2
  trap '' TERM # what a requeue sends to the job's processes must not end scontrol before it has its answer
  scontrol requeue "$SLURM_JOB_ID" && exit 0
fi
exit "$code"
`;
}
