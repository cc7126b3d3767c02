// The reasoning about a ledger: the hops of one thing, each with its place in the document. Owns its lines; must not know wordings.
//
//   entry 3: K417, to Balan               it appears
//   entry 9: K417, to Torsa               it is passed on
//   moves: 1                              where moves are counted
//   entry 15: K417, now M203              it has a new code: from here on that one is looked for
//   entry 22: M203, to Norvin, 7          with the fee where fees are added
//   4+7=11
//   31>25                                 the next hop comes after the entry that is asked about
//   holder: Norvin                        or name, moves, cost

import type { Language } from "@lemma/protocol";
import { entryLabel } from "../../documents/numbered.ts";
import { personName } from "../../documents/people.ts";
import { writtenSum } from "../../written.ts";
import { type Answer, answerOf, asked, chainOf, type Ledger, type Numbered } from "./ledger.ts";

export const WORDS = {
  en: {
    from: "from ",
    to: "to ",
    now: "now ",
    comma: ", ",
    holder: "holder",
    name: "name",
    moves: "moves",
    cost: "cost",
  },
  zh: { from: "由", to: "给", now: "改", comma: "，", holder: "持有人", name: "名称", moves: "次数", cost: "费用" },
} as const;

/** Words that no question needs to contain. */
export const LEDGER_VOCABULARY = [
  ..."entry from to now holder name moves cost".split(" "),
  ..."第条由给改",
  "持有人",
  "名称",
  "次数",
  "费用",
  ..."持有人名称次数费用",
];

/** All that an entry says. */
export function partsOf({ entry }: Numbered, language: Language): string[] {
  const words = WORDS[language];
  const person = (id: number) => personName(id, language);
  switch (entry.kind) {
    case "start":
      return [entry.item, words.to + person(entry.to)];
    case "pass":
      return [entry.item, words.from + person(entry.from), words.to + person(entry.to), String(entry.cost)];
    case "rename":
      return [entry.item, words.now + entry.renamed];
  }
}

/** The reasoning, a step a line. */
export function writeTrace(ledger: Ledger, language: Language): string[] {
  const { ask } = ledger;
  const words = WORDS[language];
  const lines: string[] = [];
  let moves = 0;
  let cost = 0;
  for (const hop of asked(ledger)) {
    const parts = partsOf(hop, language);
    const { entry } = hop;
    const shown = entry.kind !== "pass" ? parts : [parts[0]!, parts[2]!, ...(ask.kind === "cost" ? [parts[3]!] : [])];
    lines.push(`${entryLabel(hop.number, language)}: ${shown.join(words.comma)}`);
    if (entry.kind !== "pass") continue;
    if (ask.kind === "moves") lines.push(`${words.moves}: ${++moves}`);
    if (ask.kind !== "cost") continue;
    if (cost > 0) lines.push(...writtenSum(cost, "+", entry.cost));
    cost += entry.cost;
  }
  if (ask.kind === "moves") return lines;
  if (ask.kind === "at") {
    const next = chainOf(ledger, ask.item).find(({ number }) => number > ask.entry);
    if (next !== undefined) lines.push(`${next.number}>${ask.entry}`);
  }
  return [...lines, `${words[ask.kind === "at" ? "holder" : ask.kind]}: ${writeAnswer(ledger, language)}`];
}

/** The answer in words of a language. */
export function writeAnswer(ledger: Ledger, language: Language, answer: Answer = answerOf(ledger)): string {
  if (answer.kind === "person") return personName(answer.id, language);
  return answer.kind === "code" ? answer.code : String(answer.value);
}
