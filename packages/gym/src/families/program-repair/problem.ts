// A short loop that prints numbers, with one wrong number or sign, and the numbers that it should print. Owns the drawing of such
// programs, their key and their running; how they are repaired stands in diagnosis.ts. The program is kept as the lines that people
// see, because the answer is one of them.

import type { Random } from "../../random.ts";
import { execute, operate } from "../program-output/execute.ts";
import { parseProgram } from "../program-output/parse.ts";
import {
  type Comparison,
  type Expression,
  type Language,
  type Operator,
  type Program,
  programKey,
  type Statement,
} from "../program-output/program.ts";
import { drawLayout, writeProgram } from "../program-output/write.ts";
import { diagnose } from "./diagnosis.ts";

/** The lines of a program with one fault, and what it should print. */
export interface Repair {
  readonly source: readonly string[];
  readonly wanted: readonly number[];
}

/** Bounds of a level: printed numbers, their size, and whether `for` loops, products and a step before the printing occur. */
interface Limits {
  readonly printed: readonly [number, number];
  readonly largest: number;
  readonly isPlain: boolean;
}

export const LIMITS: readonly Limits[] = [
  { printed: [3, 4], largest: 40, isPlain: true },
  { printed: [3, 5], largest: 99, isPlain: false },
  { printed: [4, 6], largest: 999, isPlain: false },
];

const NAMES = ["x", "x", "y", "a", "b", "n", "s", "t", "total", "count", "result"] as const;

/** What makes a program of this family. */
interface Plan {
  readonly language: Language;
  readonly name: string;
  readonly start: number;
  readonly op: Operator;
  readonly by: number;
  readonly augmented: boolean;
  readonly printsFirst: boolean;
  /** A `while` with its comparison and bound, or rounds of a `for`, counted from 0 or (JavaScript) from 1. */
  readonly loop:
    | { readonly sign: Comparison; readonly bound: number }
    | { readonly rounds: number; readonly from: number };
}

function build({ language, name, start, op, by, augmented, printsFirst, loop }: Plan): Program {
  const value: Expression = { op, left: name, right: by };
  const step: Statement = { kind: "assign", name, value, form: augmented ? "augmented" : "plain" };
  const print: Statement = { kind: "print", values: [name] };
  const body = printsFirst ? [print, step] : [step, print];
  const first: Statement = { kind: "assign", name, value: start, form: "plain" };
  if ("sign" in loop)
    return {
      language,
      statements: [first, { kind: "while", condition: { op: loop.sign, left: name, right: loop.bound }, body }],
    };
  const { rounds, from } = loop;
  const header = { kind: "range", start: from, end: rounds, step: 1, inclusive: from === 1 } as const;
  const values = Array.from({ length: rounds }, (_, i) => from + i);
  return { language, statements: [first, { kind: "for", name: name === "i" ? "j" : "i", values, header, body }] };
}

/** What a program prints, or undefined where it doesn't end or can't be read. */
export function printedBy(source: readonly string[]): string | undefined {
  const program = parseProgram(source.join("\n"));
  return program === undefined ? undefined : execute(program)?.output;
}

/** The language that a program is written in. */
export const writtenIn = ({ source }: Repair): Language => parseProgram(source.join("\n"))!.language;

export function drawRepair(random: Random, level: number): Repair {
  const limits = LIMITS[level - 1]!;
  for (;;) {
    const right = drawPlan(random, limits);
    if (right === undefined) continue;
    const wrong = spoil(random, right, limits);
    const program = build(wrong);
    const source = writeProgram(program, drawLayout(program, random));
    const wanted = execute(build(right))!.output.split("\n").map(Number);
    const repair = { source, wanted };
    if (printedBy(source) === wanted.join("\n") || diagnose(repair) === undefined) continue;
    return repair;
  }
}

function drawPlan(random: Random, { printed, largest, isPlain }: Limits): Plan | undefined {
  const language = random.pick(["python", "javascript"] as const);
  const op = random.pick<Operator>(isPlain ? ["+", "+", "-"] : ["+", "+", "-", "*"]);
  const by = op === "*" ? random.int(2, 3) : random.int(1, largest > 99 ? 40 : 9);
  const length = random.int(printed[0], printed[1]);
  const start =
    op === "*" ? random.int(1, 9) : random.int(op === "-" ? 10 : 0, largest > 99 ? 300 : op === "-" ? largest : 30);
  const printsFirst = isPlain || random.chance(0.5);
  const values = [start];
  while (values.length <= length) values.push(operate(op, values.at(-1)!, by));
  if (values.some((value) => value < 0 || value > largest)) return undefined;
  const plan = { language, name: random.pick(NAMES), start, op, by, augmented: random.chance(0.5), printsFirst };
  if (!isPlain && random.chance(0.4)) {
    const from = language === "javascript" && random.chance(0.4) ? 1 : 0;
    return { ...plan, loop: { rounds: length, from } };
  }
  // The loop goes on at the value before the last round's step and stops at the one behind it.
  const [goes, stops] = [values[length - 1]!, values[length]!];
  const isUp = op !== "-";
  const sign = random.pick<Comparison>(isUp ? ["<", "<", "<="] : [">", ">", ">="]);
  const bounds = [];
  for (let bound = Math.min(goes, stops); bound <= Math.max(goes, stops); bound++)
    if (bound !== (sign.length === 2 ? stops : goes)) bounds.push(bound);
  return { ...plan, loop: { sign, bound: random.pick(bounds) } };
}

/** The plan with one number or sign changed. */
function spoil(random: Random, plan: Plan, { isPlain }: Limits): Plan {
  const near = (n: number) => Math.max(0, n + random.pick([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5]));
  const { start, by, op, loop } = plan;
  switch (random.pick(["start", "step", "loop"] as const)) {
    case "start":
      return { ...plan, start: near(start) };
    case "step":
      if (random.chance(0.5)) return { ...plan, by: Math.max(1, near(by)) };
      return {
        ...plan,
        op: random.pick((isPlain ? (["+", "-"] as const) : (["+", "-", "*"] as const)).filter((o) => o !== op)),
      };
    default: {
      if ("rounds" in loop) return { ...plan, loop: { ...loop, rounds: Math.max(1, near(loop.rounds)) } };
      const turned = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as Record<string, Comparison>;
      return random.chance(0.4)
        ? { ...plan, loop: { ...loop, sign: turned[loop.sign]! } }
        : { ...plan, loop: { ...loop, bound: Math.max(0, near(loop.bound) + random.int(-9, 9)) } };
    }
  }
}

/** Equal for equal programs and outputs, whatever the language, names and layout. */
export function repairKey({ source, wanted }: Repair): string {
  return `${programKey(parseProgram(source.join("\n"))!)} -> ${wanted.join(",")}`;
}
