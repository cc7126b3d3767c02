// What of the gym is held out of training: problems by their keys, wordings by their runs of words. Owns how a question is recognised as
// held out; the gym owns the split and the wordings (docs/contracts.md, "Dataset row").

import { type Family, families, familyById, LANGUAGES, phrasingsOf, SHARED_RUN, splitOf, unitsOf } from "@lemma/gym";
import type { Language } from "@lemma/protocol";
import type { DataDocument } from "../documents/document.ts";

/** Shorter runs of words or characters say nothing. */
const SHORTEST_RUN: Readonly<Record<Language, number>> = { en: 2, zh: 3 };

/** Longer questions are no task of the gym. */
const LONGEST_QUESTION = 20_000;

/** A question that a family reads. */
export interface ReadQuestion {
  family: Family;
  problem: unknown;
  /** As a dataset row has it: the family's id and the problem's own key. */
  key: string;
}

/** Reads a question: by the named family, or by each one; nothing where none knows it. */
export function* readQuestion(question: string, among: readonly Family[] = families()): Generator<ReadQuestion> {
  if (question.length > LONGEST_QUESTION) return;
  for (const family of among) {
    const problem = family.checker.recognise(question);
    if (problem !== undefined) yield { family, problem, key: `${family.id} ${family.key(problem)}` };
  }
}

/** The families that may have made a document: the one that it names, else all. */
export function familiesOf({ fields }: DataDocument): Family[] {
  const task = fields?.task;
  const named = typeof task === "string" ? families().find(({ id }) => id === task) : undefined;
  return named === undefined ? families() : [named];
}

/** What of a document is a question: the users' turns, or the fields that usually hold one. */
export function questionsOf({ messages, fields }: DataDocument): string[] {
  const questions = (messages ?? []).filter(({ role }) => role === "user").map(({ content }) => content);
  for (const name of ["question", "problem", "prompt"]) {
    const value = fields?.[name];
    if (typeof value === "string") questions.push(value);
  }
  return questions;
}

/** Why a question may not be trained on: its problem's key, or the words of a held-out wording. */
export interface HeldOut {
  rule: "heldout_problem" | "heldout_wording";
  task: string;
  value: string;
}

/** Whether a question is of the held-out split, or asked in a held-out wording. */
export function heldOutIn(question: string, among?: readonly Family[]): HeldOut | undefined {
  for (const { family, key } of readQuestion(question, among)) {
    if (splitOf(key) === "heldout") return { rule: "heldout_problem", task: family.id, value: key };
    const run = heldOutRun(family.id, question);
    if (run !== undefined) return { rule: "heldout_wording", task: family.id, value: run };
  }
  return undefined;
}

interface Signature {
  length: number;
  runs: ReadonlySet<string>;
}

const signatures = new Map<string, readonly Signature[]>();

/**
 * The runs of words that tell a family's held-out wordings: those as long as no trained wording shares, and, for each form of a wording,
 * the longest of its runs without a slot that no trained form has. So each form is known whatever stands in its slots.
 */
function signaturesOf(task: string, language: Language): readonly Signature[] {
  const name = `${task} ${language}`;
  const ready = signatures.get(name);
  if (ready !== undefined) return ready;
  const [heldOut, trained] = (["heldout", "trained"] as const).map((group) => [
    ...new Set(
      phrasingsOf(familyById(task), language, group).flatMap(({ templates }) =>
        templates.flatMap((template) => template.forms()),
      ),
    ),
  ]) as [string[], string[]];
  const longest = SHARED_RUN[language];
  const shortest = SHORTEST_RUN[language];
  const own = new Map<number, Set<string>>();
  for (let length = shortest; length <= longest; length++) {
    const runs = heldOut.flatMap((form) => runsOfUnits(unitsOf(form), length));
    own.set(length, new Set(length === longest ? runs : runs.filter((run) => !run.includes("#"))));
  }
  for (const form of trained) {
    const units = unitsOf(form);
    for (const [length, runs] of own) for (const run of runsOfUnits(units, length)) runs.delete(run);
  }
  // From the longest down: shorter runs only for the forms that have no longer one.
  const made: Signature[] = [];
  let open = heldOut.map((form) => unitsOf(form));
  for (let length = longest; length >= shortest; length--) {
    const runs = new Set<string>(length === longest ? own.get(length) : []);
    open = open.filter((units) => {
      const known = runsOfUnits(units, length).filter((run) => !run.includes("#") && own.get(length)!.has(run));
      for (const run of known) runs.add(run);
      return known.length === 0;
    });
    if (runs.size > 0) made.push({ length, runs });
  }
  signatures.set(name, made);
  return made;
}

const runsOfUnits = (units: readonly string[], length: number): string[] =>
  Array.from({ length: Math.max(0, units.length - length + 1) }, (_, i) => units.slice(i, i + length).join(" "));

/** A run of words of the question that only the family's held-out wordings have. */
export function heldOutRun(task: string, question: string): string | undefined {
  // A formula right before a Chinese character would be one unit with it.
  const spaced = question.replace(/(?<=[\p{N}\p{Script=Latin}'’])(?=\p{Script=Han})/gu, " ");
  const units = unitsOf(spaced);
  for (const language of LANGUAGES)
    for (const { length, runs } of signaturesOf(task, language)) {
      const run = runsOfUnits(units, length).find((one) => runs.has(one));
      if (run !== undefined) return run;
    }
  return undefined;
}
