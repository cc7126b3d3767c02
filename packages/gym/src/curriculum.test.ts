// The curriculum on simulated learners: it must hold each task's pass rate in the band whatever the levels are like, follow a learner up
// and down, say what can't be held, and be reproducible.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Curriculum, type CurriculumOptions, type CurriculumTask } from "./curriculum.ts";
import { Random } from "./random.ts";

/** The probability that a reply passes, by task, level and how many replies the learner has had at the task. */
type Learner = (task: string, level: number, had: number) => number;

/** Runs a learner; gives the pass rate of each task in windows of `window` replies. */
function simulate(options: CurriculumOptions, learner: Learner, { draws = 4_000, group = 4, window = 400 } = {}) {
  const curriculum = new Curriculum(options);
  const random = Random.fromSeed(99).split("learner");
  const had = new Map<string, number>();
  const replies = new Map<string, boolean[]>(options.tasks.map(({ task }) => [task, []]));
  for (let i = 0; i < draws; i++) {
    const draw = curriculum.next();
    let passed = 0;
    for (let k = 0; k < group; k++) {
      const before = had.get(draw.task) ?? 0;
      had.set(draw.task, before + 1);
      const isPassed = random.chance(learner(draw.task, draw.level, before));
      if (isPassed) passed++;
      replies.get(draw.task)!.push(isPassed);
    }
    curriculum.record(draw, passed, group);
  }
  const rates = new Map(
    [...replies].map(([task, all]) => {
      const windows = Array.from({ length: Math.floor(all.length / window) }, (_, i) =>
        all.slice(i * window, (i + 1) * window),
      );
      return [task, windows.map((own) => own.filter(Boolean).length / window)];
    }),
  );
  return { curriculum, rates, had };
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const tasks = (...list: (CurriculumTask | string)[]): CurriculumTask[] =>
  list.map((task) => (typeof task === "string" ? { task, levels: 6 } : { levels: 6, ...task }));
/** After the dial has found its place. */
const settled = (rates: readonly number[]): readonly number[] => rates.slice(2);
const within = (rates: readonly number[], low: number, high: number): void => {
  assert.ok(rates.length >= 3);
  for (const rate of rates) assert.ok(rate >= low && rate <= high, rates.map((r) => r.toFixed(2)).join(" "));
};

test("learners at rest, of every skill and slope: each task stays in the band", () => {
  const shapes: Record<string, Learner> = {
    gentle: (_, level) => logistic(2.6 - 0.7 * level),
    steep: (_, level) => logistic(4 * (3.4 - level)),
    cliff: (_, level) => (level <= 4 ? 0.97 : 0.02),
    coarse: (_, level) => (level === 1 ? 0.9 : 0.1),
    uneven: (_, level) => [0.95, 0.9, 0.92, 0.3, 0.35, 0.05][level - 1]!,
  };
  const learner: Learner = (task, level, had) => shapes[task]!(task, level, had);
  const { rates, curriculum } = simulate({ tasks: tasks(...Object.keys(shapes)), seed: 1 }, learner, { draws: 5_000 });
  for (const task of Object.keys(shapes)) within(settled(rates.get(task)!), 0.3, 0.7);
  assert.ok(curriculum.standing().every(({ status }) => status === "in range"));
});

test("a learner that gets better, and one that forgets: the level follows, the rate stays in the band", () => {
  const skill = (task: string, had: number): number => (task === "learns" ? 1 + had / 1_500 : 5 - had / 1_500);
  const learner: Learner = (task, level, had) => logistic(2 * (skill(task, had) - level));
  const options = { tasks: tasks("learns", { task: "forgets", start: 5 }), seed: 2 };
  const { rates, curriculum } = simulate(options, learner, { draws: 2_800 });
  for (const task of ["learns", "forgets"]) within(settled(rates.get(task)!), 0.2, 0.8);
  const [learns, forgets] = curriculum.standing();
  assert.ok(learns!.dial > 3.5 && forgets!.dial < 2.5, `${learns!.dial} ${forgets!.dial}`);
  const drawn = (levels: { tried: number }[]) => levels.map(({ tried }) => tried > 0);
  assert.deepEqual(drawn(learns!.levels.slice(0, 4)), [true, true, true, true]);
});

test("what can't be held is said, and rests: mastered at its highest level, hopeless at its lowest", () => {
  const rate: Record<string, number> = { mastered: 0.99, hopeless: 0.01 };
  const learner: Learner = (task, level) => rate[task] ?? logistic(2 * (3 - level));
  const { curriculum, rates, had } = simulate({ tasks: tasks("mastered", "hopeless", "fair"), seed: 3 }, learner);
  const [mastered, hopeless, fair] = curriculum.standing();
  assert.deepEqual([mastered!.status, mastered!.dial], ["easy", 6]);
  assert.deepEqual([hopeless!.status, hopeless!.dial], ["hard", 1]);
  assert.equal(fair!.status, "in range");
  within(settled(rates.get("fair")!), 0.3, 0.7);
  assert.ok(had.get("fair")! > 4 * had.get("mastered")! && had.get("hopeless")! > 200);
});

test("a band of one's own: harder or easier than half", () => {
  for (const [low, high] of [
    [0.1, 0.4],
    [0.6, 0.9],
  ] as const) {
    const { rates } = simulate({ tasks: tasks("a"), seed: 4, low, high }, (_, level) => logistic(1.5 * (3.5 - level)));
    within(settled(rates.get("a")!), low, high);
  }
});

test("weights say how often tasks are drawn; each draw has an index of its own", () => {
  const curriculum = new Curriculum({ tasks: tasks({ task: "a", weight: 3 }, "b"), seed: 5 });
  const draws = Array.from({ length: 4_000 }, () => curriculum.next());
  const share = draws.filter(({ task }) => task === "a").length / draws.length;
  assert.ok(Math.abs(share - 0.75) < 0.03, String(share));
  assert.equal(new Set(draws.map(({ task, level, index }) => `${task} ${level} ${index}`)).size, draws.length);
  assert.ok(draws.every(({ level }) => level === 1)); // nothing was observed
});

test("the same seed and observations give the same draws, interrupted or not; another seed others", () => {
  const run = (seed: number, stopAt?: number): string[] => {
    const options = { tasks: tasks("a", "b"), seed };
    let curriculum = new Curriculum(options);
    return Array.from({ length: 300 }, (_, i) => {
      if (i === stopAt) {
        const state = JSON.parse(JSON.stringify(curriculum.state()));
        curriculum = new Curriculum({ ...options, state });
      }
      const draw = curriculum.next();
      curriculum.record(draw, (i * 7) % 5, 8);
      return `${draw.task} ${draw.level} ${draw.index}`;
    });
  };
  assert.deepEqual(run(6), run(6));
  assert.deepEqual(run(6), run(6, 111));
  assert.notDeepEqual(run(6), run(7));
});

test("families of the gym bring their own levels; what makes no sense is refused", () => {
  assert.equal(new Curriculum({ tasks: [{ task: "ordering" }] }).standing()[0]!.levels.length, 3);
  assert.throws(() => new Curriculum({ tasks: [{ task: "no-such-task" }] }), { code: "LEMMA_E_TASK" });
  const bad: CurriculumOptions[] = [
    { tasks: [] },
    { tasks: tasks("a", "a") },
    { tasks: tasks("a"), low: 0.8, high: 0.2 },
    { tasks: tasks("a"), high: Number.NaN },
    { tasks: tasks({ task: "a", weight: 0 }) },
    { tasks: tasks({ task: "a", weight: Number.POSITIVE_INFINITY }) },
    { tasks: tasks({ task: "a", start: 7 }) },
    { tasks: tasks({ task: "a", levels: 0 }) },
  ];
  for (const options of bad) assert.throws(() => new Curriculum(options), { code: "LEMMA_E_OPTION" });
  const curriculum = new Curriculum({ tasks: tasks("a") });
  const at = { task: "a", level: 1 };
  for (const [passed, tried] of [
    [-1, 1],
    [2, 1],
    [0.5, 1],
    [Number.NaN, 1],
  ] as const)
    assert.throws(() => curriculum.record(at, passed, tried), { code: "LEMMA_E_OPTION" });
  for (const draw of [
    { task: "b", level: 1 },
    { task: "a", level: 7 },
    { task: "__proto__", level: 1 },
  ])
    assert.throws(() => curriculum.record(draw, 1), { code: "LEMMA_E_OPTION" });
});
