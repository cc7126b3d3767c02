// Asks a model until an answer passes the check, as a stream. Owns the order of events:
//   reasoning and steps of an attempt are passed on as they come, its answer is held until the attempt is judged;
//   a failed attempt is followed by `attempt-withdrawn`, and the choice begins anew: what comes after the last one is the reply;
//   where none passed and the best is an earlier one, the last is taken back too and the best comes again;
//   then the answer, `verified` and `finish`, whose usage is that of all attempts of all choices so far.
// A reader that knows none of this still gets exactly one answer a choice.

import type { StreamEvent, Usage } from "@lemma/protocol";
import { type AttemptSampling, attemptOptions } from "./sampling.ts";
import { type AttemptsOptions, type CheckedReply, type Judged, Selection } from "./selection.ts";
import { addUsage, isRefusal, NO_USAGE } from "./spent.ts";

/** What streams: the part of packages/engine's Model that is needed here. */
export interface Streaming<I, O> {
  stream(input: I, options: O): AsyncIterable<StreamEvent>;
}

type Finish = Extract<StreamEvent, { type: "finish" }>;
type TextDelta = Extract<StreamEvent, { type: "text-delta" }>;

/** One attempt with its events, to be passed on again if it turns out to be the best. */
interface Attempt extends CheckedReply {
  readonly thought: readonly StreamEvent[];
  readonly answer: readonly TextDelta[];
  readonly usage: Usage;
}

/**
 * Streams checked replies; `options.n` choices come one after the other, each with attempts of its own. Leaving the loop ends the
 * running attempt. Throws what the model throws; a queue that is full at a later attempt ends the asking instead.
 * @example
 * for await (const event of verifiedStream(model, messages, { maxTokens: 400 }, { question, attempts: 8 })) { … }
 */
export async function* verifiedStream<I, O extends AttemptSampling>(
  model: Streaming<I, O>,
  input: I,
  options: O,
  about: AttemptsOptions,
): AsyncGenerator<StreamEvent, void, undefined> {
  let spent = NO_USAGE;
  for (let choice = 0; choice < (options.n ?? 1); choice++) {
    const ask = (attempt: number) => model.stream(input, attemptOptions(options, attempt, choice));
    const finish = yield* streamChoice(ask, choice, about, spent);
    spent = finish.usage;
    if (finish.finishReason === "abort") return;
  }
}

async function* streamChoice(
  ask: (attempt: number) => AsyncIterable<StreamEvent>,
  choice: number,
  about: AttemptsOptions,
  spentBefore: Usage,
): AsyncGenerator<StreamEvent, Finish, undefined> {
  const selection = new Selection<Attempt>(about);
  let spent = spentBefore;
  let standing: Judged<Attempt> | undefined; // the attempt whose thought the reader has
  while (selection.next !== undefined) {
    if (standing !== undefined) yield withdrawal(standing);
    standing = undefined;
    let attempt: Attempt;
    try {
      attempt = yield* streamAttempt(ask(selection.next), choice, selection.isSingle);
    } catch (error) {
      if (selection.next === 1 || !isRefusal(error)) throw error;
      selection.stop();
      break;
    }
    spent = addUsage(spent, attempt.usage);
    standing = selection.add(attempt);
  }
  const best = standing?.reply.finishReason === "abort" ? standing : selection.best;
  if (best !== standing) {
    if (standing !== undefined) yield withdrawal(standing);
    yield* best.reply.thought;
  }
  if (!selection.isSingle) yield* best.reply.answer;
  const { finishReason } = best.reply;
  if (finishReason !== "abort") yield { type: "verified", choice, verified: selection.verified };
  const finish: Finish = { type: "finish", choice, finishReason, usage: spent };
  yield finish;
  return finish;

  function withdrawal({ attempt, check, reply }: Judged<Attempt>): StreamEvent {
    const { extracted: _, extractor: __, task: ___, by: ____, ...verdict } = check;
    return { type: "attempt-withdrawn", choice, withdrawn: { ...verdict, attempt, text: reply.text } };
  }
}

/** Passes the thought on and keeps the answer; with `isLive` the answer is passed on too. */
async function* streamAttempt(
  events: AsyncIterable<StreamEvent>,
  choice: number,
  isLive: boolean,
): AsyncGenerator<StreamEvent, Attempt, undefined> {
  const thought: StreamEvent[] = [];
  const answer: TextDelta[] = [];
  let reasoning = "";
  let end: Finish | undefined;
  for await (const event of events) {
    const own = { ...event, choice };
    if (own.type === "finish") end = own;
    else if (own.type === "text-delta") {
      answer.push(own);
      if (isLive) yield own;
    } else {
      if (own.type === "reasoning-delta") reasoning += own.text;
      thought.push(own);
      yield own;
    }
  }
  const text = answer.map((delta) => delta.text).join("");
  return {
    reasoning,
    text,
    finishReason: end?.finishReason ?? "abort",
    thought,
    answer,
    usage: end?.usage ?? NO_USAGE,
  };
}
