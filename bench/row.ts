// A benchmark row and the arithmetic in it: medians, spread, ratio to the best peer, share of the floor.

/** One line of `lemma bench <area> --json` (docs/contracts.md, "Benchmark lines"). What does not apply is null. */
export interface BenchRow {
  row: string;
  unit: string;
  better: "higher" | "lower";
  /** Median of our runs. */
  ours: number;
  /** Medians of the peers' interleaved runs. */
  peers: Record<string, number>;
  /** How many times better ours is than the best peer. */
  ratio: number | null;
  /** The machine's own limit for this work, in the same unit: the median of what was measured beside the runs. */
  floor: number | null;
  /** Ours over the floor; where each run has a floor of its own, the median of their shares. */
  floorShare: number | null;
  /** (max − min) / median of our runs. */
  spread: number;
  settings: Record<string, unknown>;
}

/** The middle value; of an even number the mean of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Four significant digits: no measurement here has more. */
export const rounded = (value: number): number => Number(value.toPrecision(4));

/** Puts a row together from the single runs. `floor` is one figure, one for each run, or null where the work has none; peers in `beside` don't count for the ratio. */
export function benchRow(
  head: { row: string; unit: string; better: "higher" | "lower"; settings: Record<string, unknown> },
  ours: readonly number[],
  peers: Readonly<Record<string, readonly number[]>>,
  floor: number | readonly number[] | null,
  beside: readonly string[] = [],
): BenchRow {
  const mine = median(ours);
  const medians = Object.entries(peers).map(([name, runs]) => [name, median(runs)] as const);
  const values = medians.filter(([name]) => !beside.includes(name)).map(([, value]) => value);
  const best = head.better === "higher" ? Math.max(...values) : Math.min(...values);
  const times = (a: number, b: number): number => rounded(head.better === "higher" ? a / b : b / a);
  const floors = floor === null ? [] : typeof floor === "number" ? ours.map(() => floor) : floor;
  const { row, unit, better, settings } = head;
  return {
    row,
    unit,
    better,
    ours: rounded(mine),
    peers: Object.fromEntries(medians.map(([name, value]) => [name, rounded(value)])),
    ratio: values.length === 0 ? null : times(mine, best),
    floor: floor === null ? null : rounded(median(floors)),
    floorShare: floor === null ? null : rounded(median(ours.map((run, k) => times(run, floors[k]!)))),
    spread: rounded((Math.max(...ours) - Math.min(...ours)) / mine),
    settings: { ...settings, runs: ours.length },
  };
}
