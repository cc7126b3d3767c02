// Runs a program of functions and tells what happens, call by call: the reasoning of the family and the ground of its checker. Owns
// the meaning of calls; a bounded interpreter, nothing is ever evaluated as code. Operands are worked out from left to right, one
// operation a side; a line ends where a call begins and goes on below where it has returned.
//
//   x=f(3)                       the main part needs a call; `print: f(3)` where it is printed
//   f(3): n=3                    the call begins: its parameters with their values
//   n==0: 3==0 no                a condition, with values, and whether it holds
//   f(3)=n*f(n-1)=3*f(3-1)=3*f(2)   what is returned: as written, with values, worked out up to the next call
//   s=a+b=3+4=7                  an assignment in a function
//   f(3)=3*f(2)=3*2=6            the inner call has returned: its value in place of it
//   print: 6                     what is printed
//
// A call that has returned before is not told again (functions are pure): its value stands in a line above. A remainder by a number
// above 2 that is not 10 is worked out: `48%18=48-2*18=48-36=12`.

import { compare, operate } from "../program-output/execute.ts";
import { type Call, conditionText, expressionText, type Language, type Operator } from "../program-output/program.ts";
import type { Condition, Definition, Expression, FunctionProgram, Statement } from "./program.ts";

/** One line of a run. */
export interface Event {
  readonly text: string;
  /** What the line is about: `f(3)`, `x`, `print`, or the condition as it is written. */
  readonly label: string;
  /** The events whose values it uses. */
  readonly uses: readonly number[];
}

export interface Run {
  readonly events: readonly Event[];
  /** What is printed, in order. */
  readonly printed: readonly number[];
  /** How many calls were run. */
  readonly calls: number;
  /** Every number that was a result. */
  readonly results: readonly number[];
}

const MOST_EVENTS = 400;
const MOST_CHARACTERS = 40_000;
const DEEPEST = 40;
const LARGEST = 1e9;

class Stop extends Error {}

/** Runs a program; undefined where it uses an unknown name, runs too long or too deep, or leaves the whole numbers. */
export function evaluate(program: FunctionProgram): Run | undefined {
  return bounded(() => new Evaluator(program).run());
}

/** The value of an expression without variables, such as `4*f(3)`. */
export function valueIn(program: FunctionProgram, expression: Expression): number | undefined {
  return bounded(() => new Evaluator(program).value(expression));
}

function bounded<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof Stop) return undefined;
    throw error;
  }
}

interface Known {
  readonly value: number;
  readonly event: number;
}

type Scope = Map<string, Known>;

class Evaluator {
  readonly #functions: ReadonlyMap<string, Definition>;
  readonly #program: FunctionProgram;
  readonly #language: Language;
  readonly #events: Event[] = [];
  readonly #returned: Scope = new Map();
  readonly #printed: number[] = [];
  readonly #results: number[] = [];
  #calls = 0;
  #depth = 0;
  #characters = 0;

  constructor(program: FunctionProgram) {
    this.#program = program;
    this.#language = program.language;
    this.#functions = new Map(program.functions.map((definition) => [definition.name, definition]));
  }

  run(): Run {
    const scope: Scope = new Map();
    for (const statement of this.#program.main)
      if (statement.kind === "assign") this.#assign(statement.name, statement.value, scope);
      else for (const value of statement.values) this.#printed.push(this.#work("print", ": ", value, scope).value);
    return { events: this.#events, printed: this.#printed, calls: this.#calls, results: this.#results };
  }

  value(expression: Expression): number {
    return this.#work("", "", expression, new Map()).value;
  }

  #assign(name: string, value: Expression, scope: Scope): void {
    scope.set(name, this.#work(name, "=", value, scope));
  }

  /** Works an expression out in lines that begin with `goal`. */
  #work(goal: string, sign: string, expression: Expression, scope: Scope): Known {
    const uses: number[] = [];
    const sides = [this.#text(expression)];
    let current = this.#substitute(expression, scope, uses);
    let line = [...sides, this.#text(current)].filter((side, i, all) => side !== all[i - 1]);
    while (typeof current !== "number") {
      const before: Expression & object = current as Expression & object;
      current = this.#step(before, (call) => {
        const key = this.#text(call);
        const known = this.#returned.get(key);
        if (known !== undefined) {
          uses.push(known.event);
          return known.value;
        }
        const open = this.#tell(goal, goal + sign + line.join("="), uses);
        const result = this.#call(call.call, call.args as number[], key, open);
        line = [this.#text(before)];
        uses.splice(0, uses.length, open, result.event);
        return result.value;
      });
      line.push(this.#text(current));
    }
    return { value: current, event: this.#tell(goal, goal + sign + line.join("="), uses) };
  }

  #call(name: string, args: readonly number[], key: string, open: number): Known {
    const definition = this.#functions.get(name);
    if (definition === undefined || definition.params.length !== args.length || this.#depth >= DEEPEST)
      throw new Stop();
    const scope: Scope = new Map();
    let event = open;
    if (args.length > 0) {
      const values = definition.params.map((param, i) => `${param}=${args[i]}`).join(", ");
      event = this.#tell(key, `${key}: ${values}`, [open]);
      definition.params.forEach((param, i) => {
        scope.set(param, { value: args[i]!, event });
      });
    }
    this.#calls++;
    this.#depth++;
    const result = this.#block(definition.body, scope, key, event);
    this.#depth--;
    if (result === undefined) throw new Stop();
    this.#returned.set(key, result);
    return result;
  }

  #block(body: readonly Statement[], scope: Scope, goal: string, begun: number): Known | undefined {
    for (const statement of body) {
      if (statement.kind === "assign") this.#assign(statement.name, statement.value, scope);
      else if (statement.kind === "return") return this.#work(goal, "=", statement.value, scope);
      else {
        const holds = this.#holds(statement.condition, scope, begun);
        const result = this.#block(holds ? statement.body : statement.otherwise, scope, goal, begun);
        if (result !== undefined) return result;
      }
    }
    return undefined;
  }

  #holds(condition: Condition, scope: Scope, begun: number): boolean {
    const uses = [begun];
    const [left, right] = [condition.left, condition.right].map((side) => {
      let current = this.#substitute(side, scope, uses);
      const texts = [this.#text(current)];
      while (typeof current !== "number") {
        current = this.#step(current as Expression & object, () => {
          throw new Stop();
        });
        texts.push(this.#text(current));
      }
      return { value: current, text: texts.join("=") };
    });
    const holds = compare(condition.op, left!.value, right!.value);
    const label = conditionText(condition, this.#language);
    const sign = conditionText({ ...condition, left: "", right: "" }, this.#language);
    this.#tell(label, `${label}: ${left!.text}${sign}${right!.text} ${holds ? "yes" : "no"}`, uses);
    return holds;
  }

  #substitute(expression: Expression, scope: Scope, uses: number[]): Expression {
    if (typeof expression === "number") return expression;
    if (typeof expression === "string") {
      const known = scope.get(expression);
      if (known === undefined) throw new Stop();
      uses.push(known.event);
      return known.value;
    }
    const put = (part: Expression) => this.#substitute(part, scope, uses);
    if ("call" in expression) return { call: expression.call, args: expression.args.map(put) };
    return { op: expression.op, left: put(expression.left), right: put(expression.right) };
  }

  /** Works out the leftmost operation or call whose operands are numbers. */
  #step(expression: Expression & object, run: (call: Call) => number): Expression {
    if ("call" in expression) {
      const at = expression.args.findIndex((arg) => typeof arg !== "number");
      if (at < 0) return run(expression);
      const inner = this.#step(expression.args[at] as Expression & object, run);
      return { call: expression.call, args: expression.args.map((arg, i) => (i === at ? inner : arg)) };
    }
    const { op, left, right } = expression;
    if (typeof left === "object") return { op, left: this.#step(left, run), right };
    if (typeof right === "object") return { op, left, right: this.#step(right, run) };
    return this.#operate(op, left as number, right as number);
  }

  #operate(op: Operator, left: number, right: number): Expression {
    if ((op === "%" || op === "//") && (right <= 0 || left < 0)) throw new Stop();
    if (op === "%" && left >= right && right > 2 && right !== 10) {
      const times = Math.floor(left / right);
      return { op: "-", left, right: times === 1 ? right : { op: "*", left: times, right } };
    }
    const result = operate(op, left, right);
    if (Math.abs(result) > LARGEST) throw new Stop();
    this.#results.push(result);
    return result;
  }

  #text(expression: Expression): string {
    const text = expressionText(expression, "", this.#language);
    this.#characters += text.length;
    if (this.#characters > MOST_CHARACTERS) throw new Stop();
    return text;
  }

  #tell(label: string, text: string, uses: readonly number[]): number {
    if (this.#events.length >= MOST_EVENTS) throw new Stop();
    this.#events.push({ text, label, uses: [...uses] });
    return this.#events.length - 1;
  }
}
