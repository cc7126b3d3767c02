// An ordering puzzle: people, facts about pairs, and what is asked. Owns drawing, key, reasoning and answer; knows no wording.
//
// Reasoning, with at most one look-up a token:
//   ask: 2, shortest, low to high   what is asked (a place, all, or middle; the end that it starts from, as it is called; which
//                              way that is): first found, then judged
//   Bob is taller than Dan     each fact, in the order of the question and in its words: what a relation means is judged beside it, …
//   Bob>Dan                    … the name that is said first on the left, …
//   Dan<Bob                    … and from its other side: a look-up goes forward, from a name and a sign to the next name
//   Gus is taller than Bob     (and so on; the words of the other facts are left out here)
//   Gus>Bob
//   Bob<Gus
//   Gus>Ann
//   Ann<Gus
//   high 2: Gus                where the fact's higher name was a higher one before: for the second time
//   Bob<Ann
//   Ann>Bob
//   low 2: Bob                 where its lower name was a lower one before
//   skip: Gus>Bob              a fact that follows from others: its names have both been counted (true of redundant facts
//                              alone, which draw() makes sure of)
//   keep: Gus>Ann              the other fact of a skipped one's higher name: the last look-up before the chain needs it
//   keep: Bob<Ann              the other fact of its lower name, as the climb to the top reads it
//   top: Bob<Ann<Gus           from the first fact's left name up, until nobody is above
//   Gus>Ann>Bob>Dan            from the top down, each next name from the fact that begins with the last one
//   Dan<Bob<Ann<Gus            the chain in the asked direction
//   1: Dan                     places, counted as far as asked (middle: all, then `middle: 2`)
//   2: Bob

import type { Language } from "@lemma/protocol";
import type { Random } from "../../random.ts";
import { NAMES, nameOf } from "./names.ts";
import { QUANTITIES, quantityById } from "./quantities.ts";

/** What is asked: everybody in order, one place (1 is the end where the direction begins), or the middle one. */
export interface Ask {
  readonly what: "all" | "middle" | number;
  readonly start: "high" | "low";
}

/** Person numbers index the name lists. */
export interface Puzzle {
  readonly quantity: string;
  /** From the highest to the lowest. */
  readonly order: readonly number[];
  /** In the order in which they are told. */
  readonly facts: readonly {
    readonly above: number;
    readonly below: number;
    /** Whose name is said first. */
    readonly first: "above" | "below";
  }[];
  readonly ask: Ask;
}

/** Fewest and most people, and how many redundant facts at most, by level. */
const LEVELS = [
  { fewest: 3, most: 3, redundant: 0 },
  { fewest: 3, most: 5, redundant: 1 },
  { fewest: 5, most: 6, redundant: 2 },
] as const;

export const ORDERING_LEVELS = LEVELS.length;

/** The numbers of people that a level has. */
export function sizesOf(level: number): number[] {
  const { fewest, most } = LEVELS[level - 1]!;
  return Array.from({ length: most - fewest + 1 }, (_, i) => fewest + i);
}

export function drawPuzzle(random: Random, level: number): Puzzle {
  const { redundant } = LEVELS[level - 1]!;
  const size = random.pick(sizesOf(level));
  const quantity = random.pick(QUANTITIES);
  const order = random.shuffle(NAMES.en.map((_, id) => id)).slice(0, size);
  const fact = (above: number, below: number): Fact => ({
    above,
    below,
    first: random.chance(0.5) ? "above" : "below",
  });
  const facts = order.slice(1).map((below, i) => fact(order[i]!, below));
  for (let made = 0; made < redundant && random.chance(0.35); made++) {
    const high = random.below(size - 2);
    const extra = fact(order[high]!, order[random.int(high + 2, size - 1)]!);
    const more = [...facts, extra];
    if (redundantFacts(more).every((told) => isImplied(told, more)) && !hasFact(facts, extra)) facts.push(extra);
  }
  return { quantity: quantity.id, order, facts: random.shuffle(facts), ask: drawAsk(random, size, quantity.id) };
}

function drawAsk(random: Random, size: number, quantity: string): Ask {
  const start = random.chance(0.5) ? "high" : "low";
  if (random.chance(0.5)) return { what: "all", start };
  if (size % 2 === 1 && random.chance(0.2)) return { what: "middle", start: "high" };
  const { high, low } = quantityById(quantity).words.en;
  return { what: random.int(1, Math.min(size - 1, (start === "high" ? high : low).length)), start };
}

type Fact = Puzzle["facts"][number];
/** Two people, the higher one first. */
type Pair = Pick<Fact, "above" | "below">;

function hasFact(facts: readonly Fact[], { above, below }: Pair): boolean {
  return facts.some((fact) => fact.above === above && fact.below === below);
}

/** The facts whose left name stands on the left of another fact, and whose right name on the right of another. */
export function redundantFacts(facts: readonly Fact[]): Fact[] {
  const twice = (side: keyof Pair, id: number) => countOf(facts, side, id) > 1;
  return facts.filter(({ above, below }) => twice("above", above) && twice("below", below));
}

/** How many of the facts have this person on the higher (`above`) or lower side. */
export function countOf(facts: readonly Fact[], side: keyof Pair, id: number): number {
  return facts.filter((fact) => fact[side] === id).length;
}

/** Whether a fact follows from the other ones. */
export function isImplied(fact: Pair, facts: readonly Pair[]): boolean {
  const reached = new Set([fact.above]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { above, below } of facts)
      if (reached.has(above) && !reached.has(below) && !(above === fact.above && below === fact.below)) {
        reached.add(below);
        grown = true;
      }
  }
  return reached.has(fact.below);
}

/** Every order of these people that agrees with the facts, by trying them all. */
export function ordersOf({ order, facts }: Pick<Puzzle, "order" | "facts">): number[][] {
  const grow = (begun: readonly number[], left: readonly number[]): number[][] =>
    left.length === 0
      ? [[...begun]]
      : left
          .filter((id) => !facts.some(({ above, below }) => below === id && left.includes(above)))
          .flatMap((id) =>
            grow(
              [...begun, id],
              left.filter((one) => one !== id),
            ),
          );
  return grow([], order);
}

/** Equal for equal puzzles, however they are told: quantity, order, redundant facts, question. */
export function puzzleKey({ quantity, order, facts, ask }: Puzzle): string {
  const place = (id: number) => order.indexOf(id) + 1;
  const extra = facts
    .map(({ above, below }) => [place(above), place(below)] as const)
    .filter(([above, below]) => below - above > 1)
    .map((pair) => pair.join(">"))
    .sort();
  return `${quantity} ${order.join(">")} also ${extra.join(",") || "-"} ask ${ask.what} from ${ask.start}`;
}

/** The people in the asked direction. */
export function askedOrder({ order, ask }: Puzzle): number[] {
  return ask.start === "high" ? [...order] : [...order].reverse();
}

/** The place asked for, or undefined where all are. */
export function askedPlace({ order, ask }: Puzzle): number | undefined {
  return ask.what === "all" ? undefined : ask.what === "middle" ? (order.length + 1) / 2 : ask.what;
}

export function puzzleAnswer(puzzle: Puzzle, language: Language): string {
  const names = askedOrder(puzzle).map((id) => nameOf(id, language));
  const place = askedPlace(puzzle);
  return place === undefined ? names.join(", ") : (names[place - 1] as string);
}

/** The words of the two ends, the end that is asked for first in front; one where one is asked for, none for the middle. */
export function askedEnds({ quantity, ask }: Pick<Puzzle, "quantity" | "ask">, language: Language): string[] {
  const { from, to } = quantityById(quantity).words[language];
  const ends = ask.start === "high" ? [from, to] : [to, from];
  return ask.what === "all" ? ends : ask.what === "middle" ? [] : ends.slice(0, 1);
}

/** The line that says what is asked: how much, in the question's words, and which way that is. */
export function askLine(puzzle: Pick<Puzzle, "quantity" | "ask">, language: Language): string {
  const { what, start } = puzzle.ask;
  const said = askedEnds(puzzle, language).join(" to ");
  return `ask: ${what}, ${said === "" ? "" : `${said}, `}${start === "high" ? "high to low" : "low to high"}`;
}

/** A fact in signs as it is told, then from its other side, and the counts of its names that stood on their side before. */
function factLines(facts: readonly Fact[], at: number, name: (id: number) => string): string[] {
  const { above, below, first } = facts[at]!;
  const sides = [`${name(above)}>${name(below)}`, `${name(below)}<${name(above)}`];
  const told = facts.slice(0, at + 1);
  const [high, low] = [countOf(told, "above", above), countOf(told, "below", below)];
  return [
    ...(first === "above" ? sides : sides.reverse()),
    ...(high > 1 ? [`high ${high}: ${name(above)}`] : []),
    ...(low > 1 ? [`low ${low}: ${name(below)}`] : []),
  ];
}

/** The redundant facts, then the facts that stay for their left and right names. */
function skipLines({ order, facts }: Puzzle, name: (id: number) => string): string[] {
  const redundant = redundantFacts(facts);
  const kept = redundant.flatMap(({ above, below }) => [
    `keep: ${name(above)}>${name(order[order.indexOf(above) + 1]!)}`,
    `keep: ${name(below)}<${name(order[order.indexOf(below) - 1]!)}`,
  ]);
  return [...redundant.map(({ above, below }) => `skip: ${name(above)}>${name(below)}`), ...new Set(kept)];
}

/** The reasoning; `sentences` are the question's words for each fact, or none. */
export function puzzleTrace(puzzle: Puzzle, language: Language, sentences: readonly string[]): string[] {
  const { order, facts, ask } = puzzle;
  const name = (id: number) => nameOf(id, language);
  const asked = askedOrder(puzzle).map(name);
  const place = askedPlace(puzzle);
  const upward = order.slice(0, order.indexOf(facts[0]!.above) + 1).reverse();
  const counted = ask.what === "middle" ? order.length : (place ?? 0);
  return [
    askLine(puzzle, language),
    ...facts.flatMap((_, i) => [...sentences.slice(i, i + 1), ...factLines(facts, i, name)]),
    ...skipLines(puzzle, name),
    `top: ${upward.map(name).join("<")}`,
    order.map(name).join(">"),
    ...(ask.start === "low" ? [asked.join("<")] : []),
    ...asked.slice(0, counted).map((person, i) => `${i + 1}: ${person}`),
    ...(ask.what === "middle" ? [`middle: ${place}`] : []),
  ];
}
