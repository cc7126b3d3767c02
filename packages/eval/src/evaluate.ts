// Scores a model on fresh problems: asks greedily, or until a checked answer passes, many requests at a time, and sums by cell. Owns
// the order of work; the engine batches what is in flight.

import { type DatasetRow, LemmaError } from "@lemma/protocol";
import { checkAnswer, verifiedGenerate } from "@lemma/verify";
import { type CellScore, CellTable, type PhrasingScore, PhrasingTable, type VerifiedOutcome } from "./cells.ts";
import type { EvaluatedModel, Reply } from "./model.ts";
import { type Problem, type ProblemSettings, problemsOf } from "./problems.ts";
import { questionOf, type ReplyScore, scoreReply } from "./score-reply.ts";

export interface EvaluateOptions extends ProblemSettings {
  model: EvaluatedModel;
  /** Task ids. */
  tasks: readonly string[];
  /**
   * Replies to try at most, the greedy one included, until the check of an answer passes; 1 (default): the greedy one alone. More
   * adds `selected` and `verified` to the lines.
   */
  attempts?: number;
  /** Makes all attempts and gives the best of them, chosen without the reference; default: stops at the first that passes. */
  select?: boolean;
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

/** What became of one problem, answered greedily. */
export interface ProblemOutcome {
  /** The row's id. */
  id: string;
  task: string;
  right: boolean;
  sound: boolean;
}

export interface Evaluation {
  /** The scores by cell. */
  lines: CellScore[];
  /** The same problems by wording. */
  phrasings: PhrasingScore[];
  /** A problem each, in the order in which they were made; two models that were asked the same can be compared by them. */
  outcomes: ProblemOutcome[];
  /** Greedy replies that were not right. */
  wrong: WrongReply[];
  /** Wrong replies whose answer passed the check; only with attempts. */
  letThrough: WrongReply[];
}

/**
 * Scores a model. The same model, settings and seed give the same lines. Throws what the model throws, and LEMMA_E_ABORTED.
 * @example
 * const { lines } = await evaluate({ model, tasks: ["multiplication"], count: 100, seed: 7 });
 */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const { model, tasks, attempts = 1, concurrency = 128, seed = 0 } = options;
  const problems = tasks.flatMap((task) => problemsOf(task, options));
  const limits = {
    ...(options.maxTokens === undefined ? {} : { maxTokens: options.maxTokens }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
  const scored: Scored[] = [];
  let next = 0;
  let done = 0;
  let right = 0;
  const generate: EvaluatedModel["generate"] = async (messages, sampling) => {
    const made = await model.generate(messages, { ...sampling, ...limits });
    // What an abort cut short is no reply to score.
    if (options.signal?.aborted) throw new LemmaError("LEMMA_E_ABORTED", {}, { cause: options.signal.reason });
    return made;
  };
  const ask = async (): Promise<void> => {
    while (next < problems.length) {
      const number = next++;
      const { row } = problems[number]!;
      scored[number] = await (attempts > 1
        ? askVerified(generate, row, { attempts, all: options.select === true }, seed + number)
        : askGreedily(generate, row));
      done++;
      if (scored[number].score.right) right++;
      options.onProgress?.({ done, total: problems.length, right });
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, problems.length) }, ask));
  const cells = new CellTable();
  const phrasings = new PhrasingTable();
  const wrong: WrongReply[] = [];
  const letThrough: WrongReply[] = [];
  const outcomes = problems.map(({ row: { id, task } }, number): ProblemOutcome => {
    const { right, sound } = scored[number]!.score;
    return { id, task, right, sound };
  });
  problems.forEach((problem, number) => {
    const { reply, score, given } = scored[number]!;
    cells.add(problem, score, given?.outcome);
    phrasings.add(problem, score, given?.outcome);
    if (!score.right) wrong.push(wrongReply(problem, reply, score));
    if (given?.outcome.passed && !given.score.right) letThrough.push(wrongReply(problem, given.reply, given.score));
  });
  return { lines: cells.lines(), phrasings: phrasings.lines(), outcomes, wrong, letThrough };
}

/** The greedy reply with its score, and what was given in its place after checks. */
interface Scored {
  reply: Reply;
  score: ReplyScore;
  given?: { reply: Reply; score: ReplyScore; outcome: VerifiedOutcome };
}

const questionMessages = ({ messages }: DatasetRow) => messages.filter(({ role }) => role !== "assistant");

async function askGreedily(generate: EvaluatedModel["generate"], row: DatasetRow): Promise<Scored> {
  const { choices } = await generate(questionMessages(row), { temperature: 0 });
  const reply = choices[0]!;
  return { reply, score: await scoreReply(row, reply) };
}

/** The same loop that server and command line use. Its first attempt is the greedy reply, so that both scores are of the same problems. */
async function askVerified(
  generate: EvaluatedModel["generate"],
  row: DatasetRow,
  how: { attempts: number; all: boolean },
  seed: number,
): Promise<Scored> {
  const replies: Reply[] = [];
  const recording: EvaluatedModel = {
    generate: async (messages, sampling) => {
      const made = await generate(messages, sampling);
      replies.push(made.choices[0]!);
      return made;
    },
  };
  const about = { question: questionOf(row), task: row.task };
  const { choices } = await verifiedGenerate(recording, questionMessages(row), { seed }, { ...about, ...how });
  const { verified, ...reply } = choices[0]!;
  const [greedy] = replies;
  const score = await scoreReply(row, greedy!);
  const givenScore = await scoreReply(row, reply);
  const passed = verified.verdict === "proved";
  const outcome: VerifiedOutcome = {
    right: givenScore.right,
    passed,
    attempts: replies.length,
    greedyPassed: how.all
      ? checkAnswer({ ...about, response: greedy!.text }).verdict === "proved"
      : passed && replies.length === 1,
    by: verified.by ?? null,
  };
  return { reply: greedy!, score, given: { reply, score: givenScore, outcome } };
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
