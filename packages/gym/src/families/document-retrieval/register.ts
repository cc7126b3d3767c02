// A register: people with their town, trade and number (sheep, points, …), whose number may change later, and a question about them. Owns the
// problem as data, its key and its answer; knows no wordings.

import { digest } from "../../documents/numbered.ts";

/** One entry: a new person, a new number for a known one, or something that has nothing to do with either. */
export type Entry =
  | {
      readonly kind: "record";
      readonly person: number;
      readonly town: number;
      readonly trade: number;
      readonly amount: number;
    }
  | { readonly kind: "update"; readonly person: number; readonly amount: number }
  | { readonly kind: "other" };

export type Ask =
  | { readonly kind: "fact"; readonly person: number; readonly what: "town" | "trade" }
  | { readonly kind: "last"; readonly person: number }
  | { readonly kind: "compare"; readonly people: readonly [number, number] }
  | { readonly kind: "count"; readonly trade: number; readonly town?: number }
  | { readonly kind: "who"; readonly town: number; readonly trade: number };

export const CELLS = ["fact", "last", "compare", "count", "who"] as const;

export interface Register {
  readonly entries: readonly Entry[];
  readonly ask: Ask;
}

/** An entry with its number, from 1. */
export interface Numbered {
  readonly number: number;
  readonly entry: Exclude<Entry, { kind: "other" }>;
}

/** The entries about a person, in order. */
export const entriesOf = ({ entries }: Pick<Register, "entries">, person: number): Numbered[] =>
  entries.flatMap((entry, i) => (entry.kind !== "other" && entry.person === person ? [{ number: i + 1, entry }] : []));

/** The records with this trade, and town where one is given. */
export const recordsWith = ({ entries }: Pick<Register, "entries">, trade: number, town?: number): Numbered[] =>
  entries.flatMap((entry, i) =>
    entry.kind === "record" && entry.trade === trade && (town === undefined || entry.town === town)
      ? [{ number: i + 1, entry }]
      : [],
  );

/** The number of a person after all entries. */
export const lastAmount = (register: Pick<Register, "entries">, person: number): number =>
  entriesOf(register, person).at(-1)!.entry.amount;

/** A person, a place in the lists of towns or trades, or a number. */
export type Answer =
  | { readonly kind: "person" | "town" | "trade"; readonly id: number }
  | { readonly kind: "number"; readonly value: number };

export function answerOf(register: Register): Answer {
  const { ask } = register;
  switch (ask.kind) {
    case "fact": {
      const [first] = entriesOf(register, ask.person);
      const { entry } = first as { entry: Extract<Entry, { kind: "record" }> };
      return { kind: ask.what, id: entry[ask.what] };
    }
    case "last":
      return { kind: "number", value: lastAmount(register, ask.person) };
    case "compare": {
      const [a, b] = ask.people;
      return { kind: "person", id: lastAmount(register, a) > lastAmount(register, b) ? a : b };
    }
    case "count":
      return { kind: "number", value: recordsWith(register, ask.trade, ask.town).length };
    case "who":
      return { kind: "person", id: recordsWith(register, ask.trade, ask.town)[0]!.entry.person };
  }
}

/** Whether each person has one record, before any change, and the question has one answer. */
export function isDecided(register: Register): boolean {
  const { entries, ask } = register;
  const known = new Set<number>();
  for (const entry of entries) {
    if (entry.kind === "other") continue;
    if (known.has(entry.person) !== (entry.kind === "update")) return false;
    known.add(entry.person);
  }
  switch (ask.kind) {
    case "fact":
    case "last":
      return known.has(ask.person);
    case "compare": {
      const [a, b] = ask.people;
      return a !== b && known.has(a) && known.has(b) && lastAmount(register, a) !== lastAmount(register, b);
    }
    case "count":
      return true;
    case "who":
      return recordsWith(register, ask.trade, ask.town).length === 1;
  }
}

/** Equal for equal registers under other names, in another language or told in another style; the order of two people to compare is forgotten. */
export function registerKey({ entries, ask }: Register): string {
  const places = new Map<number, number>();
  const place = (person: number): number => {
    if (!places.has(person)) places.set(person, places.size);
    return places.get(person)!;
  };
  const told = entries.map((entry) => {
    if (entry.kind === "other") return "-";
    const who = place(entry.person);
    return entry.kind === "update" ? `${who}=${entry.amount}` : `${who} ${entry.town} ${entry.trade} ${entry.amount}`;
  });
  const asked = () => {
    switch (ask.kind) {
      case "fact":
        return `${ask.what} of ${place(ask.person)}`;
      case "last":
        return `last of ${place(ask.person)}`;
      case "compare":
        return `compare ${ask.people
          .map(place)
          .sort((a, b) => a - b)
          .join(" ")}`;
      case "count":
        return `count ${ask.trade}${ask.town === undefined ? "" : ` in ${ask.town}`}`;
      case "who":
        return `who ${ask.trade} in ${ask.town}`;
    }
  };
  return `${asked()}, ${entries.length} entries ${digest(told.join(";"))}`;
}
