// Draws programs of functions by level: a shape with drawn names, kept where its run obeys the level's limits. Must not know layouts.

import type { Random } from "../../random.ts";
import { evaluate, type Run } from "./evaluate.ts";
import { parseProgram } from "./parse.ts";
import { calledBy, type FunctionProgram } from "./program.ts";
import { type Kind, SHAPES } from "./shapes.ts";

/** What a level allows: lines of the run, calls, values; and how often each kind of shape is drawn. */
interface Limits {
  readonly events: number;
  readonly calls: readonly [number, number];
  readonly largest: number;
  readonly kinds: readonly (readonly [Kind, number])[];
}

export const KINDS: readonly Kind[] = ["calls", "recursion", "tree"];

/** Levels 1 and up. */
export const LEVELS: readonly Limits[] = [
  { events: 12, calls: [1, 3], largest: 60, kinds: [["calls", 1]] },
  {
    events: 22,
    calls: [2, 5],
    largest: 200,
    kinds: [
      ["calls", 2],
      ["recursion", 3],
    ],
  },
  {
    events: 44,
    calls: [3, 11],
    largest: 999,
    kinds: [
      ["calls", 1],
      ["recursion", 2],
      ["tree", 1],
    ],
  },
];

const FUNCTIONS = ["f", "f", "g", "h", "calc", "work", "step", "mix", "fun", "run"];
const PARAMS = ["n", "n", "x", "a", "k", "m"];

/** A program whose run keeps the level's limits. */
export function drawProgram(random: Random, level: number): FunctionProgram {
  const limits = LEVELS[level - 1]!;
  const kind = random.weighted(limits.kinds);
  for (;;) {
    const source = named(random, random.pick(SHAPES[kind])(random));
    const program = parseProgram(source);
    const run = program === undefined ? undefined : evaluate(program);
    if (run !== undefined && keeps(run, limits))
      return { ...program!, language: random.pick(["python", "javascript"] as const) };
  }
}

/** Whether a run keeps a level's limits. */
export function keeps({ events, printed, calls, results }: Run, limits: Limits): boolean {
  return (
    events.length <= limits.events &&
    calls >= limits.calls[0] &&
    calls <= limits.calls[1] &&
    [...results, ...printed].every((value) => value >= 0 && value <= limits.largest)
  );
}

/** The kind of a program, by how its functions call each other. */
export function kindOf({ functions }: FunctionProgram): Kind {
  const called = new Map(functions.map(({ name, body }) => [name, calledBy(body)]));
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    (called.get(from) ?? []).some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      return reaches(next, to, seen.add(next));
    });
  const recursive = functions.filter(({ name }) => reaches(name, name));
  if (recursive.length === 0) return "calls";
  // Two calls of recursive functions in what one return works out.
  const names = new Set(recursive.map(({ name }) => name));
  const returned = (body: FunctionProgram["functions"][number]["body"]): number =>
    Math.max(
      0,
      ...body.map((statement) =>
        statement.kind === "if"
          ? Math.max(returned(statement.body), returned(statement.otherwise))
          : calledBy([statement]).filter((name) => names.has(name)).length,
      ),
    );
  return recursive.some(({ body }) => returned(body) > 1) ? "tree" : "recursion";
}

/** Puts drawn names in: F and G are functions, N and M their parameters, X and Y variables of the main part. */
function named(random: Random, source: string): string {
  const [f, g] = random.shuffle([...new Set(FUNCTIONS)]) as [string, string];
  const first = random.pick(FUNCTIONS);
  const [n, m] = random.shuffle([...new Set(PARAMS)]) as [string, string];
  const names: Record<string, string> = {
    F: first,
    G: first === g ? f : g,
    N: n,
    M: m,
    S: random.pick(["s", "t", "r"]),
    X: random.pick(["p", "result", "u"]),
    Y: random.pick(["q", "total", "v"]),
  };
  return source.replace(/\b[FGNMSXY]\b/g, (name) => names[name]!);
}
