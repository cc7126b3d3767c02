// The checker of ordering puzzles: reads a puzzle from a question's text and judges each line and answer against it. Owns the
// vocabulary of puzzle.ts's reasoning; must not know wordings. Proofs are by enumeration of what the facts imply.

import type { Language, Verdict } from "@lemma/protocol";
import {
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
} from "@lemma/verify";
import { readFacts } from "./facts.ts";
import { withoutOrdinals } from "./joiners.ts";
import { NAMES } from "./names.ts";
import { askedOrder, askedPlace, askLine, countOf, isImplied, type Puzzle } from "./puzzle.ts";
import { readAsk } from "./questions.ts";

/** A puzzle read from text. Person numbers index `names`: the known names, then the strangers of the question. */
export interface ReadPuzzle extends Puzzle {
  readonly names: readonly string[];
  readonly language: Language;
}

/** Stands for a fact in the text beside the facts. */
const FACT = "\u{E000}";

/** Reads a puzzle; undefined where the text holds none, mixes quantities, or leaves the order open. */
export function readPuzzle(question: string): ReadPuzzle | undefined {
  const told = readFacts(question);
  const first = told[0];
  if (first === undefined || told.length < 2) return undefined;
  if (told.some(({ quantity, language }) => quantity !== first.quantity || language !== first.language))
    return undefined;
  const names = [...new Set([...NAMES[first.language], ...told.flatMap(({ above, below }) => [above, below])])];
  const facts = told.map(({ above, below, first: said }) => ({
    above: names.indexOf(above),
    below: names.indexOf(below),
    first: said,
  }));
  const order = totalOrder(facts);
  const rest = told.reduceRight((text, { start, end }) => text.slice(0, start) + FACT + text.slice(end), question);
  const ask = readAsk(withoutOrdinals(rest, FACT).replaceAll(FACT, " "), first.quantity, first.language);
  if (order === undefined || ask === undefined) return undefined;
  if (typeof ask.what === "number" && ask.what > order.length) return undefined;
  if (ask.what === "middle" && order.length % 2 === 0) return undefined;
  return { quantity: first.quantity, order, facts, ask, names, language: first.language };
}

/** The one order that agrees with the facts; undefined where there are none or several. */
function totalOrder(facts: Puzzle["facts"]): number[] | undefined {
  const left = new Set(facts.flatMap(({ above, below }) => [above, below]));
  const order: number[] = [];
  while (left.size > 0) {
    const tops = [...left].filter((id) => !facts.some(({ above, below }) => below === id && left.has(above)));
    if (tops.length !== 1) return undefined;
    order.push(tops[0]!);
    left.delete(tops[0]!);
  }
  return order;
}

/** The number of a person of this puzzle, by name in any case; -1 for others. */
function personOf(name: string, { names, order }: ReadPuzzle): number {
  return order.find((id) => names[id]!.toLowerCase() === name.toLowerCase()) ?? -1;
}

const CHAIN = /^[^\s<>=:,]+(?:\s*[<>]\s*[^\s<>=:,]+)*$/;

interface Chain {
  readonly ids: readonly number[];
  /** The neighbours, each as (above, below). */
  readonly pairs: readonly (readonly [number, number])[];
}

/** A chain `Ann>Bob>Dan` or `Dan<Bob<Ann`; undefined where it isn't one or names a stranger. */
function readChain(body: string, puzzle: ReadPuzzle): Chain | undefined {
  if (!CHAIN.test(body)) return undefined;
  const ids = body.split(/[<>]/).map((name) => personOf(name.trim(), puzzle));
  if (ids.includes(-1)) return undefined;
  const signs = body.match(/[<>]/g) ?? [];
  return { ids, pairs: signs.map((sign, i) => (sign === ">" ? [ids[i]!, ids[i + 1]!] : [ids[i + 1]!, ids[i]!])) };
}

/** What a line says of places, in signs or in words. */
const readClaim = (body: string, puzzle: ReadPuzzle) => readChain(body, puzzle) ?? readSentence(body, puzzle);

const isAbove = ({ order }: Puzzle, [above, below]: readonly [number, number]) =>
  order.indexOf(above) < order.indexOf(below);

/** The witness of a false claim: where the two stand in the order. */
function placesOf({ names, order }: ReadPuzzle, ids: readonly number[]): Record<string, string> {
  return Object.fromEntries(ids.map((id) => [names[id]!, `place ${order.indexOf(id) + 1} from the high end`]));
}

function judgeChain(puzzle: ReadPuzzle, { pairs }: Chain): Verdict {
  const wrong = pairs.find((pair) => !isAbove(puzzle, pair));
  return wrong === undefined ? proved("enumeration") : refuted(placesOf(puzzle, wrong));
}

/** The fact that a line says in words, as a chain of two: the name said first in front. */
function readSentence(text: string, puzzle: ReadPuzzle): Chain | undefined {
  const [fact, more] = readFacts(text);
  if (fact === undefined || more !== undefined || fact.quantity !== puzzle.quantity) return undefined;
  if (text.slice(0, fact.start).trim() !== "" || !/^\s*[.。]?$/.test(text.slice(fact.end))) return undefined;
  const pair = [personOf(fact.above, puzzle), personOf(fact.below, puzzle)] as const;
  if (pair.includes(-1)) return undefined;
  return { ids: fact.first === "above" ? pair : [pair[1], pair[0]], pairs: [pair] };
}

/** The earlier steps that state a chain's pairs, and the question for those that no step states. */
function sourcesOf(puzzle: ReadPuzzle, pairs: Chain["pairs"], context: StepContext): number[] {
  const sources = new Set<number>();
  const steps = context.steps.map((step) => ({ index: step.index, chain: readClaim(step.body, puzzle) }));
  for (const [above, below] of pairs) {
    const step = steps.find(({ chain }) => chain?.pairs.some((pair) => pair[0] === above && pair[1] === below));
    sources.add(step?.index ?? -1);
  }
  return [...sources];
}

const question = (verdict: Verdict): TaskVerdict => ({ ...verdict, from: [-1] });

const COUNT = /^(high|low) ([1-9]\d?)$/;

/** `high 2: Gus`: two facts or more have Gus on the higher side. It follows from the steps that restate them. */
function judgeCount(
  puzzle: ReadPuzzle,
  [, word, digits]: RegExpExecArray,
  line: StepLine,
  context: StepContext,
): TaskVerdict {
  const id = personOf(line.body, puzzle);
  if (id < 0) return { ...unknown("unparsed"), from: [] };
  const side = word === "high" ? "above" : "below";
  const count = Number(digits);
  const told = countOf(puzzle.facts, side, id);
  const pairs = puzzle.facts.filter((fact) => fact[side] === id).map(({ above, below }) => [above, below] as const);
  const from = sourcesOf(puzzle, pairs, context).slice(0, count);
  const name = puzzle.names[id]!;
  return {
    ...(told >= count ? proved("enumeration") : refuted({ [`facts with ${name} on the ${word}er side`]: `${told}` })),
    from: from.length === 0 ? [-1] : from,
  };
}

/** Whether a line's one pair is a fact that the question tells. */
function isTold({ facts }: Puzzle, { pairs }: Chain): boolean {
  const [above, below] = pairs[0]!;
  return pairs.length === 1 && facts.some((fact) => fact.above === above && fact.below === below);
}

function checkStep(puzzle: ReadPuzzle, line: StepLine, context: StepContext): TaskVerdict | undefined {
  const { label, body } = line;
  if (label === "ask")
    return question(sameAsk(body, puzzle) ? proved("enumeration") : refuted({ ask: askLine(puzzle, puzzle.language) }));
  const asked = askedOrder(puzzle);
  if (label === "middle") {
    const place = (puzzle.order.length + 1) / 2;
    return {
      ...(Number(body) === place ? proved("enumeration") : refuted({ place: String(place) })),
      from: lastChain(puzzle, context),
    };
  }
  if (label !== undefined && /^\d+$/.test(label)) {
    const id = personOf(body, puzzle);
    if (id < 0) return undefined;
    const right = asked[Number(label) - 1] === id;
    return { ...(right ? proved("enumeration") : refuted(placesOf(puzzle, [id]))), from: lastChain(puzzle, context) };
  }
  const count = COUNT.exec(label ?? "");
  if (count !== null) return judgeCount(puzzle, count, line, context);
  const chain = label === undefined ? readClaim(body, puzzle) : readChain(body, puzzle);
  if (chain === undefined || (chain.pairs.length === 0 && label !== "top")) return undefined;
  const verdict = judgeChain(puzzle, chain);
  const from = chain.pairs.length === 0 ? [-1] : sourcesOf(puzzle, chain.pairs, context);
  if (verdict.verdict !== "proved") return { ...verdict, from };
  if (label === "top") {
    const last = chain.ids[chain.ids.length - 1]!;
    return { ...(last === puzzle.order[0] ? verdict : refuted(placesOf(puzzle, [last]))), from };
  }
  if (label === "skip" || label === "keep") {
    const [above, below] = chain.pairs[0]!;
    if (!isTold(puzzle, chain)) return { ...refuted({ [line.text]: "the question tells no such fact" }), from };
    const implied = isImplied({ above, below }, puzzle.facts);
    if (implied === (label === "skip")) return { ...verdict, from };
    return { ...refuted({ [line.text]: implied ? "other facts imply it" : "no other facts imply it" }), from };
  }
  return { ...verdict, from };
}

function lastChain(puzzle: ReadPuzzle, { steps }: StepContext): number[] {
  const chains = steps.filter((step) => (readChain(step.body, puzzle)?.pairs.length ?? 0) === puzzle.order.length - 1);
  return [chains[chains.length - 1]?.index ?? -1];
}

/** The line as reasoning writes it, in the words of either language, or without the words for the ends. */
function sameAsk(body: string, puzzle: ReadPuzzle): boolean {
  const lines = (["en", "zh"] as const).map((language) => askLine(puzzle, language));
  const { what, start } = puzzle.ask;
  lines.push(`ask: ${what}, ${start === "high" ? "high to low" : "low to high"}`);
  return lines.includes(`ask: ${body}`);
}

function checkAnswer(puzzle: ReadPuzzle, answer: string): Verdict {
  const text = answer
    .replace(/\\text\s*\{([^}]*)\}/g, "$1")
    .replace(/\\[,; ]/g, " ")
    .trim();
  const place = askedPlace(puzzle);
  const names = text.split(/\s*(?:[,，、;；<>]|->|→|\s+and\s+|\s+)\s*/).filter((name) => name !== "");
  const ids = names.map((name) => personOf(name, puzzle));
  if (ids.length === 0 || ids.includes(-1)) return unknown("unparsed");
  const asked = askedOrder(puzzle);
  const expected = place === undefined ? asked : [asked[place - 1]!];
  const chain = readChain(text, puzzle);
  // A chain says the whole order, from whichever end it is written.
  if (place === undefined && chain !== undefined && chain.ids.length === asked.length) return judgeChain(puzzle, chain);
  const right = ids.length === expected.length && ids.every((id, i) => id === expected[i]);
  return right ? proved("enumeration") : refuted({ expected: expected.map((id) => puzzle.names[id]).join(", ") });
}

export const orderingChecker: TaskChecker<ReadPuzzle> = {
  id: "ordering",
  recognise: readPuzzle,
  premises: ({ facts, names }) => facts.map(({ above, below }) => `${names[above]}>${names[below]}`),
  checkStep,
  checkAnswer,
  answerBy: "checking",
};
