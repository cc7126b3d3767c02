// Short programs as trees: assignments, one kind of loop inside another, small ifs, print. Owns the tree, its compact text
// (`x=x+2*i`) and its canonical key; knows neither how programs are drawn nor how they are written in a language. Calls stand in
// the tree of function-calls; the programs of this folder have none.

export type Language = "python" | "javascript";
/** `//` is the quotient rounded down, JavaScript's `Math.floor(a / b)`. */
export type Operator = "+" | "-" | "*" | "%" | "//";
export type Comparison = "<" | "<=" | ">" | ">=" | "==" | "!=";

/** A whole number, a variable, an operation, or a further leaf: programs of this folder have none. */
export type Expression<Leaf = never> = number | string | Operation<Leaf> | Leaf;

export interface Operation<Leaf = never> {
  readonly op: Operator;
  readonly left: Expression<Leaf>;
  readonly right: Expression<Leaf>;
}

/** A call of a function. */
export interface Call {
  readonly call: string;
  readonly args: readonly Expression<Call>[];
}

const isOperation = (expression: Expression<Call>): expression is Operation<Call> =>
  typeof expression === "object" && "op" in expression;

export interface Condition<Leaf = never> {
  readonly op: Comparison;
  readonly left: Expression<Leaf>;
  readonly right: Expression<Leaf>;
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

export type Statement<Leaf = never> =
  | { readonly kind: "assign"; readonly name: string; readonly value: Expression<Leaf>; readonly form: AssignmentForm }
  | {
      readonly kind: "for";
      readonly name: string;
      readonly values: readonly number[];
      readonly header: Header;
      readonly body: readonly Statement<Leaf>[];
    }
  | { readonly kind: "while"; readonly condition: Condition<Leaf>; readonly body: readonly Statement<Leaf>[] }
  | {
      readonly kind: "if";
      readonly condition: Condition<Leaf>;
      readonly body: readonly Statement<Leaf>[];
      readonly otherwise: readonly Statement<Leaf>[];
    }
  | { readonly kind: "print"; readonly values: readonly Expression<Leaf>[] };

export interface Program {
  readonly language: Language;
  readonly statements: readonly Statement[];
}

const PRECEDENCE: Readonly<Record<Operator, number>> = { "+": 1, "-": 1, "*": 2, "%": 2, "//": 2 };

/** Text of an expression without spaces, with the brackets it needs; `space` goes round each operator. */
export function expressionText(expression: Expression<Call>, space = "", language: Language = "python"): string {
  if (typeof expression !== "object") return String(expression);
  if ("call" in expression) {
    const args = expression.args.map((arg) => expressionText(arg, space, language));
    return `${expression.call}(${args.join(space === "" ? "," : ", ")})`;
  }
  const { op, left, right } = expression;
  const isFloor = (part: Expression<Call>) => language === "javascript" && isOperation(part) && part.op === "//";
  const side = (part: Expression<Call>, needs: number): string => {
    const text = expressionText(part, space, language);
    const bracketed =
      (isOperation(part) && !isFloor(part) && PRECEDENCE[part.op] < needs) || (typeof part === "number" && part < 0);
    return bracketed ? `(${text})` : text;
  };
  if (isFloor(expression)) return `Math.floor(${side(left, 2)}${space}/${space}${side(right, 3)})`;
  return `${side(left, PRECEDENCE[op])}${space}${op}${space}${side(right, PRECEDENCE[op] + 1)}`;
}

/** Text of a condition; JavaScript compares with `===` and `!==`. */
export function conditionText({ op, left, right }: Condition<Call>, language: Language, space = ""): string {
  const sign = language === "javascript" && (op === "==" || op === "!=") ? `${op}=` : op;
  return `${expressionText(left, space, language)}${space}${sign}${space}${expressionText(right, space, language)}`;
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
