// Breadth-first search in states that are lists of numbers (amounts in jugs, a row and a column). Owns the order of the search and the way
// back; knows no family and no words (search-lines.ts writes it down).

/** A state, such as the amounts in jugs. */
export type State = readonly number[];

/** What one move does in a state. A blocked one leads nowhere and is listed because a reader must see why. */
export interface Step<M> {
  readonly move: M;
  readonly to: State;
  readonly isBlocked?: boolean;
}

/** Where to search. `steps` lists the moves of a state in a fixed order. */
export interface Space<M> {
  readonly start: State;
  isGoal(state: State): boolean;
  steps(state: State): readonly Step<M>[];
}

/** What the search makes of a step: a new state, one that was met before, none at all, or the goal. */
export type Status = "new" | "seen" | "blocked" | "goal";

/** One state taken up: its steps, up to the goal. */
export interface Visit<M> {
  readonly state: State;
  readonly depth: number;
  readonly steps: readonly (Step<M> & { readonly status: Status })[];
}

/** A whole search. `levels` are the states by their distance, as far as they were met; `way` is a shortest one. */
export interface Search<M> {
  readonly visits: readonly Visit<M>[];
  readonly levels: readonly (readonly State[])[];
  readonly way: readonly (Step<M> & { readonly from: State })[] | undefined;
}

/** A state as text, which also names it. */
export const writeState = (state: State): string => state.join(",");

/**
 * Searches level by level and ends with the first step that meets the goal.
 * @example
 * breadthFirst({ start: [0], isGoal: ([n]) => n === 2, steps: ([n]) => [{ move: "+1", to: [n! + 1] }] }).way!.length // 2
 */
export function breadthFirst<M>(space: Space<M>): Search<M> {
  const visits: Visit<M>[] = [];
  const levels: State[][] = [[space.start]];
  const before = new Map<string, (Step<M> & { from: State }) | undefined>([[writeState(space.start), undefined]]);
  if (space.isGoal(space.start)) return { visits, levels, way: [] };
  for (let depth = 0; levels[depth] !== undefined; depth++)
    for (const state of levels[depth]!) {
      const steps: (Step<M> & { status: Status })[] = [];
      visits.push({ state, depth, steps });
      for (const step of space.steps(state)) {
        const name = writeState(step.to);
        if (step.isBlocked || before.has(name)) {
          steps.push({ ...step, status: step.isBlocked ? "blocked" : "seen" });
          continue;
        }
        before.set(name, { ...step, from: state });
        if (space.isGoal(step.to)) {
          steps.push({ ...step, status: "goal" });
          return { visits, levels, way: wayBack(step.to, before) };
        }
        steps.push({ ...step, status: "new" });
        levels[depth + 1] ??= [];
        levels[depth + 1]!.push(step.to);
      }
    }
  return { visits, levels, way: undefined };
}

function wayBack<M>(end: State, before: ReadonlyMap<string, (Step<M> & { from: State }) | undefined>) {
  const way: (Step<M> & { from: State })[] = [];
  for (let step = before.get(writeState(end)); step !== undefined; step = before.get(writeState(step.from)))
    way.unshift(step);
  return way;
}
