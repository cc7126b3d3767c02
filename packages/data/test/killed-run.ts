// Runs a data recipe in a process of its own and kills it, or one of its workers, at a moment that was drawn. Owns the moments and the
// comparison of folders.

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { DataRecipe } from "../src/pipeline/recipe.ts";
import { sfc32 } from "../src/shards/seeded-shuffle.ts";

/** When and whom: so many milliseconds after a stage (its number, from 1) began. */
export interface KillMoment {
  stage: number;
  after: number;
  victim: "worker" | "run";
}

/** The seed of a test's moments: LEMMA_TEST_SEED, else one of the clock. Print it: it makes the same moments again. */
export const momentSeed = (): number => Number(process.env.LEMMA_TEST_SEED || Date.now() % 1_000_000);

/** `count` moments over a whole run, of the stages' durations in milliseconds; workers and the run take turns as victims. */
export function momentsOf(durations: readonly number[], count: number, seed: number): KillMoment[] {
  const random = sfc32(seed, "kill moments");
  const whole = durations.reduce((sum, one) => sum + one, 0);
  return Array.from({ length: count }, (_, i) => {
    let after = (random() / 2 ** 32) * whole;
    let stage = 0;
    while (stage < durations.length - 1 && after >= durations[stage]!) after -= durations[stage++]!;
    return { stage: stage + 1, after: Math.floor(after), victim: i % 2 === 0 ? "worker" : "run" };
  });
}

const RUNNER = `
import { LocalExecutor } from ${JSON.stringify(resolve(import.meta.dirname, "../src/pipeline/local-executor.ts"))};
import { runRecipe } from ${JSON.stringify(resolve(import.meta.dirname, "../src/pipeline/run-recipe.ts"))};
const { recipe, out } = JSON.parse(process.argv[2]);
{
  await using executor = new LocalExecutor(2);
  await runRecipe(recipe, { out, executor, onProgress: ({ number }) => process.send({ number }) });
}
process.disconnect();
`;

/** Runs the recipe until the moment has come and the victim is dead; a run that lost a worker is let go on. Whether anyone was killed. */
export async function runAndKill(recipe: DataRecipe, out: string, moment: KillMoment): Promise<boolean> {
  const program = `${out}.runner.ts`;
  writeFileSync(program, RUNNER);
  const run = fork(program, [JSON.stringify({ recipe, out })], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const ended = once(run, "exit") as Promise<[number | null, string | null]>;
  let isOver = false;
  let isKilled = false;
  const over = ended.then(() => {
    isOver = true;
  });
  const begun = new Promise<void>((begin) => {
    run.on("message", ({ number }: { number: number }) => number >= moment.stage && begin());
  });
  await Promise.race([begun, over]);
  await Promise.race([sleep(moment.after), over]);
  while (!isOver && !isKilled) {
    const victim = moment.victim === "run" ? run.pid! : workersOf(run).at(-1);
    if (victim === undefined)
      await sleep(2); // between two phases no worker may live yet
    else isKilled = kill(victim);
  }
  const [code, signal] = await ended;
  if (code !== 0 && signal !== "SIGKILL") throw new Error(`the run ended by ${signal ?? `exit code ${code}`}`);
  return isKilled;
}

function kill(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch {
    return false; // it ended by itself
  }
}

function workersOf({ pid }: ChildProcess): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** All files of a run with their bytes, but plan.json, which says where the inputs lie: for comparing runs byte by byte. */
export function filesOf(folder: string): Map<string, Buffer> {
  const names = globSync("**/*", { cwd: folder }).filter(
    (name) => !name.endsWith("plan.json") && statSync(join(folder, name)).isFile(),
  );
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name))]));
}
