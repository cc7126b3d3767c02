// Registers as questions, and back: each wording is a style of document with its own entries and questions. Owns rendering and reading; the
// styles stand in english.ts and chinese.ts.
//
// Slots: {name} {a} {b} people, {town}, {trade}, {n} the number, {i} the entry's number.

import type { Language } from "@lemma/protocol";
import { readEntries } from "../../documents/numbered.ts";
import { PERSON_PATTERN, personName, personNamed } from "../../documents/people.ts";
import type { Phrasing } from "../../family.ts";
import { lineMatcher, type Matcher, matcher, type SlotText } from "../../matcher.ts";
import type { Random } from "../../random.ts";
import { type Template, template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import { type Ask, type Entry, isDecided, type Register } from "./register.ts";
import { placeOf, TOWNS, TRADES } from "./words.ts";

const QUESTIONS = ["town", "trade", "last", "compare", "count", "countIn", "who"] as const;
type Question = (typeof QUESTIONS)[number];
const TOLD = ["record", "update", "other"] as const;
type Told = (typeof TOLD)[number];

/** A style of document: what stands in front of an entry and over all, how entries are told, how each question is asked, which comes first or last. */
export type Style = Readonly<Record<Question | "head" | "title", string>> &
  Readonly<Record<Told, readonly string[]>> & { readonly isFirst?: true };
export type Styles = Wordings<Style>;

const STYLES: Readonly<Record<Language, Styles>> = { en: ENGLISH, zh: CHINESE };

const questionOf = (ask: Ask): Question =>
  ask.kind === "fact" ? ask.what : ask.kind === "count" && ask.town !== undefined ? "countIn" : ask.kind;

function slotsOf(ask: Ask, language: Language): Record<string, string> {
  const name = (person: number) => personName(person, language);
  switch (ask.kind) {
    case "fact":
    case "last":
      return { name: name(ask.person) };
    case "compare":
      return { a: name(ask.people[0]), b: name(ask.people[1]) };
    default:
      return {
        trade: TRADES[language][ask.trade]!,
        ...(ask.town !== undefined && { town: TOWNS[language][ask.town]! }),
      };
  }
}

const capital = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

interface Compiled {
  readonly title: Template;
  readonly told: Readonly<Record<Told, readonly Template[]>>;
  readonly questions: Readonly<Record<Question, Template>>;
}

const compile = (style: Style): Compiled => ({
  title: template(style.title),
  told: { record: style.record.map(template), update: style.update.map(template), other: style.other.map(template) },
  questions: Object.fromEntries(
    QUESTIONS.map((question) => [question, template(style[question])]),
  ) as Compiled["questions"],
});

export const registerPhrasings: Readonly<Record<Language, readonly Phrasing<Register>[]>> = phrasingsFrom(
  STYLES,
  (style, language): Omit<Phrasing<Register>, "id"> => {
    const { title, told, questions } = compile(style);
    const tell = (entry: Entry, i: number, random: Random): string => {
      const slots: SlotText =
        entry.kind === "other"
          ? {}
          : {
              name: personName(entry.person, language),
              n: String(entry.amount),
              ...(entry.kind === "record" && {
                town: TOWNS[language][entry.town]!,
                trade: TRADES[language][entry.trade]!,
              }),
            };
      return style.head.replace("{i}", String(i + 1)) + random.pick(told[entry.kind]).render(slots, random);
    };
    return {
      templates: [title, ...TOLD.flatMap((kind) => told[kind]), ...Object.values(questions)],
      render({ entries, ask }, random) {
        const document = entries.map((entry, i) => tell(entry, i, random)).join("\n");
        const question = capital(questions[questionOf(ask)].render(slotsOf(ask, language), random));
        const over = title.render({}, random);
        const parts = style.isFirst === true ? [over, question, document] : [over, document, question];
        return parts.filter((part) => part !== "").join("\n");
      },
    };
  },
);

const oneOf = (lists: Readonly<Record<Language, readonly string[]>>): string => [...lists.en, ...lists.zh].join("|");
const SLOTS: SlotText = {
  name: PERSON_PATTERN,
  a: PERSON_PATTERN,
  b: PERSON_PATTERN,
  town: oneOf(TOWNS),
  trade: oneOf(TRADES),
  n: "\\d{1,6}",
};

interface Readers {
  readonly begin: () => Matcher<Told>;
  readonly questions: Matcher<Question>;
}
const readers = new Map<Language, Readers>();

function readersOf(language: Language): Readers {
  const known = readers.get(language);
  if (known !== undefined) return known;
  const { heldOut, trained } = STYLES[language];
  const styles = [...heldOut, ...trained].map(compile);
  const made = {
    begin: lineMatcher(
      styles.flatMap(({ told }) => TOLD.flatMap((kind) => told[kind].map((form) => [form, kind] as const))),
      SLOTS,
    ),
    questions: matcher(
      styles.flatMap(({ questions }) => QUESTIONS.map((question) => [questions[question], question] as const)),
      SLOTS,
    ),
  };
  readers.set(language, made);
  return made;
}

/** Reads a register with a question; undefined where a text is none. */
export function readRegister(text: string): Register | undefined {
  const read = readEntries(text, (language) => readersOf(language).begin());
  if (read === undefined) return undefined;
  const entries: Entry[] = [];
  for (const { tag, slots } of read.entries) {
    const person = personNamed(slots.name ?? "");
    if (tag === "other") entries.push({ kind: "other" });
    else if (person === undefined) return undefined;
    else if (tag === "update") entries.push({ kind: tag, person, amount: Number(slots.n) });
    else {
      const [town, trade] = [placeOf(slots.town!, TOWNS)!, placeOf(slots.trade!, TRADES)!];
      entries.push({ kind: tag, person, town, trade, amount: Number(slots.n) });
    }
  }
  for (const line of read.others.reverse()) {
    const asked = readersOf(read.language).questions(line);
    const ask = asked === undefined ? undefined : askFrom(asked.tag, asked.slots);
    if (ask === undefined) continue;
    const register = { entries, ask };
    return isDecided(register) ? register : undefined;
  }
  return undefined;
}

function askFrom(question: Question, { name = "", a = "", b = "", town = "", trade = "" }: SlotText): Ask | undefined {
  switch (question) {
    case "compare": {
      const people = [personNamed(a), personNamed(b)];
      return people.includes(undefined) ? undefined : { kind: question, people: people as [number, number] };
    }
    case "count":
      return { kind: "count", trade: placeOf(trade, TRADES)! };
    case "countIn":
      return { kind: "count", trade: placeOf(trade, TRADES)!, town: placeOf(town, TOWNS)! };
    case "who":
      return { kind: question, trade: placeOf(trade, TRADES)!, town: placeOf(town, TOWNS)! };
    default: {
      const person = personNamed(name);
      if (person === undefined) return undefined;
      return question === "last" ? { kind: question, person } : { kind: "fact", person, what: question };
    }
  }
}
