// Draws programs by level. Owns the shapes of programs; they are drawn freely and kept if their run obeys the level's limits.

import type { Random } from "../../random.ts";
import { execute } from "./execute.ts";
import { keeps, LEVELS, type Limits, type Shape } from "./levels.ts";
import type {
  AssignmentForm,
  Comparison,
  Condition,
  Expression,
  Header,
  Operator,
  Program,
  Statement,
} from "./program.ts";
import { lineCount } from "./write.ts";

export type Loop = "for" | "while";

const FOR: readonly Shape[] = ["sum", "pair", "if", "after", "else"];

export const PROGRAM_LEVELS = LEVELS.length;

/** A program whose run keeps the level's limits. */
export function drawProgram(random: Random, level: number): Program {
  const limits = LEVELS[level - 1]!;
  for (;;) {
    const program = attempt(random, limits, level);
    const run = execute(program);
    if (run !== undefined && lineCount(program) <= limits.lines && keeps(run, limits, level)) return program;
  }
}

/** The kind of loop that a program has. */
export function loopOf({ statements }: Program): Loop {
  return statements.some(({ kind }) => kind === "for") ? "for" : "while";
}

const NAMES = ["x", "x", "y", "a", "b", "n", "s", "t", "c", "total", "count", "result"] as const;
const COUNTERS = ["i", "i", "i", "j", "k"] as const;

function attempt(random: Random, limits: Limits, level: number): Program {
  const language = random.pick(["python", "javascript"] as const);
  const shape = random.weighted(limits.shapes);
  const [v, w] = random.shuffle([...new Set(NAMES)]) as [string, string];
  const i = random.pick(COUNTERS);
  const maker: Maker = { random, v, w, i, largest: limits.largest, stepForm: language === "javascript", level };
  return { language, statements: FOR.includes(shape) ? forProgram(maker, shape) : whileProgram(maker, shape) };
}

interface Maker {
  readonly random: Random;
  /** The two variables and the loop's own. */
  readonly v: string;
  readonly w: string;
  readonly i: string;
  readonly largest: number;
  readonly stepForm: boolean;
  readonly level: number;
}

const operation = (op: Operator, left: Expression, right: Expression): Expression => ({ op, left, right });

function set({ random, stepForm }: Maker, name: string, value: Expression): Statement {
  let form: AssignmentForm = "plain";
  if (typeof value === "object" && value.left === name) {
    if (random.chance(0.5)) form = "augmented";
    const byOne = value.right === 1 && (value.op === "+" || value.op === "-");
    if (stepForm && byOne && random.chance(0.5)) form = "step";
  }
  return { kind: "assign", name, value, form };
}

const start = (maker: Maker, name: string, value: number): Statement => set(maker, name, value);

/** A new value for `name` from itself and one of the others. */
function change(maker: Maker, name: string, others: readonly string[]): Statement {
  const { random } = maker;
  const small = () => random.int(1, 9);
  const other = (): Expression => (random.chance(0.75) ? random.pick(others) : small());
  const value = random.weighted<() => Expression>([
    [() => operation("+", name, other()), 10],
    [() => operation("+", other(), name), 2],
    [() => operation("-", name, other()), 4],
    [() => operation("*", name, random.int(2, 3)), 3],
    [() => operation("+", name, operation("*", random.int(2, 4), random.pick(others))), 3],
    [() => operation("+", name, operation("*", random.pick(others), random.pick(others))), 1],
    [() => operation("+", operation("*", name, 2), other()), 2],
    [() => operation("-", operation("*", name, 2), small()), 1],
  ])();
  return set(maker, name, value);
}

function forHeader({ random, i }: Maker, body: readonly Statement[]): Statement {
  if (random.chance(0.15)) {
    const values = Array.from({ length: random.int(2, 5) }, () => random.int(0, 9));
    return { kind: "for", name: i, values, header: { kind: "list" }, body };
  }
  const step = random.weighted([
    [1, 7],
    [2, 2],
    [3, 1],
    [-1, 1],
  ] as const);
  const first = step < 0 ? random.int(3, 9) : random.chance(0.5) ? 0 : random.int(1, 5);
  const inclusive = random.chance(0.3);
  const end =
    step < 0 ? random.int(0, first - 1) : first + step * random.int(2, 5) - (step > 1 ? random.below(step) : 0);
  const values: number[] = [];
  for (
    let at = first;
    step > 0 ? at < end || (inclusive && at === end) : at > end || (inclusive && at === end);
    at += step
  )
    values.push(at);
  const header: Header = { kind: "range", start: first, end, step, inclusive };
  return { kind: "for", name: i, values, header, body };
}

function forProgram(maker: Maker, shape: Shape): Statement[] {
  const { random, v, w, i } = maker;
  const first = start(maker, v, random.int(0, 9));
  switch (shape) {
    case "pair": {
      const body = [change(maker, v, [w, i]), change(maker, w, [v, i])];
      return [first, start(maker, w, random.int(0, 9)), forHeader(maker, body), print(maker, [v, w])];
    }
    case "if":
    case "else": {
      const checked = random.chance(0.6) ? remainder(maker, i) : limit(maker, random.chance(0.5) ? i : v);
      const branch: Statement = {
        kind: "if",
        condition: checked,
        body: [change(maker, v, [i])],
        otherwise: shape === "else" ? [change(maker, v, [i])] : [],
      };
      return [first, forHeader(maker, [branch]), print(maker, [v])];
    }
    case "after": {
      const loop = forHeader(maker, [change(maker, v, [i])]);
      const last = random.chance(0.5)
        ? set(maker, v, operation(random.pick(["+", "-", "*"] as const), v, random.int(1, 9)))
        : set(maker, w, operation(random.pick(["+", "-", "*"] as const), v, random.int(1, 9)));
      return [first, loop, last, print(maker, last.kind === "assign" && last.name === w ? [w, v] : [v])];
    }
    default:
      return [first, forHeader(maker, [change(maker, v, [i])]), print(maker, [v])];
  }
}

function remainder({ random }: Maker, name: string): Condition {
  const by = random.pick([2, 2, 2, 3]);
  return {
    op: random.chance(0.8) ? "==" : "!=",
    left: operation("%", name, by),
    right: random.chance(0.6) ? 0 : random.int(0, by - 1),
  };
}

function limit({ random }: Maker, name: string): Condition {
  return { op: random.pick<Comparison>(["<", ">", "<=", ">="]), left: name, right: random.int(1, 9) };
}

function whileProgram(maker: Maker, shape: Shape): Statement[] {
  const { random, v, w, level } = maker;
  const up = random.chance(0.6);
  const grow = (name: string): Statement =>
    set(
      maker,
      name,
      random.weighted<() => Expression>([
        [() => operation("+", name, random.int(1, 9)), 4],
        [() => operation("*", name, random.int(2, 3)), 3],
        [() => operation("+", operation("*", name, 2), random.int(1, 5)), 1],
      ])(),
    );
  const shrink = (name: string): Statement => set(maker, name, operation("-", name, random.int(1, 9)));
  const large = level === 3 ? 200 : 60;
  const bounded = (name: string): Condition => ({
    op: random.pick(up ? (["<", "<="] as const) : ([">", ">="] as const)),
    left: name,
    right: up ? random.int(5, large) : random.int(0, 9),
  });
  const first = start(maker, v, up ? random.int(1, 9) : random.int(8, large));
  switch (shape) {
    case "counter": {
      // A counter runs down to a bound while another variable grows from it.
      const down = random.chance(0.6);
      const condition: Condition = down
        ? { op: random.pick([">", ">", ">="] as const), left: v, right: random.int(0, 2) }
        : { op: random.pick(["<", "<="] as const), left: v, right: random.int(3, 8) };
      const step = set(maker, v, operation(down ? "-" : "+", v, random.chance(0.75) ? 1 : 2));
      const work = change(maker, w, [v]);
      const body = random.chance(0.7) ? [work, step] : [step, work];
      const begin = [start(maker, w, random.int(0, 9)), start(maker, v, down ? random.int(2, 6) : random.int(0, 3))];
      return [
        ...(random.chance(0.5) ? begin : begin.reverse()),
        { kind: "while", condition, body },
        print(maker, [w, v]),
      ];
    }
    case "meet": {
      const body = [set(maker, v, operation("+", v, random.int(1, 4))), ...(random.chance(0.6) ? [shrink(w)] : [])];
      const condition: Condition = { op: random.pick(["<", "<="] as const), left: v, right: w };
      return [
        start(maker, v, random.int(0, 9)),
        start(maker, w, random.int(5, 30)),
        { kind: "while", condition, body },
        print(maker, [v, w]),
      ];
    }
    case "count": {
      const body = [up ? grow(v) : shrink(v), set(maker, w, operation("+", w, 1))];
      return [first, start(maker, w, 0), { kind: "while", condition: bounded(v), body }, print(maker, [w, v])];
    }
    default:
      return [first, { kind: "while", condition: bounded(v), body: [up ? grow(v) : shrink(v)] }, print(maker, [v])];
  }
}

/** Prints the first variable, or all, or what they make together. */
function print({ random }: Maker, names: readonly string[]): Statement {
  if (names.length > 1 && random.chance(0.4)) return { kind: "print", values: random.shuffle(names) };
  if (random.chance(0.12)) {
    const other: Expression = names.length > 1 ? names[1]! : random.int(1, 9);
    return { kind: "print", values: [operation("+", names[0]!, other)] };
  }
  return { kind: "print", values: [random.chance(0.8) ? names[0]! : names[names.length - 1]!] };
}
