// Evaluation lines as Markdown: a table of families with their pooled intervals, what checking was worth, a table of cells or of
// wordings, the first wrong steps, wrong answers that passed the check. Owns wording and rounding for model cards; adds no numbers of its own.

import { type CellScore, type PhrasingScore, pool } from "./cells.ts";
import type { Evaluation, WrongReply } from "./evaluate.ts";
import { questionOf } from "./score-reply.ts";
import { GAIN_TITLES, gainCells, type VerifiedGain, verifiedGains } from "./verified-gain.ts";

const percent = (share: number): string => (100 * share).toFixed(1);
const code = (text: string): string => `\`${text.replaceAll("`", "'").replaceAll("\n", " ⏎ ").replaceAll("|", "¦")}\``;

export interface ReportOptions {
  /** Wrong replies shown of a family at most. Default 3. */
  examples?: number;
  /** What the table behind the families' lists. Default cells. */
  by?: "cell" | "phrasing";
  /** What to say; default all of it. */
  parts?: readonly ("families" | "gains" | "lines" | "wrong")[];
}

/**
 * The report of an evaluation.
 * @example markdownReport(await evaluate({ model, tasks: ["multiplication"] }))
 */
export function markdownReport(
  { lines, phrasings, wrong, letThrough }: Evaluation,
  options: ReportOptions = {},
): string {
  const { examples = 3, by = "cell", parts: wanted = ["families", "gains", "lines", "wrong"] } = options;
  const families = Map.groupBy(lines, (line) => line.task);
  const gains = verifiedGains(lines);
  const parts: string[] = [];
  if (wanted.includes("families")) parts.push(familyTable(families));
  if (wanted.includes("gains") && gains.length > 0) parts.push(gainTable(gains));
  if (wanted.includes("lines")) parts.push(by === "cell" ? cellTable(lines) : phrasingTable(phrasings));
  if (!wanted.includes("wrong")) return `${parts.join("\n\n")}\n`;
  for (const task of families.keys()) {
    const own = wrong.filter(({ row }) => row.task === task);
    if (own.length > 0) parts.push(wrongList(`**${task}**: ${own.length} wrong.`, own, examples));
  }
  if (letThrough.length > 0)
    parts.push(wrongList(`${letThrough.length} wrong answers passed the check.`, letThrough, letThrough.length));
  return `${parts.join("\n\n")}\n`;
}

function familyTable(families: Map<string, CellScore[]>): string {
  const rows = [...families].map(([task, lines]) => {
    const language = (name: string): string => {
      const { n, accuracy } = pool(lines.filter((line) => line.language === name));
      return n === 0 ? "–" : percent(accuracy);
    };
    const { n, accuracy, low, high } = pool(lines);
    const interval = `${percent(low)}–${percent(high)}`;
    const wordings = [...new Set(lines.map((line) => line.phrasing))].join(", ");
    return `| ${task} | ${wordings} | ${n} | ${percent(accuracy)} | ${interval} | ${language("en")} | ${language("zh")} |`;
  });
  return [
    "| family | wordings | problems | right, % | 95 % interval | English | Chinese |",
    "|---|---|--:|--:|--:|--:|--:|",
    ...rows,
  ].join("\n");
}

function gainTable(gains: readonly VerifiedGain[]): string {
  const rule = GAIN_TITLES.map((_, i) => (i < 2 ? "---" : "--:"));
  return [GAIN_TITLES, rule, ...gains.map(gainCells)].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function cellTable(lines: readonly CellScore[]): string {
  const rows = lines.map(({ task, cell, language, level, n, accuracy, low, high, unparsed, truncated, steps }) => {
    const interval = `${percent(low)}–${percent(high)}`;
    const checked = steps.checkable === 0 ? "–" : percent(steps.proved / steps.checkable);
    return `| ${task} | ${cell} | ${language} | ${level} | ${n} | ${percent(accuracy)} | ${interval} | ${unparsed} | ${truncated} | ${checked} | ${steps.refuted} |`;
  });
  return [
    "| family | cell | language | level | problems | right, % | 95 % interval | unparsed | truncated | checkable steps proved, % | steps refuted |",
    "|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ...rows,
  ].join("\n");
}

function phrasingTable(lines: readonly PhrasingScore[]): string {
  const rows = lines.map(({ task, phrasing, language, level, n, accuracy, low, high, steps, example }) => {
    const interval = `${percent(low)}–${percent(high)}`;
    return `| ${task} | ${phrasing} | ${language} | ${level} | ${n} | ${percent(accuracy)} | ${interval} | ${steps.refuted} | ${code(example)} |`;
  });
  return [
    "| family | wording | language | level | problems | right, % | 95 % interval | steps refuted | for example |",
    "|---|---|---|--:|--:|--:|--:|--:|---|",
    ...rows,
  ].join("\n");
}

function wrongList(head: string, wrong: readonly WrongReply[], examples: number): string {
  const items = wrong.slice(0, examples).map(({ row, score, firstWrongStep, expectedStep }) => {
    const step =
      firstWrongStep === null
        ? "every step as in the reference"
        : `first wrong step ${code(firstWrongStep)}, expected ${expectedStep === null ? "the end" : code(expectedStep)}`;
    return `- ${code(questionOf(row))}: answered ${score.extracted === null ? "nothing" : code(score.extracted)}, right is ${code(row.answer)}; ${step}`;
  });
  return [head, "", ...items].join("\n");
}
