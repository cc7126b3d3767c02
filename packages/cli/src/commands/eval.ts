// `lemma eval`: a model's scores on fresh problems, a line a cell. Owns flags and printing; packages/eval scores.

import { writeFileSync } from "node:fs";
import { dirname } from "node:path";
import {
  type CellScore,
  COMPARISON_TITLES,
  type Comparison,
  compareOutcomes,
  comparisonCells,
  DEFAULT_COUNT,
  type EvaluateOptions,
  type Evaluation,
  evaluate,
  GAIN_TITLES,
  gainCells,
  markdownReport,
  type PhrasingScore,
  pool,
  type ScoreCounts,
  verifiedGains,
  wrongLine,
} from "@lemma/eval";
import { families } from "@lemma/gym";
import { LemmaError } from "@lemma/protocol";
import { DEFAULT_ATTEMPTS } from "@lemma/verify";
import type { Command } from "../command.ts";
import { type FlagValues, UsageError } from "../flags.ts";
import { MODEL_FLAGS, openModel } from "../open-model.ts";
import { SUMMARIES } from "../summaries.ts";
import { table } from "../table.ts";
import { problemSettings, TASK_FLAGS, tasksFrom } from "../task-flags.ts";
import type { Terminal } from "../terminal.ts";
import { readConfig } from "./models.ts";

const SEQUENCES = 64;

export const evaluation: Command = {
  name: "eval",
  summary: SUMMARIES.eval,
  arguments: "MODEL",
  positionals: 1,
  about:
    "Makes problems that were never trained on, asks greedily and prints a line for each cell (an operation or a size).\n" +
    "Without flags: the families in the model's config.json, default levels, both languages, held-out problems in trained\n" +
    "wordings, 500 a family or all that exist. `refuted` counts steps that are false and were not withdrawn. With\n" +
    "--verified answers are also checked without the reference (a root put back, an order beside its facts) and asked for\n" +
    "again until one passes: a second table shows the paired gain, replies a problem and wrong answers that passed, and\n" +
    "families whose answers are computed again, not checked, apart. With --select all attempts are made and the best is\n" +
    "given: one that passes, then the fewest false lines, the most proved ones, the answer of most. With\n" +
    "--by phrasing the lines (also of --json and --report) are of wordings, by their ids and with an example of each. With\n" +
    "--against another model answers the same problems, and the lines say how far MODEL is ahead of it: right answers and\n" +
    "sound ones (right, and no false line) with paired intervals, and p-values after Holm.",
  flags: {
    ...TASK_FLAGS,
    count: { help: `problems a family (default ${DEFAULT_COUNT})`, value: "N", kind: "count" },
    verified: { help: "beside greedy: check each answer, ask again where the check fails" },
    attempts: {
      help: `with --verified: answers to try at most (default ${DEFAULT_ATTEMPTS})`,
      value: "N",
      kind: "count",
    },
    select: { help: "with --verified: make all attempts and give the best, chosen without the reference" },
    samples: { help: "the same, as samples beside the greedy answer: --attempts is K+1", value: "K", kind: "count" },
    "max-tokens": { help: "ceiling for thought and answer (default: the context)", value: "N", kind: "count" },
    against: {
      help: "a model to compare with on the same problems: prints a line a family, that one first",
      value: "MODEL",
    },
    by: { help: "a line for each cell, or for each phrasing (default cell)", value: "PART" },
    report: { help: "write a Markdown report with the first wrong steps", value: "FILE" },
    wrong: { help: "write the wrong replies as JSON lines, with what is needed to ask again", value: "FILE" },
    ...MODEL_FLAGS,
    json: { help: "one JSON object a line" },
  },
  examples: [
    { line: "lemma eval lemma-s --seed 1", shows: "every family of the model, 500 problems each" },
    {
      line: "lemma eval lemma-s --task ordering --phrasing heldout --json",
      shows: "a JSON line for 3, 4 and 5 people, each language",
    },
    {
      line: "lemma eval lemma-s --verified --task linear-equations,ordering",
      shows: "greedy beside checked answers on the same problems",
    },
    {
      line: "lemma eval lemma-s --task derivatives --by phrasing --language zh",
      shows: "which Chinese wordings of derivatives the model reads badly",
    },
    {
      line: "lemma eval ./tuned --against lemma-s --count 1000",
      shows: "what a training changed, by family, with 95 % intervals",
    },
  ],
  async run({ flags, positionals, terminal, signal }) {
    const [name] = positionals;
    if (name === undefined) throw new UsageError("a model is needed: an id or a path");
    const settings = problemSettings(flags);
    const attempts = attemptsFrom(flags);
    const by = flags.choice("by", ["cell", "phrasing"] as const) ?? "cell";
    const tasks = tasksFrom(flags, () => []);
    const against = flags.text("against");
    if (against !== undefined && (attempts > 1 || by === "phrasing"))
      throw new UsageError("--against compares greedy answers by family: leave out --verified, --samples and --by");
    const count = flags.number("count");
    const maxTokens = flags.number("max-tokens");
    const started = performance.now();
    const ask = async (id: string, wanted: readonly string[]): Promise<Evaluation> => {
      const { path, model } = await openModel(id, flags, { maxSequences: SEQUENCES });
      await using _ = model;
      const options: EvaluateOptions = {
        ...settings,
        model,
        tasks: wanted.length > 0 ? wanted : familiesOf(dirname(path)),
        attempts,
        select: flags.on("select"),
        signal,
        ...(count === undefined ? {} : { count }),
        ...(maxTokens === undefined ? {} : { maxTokens }),
        onProgress: ({ done, total, right }) =>
          terminal.progress(`${against === undefined ? "" : `${id}: `}${done} of ${total} problems, ${right} right`),
      };
      return await evaluate(options); // before the model is closed
    };
    const result = await ask(name, tasks);
    const compared =
      against === undefined
        ? undefined
        : compareOutcomes(
            (await ask(against, [...new Set(result.outcomes.map(({ task }) => task))])).outcomes,
            result.outcomes,
          );
    terminal.clearProgress();
    const lines = by === "cell" ? result.lines : result.phrasings;
    if (flags.on("json")) for (const line of compared ?? lines) terminal.json(line);
    else if (compared) printComparison(compared, terminal);
    else print(lines, terminal);
    terminal.note(`${((performance.now() - started) / 1000).toFixed(1)} s`);
    const report = flags.text("report");
    if (report !== undefined) writeFileSync(report, markdownReport(result, { by }));
    const wrong = flags.text("wrong");
    if (wrong !== undefined)
      writeFileSync(wrong, result.wrong.map((reply) => `${JSON.stringify(wrongLine(reply))}\n`).join(""));
    return 0;
  },
};

/** How many replies a problem may take; 1 without --verified and --samples. */
function attemptsFrom(flags: FlagValues): number {
  const [attempts, samples] = [flags.number("attempts"), flags.number("samples")];
  if (attempts !== undefined && samples !== undefined)
    throw new UsageError("--attempts and --samples say the same: give one");
  if (attempts !== undefined && !flags.on("verified")) throw new UsageError("--attempts needs --verified");
  if (flags.on("select") && !flags.on("verified") && samples === undefined)
    throw new UsageError("--select needs --verified");
  if (attempts === 0) throw new UsageError("--attempts: expected 1 or more, found 0");
  if (samples !== undefined) return samples + 1;
  return attempts ?? (flags.on("verified") ? DEFAULT_ATTEMPTS : 1);
}

/** The families that the model says it knows; all of the gym where it says nothing. */
function familiesOf(folder: string): string[] {
  const known = families().map(({ id }) => id);
  const named = readConfig(folder).lemma?.families;
  if (named === undefined) return known;
  const foreign = named.find((task) => !known.includes(task));
  if (foreign !== undefined) throw new LemmaError("LEMMA_E_TASK", { task: foreign, tasks: known.join(", ") });
  return named;
}

function print(lines: readonly (CellScore | PhrasingScore)[], terminal: Terminal): void {
  const percent = (share: number): string => (100 * share).toFixed(1);
  const hasSamples = lines.some(({ selected }) => selected !== undefined);
  const numbers = ({ n, accuracy, low, high, unparsed, truncated, steps, selected }: ScoreCounts): string[] => [
    String(n),
    percent(accuracy),
    `${percent(low)}–${percent(high)}`,
    String(unparsed),
    String(truncated),
    steps.checkable === 0 ? "–" : percent(steps.proved / steps.checkable),
    String(steps.refuted),
    ...(hasSamples ? [percent((selected ?? 0) / n)] : []),
  ];
  const names = ["n", "right %", "95 %", "unparsed", "truncated", "proved %", "refuted"];
  const head = hasSamples ? [...names, "selected %"] : names;
  const rows = lines.map((line) => {
    const { task, language } = line;
    if ("cell" in line) return [task, line.cell, language, ...numbers(line)];
    return [task, line.phrasing, language, ...numbers(line), shortened(line.example)];
  });
  const isByCell = lines.every((line) => "cell" in line);
  const titles = ["task", isByCell ? "cell" : "wording", "language", ...head, ...(isByCell ? [] : ["for example"])];
  terminal.write(table(titles, rows, [3, 4, 5, 6, 7, 8, 9, 10].slice(0, head.length)));
  terminal.line();
  const gains = verifiedGains(lines);
  if (gains.length > 0) {
    terminal.write(table(GAIN_TITLES, gains.map(gainCells), [2, 3, 4, 5, 6, 7, 8, 9, 10]));
    terminal.line();
  }
  for (const [task, own] of Map.groupBy(lines, (line) => line.task)) {
    const { n, right, accuracy, low, high } = pool(own);
    terminal.line(`${task}: ${right} of ${n}, ${percent(accuracy)} % (${percent(low)}–${percent(high)})`);
  }
}

function printComparison(lines: readonly Comparison[], terminal: Terminal): void {
  terminal.write(table(COMPARISON_TITLES, lines.map(comparisonCells), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
}

/** The beginning of a question, on one line. */
function shortened(question: string): string {
  const line = question.replaceAll(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
