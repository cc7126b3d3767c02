// Draws contracts with a question. Owns the levels and the balance of answers: conditions met and not met, amendment and original, equally often.

import type { Random } from "../../random.ts";
import { type Day, daysIn, later } from "../units-dates/calendar.ts";
import {
  type Ask,
  type Cell,
  type Clause,
  type Contract,
  cellOf,
  clauseOn,
  DUTIES,
  deadline,
  isDecided,
  type Side,
  TERMS,
  TOPICS,
  type Topic,
  topicOf,
} from "./contract.ts";
import { PARTIES, ROLES } from "./parties.ts";

/** By level: number of clauses, kinds of questions, longest term, how delays are told, whether conditions and caps have two parts. */
const LEVELS = [
  {
    clauses: 5,
    cells: ["deadline", "party", "clause", "amount", "termination"],
    days: [5, 30],
    delay: ["late"],
    isDouble: false,
  },
  {
    clauses: 8,
    cells: ["deadline", "amendment", "party", "clause", "amount", "termination"],
    days: [10, 60],
    delay: ["late", "overdue"],
    isDouble: false,
  },
  {
    clauses: 12,
    cells: ["deadline", "amendment", "party", "clause", "amount", "termination"],
    days: [20, 120],
    delay: ["overdue", "unpaid"],
    isDouble: true,
  },
] as const satisfies readonly { cells: readonly Cell[]; [name: string]: unknown }[];
type Limit = (typeof LEVELS)[number];

export const CONTRACT_LEVELS = LEVELS.length;
export const cellsOf = (level: number): readonly Cell[] => LEVELS[level - 1]!.cells;

/** Sides that are the same in each contract; the others are drawn. */
const OWNERS: Readonly<Partial<Record<Topic, Side>>> = {
  payment: 1,
  delivery: 0,
  fee: 1,
  interest: 1,
  breach: 0,
  deposit: 1,
};
const OWNERLESS: readonly Topic[] = ["law", "changes", "disputes"];

function drawClause(random: Random, topic: Topic, { days, isDouble }: Limit): Clause {
  const owner = OWNERLESS.includes(topic) ? {} : { owner: OWNERS[topic] ?? (random.below(2) as Side) };
  const term = random.int(days[0], days[1]);
  switch (topic) {
    case "payment":
    case "delivery":
    case "notice":
      return { topic, ...owner, days: term };
    case "fee": {
      const amount = 5 * random.int(2, 18);
      return { topic, ...owner, amount, ...(isDouble && { cap: 100 * random.int(3, 30) }) };
    }
    case "interest":
      return { topic, ...owner, percent: random.int(2, 9) };
    case "breach":
      return { topic, ...owner, days: term, ...(isDouble && { amount: 100 * random.int(5, 40) }) };
    case "deposit":
      return { topic, ...owner, days: term, amount: 100 * random.int(5, 60) };
    case "secrecy":
      return { topic, ...owner };
    case "liability":
      return { topic, ...owner, amount: 1000 * random.int(5, 90) };
    default:
      return { topic, ...owner };
  }
}

const drawDay = (random: Random, year: number): Day => {
  const month = random.int(1, 12);
  return { year, month, day: random.int(1, daysIn(year, month)) };
};

/** Days beside a limit: above it or not, sometimes just it. */
const beside = (random: Random, limit: number, isAbove: boolean, most: number): number =>
  isAbove ? limit + random.int(1, most) : Math.max(1, limit - (random.chance(0.3) ? 0 : random.int(1, most)));

function drawAsk(random: Random, cell: Cell, limit: Limit, clauses: readonly Clause[], event: Day): Ask {
  const topics = clauses.map(({ topic }) => topic);
  const contract = {
    type: 0,
    parties: [0, 1],
    signed: event,
    clauses,
    ask: { kind: "clause", topic: topics[0]! },
  } as const;
  const one = <T extends Topic>(list: readonly T[]): T => random.pick(list.filter((topic) => topics.includes(topic)));
  switch (cell) {
    case "deadline":
    case "amendment":
      return { kind: "deadline", topic: one(TERMS), from: event };
    case "party":
      return { kind: "party", topic: one(DUTIES) };
    case "clause":
      return { kind: "clause", topic: random.pick(topics) };
    case "termination": {
      const { days = 0, amount } = clauseOn(contract, "breach");
      // Where two conditions stand, the first fails in a quarter of the cases, the second in a third of the others.
      const isLate = random.chance(amount === undefined ? 0.5 : 0.75);
      const sum = amount === undefined ? undefined : beside(random, amount / 100, random.chance(2 / 3), 4) * 100;
      return { kind: "breach", days: beside(random, days, isLate, 15), ...(sum !== undefined && { sum }) };
    }
    case "amount": {
      if (topics.includes("interest") && (!topics.includes("fee") || random.chance(0.35)))
        return { kind: "interest", sum: 100 * random.int(3, 60), months: random.int(1, 6) };
      const delay = random.pick<(typeof limit.delay)[number]>(limit.delay);
      const late = random.int(2, 40);
      if (delay === "late") return { kind: "late", days: late };
      if (delay === "overdue" || !topics.includes("payment"))
        return { kind: "overdue", due: event, paid: later(event, late) };
      return { kind: "unpaid", invoice: event, paid: later(deadline(contract, "payment", event), late) };
    }
  }
}

/** Topics of which a kind of question needs one. */
const NEEDED: Readonly<Record<Cell, readonly Topic[]>> = {
  deadline: TERMS,
  amendment: TERMS,
  party: DUTIES,
  clause: TOPICS,
  amount: ["fee", "fee", "interest"],
  termination: ["breach"],
};

export function drawContract(random: Random, level: number): Contract {
  const limit = LEVELS[level - 1]!;
  const cell = random.pick<Cell>(limit.cells);
  for (;;) {
    const needed = random.pick(NEEDED[cell]);
    const others = random.shuffle(TOPICS.filter((topic) => topic !== needed));
    const topics = random.shuffle([needed, ...others.slice(0, limit.clauses - 1)]);
    const clauses = topics.map((topic) => drawClause(random, topic, limit));
    const year = random.int(2021, 2028);
    const event = drawDay(random, year);
    const [one, other] = random.shuffle(PARTIES.en.map((_, i) => i)) as [number, number];
    const ask = drawAsk(random, cell, limit, clauses, event);
    const contract: Contract = {
      type: random.below(ROLES.length),
      parties: [one, other],
      signed: drawDay(random, year - 1),
      clauses,
      ask,
      ...(cell === "amendment" && { amendment: drawAmendment(random, limit, clauses, topicOf(ask), event) }),
    };
    if (isDecided(contract) && cellOf(contract) === cell) return contract;
  }
}

/** Mostly of the clause that is asked about; of another one where there is one. */
function drawAmendment(random: Random, limit: Limit, clauses: readonly Clause[], asked: Topic, event: Day) {
  const terms = clauses.flatMap(({ topic, days }, i) => (days === undefined ? [] : [{ topic, days, number: i + 1 }]));
  const others = terms.filter(({ topic }) => topic !== asked);
  const isOther = others.length > 0 && random.chance(0.25);
  const { number: clause, days: before } = isOther ? random.pick(others) : terms.find(({ topic }) => topic === asked)!;
  let days = random.int(limit.days[0], limit.days[1]);
  if (days === before) days++;
  const signed = drawDay(random, event.year - (random.chance(0.5) ? 0 : 1));
  if (!limit.isDouble) return { signed, clause, days };
  // From a day close to the event on, before it or after.
  const near = random.int(0, 40);
  const from = random.chance(0.5)
    ? later(event, near + 1)
    : later(later({ ...event, year: event.year - 1 }, 325), 40 - near);
  return { signed, clause, days, from };
}
