// Contracts as questions, and back. Owns rendering a contract in a wording and reading any text with numbered clauses; the texts stand in
// english.ts and chinese.ts.
//
// Slots: {o} whose clause it is, {p} the other side, {n} days, {m} {c} {s} euros, {r} percent, {deed} what the renderer owes, {place} any
// place; {a} {b} the parties with their roles {ra} {rb}, {signed} {from} {d1} {d2} dates, {k} a number; {event} {term} {duty} {matter}
// {fact} {sum} the pieces of a question (with a capital where the slot has one). In questions {o} and {p} are the parties' names.

import type { Language } from "@lemma/protocol";
import type { Phrasing } from "../../family.ts";
import { type Matcher, matcher, type SlotText } from "../../matcher.ts";
import type { Random } from "../../random.ts";
import { type Template, template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { CHINESE } from "./chinese.ts";
import {
  type Amendment,
  type Ask,
  type Clause,
  type Contract,
  cellOf,
  clauseOn,
  type Duty,
  isDecided,
  type Side,
  type Term,
  type Topic,
  topicOf,
} from "./contract.ts";
import { DATE_PATTERN, dateText, readDate } from "./dates.ts";
import { ENGLISH } from "./english.ts";
import { DEEDS, PARTIES, partyName, partyNamed, ROLES, TITLES } from "./parties.ts";

/** Texts of which the held-out wordings have their own. */
export interface Pool<T> {
  readonly heldOut: T;
  readonly trained: T;
}

type Texts<K extends string> = Pool<Readonly<Record<K, readonly string[]>>>;
type ClauseText = Topic | "feeCap" | "breachSum";
type FactText = Exclude<Ask["kind"], "deadline" | "party" | "clause"> | "breachSum";
type Asking = "deadline" | "party" | "clause" | "amount" | "termination";

/** The words around a contract: what stands in front of all, and the question of each kind, which comes first or last. */
export type Frame = Readonly<Record<Asking | "before", string>> & { readonly isFirst?: true };

export interface ContractTexts {
  readonly clauses: Texts<ClauseText>;
  readonly intros: Pool<readonly string[]>;
  readonly amendments: Texts<"always" | "from">;
  readonly events: Texts<Term>;
  readonly terms: Texts<Term>;
  readonly duties: Texts<Duty>;
  readonly matters: Texts<Topic>;
  readonly facts: Texts<FactText>;
  readonly sums: Texts<"fee" | "interest">;
  readonly frames: Pool<readonly Frame[]>;
}

const TEXTS: Readonly<Record<Language, ContractTexts>> = { en: ENGLISH, zh: CHINESE };
const ASKINGS: readonly Asking[] = ["deadline", "party", "clause", "amount", "termination"];
const PLACES: Readonly<Record<Language, readonly string[]>> = {
  en: ["Arvenland", "Belmora", "Corvia", "Dalmark", "Estholm"],
  zh: ["阿文", "贝莫", "科维亚", "达马", "埃斯"],
};

/** How clauses are numbered. */
const HEADS: Readonly<Record<Language, Pool<readonly string[]>>> = {
  en: { heldOut: ["({i}) "], trained: ["{i}. ", "Clause {i}. ", "§ {i} "] },
  zh: { heldOut: ["（{i}）"], trained: ["第{i}条 ", "{i}．", "第{i}条："] },
};

const compiled = new Map<string, Template>();
function templateOf(text: string): Template {
  let known = compiled.get(text);
  if (known === undefined) {
    known = template(text);
    compiled.set(text, known);
  }
  return known;
}

const askingOf = (contract: Contract): Asking => {
  const cell = cellOf(contract);
  return cell === "amendment" ? "deadline" : cell;
};

/** The clause that its numbers belong to: with a limit or a debt it has a text of its own. */
function textOf({ topic, cap, amount }: Clause): ClauseText {
  if (topic === "fee" && cap !== undefined) return "feeCap";
  return topic === "breach" && amount !== undefined ? "breachSum" : topic;
}

const numbered = (text: string, i: number): string => text.replace("{i}", String(i));
const capital = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

function render(contract: Contract, language: Language, frame: Frame, isHeldOut: boolean, random: Random): string {
  const texts = TEXTS[language];
  const of = <T>(pool: Pool<T>): T => (isHeldOut ? pool.heldOut : pool.trained);
  const { type, clauses, amendment, ask } = contract;
  const say = (text: string, slots: SlotText): string => templateOf(text).render(slots, random);
  const [ra, rb] = ROLES[type]![language];
  const [a, b] = contract.parties.map((party) => partyName(party, language)) as [string, string];
  const deed = DEEDS[language][type]!;
  const roles = (owner: Side = 0) => ({ o: [ra, rb][owner]!, p: [ra, rb][1 - owner]! });
  const common = { a, b, ra, rb, deed };

  const head = random.pick(of(HEADS[language]));
  const title = TITLES[language][type]!;
  const intro = say(random.pick(of(texts.intros)), {
    ...common,
    title,
    Title: capital(title),
    signed: dateText(contract.signed, language),
  });
  const lines = clauses.map((clause, i) => {
    const text = say(random.pick(of(texts.clauses)[textOf(clause)]), {
      ...common,
      ...roles(clause.owner),
      n: `${clause.days}`,
      m: `${clause.amount}`,
      c: `${clause.cap}`,
      r: `${clause.percent}`,
      place: random.pick(PLACES[language]),
    });
    return numbered(head, i + 1) + text;
  });
  if (amendment !== undefined)
    lines.push(
      say(random.pick(of(texts.amendments)[amendment.from === undefined ? "always" : "from"]), {
        k: `${amendment.clause}`,
        n: `${amendment.days}`,
        signed: dateText(amendment.signed, language),
        from: amendment.from === undefined ? "" : dateText(amendment.from, language),
      }),
    );
  const document = [intro, ...lines].join("\n");

  const owner = clauseOn(contract, topicOf(ask)).owner ?? 0;
  const people = { ...common, o: [a, b][owner]!, p: [a, b][1 - owner]! };
  const slots: Record<string, string> = { ...people };
  if (ask.kind === "deadline") {
    const facts = { ...people, from: dateText(ask.from, language) };
    slots.event = say(random.pick(of(texts.events)[ask.topic]), facts);
    slots.term = say(random.pick(of(texts.terms)[ask.topic]), facts);
  } else if (ask.kind === "party") slots.duty = say(random.pick(of(texts.duties)[ask.topic]), people);
  else if (ask.kind === "clause") slots.matter = say(random.pick(of(texts.matters)[ask.topic]), people);
  else {
    const isDouble = ask.kind === "breach" && ask.sum !== undefined;
    slots.fact = say(random.pick(of(texts.facts)[isDouble ? "breachSum" : ask.kind]), {
      ...people,
      ...factSlots(ask, language),
    });
    slots.sum = random.pick(of(texts.sums)[ask.kind === "interest" ? "interest" : "fee"]);
  }
  for (const slot of ["matter", "fact", "sum"]) slots[capital(slot)] = capital(slots[slot] ?? "");
  const question = capital(say(frame[askingOf(contract)], slots));
  const before = say(frame.before, {});
  const parts = frame.isFirst === true ? [before, question, document] : [before, document, question];
  return parts.filter((part) => part !== "").join("\n");
}

function factSlots(ask: Ask, language: Language): Record<string, string> {
  switch (ask.kind) {
    case "late":
      return { k: `${ask.days}` };
    case "overdue":
      return { d1: dateText(ask.due, language), d2: dateText(ask.paid, language) };
    case "unpaid":
      return { d1: dateText(ask.invoice, language), d2: dateText(ask.paid, language) };
    case "interest":
      return { s: `${ask.sum}`, k: `${ask.months}` };
    case "breach":
      return { k: `${ask.days}`, s: `${ask.sum}` };
    default:
      return {};
  }
}

/** All texts of a group that a wording may use. */
function poolTemplates(language: Language, group: keyof Pool<unknown>): Template[] {
  const { clauses, intros, amendments, events, terms, duties, matters, facts, sums } = TEXTS[language];
  const lists = [clauses, amendments, events, terms, duties, matters, facts, sums].flatMap((pool) =>
    Object.values<readonly string[]>(pool[group]),
  );
  return [...intros[group], ...lists.flat()].map(templateOf);
}

export const contractPhrasings: Readonly<Record<Language, readonly Phrasing<Contract>[]>> = phrasingsFrom(
  {
    en: { heldOut: ENGLISH.frames.heldOut, trained: ENGLISH.frames.trained },
    zh: { heldOut: CHINESE.frames.heldOut, trained: CHINESE.frames.trained },
  },
  (frame, language): Omit<Phrasing<Contract>, "id"> => {
    const isHeldOut = TEXTS[language].frames.heldOut.includes(frame);
    const asked = ASKINGS.map((asking) => templateOf(frame[asking]));
    return {
      templates: [templateOf(frame.before), ...asked, ...poolTemplates(language, isHeldOut ? "heldOut" : "trained")],
      render: (contract, random) => render(contract, language, frame, isHeldOut, random),
    };
  },
);

const LONGEST = 9_000;
/** No line that asks is longer. */
const LONGEST_QUESTION = 600;
const NUMBER = "\\d{1,7}";
const ROLE_WORDS = ROLES.flatMap(({ en, zh }) => [...en, ...zh]).join("|");
const NAME = {
  en: `${PARTIES.en.join("|")}|[A-Z][\\p{L}&-]{1,30}`,
  zh: `${PARTIES.zh.join("|")}|[\\p{Script=Han}]{2,8}?`,
};
/** Any piece of a question: what it says is read from the whole line. */
const PIECE = "[^\\n]{1,160}";
const SLOTS: SlotText = {
  o: ROLE_WORDS,
  p: ROLE_WORDS,
  n: "\\d{1,3}",
  m: NUMBER,
  c: NUMBER,
  s: NUMBER,
  k: "\\d{1,3}",
  r: "\\d{1,2}",
  deed: [...DEEDS.en, ...DEEDS.zh].join("|"),
  place: "[\\p{L}]{1,20}",
  signed: DATE_PATTERN,
  from: DATE_PATTERN,
  d1: DATE_PATTERN,
  d2: DATE_PATTERN,
  title: [...TITLES.en, ...TITLES.zh].join("|"),
  Title: TITLES.en.join("|"),
  ra: ROLE_WORDS,
  rb: ROLE_WORDS,
};

interface Readers {
  readonly clause: Matcher<ClauseText>;
  readonly intro: Matcher<"intro">;
  readonly amendment: Matcher<"amendment">;
  readonly frames: Readonly<Record<Asking, Matcher<Asking>>>;
  readonly events: Matcher<Term>;
  readonly terms: Matcher<Term>;
  readonly duties: Matcher<Duty>;
  readonly matters: Matcher<Topic>;
  readonly facts: Matcher<FactText>;
  readonly sums: Matcher<"fee" | "interest">;
}

const entriesOf = <K extends string>({ heldOut, trained }: Texts<K>): (readonly [Template, K])[] =>
  [heldOut, trained].flatMap((group) =>
    (Object.keys(group) as K[]).flatMap((key) => group[key].map((text) => [templateOf(text), key] as const)),
  );

const readers = new Map<Language, Readers>();
function readersOf(language: Language): Readers {
  const known = readers.get(language);
  if (known !== undefined) return known;
  const texts = TEXTS[language];
  const name = NAME[language];
  const people = { ...SLOTS, a: name, b: name, o: name, p: name };
  const frames = [...texts.frames.heldOut, ...texts.frames.trained];
  const pieces = { event: PIECE, term: PIECE, duty: PIECE, matter: PIECE, Matter: PIECE, fact: PIECE, Fact: PIECE };
  const sums = { sum: PIECE, Sum: PIECE, a: name };
  const made: Readers = {
    clause: matcher(entriesOf(texts.clauses), SLOTS),
    intro: matcher(
      [...texts.intros.heldOut, ...texts.intros.trained].map((text) => [templateOf(text), "intro"] as const),
      people,
    ),
    amendment: matcher(
      entriesOf(texts.amendments).map(([text]) => [text, "amendment"] as const),
      SLOTS,
    ),
    frames: Object.fromEntries(
      ASKINGS.map((asking) => [
        asking,
        matcher(
          frames.map((frame) => [templateOf(frame[asking]), asking] as const),
          { ...pieces, ...sums },
        ),
      ]),
    ) as Readers["frames"],
    events: matcher(entriesOf(texts.events), people),
    terms: matcher(entriesOf(texts.terms), people),
    duties: matcher(entriesOf(texts.duties), people),
    matters: matcher(entriesOf(texts.matters), people),
    facts: matcher(entriesOf(texts.facts), people),
    sums: matcher(entriesOf(texts.sums), people),
  };
  readers.set(language, made);
  return made;
}

const HEAD =
  /^\s*(?:(?:clause|article|section|§)\s*(\d{1,2})\s*[.:：)]?|[(（](\d{1,2})[)）]|(\d{1,2})\s*[.．)、]|第\s*(\d{1,2})\s*条\s*[：:、]?)\s*(\S.*)$/iu;

/** Reads a contract with a question; undefined where a text is none. */
export function readContract(text: string): Contract | undefined {
  if (text.length > LONGEST) return undefined;
  const lines = text.split("\n");
  const heads = lines.map((line) => HEAD.exec(line));
  const first = heads.findIndex((head) => head !== null);
  if (first < 0 || heads.filter((head) => head !== null).length < 3) return undefined;
  const read = readersOf(/\p{Script=Han}/u.test(text) ? "zh" : "en");
  const clauses: Clause[] = [];
  const rest: string[] = [];
  for (const [i, line] of lines.entries()) {
    const head = heads[i];
    if (head === null || head === undefined) {
      rest.push(line);
      continue;
    }
    const number = Number(head.slice(1, 5).find((digits) => digits !== undefined));
    const clause = number === clauses.length + 1 ? readClause(read, head[5]!) : undefined;
    if (clause === undefined) return undefined;
    clauses.push(clause);
  }
  return readRest(read, clauses, rest);
}

/** The side of a role, in any of the kinds of contracts. */
const sideOf = (role: string): Side =>
  ROLES.some(({ en, zh }) => en[0].toLowerCase() === role.toLowerCase() || zh[0] === role) ? 0 : 1;

function readClause(read: Readers, text: string): Clause | undefined {
  const found = read.clause(text);
  if (found === undefined) return undefined;
  const { o, n, m, c, r } = found.slots;
  return {
    topic: found.tag === "feeCap" ? "fee" : found.tag === "breachSum" ? "breach" : found.tag,
    ...(o !== undefined && { owner: sideOf(o) }),
    ...(n !== undefined && { days: Number(n) }),
    ...(m !== undefined && { amount: Number(m) }),
    ...(c !== undefined && { cap: Number(c) }),
    ...(r !== undefined && { percent: Number(r) }),
  };
}

function readRest(read: Readers, clauses: readonly Clause[], rest: readonly string[]): Contract | undefined {
  let intro: SlotText | undefined;
  let amendment: Amendment | undefined;
  const words: string[] = [];
  for (const line of rest) {
    const changed = read.amendment(line);
    const opened = changed === undefined && intro === undefined ? read.intro(line) : undefined;
    if (changed !== undefined) amendment = amendmentFrom(changed.slots);
    else if (opened !== undefined) intro = opened.slots;
    else words.push(line);
  }
  if (intro === undefined) return undefined;
  const type = ROLES.findIndex(({ en, zh }) => [en, zh].some(([one]) => one.toLowerCase() === intro.ra!.toLowerCase()));
  const signed = readDate(intro.signed!);
  if (type < 0 || signed === undefined) return undefined;
  for (const line of words.reverse()) {
    if (line.length > LONGEST_QUESTION) continue;
    const ask = readAsk(read, line);
    if (ask === undefined) continue;
    const contract: Contract = {
      type,
      parties: [partyNamed(intro.a!), partyNamed(intro.b!)],
      signed,
      clauses,
      ...(amendment !== undefined && { amendment }),
      ask,
    };
    return isDecided(contract) ? contract : undefined;
  }
  return undefined;
}

function amendmentFrom({ k, n, signed, from }: SlotText): Amendment | undefined {
  const [day, start] = [readDate(signed ?? ""), readDate(from ?? "")];
  if (day === undefined || (from !== undefined && start === undefined)) return undefined;
  return { signed: day, clause: Number(k), days: Number(n), ...(start !== undefined && { from: start }) };
}

/** The first kind of question whose frame a line has, and all pieces that this kind needs. */
function readAsk(read: Readers, line: string): Ask | undefined {
  for (const asking of ASKINGS) {
    const ask = read.frames[asking](line) === undefined ? undefined : askOf(read, asking, line);
    if (ask !== undefined) return ask;
  }
  return undefined;
}

function askOf(read: Readers, asking: Asking, line: string): Ask | undefined {
  switch (asking) {
    case "deadline": {
      const event = read.events(line);
      const from = readDate(event?.slots.from ?? "");
      if (event === undefined || from === undefined || read.terms(line)?.tag !== event.tag) return undefined;
      return { kind: "deadline", topic: event.tag, from };
    }
    case "party": {
      const topic = read.duties(line)?.tag;
      return topic === undefined ? undefined : { kind: "party", topic };
    }
    case "clause": {
      const topic = read.matters(line)?.tag;
      return topic === undefined ? undefined : { kind: "clause", topic };
    }
    default: {
      const facts = read.facts(line);
      if (facts === undefined || facts.tag.startsWith("breach") !== (asking === "termination")) return undefined;
      const ask = askFrom(facts.tag, facts.slots);
      if (ask === undefined || ask.kind === "breach") return ask;
      const sum = read.sums(line)?.tag;
      return sum !== undefined && (sum === "interest") === (ask.kind === "interest") ? ask : undefined;
    }
  }
}

function askFrom(kind: FactText, { k, s, d1, d2 }: SlotText): Ask | undefined {
  const [one, other] = [readDate(d1 ?? ""), readDate(d2 ?? "")];
  switch (kind) {
    case "late":
      return { kind, days: Number(k) };
    case "interest":
      return { kind, sum: Number(s), months: Number(k) };
    case "breach":
      return { kind, days: Number(k) };
    case "breachSum":
      return { kind: "breach", days: Number(k), sum: Number(s) };
    default:
      if (one === undefined || other === undefined) return undefined;
      return kind === "overdue" ? { kind, due: one, paid: other } : { kind, invoice: one, paid: other };
  }
}
