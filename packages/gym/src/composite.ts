// Several tasks as one: rows drawn from parts by weight. Owns the drawing; each row is the part's own and can be made again alone, from its
// task, level, seed and index.

import { type DatasetRow, LemmaError } from "@lemma/protocol";
import { type GenerateOptions, generate } from "./generate.ts";
import { Random } from "./random.ts";

/** A part of a composite. Left out: the task's default level, weight 1. */
export interface CompositePart {
  task: string;
  level?: number;
  /** How many of the rows, relative to the other parts; above 0. */
  weight?: number;
}

export interface CompositeOptions extends Omit<GenerateOptions, "task" | "level" | "cell"> {
  parts: readonly CompositePart[];
  /** Rows in all. */
  count?: number;
  /** Leave out rows whose problem came before. A part that runs out of new ones leaves its share to the others. */
  distinct?: boolean;
}

/**
 * Rows of all parts, mixed. The same options and seed give the same rows; another count gives more or fewer of the same.
 * Throws LEMMA_E_TASK, LEMMA_E_OPTION.
 * @example
 * generateComposite({ parts: [{ task: "ordering", weight: 3 }, { task: "multiplication", level: 1 }], seed: 7, count: 100 })
 */
export function* generateComposite(options: CompositeOptions): Generator<DatasetRow, void, undefined> {
  const { parts, count = Number.POSITIVE_INFINITY, ...common } = options;
  if (parts.length === 0) throw wrong("parts", "at least one", "none");
  let sources = parts.map(({ weight = 1, ...part }) => {
    if (!(weight > 0 && weight < Number.POSITIVE_INFINITY)) throw wrong(`weight of ${part.task}`, "above 0", weight);
    return { weight, rows: generate({ ...common, ...part }) };
  });
  const stream = Random.fromSeed(options.seed).split("composite");
  const seen = new Set<string>();
  for (let draw = 0, made = 0; made < count && sources.length > 0; draw++) {
    const source = sources[stream.split(draw).proportional(sources.map(({ weight }) => weight))]!;
    const next = source.rows.next();
    if (next.done) sources = sources.filter((other) => other !== source);
    else if (!options.distinct || !seen.has(next.value.key)) {
      if (options.distinct) seen.add(next.value.key); // two parts may be of one task
      made++;
      yield next.value;
    }
  }
}

const wrong = (option: string, expected: string, found: unknown): LemmaError =>
  new LemmaError("LEMMA_E_OPTION", { option, expected, found: String(found) });
