// `lemma gym check`: the gym judged by the kernel. Every row's reference reply must be graded right and no line of its
// reasoning refuted; every line that claims something should be proved.

import { families, generate, splitOf } from "@lemma/gym";
import type { DatasetRow } from "@lemma/protocol";
import { checkSteps } from "@lemma/verify";
import { gradeReply } from "@lemma/verify/code";
import type { Command } from "../command.ts";
import { problemSettings, TASK_FLAGS, tasksFrom } from "../task-flags.ts";

/** One line of `lemma gym check --json`. */
interface CheckLine {
  task: string;
  rows: number;
  right: number;
  steps: { all: number; proved: number; refuted: number; unknown: number };
  /** The first few faults, as text. */
  faults: string[];
}

const FAULTS_SHOWN = 5;

export const gymCheck: Command = {
  name: "gym check",
  summary: "Check fresh problems: reference answers graded right, no step refuted",
  about:
    "Makes rows and lets the symbolic kernel judge them: the reference reply must be graded right, the split must be that\n" +
    "of the key, and no line of the reasoning may be refuted. Lines that can be neither proved nor refuted are counted.\n" +
    "Exit code 1 if there is a fault.",
  flags: {
    ...TASK_FLAGS,
    count: { help: "rows for each task and level (default 200)", value: "N", kind: "count" },
    json: { help: "one JSON object a task" },
  },
  examples: [
    {
      line: "lemma gym check --task linear-odes --count 1000",
      shows: "linear-odes  1000 rows, 1000 right, 0 steps refuted",
    },
  ],
  async run({ flags, terminal, signal }) {
    const tasks = tasksFrom(flags, () => families().map(({ id }) => id));
    const { levels, languages, ...settings } = problemSettings(flags);
    const count = flags.number("count") ?? 200;
    let faulty = false;
    for (const task of tasks) {
      const line: CheckLine = {
        task,
        rows: 0,
        right: 0,
        steps: { all: 0, proved: 0, refuted: 0, unknown: 0 },
        faults: [],
      };
      const own = families().find(({ id }) => id === task)!;
      for (const level of levels ?? [own.defaultLevel]) {
        for (const row of generate({ ...settings, task, level, count })) {
          signal.throwIfAborted();
          if (languages?.includes(row.language) === false) continue;
          await checkRow(row, line, signal);
        }
        terminal.progress(`${task}: ${line.rows} rows`);
      }
      faulty ||= line.right < line.rows || line.faults.length > 0;
      terminal.clearProgress();
      if (flags.on("json")) terminal.json(line);
      else {
        const { all, proved, refuted, unknown } = line.steps;
        terminal.line(
          `${task}: ${line.rows} rows, ${line.right} right; ${all} steps: ${proved} proved, ${refuted} refuted, ${unknown} unknown`,
        );
        for (const fault of line.faults) terminal.line(`  ${fault}`);
      }
    }
    return faulty ? 1 : 0;
  },
};

async function checkRow(row: DatasetRow, line: CheckLine, signal: AbortSignal): Promise<void> {
  line.rows++;
  const fault = (text: string): void => {
    if (line.faults.length < FAULTS_SHOWN) line.faults.push(`${row.id}: ${text}`);
  };
  const question = row.messages[0]!.content;
  const reply = row.messages.at(-1)!;
  const { answer: reference, verifier } = row;
  const graded = await gradeReply({ problem: question, response: reply.content, reference, verifier }, { signal });
  if (graded.verdict === "proved") line.right++;
  else fault(`the reference reply ${JSON.stringify(reply.content)} is not graded right: ${JSON.stringify(graded)}`);
  if (splitOf(row.key) !== row.split) fault(`key ${row.key} belongs to ${splitOf(row.key)}, not ${row.split}`);
  for (const step of checkSteps({ question, reasoning: reply.reasoning_content ?? "", task: row.task })) {
    line.steps.all++;
    line.steps[step.verdict]++;
    if (step.verdict === "refuted" && !step.withdrawn)
      fault(`refuted: ${JSON.stringify(step.text)} in ${JSON.stringify(question)}`);
  }
}
