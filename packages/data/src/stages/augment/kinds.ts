// The kinds of augmentation: each makes a row out of a row. Owns how; whether what was made may be written is decided by its family's
// verifier (rows.ts), so a kind may try what doesn't always work.

import { converse, families, familyById, generateRow, type Random } from "@lemma/gym";
import type { DatasetRow, Language } from "@lemma/protocol";
import { backwardOf } from "./backward.ts";
import { differently, withDistractor, withOtherNames } from "./rewriting.ts";
import { answered, asked, type Made, type Row } from "./rows.ts";

/** A kind: undefined where it has nothing to do for this row. */
interface Kind {
  /** Whether the new row must ask the same problem. */
  readonly isSame: boolean;
  make(row: Row, random: Random, seed: number): Made | undefined;
}

const other = (language: Language): Language => (language === "en" ? "zh" : "en");

const made = (row: Row | undefined): Made | undefined => (row === undefined ? undefined : { row });

/** The same problem in other words, in the given language. */
function retold({ family, problem, level, question }: Row, language: Language, random: Random): Made | undefined {
  return made(answered(family, asked(family, problem, language, random, question), language, level));
}

/** A fresh problem of the training split. */
function fresh(task: string, language: Language, level: number, random: Random, seed: number, cell?: string): Row {
  const { messages } = generateRow({
    task,
    level,
    language,
    seed,
    index: random.uint32(),
    split: "train",
    ...(cell === undefined ? {} : { cell }),
  });
  const [user, reply] = messages;
  const family = familyById(task);
  return (
    answered(family, user!.content, language, level) ?? {
      family,
      problem: undefined,
      key: "",
      language,
      level,
      question: user!.content,
      reply: reply!,
    }
  );
}

/** The problem with the parts of one of its lists in another order: facts, clues, edges, equations. */
function shuffled({ family, problem, language, level, question }: Row, random: Random): Made | undefined {
  const lists = Object.entries(problem as object).filter(
    (entry): entry is [string, object[]] =>
      Array.isArray(entry[1]) && entry[1].length > 1 && entry[1].every((one) => typeof one === "object"),
  );
  if (lists.length === 0) return undefined;
  const [name, list] = random.pick(lists);
  const moved = { ...(problem as object), [name]: random.shuffle(list) };
  const text = asked(family, moved, language, random, question);
  return made(answered(family, text, language, level));
}

function composed(row: Row, random: Random, seed: number): Made | undefined {
  const others = families().filter(({ carriers, reply }) => carriers !== "none" && reply === undefined);
  if (row.family.reply !== undefined) return undefined;
  const family = random.pick(others);
  const first = answered(row.family, row.question, row.language, row.level);
  if (first === undefined) return undefined;
  const second = fresh(family.id, row.language, family.defaultLevel, random, seed);
  const parts = [first, second];
  const numbered = (texts: string[]): string => texts.map((text, i) => `${i + 1}) ${text}`).join("\n");
  return {
    row: {
      ...first,
      key: parts.map(({ key }) => key).join(" & "),
      question: numbered(parts.map(({ question }) => question)),
      reply: {
        role: "assistant",
        content: numbered(parts.map(({ reply }) => reply.content)),
        reasoning_content: parts.map(({ reply }) => reply.reasoning_content ?? "").join("\n"),
      },
    },
    parts,
  };
}

function retried(row: Row, random: Random, seed: number): Made | undefined {
  const { family, problem, key, language, level, question } = row;
  const reply = row.reply.reasoning_content ? row.reply : answered(family, question, language, level)?.reply;
  if (reply === undefined) return undefined;
  const dressed: DatasetRow = {
    id: "",
    task: family.id,
    level,
    language,
    key,
    split: "train",
    phrasing: "trained-1",
    messages: [{ role: "user", content: question }, reply],
    answer: family.answer(problem, language),
    verifier: family.verifier(problem, language),
    source: { generator: "lemma-gym", version: family.version, seed, index: random.uint32() },
  };
  const turn = converse(dressed, { system: 0, followUp: 0, noise: 0, retry: 1 }).at(-1)!;
  return turn.reasoning_content === reply.reasoning_content ? undefined : { row: { ...row, reply: turn } };
}

/** The problem with other people in it, solved anew; they stand where the others stood. */
function renamed({ family, problem, question, language, level }: Row, random: Random): Made | undefined {
  const text = withOtherNames(question, family.names?.[language] ?? [], random);
  const row = text === undefined ? undefined : answered(family, text, language, level);
  return row !== undefined && family.cell(row.problem) === family.cell(problem) ? { row } : undefined;
}

/** All kinds, by name, in the order of the guide. */
export const KINDS = {
  /** Another trained wording, the same language. */
  reword: { isSame: true, make: (row, random) => retold(row, row.language, random) },
  /** A trained wording of the other language. */
  translate: { isSame: true, make: (row, random) => retold(row, other(row.language), random) },
  /** A fresh problem of the same family, level and cell, solved anew. */
  renumber: {
    isSame: false,
    make: (row, random, seed) =>
      made(fresh(row.family.id, row.language, row.level, random, seed, row.family.cell(row.problem))),
  },
  /** Other people in the same places, solved anew. */
  rename: { isSame: false, make: renamed },
  /** Facts, clues or equations in another order. */
  shuffle: { isSame: true, make: shuffled },
  /** A sentence that has nothing to do with the problem. */
  distract: {
    isSame: true,
    make: ({ family, question, language, level }, random) =>
      made(answered(family, withDistractor(question, language, random), language, level)),
  },
  /** The same words written otherwise: line ends, case, marks, spaces, Markdown. */
  format: {
    isSame: true,
    make: ({ family, question, language, level }, random) =>
      made(answered(family, differently(question, random), language, level)),
  },
  /** A question that leads from the answer back, after the question and its answer. */
  backward: { isSame: false, make: backwardOf },
  /** Two problems as one question. */
  compose: { isSame: false, make: composed },
  /** A wrong step in the reasoning that is taken back at once. */
  retry: { isSame: true, make: retried },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as [KindName, ...KindName[]];

/** The kind with this name. */
export const kindByName = (name: KindName): Kind => KINDS[name];
