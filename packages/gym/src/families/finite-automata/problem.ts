// The problems of the family: a word read by an automaton, or held against a regular expression. Owns how they are drawn by level, their
// answers and their keys.

import type { Random } from "../../random.ts";
import { type AutomatonProblem, automatonKey, lettersInOrder, wayOf } from "./automaton.ts";
import { expressionKey, lettersOf, matches, placesOf, type Tree } from "./expression.ts";

/** A word that is held against a regular expression. */
export interface MatchProblem {
  readonly ask: "match";
  readonly tree: Tree;
  readonly word: string;
}

export type Problem = AutomatonProblem | MatchProblem;

export const ASKS = ["state", "accept", "match"] as const;

/** Sizes by level: states and letters of an automaton, lengths of words; regular expressions from the third on. */
export const LEVELS = [
  { states: [2, 3], letters: [2, 2], word: [3, 4], matches: false },
  { states: [3, 4], letters: [2, 2], word: [4, 7], matches: false },
  { states: [4, 5], letters: [2, 3], word: [5, 9], matches: true },
] as const;

/** A problem of a level. */
export function drawProblem(random: Random, level: number): Problem {
  const limits = LEVELS[level - 1]!;
  if (limits.matches && random.chance(0.4)) return drawMatch(random);
  const ask = random.pick(["state", "accept"] as const);
  const problem = drawAutomaton(random, limits, ask);
  // Half of the words are accepted.
  return ask === "accept" && random.chance(0.5) !== (solve(problem) === "yes") ? drawProblem(random, level) : problem;
}

const ALPHABETS = ["ab", "ab", "01", "01", "xy", "abc", "012"];
const NAMES = [
  ["q0", "q1", "q2", "q3", "q4"],
  ["q0", "q1", "q2", "q3", "q4"],
  ["P", "Q", "R", "S", "T"],
  ["s1", "s2", "s3", "s4", "s5"],
  ["S", "T", "U", "V", "W"],
];

function drawAutomaton(random: Random, limits: (typeof LEVELS)[number], ask: "state" | "accept"): AutomatonProblem {
  const [fewest, most] = limits.letters;
  const letters = [...random.pick(ALPHABETS.filter(({ length }) => length >= fewest && length <= most))];
  for (;;) {
    const states = random.pick(NAMES).slice(0, random.int(limits.states[0], limits.states[1]));
    const next = states.map(() => letters.map(() => random.pick(states)));
    const start = random.chance(0.7) ? states[0]! : random.pick(states);
    const accepting = states.filter(() => random.chance(0.4));
    const word = Array.from({ length: random.int(limits.word[0], limits.word[1]) }, () => random.pick(letters)).join(
      "",
    );
    const problem = { ask, states, letters, next, start, accepting, word };
    // The word comes round in the automaton: it moves, and sees more than two states where there are more.
    const seen = new Set(wayOf(problem));
    const isDull =
      seen.size < Math.min(3, states.length) || accepting.length === 0 || accepting.length === states.length;
    if (!isDull) return problem;
  }
}

function drawMatch(random: Random): MatchProblem {
  const letters = [...random.pick(["ab", "abc", "abc", "abcd", "01", "xyz"])];
  for (;;) {
    const tree = drawTree(random, letters);
    const count = lettersOf(tree).length;
    if (count < 3 || count > 6 || !JSON.stringify(tree).includes('"repeat"')) continue;
    const right = random.chance(0.5);
    const sample = wordOf(random, tree);
    const word = right ? sample : changed(random, sample, letters);
    if (word.length < 2 || word.length > 7 || matches(placesOf(tree), word) !== right) continue;
    return { ask: "match", tree, word };
  }
}

function drawTree(random: Random, letters: readonly string[]): Tree {
  const letter = (): Tree => ({ kind: "letter", letter: random.pick(letters) });
  const sign = () => random.pick(["*", "*", "+", "+", "?"] as const);
  const choice = (): Tree => {
    const [a, b] = random.shuffle(letters);
    const left: Tree = { kind: "letter", letter: a! };
    const right: Tree = random.chance(0.25)
      ? { kind: "row", parts: [{ kind: "letter", letter: b! }, letter()] }
      : { kind: "letter", letter: b! };
    return { kind: "choice", parts: [left, right] };
  };
  const parts = Array.from({ length: random.int(2, 4) }, () =>
    random.weighted<() => Tree>([
      [letter, 4],
      [() => ({ kind: "repeat", sign: sign(), part: letter() }), 4],
      [choice, 2],
      [() => ({ kind: "repeat", sign: sign(), part: choice() }), 2],
      [
        () => ({
          kind: "repeat",
          sign: random.pick(["*", "+"] as const),
          part: { kind: "row", parts: [letter(), letter()] },
        }),
        1,
      ],
    ])(),
  );
  return { kind: "row", parts };
}

/** A word that an expression matches. */
function wordOf(random: Random, tree: Tree): string {
  switch (tree.kind) {
    case "letter":
      return tree.letter;
    case "row":
      return tree.parts.map((part) => wordOf(random, part)).join("");
    case "choice":
      return wordOf(random, random.pick(tree.parts));
    case "repeat": {
      const times = tree.sign === "?" ? random.int(0, 1) : random.int(tree.sign === "+" ? 1 : 0, 3);
      return Array.from({ length: times }, () => wordOf(random, tree.part)).join("");
    }
  }
}

/** A word with one letter changed, dropped, doubled, or with two in the other order. */
function changed(random: Random, word: string, letters: readonly string[]): string {
  if (word === "") return random.pick(letters);
  const at = random.below(word.length);
  const [before, here, behind] = [word.slice(0, at), word[at]!, word.slice(at + 1)];
  return random.pick([
    before + random.pick(letters) + behind,
    before + behind,
    before + here + here + behind,
    before + behind.slice(0, 1) + here + behind.slice(1),
    word + random.pick(letters),
  ]);
}

/** The last state, or `yes` or `no`. */
export function solve(problem: Problem): string {
  if (problem.ask === "match") return matches(placesOf(problem.tree), problem.word) ? "yes" : "no";
  const last = wayOf(problem).at(-1)!;
  return problem.ask === "state" ? last : problem.accepting.includes(last) ? "yes" : "no";
}

/** Equal for equal problems, whatever states and letters are called. */
export function problemKey(problem: Problem): string {
  if (problem.ask !== "match") return automatonKey(problem);
  const order = lettersInOrder(problem.word, lettersOf(problem.tree));
  return expressionKey(problem.tree, problem.word, order);
}
