// Contracts: traces by hand for each kind of question, terms against the platform's calendar, typed contracts, wrong lines and answers.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { Random } from "../../random.ts";
import { type Day, isDay } from "../units-dates/calendar.ts";
import { answerOf, type Contract, cellOf, clauseOn, contractKey } from "./contract.ts";
import { dateText, readDate } from "./dates.ts";
import { CONTRACT_LEVELS, cellsOf, drawContract } from "./draw.ts";
import { contractClauses as family } from "./family.ts";

const CONTRACT = `Service contract of 3 May 2024 between Norvane (the Provider) and Calthor (the Client)
1. Within 10 days of a written request the Provider shall begin work.
2. The Client pays each invoice within 45 days of its date.
3. A late payment costs the Client 40 euros for every day after the due date, up to a maximum of 900 euros.
4. If the Client is more than 30 days late and owes more than 2000 euros, the Provider may end this contract at once.
5. Repairs are made by the Provider.
6. Overdue sums bear interest at 3% a month, payable by the Client.`;
const AMENDED = `${CONTRACT}
Amendment of 1 June 2024: in clause 2 the period is changed to 20 days for all events from 1 March 2025 on. For these the amendment prevails over the contract.`;

const read = (question: string, contract = CONTRACT): Contract | undefined =>
  family.checker.recognise(`${contract}\n${question}`);
const thought = (question: string, contract = CONTRACT) => family.trace(read(question, contract)!, "en");
const answer = (question: string, contract = CONTRACT) => family.answer(read(question, contract)!, "en");
const INVOICE = "An invoice is dated 20 March 2025. What is the last day for Calthor to pay?";

function contracts(count: number): Contract[] {
  const random = Random.fromSeed(2026).split("contract tests");
  return Array.from({ length: count }, (_, i) => drawContract(random.split(i), 1 + (i % CONTRACT_LEVELS)));
}

const utc = ({ year, month, day }: Day): number => Date.UTC(year, month - 1, day);

describe("contracts", () => {
  it("add terms month by month", () => {
    assert.deepEqual(thought(INVOICE), [
      "clause 2: payment, Client, 45 days",
      "20+45=65",
      "March: 65-31=34",
      "April: 34-30=4",
      "May: 4<=31",
      "date: 4 May 2025",
    ]);
    assert.deepEqual(
      thought("A request is made on 25 December 2023. What is the last day for Norvane to begin work?"),
      [
        "clause 1: delivery, Provider, 10 days",
        "25+10=35",
        "December: 35-31=4",
        "year: 2023, 2024",
        "January: 4<=31",
        "date: 4 January 2024",
      ],
    );
    assert.deepEqual(
      thought("A request is made on 20 February 2024. What is the last day for Norvane to begin work?").slice(1),
      ["20+10=30", "leap: 24/4=6", "February: 30-29=1", "March: 1<=31", "date: 1 March 2024"],
    );
  });

  it("let the amendment prevail from its day on", () => {
    assert.deepEqual(thought(INVOICE, AMENDED), [
      "clause 2: payment, Client, 45 days",
      "amendment: clause 2, 20 days, 1 March 2025",
      "year: 2025=2025",
      "month: 3=3",
      "day: 20>1",
      "applies: amendment",
      "20+20=40",
      "March: 40-31=9",
      "April: 9<=30",
      "date: 9 April 2025",
    ]);
    assert.equal(answer(INVOICE.replace("20 March", "1 March"), AMENDED), "21 March 2025");
    assert.equal(answer(INVOICE.replace("20 March", "28 February"), AMENDED), "14 April 2025");
    // An amendment of another clause changes nothing.
    assert.equal(answer(INVOICE, AMENDED.replace("in clause 2", "in clause 1")), "4 May 2025");
  });

  it("compute fees with their cap, and interest", () => {
    assert.deepEqual(thought("If Calthor pays 12 days late, how much is the late fee in euros?"), [
      "clause 3: late fee, Client, 40 euros, at most 900 euros",
      "12*40=400+80=480",
      "480<=900",
      "amount: 480",
    ]);
    assert.equal(answer("If Calthor pays 30 days late, how much is the late fee in euros?"), "900");
    assert.deepEqual(
      thought(
        "Calthor paid an invoice of 20 March 2025 on 14 May 2025. What does the late fee come to, in euros?",
      ).slice(5),
      [
        "date: 4 May 2025",
        "14-4=10",
        "clause 3: late fee, Client, 40 euros, at most 900 euros",
        "10*40=400",
        "400<=900",
        "amount: 400",
      ],
    );
    assert.deepEqual(thought("Calthor owes 1200 euros and is 2 months overdue. Compute the interest in euros."), [
      "clause 6: interest, Client, 3%",
      "1200/100=12",
      "12*3=30+6=36",
      "36*2=60+12=72",
      "amount: 72",
    ]);
  });

  it("say who, which clause and whether", () => {
    assert.deepEqual(thought("Which party has to do the repairs?"), [
      "clause 5: repairs, Provider",
      "Provider=Norvane",
    ]);
    assert.equal(answer("Which clause is about the late fee?".replace("the late fee", "the daily late fee")), "3");
    const late = (days: number, sum: number) =>
      answer(`If Calthor is ${days} days late and owes ${sum} euros, may Norvane end the contract at once?`);
    assert.deepEqual([late(31, 2001), late(30, 2001), late(31, 2000), late(99, 100)], ["yes", "no", "no", "no"]);
  });

  it("agree with the platform's calendar, and with their clauses recomputed", () => {
    for (const contract of contracts(300)) {
      const { ask } = contract;
      const found = answerOf(contract);
      if (ask.kind === "deadline") {
        const { days } = clauseOn(contract, ask.topic);
        const changed = contract.amendment;
        const isIts = changed !== undefined && contract.clauses[changed.clause - 1]!.topic === ask.topic;
        const isNow = isIts && (changed.from === undefined || utc(changed.from) <= utc(ask.from));
        const last = utc(ask.from) + (isNow ? changed.days : days!) * 86_400_000;
        assert.equal(utc(found as Day), last);
        assert.ok(isDay(found as Day));
      } else if (ask.kind === "overdue") {
        const { amount, cap = Number.POSITIVE_INFINITY } = clauseOn(contract, "fee");
        assert.equal(found, Math.min(cap, ((utc(ask.paid) - utc(ask.due)) / 86_400_000) * amount!));
      }
    }
  });

  it("are balanced", () => {
    const counts = { yes: 0, no: 0, amendment: 0, contract: 0 };
    for (const contract of contracts(900)) {
      const lines = family.trace(contract, "en");
      if (cellOf(contract) === "termination") counts[family.answer(contract, "en") as "yes" | "no"]++;
      const applies = lines.find((line) => line.startsWith("applies: "));
      if (applies !== undefined) counts[applies.slice(9) as "amendment" | "contract"]++;
    }
    const { yes, no, amendment, contract } = counts;
    assert.ok(yes > 0.4 * (yes + no) && yes < 0.6 * (yes + no), JSON.stringify(counts));
    assert.ok(amendment > 30 && contract > 30, JSON.stringify(counts));
    for (let level = 1; level <= CONTRACT_LEVELS; level++) assert.ok(cellsOf(level).length >= 5);
  });

  it("share a key whatever the names and the kind of contract", () => {
    for (const contract of contracts(30)) {
      const other: Contract = { ...contract, type: (contract.type + 1) % 5, parties: ["Acme", "Bolt"] };
      assert.equal(contractKey(other), contractKey(contract));
      const clauses = contract.clauses.map((clause) => ({ ...clause, ...(clause.days && { days: clause.days + 1 }) }));
      if (clauses.some(({ days }) => days !== undefined))
        assert.notEqual(contractKey({ ...contract, clauses }), contractKey(contract));
    }
  });

  it("are read with strangers' names, and only where the clauses decide", () => {
    const strange = CONTRACT.replaceAll("Norvane", "Initech").replaceAll("Calthor", "Globex");
    assert.equal(answer("Who must do the repairs?", strange), "Initech");
    assert.equal(
      answer("which party has to pay the invoices", CONTRACT.replaceAll(/^(\d)\./gm, "Article $1:")),
      "Calthor",
    );
    for (const [question, contract] of [
      ["Which party has to take out insurance?", CONTRACT],
      ["Which clause is about the deposit?", CONTRACT],
      [INVOICE.replace("20 March", "31 June"), CONTRACT],
      [INVOICE, CONTRACT.replace("2. The", "7. The")],
      [INVOICE, CONTRACT.split("\n").slice(0, 3).join("\n")],
      ["How are you?", CONTRACT],
      [INVOICE, ""],
      [INVOICE, "1. Milk\n2. Bread\n3. Eggs"],
    ] as const)
      assert.equal(read(question, contract), undefined, question);
  });

  it("have wrong lines refuted at their place", () => {
    const judged = (lines: readonly string[], contract = AMENDED) =>
      checkSteps({ question: `${contract}\n${INVOICE}`, reasoning: lines.join("\n"), task: family.id });
    const right = thought(INVOICE, AMENDED);
    for (const [at, line] of [
      [0, "clause 2: payment, Client, 40 days"],
      [0, "clause 2: payment, Provider"],
      [0, "clause 9: payment"],
      [1, "amendment: clause 2, 21 days"],
      [4, "day: 20<1"],
      [5, "applies: contract"],
      [6, "20+20=41"],
      [7, "March: 40-30=10"],
      [9, "date: 8 April 2025"],
    ] as const) {
      const steps = judged(right.with(at, line));
      assert.equal(
        steps.findIndex(({ verdict }) => verdict === "refuted"),
        at,
        line,
      );
    }
    // True of another clause, and any part of it alone.
    for (const line of [
      "clause 5: Provider",
      "clause 3: at most 900 euros, 40 euros",
      "第3条：滞纳金，40元",
      "Client=Calthor",
    ])
      assert.equal(judged([line])[0]!.verdict, "proved", line);
    const late = `${CONTRACT}\nIf Calthor is 31 days late and owes 2500 euros, may Norvane end the contract at once?`;
    const compared = (line: string) =>
      checkSteps({ question: late, reasoning: line, task: family.id }).map(({ verdict }) => verdict);
    assert.deepEqual(compared("31>30\n31>3\n31>29\n31<=30\n2500>2000"), [
      "proved",
      "refuted",
      "refuted",
      "refuted",
      "proved",
    ]);
    assert.equal(judged(["Client=Norvane"])[0]!.verdict, "refuted");
    assert.equal(judged(["amendment: clause 2"], CONTRACT)[0]!.verdict, "refuted");
    assert.equal(judged(["Let me read the contract."])[0]!.verdict, "unknown");
  });

  it("accept other forms of an answer, and refute others", () => {
    const verdict = (question: string, text: string) => family.checker.checkAnswer!(read(question)!, text).verdict;
    for (const right of ["4 May 2025", "May 4, 2025", "2025-05-04", "2025年5月4日", "\\text{4 May 2025}"])
      assert.equal(verdict(INVOICE, right), "proved", right);
    for (const wrong of ["5 May 2025", "4 May 2026", "2025-04-05", "31 June 2025"])
      assert.equal(verdict(INVOICE, wrong), "refuted", wrong);
    for (const none of ["soon", ""]) assert.equal(verdict(INVOICE, none), "unknown", none);
    const party = "Which party has to do the repairs?";
    for (const right of ["Norvane", "the Provider", "诺凡"]) assert.equal(verdict(party, right), "proved", right);
    for (const wrong of ["Calthor", "Client", "Acme"]) assert.equal(verdict(party, wrong), "refuted", wrong);
    const clause = "Which clause is about repairs?";
    for (const right of ["5", "clause 5", "第5条", "§5"]) assert.equal(verdict(clause, right), "proved", right);
    assert.equal(verdict(clause, "6"), "refuted");
    const fee = "If Calthor pays 30 days late, how much is the late fee in euros?";
    for (const right of ["900", "900 euros", "€900", "900.00"]) assert.equal(verdict(fee, right), "proved", right);
    assert.equal(verdict(fee, "1200"), "refuted");
  });

  it("write and read dates in both languages", () => {
    const day = { year: 2025, month: 3, day: 9 };
    for (const language of ["en", "zh"] as const) assert.deepEqual(readDate(dateText(day, language)), day);
    assert.equal(readDate("30 February 2024"), undefined);
  });
});
