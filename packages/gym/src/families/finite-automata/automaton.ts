// Deterministic finite automata and the words they read. Owns the problem, its canonical key and what an automaton does; knows no wording.

/** An automaton: `next` has a row for each state and in it a state for each letter, in the order of `letters`. */
export interface Automaton {
  readonly states: readonly string[];
  readonly letters: readonly string[];
  readonly next: readonly (readonly string[])[];
  readonly start: string;
  readonly accepting: readonly string[];
}

/** `state`: where does it end? `accept`: is the word accepted? */
export type Ask = "state" | "accept";

export interface AutomatonProblem extends Automaton {
  readonly ask: Ask;
  readonly word: string;
}

/** The states that a word leads through, the start first. */
export function wayOf({ states, letters, next, start, word }: AutomatonProblem): string[] {
  const way = [start];
  for (const letter of word) way.push(next[states.indexOf(way.at(-1)!)]![letters.indexOf(letter)]!);
  return way;
}

/** The letters in the order in which the word has them, then the others; the n-th is called n-th in keys. */
export function lettersInOrder(word: string, letters: readonly string[]): string[] {
  return [...new Set([...word, ...[...letters].sort()])];
}

/**
 * Equal for equal problems: states have the numbers in which they are found from the start, letters those in which the word has them;
 * a state that can't be reached is no part of the problem, nor are accepting states where only the last state is asked for.
 */
export function automatonKey(problem: AutomatonProblem): string {
  const { states, letters, next, start, accepting, ask, word } = problem;
  const order = lettersInOrder(word, letters);
  const found = [start];
  const rows: string[] = [];
  for (let at = 0; at < found.length; at++) {
    const row = next[states.indexOf(found[at]!)]!;
    const targets = order.map((letter) => {
      const target = row[letters.indexOf(letter)]!;
      if (!found.includes(target)) found.push(target);
      return found.indexOf(target);
    });
    rows.push(targets.join(","));
  }
  const ends =
    ask === "state" ? "" : ` ends ${found.flatMap((state, i) => (accepting.includes(state) ? [i] : [])).join(",")}`;
  return `${ask} ${[...word].map((letter) => order.indexOf(letter)).join("")} ${rows.join(";")}${ends}`;
}
