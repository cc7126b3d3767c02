// Finds the wrong line of a printing loop from the numbers that are wanted: their steps say what the step must be, then the first one
// says where it must start, and if both are right, the loop is wrong. Owns the lines of this reasoning and the repaired line.
//
//   want: 2,6,10,14              the wanted numbers
//   difference: 6-2=4            what leads from a number to the next; `difference again: 10-6=4` must agree,
//   factor: 6/3=2                else it is a factor, and `factor again: 12/6=2` agrees
//   step x+4: x=x+3 no           the step that this makes, and the program's own
//   before: 6-4=2                the start, where the program steps before it prints
//   start 2: x=2 yes             the start that is needed, and the program's own
//   count: 1 2, 2 6, 3 10        a `for`: how many numbers, then `rounds 3: range(4) no`
//   grows: 2<6, x>20 no          a `while`: the direction, and the loop's sign
//   last: 14+1=15                the bound at which the last number still comes
//   fix: while x < 15            the repaired line

import { parseProgram } from "../program-output/parse.ts";
import {
  assignmentText,
  conditionText,
  type Expression,
  type Operator,
  type Program,
  type Statement,
} from "../program-output/program.ts";
import { lineTokens, replaceToken, shownLine } from "./lines.ts";
import { printedBy, type Repair } from "./problem.ts";

/** The reasoning, the repaired line, and which part was wrong. */
export interface Diagnosis {
  readonly fault: "start" | "step" | "loop";
  readonly lines: readonly string[];
  readonly repaired: string;
}

type Loop = Extract<Statement, { kind: "while" | "for" }>;

/** The parts of a program of this family; undefined for any other. */
function partsOf({ statements }: Program) {
  const [first, loop, ...more] = statements;
  if (first?.kind !== "assign" || typeof first.value !== "number" || more.length > 0) return undefined;
  if ((loop?.kind !== "while" && loop?.kind !== "for") || loop.body.length !== 2) return undefined;
  const step = loop.body.find((statement) => statement.kind === "assign");
  const print = loop.body.find((statement) => statement.kind === "print");
  const { name } = first;
  if (step?.kind !== "assign" || print?.kind !== "print" || step.name !== name) return undefined;
  const { value } = step;
  if (typeof value !== "object" || value.left !== name || typeof value.right !== "number" || value.op === "%")
    return undefined;
  if (print.values.length !== 1 || print.values[0] !== name) return undefined;
  if (loop.kind === "while" && (loop.condition.left !== name || typeof loop.condition.right !== "number"))
    return undefined;
  if (loop.kind === "for" && (loop.header.kind !== "range" || loop.name === name)) return undefined;
  return {
    name,
    start: first,
    startValue: first.value,
    loop,
    step,
    op: value.op,
    by: value.right,
    printsFirst: loop.body[0] === print,
  };
}

const known = new WeakMap<Repair, Diagnosis | undefined>();

/** What is wrong with a program and how it is mended by one token, or undefined where that can't be said. */
export function diagnose(repair: Repair): Diagnosis | undefined {
  if (!known.has(repair)) known.set(repair, examine(repair)); // a row asks five times
  return known.get(repair);
}

function examine({ source, wanted }: Repair): Diagnosis | undefined {
  const program = parseProgram(source.join("\n"));
  const parts = program === undefined ? undefined : partsOf(program);
  if (program === undefined || parts === undefined || wanted.length < 3) return undefined;
  const { name, start, startValue, loop, step, op, by, printsFirst } = parts;
  const lines = [`want: ${wanted.join(",")}`];
  const found = stepOf(wanted, lines);
  if (found === undefined) return undefined;
  const needed: Expression = { op: found.op, left: name, right: found.by };
  const isStepRight = found.op === op && found.by === by;
  const stepText = `${name}${found.op}${found.by}`;
  lines.push(`step ${stepText}: ${assignmentText(step)} ${isStepRight ? "yes" : "no"}`);
  const finish = (fault: Diagnosis["fault"], statement: Statement, change: readonly [from: string, to: string]) => {
    const at = lineOf(source, statement, program);
    const line = at === undefined ? undefined : replaceToken(source[at]!, change[0], change[1]);
    if (at === undefined || line === undefined) return undefined;
    if (printedBy(source.with(at, line)) !== wanted.join("\n")) return undefined;
    const repaired = shownLine(line);
    return { fault, lines: [...lines, `fix: ${repaired}`], repaired };
  };
  if (!isStepRight) {
    if (found.op !== op && found.by !== by) return undefined;
    const sign = step.form === "plain" ? "" : "=";
    return finish(
      "step",
      { ...step, value: needed },
      found.op !== op ? [op + sign, found.op + sign] : [`${by}`, `${found.by}`],
    );
  }
  const first = wanted[0]!;
  const startNeeded = printsFirst ? first : inverse(found, first, lines);
  if (startNeeded === undefined) return undefined;
  const isStartRight = startNeeded === startValue;
  lines.push(`start ${startNeeded}: ${assignmentText(start)} ${isStartRight ? "yes" : "no"}`);
  if (!isStartRight) return finish("start", start, [`${startValue}`, `${startNeeded}`]);
  const change = loop.kind === "for" ? rounds(loop, wanted, lines) : bound(loop, wanted, printsFirst, lines);
  return change === undefined ? undefined : finish("loop", loop, change);
}

/** The step between neighbouring numbers: a difference that stays, else a factor. */
function stepOf(wanted: readonly number[], lines: string[]): { op: Operator; by: number } | undefined {
  const [p, q, r] = wanted as [number, number, number];
  const difference = (a: number, b: number) => (a < b ? `${b}-${a}=${b - a}` : `${a}-${b}=${a - b}`);
  if (p === q) return undefined;
  lines.push(`difference: ${difference(p, q)}`, `difference again: ${difference(q, r)}`);
  if (q - p === r - q) return { op: p < q ? "+" : "-", by: Math.abs(q - p) };
  const by = q / p;
  if (!Number.isInteger(by) || r !== q * by) return undefined;
  lines.push(`factor: ${q}/${p}=${by}`, `factor again: ${r}/${q}=${by}`);
  return { op: "*", by };
}

/** The number before the first one. */
function inverse({ op, by }: { op: Operator; by: number }, first: number, lines: string[]): number | undefined {
  const value = op === "+" ? first - by : op === "-" ? first + by : first / by;
  if (!Number.isInteger(value) || value < 0) return undefined;
  lines.push(`before: ${first}${op === "+" ? "-" : op === "-" ? "+" : "/"}${by}=${value}`);
  return value;
}

function rounds({ header }: Loop & { kind: "for" }, wanted: readonly number[], lines: string[]) {
  if (header.kind !== "range" || header.step !== 1 || header.start !== (header.inclusive ? 1 : 0)) return undefined;
  const count = wanted.length;
  lines.push(`count: ${wanted.map((value, i) => `${i + 1} ${value}`).join(", ")}`);
  lines.push(`rounds ${count}: ${header.end} ${header.end === count ? "yes" : "no"}`);
  return [`${header.end}`, `${count}`] as const;
}

function bound(
  { condition }: Loop & { kind: "while" },
  wanted: readonly number[],
  printsFirst: boolean,
  lines: string[],
) {
  const [p, q] = wanted as [number, number];
  const { op, right } = condition;
  const isTurned = p < q !== op.startsWith("<");
  if (!/^[<>]/.test(op)) return undefined;
  lines.push(
    `${p < q ? "grows" : "falls"}: ${p}${p < q ? "<" : ">"}${q}, ${conditionText(condition, "python")} ${isTurned ? "no" : "yes"}`,
  );
  if (isTurned) return [op, op.replace(/[<>]/, (sign) => (sign === "<" ? ">" : "<"))] as const;
  const last = wanted.at(printsFirst ? -1 : -2)!;
  const needed = op === "<" ? last + 1 : op === ">" ? last - 1 : last;
  lines.push(`last: ${op === "<" ? `${last}+1=${needed}` : op === ">" ? `${last}-1=${needed}` : last}`);
  return needed < 0 ? undefined : ([`${right}`, `${needed}`] as const);
}

/** The line on which a part stands: the first holds the start, loops and steps are found by how they begin. */
function lineOf(source: readonly string[], statement: Statement, program: Program): number | undefined {
  if (statement.kind === "for" || statement.kind === "while")
    return at(source, (line) => line.startsWith(statement.kind));
  if (statement.kind !== "assign") return undefined;
  if (typeof statement.value === "number") return at(source, () => true);
  const isStep = (line: string) => lineTokens(line)[0] === statement.name;
  const index = source.findLastIndex((line) => isStep(line.trim()));
  return index < 0 || program.statements.length === 0 ? undefined : index;
}

function at(source: readonly string[], test: (line: string) => boolean): number | undefined {
  const index = source.findIndex((line) => test(line.trim()));
  return index < 0 ? undefined : index;
}
