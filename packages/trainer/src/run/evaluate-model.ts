// Scores a finished model on fresh held-out problems and writes its card. Owns scores.jsonl and README.md of a model
// folder; how problems are asked and judged is packages/eval's.

import { writeFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";
import path from "node:path";
import { loadModel } from "@lemma/engine";
import { type Evaluation, evaluate, markdownReport } from "@lemma/eval";
import { runPlaces } from "../recipe/python-config.ts";
import type { TrainingPlan } from "../recipe/resolve.ts";
import { duration } from "./progress-line.ts";
import { readMetrics } from "./read-metrics.ts";

export interface EvaluateRunOptions {
  signal?: AbortSignal;
  onProgress?: (line: string) => void;
}

/** Scores the model folder of a run; returns the right answers and problems in all. */
export async function evaluateRun(
  plan: TrainingPlan,
  run: string,
  folder: string,
  options: EvaluateRunOptions = {},
): Promise<{ right: number; problems: number }> {
  if (plan.evaluate === false) return { right: 0, problems: 0 };
  const settings = plan.evaluate;
  const tasks = settings.tasks ?? plan.families;
  await using model = await loadModel({ modelPath: path.join(folder, `${path.basename(folder)}.gguf`) });
  const parts: Evaluation[] = [];
  for (const phrasing of settings.phrasings) {
    parts.push(
      await evaluate({
        model,
        tasks,
        count: settings.count,
        seed: settings.seed,
        phrasing,
        ...(options.signal ? { signal: options.signal } : {}),
        onProgress: ({ done, total, right }) =>
          options.onProgress?.(
            `scoring, ${phrasing} wordings ${done}/${total} | right ${((100 * right) / Math.max(1, done)).toFixed(1)} %`,
          ),
      }),
    );
  }
  const lines = parts.flatMap((part) => part.lines);
  await writeFile(runPlaces(run).scores, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  await writeFile(path.join(folder, "README.md"), await modelCard(plan, run, parts));
  const sum = (of: "n" | "right"): number => lines.reduce((total, line) => total + line[of], 0);
  return { right: sum("right"), problems: sum("n") };
}

async function modelCard(plan: TrainingPlan, run: string, parts: readonly Evaluation[]): Promise<string> {
  const metrics = await readMetrics(runPlaces(run).metrics);
  const last = metrics.at(-1);
  // Time spent training: gaps of an interruption do not count.
  const seconds = metrics.reduce(
    (sum, { time }, i) => sum + Math.min(300, i === 0 ? 0 : Math.max(0, time - metrics[i - 1]!.time)),
    0,
  );
  const shares = plan.sources.map(
    (source) => `${"gym" in source ? source.gym : path.basename(source.file)} ${source.share}`,
  );
  const settings = plan.evaluate === false ? undefined : plan.evaluate;
  const text = [
    `# ${plan.name}`,
    "",
    `A ${String(plan.model.model_type)}-style decoder of ${plan.parameters.toLocaleString("en-US")} parameters, trained by this repository:`,
    "",
    "```",
    `npx lemma train recipes/${path.basename(plan.recipe)}`,
    "```",
    "",
    `- Data: ${shares.join(", ")} (shares of the tokens that are learned), English and Chinese.`,
    `- Tokens: ${(last?.tokens ?? 0).toLocaleString("en-US")} seen, ${(last?.lossTokens ?? 0).toLocaleString("en-US")} of them learned.`,
    `- Machine and time: ${cpus()[0]?.model.trim() ?? "unknown CPU"}, ${availableParallelism()} cores, ${duration(seconds)} of training.`,
    `- Context: ${plan.contextLength} tokens. Licence: MIT.`,
    "",
    "## Scores",
    "",
    `Fresh problems of the held-out split, answered greedily, ${settings?.count} a family, seed ${settings?.seed}; 95 % Wilson intervals.`,
    "",
    ...parts.map((part) => markdownReport(part)),
  ];
  return `${text.join("\n").trimEnd()}\n`;
}
