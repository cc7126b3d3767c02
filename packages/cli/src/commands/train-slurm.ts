// `lemma train slurm`: prints the script of a Slurm job. Owns flags; packages/trainer writes the script.

import { LAUNCHERS, slurmJob } from "@lemma/trainer";
import type { Command } from "../command.ts";
import { type FlagValues, UsageError } from "../flags.ts";

export const trainSlurm: Command = {
  name: "train slurm",
  summary: "Print an sbatch script that trains a recipe on a Slurm cluster",
  arguments: "RECIPE",
  positionals: 1,
  about:
    "The job makes the data on its first node and trains over all ranks of all nodes. Before its time is up Slurm sends a signal:\n" +
    "a checkpoint is saved, the job is requeued and continues. Preempted jobs do the same. Recipe, repository and LEMMA_HOME must\n" +
    "be on a file system that all nodes see. Submit with: lemma train slurm RECIPE | sbatch",
  flags: {
    nodes: { help: "nodes (default 1)", value: "N", kind: "count" },
    gpus: { help: "GPUs a node, one rank each (default 0: CPUs)", value: "N", kind: "count" },
    ranks: { help: "ranks a node (default: the GPUs, or 1)", value: "N", kind: "count" },
    cpus: { help: "CPU cores a rank (default 1, with GPUs 8)", value: "N", kind: "count" },
    time: { help: "time limit as sbatch reads it, such as 12:00:00", value: "TIME" },
    partition: { help: "partition", value: "NAME" },
    account: { help: "account", value: "NAME" },
    memory: { help: "memory a node, such as 200G", value: "SIZE" },
    "signal-seconds": { help: "seconds before the end to save and requeue (default 180)", value: "N", kind: "count" },
    launcher: { help: `${LAUNCHERS.join(" or ")} (default: torchrun where it works here)`, value: "NAME" },
    json: { help: "print {script}" },
  },
  examples: [
    {
      line: "lemma train slurm recipes/lemma-l.yaml --nodes 2 --gpus 8 --time 12:00:00 | sbatch",
      shows: "Submitted batch job 4711",
    },
  ],
  async run({ flags, positionals, terminal }) {
    const [recipe] = positionals;
    if (recipe === undefined) throw new UsageError("a recipe is needed, such as recipes/lemma-l.yaml");
    const launcher = flags.choice("launcher", LAUNCHERS);
    const script = await slurmJob({
      recipe,
      command: [process.execPath, process.argv[1]!],
      ...numbers(flags, "nodes", "gpus", "ranks", "cpus"),
      ...texts(flags, "time", "partition", "account", "memory"),
      ...(launcher === undefined ? {} : { launcher }),
      ...(flags.number("signal-seconds") === undefined ? {} : { signalSeconds: flags.number("signal-seconds")! }),
    });
    if (flags.on("json")) terminal.json({ script });
    else terminal.write(script);
    return 0;
  },
};

const numbers = (flags: FlagValues, ...names: string[]): Record<string, number> =>
  Object.fromEntries(names.flatMap((name) => (flags.number(name) === undefined ? [] : [[name, flags.number(name)!]])));

const texts = (flags: FlagValues, ...names: string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (flags.text(name) === undefined ? [] : [[name, flags.text(name)!]])));
