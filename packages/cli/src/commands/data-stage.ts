// `lemma data ingest`, `lemma data clean`, …: one stage of the pipeline by itself. A command for each stage, made from the stage.

import { anySettings, readSettings, runStage, type Stage, type StageProgress, type StageSummary } from "@lemma/data";
import type { Command } from "../command.ts";
import { EXECUTOR_FLAGS, executorFrom } from "../executor-flags.ts";
import { UsageError } from "../flags.ts";
import { optionsFrom, stageFlags } from "../stage-flags.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";

/** The command that runs one stage. */
export function stageCommand(stage: Stage): Command {
  const reads = stage.reads === "documents" || stage.reads === "run";
  const what = stage.reads === "run" ? "the run's folder" : "the folder of the stage before";
  return {
    name: `data ${stage.name}`,
    summary: stage.summary,
    about: stage.about,
    flags: {
      ...(reads ? { in: { help: what, value: "FOLDER" } } : {}),
      out: { help: "folder to write", value: "FOLDER" },
      ...stageFlags(stage),
      options: { help: "a YAML file with settings that have no flag; flags win over it", value: "FILE" },
      ...EXECUTOR_FLAGS,
      json: { help: "print the stage's summary as JSON" },
    },
    examples: [stage.example],
    async run({ flags, terminal, signal }) {
      const folder = flags.text("out");
      if (folder === undefined) throw new UsageError("--out is needed: the folder to write");
      const from = flags.text("in");
      if (reads && from === undefined) throw new UsageError(`--in is needed: ${what}`);
      const file = flags.text("options");
      const options = {
        ...(file === undefined ? {} : await readSettings(file, anySettings)),
        ...optionsFrom(stage, flags),
      };
      await using executor = executorFrom(flags);
      const summary = await runStage(stage, {
        options,
        ...(from === undefined ? {} : { from }),
        folder,
        executor,
        signal,
        onExpect: flags.on("json") ? undefined : (lines) => printExpected(terminal, lines),
        onProgress: (progress) => terminal.progress(progressText(progress)),
      });
      terminal.clearProgress();
      if (flags.on("json")) terminal.json(summary);
      else printCounts(terminal, [summary]);
      return 0;
    },
  };
}

/** One line of how far a stage is. */
export function progressText({ stage, phase, done, tasks, counts }: StageProgress): string {
  const sums = Object.entries(counts)
    .slice(0, 3)
    .map(([name, count]) => `${count} ${name.replaceAll("_", " ")}`);
  return [`${stage}: ${phase} ${done} of ${tasks}`, ...sums].join(", ");
}

/** What is to be expected of a stage, before it runs. */
export function printExpected(terminal: Terminal, lines: readonly string[]): void {
  terminal.clearProgress();
  for (const line of lines) terminal.line(line);
}

/** What finished stages counted, a row each. */
export function printCounts(
  terminal: Terminal,
  stages: readonly Pick<StageSummary, "stage" | "counts" | "digest">[],
): void {
  const rows = stages.map(({ stage, counts, digest }) => [
    stage,
    Object.entries(counts)
      .map(([name, count]) => `${name.replaceAll("_", " ")} ${count}`)
      .join(", "),
    digest.slice(0, 16),
  ]);
  terminal.write(table(["stage", "counts", "digest"], rows, []));
}
