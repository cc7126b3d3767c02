// The public surface of @lemma/eval.

export {
  type CellScore,
  CellTable,
  type PhrasingScore,
  PhrasingTable,
  type PooledScore,
  pool,
  type ScoreCounts,
  type VerifiedCounts,
} from "./cells.ts";
export {
  COMPARISON_TITLES,
  type Comparison,
  compareOutcomes,
  comparisonCells,
  type PairedShare,
} from "./comparison.ts";
export { type EvaluateOptions, type Evaluation, evaluate, type ProblemOutcome, type WrongReply } from "./evaluate.ts";
export type { EvaluatedModel, Reply } from "./model.ts";
export { DEFAULT_COUNT, type Problem, type ProblemSettings, problemsOf } from "./problems.ts";
export { markdownReport, type ReportOptions } from "./report.ts";
export { type ReplyScore, scoreReply } from "./score-reply.ts";
export { holm, mcnemar, newcombe, newcombePaired } from "./statistics/difference.ts";
export { type Interval, wilson } from "./statistics/wilson.ts";
export { GAIN_TITLES, gainCells, type VerifiedGain, verifiedGains } from "./verified-gain.ts";
export { type WrongLine, wrongLine } from "./wrong-line.ts";
