// A contract of numbered clauses with one question about it. Owns the problem as data, its key and its answer; knows no wordings.

import { type Day, daysBetween, later } from "../units-dates/calendar.ts";

export const TOPICS = [
  "payment",
  "delivery",
  "fee",
  "interest",
  "notice",
  "breach",
  "deposit",
  "insurance",
  "repairs",
  "travel",
  "secrecy",
  "reports",
  "law",
  "changes",
  "disputes",
  "liability",
] as const;

/** What a clause is about. */
export type Topic = (typeof TOPICS)[number];

/** One of the two parties: 0 renders the service (lessor, supplier, lender), 1 pays for it. */
export type Side = 0 | 1;

/** A clause: whose duty or right it states, and its numbers. */
export interface Clause {
  readonly topic: Topic;
  readonly owner?: Side;
  readonly days?: number;
  /** Euros: the fee of a day, the deposit, the limit, or the debt that a breach needs beside its days. */
  readonly amount?: number;
  /** The most that a fee comes to. */
  readonly cap?: number;
  /** Interest of a month. */
  readonly percent?: number;
}

/** Other days for one clause, and from which day of the event on (left out: always). */
export interface Amendment {
  readonly signed: Day;
  /** Counted from 1. */
  readonly clause: number;
  readonly days: number;
  readonly from?: Day;
}

/** Topics that set a term in days, counted from an event. */
export const TERMS = ["payment", "delivery", "notice", "deposit"] as const;
export type Term = (typeof TERMS)[number];

/** Topics that put a duty on a party. */
export const DUTIES = ["payment", "deposit", "insurance", "repairs", "travel", "secrecy", "reports"] as const;
export type Duty = (typeof DUTIES)[number];

/** What is asked, with the facts of the case. */
export type Ask =
  | { readonly kind: "deadline"; readonly topic: Term; readonly from: Day }
  | { readonly kind: "party"; readonly topic: Duty }
  | { readonly kind: "clause"; readonly topic: Topic }
  | { readonly kind: "late"; readonly days: number }
  | { readonly kind: "overdue"; readonly due: Day; readonly paid: Day }
  | { readonly kind: "unpaid"; readonly invoice: Day; readonly paid: Day }
  | { readonly kind: "interest"; readonly sum: number; readonly months: number }
  | { readonly kind: "breach"; readonly days: number; readonly sum?: number };

export interface Contract {
  /** Place in the list of kinds: services, lease, supply, loan, licence. */
  readonly type: number;
  /** Numbers of the gym's names, or a name as a question has it. */
  readonly parties: readonly [number | string, number | string];
  readonly signed: Day;
  readonly clauses: readonly Clause[];
  readonly amendment?: Amendment;
  readonly ask: Ask;
}

export type Cell = "deadline" | "amendment" | "party" | "clause" | "amount" | "termination";

/** The kind of question. */
export function cellOf({ ask, amendment }: Contract): Cell {
  if (ask.kind === "deadline") return amendment === undefined ? "deadline" : "amendment";
  if (ask.kind === "party" || ask.kind === "clause") return ask.kind;
  return ask.kind === "breach" ? "termination" : "amount";
}

/** The topic of the clause that a question turns on. */
export function topicOf(ask: Ask): Topic {
  if ("topic" in ask) return ask.topic;
  return ask.kind === "interest" || ask.kind === "breach" ? ask.kind : "fee";
}

/** The number of the clause about a topic, from 1; undefined where there is none or more than one. */
export function numberOf({ clauses }: Pick<Contract, "clauses">, topic: Topic): number | undefined {
  const at = clauses.findIndex((clause) => clause.topic === topic);
  return at < 0 || clauses.findLastIndex((clause) => clause.topic === topic) !== at ? undefined : at + 1;
}

/** The clause about a topic; only for contracts that have one. */
export const clauseOn = (contract: Contract, topic: Topic): Clause => contract.clauses[numberOf(contract, topic)! - 1]!;

/** Whether the amendment, not the original, sets the days of a clause for an event of this day. */
export function isAmended({ amendment }: Contract, clause: number, event: Day): boolean {
  if (amendment === undefined || amendment.clause !== clause) return false;
  return amendment.from === undefined || daysBetween(amendment.from, event) >= 0;
}

/** The last day of a term that begins with an event. */
export function deadline(contract: Contract, topic: Term, from: Day): Day {
  const number = numberOf(contract, topic)!;
  const days = isAmended(contract, number, from) ? contract.amendment!.days : clauseOn(contract, topic).days!;
  return later(from, days);
}

/** Days by which a payment came late. */
export function daysLate(contract: Contract, ask: Ask): number {
  if (ask.kind === "late") return ask.days;
  if (ask.kind === "overdue") return daysBetween(ask.due, ask.paid);
  return ask.kind === "unpaid" ? daysBetween(deadline(contract, "payment", ask.invoice), ask.paid) : 0;
}

/** A fee or interest in euros. */
export function amountOf(contract: Contract, ask: Ask): number {
  if (ask.kind === "interest") return (ask.sum / 100) * clauseOn(contract, "interest").percent! * ask.months;
  const { amount = 0, cap } = clauseOn(contract, "fee");
  return Math.min(daysLate(contract, ask) * amount, cap ?? Number.POSITIVE_INFINITY);
}

/** Whether the conditions of the clause on breach are met. */
export function isBreach(contract: Contract, ask: Extract<Ask, { kind: "breach" }>): boolean {
  const { days = 0, amount } = clauseOn(contract, "breach");
  return ask.days > days && (amount === undefined || (ask.sum ?? 0) > amount);
}

/** The answer: a day, a party, the number of a clause, an amount, or yes and no. */
export type Answer = Day | { readonly party: Side } | number | boolean;

export function answerOf(contract: Contract): Answer {
  const { ask } = contract;
  switch (ask.kind) {
    case "deadline":
      return deadline(contract, ask.topic, ask.from);
    case "party":
      return { party: clauseOn(contract, ask.topic).owner! };
    case "clause":
      return numberOf(contract, ask.topic)!;
    case "breach":
      return isBreach(contract, ask);
    default:
      return amountOf(contract, ask);
  }
}

/** Whether the clauses decide the question. */
export function isDecided(contract: Contract): boolean {
  const { ask, clauses, amendment } = contract;
  const number = numberOf(contract, topicOf(ask));
  if (number === undefined || clauses.length < 3 || clauses.length > 30) return false;
  const changed = amendment === undefined ? undefined : clauses[amendment.clause - 1];
  if (amendment !== undefined && (changed?.days === undefined || ask.kind !== "deadline")) return false;
  if (ask.kind === "breach" && (clauses[number - 1]!.amount === undefined) !== (ask.sum === undefined)) return false;
  if (ask.kind === "interest") return ask.sum % 100 === 0 && ask.sum > 0 && ask.months > 0;
  if (ask.kind === "unpaid" && numberOf(contract, "payment") === undefined) return false;
  const late = daysLate(contract, ask);
  if (ask.kind === "unpaid" || ask.kind === "overdue") return late > 0 && late < 300;
  return true;
}

const dayKey = ({ year, month, day }: Day): string => `${year}-${month}-${day}`;

/** Equal for equal problems: names, kind of contract, day of signature and words are left out. */
export function contractKey({ clauses, amendment, ask }: Contract): string {
  const said = clauses.map(({ topic, owner, days, amount, cap, percent }) =>
    [topic, owner, days, amount, cap, percent].filter((value) => value !== undefined).join(" "),
  );
  const changed =
    amendment === undefined
      ? []
      : [
          `amendment ${amendment.clause} ${amendment.days}${amendment.from === undefined ? "" : ` ${dayKey(amendment.from)}`}`,
        ];
  const values = Object.values(ask).map((value) => (typeof value === "object" ? dayKey(value) : value));
  return [values.join(" "), ...said, ...changed].join("; ");
}
