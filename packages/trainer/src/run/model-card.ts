// A model's card, README.md of its folder: what it is, how it was made, its scores. Owns the text; asks and judges nothing.

import { readFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";
import path from "node:path";
import { type CellScore, type Evaluation, markdownReport, pool } from "@lemma/eval";
import { familyById } from "@lemma/gym";
import { runPlaces } from "../recipe/python-config.ts";
import type { TrainingPlan } from "../recipe/resolve.ts";
import { duration } from "./progress-line.ts";
import { readMetrics } from "./read-metrics.ts";

/** What a model was scored on. */
export interface ModelScores {
  /** Greedy, an evaluation for each group of wordings. */
  greedy: Evaluation[];
  /** One level harder than the families' own. */
  harder: Evaluation[];
  /** With checks of the answers: asked again until one passes; the best of all attempts. */
  retried?: Evaluation;
  selected?: Evaluation;
}

/** The card as Markdown. Throws where the recipe's notes can't be read. */
export async function modelCard(plan: TrainingPlan, run: string, scores: ModelScores): Promise<string> {
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
  const { notes } = plan.export;
  const own = notes === undefined ? [] : [(await readFile(notes, "utf8")).trim(), ""];
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
    ...own,
    "## Scores",
    "",
    `Fresh problems of the held-out split, answered greedily, ${settings?.count} a family, seed ${settings?.seed}; 95 % Wilson intervals.`,
    "",
    ...scores.greedy.map(({ lines }) => summary(lines)),
    "",
    ...scores.greedy.map((part) => markdownReport(part)),
  ];
  const { harder, retried, selected } = scores;
  if (harder.length > 0)
    text.push(
      "## One level harder than it was taught",
      "",
      ...harder.map((part) => markdownReport(part, { parts: ["families"] })),
    );
  if (retried)
    text.push(
      "## Checked answers",
      "",
      `Greedily, then samples until an answer passes the check of its task, at most ${settings?.attempts} replies. The check never sees the reference.`,
      "",
      markdownReport(retried, { parts: ["gains"] }),
    );
  if (selected)
    text.push(
      `The best of ${settings?.attempts} replies, the greedy one among them, chosen by the check, the lines and the votes:`,
      "",
      markdownReport(selected, { parts: ["gains"] }),
    );
  return `${text.join("\n").trimEnd()}\n`;
}

/** `- trained wordings: mean of 12 families 95.0 %; 93.1 % of all lines of thought are checkable, …`. Dialogue is no family of problems. */
function summary(lines: readonly CellScore[]): string {
  const problems = lines.filter(({ task }) => familyById(task).area !== "dialogue");
  const families = [...Map.groupBy(problems, ({ task }) => task).values()].map((own) => pool(own).accuracy);
  const mean = families.reduce((sum, one) => sum + one, 0) / Math.max(1, families.length);
  const steps = (name: keyof CellScore["steps"]): number => problems.reduce((sum, line) => sum + line.steps[name], 0);
  const { right } = pool(problems);
  const sound = problems.reduce((sum, line) => sum + line.sound, 0);
  const percent = (part: number, whole: number): string =>
    whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`;
  const [all, checkable] = [steps("all"), steps("checkable")];
  return (
    `- ${lines[0]?.phrasing ?? "no"} wordings: mean of ${families.length} families ${(100 * mean).toFixed(1)} %. Lines of thought: ` +
    `${percent(checkable, all)} checkable, of these ${percent(steps("proved"), checkable)} proved and linked, ` +
    `${percent(steps("refuted"), checkable)} refuted and not taken back. ` +
    `${right - sound} of ${right} right answers hold a false line.`
  );
}
