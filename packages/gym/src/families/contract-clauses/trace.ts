// The reasoning about a contract. Owns its lines and the words in them; must not know wordings.
//
//   clause 4: payment, Client, 30 days     what a clause says: its topic, whose it is, its numbers
//   amendment: clause 4, 45 days, 1 May 2025
//   year: 2025=2025                        the event's day against the amendment's
//   month: 6>5
//   applies: amendment                     or `applies: contract`
//   20+45=65                               a term: days on top of the day, then month by month
//   March: 65-31=34
//   date: 4 May 2025
//   12*40=400+80=480                       a fee, written out
//   amount: 480
//   35>30                                  conditions, up to the first that fails
//   met: yes
//   Client=Norvane                         who a role is

import type { Language } from "@lemma/protocol";
import { writtenProduct } from "../../written.ts";
import { MONTHS } from "../units-dates/calendar.ts";
import { daysLines } from "../units-dates/trace.ts";
import {
  type Answer,
  type Ask,
  amountOf,
  answerOf,
  type Clause,
  type Contract,
  clauseOn,
  daysLate,
  deadline,
  isAmended,
  isBreach,
  numberOf,
  type Side,
  type Term,
  type Topic,
} from "./contract.ts";
import { comparedLines, DATE_WORDS, dateText, laterLines } from "./dates.ts";
import { partyName, ROLES } from "./parties.ts";

/** The words of the lines. */
export const WORDS = {
  en: {
    topics: {
      payment: "payment",
      delivery: "delivery",
      fee: "late fee",
      interest: "interest",
      notice: "notice",
      breach: "breach",
      deposit: "deposit",
      insurance: "insurance",
      repairs: "repairs",
      travel: "travel",
      secrecy: "secrecy",
      reports: "reports",
      law: "law",
      changes: "changes",
      disputes: "disputes",
      liability: "liability",
    } satisfies Record<Topic, string>,
    clause: (number: number) => `clause ${number}`,
    days: (n: number) => `${n} days`,
    euros: (n: number) => `${n} euros`,
    cap: (n: number) => `at most ${n} euros`,
    comma: ", ",
    amendment: "amendment",
    applies: "applies",
    contract: "contract",
    date: "date",
    amount: "amount",
    met: "met",
    yes: "yes",
    no: "no",
  },
  zh: {
    topics: {
      payment: "付款",
      delivery: "交付",
      fee: "滞纳金",
      interest: "利息",
      notice: "通知解约",
      breach: "违约解约",
      deposit: "押金",
      insurance: "保险",
      repairs: "维修",
      travel: "差旅",
      secrecy: "保密",
      reports: "报告",
      law: "法律",
      changes: "变更",
      disputes: "争议",
      liability: "责任",
    } satisfies Record<Topic, string>,
    clause: (number: number) => `第${number}条`,
    days: (n: number) => `${n}天`,
    euros: (n: number) => `${n}元`,
    cap: (n: number) => `最多${n}元`,
    comma: "，",
    amendment: "修正",
    applies: "适用",
    contract: "原文",
    date: "日期",
    amount: "金额",
    met: "满足",
    yes: "是",
    no: "否",
  },
} as const;

/** Words that no question needs to contain, and the lengths of months. */
export const CONTRACT_VOCABULARY: readonly string[] = (["en", "zh"] as const).flatMap((language) => {
  const words = WORDS[language];
  const said = [
    words.clause(1),
    words.days(1),
    words.cap(1),
    words.amendment,
    words.applies,
    words.contract,
    words.date,
    words.amount,
    words.met,
    words.yes,
    words.no,
  ];
  return [...Object.values(words.topics), ...Object.values(DATE_WORDS[language]), ...said, ...MONTHS, "leap"].flatMap(
    (text) => (text.match(/\p{L}+/gu) ?? []).flatMap((word) => (language === "zh" ? [word, ...word] : [word])),
  );
});

const roleOf = ({ type }: Contract, side: Side, language: Language): string => ROLES[type]![language][side]!;

/** All that a clause says, part by part: topic, whose, numbers. */
export function partsOf(contract: Contract, clause: Clause, language: Language): string[] {
  const words = WORDS[language];
  const { topic, owner, days, amount, cap, percent } = clause;
  return [
    words.topics[topic],
    ...(owner === undefined ? [] : [roleOf(contract, owner, language)]),
    ...(days === undefined ? [] : [words.days(days)]),
    ...(amount === undefined ? [] : [words.euros(amount)]),
    ...(cap === undefined ? [] : [words.cap(cap)]),
    ...(percent === undefined ? [] : [`${percent}%`]),
  ];
}

function clauseLine(contract: Contract, topic: Topic, language: Language): string {
  const words = WORDS[language];
  return `${words.clause(numberOf(contract, topic)!)}: ${partsOf(contract, clauseOn(contract, topic), language).join(words.comma)}`;
}

/** The parts of the amendment's line. */
export function amendmentParts({ amendment }: Contract, language: Language): string[] {
  const words = WORDS[language];
  const { clause, days, from } = amendment!;
  return [words.clause(clause), words.days(days), ...(from === undefined ? [] : [dateText(from, language)])];
}

/** A term from its clause to its last day. */
function deadlineLines(
  contract: Contract,
  topic: Term,
  from: Ask & { kind: "deadline" },
  language: Language,
): string[] {
  const words = WORDS[language];
  const lines = [clauseLine(contract, topic, language)];
  const { amendment } = contract;
  let days = clauseOn(contract, topic).days!;
  if (amendment !== undefined) {
    lines.push(`${words.amendment}: ${amendmentParts(contract, language).join(words.comma)}`);
    const number = numberOf(contract, topic)!;
    const isIts = amendment.clause === number;
    if (isIts && amendment.from !== undefined) lines.push(...comparedLines(from.from, amendment.from, language));
    const amended = isAmended(contract, number, from.from);
    lines.push(`${words.applies}: ${amended ? words.amendment : words.contract}`);
    if (amended) days = amendment.days;
  }
  lines.push(...laterLines(from.from, days, language));
  return [...lines, `${words.date}: ${dateText(deadline(contract, topic, from.from), language)}`];
}

function feeLines(contract: Contract, ask: Ask, language: Language): string[] {
  const words = WORDS[language];
  const lines: string[] = [];
  if (ask.kind === "unpaid") {
    const event = { kind: "deadline", topic: "payment", from: ask.invoice } as const;
    lines.push(...deadlineLines(contract, "payment", event, language));
    lines.push(...daysLines({ from: deadline(contract, "payment", ask.invoice), to: ask.paid }, language));
  } else if (ask.kind === "overdue") lines.push(...daysLines({ from: ask.due, to: ask.paid }, language));
  const { amount = 0, cap } = clauseOn(contract, "fee");
  const days = daysLate(contract, ask);
  lines.push(clauseLine(contract, "fee", language), ...writtenProduct(days, amount));
  if (cap !== undefined) lines.push(`${days * amount}${days * amount > cap ? ">" : "<="}${cap}`);
  return [...lines, `${words.amount}: ${amountOf(contract, ask)}`];
}

/** The reasoning, a step a line. */
export function writeTrace(contract: Contract, language: Language): string[] {
  const { ask, clauses } = contract;
  const words = WORDS[language];
  switch (ask.kind) {
    case "deadline":
      return deadlineLines(contract, ask.topic, ask, language);
    case "party": {
      const role = roleOf(contract, clauseOn(contract, ask.topic).owner!, language);
      return [clauseLine(contract, ask.topic, language), `${role}=${writeAnswer(contract, language)}`];
    }
    case "clause":
      return clauses
        .slice(0, numberOf(contract, ask.topic)!)
        .map(({ topic }, i) => `${words.clause(i + 1)}: ${words.topics[topic]}`);
    case "breach": {
      const { days = 0, amount } = clauseOn(contract, "breach");
      const lines = [clauseLine(contract, "breach", language), `${ask.days}${ask.days > days ? ">" : "<="}${days}`];
      if (ask.days > days && amount !== undefined) lines.push(`${ask.sum}${ask.sum! > amount ? ">" : "<="}${amount}`);
      return [...lines, `${words.met}: ${isBreach(contract, ask) ? words.yes : words.no}`];
    }
    case "interest": {
      const hundreds = ask.sum / 100;
      const { percent = 0 } = clauseOn(contract, "interest");
      return [
        clauseLine(contract, "interest", language),
        `${ask.sum}/100=${hundreds}`,
        ...writtenProduct(hundreds, percent),
        ...(ask.months === 1 ? [] : writtenProduct(hundreds * percent, ask.months)),
        `${words.amount}: ${amountOf(contract, ask)}`,
      ];
    }
    default:
      return feeLines(contract, ask, language);
  }
}

/** The answer in words of a language. */
export function writeAnswer(contract: Contract, language: Language, answer: Answer = answerOf(contract)): string {
  if (typeof answer === "number") return String(answer);
  if (typeof answer === "boolean") return answer ? WORDS[language].yes : WORDS[language].no;
  return "party" in answer ? partyName(contract.parties[answer.party]!, language) : dateText(answer, language);
}
