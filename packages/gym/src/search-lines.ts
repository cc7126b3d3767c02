// Breadth-first search as lines of reasoning, and the judging of such lines. Owns the notation:
//
//   0: 0,0                              the states of each distance, from the start on
//   0,0: fill 3 3,0; fill 5 0,5         a state taken up: each move, what is worked out for it, where it leads,
//   1: 3,0; 0,5
//   3,0: fill 5 3,5; empty 3 0,0 seen; 3>5 0+3=3<=5 0,3       and `seen`, `#` (blocked) or, at the end, `goal`
//   …
//   moves: 3+1=4                        how many moves lead to the goal, where it is asked
//   back: 1,5; 3>5 3,3; fill 3 0,3; 3>5 3,0; fill 3 0,0       else the moves from the goal back to the start, each with the state before it
//   found: none                         where the goal is never met
//
// Knows no family: a family says how its moves are written.

import type { Language, Verdict } from "@lemma/protocol";
import { proved, refuted, type StepContext, type StepLine, type TaskVerdict, unknown } from "@lemma/verify";
import {
  breadthFirst,
  type Search,
  type Space,
  type State,
  type Status,
  type Step,
  writeState,
} from "./breadth-first.ts";

/** How a family writes its moves: a name without spaces at its ends, and what is worked out, if anything. */
export interface MoveText<M> {
  move(move: M, language: Language): string;
  work?(from: State, step: Step<M>): string;
}

const LANGUAGES: readonly Language[] = ["en", "zh"];
const STATUS: Readonly<Record<Language, Readonly<Record<Status, string>>>> = {
  en: { new: "", seen: "seen", blocked: "#", goal: "goal" },
  zh: { new: "", seen: "见过", blocked: "#", goal: "目标" },
};
const LABELS = {
  en: { moves: "moves", back: "back", found: "found", none: "none" },
  zh: { moves: "步数", back: "回溯", found: "找到", none: "无" },
} as const;

/** The words of the lines beside the moves. */
export const SEARCH_WORDS: readonly string[] = LANGUAGES.flatMap((language) => [
  ...Object.values(STATUS[language]).filter((word) => /\p{L}/u.test(word)),
  ...Object.values(LABELS[language]),
]);

/** A family's search lines: writing them, and judging them for a problem read from a question. */
export class SearchLines<P extends object, M> {
  readonly #space: (problem: P) => Space<M>;
  readonly #text: MoveText<M>;
  readonly #searches = new WeakMap<P, Search<M>>();

  constructor(space: (problem: P) => Space<M>, text: MoveText<M>) {
    this.#space = space;
    this.#text = text;
  }

  /** The search of a problem, made once. */
  search(problem: P): Search<M> {
    const known = this.#searches.get(problem) ?? breadthFirst(this.#space(problem));
    this.#searches.set(problem, known);
    return known;
  }

  /** The lines; the last one says the number of moves, or the way back. */
  write(problem: P, language: Language, end: "moves" | "back"): string[] {
    const { visits, levels, way } = this.search(problem);
    const lines: string[] = [];
    let depth = -1;
    for (const visit of visits) {
      if (visit.depth > depth) lines.push(writeLevel(++depth, levels[depth]!));
      const steps = visit.steps.map((step) => this.#writeStep(visit.state, step, language));
      lines.push(`${writeState(visit.state)}: ${steps.join("; ") || LABELS[language].none}`);
    }
    const labels = LABELS[language];
    if (way === undefined) return [...lines, `${labels.found}: ${labels.none}`];
    if (end === "moves") return [...lines, `${labels.moves}: ${depth}+1=${way.length}`];
    return [...lines, `${labels.back}: ${this.#writeBack(way, language)}`];
  }

  #writeStep(from: State, step: Step<M> & { status: Status }, language: Language): string {
    const work = this.#text.work?.(from, step) ?? "";
    const parts = [this.#text.move(step.move, language), work, writeState(step.to), STATUS[language][step.status]];
    return parts.filter((part) => part !== "").join(" ");
  }

  #writeBack(way: NonNullable<Search<M>["way"]>, language: Language): string {
    const before = way.map(({ move, from }) => `${this.#text.move(move, language)} ${writeState(from)}`);
    return [...way.slice(-1).map(({ to }) => writeState(to)), ...before.reverse()].join("; ");
  }

  /** The verdict on a line of this notation, in either language; undefined for others. */
  judge(problem: P, line: StepLine, { steps }: StepContext): TaskVerdict | undefined {
    const { label, body } = line;
    if (label === undefined) return undefined;
    const isNow = (name: "moves" | "back" | "found") => LANGUAGES.some((language) => LABELS[language][name] === label);
    const lastOf = (is: (step: StepLine) => boolean) => steps.findLast(is)?.index ?? -1;
    const lastVisit = () => lastOf((step) => isState(step.label));
    const linked = (verdict: Verdict | undefined, from: number[]): TaskVerdict | undefined =>
      verdict === undefined ? undefined : { ...verdict, from: [...new Set(from)] };
    if (isNow("moves"))
      return linked(this.#judgeMoves(problem, body), [lastOf((step) => isLevel(step.label)), lastVisit()]);
    if (isNow("found")) return linked(this.#judgeFound(problem, body), [lastVisit()]);
    if (isNow("back")) return linked(this.#judgeBack(problem, body), [lastVisit()]);
    if (isLevel(label)) return linked(this.#judgeLevel(problem, Number(label), body), [lastVisit()]);
    if (!isState(label)) return undefined;
    const level = lastOf((step) => isLevel(step.label) && step.body.split(/;\s*/).includes(label));
    return linked(this.#judgeVisit(problem, label, body), [level]);
  }

  #judgeLevel(problem: P, depth: number, body: string): Verdict | undefined {
    const states = body.split(/;\s*/).map((text) => text.trim());
    if (!states.every(isState)) return undefined;
    const expected = this.search(problem).levels[depth]?.map(writeState) ?? [];
    return sameSet(states, expected) ? proved("enumeration") : refuted({ [`${depth}`]: expected.join("; ") || "none" });
  }

  #judgeVisit(problem: P, label: string, body: string): Verdict {
    const visit = this.search(problem).visits.find(({ state }) => writeState(state) === label);
    if (visit === undefined) return unknown("undecided");
    const parts = body.split(/[;；]\s*/).map((text) => text.trim().replace(/\s+/g, " "));
    const expected = visit.steps.map((step) =>
      LANGUAGES.map((language) => this.#writeStep(visit.state, step, language)),
    );
    const wrong = parts.find((part) => !expected.some((forms) => forms.includes(part)));
    const missing = expected.find((forms) => !parts.some((part) => forms.includes(part)));
    if (missing === undefined && wrong === undefined) return proved("enumeration");
    if (expected.length === 0 && LANGUAGES.some((language) => LABELS[language].none === body))
      return proved("enumeration");
    return refuted({ ...(wrong === undefined ? {} : { found: wrong }), expected: missing?.[0] ?? "none" });
  }

  #judgeMoves(problem: P, body: string): Verdict | undefined {
    const sum = /^(?:(\d{1,4})\s*\+\s*1\s*=\s*)?(\d{1,4})$/.exec(body);
    if (sum === null) return undefined;
    const { way } = this.search(problem);
    const isRight = Number(sum[2]) === way?.length && (sum[1] === undefined || Number(sum[1]) + 1 === Number(sum[2]));
    return isRight ? proved("enumeration") : refuted({ moves: `${way?.length ?? "none"}` });
  }

  #judgeFound(problem: P, body: string): Verdict | undefined {
    if (!LANGUAGES.some((language) => LABELS[language].none === body)) return undefined;
    const { way } = this.search(problem);
    return way === undefined ? proved("enumeration") : refuted({ back: this.#writeBack(way, "en") });
  }

  /** The way back, replayed from the goal: each move, made in the state behind it, leads to the state before it. */
  #judgeBack(problem: P, body: string): Verdict | undefined {
    const space = this.#space(problem);
    const [end = "", ...parts] = body.split(/[;；]\s*/).map((text) => text.trim());
    if (!isState(end)) return undefined;
    let state = end;
    for (const part of parts) {
      const at = part.lastIndexOf(" ");
      const [name, before] = [part.slice(0, at).trim(), part.slice(at + 1)];
      if (!isState(before)) return undefined;
      const step = space
        .steps(before.split(",").map(Number))
        .find(({ move }) => LANGUAGES.some((language) => this.#text.move(move, language) === name));
      if (step === undefined || step.isBlocked || writeState(step.to) !== state)
        return refuted({ [part]: step === undefined ? "no move" : writeState(step.to) });
      state = before;
    }
    if (state !== writeState(space.start)) return refuted({ start: writeState(space.start) });
    const isGoal = space.isGoal(end.split(",").map(Number));
    return isGoal ? proved("enumeration") : refuted({ [end]: "not the goal" });
  }
}

const isState = (text = ""): boolean => /^\d{1,4}(?:,\d{1,4})+$/.test(text);
const isLevel = (text = ""): boolean => /^\d{1,4}$/.test(text);
const writeLevel = (depth: number, states: readonly State[]): string =>
  `${depth}: ${states.map(writeState).join("; ")}`;
const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && [...a].sort().join(" ") === [...b].sort().join(" ");
