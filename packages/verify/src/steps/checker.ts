// Checks reasoning text step by step while it arrives. Owns the order of questions asked of a line (task vocabulary, relation, definition,
// prose) and what [BACK] takes back; mathematics is in facts.ts, linking in links.ts.

import type { StepChecker, StepVerdict, Verdict } from "@lemma/protocol";
import { Budget, BudgetExhausted, Unsupported } from "../budget.ts";
import { judgeCongruence } from "../compare/congruence.ts";
import { formulaOf } from "../compare/formula.ts";
import type { Chain, Expression, Statement } from "../syntax/expression.ts";
import { readStatement } from "../syntax/statement.ts";
import { expressionsOf, symbolsOf } from "../syntax/walk.ts";
import { type RecognisedTask, recogniseTask, type StandingStep, type StepLine } from "../task.ts";
import { unknown } from "../verdict.ts";
import { Facts, type Judgement } from "./facts.ts";
import { BACK, type Line, LineSplitter, stepLine } from "./lines.ts";
import { Sightings } from "./links.ts";
import { chainsOf, type QuestionFacts, readQuestion } from "./question.ts";

/** What a checker needs: the question's text and, where known, the task family's id. */
export interface StepCheckerOptions {
  readonly question: string;
  readonly task?: string;
  /** Operations allowed for each line. */
  readonly budget?: number;
}

/** Lines beyond this are not judged (unknown/budget). */
const LINE_LIMIT = 10_000;
const LINE_BUDGET = 60_000;
/** A small fact of one column: digits, a carry, a borrow. */
const COLUMN = /^\d{1,2}(?:[-+*]\d{1,2}){1,3}(?:[<=]\d{1,2}(?:[-+]\d{1,2})*){1,3}$/;
const MATHEMATICS = /[=<>≤≥≠≈≡]|\\(?:le|ge|ne|lt|gt|approx|equiv)/;
const WORDS = /\p{L}{2,}/gu;
/** A word beside another word, letter or digit, as no formula has it. */
const PROSE =
  /(?<![\p{L}\\])(?!(?:sin|cos|tan|cot|sec|csc|sinh|cosh|tanh|a?(?:sin|cos|tan)|arc\w+|ln|log|exp|sqrt|abs|pi|or|and|mod)\s)\p{L}{2,}\s+[\p{L}\d(]/u;

interface Judged {
  readonly verdict: Verdict;
  readonly from: number[];
  readonly statement?: Statement;
}

class TextStepChecker implements StepChecker {
  readonly #splitter = new LineSplitter();
  readonly #task: RecognisedTask | undefined;
  readonly #question: QuestionFacts;
  readonly #questionText: string;
  readonly #budget: number;
  readonly #facts: Facts;
  readonly #sightings: Sightings;
  #standing: { step: StandingStep; verdict: StepVerdict }[] = [];
  #count = 0;

  constructor(options: StepCheckerOptions) {
    this.#task = recogniseTask(options.question, options.task);
    const premises = this.#task?.checker.premises?.(this.#task.problem);
    this.#questionText = options.question;
    this.#question = readQuestion(options.question, premises);
    this.#budget = options.budget ?? LINE_BUDGET;
    this.#facts = new Facts(this.#question.relations);
    this.#sightings = new Sightings(this.#question);
  }

  push(text: string): StepVerdict[] {
    return this.#splitter.push(text).flatMap((line) => this.#check(line));
  }

  end(): StepVerdict[] {
    return this.#splitter.end().flatMap((line) => this.#check(line));
  }

  #check(line: Line): StepVerdict[] {
    if (line.text === BACK) return this.#withdraw();
    const index = this.#count++;
    const step = stepLine(index, line.text);
    const { verdict, from, statement } =
      index < LINE_LIMIT ? this.#judge(step) : { verdict: unknown("budget"), from: [] };
    const result: StepVerdict = {
      ...verdict,
      index,
      text: line.text,
      start: line.start,
      end: line.end,
      from,
      withdrawn: false,
    };
    const standing: StandingStep = statement === undefined ? { ...step, verdict } : { ...step, verdict, statement };
    this.#standing.push({ step: standing, verdict: result });
    return [result];
  }

  #withdraw(): StepVerdict[] {
    const last = this.#standing.pop();
    if (last === undefined) return [];
    this.#facts.withdraw(last.step.index);
    this.#sightings.withdraw(last.step.index);
    return [{ ...last.verdict, withdrawn: true }];
  }

  #judge(line: StepLine): Judged {
    const budget = new Budget(this.#budget);
    try {
      return this.#judgeWithin(line, budget);
    } catch (problem) {
      if (problem instanceof BudgetExhausted) return { verdict: unknown("budget"), from: [] };
      if (problem instanceof Unsupported) return { verdict: unknown("unsupported"), from: [] };
      throw problem;
    }
  }

  #judgeWithin(line: StepLine, budget: Budget): Judged {
    const isFormula = MATHEMATICS.test(line.body) && !PROSE.test(line.body);
    const reading = isFormula ? readStatement(line.body, this.#question.vocabulary) : undefined;
    const statement = reading?.ok ? reading.statement : undefined;
    const chains = statement === undefined ? [] : chainsOf(statement);
    const byTask = this.#judgeByTask(line);
    if (byTask !== undefined) {
      const from = byTask.from ?? this.#sources(chains) ?? [];
      const { from: _, ...verdict } = byTask;
      this.#remember(chains, line.index, verdict);
      return statement === undefined ? { verdict, from } : { verdict, from, statement };
    }
    if (reading === undefined) return { verdict: unknown("prose"), from: [] };
    if (!reading.ok) {
      const words = line.body.match(WORDS)?.filter((word) => !this.#question.vocabulary.names?.has(word)).length ?? 0;
      return { verdict: unknown(reading.tooLarge ? "budget" : words > 1 ? "prose" : "unparsed"), from: [] };
    }
    if (reading.statement.kind === "congruence") {
      const from = this.#sources([{ kind: "chain", terms: reading.statement.terms, operators: [] }]) ?? [];
      return { verdict: judgeCongruence(reading.statement, budget), from, statement: reading.statement };
    }
    if (chains.length === 0) return { ...this.#judgeFormula(reading.statement, budget), statement: reading.statement };
    return { ...this.#judgeChains(chains, line, budget), statement: reading.statement };
  }

  /** Alternatives such as `x=2 or x=-2`, judged by the question's conditions on their one unknown. */
  #judgeFormula(statement: Statement, budget: Budget): Judged {
    const [name] = symbolsOf(...expressionsOf(statement));
    const formula = name === undefined ? undefined : formulaOf(statement, name);
    const judged = formula === undefined ? undefined : this.#facts.judgeOnLine(formula, [], budget);
    return judged === undefined
      ? { verdict: unknown("unsupported"), from: [] }
      : { verdict: judged.verdict, from: [...judged.from] };
  }

  #judgeByTask(line: StepLine): (Verdict & { from?: number[] }) | undefined {
    const task = this.#task;
    if (task?.checker.checkStep === undefined) return undefined;
    return task.checker.checkStep(task.problem, line, {
      question: this.#questionText,
      steps: this.#standing.map((standing) => standing.step),
      definitions: this.#facts.definitions,
    });
  }

  /**
   * Whether the step just before says the same, or too many earlier ones do. A trace may come to a line a second time on another way (138·10
   * by its digits and by its sum), to a product of numbers in each of some rounds (18·18 in a power), and to columns of digits as often as it likes.
   */
  #isRepeated({ label, body }: StepLine): boolean {
    if (COLUMN.test(body)) return false;
    const isSame = ({ step }: { step: StandingStep }): boolean => step.body === body && step.label === label;
    const last = this.#standing.at(-1);
    const most = /\p{L}/u.test(body) ? 1 : 5;
    return (last !== undefined && isSame(last)) || this.#standing.filter(isSame).length > most;
  }

  #judgeChains(chains: readonly Chain[], line: StepLine, budget: Budget): Judged {
    const { index } = line;
    const definition = chains.length === 1 ? this.#definition(chains[0]!) : undefined;
    if (definition !== undefined) {
      this.#facts.define(definition.name, definition.value, index);
      this.#sightings.add(chains[0]!, index);
      return { verdict: unknown("definition"), from: [] };
    }
    const judgements: Judgement[] = [];
    for (const chain of chains) {
      for (let k = 0; k < chain.operators.length; k++) {
        const judged = this.#facts.judge(chain.terms[k]!, chain.operators[k]!, chain.terms[k + 1]!, budget);
        judgements.push(judged);
        if (judged.verdict.verdict === "refuted") {
          this.#remember(chains, index, judged.verdict);
          return { verdict: judged.verdict, from: unique([...judged.from, ...(this.#sources(chains) ?? [])]) };
        }
      }
    }
    const open = judgements.find((judged) => judged.verdict.verdict === "unknown");
    const verdict = (open ?? weakest(judgements)).verdict;
    // A line said again adds nothing: it follows from nothing, whatever it holds.
    if (verdict.verdict === "proved" && this.#isRepeated(line)) return { verdict, from: [] };
    const used = judgements.flatMap((judged) => judged.from);
    const needsSources = judgements.some((judged) => judged.isIdentity);
    const sources = needsSources ? this.#sources(chains) : [];
    // A truth whose numbers stand nowhere is unlinked, whatever else the line holds.
    const from = sources === undefined ? [] : unique([...used, ...sources]);
    this.#remember(chains, index, verdict);
    return { verdict, from };
  }

  #sources(chains: readonly Chain[]): number[] | undefined {
    const from: number[] = [];
    for (const chain of chains) {
      const sources = this.#sightings.sourcesOf(chain);
      if (sources === undefined) return undefined;
      from.push(...sources);
    }
    return unique(from);
  }

  /** Nothing is taken over from a refuted line: what builds on it is unlinked. */
  #remember(chains: readonly Chain[], index: number, verdict: Verdict): void {
    if (verdict.verdict === "refuted") return;
    for (const chain of chains) {
      this.#sightings.add(chain, index);
      if (verdict.verdict === "proved" && symbolsOf(...chain.terms).size > 0) this.#facts.addStep(chain, index);
    }
  }

  /** `name = value` where the name is new and does not occur in its value. */
  #definition(chain: Chain): { name: string; value: Expression } | undefined {
    const [left, value] = chain.terms;
    if (chain.terms.length !== 2 || chain.operators[0] !== "=" || left?.kind !== "symbol" || value === undefined)
      return undefined;
    if (this.#sightings.knowsSymbol(left.name) || symbolsOf(value).has(left.name)) return undefined;
    return { name: left.name, value };
  }
}

const unique = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

/** The judgement with the weakest proof: exact before interval before modular says least. */
function weakest(judgements: readonly Judgement[]): Judgement {
  return (
    judgements.find((judged) => judged.verdict.verdict === "proved" && judged.verdict.method !== "exact") ??
    judgements[0]!
  );
}

/**
 * A checker for one reply, fed with its reasoning text as it arrives.
 * @example
 * const checker = makeStepChecker({ question: "Solve 3x + 2 = 17." });
 * checker.push("3x=15\nx"); // [{ verdict: "proved", method: "exact", index: 0, text: "3x=15", start: 0, end: 5, from: [-1], … }]
 * checker.push("=5");
 * checker.end(); // [{ verdict: "proved", …, index: 1, text: "x=5", from: [0] }]
 */
export function makeStepChecker(options: StepCheckerOptions): StepChecker {
  return new TextStepChecker(options);
}

/**
 * The verdicts on all steps of a finished reasoning text, one a step, in order; withdrawn steps are marked.
 * @example
 * checkSteps({ question: "What is 47*3?", reasoning: "7*3=21\n40*3=120\n120+21=141" }).map((step) => step.verdict); // proved ×3
 */
export function checkSteps(options: StepCheckerOptions & { readonly reasoning: string }): StepVerdict[] {
  const checker = makeStepChecker(options);
  const steps: StepVerdict[] = [];
  for (const verdict of [...checker.push(options.reasoning), ...checker.end()]) steps[verdict.index] = verdict;
  return steps;
}
