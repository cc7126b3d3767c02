// Draws registers of a level's length, with a question. Owns the mix of entries: most bring a new person, some change the number of one of a
// few people again and again, some say nothing.

import { SIZES } from "../../documents/numbered.ts";
import { PEOPLE } from "../../documents/people.ts";
import type { Random } from "../../random.ts";
import { type Ask, CELLS, type Entry, entriesOf, isDecided, type Register, recordsWith } from "./register.ts";
import { TOWNS, TRADES } from "./words.ts";

const UPDATES = 0.2;
const OTHERS = 0.12;
/** Share of the people whose number changes again and again. */
const ACTIVE = 0.09;
/** Levels at which people are counted by trade alone: in longer documents by town and trade, so that a list stays short. */
const SHORT = 2;
const LONGEST_LIST = 12;

const drawAmount = (random: Random): number => random.int(11, 99);

function drawEntries(random: Random, size: number): Entry[] {
  const people = random.shuffle(Array.from({ length: PEOPLE }, (_, id) => id));
  const entries: Entry[] = [];
  const amounts = new Map<number, number>();
  const active: number[] = [];
  for (let next = 0; entries.length < size; ) {
    if (random.chance(OTHERS) || next === people.length) {
      entries.push({ kind: "other" });
      continue;
    }
    if (active.length > 0 && random.chance(UPDATES)) {
      const person = random.pick(active);
      const amount = drawAmount(random);
      if (amount === amounts.get(person)) continue;
      amounts.set(person, amount);
      entries.push({ kind: "update", person, amount });
      continue;
    }
    const person = people[next++]!;
    if (active.length === 0 || random.chance(ACTIVE)) active.push(person);
    const amount = drawAmount(random);
    amounts.set(person, amount);
    entries.push({
      kind: "record",
      person,
      town: random.below(TOWNS.en.length),
      trade: random.below(TRADES.en.length),
      amount,
    });
  }
  return entries;
}

function drawAsk(random: Random, kind: (typeof CELLS)[number], entries: readonly Entry[], level: number): Ask {
  const records = entries.filter((entry) => entry.kind === "record");
  const one = () => random.pick(records);
  const changed = [...new Set(entries.flatMap((entry) => (entry.kind === "update" ? [entry.person] : [])))];
  const active = () => (changed.length === 0 ? one().person : random.pick(changed));
  switch (kind) {
    case "fact":
      return { kind, person: one().person, what: random.pick(["town", "trade"] as const) };
    case "last":
      return { kind, person: active() };
    case "compare": {
      const other = random.chance(0.5) ? active() : one().person;
      return { kind, people: random.chance(0.5) ? [one().person, other] : [other, one().person] };
    }
    case "count": {
      const { town, trade } = one();
      return { kind, trade, ...(level > SHORT && { town }) };
    }
    case "who": {
      // In a long document few pairs of town and trade belong to one person alone.
      const pair = ({ town, trade }: { town: number; trade: number }) => `${town} ${trade}`;
      const times = new Map<string, number>();
      for (const record of records) times.set(pair(record), (times.get(pair(record)) ?? 0) + 1);
      const alone = records.filter((record) => times.get(pair(record)) === 1);
      const { town, trade } = alone.length === 0 ? one() : random.pick(alone);
      return { kind, town, trade };
    }
  }
}

/** Whether a question is of its kind: a number that has changed twice, a list that is not too long. */
function isFit(register: Register): boolean {
  const { ask } = register;
  if (!isDecided(register)) return false;
  if (ask.kind === "last") return entriesOf(register, ask.person).length > 2;
  return ask.kind !== "count" || recordsWith(register, ask.trade, ask.town).length <= LONGEST_LIST;
}

/** A register of the level's length. */
export function drawRegister(random: Random, level: number): Register {
  const kind = random.pick(CELLS);
  for (;;) {
    const entries = drawEntries(random, SIZES[level - 1]!);
    for (let tries = 0; tries < 8; tries++) {
      const register = { entries, ask: drawAsk(random, kind, entries, level) };
      if (isFit(register)) return register;
    }
  }
}
