// Which of several replies to one question is given: the first whose answer passes the check, else the best; or the best of all. Owns the
// rule of choice and when to stop asking; asks no model, sees no reference answer.
//
// The best of several replies, by what tells them apart first:
//   1. an answer that passes before one that could not be judged before one that is refuted or missing,
//   2. fewer refuted standing steps,   3. more proved and linked steps,
//   4. an answer that more replies gave,   5. the earlier one.

import type { FinishReason, Verified } from "@lemma/protocol";
import { type AnswerCheck, checkAnswer } from "../grade/check-answer.ts";
import { checkSteps } from "../steps/checker.ts";
import { countSteps } from "../steps/counts.ts";
import { recogniseTask } from "../task.ts";

/** Replies to try at most where a caller names no number. */
export const DEFAULT_ATTEMPTS = 8;

/** What the replies answer, and how many may be asked for. */
export interface AttemptsOptions {
  readonly question: string;
  /** The task whose checker judges; absent: it is recognised from the question. */
  readonly task?: string | undefined;
  /** Replies to try at most, 1 and up. */
  readonly attempts: number;
  /** Operations allowed for each check of an answer. */
  readonly budget?: number;
  /** Asks for all of them and gives the best; default: stops at the first that passes. */
  readonly all?: boolean;
}

/** What choosing needs of a reply. */
export interface CheckedReply {
  readonly reasoning: string;
  readonly text: string;
  readonly finishReason: FinishReason;
}

/** A reply with its number, from 1, and what the check of its answer said. */
export interface Judged<R> {
  readonly reply: R;
  readonly attempt: number;
  readonly check: AnswerCheck;
}

/**
 * Collects replies to one question until one passes or no more may be asked for.
 * @example
 * const selection = new Selection({ question: "Solve 3x + 2 = 17.", attempts: 8 });
 * while (selection.next !== undefined) selection.add(await ask(selection.next));
 * selection.best.reply; // selection.verified tells whether it passed
 */
export class Selection<R extends CheckedReply> {
  readonly #about: { readonly question: string; readonly task?: string };
  readonly #budget: number | undefined;
  readonly #limit: number;
  readonly #all: boolean;
  readonly #judged: Judged<R>[] = [];
  #isOver = false;
  #best: Judged<R> | undefined;

  constructor(options: AttemptsOptions) {
    const recognised = recogniseTask(options.question, options.task);
    const task = recognised?.checker.id ?? options.task;
    this.#about = { question: options.question, ...(task === undefined ? {} : { task }) };
    this.#budget = options.budget;
    this.#all = options.all === true;
    // What nobody can check is asked once: no further reply could pass.
    const isOnce = recognised?.checker.checkAnswer === undefined && !this.#all;
    this.#limit = isOnce ? 1 : Math.max(1, options.attempts);
  }

  /** True where the first reply is given whatever the check says. */
  get isSingle(): boolean {
    return this.#limit === 1;
  }

  /** The number of the next attempt, from 1; undefined when no more is needed or allowed. */
  get next(): number | undefined {
    return this.#isOver || this.#judged.length >= this.#limit ? undefined : this.#judged.length + 1;
  }

  /** Checks the reply to attempt `next`. One that the caller's signal cut short ends the asking. */
  add(reply: R): Judged<R> {
    const request = { ...this.#about, response: reply.text };
    const check = checkAnswer(this.#budget === undefined ? request : { ...request, budget: this.#budget });
    const judged: Judged<R> = { reply, attempt: this.#judged.length + 1, check };
    this.#judged.push(judged);
    this.#best = undefined;
    const isFound = check.verdict === "proved" && !this.#all;
    if (isFound) this.#best = judged;
    this.#isOver = isFound || reply.finishReason === "abort";
    return judged;
  }

  /** Ends the asking: no further reply can be had. */
  stop(): void {
    this.#isOver = true;
  }

  /** The reply to give. At least one must have been added. */
  get best(): Judged<R> {
    this.#best ??= bestOf(this.#judged, this.#about);
    return this.#best;
  }

  /** The verdict on the best reply's answer, and how many attempts were made. */
  get verified(): Verified {
    const { extracted: _, extractor: __, task, by, ...verdict } = this.best.check;
    const attempts = this.#judged.length;
    return { ...verdict, attempts, ...(task === undefined ? {} : { task }), ...(by === undefined ? {} : { by }) };
  }
}

function bestOf<R extends CheckedReply>(
  judged: readonly Judged<R>[],
  about: { readonly question: string; readonly task?: string },
): Judged<R> {
  const votes = new Map<string | null, number>();
  for (const { check } of judged) votes.set(check.extracted, (votes.get(check.extracted) ?? 0) + 1);
  const merits = judged.map(({ reply, check }) => {
    const { refuted, proved } = countSteps(checkSteps({ ...about, reasoning: reply.reasoning }));
    const isOpen = check.verdict === "unknown" && check.extracted !== null;
    return [
      check.verdict === "proved" ? 2 : isOpen ? 1 : 0,
      -refuted,
      proved,
      check.extracted === null ? 0 : votes.get(check.extracted)!,
    ];
  });
  let best = 0;
  for (let i = 1; i < judged.length; i++) if (isBetter(merits[i]!, merits[best]!)) best = i;
  return judged[best]!;
}

function isBetter(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((merit, i) => merit !== b[i]);
  return at >= 0 && a[at]! > b[at]!;
}
