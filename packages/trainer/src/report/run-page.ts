// report.html of a run as HTML: where it stands, warnings, curves, exact traces; rl-sections.ts adds what stages that learn from
// replies have. Owns what is shown and in which order.

import { escaped, grouped, page, percent, section, table } from "@lemma/data";
import { duration } from "../run/progress-line.ts";
import type { CheckEvent } from "../run/rank-process.ts";
import type { Metrics } from "../run/read-metrics.ts";
import type { RunPhase } from "../run/run-state.ts";
import { spark } from "./curves.ts";
import { figure, pointsOf } from "./figures.ts";
import { completionTable, rlCurves } from "./rl-sections.ts";
import type { RunRecord } from "./run-record.ts";

const STYLE = `
body{max-width:64rem}.grid-of-plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:.4rem 1.6rem}
.grid-of-plots figure{margin:0 0 .8rem}figcaption{font-weight:600;margin:.2rem 0}figcaption .soft{font-weight:400}
:root{--s1:#b4522b;--s2:#2f8f5b;--s3:#8a4fb0;--s4:#8c6d1f;--s5:#5c6370}
@media (prefers-color-scheme:dark){:root{--s1:#f0a480;--s2:#7fd3a5;--s3:#cfa5ee;--s4:#dfc36f;--s5:#b3bac6}}
.s{fill:none;stroke-width:1.8;stroke-linejoin:round}.s0{stroke:var(--b)}.s1{stroke:var(--s1);stroke-dasharray:7 3}.s2{stroke:var(--s2);stroke-dasharray:2 3}
.s3{stroke:var(--s3);stroke-dasharray:10 3 2 3}.s4{stroke:var(--s4);stroke-dasharray:4 2}.s5{stroke:var(--s5);stroke-dasharray:1 3}
.grid{stroke:var(--line)}.mark{stroke:var(--soft);stroke-dasharray:3 3}svg text.small{font-size:11px;fill:var(--soft)}
.legend{font-size:.85rem;margin:0}.legend span{white-space:nowrap;margin-right:.8em}.legend svg{display:inline-block;width:26px;margin-right:.35em;vertical-align:middle}
.spark svg{width:120px;min-width:120px}dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1.2rem;margin:.6rem 0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.state{font-weight:600}.warning{border-left:3px solid var(--s1);padding-left:.7rem}a:focus-visible,summary:focus-visible,.table:focus-visible{outline:2px solid var(--b);outline-offset:2px}`;

const PHASES: Readonly<Record<RunPhase, string>> = {
  running: "Running",
  done: "Finished",
  trained: "Trained; export or scores are still to come",
  died: "Died: its process is gone. The same command continues it",
  stopped: "Stopped. The same command continues it",
};

/** Warnings that are shown; of others there is the number. */
const MOST_WARNINGS = 12;

/** The page as HTML. `now`: when it is written. */
export function runPage(run: RunRecord, now: Date = new Date()): string {
  const sections = [
    headline(run, now),
    warnings(run),
    section("Training", trainingCurves(run)),
    section("Exact traces", exactTraces(run)),
    section("Learning from replies", rlCurves(run.metrics, stageMarks(run))),
    section("Replies", completionTable(run.completions)),
    section("Numbers", numbers(run.metrics)),
  ];
  return page(run.state.name, sections.filter((text) => text !== "").join("\n"), STYLE);
}

function headline({ state, metrics, parameters, model, events, best, checks }: RunRecord, now: Date): string {
  const last = metrics.at(-1);
  const stage = state.stages[last?.stage ?? state.stage];
  const start = events.findLast((event) => event.event === "start");
  const check = checks.at(-1);
  const facts: [string, string | undefined][] = [
    ["stage", stage && `${(last?.stage ?? state.stage) + 1} of ${state.stages.length}, ${stage.kind}`],
    ["step", last && `${grouped(last.step)} of ${grouped(stage?.lastStep ?? 0)}`],
    ["tokens of the stage", last && `${grouped(last.tokens)}, ${grouped(last.lossTokens)} of them learned`],
    ["loss", last?.loss.toFixed(4)],
    ["exact traces", check && `${percent(check.right, check.rows)} at step ${grouped(check.step)}`],
    ["time left", state.phase === "running" && last ? duration(last.secondsLeft) : undefined],
    ["model", `${model.model_type}${parameters === undefined ? "" : `, ${grouped(parameters)} parameters`}`],
    ...(start?.event === "start" ? machine(start) : []),
    ...Object.entries(best).map(([at, { step, by, value }]): [string, string] => [
      `best checkpoint of stage ${Number(at) + 1}`,
      `step ${grouped(step)}, by ${by} (${by === "check" ? percent(value, 1) : value.toFixed(4)})`,
    ]),
    ["folder", state.folder],
  ];
  const rows = facts.map(([name, value]) =>
    value === undefined || value === "" ? "" : `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`,
  );
  return `<p><span class="state">${PHASES[state.phase]}</span> <span class="soft">as of ${escaped(now.toISOString().slice(0, 19).replace("T", " "))} UTC</span></p>
<dl>${rows.join("\n")}</dl>`;
}

const machine = (start: {
  ranks: number;
  kernels: string;
  layout: string;
  flopsPerToken?: number;
  peakFlops?: number;
}): [string, string | undefined][] => [
  ["ranks", `${start.ranks}, ${start.kernels} kernels, ${start.layout} batches`],
  [
    "work and peak",
    start.peakFlops === undefined
      ? undefined
      : `${((start.flopsPerToken ?? 0) / 1e6).toFixed(1)} MFLOP a token; matrix products measured at ${(start.peakFlops / 1e9).toFixed(0)} GFLOP/s`,
  ],
];

function warnings({ events }: RunRecord): string {
  const all = events.filter((event) => event.event === "warning" || event.event === "error");
  if (all.length === 0) return "";
  const shown = all.slice(-MOST_WARNINGS).map(({ message }) => `<p class="warning">${escaped(message)}</p>`);
  const more =
    all.length > shown.length ? `<p class="soft">${all.length - shown.length} earlier ones in events.jsonl.</p>` : "";
  return section("Warnings", shown.join("\n") + more);
}

/** Where each stage after the first begins. */
const stageMarks = ({ metrics, state }: RunRecord): { step: number; name: string }[] =>
  metrics.flatMap(({ stage, step }, i) =>
    i > 0 && metrics[i - 1]!.stage !== stage ? [{ step, name: state.stages[stage]?.kind ?? "" }] : [],
  );

function trainingCurves(run: RunRecord): string {
  const { metrics } = run;
  const marks = stageMarks(run);
  // A reinforcement learning loss says nothing by its height, and may be negative.
  const supervised = metrics.filter(({ rl }) => rl === undefined);
  const plots = [
    figure(
      "Loss",
      "",
      pointsOf(supervised, ({ loss }) => loss),
      { logarithmic: true, marks },
    ),
    figure(
      "Learning rate",
      "",
      pointsOf(metrics, ({ learningRate }) => learningRate),
      { from: 0, marks },
    ),
    figure(
      "Gradient norm",
      "",
      pointsOf(metrics, ({ gradNorm }) => gradNorm),
      { logarithmic: true, marks },
    ),
    figure(
      "Tokens a second",
      "",
      pointsOf(metrics, ({ tokensPerSecond }) => tokensPerSecond),
      { from: 0, marks },
    ),
    figure(
      "MFU",
      " % of the measured peak",
      pointsOf(metrics, ({ mfu }) => mfu && 100 * mfu),
      { from: 0, marks },
    ),
    figure(
      "Padding",
      " % of the slots",
      pointsOf(metrics, ({ padding }) => padding && 100 * padding),
      { from: 0, marks },
    ),
  ].filter((text) => text !== "");
  if (plots.length === 0) return metrics.length === 0 ? "" : "<p>Too few lines for a curve.</p>";
  return `<div class="grid-of-plots">${plots.join("\n")}</div>`;
}

function exactTraces({ checks }: RunRecord): string {
  const last = checks.at(-1);
  if (last === undefined) return "";
  const share = ({ rows, right }: { rows: number; right: number }): number => (rows === 0 ? 0 : right / rows);
  const all = figure(
    "All families",
    " %",
    checks.map((check) => ({ step: check.step, value: 100 * share(check) })),
    { from: 0, to: 100 },
  );
  const rows = Object.entries(last.families).map(([task, family]) => {
    const points = checks.flatMap(({ step, families }) =>
      families[task] === undefined ? [] : [{ step, value: share(families[task]) }],
    );
    return `<tr><td>${escaped(task)}</td><td>${spark(points, 0, 1, `${task}: share of exact traces over steps`)}</td><td class="n">${family.right} of ${family.rows}</td><td class="n">${percent(family.right, family.rows)}</td></tr>`;
  });
  return `<p class="soft">Held-out solutions whose every learned token was the model's first choice. At step ${grouped(last.step)}:</p>
${all}${table(["family", "over steps", "right", "share"], rows, 2)}${faults(last)}`;
}

/** By family: its cells, and the first wrong tokens of its wrong rows. */
function faults({ families }: CheckEvent): string {
  return Object.entries(families)
    .filter(([, { right, rows }]) => right < rows)
    .map(([task, { cells = {}, first = [] }]) => {
      const parts = Object.entries(cells).map(([cell, { rows, right }]) => `${cell}: ${right}/${rows}`);
      const wrong = first.map(
        ({ count, expected, got, context }) =>
          `${count} x expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)} after …${JSON.stringify(context.slice(-120))}`,
      );
      return `<details><summary>${escaped(task)}: cells and first wrong tokens</summary><pre>${escaped([...parts, "", ...wrong].join("\n"))}</pre></details>`;
    })
    .join("\n");
}

/** About twenty lines of the metrics as a table: the curves for whoever does not see them. */
function numbers(metrics: readonly Metrics[]): string {
  if (metrics.length === 0) return "";
  const every = Math.ceil(metrics.length / 20);
  const shown = metrics.filter((_, i) => (metrics.length - 1 - i) % every === 0);
  const rows = shown.map(({ stage, step, loss, learningRate, gradNorm, tokensPerSecond, mfu }) => {
    const cells = [
      String(stage + 1),
      grouped(step),
      loss.toFixed(4),
      learningRate.toExponential(2),
      gradNorm.toFixed(3),
      grouped(Math.round(tokensPerSecond)),
      mfu === undefined ? "–" : percent(mfu, 1),
    ];
    return `<tr>${cells.map((cell) => `<td class="n">${cell}</td>`).join("")}</tr>`;
  });
  const head = ["stage", "step", "loss", "learning rate", "gradient norm", "tokens/s", "MFU"];
  return `<details><summary>The curves as a table</summary>${table(head, rows, 0)}</details>`;
}
