// A ledger: things with a code that pass from hand to hand for a fee and are given new codes, and a question about one of them. Owns the
// problem as data, its key and its answer; knows no wordings.

import { digest } from "../../documents/numbered.ts";

/** One entry: a thing appears with its holder, is passed on for a fee, gets a new code, or nothing of the kind. */
export type Entry =
  | { readonly kind: "start"; readonly item: string; readonly to: number }
  | { readonly kind: "pass"; readonly item: string; readonly from: number; readonly to: number; readonly cost: number }
  | { readonly kind: "rename"; readonly item: string; readonly renamed: string }
  | { readonly kind: "other" };

export const CELLS = ["holder", "at", "name", "moves", "cost"] as const;

/** Asked of the thing that appeared under a code: who holds it in the end, who after an entry, its last code, how often it moved, for how much. */
export type Ask =
  | { readonly kind: "holder" | "name" | "moves" | "cost"; readonly item: string }
  | { readonly kind: "at"; readonly item: string; readonly entry: number };

export interface Ledger {
  readonly entries: readonly Entry[];
  readonly ask: Ask;
}

/** An entry with its number, from 1. */
export interface Numbered {
  readonly number: number;
  readonly entry: Exclude<Entry, { kind: "other" }>;
}

/** The entries about the thing that appeared under a code, whatever its code later; empty where none appeared. */
export function chainOf({ entries }: Pick<Ledger, "entries">, item: string): Numbered[] {
  const chain: Numbered[] = [];
  let code = item;
  entries.forEach((entry, i) => {
    if (entry.kind === "other" || entry.item !== code || (chain.length === 0) !== (entry.kind === "start")) return;
    chain.push({ number: i + 1, entry });
    if (entry.kind === "rename") code = entry.renamed;
  });
  return chain;
}

/** The part of a chain that a question is about: up to an entry, or all of it. */
export const asked = (ledger: Ledger): Numbered[] => {
  const { ask } = ledger;
  return chainOf(ledger, ask.item).filter(({ number }) => ask.kind !== "at" || number <= ask.entry);
};

const passes = (chain: readonly Numbered[]) => chain.flatMap(({ entry }) => (entry.kind === "pass" ? [entry] : []));

/** A person, a code or a number. */
export type Answer =
  | { readonly kind: "person"; readonly id: number }
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "number"; readonly value: number };

export function answerOf(ledger: Ledger): Answer {
  const chain = asked(ledger);
  switch (ledger.ask.kind) {
    case "holder":
    case "at": {
      const last = chain.findLast(({ entry }) => entry.kind !== "rename")!.entry as { to: number };
      return { kind: "person", id: last.to };
    }
    case "name": {
      const last = chain.at(-1)!.entry;
      const code = chain.findLast(({ entry }) => entry.kind === "rename")?.entry;
      return { kind: "code", code: code?.kind === "rename" ? code.renamed : last.item };
    }
    case "moves":
      return { kind: "number", value: passes(chain).length };
    case "cost":
      return { kind: "number", value: passes(chain).reduce((sum, { cost }) => sum + cost, 0) };
  }
}

/** Whether each thing passes from the hand that holds it, no code comes twice, and the question is about one of them. */
export function isDecided(ledger: Ledger): boolean {
  const holders = new Map<string, number>();
  const codes = new Set<string>();
  for (const entry of ledger.entries) {
    if (entry.kind === "other") continue;
    if (entry.kind === "start") {
      if (codes.has(entry.item)) return false;
      codes.add(entry.item);
      holders.set(entry.item, entry.to);
      continue;
    }
    const holder = holders.get(entry.item);
    if (holder === undefined) return false;
    if (entry.kind === "pass") {
      if (entry.from !== holder) return false;
      holders.set(entry.item, entry.to);
      continue;
    }
    if (codes.has(entry.renamed)) return false;
    codes.add(entry.renamed);
    holders.delete(entry.item);
    holders.set(entry.renamed, holder);
  }
  return asked(ledger).length > 0;
}

/** Equal for equal ledgers under other names and codes, in another language or told in another style. */
export function ledgerKey({ entries, ask }: Ledger): string {
  const places = new Map<string | number, number>();
  const place = (name: string | number): number => {
    if (!places.has(name)) places.set(name, places.size);
    return places.get(name)!;
  };
  const told = entries.map((entry) => {
    switch (entry.kind) {
      case "start":
        return `${place(entry.item)}:${place(entry.to)}`;
      case "pass":
        return `${place(entry.item)}>${place(entry.to)} ${entry.cost}`;
      case "rename":
        return `${place(entry.item)}=${place(entry.renamed)}`;
      default:
        return "-";
    }
  });
  const at = ask.kind === "at" ? ` ${ask.entry}` : "";
  return `${ask.kind}${at} of ${place(ask.item)}, ${entries.length} entries ${digest(told.join(";"))}`;
}
