// Runs a program and tells what happens, a line an event: the reasoning of the family and the ground of its checker. Owns the
// meaning of programs; a bounded interpreter of our own, nothing is ever evaluated as code.
//
//   x=3                      an assignment of a number
//   i: 0<3 yes               a counting loop looks at its first value
//   i: 0+1=1<3 yes           and at a later one; `no` ends the loop
//   i: 4,2,7                 a loop over a list: the values that are left; `i: no` ends it
//   i=1                      the loop's variable gets its value
//   x=x+2*i: 3+2*1=3+2=x=5   an assignment: the statement, its right side with values, worked out, the variable and its new value
//   x<20: x=5<20 yes         a loop's or an if's condition, with values, and whether it holds
//   i%2==0: 1%2=1==0 no      the same where a side is worked out first
//   print(x,y): x=5,y=7      what is printed
//
// A value always stands right behind `name=`, so the latest value of a variable is one look-up away, by its name alone.

import {
  assignmentText,
  type Comparison,
  type Condition,
  conditionText,
  type Expression,
  expressionText,
  type Language,
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
  /** Other spellings of the same, true as well: without names, or all values of a counting loop at once. */
  readonly also?: readonly string[];
  /** The line is a counting loop's look at its next value. */
  readonly head?: true;
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
    case "//":
      return Math.floor(left / right);
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
        const { sides, value, uses } = this.#work(statement.value);
        const sets = { name: statement.name, value };
        if (typeof statement.value === "number")
          this.#tell(statement, { label: statement.name, text: label, uses, sets });
        else {
          const named = [...sides.slice(0, -1), statement.name, value].join("=");
          this.#tell(statement, {
            label,
            text: `${label}: ${named}`,
            uses,
            sets,
            also: [`${label}: ${sides.join("=")}`],
          });
        }
        return;
      }
      case "for":
        this.#for(statement);
        return;
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
        this.#tell(statement, {
          label,
          text: `${label}: ${worked.map(({ named }) => named).join(",")}`,
          uses: worked.flatMap(({ uses }) => uses),
          also: [output, worked.map(({ sides }) => sides.join("=")).join(",")].map((shown) => `${label}: ${shown}`),
        });
      }
    }
  }

  /** Looks at each value before it is the variable's: is it within the limit, is one left in the list? */
  #for(statement: Statement & { kind: "for" }): void {
    const { name, values } = statement;
    const look = (round: number): number => {
      const left = values.slice(round).join(",");
      const shown = headText(statement, this.#program.language, round);
      const also = left === "" || left === shown ? [] : [`${name}: ${left}`];
      const before = round === 0 ? [] : [this.#events.findLastIndex(({ sets }) => sets?.name === name)];
      this.#tell(statement, { label: name, text: `${name}: ${shown}`, uses: before, also, head: true });
      return this.#events.length - 1;
    };
    values.forEach((value, round) => {
      const head = look(round);
      this.#rounds++;
      this.#tell(statement, { label: name, text: `${name}=${value}`, uses: [head], sets: { name, value } });
      this.#block(statement.body);
    });
    look(values.length);
  }

  #holds(statement: Statement, condition: Condition): boolean {
    const left = this.#work(condition.left);
    const right = this.#work(condition.right);
    const holds = compare(condition.op, left.value, right.value);
    const label = conditionText(condition, this.#program.language);
    const sign = conditionText({ ...condition, left: "", right: "" }, this.#program.language);
    const tell = (shown: string) => `${label}: ${shown} ${holds ? "yes" : "no"}`;
    const [p, q] = [left.sides.join("="), right.sides.join("=")];
    this.#tell(statement, {
      label,
      text: tell(`${left.named}${sign}${right.named}`),
      uses: [...left.uses, ...right.uses],
      also: [tell(`${p}${sign}${q}`), ...(left.sides.length > 1 && right.sides.length === 1 ? [tell(p)] : [])],
    });
    return holds;
  }

  /** Puts values in and works out, one operation a side: `3+2*4`, `3+8`, `11`. `named` is the whole, a lone variable by name: `x=3`. */
  #work(expression: Expression): { sides: string[]; named: string; value: number; uses: number[] } {
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
    const sides = [expressionText(current)];
    while (typeof current === "object") {
      current = this.#reduce(current);
      sides.push(expressionText(current));
    }
    const named = typeof expression === "string" ? `${expression}=${sides[0]}` : sides.join("=");
    return { sides, named, value: current as number, uses };
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

  #tell(statement: Statement, told: Omit<Event, "statement">): void {
    if (this.#events.length >= MOST_EVENTS) throw new Stop();
    const { sets } = told;
    if (sets !== undefined) this.#values.set(sets.name, { value: sets.value, event: this.#events.length });
    this.#events.push({ ...told, statement: this.#numbers.get(statement)! });
  }
}

/** A counting loop's look at the value of a round: `0<3 yes`, `2+1=3<3 no`; over a list, what is left of it, or `no`. */
function headText({ values, header }: Statement & { kind: "for" }, language: Language, round: number): string {
  if (header.kind === "list") return values.slice(round).join(",") || "no";
  const { start, step } = header;
  // Python's range has no inclusive end.
  const inclusive = header.inclusive && language === "javascript";
  const end = inclusive || !header.inclusive ? header.end : header.end + Math.sign(step);
  const value = start + round * step;
  const moved = `${expressionText({ op: step > 0 ? "+" : "-", left: value - step, right: Math.abs(step) })}=${value}`;
  const sign = (step > 0 ? "<" : ">") + (inclusive ? "=" : "");
  return `${round === 0 ? value : moved}${sign}${end} ${round < values.length ? "yes" : "no"}`;
}
