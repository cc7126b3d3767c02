// Backward questions: from an answer to what it came from, or the inverse operation on it. Owns which families have one and what it is in
// plain form; the family that answers it reads that form and asks in its own trained wordings.

import { familyById, type Random } from "@lemma/gym";
import { answered, asked, type Made, type Row } from "./rows.ts";

interface Backward {
  task: string;
  typed: string;
}

type Turn = (problem: never, answer: string) => Backward | undefined;

/** By family: the plain form of the question back. */
const TURNS: Readonly<Record<string, Turn>> = {
  "addition-subtraction": ({ operation, b }: { operation: string; b: number }, answer) => ({
    task: "linear-equations",
    typed: `Solve x${operation}${b}=${answer}.`,
  }),
  multiplication: ({ b }: { a: number; b: number }, answer) => ({
    task: "linear-equations",
    typed: `Solve ${b}x=${answer}.`,
  }),
  derivatives: (_: object, answer) => ({ task: "integrals", typed: `Integrate ${answer}.` }),
  integrals: (_: object, answer) => ({
    task: "derivatives",
    typed: `Differentiate ${answer.replace(/\s*\+\s*C$/, "")}.`,
  }),
  "expand-factor": ({ task }: { task: string }, answer) => ({
    task: "expand-factor",
    typed: `${task === "expand" ? "Factor" : "Expand"} ${answer}.`,
  }),
};

/** The question with its answer, then the question back; undefined for families without one. */
export function backwardOf(row: Row, random: Random): Made | undefined {
  const { family, problem, language, question } = row;
  const turn = TURNS[family.id]?.(problem as never, family.answer(problem, language));
  if (turn === undefined) return undefined;
  const target = familyById(turn.task);
  const back = target.checker.recognise(turn.typed);
  if (back === undefined) return undefined;
  const made = answered(target, asked(target, back, language, random), language, target.defaultLevel);
  if (made === undefined) return undefined;
  return {
    row: made,
    earlier: [
      { role: "user", content: question },
      { role: "assistant", content: row.reply.content, weight: 0 },
    ],
  };
}
