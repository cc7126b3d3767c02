// The checker of program output: runs the program in the question and holds each line against the run. Owns the vocabulary of
// execute.ts's lines and `line 3: x=7`; must not know wordings. Lines are matched in the order of events, each after the last.

import {
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
} from "@lemma/verify";
import { readWanted } from "../program-repair/wanted.ts";
import { type Event, execute, type Run } from "./execute.ts";
import { findProgram } from "./parse.ts";
import type { Program } from "./program.ts";

/** A program read from a question, together with its run. */
export interface ReadProgram extends Program {
  readonly run: Run;
}

export function readProgram(question: string): ReadProgram | undefined {
  const program = findProgram(question);
  // A question that says what should be printed asks for something else.
  if (program === undefined || readWanted(question) !== undefined) return undefined;
  const run = execute(program);
  return run === undefined || run.output === "" ? undefined : { ...program, run };
}

const compact = (text: string) =>
  text
    .replace(/\s*([-+*%=<>!,:()])\s*/g, "$1")
    .replace(/\s+/g, " ")
    .trim();

/** The label by which a line names its event: what stands before the colon, or the variable of `x=3`. */
function labelOf({ label, body }: StepLine): string | undefined {
  return label === undefined ? /^([A-Za-z_]\w*)\s*=/.exec(body)?.[1] : compact(label);
}

interface Match {
  readonly event: number;
  readonly right: boolean;
}

/** The next event after `after` that the line speaks of, and whether it says the truth of it. */
function match(run: Run, line: StepLine, after: number): Match | undefined {
  const numbered = /^line \d+$/.test(line.label ?? "") ? /^([A-Za-z_]\w*)\s*=.*?(-?\d+)$/.exec(line.body) : null;
  if (numbered !== null) {
    const event = run.events.findIndex(({ sets }, i) => i > after && sets?.name === numbered[1]);
    return event < 0 ? undefined : { event, right: run.events[event]!.sets!.value === Number(numbered[2]) };
  }
  const label = labelOf(line);
  if (label === undefined) return undefined;
  const same = (event: Event) =>
    compact(event.label) === label && event.text.includes(":") === (line.label !== undefined);
  const event = run.events.findIndex((candidate, i) => i > after && same(candidate));
  if (event >= 0) {
    const { text, also = [] } = run.events[event]!;
    return { event, right: [text, ...also].some((said) => compact(said) === compact(line.text)) };
  }
  // The loop or the program is over: a further line of this statement is false.
  const last = run.events.findLastIndex(same);
  return last < 0 ? undefined : { event: last, right: false };
}

function checkStep({ run }: ReadProgram, line: StepLine, context: StepContext): TaskVerdict | undefined {
  const stepOf = new Map<number, number>();
  let at = -1;
  for (const step of context.steps) {
    const found = match(run, step, at);
    if (found === undefined || !found.right || found.event <= at) continue;
    at = found.event;
    stepOf.set(at, step.index);
  }
  const found = match(run, line, at);
  if (found === undefined) return undefined;
  const event = run.events[found.event]!;
  const from = [...new Set([-1, ...event.uses.map((use) => stepOf.get(use) ?? -1)])];
  if (!found.right) return { ...refuted({ expected: event.text }), from };
  return { ...proved("execution"), from };
}

export const programOutputChecker: TaskChecker<ReadProgram> = {
  id: "program-output",
  recognise: readProgram,
  checkStep,
  checkAnswer: ({ run }, answer) => {
    const words = (text: string) =>
      text
        .replace(/\\text\s*\{([^}]*)\}/g, "$1")
        .replace(/\\[,; ]|[,，、`]/g, " ")
        .trim()
        .split(/\s+/);
    const given = words(answer);
    if (given.some((word) => !/^-?\d+$/.test(word))) return unknown("unparsed");
    const expected = words(run.output);
    const right = given.length === expected.length && given.every((word, i) => word === expected[i]);
    return right ? proved("execution") : refuted({ expected: run.output });
  },
  answerBy: "recomputing",
};
