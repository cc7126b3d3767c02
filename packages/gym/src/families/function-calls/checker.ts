// The checker of function calls: runs the program in the question and holds each line against the run, in the order of its events; any
// other equation of calls is judged by what its sides are worth. Must not know wordings.

import type { Verdict } from "@lemma/protocol";
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
import { Unreadable } from "../program-output/reader.ts";
import { readWanted } from "../program-repair/wanted.ts";
import { CallReader } from "./call-reader.ts";
import { type Event, evaluate, type Run, valueIn } from "./evaluate.ts";
import { findSource, parseProgram } from "./parse.ts";
import type { Expression, FunctionProgram } from "./program.ts";

/** A program read from a question, together with its run. */
export interface ReadProgram extends FunctionProgram {
  readonly run: Run;
}

/** The program in a question; undefined where there is none with functions, or where something else is asked of it. */
export function readProgram(question: string): ReadProgram | undefined {
  const source = findSource(question);
  const program = source === undefined ? undefined : parseProgram(source);
  if (program === undefined || readWanted(question) !== undefined) return undefined;
  const run = evaluate(program);
  return run === undefined ? undefined : { ...program, run };
}

const compact = (text: string): string =>
  text
    .replace(/\s*([-+*/%=<>!?,:()])\s*/g, "$1")
    .replace(/\s+/g, " ")
    .trim();

/** What a line is about, and whether it says so before a colon. */
function labelOf({ label, body }: StepLine): string | undefined {
  return label === undefined ? /^([^=]{1,60}?)=/.exec(compact(body))?.[1] : compact(label);
}

const isAbout = (event: Event, label: string, hasColon: boolean): boolean =>
  event.label === label && event.text.includes(":") === hasColon;

/** The expression with its names replaced; undefined where one has no value. */
function substituted(expression: Expression, scope: ReadonlyMap<string, number>): Expression | undefined {
  if (typeof expression === "number") return expression;
  if (typeof expression === "string") return scope.get(expression);
  if ("call" in expression) {
    const args = expression.args.map((arg) => substituted(arg, scope));
    return args.includes(undefined) ? undefined : { call: expression.call, args: args as Expression[] };
  }
  const [left, right] = [substituted(expression.left, scope), substituted(expression.right, scope)];
  return left === undefined || right === undefined ? undefined : { op: expression.op, left, right };
}

/** The values of a chain's sides; the parameters of a call on its first side have the values of that call. Undefined for other text. */
function sidesOf(program: ReadProgram, text: string): { side: string; value: number }[] | undefined {
  if (text.length > 300 || /[<>!]|==/.test(text)) return undefined;
  const sides = text.split("=");
  if (sides.length < 2 || sides.length > 12) return undefined;
  const scope = new Map<string, number>();
  const values: { side: string; value: number }[] = [];
  for (const [i, side] of sides.entries()) {
    const expression = readExpression(program, side);
    if (expression === undefined) return undefined;
    if (i === 0 && typeof expression === "object" && "call" in expression) {
      const definition = program.functions.find(({ name }) => name === expression.call);
      expression.args.forEach((arg, at) => {
        const param = definition?.params[at];
        if (param !== undefined && typeof arg === "number") scope.set(param, arg);
      });
    }
    const closed = substituted(expression, scope);
    const value = closed === undefined ? undefined : valueIn(program, closed);
    if (value === undefined) return undefined;
    values.push({ side: side.trim(), value });
  }
  return values;
}

function readExpression({ language }: FunctionProgram, text: string): Expression | undefined {
  try {
    const reader = new CallReader(text, language);
    const expression = reader.expression();
    return reader.atEnd() ? expression : undefined;
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** The verdict on a chain of calls by the values of its sides. */
function judgeChain(program: ReadProgram, { label, body }: StepLine): Verdict | undefined {
  if (label !== undefined || !/[A-Za-z_]\w*\s*\(/.test(body)) return undefined;
  const sides = sidesOf(program, body);
  const wrong = sides?.find(({ value }) => value !== sides[0]!.value);
  if (sides === undefined) return undefined;
  return wrong === undefined
    ? proved("execution")
    : refuted({ [sides[0]!.side]: `${sides[0]!.value}`, [wrong.side]: `${wrong.value}` });
}

interface Match {
  readonly event: number;
  readonly right: boolean;
}

/** The event that the line speaks of, behind the one before, and whether it says the same. */
function match({ events }: Run, line: StepLine, after: number): Match | undefined {
  const label = labelOf(line);
  if (label === undefined) return undefined;
  const hasColon = line.label !== undefined;
  const says = ({ text }: Event) => {
    const [said, expected] = [compact(line.text), compact(text)];
    // A condition may leave its values out: `n==0: no`.
    return said === expected || (/ (?:yes|no)$/.test(expected) && said === `${label}:${/\w+$/.exec(expected)![0]}`);
  };
  const event = events.findIndex((candidate, i) => i > after && isAbout(candidate, label, hasColon));
  if (event >= 0) return { event, right: says(events[event]!) };
  const last = events.findLastIndex((candidate) => isAbout(candidate, label, hasColon));
  return last < 0 ? undefined : { event: last, right: false };
}

function checkStep(program: ReadProgram, line: StepLine, { steps }: StepContext): TaskVerdict | undefined {
  const { run } = program;
  const stepOf = new Map<number, number>();
  let at = -1;
  for (const step of steps) {
    const found = match(run, step, at);
    if (found === undefined || !found.right || found.event <= at) continue;
    at = found.event;
    stepOf.set(at, step.index);
  }
  const found = match(run, line, at);
  if (found?.right) {
    const uses = run.events[found.event]!.uses.map((use) => stepOf.get(use) ?? -1);
    return { ...proved("execution"), from: [...new Set([-1, ...uses])] };
  }
  const judged = judgeChain(program, line);
  if (judged !== undefined) return { ...judged, from: [-1] };
  return found === undefined ? undefined : { ...refuted({ expected: run.events[found.event]!.text }), from: [-1] };
}

export const functionChecker: TaskChecker<ReadProgram> = {
  id: "function-calls",
  recognise: readProgram,
  checkStep,
  checkAnswer({ run }, answer, budget) {
    const [only, ...more] = run.printed;
    if (more.length === 0) return wholeAnswer(answer, `${only}`, budget);
    const given = answer.split(/(?:[\s,，、]|\\[,; ])+/).filter((word) => word !== "");
    if (given.length === 0 || given.some((word) => !/^-?\d+$/.test(word))) return unknown("unparsed");
    return given.join(" ") === run.printed.join(" ")
      ? proved("execution")
      : refuted({ expected: run.printed.join(" ") });
  },
  answerBy: "recomputing",
};
