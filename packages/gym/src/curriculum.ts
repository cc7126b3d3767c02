// Which task and level to draw next, so that each task is passed about half of the time while the model learns. Owns that choice and what
// it has to remember; makes no problems and knows no model.
//
// Each task has a dial from 1 to its highest level. Between two levels it mixes them: at 2.3 a draw is of level 3 with probability .3. Each
// observed reply turns the dial: up by STEP × (1 − target) if it passed, down by STEP × target if not (a staircase; stochastic
// approximation, Robbins and Monro 1951). It rests where the expected pass rate is the target, the middle of the band, also where one level
// is far too easy and the next far too hard; and it follows the model up, or down when it forgets. At an end of the dial a rate outside the
// band can't be mended: such a task rests (it is drawn seldom, so that a change is noticed) and `standing` says so.

import { LemmaError } from "@lemma/protocol";
import { Random } from "./random.ts";
import { familyById } from "./registry.ts";

export interface CurriculumTask {
  task: string;
  /** Levels 1 … levels; default the family's. */
  levels?: number;
  /** How often the task is drawn, relative to the others; default 1. */
  weight?: number;
  /** Where the dial begins; default 1. */
  start?: number;
}

export interface CurriculumOptions {
  tasks: readonly CurriculumTask[];
  seed?: number;
  /** The band of pass rates; default .2 to .8. */
  low?: number;
  high?: number;
  /** What `state` gave: the curriculum goes on from there. */
  state?: CurriculumState;
}

/** What to ask. `index` counts the draws of this task and level: `generateRow({ task, level, seed, index })` repeats no problem row. */
export interface CurriculumDraw {
  task: string;
  level: number;
  index: number;
}

/** Replies observed at a level: how many, and how many passed. */
export interface Observed {
  tried: number;
  passed: number;
}

/** All that the choice depends on besides the options; plain JSON. */
export interface CurriculumState {
  draws: number;
  tasks: Record<string, { dial: number; recent: Observed; levels: (Observed & { draws: number })[] }>;
}

/** How a task stands. `rate` is that of recent replies over all levels, null before there are enough. */
export interface TaskStanding {
  task: string;
  dial: number;
  rate: number | null;
  /** `easy`, `hard`: outside the band at the highest, at the lowest level. */
  status: "new" | "in range" | "moving" | "easy" | "hard";
  /** Everything that was ever observed, by level. */
  levels: Observed[];
}

/** Levels that one reply can move the dial. */
const STEP = 0.02;
/** Replies after which an observation counts half in the recent rate, and the fewest that make a rate. */
const HALF_LIFE = 64;
const ENOUGH = 32;
/** The weight of a task that rests, relative to its own. */
const RESTING = 0.1;

/**
 * A curriculum over tasks. The same seed and observations give the same draws.
 * @example
 * const curriculum = new Curriculum({ tasks: [{ task: "ordering" }, { task: "multiplication", weight: 2 }], seed: 7 });
 * const draw = curriculum.next(); // { task: "multiplication", level: 1, index: 0 }
 * curriculum.record(draw, 5, 8); // five of eight replies passed
 */
export class Curriculum {
  readonly #tasks: readonly Required<CurriculumTask>[];
  readonly #band: { readonly low: number; readonly high: number };
  readonly #stream: Random;
  readonly #state: CurriculumState;

  /** Throws LEMMA_E_TASK for an unknown task without `levels`, LEMMA_E_OPTION for what makes no sense. */
  constructor({ tasks, seed = 0, low = 0.2, high = 0.8, state }: CurriculumOptions) {
    if (!(low >= 0 && low < high && high <= 1)) throw wrong("low, high", "0 <= low < high <= 1", `${low}, ${high}`);
    this.#tasks = tasks.map(checkedTask);
    const ids = new Set(tasks.map(({ task }) => task));
    if (ids.size < tasks.length || tasks.length === 0)
      throw wrong("tasks", "at least one, none twice", [...ids].join());
    this.#band = { low, high };
    this.#stream = Random.fromSeed(seed).split("curriculum");
    const known = state === undefined ? {} : structuredClone(state.tasks);
    const entries = this.#tasks.map(({ task, levels, start }) => {
      const before = Object.hasOwn(known, task) ? known[task] : undefined;
      const dial = Math.min(levels, before?.dial ?? start);
      const seen = Array.from({ length: levels }, (_, i) => before?.levels[i] ?? { tried: 0, passed: 0, draws: 0 });
      return [task, { dial, recent: before?.recent ?? { tried: 0, passed: 0 }, levels: seen }] as const;
    });
    this.#state = { draws: state?.draws ?? 0, tasks: Object.fromEntries(entries) };
  }

  /** The next task and level. */
  next(): CurriculumDraw {
    const random = this.#stream.split(this.#state.draws++);
    const weights = this.#tasks.map((task) => task.weight * (this.#rests(task) ? RESTING : 1));
    const { task, levels } = this.#tasks[random.proportional(weights)]!;
    const { dial, levels: seen } = this.#state.tasks[task]!;
    const lower = Math.floor(dial);
    const level = Math.min(levels, lower + (random.chance(dial - lower) ? 1 : 0));
    return { task, level, index: seen[level - 1]!.draws++ };
  }

  /** Takes in that `passed` of `tried` replies to a draw passed. Throws LEMMA_E_OPTION for a task, level or count that can't be. */
  record({ task, level }: Pick<CurriculumDraw, "task" | "level">, passed: number, tried = 1): void {
    const known = Object.hasOwn(this.#state.tasks, task) ? this.#state.tasks[task] : undefined;
    const seen = known?.levels[level - 1];
    if (known === undefined || seen === undefined)
      throw wrong("draw", "a task and level of this curriculum", `${task} ${level}`);
    const isCount = Number.isSafeInteger(passed) && Number.isSafeInteger(tried) && passed >= 0 && passed <= tried;
    if (!isCount) throw wrong("passed, tried", "counts, passed <= tried", `${passed}, ${tried}`);
    seen.tried += tried;
    seen.passed += passed;
    const kept = 0.5 ** (tried / HALF_LIFE);
    known.recent = { tried: known.recent.tried * kept + tried, passed: known.recent.passed * kept + passed };
    const dial = known.dial + STEP * (passed - tried * this.#target);
    known.dial = Math.min(known.levels.length, Math.max(1, dial));
  }

  /** How each task stands, in the order of the options. */
  standing(): TaskStanding[] {
    return this.#tasks.map((task) => {
      const { dial, recent, levels } = this.#state.tasks[task.task]!;
      const rate = recent.tried < ENOUGH ? null : recent.passed / recent.tried;
      const observed = levels.map(({ tried, passed }) => ({ tried, passed }));
      return { task: task.task, dial, rate, status: this.#status(rate, dial, task.levels), levels: observed };
    });
  }

  /** What a later curriculum with the same options needs to go on as this one would. */
  state(): CurriculumState {
    return structuredClone(this.#state);
  }

  get #target(): number {
    return (this.#band.low + this.#band.high) / 2;
  }

  #status(rate: number | null, dial: number, levels: number): TaskStanding["status"] {
    if (rate === null) return "new";
    if (rate > this.#band.high) return dial >= levels ? "easy" : "moving";
    if (rate < this.#band.low) return dial <= 1 ? "hard" : "moving";
    return "in range";
  }

  #rests({ task, levels }: Required<CurriculumTask>): boolean {
    const { dial, recent } = this.#state.tasks[task]!;
    const rate = recent.tried < ENOUGH ? null : recent.passed / recent.tried;
    const status = this.#status(rate, dial, levels);
    return status === "easy" || status === "hard";
  }
}

function checkedTask(given: CurriculumTask): Required<CurriculumTask> {
  const { task, levels = familyById(task).levels, weight = 1, start = 1 } = given;
  if (!Number.isSafeInteger(levels) || levels < 1) throw wrong(`levels of ${task}`, "1 or more", levels);
  if (!(weight > 0 && weight < Number.POSITIVE_INFINITY)) throw wrong(`weight of ${task}`, "above 0", weight);
  if (!(start >= 1 && start <= levels)) throw wrong(`start of ${task}`, `1 to ${levels}`, start);
  return { task, levels, weight, start };
}

const wrong = (option: string, expected: string, found: unknown): LemmaError =>
  new LemmaError("LEMMA_E_OPTION", { option, expected, found: String(found) });
