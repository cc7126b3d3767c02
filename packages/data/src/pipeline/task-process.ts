// A process that runs the tasks it is told to, one after another. Owns the messages; run-task.ts does the work.

import { LemmaError } from "@lemma/protocol";
import { stageByName } from "../stages/stages.ts";
import type { TaskOrder, TaskReport } from "./local-executor.ts";
import { runTask } from "./run-task.ts";
import { StageFolder } from "./stage-folder.ts";

const say = (report: TaskReport): void => {
  process.send?.(report, () => {}); // who asked may be gone
};

process.on("disconnect", () => process.exit(0));
process.on("SIGINT", () => {}); // Ctrl-C goes to the whole group; whoever asked ends this process

const folders = new Map<string, StageFolder>();

function folderAt(path: string): StageFolder {
  const folder = folders.get(path) ?? new StageFolder(path);
  folders.set(path, folder);
  return folder;
}

process.on("message", async ({ folder, stage, phase, task }: TaskOrder) => {
  try {
    let told = 0;
    const marker = await runTask(stageByName(stage), folderAt(folder), phase, task, (done) => {
      if (performance.now() - told < 100) return;
      told = performance.now();
      say({ kind: "progress", done });
    });
    say({ kind: "done", marker });
  } catch (error) {
    const known = LemmaError.isInstance(error) ? { code: error.code, details: { ...error.details } } : {};
    say({ kind: "error", ...known, message: String((error as Error).stack ?? error) });
  }
});
