// Scores a finished model on fresh held-out problems. Owns what is asked for a model folder and scores.jsonl; how problems are asked and
// judged is packages/eval's, the text is model-card.ts's.

import { writeFile } from "node:fs/promises";
import path from "node:path";
import { loadModel } from "@lemma/engine";
import { type EvaluateOptions, type Evaluation, evaluate } from "@lemma/eval";
import { familyById } from "@lemma/gym";
import { runPlaces } from "../recipe/python-config.ts";
import type { TrainingPlan } from "../recipe/resolve.ts";
import { type ModelScores, modelCard } from "./model-card.ts";

export interface EvaluateRunOptions {
  signal?: AbortSignal;
  onProgress?: (line: string) => void;
}

/** Scores the model folder of a run, writes scores.jsonl and the card; returns the right greedy answers and problems in all. */
export async function evaluateRun(
  plan: TrainingPlan,
  run: string,
  folder: string,
  options: EvaluateRunOptions = {},
): Promise<{ right: number; problems: number }> {
  if (plan.evaluate === false) return { right: 0, problems: 0 };
  const { tasks = plan.families, count, seed, phrasings, harder, attempts } = plan.evaluate;
  await using model = await loadModel({ modelPath: path.join(folder, `${path.basename(folder)}.gguf`) });
  const score = (what: string, more: Omit<EvaluateOptions, "model">): Promise<Evaluation> =>
    evaluate({
      model,
      count,
      seed,
      ...more,
      ...(options.signal ? { signal: options.signal } : {}),
      onProgress: ({ done, total, right }) =>
        options.onProgress?.(
          `scoring, ${what} ${done}/${total} | right ${((100 * right) / Math.max(1, done)).toFixed(1)} %`,
        ),
    });
  const scores: ModelScores = { greedy: [], harder: [] };
  for (const phrasing of phrasings) scores.greedy.push(await score(`${phrasing} wordings`, { tasks, phrasing }));
  if (harder)
    for (const [level, own] of Map.groupBy(tasks.filter(hasHarder), (task) => familyById(task).defaultLevel + 1))
      scores.harder.push(await score(`level ${level}`, { tasks: own, levels: [level] }));
  if (attempts > 1) {
    scores.retried = await score("asked again", { tasks, attempts });
    scores.selected = await score(`best of ${attempts}`, { tasks, attempts, select: true });
  }
  const lines = scores.greedy.flatMap((part) => part.lines);
  await writeFile(runPlaces(run).scores, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  await writeFile(path.join(folder, "README.md"), await modelCard(plan, run, scores));
  const sum = (of: "n" | "right"): number => lines.reduce((total, line) => total + line[of], 0);
  return { right: sum("right"), problems: sum("n") };
}

function hasHarder(task: string): boolean {
  const { defaultLevel, levels } = familyById(task);
  return defaultLevel < levels;
}
