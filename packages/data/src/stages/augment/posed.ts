// A question that a model may be asked, with whatever proves an answer to it: the family that reads it, or the reference and the
// verifier that its row brought along. Owns that proof.

import type { Family } from "@lemma/gym";
import type { Language, Message, Verifier } from "@lemma/protocol";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import type { DataDocument } from "../../documents/document.ts";
import { familiesOf, heldOutIn, questionsOf } from "../../questions/held-out.ts";
import { type Reason, type Row, rowOf } from "./rows.ts";

/** A question with its proof. */
export interface Posed {
  question: string;
  language: Language;
  /** Where a family reads the question. */
  row?: Row;
  /** The right answer and how replies are compared with it. */
  answer: string;
  verifier: Verifier;
  /** What the row itself answers, where it does. */
  reply?: Message;
}

const isText = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";

/**
 * The question of a document; a reason where there is none, it is held out, or nothing could prove an answer. A document that no family
 * reads needs the fields `answer` and `verifier` (with its `kind`), as dataset rows have them, and no turns before its question.
 */
export function posedBy(document: DataDocument): Posed | Reason | "no_question" | "no_verifier" {
  const row = rowOf(document);
  if (typeof row !== "string") {
    const { family, problem, question, language, reply } = row;
    const [answer, verifier] = [family.answer(problem, language), family.verifier(problem, language)];
    return { question, language, row, answer, verifier, reply };
  }
  if (row !== "not_read") return row;
  const { messages = [], fields = {} } = document;
  const turns = messages.filter(({ role }) => role !== "system");
  const [question] = turns.length === 0 ? questionsOf(document) : turns[0]!.role === "user" ? [turns[0]!.content] : [];
  if (!isText(question) || turns.length > 2) return "no_question";
  const held = heldOutIn(question, familiesOf(document));
  if (held !== undefined) return held.rule;
  const { answer, verifier } = fields;
  if (!isText(answer) || typeof verifier !== "object" || verifier === null || Array.isArray(verifier))
    return "no_verifier";
  if (!isText(verifier.kind)) return "no_verifier";
  const reply = turns[1]?.role === "assistant" ? { reply: turns[1] } : {};
  const language = /\p{Script=Han}/u.test(question) ? "zh" : "en";
  return { question, language, answer, verifier: verifier as unknown as Verifier, ...reply };
}

/** Why a reply doesn't prove itself as an answer to the question: undefined where its answer is proved and no step that stands is refuted. */
export function replyFault(
  question: string,
  { answer, verifier }: Pick<Posed, "answer" | "verifier">,
  { content, reasoning_content: reasoning }: Message,
  family?: Family,
): "answer" | "steps" | undefined {
  const { verdict } =
    family === undefined
      ? grade({ problem: question, response: content, reference: answer, verifier })
      : checkAnswer({ question, response: content, task: family.id });
  if (verdict !== "proved") return "answer";
  const task = family === undefined ? {} : { task: family.id };
  const steps = checkSteps({ question, reasoning: reasoning || content, ...task });
  return steps.some((step) => step.verdict === "refuted" && step.withdrawn !== true) ? "steps" : undefined;
}

/** Whether the family reads the text, and as which problem. */
export function keyOf(family: Family, text: string): string | undefined {
  const problem = family.checker.recognise(text);
  return problem === undefined ? undefined : `${family.id} ${family.key(problem)}`;
}
