// What a family must prove about itself: each proof walks fresh rows in both languages and lists what is wrong. Owns the proofs;
// the tests run every proof that a family names (families.test.ts), `lemma gym list` prints the names. Knows no family.

import { type Language, LemmaError } from "@lemma/protocol";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { type Family, phrasingsOf } from "./family.ts";
import { type GenerateOptions, generate, generateRow } from "./generate.ts";
import { SHARED_RUN, sharedRuns } from "./overlap.ts";
import type { ProofName } from "./proof-names.ts";
import { lintTrace } from "./trace-lint.ts";

/** Rows to walk for a proof. */
export interface ProofRun {
  readonly seed: number;
  readonly count: number;
}

/** Returns complaints, each naming the row; empty when the proof holds. */
export type Proof = (family: Family, run: ProofRun) => string[];

const LANGUAGES: readonly Language[] = ["en", "zh"];
const GROUPS = ["trained", "heldout"] as const;

function* rows(family: Family, { seed, count }: ProofRun, more: Partial<GenerateOptions> = {}) {
  for (const language of LANGUAGES)
    for (const phrasing of GROUPS)
      for (const row of generate({ task: family.id, seed, count, language, phrasing, ...more })) {
        const [user, assistant] = row.messages;
        yield { row, question: user!.content, reply: assistant!.content, thought: assistant!.reasoning_content ?? "" };
      }
}

/** All levels; those beside the default one get a fifth of the rows, or the share that the family names. */
function levelsOf(family: Family, { seed, count }: ProofRun): (ProofRun & { level: number })[] {
  return Array.from({ length: family.levels }, (_, i) => {
    const level = i + 1;
    const share = level === family.defaultLevel ? 100 : (family.proofShares?.[i] ?? 20);
    return { level, seed, count: Math.ceil((count * share) / 100) };
  });
}

/** All proofs, by the name under which a family claims them. */
export const PROOFS = {
  /** A row is made again, byte for byte, from its own fields. */
  reproducible: (family, run) =>
    [...rows(family, run)].flatMap(({ row }) => {
      const { task, level, language, split, phrasing, source } = row;
      const again = generateRow({
        task,
        level,
        language,
        split,
        phrasing: phrasing as NonNullable<GenerateOptions["phrasing"]>,
        seed: source.seed,
        index: source.index,
      });
      return JSON.stringify(again) === JSON.stringify(row) ? [] : [`row ${row.id} is not made again`];
    }),

  /** As many trained wordings as the family states and exactly three held-out ones a language, which share no run of words. */
  wordings: (family) =>
    LANGUAGES.flatMap((language) => {
      const [trained, heldOut] = GROUPS.map((group) => phrasingsOf(family, language, group));
      const forms = (phrasings: typeof trained) =>
        phrasings!.flatMap(({ templates }) => templates.flatMap((t) => t.forms()));
      const complaints = sharedRuns(forms(trained), forms(heldOut), language).map((shared) => `${language}: ${shared}`);
      if (trained!.length < (family.leastWordings ?? 15))
        complaints.push(`${language}: ${trained!.length} trained wordings`);
      if (heldOut!.length !== 3) complaints.push(`${language}: ${heldOut!.length} held-out wordings`);
      return complaints;
    }),

  /** No run of words is shared in whole prompts either, carrier words included, formulas taken out. */
  prompts: (family, run) =>
    LANGUAGES.flatMap((language) => {
      const [trained, heldOut] = GROUPS.map((phrasing) =>
        [...generate({ task: family.id, ...run, language, phrasing })].map((row) => row.messages[0]!.content),
      );
      return sharedRuns(trained!, heldOut!, language).map((shared) => `${SHARED_RUN[language]} units: ${shared}`);
    }),

  /** The checker reads the drawn problem back from the question: same key, same trace. */
  questions: (family, run) =>
    [...rows(family, run)].flatMap(({ row, question, thought }) => {
      const problem = family.checker.recognise(question);
      if (problem === undefined) return [`${row.phrasing} ${row.language}: not recognised: ${question}`];
      const read = [`${family.id} ${family.key(problem)}`, family.trace(problem, row.language, question).join("\n")];
      return read[0] === row.key && read[1] === thought
        ? []
        : [`${row.phrasing}: ${question} read as ${read.join(": ")}`];
    }),

  /** Each token of a trace and of its answer is computable from earlier text, at every level. */
  computable: (family, run) =>
    levelsOf(family, run).flatMap(({ level, ...some }) =>
      [...rows(family, some, { level })].flatMap(({ row, question, thought }) =>
        lintTrace(question, thought.split("\n"), row.answer, new Set(family.vocabulary)).map(
          ({ text, token }) => `level ${level}: "${token}" in "${text}" comes from nowhere: ${question}`,
        ),
      ),
    ),

  /** Each step is proved, and linked to the question or to an earlier step, at every level. */
  steps: (family, run) =>
    levelsOf(family, run).flatMap(({ level, ...some }) =>
      [...rows(family, some, { level })].flatMap(({ question, thought }) =>
        checkSteps({ question, reasoning: thought, task: family.id })
          .filter((step) => step.verdict !== "proved" || step.from.length === 0)
          .map((step) => `level ${level}: ${JSON.stringify(step)}: ${question}`),
      ),
    ),

  /** The reference answer is proved right, with the reference and without. */
  answers: (family, run) =>
    [...rows(family, run)].flatMap(({ row, question, reply }) => {
      const graded = grade({ problem: question, response: reply, reference: row.answer, verifier: row.verifier });
      const checked = checkAnswer({ question, response: reply, task: family.id });
      return [graded, checked].every(({ verdict }) => verdict === "proved")
        ? []
        : [`${question}: ${reply}: ${JSON.stringify([graded, checked])}`];
    }),

  /** An answer with one digit or sign changed is refuted, with the reference and without. */
  perturbations: (family, run) =>
    [...rows(family, run)].flatMap(({ row, question }) =>
      perturbed(row.answer).flatMap((answer) => {
        const response = `\\boxed{${answer}}`;
        const graded = grade({ problem: question, response, reference: row.answer, verifier: row.verifier });
        const checked = checkAnswer({ question, response, task: family.id });
        return [graded, checked].every(({ verdict }) => verdict === "refuted")
          ? []
          : [`${question}: ${answer} for ${row.answer}: ${JSON.stringify([graded, checked])}`];
      }),
    ),
  /** No answer is more frequent among fresh problems of the default level than the family states. */
  frequency: (family, { seed, count }) => {
    const counts = new Map<string, number>();
    for (let index = 0; index < 4 * count; index++) {
      const { answer } = generateRow({ task: family.id, seed, index, language: "en" });
      counts.set(answer, (counts.get(answer) ?? 0) + 1);
    }
    const most = family.commonest ?? 0.2;
    return [...counts]
      .filter(([, times]) => times > most * 4 * count)
      .map(([answer, times]) => `${answer} is the answer of ${times} of ${4 * count} problems, more than ${most}`);
  },

  /** A search finds exactly one answer, the reference, at every level. */
  unique: (family, run) =>
    levelsOf(family, run).flatMap(({ level, ...some }) =>
      [...rows(family, some, { level })].flatMap(({ row, question }) => {
        const found = family.solutions?.(family.checker.recognise(question), row.language) ?? [];
        return found.length === 1 && found[0] === row.answer
          ? []
          : [`level ${level}: found ${JSON.stringify(found)} for ${row.answer}: ${question}`];
      }),
    ),
} as const satisfies Record<ProofName, Proof>;

/** The answer with its last digit changed (exponents of powers left alone), and with its first sign outside parentheses turned. */
function perturbed(answer: string): string[] {
  const digit = [...answer.matchAll(/(?<!\^)\d/g)].at(-1);
  const by = digit === undefined ? "" : digit[0] === "9" ? "8" : String(Number(digit[0]) + 1);
  const changes = digit === undefined ? [] : [change(answer, digit.index, by)];
  const sign = answer.search(/[+-](?!C)(?![^(]*\))/);
  if (sign >= 0) changes.push(change(answer, sign, answer[sign] === "-" ? "+" : "-"));
  return changes;
}

const change = (text: string, at: number, by: string): string => text.slice(0, at) + by + text.slice(at + 1);

/** Runs one proof and throws with the first complaints where it fails. */
export function prove(family: Family, name: ProofName, run: ProofRun): void {
  const complaints = PROOFS[name](family, run);
  if (complaints.length === 0) return;
  const some = complaints.slice(0, 3).join("\n");
  throw new LemmaError("LEMMA_E_INTERNAL", {
    problem: `${family.id}: ${name}: ${complaints.length} complaints:\n${some}`,
  });
}
