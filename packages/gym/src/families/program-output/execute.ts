// Runs a program and tells what happens, a line an event: the reasoning of the family and the ground of its checker. Owns the
// meaning of programs; a bounded interpreter of our own, nothing is ever evaluated as code.
//
//   x=3                   an assignment of a number
//   i: 0,1,2              the values that a counting loop runs through
//   i=0                   its next value
//   x=x+2*i: 3+2*0=3+0=3  an assignment: the statement, its right side with values, worked out
//   x<20: 3<20 yes        a loop's or an if's condition, with values, and whether it holds
//   i%2==0: 1%2=1 no      the same where the left side is worked out first
//   print(x): 3           what is printed

import {
  assignmentText,
  type Comparison,
  type Condition,
  conditionText,
  type Expression,
  expressionText,
  type Operator,
  type Program,
  printText,
  type Statement,
} from "./program.ts";

/** One line of a run. */
export interface Event {
  readonly text: string;
  /** What stands before the colon, or the variable's name in `x=3`. */
  readonly label: string;
  /** The statement that ran: its number in reading order. */
  readonly statement: number;
  /** The variable that got a value, if any. */
  readonly sets?: { readonly name: string; readonly value: number };
  /** The events whose values it uses. */
  readonly uses: readonly number[];
}

export interface Run {
  readonly events: readonly Event[];
  readonly output: string;
  /** Every single operation that was worked out, for the limits of a level. */
  readonly operations: readonly {
    readonly op: Operator;
    readonly left: number;
    readonly right: number;
    readonly result: number;
  }[];
  /** How often the bodies of loops ran. */
  readonly rounds: number;
}

const MOST_EVENTS = 400;
const LARGEST = 1e9;

class Stop extends Error {}

export function operate(op: Operator, left: number, right: number): number {
  switch (op) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "%":
      return left % right;
  }
}

export function compare(op: Comparison, left: number, right: number): boolean {
  switch (op) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "==":
      return left === right;
    case "!=":
      return left !== right;
  }
}

/** Runs a program; undefined where it uses a variable without a value, runs too long, or leaves the whole numbers. */
export function execute(program: Program): Run | undefined {
  try {
    return new Runner(program).run();
  } catch (error) {
    if (error instanceof Stop) return undefined;
    throw error;
  }
}

class Runner {
  readonly #program: Program;
  readonly #numbers = new Map<Statement, number>();
  readonly #events: Event[] = [];
  readonly #values = new Map<string, { value: number; event: number }>();
  readonly #operations: Run["operations"][number][] = [];
  readonly #printed: string[] = [];
  #rounds = 0;

  constructor(program: Program) {
    this.#program = program;
    this.#number(program.statements);
  }

  run(): Run {
    this.#block(this.#program.statements);
    return {
      events: this.#events,
      output: this.#printed.join("\n"),
      operations: this.#operations,
      rounds: this.#rounds,
    };
  }

  #number(body: readonly Statement[]): void {
    for (const statement of body) {
      this.#numbers.set(statement, this.#numbers.size);
      if ("body" in statement) this.#number(statement.body);
      if ("otherwise" in statement) this.#number(statement.otherwise);
    }
  }

  #block(body: readonly Statement[]): void {
    for (const statement of body) this.#statement(statement);
  }

  #statement(statement: Statement): void {
    switch (statement.kind) {
      case "assign": {
        const label = assignmentText(statement);
        const { chain, value, uses } = this.#work(statement.value);
        const constant = typeof statement.value === "number";
        this.#tell(statement, constant ? statement.name : label, constant ? label : `${label}: ${chain}`, uses, {
          name: statement.name,
          value,
        });
        return;
      }
      case "for": {
        const list = this.#events.length;
        this.#tell(statement, statement.name, `${statement.name}: ${statement.values.join(",")}`, []);
        for (const value of statement.values) {
          this.#rounds++;
          this.#tell(statement, statement.name, `${statement.name}=${value}`, [list], { name: statement.name, value });
          this.#block(statement.body);
        }
        return;
      }
      case "while":
        while (this.#holds(statement, statement.condition)) {
          this.#rounds++;
          this.#block(statement.body);
        }
        return;
      case "if":
        this.#block(this.#holds(statement, statement.condition) ? statement.body : statement.otherwise);
        return;
      case "print": {
        const worked = statement.values.map((value) => this.#work(value));
        const output = worked.map(({ value }) => value).join(" ");
        this.#printed.push(output);
        const label = printText(statement.values, this.#program.language);
        const shown = worked.length === 1 ? worked[0]!.chain : output;
        this.#tell(
          statement,
          label,
          `${label}: ${shown}`,
          worked.flatMap(({ uses }) => uses),
        );
      }
    }
  }

  #holds(statement: Statement, condition: Condition): boolean {
    const left = this.#work(condition.left);
    const right = this.#work(condition.right);
    const holds = compare(condition.op, left.value, right.value);
    const label = conditionText(condition, this.#program.language);
    const sign = conditionText({ ...condition, left: "", right: "" }, this.#program.language);
    const shown = typeof condition.left === "object" ? left.chain : `${left.chain}${sign}${right.chain}`;
    this.#tell(statement, label, `${label}: ${shown} ${holds ? "yes" : "no"}`, [...left.uses, ...right.uses]);
    return holds;
  }

  /** Puts values in and works out, one operation after another: `3+2*4=3+8=11`. */
  #work(expression: Expression): { chain: string; value: number; uses: number[] } {
    const uses: number[] = [];
    const substitute = (part: Expression): Expression => {
      if (typeof part === "number") return part;
      if (typeof part === "string") {
        const known = this.#values.get(part);
        if (known === undefined) throw new Stop();
        uses.push(known.event);
        return known.value;
      }
      return { op: part.op, left: substitute(part.left), right: substitute(part.right) };
    };
    let current = substitute(expression);
    let chain = expressionText(current);
    while (typeof current === "object") {
      current = this.#reduce(current);
      chain += `=${expressionText(current)}`;
    }
    return { chain, value: current as number, uses };
  }

  /** Works out the first operation whose sides are numbers, those that bind tighter first. */
  #reduce(expression: Expression & object): Expression {
    const { op, left, right } = expression;
    if (typeof right === "object" && (typeof left !== "object" || left.op === "+" || left.op === "-"))
      return { op, left, right: this.#reduce(right) };
    if (typeof left === "object") return { op, left: this.#reduce(left), right };
    const [a, b] = [left as number, right as number];
    if (op === "%" && (b <= 0 || a < 0)) throw new Stop();
    const result = operate(op, a, b);
    if (Math.abs(result) > LARGEST) throw new Stop();
    this.#operations.push({ op, left: a, right: b, result });
    return result;
  }

  #tell(statement: Statement, label: string, text: string, uses: readonly number[], sets?: Event["sets"]): void {
    if (this.#events.length >= MOST_EVENTS) throw new Stop();
    const event = {
      text,
      label,
      statement: this.#numbers.get(statement)!,
      uses,
      ...(sets === undefined ? {} : { sets }),
    };
    if (sets !== undefined) this.#values.set(sets.name, { value: sets.value, event: this.#events.length });
    this.#events.push(event);
  }
}
