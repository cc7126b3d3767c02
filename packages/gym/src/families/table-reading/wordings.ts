// How questions on a table are put together; the texts stand in english.ts and chinese.ts, reader.ts reads them back.
//
// Slots: {table} the table, {ask} the sentence; {n} the heading of the names, {c} the column asked for, {d} the one that decides which
// rows count, {r} and {s} rows, {high} the extreme, {over} the comparison and {l} its limit.

import type { Language } from "@lemma/protocol";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import { LAYOUTS, layOut } from "./layouts.ts";
import { inLanguage } from "./lexicon.ts";
import { KINDS, type TableQuestion } from "./problem.ts";
import type { TableWording } from "./wordings-type.ts";

const WORDS = {
  en: {
    high: ["highest", "largest", "greatest"],
    low: ["lowest", "smallest"],
    above: ["above", "greater than", "over"],
    below: ["below", "less than", "under"],
  },
  zh: {
    high: ["最高", "最大"],
    low: ["最低", "最小"],
    above: ["超过", "大于", "高于"],
    below: ["低于", "小于", "少于"],
  },
} as const;

function slotsFor({ table, ask }: TableQuestion, language: Language, random: Random): Record<string, string> {
  const say = (word: string | undefined) => inLanguage(word ?? "", language);
  const words = WORDS[language];
  const slots: Record<string, string> = {
    table: layOut(table, random.pick(LAYOUTS), say),
    n: say(table.head),
    c: say(table.columns[ask.kind === "filtered sum" ? ask.summed : ask.column]),
    d: say(table.columns[ask.column]),
  };
  if (ask.kind === "extreme") slots.high = random.pick<string>(ask.isHigh ? words.high : words.low);
  if (ask.kind === "difference") {
    slots.r = say(table.rows[ask.row]?.name);
    slots.s = say(table.rows[ask.other]?.name);
  }
  if (ask.kind === "count" || ask.kind === "filtered sum") {
    slots.over = random.pick<string>(ask.isAbove ? words.above : words.below);
    slots.l = String(ask.limit);
  }
  return slots;
}

/** The wordings of the family, by language. */
export const tablePhrasings = phrasingsFrom<TableQuestion, TableWording>(
  { en: ENGLISH, zh: CHINESE },
  (wording, language) => {
    const forms = new Map(KINDS.map((kind) => [kind, template(wording.frame.replace("{ask}", () => wording[kind]))]));
    return {
      templates: [...forms.values()],
      render: (problem, random) => forms.get(problem.ask.kind)!.render(slotsFor(problem, language, random), random),
    };
  },
);
