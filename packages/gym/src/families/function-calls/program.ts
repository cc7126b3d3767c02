// Programs of functions as trees: pure functions of whole numbers, and a main part that calls them and prints. Owns the tree and its
// canonical key; expressions and conditions are those of program-output, with calls.

import {
  type Call,
  type Condition as ConditionOf,
  type Expression as ExpressionOf,
  expressionText,
  type Language,
  type Statement as StatementOf,
} from "../program-output/program.ts";

export type Expression = ExpressionOf<Call>;
export type Condition = ConditionOf<Call>;
export type Assignment = StatementOf<Call> & { kind: "assign" };
export type Print = StatementOf<Call> & { kind: "print" };

/** A statement of a function. An `if` whose body returns has all that follows it in `otherwise`, however it is written. */
export type Statement =
  | Assignment
  | {
      readonly kind: "if";
      readonly condition: Condition;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  | { readonly kind: "return"; readonly value: Expression };

export interface Definition {
  readonly name: string;
  readonly params: readonly string[];
  readonly body: readonly Statement[];
}

export interface FunctionProgram {
  readonly language: Language;
  readonly functions: readonly Definition[];
  readonly main: readonly (Assignment | Print)[];
}

/** All calls in an expression. */
export function callsIn(expression: Expression): Call[] {
  if (typeof expression !== "object") return [];
  if ("call" in expression) return [expression, ...expression.args.flatMap(callsIn)];
  return [...callsIn(expression.left), ...callsIn(expression.right)];
}

/** The names of the functions that statements call, each as often as it stands there. */
export function calledBy(body: readonly Statement[]): string[] {
  return body.flatMap((statement) => {
    if (statement.kind !== "if") return callsIn(statement.value).map(({ call }) => call);
    const { left, right } = statement.condition;
    const tested = [left, right].flatMap(callsIn).map(({ call }) => call);
    return [...tested, ...calledBy(statement.body), ...calledBy(statement.otherwise)];
  });
}

/** The statements with everything behind an `if` that returns moved into its `otherwise`. */
export function nested(body: readonly Statement[]): Statement[] {
  const [first, ...rest] = body;
  if (first === undefined) return [];
  if (first.kind !== "if") return [first, ...nested(rest)];
  const inner = nested(first.body);
  const isLast = rest.length === 0 || !returns(inner) || first.otherwise.length > 0;
  const otherwise = nested(isLast ? first.otherwise : rest);
  return [{ ...first, body: inner, otherwise }, ...(isLast ? nested(rest) : [])];
}

/** Whether statements return on every way. */
export function returns(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  if (last?.kind === "if") return returns(last.body) && returns(last.otherwise);
  return last?.kind === "return";
}

/** An expression's text without its names. */
const shape = (value: Expression): string => expressionText(value).replace(/[A-Za-z_]\w*/g, "x");

/** Equal for equal programs: whatever the language, the names of functions and variables, the order in which functions are defined. */
export function programKey({ functions, main }: FunctionProgram): string {
  const names = new Map<string, string>();
  const order: string[] = [];
  const nameOf = (name: string): string => {
    if (!names.has(name)) {
      names.set(name, `f${names.size}`);
      order.push(name);
    }
    return names.get(name)!;
  };
  const block = (body: readonly (Statement | Print)[], variables: Map<string, string>): string => {
    const rename = (name: string): string => {
      if (!variables.has(name)) variables.set(name, `v${variables.size}`);
      return variables.get(name)!;
    };
    const text = (value: Expression): string => {
      if (typeof value === "number") return String(value);
      if (typeof value === "string") return rename(value);
      if ("call" in value) return `${nameOf(value.call)}(${value.args.map(text).join(",")})`;
      if (value.op !== "+" && value.op !== "*") return `(${text(value.left)}${value.op}${text(value.right)})`;
      // Operands that commute stand in the order of their shapes, and so the names in them are met in that order.
      const operands = [value.left, value.right].sort((a, b) => (shape(a) < shape(b) ? -1 : 1));
      const sides = operands.map(text);
      return `(${(shape(value.left) === shape(value.right) ? sides.sort() : sides).join(value.op)})`;
    };
    const one = (statement: Statement | Print): string => {
      switch (statement.kind) {
        case "assign": {
          const value = text(statement.value);
          return `${rename(statement.name)}=${value}`;
        }
        case "if": {
          const { op, left, right } = statement.condition;
          const branches = [statement.body, statement.otherwise].map((part) => part.map(one).join(";"));
          return `if ${text(left)}${op}${text(right)}{${branches[0]}}else{${branches[1]}}`;
        }
        case "return":
          return `return ${text(statement.value)}`;
        case "print":
          return `print ${statement.values.map(text).join(",")}`;
      }
    };
    return body.map(one).join(";");
  };
  const parts = [block(main, new Map())];
  // Functions follow in the order in which they are first met; one that is never called is no part of the problem.
  for (let at = 0; at < order.length; at++) {
    const definition = functions.find(({ name }) => name === order[at]);
    if (definition === undefined) continue;
    const variables = new Map(definition.params.map((param, i) => [param, `v${i}`]));
    const body = block(definition.body, variables);
    parts.push(`${nameOf(definition.name)}/${definition.params.length}{${body}}`);
  }
  return parts.join(" ");
}
