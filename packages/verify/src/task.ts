// How a task family plugs in its own vocabulary. Owns the interface and the registry; knows no family. The families live in
// packages/gym and register themselves on import. Over HTTP only text exists, so a problem is always read from the question.

import type { AnswerBy, Verdict } from "@lemma/protocol";
import type { ExtractorName } from "./grade/extract.ts";
import type { Expression, Statement } from "./syntax/expression.ts";

/** One line of reasoning. `label` is what stands before the first colon (absent without one), `body` the rest, trimmed. */
export interface StepLine {
  readonly index: number;
  readonly text: string;
  readonly label?: string;
  readonly body: string;
}

/** An earlier step that no `[BACK]` withdrew, with its verdict and, where it parses, its mathematical form. */
export interface StandingStep extends StepLine {
  readonly verdict: Verdict;
  readonly statement?: Statement;
}

/** What a line may build on: the question, the standing earlier steps in order, and the definitions in force. */
export interface StepContext {
  readonly question: string;
  readonly steps: readonly StandingStep[];
  readonly definitions: ReadonlyMap<string, { readonly value: Expression; readonly step: number }>;
}

/** A verdict and the steps it follows from (-1 is the question). Left out, the general linking by numbers and names applies. */
export type TaskVerdict = Verdict & { from?: number[] };

/**
 * A family's side of checking. Every method must be pure, quick (no search without a bound) and must not throw.
 * @example
 * registerTask({
 *   id: "parity",
 *   recognise: (question) => /is (\d+) even/.exec(question)?.[1],
 *   premises: (n) => [`n=${n}`],
 *   checkStep: (n, line) => line.body === "even" ? (Number(n) % 2 ? refuted({ n }) : { ...proved(), from: [-1] }) : undefined,
 * });
 */
export interface TaskChecker<P = unknown> {
  /** The task id of the dataset row, such as `linear-equations`. */
  readonly id: string;
  /** Reads the problem from the question's text, in any of its languages and wordings; undefined: not this family. */
  recognise(question: string): P | undefined;
  /**
   * What the question states, as plain mathematics (`["3x+2=17"]`, `["a=3", "b=2"]`, `["Ann>Bob"]`). The general checker then
   * proves and refutes relations from these, and numbers in them count as standing in the question: a word problem needs it,
   * and so do restated coefficients. Without it the equations found in the question's own text are used.
   */
  premises?(problem: P): readonly string[];
  /** Judges a line in the family's vocabulary; undefined: not mine, read it as relation, definition or prose. */
  checkStep?(problem: P, line: StepLine, context: StepContext): TaskVerdict | undefined;
  /**
   * Judges an extracted answer (the content of `\boxed{}`) by substitution, without a reference. `budget`: operations allowed
   * for each comparison, to be handed on to `equivalent` and the like; absent: theirs.
   */
  checkAnswer?(problem: P, answer: string, budget?: number): Verdict;
  /** How `checkAnswer` judges, reported apart; left out it counts as recomputing, which claims less. */
  readonly answerBy?: AnswerBy;
  /** How an answer is found in a reply; default `\boxed{…}`, else a phrase such as "the answer is …". */
  readonly extractors?: readonly ExtractorName[];
}

const registry = new Map<string, TaskChecker>();

/** Adds a family. Registering the same id again replaces it. */
export function registerTask<P>(checker: TaskChecker<P>): void {
  registry.set(checker.id, checker as TaskChecker);
}

/** All registered families, in order of registration. */
export function registeredTasks(): TaskChecker[] {
  return [...registry.values()];
}

/** The family with this id. */
export function taskById(id: string): TaskChecker | undefined {
  return registry.get(id);
}

/** A family together with the problem that it read from a question. */
export interface RecognisedTask {
  readonly checker: TaskChecker;
  readonly problem: unknown;
}

/** Asks the named family, or each registered one in turn, whether the question is its own. */
export function recogniseTask(question: string, task?: string): RecognisedTask | undefined {
  const candidates = task === undefined ? registry.values() : [registry.get(task)];
  for (const checker of candidates) {
    const problem = checker?.recognise(question);
    if (checker !== undefined && problem !== undefined) return { checker, problem };
  }
  return undefined;
}
