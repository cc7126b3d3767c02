// Rows of one gym task, spread evenly over its levels and languages. Owns the numbering of rows; the gym makes them.
//
// Row number n of a source is the gym's row floor(n / levels) of level n mod levels; languages take turns by that index.
// The gym draws the problem from (seed, level, index) alone, so no problem is merely said twice, once in each language,
// and every row can be made again from its group and index.

import { type ConversationShares, converse, familyById, generateWithCells } from "@lemma/gym";
import { type Language, LemmaError } from "@lemma/protocol";
import type { RowGroup, SourceContext, TrainingRow } from "./data-source.ts";

export interface ResolvedGym {
  kind: "gym";
  task: string;
  version: string;
  share: number;
  seed: number;
  levels: number[];
  languages: Language[];
  conversations: ConversationShares;
  /** Where earlier questions may come from. */
  tasks: string[];
  groups: RowGroup[];
}

export function resolveGym(
  source: {
    gym: string;
    share: number;
    levels?: readonly number[] | undefined;
    languages?: readonly Language[] | undefined;
    retry?: number | undefined;
  },
  context: SourceContext,
): ResolvedGym {
  const family = familyById(source.gym);
  const levels = [...(source.levels ?? [family.defaultLevel])];
  const languages = [...(source.languages ?? (["en", "zh"] as const))];
  for (const level of levels) {
    if (!Number.isInteger(level) || level < 1 || level > family.levels) {
      throw new LemmaError("LEMMA_E_OPTION", {
        option: `levels of ${family.id}`,
        expected: `1 to ${family.levels}`,
        found: level,
      });
    }
  }
  const groups = levels.flatMap((level) =>
    languages.flatMap((language) =>
      family.cells(level).map(
        (cell): RowGroup => ({
          task: family.id,
          cell,
          language,
          level,
          phrasing: context.phrasing,
          split: context.split,
          generator: "lemma-gym",
          version: family.version,
          seed: context.seed,
        }),
      ),
    ),
  );
  return {
    kind: "gym",
    task: family.id,
    version: family.version,
    share: source.share,
    seed: context.seed,
    levels,
    languages,
    conversations:
      source.retry === undefined ? context.conversations : { ...context.conversations, retry: source.retry },
    tasks: [...context.tasks],
    groups,
  };
}

/** The number of the row that has this index in its group. */
export const gymRowNumber = ({ levels, groups }: ResolvedGym, group: number, index: number): number =>
  index * levels.length + levels.indexOf(groups[group]!.level!);

export function gymRows(source: ResolvedGym): (number: number) => TrainingRow {
  const { task, seed, levels, languages, conversations, tasks } = source;
  const { phrasing, split } = source.groups[0]!;
  const groupNumber = new Map(source.groups.map((group, i) => [`${group.level} ${group.language} ${group.cell}`, i]));
  return (number) => {
    const level = levels[number % levels.length]!;
    const index = Math.floor(number / levels.length);
    const language = languages[index % languages.length]!;
    const options = { task, level, language, seed, split: split!, phrasing: phrasing!, start: index, count: 1 };
    const [sample] = generateWithCells(options);
    const { row, cell } = sample!;
    const messages = converse(row, conversations, tasks);
    return { messages, group: groupNumber.get(`${level} ${language} ${cell}`)!, index };
  };
}
