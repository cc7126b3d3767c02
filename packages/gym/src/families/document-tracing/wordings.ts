// Ledgers as questions, and back: each wording is a style of document with its own entries and questions. Owns rendering and reading; the
// styles stand in english.ts and chinese.ts.
//
// Slots: {item} a code, {new} the code after it, {from} {to} people, {cost} a fee, {i} {k} numbers of entries.

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
import { type Ask, CELLS, type Entry, isDecided, type Ledger } from "./ledger.ts";

type Question = Ask["kind"];
const TOLD = ["start", "pass", "rename", "other"] as const;
type Told = (typeof TOLD)[number];

/** A style of document: what stands in front of an entry and over all, how entries are told, how each question is asked, which comes first or last. */
export type Style = Readonly<Record<Question | "head" | "title", string>> &
  Readonly<Record<Told, readonly string[]>> & { readonly isFirst?: true };
export type Styles = Wordings<Style>;

const STYLES: Readonly<Record<Language, Styles>> = { en: ENGLISH, zh: CHINESE };
const capital = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

interface Compiled {
  readonly title: Template;
  readonly told: Readonly<Record<Told, readonly Template[]>>;
  readonly questions: Readonly<Record<Question, Template>>;
}

const compile = (style: Style): Compiled => ({
  title: template(style.title),
  told: Object.fromEntries(TOLD.map((kind) => [kind, style[kind].map(template)])) as unknown as Compiled["told"],
  questions: Object.fromEntries(CELLS.map((kind) => [kind, template(style[kind])])) as Compiled["questions"],
});

function slotsOf(entry: Entry, language: Language): SlotText {
  const name = (person: number) => personName(person, language);
  switch (entry.kind) {
    case "start":
      return { item: entry.item, to: name(entry.to) };
    case "pass":
      return { item: entry.item, from: name(entry.from), to: name(entry.to), cost: String(entry.cost) };
    case "rename":
      return { item: entry.item, new: entry.renamed };
    default:
      return {};
  }
}

export const ledgerPhrasings: Readonly<Record<Language, readonly Phrasing<Ledger>[]>> = phrasingsFrom(
  STYLES,
  (style, language): Omit<Phrasing<Ledger>, "id"> => {
    const { title, told, questions } = compile(style);
    const tell = (entry: Entry, i: number, random: Random): string =>
      style.head.replace("{i}", String(i + 1)) + random.pick(told[entry.kind]).render(slotsOf(entry, language), random);
    return {
      templates: [title, ...TOLD.flatMap((kind) => told[kind]), ...Object.values(questions)],
      render({ entries, ask }, random) {
        const document = entries.map((entry, i) => tell(entry, i, random)).join("\n");
        const slots = { item: ask.item, k: ask.kind === "at" ? String(ask.entry) : "" };
        const question = capital(questions[ask.kind].render(slots, random));
        const over = title.render({}, random);
        const parts = style.isFirst === true ? [over, question, document] : [over, document, question];
        return parts.filter((part) => part !== "").join("\n");
      },
    };
  },
);

const CODE = "[A-Z]\\d{3}";
const SLOTS: SlotText = {
  item: CODE,
  new: CODE,
  from: PERSON_PATTERN,
  to: PERSON_PATTERN,
  cost: "\\d{1,4}",
  k: "\\d{1,5}",
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
      styles.flatMap(({ questions }) => CELLS.map((kind) => [questions[kind], kind] as const)),
      SLOTS,
    ),
  };
  readers.set(language, made);
  return made;
}

function entryFrom(told: Told, slots: SlotText): Entry | undefined {
  if (told === "other") return { kind: told };
  const item = slots.item!.toUpperCase();
  if (told === "rename") return { kind: told, item, renamed: slots.new!.toUpperCase() };
  const [from, to] = [personNamed(slots.from ?? ""), personNamed(slots.to ?? "")];
  if (to === undefined) return undefined;
  if (told === "start") return { kind: told, item, to };
  return from === undefined ? undefined : { kind: told, item, from, to, cost: Number(slots.cost) };
}

/** Reads a ledger with a question; undefined where a text is none. */
export function readLedger(text: string): Ledger | undefined {
  const read = readEntries(text, (language) => readersOf(language).begin());
  if (read === undefined) return undefined;
  const entries: Entry[] = [];
  for (const { tag, slots } of read.entries) {
    const entry = entryFrom(tag, slots);
    if (entry === undefined) return undefined;
    entries.push(entry);
  }
  for (const line of read.others.reverse()) {
    const found = readersOf(read.language).questions(line);
    if (found === undefined) continue;
    const item = found.slots.item!.toUpperCase();
    const ask: Ask =
      found.tag === "at" ? { kind: "at", item, entry: Number(found.slots.k) } : { kind: found.tag, item };
    const ledger = { entries, ask };
    return isDecided(ledger) ? ledger : undefined;
  }
  return undefined;
}
