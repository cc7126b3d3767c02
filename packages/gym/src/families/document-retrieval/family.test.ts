// Registers: answers against a search of the text itself, traces by hand, typed documents, wrong lines and answers, and reading in linear time.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkSteps } from "@lemma/verify";
import { PEOPLE, personName, personNamed } from "../../documents/people.ts";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { drawRegister } from "./draw.ts";
import { documentRetrieval as family } from "./family.ts";
import { type Register, registerKey } from "./register.ts";
import { TRADES } from "./words.ts";

const DOCUMENT = `Village register.
Entry 1: Balan is a miller in Arden and owns 45 sheep.
Entry 2: it rained all day.
Entry 3: in Bruma lives the baker Torka with 38 sheep.
Entry 4: Balan now owns 51 sheep.
Entry 5: Corla is a miller in Bruma and owns 40 sheep.
Entry 6: the flock of Balan is 30 sheep now.`;
const read = (question: string, document = DOCUMENT): Register | undefined =>
  family.checker.recognise(`${document}\n${question}`);
const thought = (question: string) => family.trace(read(question)!, "en");
const answer = (question: string) => family.answer(read(question)!, "en");
const LAST = "How many sheep does Balan own in the end?";
const COUNT = "How many people are miller by trade?";

function registers(count: number, level: number): Register[] {
  const random = Random.fromSeed(2026).split("register tests");
  return Array.from({ length: count }, (_, i) => drawRegister(random.split(i), level));
}

const render = (register: Register, i: number): string =>
  family.phrasings.en[i % 8]!.render(register, Random.fromSeed(1).split(i));

describe("registers", () => {
  it("look up, follow changes, compare, count and find", () => {
    assert.deepEqual(thought("What is the trade of Torka?"), ["entry 3: Torka, Bruma, baker, 38"]);
    assert.deepEqual(thought(LAST), ["entry 1: Balan, 45", "entry 4: Balan, 51", "entry 6: Balan, 30", "last: 30"]);
    assert.deepEqual(thought("Who owns more sheep at the end, Balan or Torka?"), [
      "entry 1: Balan, 45",
      "entry 4: Balan, 51",
      "entry 6: Balan, 30",
      "last: 30",
      "entry 3: Torka, 38",
      "30<38",
    ]);
    assert.deepEqual(thought(COUNT), ["1: entry 1, Balan, miller", "2: entry 5, Corla, miller", "count: 2"]);
    assert.deepEqual(thought("Who is the miller in Bruma?"), ["entry 5: Corla, Bruma, miller, 40"]);
    assert.equal(answer("How many people in Bruma are miller by trade?"), "1");
    assert.equal(answer("How many people are potter by trade?"), "0");
  });

  it("agree with a search of the text", () => {
    for (const level of [1, 2])
      for (const [i, register] of registers(160, level).entries()) {
        const { ask } = register;
        const lines = render(register, 0)
          .split("\n")
          .filter((line) => line.startsWith("Entry"));
        const given = family.answer(register, "en");
        const amountOf = (person: number) =>
          /\d+/.exec(lines.findLast((line) => line.includes(personName(person, "en")))!.split(":")[1]!)![0];
        if (ask.kind === "last") assert.equal(given, amountOf(ask.person), `${i}`);
        else if (ask.kind === "fact") {
          const line = lines.find((text) => text.includes(personName(ask.person, "en")))!;
          assert.ok(line.includes(given), line);
        } else if (ask.kind === "compare") {
          const [a, b] = ask.people;
          assert.equal(personNamed(given), Number(amountOf(a)) > Number(amountOf(b)) ? a : b);
        } else if (ask.kind === "count") {
          const trade = new RegExp(`\\b${TRADES.en[ask.trade]}\\b`);
          assert.equal(Number(given), lines.filter((line) => trade.test(line)).length);
        } else assert.ok(lines.some((line) => line.includes(given) && line.includes(TRADES.en[ask.trade]!)));
      }
  });

  it("share a key under other names", () => {
    for (const register of registers(20, 1)) {
      const other = (person: number) => (person + 77) % PEOPLE;
      const entries = register.entries.map((entry) =>
        entry.kind === "other" ? entry : { ...entry, person: other(entry.person) },
      );
      const { ask } = register;
      const renamed =
        ask.kind === "compare"
          ? { ...ask, people: [other(ask.people[1]), other(ask.people[0])] as const }
          : "person" in ask
            ? { ...ask, person: other(ask.person) }
            : ask;
      assert.equal(registerKey({ entries, ask: renamed }), registerKey(register));
      assert.notEqual(registerKey({ entries: entries.slice(1), ask: renamed }), registerKey(register));
    }
  });

  it("have a name for each of more than a thousand people", () => {
    assert.ok(PEOPLE > 1500);
    for (const language of ["en", "zh"] as const)
      for (let id = 0; id < PEOPLE; id++) assert.equal(personNamed(personName(id, language)), id);
  });

  it("are read in other numberings, and only whole", () => {
    for (const head of ["$1. ", "[$1] ", "§ $1 ", "$1) ", "No. $1: "])
      assert.equal(family.answer(read(LAST, DOCUMENT.replaceAll(/^Entry (\d+): /gm, head))!, "en"), "30", head);
    for (const [question, document] of [
      ["How many sheep does Valsa own in the end?", DOCUMENT],
      ["Who is the baker in Arden?", DOCUMENT],
      ["How are you?", DOCUMENT],
      [LAST, DOCUMENT.replace("it rained all day.", "it rained sheep on Balan.")],
      [LAST, DOCUMENT.replace("Entry 1: Balan", "Entry 1: Balin")],
      [LAST, DOCUMENT.replace("Entry 5: Corla", "Entry 5: Torka")],
      [LAST, "Entry 1: Balan is a miller in Arden and owns 45 sheep."],
      [LAST, ""],
    ] as const)
      assert.equal(read(question, document), undefined, question);
  });

  it("have wrong lines refuted, and those that do not follow left open", () => {
    const judged = (question: string, lines: readonly string[]) =>
      checkSteps({ question: `${DOCUMENT}\n${question}`, reasoning: lines.join("\n"), task: family.id }).map(
        ({ verdict }) => verdict,
      );
    assert.deepEqual(judged(LAST, ["entry 1: Balan, 46", "entry 3: Balan", "entry 2: Balan", "entry 9: Balan"]), [
      "refuted",
      "refuted",
      "refuted",
      "refuted",
    ]);
    assert.deepEqual(judged(LAST, ["entry 1: Balan, 45", "last: 45"]), ["proved", "refuted"]);
    assert.deepEqual(judged(LAST, ["entry 6: Balan, 30", "last: 30"]), ["proved", "unknown"]);
    assert.deepEqual(judged(LAST, ["第3条：面包师，38"]), ["proved"]);
    assert.deepEqual(judged(COUNT, ["1: entry 1, Balan", "2: entry 3, Torka", "3: entry 5", "count: 3"]), [
      "proved",
      "refuted",
      "refuted",
      "refuted",
    ]);
  });

  it("accept other forms of an answer, and refute others", () => {
    const verdict = (question: string, text: string) => family.checker.checkAnswer!(read(question)!, text).verdict;
    for (const right of ["baker", "a baker", "面包师", "Baker."])
      assert.equal(verdict("What is the trade of Torka?", right), "proved", right);
    for (const wrong of ["miller", "Torka", "smuggler"])
      assert.equal(verdict("What is the trade of Torka?", wrong), "refuted", wrong);
    assert.equal(verdict("What is the trade of Torka?", "I cannot say this"), "unknown");
    assert.equal(verdict(LAST, "30.0"), "proved");
    assert.equal(verdict(LAST, "51"), "refuted");
    assert.equal(verdict("Who is the miller in Bruma?", "corla"), "proved");
  });

  it("are read at every length, the longest about as fast per entry as the shortest", () => {
    for (const level of [1, 4])
      for (const [i, register] of registers(2, level).entries())
        assert.equal(registerKey(family.checker.recognise(render(register, i))!), registerKey(register));
    // 200 KB of lines that are almost entries, and one line of them.
    const hostile = `Register\n${Array.from({ length: 4000 }, (_, i) => `Entry ${i + 1}: Balan is a miller in Arden and owns x`).join("\n")}\n${LAST}`;
    assert.equal(family.checker.recognise(hostile), undefined);
    assert.equal(family.checker.recognise(hostile.replaceAll("\n", " ")), undefined);
  });
});
