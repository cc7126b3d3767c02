// `lemma bench verify`: how fast claims are judged. One row:
//   verify-equivalence  pairs a second that are judged equal or not, the very pairs of the correctness test
//                       (packages/verify/test/equivalence.ts): random algebra, roots and functions, half of them equal
// The peer judges a pair by simplifying the difference. A pair that takes it longer than the limit is ended and counts as the limit, in its
// favour; what it gets wrong counts as judged, and stands in the settings.

import { casesOf } from "../packages/verify/test/equivalence.ts";
import { type BenchRow, benchRow } from "./row.ts";
import { type Judged, spawnJudge } from "./verify-process.ts";

const RUNS = 5;
const AREAS = ["algebra", "roots", "functions"];
const PER_AREA = 40;
const SEED = 20261123;
const LIMIT_MS = 2000;
const PEER = "nerdamer-prime";

export const verifyRows: string[] = ["verify-equivalence"];

/** Measures the row; both judge all pairs once before the clock counts. */
export async function measureVerifyRow(row: string, note: (text: string) => void): Promise<BenchRow> {
  const pairs = AREAS.flatMap((area) => [...casesOf(area, PER_AREA, SEED)].map(({ a, b, equal }) => ({ a, b, equal })));
  using ours = await spawnJudge("lemma", LIMIT_MS);
  using peer = await spawnJudge(PEER, LIMIT_MS);
  const speeds = { ours: [] as number[], peer: [] as number[] };
  let last: { ours: Judged[]; peer: Judged[] } = { ours: [], peer: [] };
  for (let run = 0; run <= RUNS; run++) {
    last = { ours: await ours.judge(pairs), peer: await peer.judge(pairs) };
    const [mine, its] = [speed(last.ours), speed(last.peer)];
    note(
      `${row}: ${run === 0 ? "warm-up" : `run ${run} of ${RUNS}`}, ours ${mine.toFixed(0)}, ${PEER} ${its.toFixed(1)} pairs/s`,
    );
    if (run === 0) continue;
    speeds.ours.push(mine);
    speeds.peer.push(its);
  }
  const outcome = (judged: readonly Judged[]): Record<string, number> => {
    const right = judged.filter(({ equal }, k) => equal === pairs[k]!.equal).length;
    const unknown = judged.filter(({ equal }) => equal === undefined).length;
    return { right, wrong: judged.length - right - unknown, unknown };
  };
  const settings = {
    areas: AREAS,
    pairs: pairs.length,
    seed: SEED,
    limitMs: LIMIT_MS,
    lemma: outcome(last.ours),
    [PEER]: outcome(last.peer),
  };
  return benchRow({ row, unit: "pairs/s", better: "higher", settings }, speeds.ours, { [PEER]: speeds.peer }, null);
}

const speed = (judged: readonly Judged[]): number =>
  (1000 * judged.length) / judged.reduce((sum, { ms }) => sum + ms, 0);
