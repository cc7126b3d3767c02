// The reasoning of automata, letter by letter. Owns the lines; what stands before a line's colon is its slot, which no other line has.
//
//   q0: a q1, b q0          an automaton's state: where each letter leads
//   word: 1 a, 2 b          the word with its places
//   1 q0 a: q1              at place 1, in q0, an a leads to q1
//   end: q1                 the last state
//   accepting q1: yes       is it accepting?
//
//   places: 1 a, 2 b, 3 c   a regular expression's letters with their places
//   start: 1 a              the places that can begin
//   after 1: 2 b, 3 c, end  what can come after place 1
//   1 a: 1 a; 1             the places that could come, and those that have the letter; `none` ends it
//   end 1: yes              can the word end at the place? Several places are asked together: `end 2, 3: no`

import { wayOf } from "./automaton.ts";
import { merged, placesOf, stepsOf } from "./expression.ts";
import type { Problem } from "./problem.ts";

/** Words of the traces that are no words of the questions. */
export const VOCABULARY = ["word", "end", "accepting", "places", "start", "after", "none", "yes", "no", "是", "否"];

const spell = (text: string): string => [...text].map((letter, i) => `${i + 1} ${letter}`).join(", ");

/** The lines of a problem. */
export function traceProblem(problem: Problem): string[] {
  const spelled = `word: ${spell(problem.word)}`;
  if (problem.ask !== "match") {
    const { states, letters, next, accepting, word } = problem;
    const way = wayOf(problem);
    const last = way.at(-1)!;
    return [
      ...states.map((state, i) => `${state}: ${letters.map((letter, j) => `${letter} ${next[i]![j]}`).join(", ")}`),
      spelled,
      ...[...word].map((letter, i) => `${i + 1} ${way[i]} ${letter}: ${way[i + 1]}`),
      `end: ${last}`,
      ...(problem.ask === "accept" ? [`accepting ${last}: ${accepting.includes(last) ? "yes" : "no"}`] : []),
    ];
  }
  const places = placesOf(problem.tree);
  const { letters, after } = places;
  const named = (list: readonly number[]) =>
    list.map((place) => (place === 0 ? "end" : `${place} ${letters[place - 1]}`)).join(", ");
  const steps = stepsOf(places, problem.word);
  const lines = steps.map(
    ({ could, fit }, i) => `${i + 1} ${problem.word[i]}: ${named(could) || "none"}; ${fit.join(", ") || "none"}`,
  );
  const standing = steps.at(-1)?.fit ?? [0];
  const ends = merged(standing.map((place) => after[place]!)).includes(0);
  return [
    `places: ${spell(letters.join(""))}`,
    `start: ${named(after[0]!)}`,
    ...letters.map((_, i) => `after ${i + 1}: ${named(after[i + 1]!) || "none"}`),
    spelled,
    ...lines,
    ...(standing.length > 0 ? [`end ${standing.join(", ")}: ${ends ? "yes" : "no"}`] : []),
  ];
}
