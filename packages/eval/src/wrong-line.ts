// One wrong reply as a line of `lemma eval --wrong FILE`: what a person needs to see what went wrong, and to make the problem
// again. Owns the line's shape; judges nothing.

import type { FinishReason, Language, Split, Verdict } from "@lemma/protocol";
import type { WrongReply } from "./evaluate.ts";
import { questionOf } from "./score-reply.ts";

/** Plain JSON values only. Task, level, language, split, phrasing, seed and index make the row again (`generateRow`). */
export interface WrongLine {
  id: string;
  task: string;
  cell: string;
  language: Language;
  level: number;
  split: Split;
  /** The wording's id, such as `heldout-2`. */
  phrasing: string;
  seed: number;
  index: number;
  question: string;
  /** The expected answer. */
  answer: string;
  reply: { reasoning: string; text: string; finishReason: FinishReason };
  /** The answer that was found in the reply; null: none. */
  extracted: string | null;
  /** On the extracted answer, beside the expected one. */
  verdict: Verdict;
  firstWrongStep: string | null;
  expectedStep: string | null;
}

/** The line of a wrong reply. @example wrong.map((reply) => JSON.stringify(wrongLine(reply))) */
export function wrongLine({ row, cell, reply, score, firstWrongStep, expectedStep }: WrongReply): WrongLine {
  return {
    id: row.id,
    task: row.task,
    cell,
    language: row.language,
    level: row.level,
    split: row.split,
    phrasing: row.phrasing,
    seed: row.source.seed,
    index: row.source.index,
    question: questionOf(row),
    answer: row.answer,
    reply: { reasoning: reply.reasoning, text: reply.text, finishReason: reply.finishReason },
    extracted: score.extracted,
    verdict: score.verdict,
    firstWrongStep,
    expectedStep,
  };
}
