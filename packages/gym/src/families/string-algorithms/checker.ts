// The checker of string tasks: holds each line against the lines that solve the task, by its slot. Owns what a slot is and which
// steps a line follows from; must not know wordings.

import {
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
} from "@lemma/verify";
import { wholeAnswer } from "../../answers.ts";
import { type StringTask, solve } from "./problem.ts";
import { traceTask } from "./trace.ts";
import { readTask } from "./wordings.ts";

const compact = (text: string) =>
  text
    .toLowerCase()
    .replace(/\s*([-+=!<>,:()])\s*/g, "$1")
    .replace(/\s+/g, " ")
    .trim();

/** What a line is about: a place, a pair of places or a word. */
const slotOf = (text: string): string => /^[^\s:]*/.exec(text.trim().toLowerCase())?.[0] ?? "";

function checkStep(task: StringTask, line: StepLine, { steps }: StepContext): TaskVerdict | undefined {
  const lines = traceTask(task);
  const at = lines.findIndex((expected) => slotOf(expected) === slotOf(line.text));
  if (at < 0) {
    // A place that the task doesn't reach, such as a pair behind one that differs.
    return /^\d+(?:,\d+)?$/.test(slotOf(line.text)) && line.label !== undefined
      ? { ...refuted({ last: lines.at(-1)! }), from: [-1] }
      : undefined;
  }
  const expected = lines[at]!;
  // A line builds on the one before it and on the places of the strings.
  const needed = new Set(
    [...lines.slice(0, 2).filter((text) => /^[a-z]+: 1 /.test(text)), lines[at - 1]].map((text) => compact(text ?? "")),
  );
  const from = steps
    .filter((step) => needed.has(compact(step.text)) && step.verdict.verdict === "proved")
    .map(({ index }) => index);
  const sources = at === 0 || from.length === 0 ? [-1] : from;
  if (compact(line.text) === compact(expected)) return { ...proved("execution"), from: sources };
  return { ...refuted({ expected }), from: sources };
}

const YES = /^(?:yes|true|是|是的|对|是回文)$/i;
const NO = /^(?:no|false|否|不是|不|不对|不是回文)$/i;

/** The words of an answer: no quotes, no `\text{}`, no spaces or commas between letters. */
const plain = (answer: string): string =>
  answer
    .replace(/\\text(?:tt|bf)?\s*\{([^}]*)\}/g, "$1")
    .replace(/["'`“”‘’\s,]|\\[,; ]/g, "")
    .replace(/[.。]$/, "");

export const stringChecker: TaskChecker<StringTask> = {
  id: "string-algorithms",
  recognise: readTask,
  checkStep,
  checkAnswer(task, answer) {
    const expected = solve(task);
    if (task.kind === "count" || task.kind === "edit") return wholeAnswer(answer, expected);
    const given = plain(answer);
    if (task.kind === "palindrome") {
      if (!YES.test(given) && !NO.test(given)) return unknown("unparsed");
      return YES.test(given) === (expected === "yes") ? proved("execution") : refuted({ expected });
    }
    if (!/^[a-z0-9]+$/i.test(given)) return unknown("unparsed");
    return given.toLowerCase() === expected ? proved("execution") : refuted({ expected });
  },
  answerBy: "recomputing",
};
