// Draws ledgers of a level's length, with a question. Owns how many things there are and how long their chains grow.

import { SIZES } from "../../documents/numbered.ts";
import { PEOPLE } from "../../documents/people.ts";
import type { Random } from "../../random.ts";
import { type Ask, CELLS, chainOf, type Entry, isDecided, type Ledger } from "./ledger.ts";

const OTHERS = 0.1;
const RENAMES = 0.35;
/** Entries for each thing, on average. */
const EACH = 8;
/** The fewest and the most entries of a chain that is asked about, by level. */
const CHAINS = [
  [4, 8],
  [5, 10],
  [6, 12],
  [6, 12],
] as const;
const LONGEST_CHAIN = 12;
const LETTERS = [..."BCDFGHKLMNPQRSTVWXZ"];

/** A thing on its way: its code, its holder, how many entries it has had. */
interface Thing {
  code: string;
  holder: number;
  length: number;
}

function drawEntries(random: Random, size: number): { entries: Entry[]; items: string[] } {
  const used = new Set<string>();
  const fresh = (): string => {
    for (;;) {
      const code = random.pick(LETTERS) + random.int(100, 999);
      if (used.has(code)) continue;
      used.add(code);
      return code;
    }
  };
  const people = random.shuffle(Array.from({ length: PEOPLE }, (_, id) => id)).slice(0, Math.max(8, size / 6));
  const things: Thing[] = [];
  const items: string[] = [];
  const entries: Entry[] = [];
  while (entries.length < size) {
    if (random.chance(OTHERS)) {
      entries.push({ kind: "other" });
      continue;
    }
    const thing = random.chance(1 / EACH) || things.length < 2 ? undefined : random.pick(things);
    if (thing === undefined) {
      const [item, to] = [fresh(), random.pick(people)];
      entries.push({ kind: "start", item, to });
      things.push({ code: item, holder: to, length: 1 });
      items.push(item);
      continue;
    }
    if (random.chance(RENAMES)) {
      const renamed = fresh();
      entries.push({ kind: "rename", item: thing.code, renamed });
      thing.code = renamed;
    } else {
      const to = random.pick(people);
      if (to === thing.holder) continue;
      entries.push({ kind: "pass", item: thing.code, from: thing.holder, to, cost: random.int(1, 9) });
      thing.holder = to;
    }
    if (++thing.length >= LONGEST_CHAIN) things.splice(things.indexOf(thing), 1);
  }
  return { entries, items };
}

/** A ledger of the level's length: the chain that is asked about has a rename and two hands or more. */
export function drawLedger(random: Random, level: number): Ledger {
  const kind = random.pick(CELLS);
  const [fewest, most] = CHAINS[level - 1]!;
  for (;;) {
    const { entries, items } = drawEntries(random, SIZES[level - 1]!);
    for (let tries = 0; tries < 6; tries++) {
      const item = random.pick(items);
      const chain = chainOf({ entries }, item);
      const count = (what: Entry["kind"]) => chain.filter(({ entry }) => entry.kind === what).length;
      if (chain.length < fewest || chain.length > most || count("rename") < 1 || count("pass") < 2) continue;
      const ask = drawAsk(random, kind, item, chain[1]!.number, chain.at(-1)!.number);
      const ledger = { entries, ask };
      if (isDecided(ledger)) return ledger;
    }
  }
}

const drawAsk = (random: Random, kind: (typeof CELLS)[number], item: string, second: number, last: number): Ask =>
  kind === "at" ? { kind, item, entry: random.int(second, Math.max(second, last - 1)) } : { kind, item };
