// Draws problems of propositional logic: formulas first, until the answer is the wanted one, so that yes and no are equally frequent in
// each task. Owns the levels and the shapes of formulas; must not know words.

import type { Random } from "../../random.ts";
import { type Connective, type Formula, forms, join, not, renumbered, variablesOf } from "./formula.ts";
import { isYes, type Problem, type Task, variables } from "./problem.ts";
import { THEMES } from "./themes.ts";
import { reason } from "./trace.ts";

/** How many variables a problem has, and how many lines its reasoning may have, by level. */
const LEVELS = [
  { variables: 2, lines: 12 },
  { variables: 3, lines: 18 },
  { variables: 4, lines: 30 },
] as const;

export const LOGIC_LEVELS = LEVELS.length;
export const TASKS: readonly Task[] = ["entailment", "satisfiability", "equivalence"];

export function drawProblem(random: Random, level: number): Problem {
  const { variables: count, lines } = LEVELS[level - 1]!;
  const task = random.pick(TASKS);
  const yes = random.chance(0.5);
  // No law that can be said in plain sentences has four variables.
  const isSigned = random.chance(0.5) || (task === "equivalence" && count > 3);
  const theme = isSigned ? 0 : random.int(1, THEMES.length - 1);
  const { words } = THEMES[theme]!.en;
  for (;;) {
    const drawn = drawFormulas(random, task, count, theme > 0);
    const used = variables({ formulas: drawn });
    if (used.length !== count) continue;
    const formulas = drawn.map((formula) => renumbered(formula, used));
    if (isYes({ task, formulas }) !== yes || !formulas.every(isContingent)) continue;
    if (new Set(formulas.map((formula) => JSON.stringify(formula))).size < formulas.length) continue;
    // Premises that contradict each other would make everything follow.
    if (task === "entailment" && !isYes({ task: "satisfiability", formulas: formulas.slice(0, -1) })) continue;
    if (reason({ task, formulas }).length > lines) continue;
    const start = theme === 0 ? random.below(words.length / 4) * 4 : undefined;
    const chosen =
      start === undefined
        ? random.shuffle(words.map((_, i) => i)).slice(0, count)
        : Array.from({ length: count }, (_, i) => start + i);
    return { task, formulas, theme, words: chosen };
  }
}

const isContingent = (formula: Formula): boolean =>
  isYes({ task: "satisfiability", formulas: [formula] }) && isYes({ task: "satisfiability", formulas: [not(formula)] });

function drawFormulas(random: Random, task: Task, count: number, spoken: boolean): Formula[] {
  if (task === "equivalence") return drawPair(random, count, spoken);
  const size = task === "entailment" ? random.int(2, 3) : random.int(2, 3) + (count > 3 ? 1 : 0);
  const found = Array.from({ length: size }, () => drawFormula(random, count, spoken));
  // A claim is often short.
  if (task === "entailment" && random.chance(0.4)) found[size - 1] = drawLiteral(random, random.below(count));
  return [
    ...found,
    ...(task === "entailment" && size === 2 && random.chance(0.5) ? [drawFormula(random, count, spoken)] : []),
  ];
}

const drawLiteral = (random: Random, variable: number): Formula => (random.chance(0.35) ? not(variable) : variable);

const drawConnective = (random: Random): Connective =>
  random.weighted([
    ["and", 3],
    ["or", 4],
    ["if", 5],
    ["iff", 2],
  ] as const);

/** A formula of two or three literals. Spoken ones have one reading: no "not" before brackets, nothing nested but beside an "if". */
function drawFormula(random: Random, count: number, spoken: boolean): Formula {
  const [a, b, c] = random.shuffle(Array.from({ length: count }, (_, i) => i)) as [number, number, number?];
  const literal = (variable: number) => drawLiteral(random, variable);
  if (random.chance(0.1)) return literal(a);
  const shape = c === undefined || random.chance(0.55) ? 2 : 3;
  if (shape === 2) {
    const pair = join(drawConnective(random), literal(a), literal(b));
    return !spoken && random.chance(0.15) ? not(pair) : pair;
  }
  const inner = join(spoken ? random.pick(["and", "or"]) : drawConnective(random), literal(a), literal(b));
  const outer = spoken ? "if" : drawConnective(random);
  const nested = !spoken && random.chance(0.2) ? not(inner) : inner;
  return random.chance(0.5) ? join(outer, nested, literal(c!)) : join(outer, literal(c!), nested);
}

/** Laws by which a formula may be said in another way: pairs of equivalents. */
const LAWS: readonly ((a: Formula, b: Formula, c: Formula) => readonly [Formula, Formula])[] = [
  (a, b) => [join("if", a, b), join("if", negation(b), negation(a))],
  (a, b) => [join("if", a, b), join("or", negation(a), b)],
  (a, b) => [join("iff", a, b), join("iff", negation(a), negation(b))],
  (a, b, c) => [join("if", join("and", a, b), c), join("if", join("and", b, a), c)],
  (a, b, c) => [join("if", join("or", a, b), c), join("if", negation(c), join("and", negation(a), negation(b)))],
  (a, b, c) => [join("if", a, join("or", b, c)), join("if", join("and", a, negation(b)), c)],
  (a, b, c) => [join("if", a, join("and", b, c)), join("if", join("or", negation(b), negation(c)), negation(a))],
];

/** Laws that only signs can say. */
const WRITTEN_LAWS: typeof LAWS = [
  (a, b, c) => [not(join("and", a, join("or", b, c))), join("or", negation(a), join("and", negation(b), negation(c)))],
  (a, b, c) => [join("and", a, join("or", b, c)), join("or", join("and", a, b), join("and", a, c))],
  (a, b, c) => [join("or", a, join("and", b, c)), join("and", join("or", a, b), join("or", a, c))],
  (a, b, c) => [join("if", a, join("if", b, c)), join("if", join("and", a, b), c)],
  (a, b, c) => [join("iff", join("iff", a, b), c), join("iff", a, join("iff", b, c))],
  (a, b, c) => [not(join("if", a, join("or", b, c))), join("and", a, not(join("or", b, c)))],
];

const negation = (formula: Formula): Formula => forms(not(formula), new Map()).at(-1)!;

/** A pair by a law, or a law with one slip. */
function drawPair(random: Random, count: number, spoken: boolean): Formula[] {
  const [a, b, c, d] = random.shuffle(Array.from({ length: Math.max(3, count) }, (_, i) => i)) as [
    number,
    number,
    number,
    number?,
  ];
  const literal = (variable: number) => drawLiteral(random, variable);
  const last = count < 3 ? literal(b) : literal(c);
  const second = d === undefined ? literal(b) : join(random.pick(["and", "or"]), literal(b), literal(d));
  const law = random.pick(spoken ? LAWS : [...LAWS, ...WRITTEN_LAWS]);
  const pair = law(literal(a), spoken ? literal(b) : second, last);
  const slipped = random.chance(0.5) ? slip(pair[1], random) : pair[1];
  return random.shuffle([pair[0], slipped]);
}

/** The formula with one connective, one direction or one sign changed. */
function slip(formula: Formula, random: Random): Formula {
  if (typeof formula !== "object") return typeof formula === "number" ? not(formula) : formula;
  if (formula.op === "not") return typeof formula.of === "number" ? formula.of : not(slip(formula.of, random));
  const { op, left, right } = formula;
  const where = random.below(variablesOf(formula).length + 1);
  if (where === 0) {
    if (op === "if") return join("if", right, left);
    return join(op === "iff" ? "if" : op === "and" ? "or" : "and", left, right);
  }
  return where === 1 ? join(op, slip(left, random), right) : join(op, left, slip(right, random));
}
