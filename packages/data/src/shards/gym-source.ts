// Rows of one gym task, spread evenly over its levels and languages. Owns the numbering of rows; the gym makes them.
//
// Row number n of a source takes combination n mod k of the k = levels × languages ones, and the gym's index
// floor(n / k) of it: so every row can be made again from its group and index.

import { familyById, generateWithCells } from "@lemma/gym";
import { type Language, LemmaError } from "@lemma/protocol";
import type { ConversationShares, RowGroup, SourceContext, TrainingRow } from "./data-source.ts";

export interface ResolvedGym {
  kind: "gym";
  task: string;
  version: string;
  share: number;
  seed: number;
  levels: number[];
  languages: Language[];
  conversations: ConversationShares;
  groups: RowGroup[];
}

export function resolveGym(
  source: { gym: string; share: number; levels?: readonly number[]; languages?: readonly Language[] },
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
    conversations: context.conversations,
    groups,
  };
}

type Sample = ReturnType<typeof generateWithCells> extends Iterable<infer T> ? T : never;

export function gymRows(source: ResolvedGym): (number: number) => TrainingRow {
  const { phrasing, split } = source.groups[0]!;
  const groupNumber = new Map(source.groups.map((group, i) => [`${group.level} ${group.language} ${group.cell}`, i]));
  const combinations = source.levels.flatMap((level) => source.languages.map((language) => ({ level, language })));
  const streams = combinations.map(({ level, language }) => {
    const options = { task: source.task, level, language, seed: source.seed, split: split!, phrasing: phrasing! };
    let next = -1;
    let iterator: Iterator<Sample> | undefined;
    return (index: number): Sample => {
      if (iterator === undefined || index !== next) iterator = generateWithCells({ ...options, start: index });
      next = index + 1;
      return iterator!.next().value as Sample;
    };
  });
  return (number) => {
    const combination = number % combinations.length;
    const index = Math.floor(number / combinations.length);
    const { row, cell } = streams[combination]!(index);
    return {
      messages: row.messages,
      group: groupNumber.get(`${row.level} ${row.language} ${cell}`)!,
      index,
    };
  };
}
