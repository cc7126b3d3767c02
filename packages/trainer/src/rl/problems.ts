// Which problems a stage asks: drawn by the curriculum, or always the same ones. Owns their seeds, the split (train only, in trained
// wordings) and what has to be remembered; the same state gives the same problems.

import { hash } from "node:crypto";
import { Curriculum, type CurriculumDraw, type CurriculumState, familyById, generateRow } from "@lemma/gym";
import type { DatasetRow, Message } from "@lemma/protocol";
import type { RlTask } from "../recipe/rl-schema.ts";

/** A problem with its number, counted over the whole stage. */
export interface RlProblem {
  number: number;
  row: DatasetRow;
  draw: CurriculumDraw;
}

/** Plain JSON: what a later process needs to go on with the same problems. */
export interface ProblemsState {
  asked: number;
  curriculum: CurriculumState;
}

export interface ProblemsOptions {
  tasks: readonly RlTask[];
  seed: number;
  /** Only so many problems, the same every time. */
  fixed?: number | undefined;
  state?: ProblemsState | undefined;
}

/** A seed of its own for each use, so that a stage's problems and replies are not those of its training data. */
export const seedFor = (use: string, ...numbers: readonly number[]): number =>
  Number.parseInt(hash("sha256", `${use} ${numbers.join(" ")}`, "hex").slice(0, 13), 16); // 52 bits

/** What the model is asked: the row without its solution. */
export const questionMessages = ({ messages }: DatasetRow): Message[] =>
  messages.filter(({ role }) => role !== "assistant");

/** @example new Problems({ tasks, seed: 1 }).take(16) */
export class Problems {
  readonly #curriculum: Curriculum;
  readonly #languages: ReadonlyMap<string, readonly ("en" | "zh")[]>;
  readonly #seed: number;
  readonly #fixed: readonly RlProblem[] | undefined;
  #asked: number;

  /** Throws LEMMA_E_TASK, LEMMA_E_OPTION for tasks and levels that can't be. */
  constructor({ tasks, seed, fixed, state }: ProblemsOptions) {
    this.#seed = seedFor("problems", seed);
    this.#languages = new Map(tasks.map(({ gym, languages }) => [gym, languages]));
    const dials = tasks.map(({ gym, weight, levels = familyById(gym).levels, start }) => ({
      task: gym,
      weight,
      levels,
      start: start ?? Math.min(levels, familyById(gym).defaultLevel),
    }));
    const make = (known?: CurriculumState): Curriculum =>
      new Curriculum({ tasks: dials, seed, ...(known === undefined ? {} : { state: known }) });
    if (fixed !== undefined) {
      this.#curriculum = make();
      this.#asked = 0;
      this.#fixed = Array.from({ length: fixed }, () => this.#draw());
    }
    this.#curriculum = make(state?.curriculum);
    this.#asked = state?.asked ?? 0;
  }

  /** The next problems. Fixed ones come in turn. */
  take(count: number): RlProblem[] {
    return Array.from({ length: count }, () => {
      const fixed = this.#fixed;
      if (fixed === undefined) return this.#draw();
      const number = this.#asked++;
      return { ...fixed[number % fixed.length]!, number };
    });
  }

  /** Tells that `passed` of `tried` replies passed. */
  record({ draw }: RlProblem, passed: number, tried: number): void {
    if (tried > 0) this.#curriculum.record(draw, passed, tried);
  }

  /** How the tasks stand. */
  standing(): ReturnType<Curriculum["standing"]> {
    return this.#curriculum.standing();
  }

  state(): ProblemsState {
    return { asked: this.#asked, curriculum: this.#curriculum.state() };
  }

  #draw(): RlProblem {
    const number = this.#asked++;
    const draw = this.#curriculum.next();
    const { task, level, index } = draw;
    const languages = this.#languages.get(task)!;
    const language = languages[index % languages.length]!;
    const row = generateRow({ task, level, index, language, seed: this.#seed, split: "train", phrasing: "trained" });
    return { number, row, draw };
  }
}
