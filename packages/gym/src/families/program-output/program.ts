// Short programs as trees: assignments, one kind of loop inside another, small ifs, print. Owns the tree, its compact text
// (`x=x+2*i`) and its canonical key; knows neither how programs are drawn nor how they are written in a language.

export type Language = "python" | "javascript";
export type Operator = "+" | "-" | "*" | "%";
export type Comparison = "<" | "<=" | ">" | ">=" | "==" | "!=";

/** A whole number, a variable, or an operation. */
export type Expression =
  | number
  | string
  | { readonly op: Operator; readonly left: Expression; readonly right: Expression };

export interface Condition {
  readonly op: Comparison;
  readonly left: Expression;
  readonly right: Expression;
}

/** How an assignment is written: `x = x + 2`, `x += 2`, or (JavaScript, by one) `x++`. */
export type AssignmentForm = "plain" | "augmented" | "step";

/** How a counting loop is written: its bounds, or a list of values. `inclusive` is JavaScript's `<=` and `>=`. */
export type Header =
  | { readonly kind: "list" }
  | {
      readonly kind: "range";
      readonly start: number;
      readonly end: number;
      readonly step: number;
      readonly inclusive: boolean;
    };

export type Statement =
  | { readonly kind: "assign"; readonly name: string; readonly value: Expression; readonly form: AssignmentForm }
  | {
      readonly kind: "for";
      readonly name: string;
      readonly values: readonly number[];
      readonly header: Header;
      readonly body: readonly Statement[];
    }
  | { readonly kind: "while"; readonly condition: Condition; readonly body: readonly Statement[] }
  | {
      readonly kind: "if";
      readonly condition: Condition;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  | { readonly kind: "print"; readonly values: readonly Expression[] };

export interface Program {
  readonly language: Language;
  readonly statements: readonly Statement[];
}

const PRECEDENCE: Readonly<Record<Operator, number>> = { "+": 1, "-": 1, "*": 2, "%": 2 };

/** Text of an expression without spaces, with the brackets it needs; `space` goes round each operator. */
export function expressionText(expression: Expression, space = ""): string {
  if (typeof expression !== "object") return String(expression);
  const { op, left, right } = expression;
  const side = (part: Expression, needs: number): string => {
    const text = expressionText(part, space);
    const bracketed =
      (typeof part === "object" && PRECEDENCE[part.op] < needs) || (typeof part === "number" && part < 0);
    return bracketed ? `(${text})` : text;
  };
  return `${side(left, PRECEDENCE[op])}${space}${op}${space}${side(right, PRECEDENCE[op] + 1)}`;
}

/** Text of a condition; JavaScript compares with `===` and `!==`. */
export function conditionText({ op, left, right }: Condition, language: Language, space = ""): string {
  const sign = language === "javascript" && (op === "==" || op === "!=") ? `${op}=` : op;
  return `${expressionText(left, space)}${space}${sign}${space}${expressionText(right, space)}`;
}

/** Text of an assignment as it is written, without `let` and semicolon. */
export function assignmentText({ name, value, form }: Statement & { kind: "assign" }, space = ""): string {
  if (form !== "plain" && typeof value === "object" && value.left === name) {
    if (form === "step") return `${name}${value.op}${value.op}`;
    return `${name}${space}${value.op}=${space}${expressionText(value.right, space)}`;
  }
  return `${name}${space}=${space}${expressionText(value, space)}`;
}

/** Text of a print statement without its end mark. */
export function printText(values: readonly Expression[], language: Language, space = ""): string {
  const call = language === "python" ? "print" : "console.log";
  return `${call}(${values.map((value) => expressionText(value, space)).join(space === "" ? "," : ", ")})`;
}

/** Equal for equal programs: whatever the language, the names of variables, the way loops and assignments are written. */
export function programKey({ statements }: Program): string {
  const names = new Map<string, string>();
  const rename = (name: string): string => {
    if (!names.has(name)) names.set(name, `v${names.size}`);
    return names.get(name) as string;
  };
  const expression = (value: Expression): string => {
    if (typeof value === "number") return String(value);
    if (typeof value === "string") return rename(value);
    const sides = [expression(value.left), expression(value.right)];
    if (value.op === "+" || value.op === "*") sides.sort();
    return `(${sides.join(value.op)})`;
  };
  const condition = ({ op, left, right }: Condition) => `${expression(left)}${op}${expression(right)}`;
  const block = (body: readonly Statement[]): string => body.map(statement).join(";");
  const statement = (one: Statement): string => {
    switch (one.kind) {
      case "assign": {
        const value = expression(one.value);
        return `${rename(one.name)}=${value}`;
      }
      case "for":
        return `for ${rename(one.name)} in ${one.values.join(",")}{${block(one.body)}}`;
      case "while":
        return `while ${condition(one.condition)}{${block(one.body)}}`;
      case "if":
        return `if ${condition(one.condition)}{${block(one.body)}}${one.otherwise.length > 0 ? `else{${block(one.otherwise)}}` : ""}`;
      case "print":
        return `print ${one.values.map(expression).join(",")}`;
    }
  };
  return block(statements);
}
