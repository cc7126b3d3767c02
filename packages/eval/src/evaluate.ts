// Scores a model on fresh problems: asks greedily, many requests at a time, and sums by cell. Owns the order of work; the
// engine batches what is in flight.

import { type DatasetRow, LemmaError } from "@lemma/protocol";
import { type CellScore, CellTable, type PhrasingScore, PhrasingTable } from "./cells.ts";
import type { EvaluatedModel, Reply } from "./model.ts";
import { type Problem, type ProblemSettings, problemsOf } from "./problems.ts";
import { type ReplyScore, scoreReply } from "./score-reply.ts";
import { selectVerified } from "./verified-select.ts";

export interface EvaluateOptions extends ProblemSettings {
  model: EvaluatedModel;
  /** Task ids. */
  tasks: readonly string[];
  /** Further samples for verified-select when the greedy reply is not proved; 0 (default): no `selected`. */
  samples?: number;
  /** Ceiling for thought and answer in tokens; default: the model's context. */
  maxTokens?: number;
  /** Requests in flight. Default 128. */
  concurrency?: number;
  signal?: AbortSignal;
  onProgress?: (progress: { done: number; total: number; right: number }) => void;
}

/** A reply that was not right, for model cards. */
export interface WrongReply {
  row: DatasetRow;
  cell: string;
  reply: Reply;
  score: ReplyScore;
  /** The first line that a checker refuted, else the first that differs from the reference trace; null: none. */
  firstWrongStep: string | null;
  expectedStep: string | null;
}

export interface Evaluation {
  /** The scores by cell. */
  lines: CellScore[];
  /** The same problems by wording. */
  phrasings: PhrasingScore[];
  wrong: WrongReply[];
}

/**
 * Scores a model. The same model, settings and seed give the same lines. Throws what the model throws, and LEMMA_E_ABORTED.
 * @example
 * const { lines } = await evaluate({ model, tasks: ["multiplication"], count: 100, seed: 7 });
 */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const { model, tasks, samples = 0, concurrency = 128, seed = 0 } = options;
  const problems = tasks.flatMap((task) => problemsOf(task, options));
  const limits = {
    ...(options.maxTokens === undefined ? {} : { maxTokens: options.maxTokens }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
  const scored: { reply: Reply; score: ReplyScore; selected?: boolean }[] = [];
  let next = 0;
  let done = 0;
  let right = 0;
  const checkAborted = (): void => {
    if (options.signal?.aborted) throw new LemmaError("LEMMA_E_ABORTED", {}, { cause: options.signal.reason });
  };
  const ask = async (): Promise<void> => {
    while (next < problems.length) {
      const number = next++;
      const { row } = problems[number]!;
      const messages = row.messages.filter(({ role }) => role !== "assistant");
      const { choices } = await model.generate(messages, { temperature: 0, ...limits });
      checkAborted(); // what an abort cut short is no reply to score
      const reply = choices[0]!;
      const score = await scoreReply(row, reply);
      scored[number] = { reply, score };
      if (samples > 0) {
        const more = () => model.generate(messages, { temperature: 1, seed: seed + number, n: samples, ...limits });
        const selected = await selectVerified(row, reply, async () => (await more()).choices);
        checkAborted();
        scored[number].selected = (await scoreReply(row, selected)).right;
      }
      done++;
      if (score.right) right++;
      options.onProgress?.({ done, total: problems.length, right });
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, problems.length) }, ask));
  const cells = new CellTable();
  const phrasings = new PhrasingTable();
  const wrong: WrongReply[] = [];
  problems.forEach((problem, number) => {
    const { reply, score, selected } = scored[number]!;
    cells.add(problem, score, selected);
    phrasings.add(problem, score, selected);
    if (!score.right) wrong.push(wrongReply(problem, reply, score));
  });
  return { lines: cells.lines(), phrasings: phrasings.lines(), wrong };
}

function wrongReply({ row, cell }: Problem, reply: Reply, score: ReplyScore): WrongReply {
  const expected = (row.messages.at(-1)?.reasoning_content ?? "").split("\n");
  const found = reply.reasoning.split("\n");
  const at = found.findIndex((line, i) => line !== expected[i]);
  const refuted = score.steps.find(({ verdict, withdrawn }) => verdict === "refuted" && !withdrawn);
  const differs = at < 0 ? null : found[at]!;
  return {
    row,
    cell,
    reply,
    score,
    firstWrongStep: refuted?.text ?? differs,
    expectedStep: at < 0 ? null : (expected[at] ?? null),
  };
}
