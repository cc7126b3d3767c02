// Formulas of propositional logic. Owns their form, truth, rewriting by known values, and the notation of reasoning (`not`, `and`, `or`,
// `->`, `<->`, `T`, `F`), written and read; knows no problem.

/** A variable by its number, a truth value, or a connective. */
export type Formula =
  | number
  | boolean
  | { readonly op: "not"; readonly of: Formula }
  | { readonly op: Connective; readonly left: Formula; readonly right: Formula };

export type Connective = "and" | "or" | "if" | "iff";

/** Values of some variables. */
export type Values = ReadonlyMap<number, boolean>;

export const not = (of: Formula): Formula => ({ op: "not", of });
export const join = (op: Connective, left: Formula, right: Formula): Formula => ({ op, left, right });

/** The truth value under values of all variables. */
export function truth(formula: Formula, values: Values): boolean {
  if (typeof formula === "boolean") return formula;
  if (typeof formula === "number") return values.get(formula) === true;
  if (formula.op === "not") return !truth(formula.of, values);
  const left = truth(formula.left, values);
  const right = truth(formula.right, values);
  switch (formula.op) {
    case "and":
      return left && right;
    case "or":
      return left || right;
    case "if":
      return !left || right;
    case "iff":
      return left === right;
  }
}

/** The variables of a formula, in the order in which they first stand there. */
export function variablesOf(formula: Formula): number[] {
  if (typeof formula === "boolean") return [];
  if (typeof formula === "number") return [formula];
  const parts = formula.op === "not" ? [formula.of] : [formula.left, formula.right];
  return [...new Set(parts.flatMap(variablesOf))];
}

/** The formula with each variable's place in `order` for its number. */
export function renumbered(formula: Formula, order: readonly number[]): Formula {
  if (typeof formula === "number") return order.indexOf(formula);
  if (typeof formula === "boolean") return formula;
  if (formula.op === "not") return not(renumbered(formula.of, order));
  return join(formula.op, renumbered(formula.left, order), renumbered(formula.right, order));
}

/** All values of some variables that agree with those given. */
export function completions(variables: readonly number[], given: Values = new Map()): Values[] {
  const free = variables.filter((variable) => !given.has(variable));
  return Array.from({ length: 2 ** free.length }, (_, bits) => {
    const values = new Map(given);
    free.forEach((variable, i) => {
      values.set(variable, ((bits >> i) & 1) === 0);
    });
    return values;
  });
}

/** The formula with values put in for its variables. */
export function put(formula: Formula, values: Values): Formula {
  if (typeof formula === "boolean") return formula;
  if (typeof formula === "number") return values.get(formula) ?? formula;
  if (formula.op === "not") return not(put(formula.of, values));
  return join(formula.op, put(formula.left, values), put(formula.right, values));
}

/** One round of rewriting: each connective beside a truth value goes, and each double negation. */
export function reduce(formula: Formula): Formula {
  if (typeof formula !== "object") return formula;
  if (formula.op === "not") {
    const { of } = formula;
    if (typeof of === "boolean") return !of;
    return typeof of === "object" && of.op === "not" ? reduce(of.of) : not(reduce(of));
  }
  const { op, left, right } = formula;
  if (typeof left === "boolean") return withKnown(op, left, right, true);
  if (typeof right === "boolean") return withKnown(op, right, left, false);
  return join(op, reduce(left), reduce(right));
}

/** A connective one side of which is known. */
function withKnown(op: Connective, known: boolean, open: Formula, isLeft: boolean): Formula {
  const kept = () => reduce(open);
  const negated = () => reduce(not(open));
  switch (op) {
    case "and":
      return known ? kept() : false;
    case "or":
      return known ? true : kept();
    case "if":
      if (isLeft) return known ? kept() : true;
      return known ? true : negated();
    case "iff":
      return known ? kept() : negated();
  }
}

/** The formula with values put in, and its forms down to the shortest. */
export function forms(formula: Formula, values: Values): Formula[] {
  const found = [put(formula, values)];
  for (;;) {
    const next = reduce(found.at(-1)!);
    if (JSON.stringify(next) === JSON.stringify(found.at(-1))) return found;
    found.push(next);
  }
}

const SIGNS: Readonly<Record<Connective, string>> = { and: "and", or: "or", if: "->", iff: "<->" };

/** A formula in the notation of reasoning. */
export function write(formula: Formula, names: readonly string[]): string {
  if (typeof formula === "boolean") return formula ? "T" : "F";
  if (typeof formula === "number") return names[formula]!;
  const side = (part: Formula) => {
    const text = write(part, names);
    return typeof part === "object" && part.op !== "not" ? `(${text})` : text;
  };
  if (formula.op === "not") return `not ${side(formula.of)}`;
  return `${side(formula.left)} ${SIGNS[formula.op]} ${side(formula.right)}`;
}

/** Signs of questions and of reasoning, as connectives. */
const READ: Readonly<Record<string, Connective | "not">> = {
  not: "not", "¬": "not", "~": "not", "!": "not", 非: "not",
  and: "and", "∧": "and", "&": "and", "&&": "and", 且: "and",
  or: "or", "∨": "or", "|": "or", "||": "or", 或: "or",
  "->": "if", "→": "if", "=>": "if", "<->": "iff", "↔": "iff", "<=>": "iff",
}; // biome-ignore format: a row a connective

const TOKEN = /\s*(<->|<=>|->|=>|&&|\|\||[¬~!∧&∨|→↔()]|[A-Za-z]+|\p{Script=Han}+)\s*/uy;
const LOOSEST: readonly (Connective | "not")[] = ["iff", "if", "or", "and"];
const DEEPEST = 12;

/** Reads a formula in any of the notations; undefined where it isn't one or has other names. */
export function readFormula(text: string, names: readonly string[]): Formula | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null || tokens.push(match[1]!) > 60) return undefined;
  }
  let at = 0;
  const level = (looseness: number, depth: number): Formula | undefined => {
    if (depth > DEEPEST) return undefined;
    const op = LOOSEST[looseness];
    if (op === undefined) return atom(depth + 1);
    const left = level(looseness + 1, depth);
    if (left === undefined || READ[tokens[at] ?? ""] !== op) return left;
    at++;
    const right = level(looseness, depth + 1);
    return right === undefined ? undefined : join(op as Connective, left, right);
  };
  const atom = (depth: number): Formula | undefined => {
    if (depth > DEEPEST) return undefined;
    const token = tokens[at++] ?? "";
    if (READ[token] === "not") {
      const of = atom(depth + 1);
      return of === undefined ? undefined : not(of);
    }
    if (token === "(") {
      const inner = level(0, depth + 1);
      return inner !== undefined && tokens[at++] === ")" ? inner : undefined;
    }
    if (names.includes(token)) return names.indexOf(token);
    return token === "T" ? true : token === "F" ? false : undefined;
  };
  const formula = level(0, 0);
  return at === tokens.length ? formula : undefined;
}
