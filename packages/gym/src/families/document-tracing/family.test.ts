// Ledgers: answers against a simulation that keeps a table of all things, traces by hand, typed documents, wrong lines and answers.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkSteps } from "@lemma/verify";
import { PEOPLE } from "../../documents/people.ts";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { drawLedger } from "./draw.ts";
import { documentTracing as family } from "./family.ts";
import { answerOf, chainOf, type Ledger, ledgerKey } from "./ledger.ts";

const DOCUMENT = `Courier's log
Entry 1: parcel K417 is left with Balan.
Entry 2: Torka has a new parcel, B200.
Entry 3: Balan gives parcel K417 to Corla; fee 4.
Entry 4: there was a lot of traffic.
Entry 5: parcel K417 gets the new label M203.
Entry 6: parcel B200 goes from Torka to Balan for a fee of 9.
Entry 7: parcel M203 goes from Corla to Torka for a fee of 7.
Entry 8: the label of parcel B200 is changed to K900.`;
const read = (question: string, document = DOCUMENT): Ledger | undefined =>
  family.checker.recognise(`${document}\n${question}`);
const thought = (question: string) => family.trace(read(question)!, "en");
const HOLDER = "Who has the parcel first labelled K417 at the end?";
const COST = "How much were all fees together for the parcel first labelled K417?";
const MOVES = "How many times was the parcel first labelled K417 given to someone else?";

function ledgers(count: number, level: number): Ledger[] {
  const random = Random.fromSeed(2026).split("ledger tests");
  return Array.from({ length: count }, (_, i) => drawLedger(random.split(i), level));
}

/** Who holds the thing, its code, moves and fees up to an entry, from a table of all things by their first code. */
function simulate({ entries }: Ledger, item: string, until: number) {
  const now = new Map<string, string>();
  const table = new Map<string, { holder: number; code: string; moves: number; cost: number }>();
  for (const entry of entries.slice(0, until)) {
    if (entry.kind === "start") {
      now.set(entry.item, entry.item);
      table.set(entry.item, { holder: entry.to, code: entry.item, moves: 0, cost: 0 });
    } else if (entry.kind === "pass") {
      const row = table.get(now.get(entry.item)!)!;
      assert.equal(row.holder, entry.from);
      row.holder = entry.to;
      row.moves++;
      row.cost += entry.cost;
    } else if (entry.kind === "rename") {
      const first = now.get(entry.item)!;
      now.delete(entry.item);
      now.set(entry.renamed, first);
      table.get(first)!.code = entry.renamed;
    }
  }
  return table.get(item)!;
}

describe("ledgers", () => {
  it("are followed hop by hop", () => {
    const hops = [
      "entry 1: K417, to Balan",
      "entry 3: K417, to Corla",
      "entry 5: K417, now M203",
      "entry 7: M203, to Torka",
    ];
    assert.deepEqual(thought(HOLDER), [...hops, "holder: Torka"]);
    assert.deepEqual(thought("What is the last label of the parcel first labelled K417?"), [...hops, "name: M203"]);
    assert.deepEqual(thought("Who has the parcel first labelled K417 right after entry 6?"), [
      ...hops.slice(0, 3),
      "7>6",
      "holder: Corla",
    ]);
    assert.deepEqual(thought(MOVES), [hops[0], hops[1], "moves: 1", hops[2], hops[3], "moves: 2"]);
    assert.deepEqual(thought(COST), [hops[0], `${hops[1]}, 4`, hops[2], `${hops[3]}, 7`, "4+7=11", "cost: 11"]);
  });

  it("agree with a table of all things", () => {
    for (const level of [1, 2, 3])
      for (const ledger of ledgers(level === 3 ? 40 : 200, level)) {
        const { ask, entries } = ledger;
        const row = simulate(ledger, ask.item, ask.kind === "at" ? ask.entry : entries.length);
        const expected = { holder: row.holder, at: row.holder, name: row.code, moves: row.moves, cost: row.cost };
        const found = answerOf(ledger);
        const value = found.kind === "person" ? found.id : found.kind === "code" ? found.code : found.value;
        assert.equal(value, expected[ask.kind]);
      }
  });

  it("need several hops", () => {
    for (const ledger of ledgers(60, 1)) {
      const kinds = chainOf(ledger, ledger.ask.item).map(({ entry }) => entry.kind);
      assert.ok(kinds.length >= 4 && kinds.includes("rename"), kinds.join());
    }
  });

  it("share a key under other names and codes", () => {
    for (const ledger of ledgers(20, 1)) {
      const person = (id: number) => (id + 99) % PEOPLE;
      const code = (text: string) => `${text[0] === "Z" ? "Y" : "J"}${text.slice(1)}${text[0]}`;
      const entries = ledger.entries.map((entry) => {
        if (entry.kind === "other") return entry;
        if (entry.kind === "rename") return { ...entry, item: code(entry.item), renamed: code(entry.renamed) };
        const moved = { ...entry, item: code(entry.item), to: person(entry.to) };
        return moved.kind === "pass" ? { ...moved, from: person(moved.from) } : moved;
      });
      const other = { entries, ask: { ...ledger.ask, item: code(ledger.ask.item) } } as Ledger;
      assert.equal(ledgerKey(other), ledgerKey(ledger));
      assert.notEqual(ledgerKey({ ...other, entries: entries.slice(1) }), ledgerKey(ledger));
    }
  });

  it("are read only where each thing passes from the hand that has it", () => {
    assert.equal(family.answer(read(HOLDER.toLowerCase().replace("k417", "K417"))!, "en"), "Torka");
    for (const [question, document] of [
      [HOLDER.replace("K417", "X111"), DOCUMENT],
      [HOLDER.replace("K417", "M203"), DOCUMENT],
      [HOLDER, DOCUMENT.replace("Balan gives", "Torka gives")],
      [HOLDER, DOCUMENT.replace("Entry 5: parcel K417", "Entry 5: parcel K418")],
      [HOLDER, DOCUMENT.replace("changed to K900", "changed to M203")],
      [HOLDER, DOCUMENT.replace("there was a lot of traffic", "K417 was lost")],
      ["How are you?", DOCUMENT],
      [HOLDER, ""],
    ] as const)
      assert.equal(read(question, document), undefined, `${question} ${document}`);
  });

  it("have wrong lines refuted, and those that do not follow left open", () => {
    const judged = (question: string, lines: readonly string[]) =>
      checkSteps({ question: `${DOCUMENT}\n${question}`, reasoning: lines.join("\n"), task: family.id }).map(
        ({ verdict }) => verdict,
      );
    const right = thought(HOLDER);
    for (const [at, line] of [
      [0, "entry 1: K417, to Torka"],
      [1, "entry 3: B200, to Corla"],
      [1, "entry 4: K417"],
      [2, "entry 5: K417, now M204"],
      [4, "holder: Corla"],
    ] as const)
      assert.equal(judged(HOLDER, right.with(at, line)).indexOf("refuted"), at, line);
    assert.deepEqual(judged(HOLDER, ["entry 7: to Torka", "holder: Torka"]), ["proved", "unknown"]);
    assert.deepEqual(judged(HOLDER, ["第3条：K417，4", "entry 6: from Torka, 9"]), ["proved", "proved"]);
    const moves = thought(MOVES);
    assert.equal(judged(MOVES, moves.with(5, "moves: 3")).indexOf("refuted"), 5);
    const cost = thought(COST);
    assert.equal(judged(COST, cost.with(4, "4+7=12")).indexOf("refuted"), 4);
    assert.equal(judged(COST, cost.with(5, "cost: 12")).indexOf("refuted"), 5);
  });

  it("accept other forms of an answer, and refute others", () => {
    const verdict = (question: string, text: string) => family.checker.checkAnswer!(read(question)!, text).verdict;
    for (const right of ["Torka", "torka", "\\text{Torka}."]) assert.equal(verdict(HOLDER, right), "proved", right);
    for (const wrong of ["Balan", "M203", "Somebody"]) assert.equal(verdict(HOLDER, wrong), "refuted", wrong);
    assert.equal(verdict(HOLDER, "it is not clear"), "unknown");
    const name = "What is the last label of the parcel first labelled K417?";
    assert.equal(verdict(name, "m203"), "proved");
    for (const wrong of ["M204", "K417", "Torka"]) assert.equal(verdict(name, wrong), "refuted", wrong);
    assert.equal(verdict(COST, "11.0"), "proved");
    assert.equal(verdict(COST, "20"), "refuted");
  });
});
