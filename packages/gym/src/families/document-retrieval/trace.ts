// The reasoning about a register: the entries that matter, with their numbers, and what they give. Owns its lines; must not know wordings.
//
//   entry 12: Balan, Arden, miller, 45    a person's record
//   entry 20: Balan, 51                   a change of the number
//   last: 51
//   51>38                                 two people compared
//   1: entry 3, miller                    those that are counted, one after the other
//   2: entry 17, miller
//   count: 2

import type { Language } from "@lemma/protocol";
import { entryLabel } from "../../documents/numbered.ts";
import { personName } from "../../documents/people.ts";
import { type Answer, answerOf, entriesOf, lastAmount, type Numbered, type Register, recordsWith } from "./register.ts";
import { TOWNS, TRADES } from "./words.ts";

export const WORDS = {
  en: { last: "last", count: "count", comma: ", " },
  zh: { last: "最后", count: "共", comma: "，" },
} as const;

/** Words that no question needs to contain. */
export const REGISTER_VOCABULARY = ["entry", "last", "count", "第", "条", "最后", "最", "后", "共"];

/** All that an entry says: the person, town and trade of a record, the number. */
export function partsOf({ entry }: Numbered, language: Language): string[] {
  const place = entry.kind === "record" ? [TOWNS[language][entry.town]!, TRADES[language][entry.trade]!] : [];
  return [personName(entry.person, language), ...place, String(entry.amount)];
}

/** What an entry of a list is counted for. */
export const countedParts = ({ number, entry }: Numbered, language: Language): string[] => [
  entryLabel(number, language),
  ...partsOf({ number, entry }, language).slice(0, 3),
];

/** The reasoning, a step a line. */
export function writeTrace(register: Register, language: Language): string[] {
  const { ask } = register;
  const words = WORDS[language];
  const line = (found: Numbered, parts = partsOf(found, language)) =>
    `${entryLabel(found.number, language)}: ${parts.join(words.comma)}`;
  const history = (person: number) => {
    const found = entriesOf(register, person);
    const last = found.length === 1 ? [] : [`${words.last}: ${lastAmount(register, person)}`];
    return [...found.map((one) => line(one, [personName(person, language), String(one.entry.amount)])), ...last];
  };
  switch (ask.kind) {
    case "fact":
      return [line(entriesOf(register, ask.person)[0]!)];
    case "last":
      return history(ask.person);
    case "compare": {
      const [a, b] = ask.people.map((person) => lastAmount(register, person)) as [number, number];
      return [...ask.people.flatMap(history), `${a}${a > b ? ">" : "<"}${b}`];
    }
    case "count": {
      const found = recordsWith(register, ask.trade, ask.town);
      const parts = (one: Numbered) => {
        const [label, person, town, trade] = countedParts(one, language);
        return [label!, person!, ...(ask.town === undefined ? [] : [town!]), trade!];
      };
      return [...found.map((one, i) => `${i + 1}: ${parts(one).join(words.comma)}`), `${words.count}: ${found.length}`];
    }
    case "who":
      return [line(recordsWith(register, ask.trade, ask.town)[0]!)];
  }
}

/** The answer in words of a language. */
export function writeAnswer(register: Register, language: Language, answer: Answer = answerOf(register)): string {
  switch (answer.kind) {
    case "number":
      return String(answer.value);
    case "person":
      return personName(answer.id, language);
    case "town":
      return TOWNS[language][answer.id]!;
    case "trade":
      return TRADES[language][answer.id]!;
  }
}
