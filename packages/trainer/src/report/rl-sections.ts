// The parts of a run's page about stages that learn from replies: curves of rewards and of what keeps the training sound, pass
// rates by task, why replies earned nothing, and replies themselves. What a model wrote is shown as text.

import { bars, escaped, percent, table } from "@lemma/data";
import type { Metrics, RlNumbers } from "../run/read-metrics.ts";
import { type CurveOptions, spark } from "./curves.ts";
import { figure, pointsOf, several } from "./figures.ts";
import type { Completion } from "./run-record.ts";

/** Replies that the page shows, of the newest steps. */
const MOST_REPLIES = 40;

type Marks = NonNullable<CurveOptions["marks"]>;

/** Empty where no line has reinforcement learning numbers. */
export function rlCurves(metrics: readonly Metrics[], marks: Marks): string {
  const lines = metrics.filter((line): line is Metrics & { rl: RlNumbers } => line.rl !== undefined);
  const last = lines.at(-1)?.rl;
  if (last === undefined) return "";
  const one = (of: (rl: RlNumbers) => number | undefined) => pointsOf(lines, ({ rl }) => rl && of(rl));
  const plots = [
    several(
      "Reward and its parts",
      Object.keys(last.reward).map((part) => ({ name: part, points: one(({ reward }) => reward[part]) })),
      { marks },
    ),
    several(
      "Replies that pass, are right, are right but unsound",
      [
        { name: "pass", points: one(({ passRate }) => passRate) },
        { name: "right", points: one(({ rightRate }) => rightRate) },
        { name: "right, unsound", points: one(({ unsoundRate }) => unsoundRate) },
      ],
      { from: 0, to: 1, marks },
    ),
    figure(
      "Entropy",
      " nats a token",
      one(({ entropy }) => entropy),
      { from: 0, marks },
    ),
    several(
      "KL to the rollout policy, nats a token",
      [
        { name: "mean", points: one(({ kl }) => kl.mean) },
        { name: "max", points: one(({ kl }) => kl.max) },
      ],
      { logarithmic: true, marks },
    ),
    several(
      "Share of equal-reward groups, cut and clipped",
      [
        { name: "equal groups", points: one(({ equalGroups }) => equalGroups) },
        { name: "replies cut off", points: one(({ truncated }) => truncated) },
        { name: "tokens clipped", points: one(({ clipShare }) => clipShare) },
      ],
      { from: 0, to: 1, marks },
    ),
    figure(
      "Tokens of a reply",
      "",
      one(({ meanLength }) => meanLength),
      { from: 0, marks },
    ),
    figure(
      "Rollout tokens a second",
      "",
      one(({ rolloutTokensPerSecond }) => rolloutTokensPerSecond),
      { from: 0, marks },
    ),
  ].filter((text) => text !== "");
  return `${plots.length === 0 ? "<p>Too few lines for a curve.</p>" : `<div class="grid-of-plots">${plots.join("\n")}</div>`}
${tasks(lines.map(({ step, rl }) => ({ step, rl })))}${failures(lines.map(({ rl }) => rl))}`;
}

function tasks(lines: readonly { step: number; rl: RlNumbers }[]): string {
  const names = [...new Set(lines.flatMap(({ rl }) => Object.keys(rl.tasks)))].sort();
  const rows = names.map((task) => {
    const own = lines.flatMap(({ step, rl }) => (rl.tasks[task] === undefined ? [] : [{ step, ...rl.tasks[task] }]));
    const last = own.at(-1)!;
    const points = own.map(({ step, passRate }) => ({ step, value: passRate }));
    return `<tr><td>${escaped(task)}</td><td>${spark(points, 0, 1, `${task}: pass rate over steps`)}</td><td class="n">${percent(last.passRate, 1)}</td><td class="n">${Number(last.dial.toFixed(2))}</td><td>${escaped(last.status)}</td></tr>`;
  });
  return rows.length === 0
    ? ""
    : `<h3>Pass rate by task</h3>${table(["task", "over steps", '<span title="of the last step that asked it">passes</span>', "level", "curriculum"], rows, 2)}`;
}

/** Over the last hundred steps: what kept replies from their reward. */
function failures(lines: readonly RlNumbers[]): string {
  const recent = lines.slice(-100);
  const sums = new Map<string, number>();
  for (const { failures: counts } of recent)
    for (const [kind, count] of Object.entries(counts)) sums.set(kind, (sums.get(kind) ?? 0) + count);
  const rows = [...sums].filter(([, value]) => value > 0).sort(([, a], [, b]) => b - a);
  return rows.length === 0
    ? ""
    : `<h3>Why replies did not pass</h3><p class="soft">Of the last ${recent.length} steps.</p>${bars(
        rows.map(([name, value]) => ({ name, value, part: value })),
        "replies that did not pass, by what failed",
      )}`;
}

/** The newest replies, each a line that opens. */
export function completionTable(completions: readonly Completion[]): string {
  if (completions.length === 0) return "";
  const shown = completions.slice(-MOST_REPLIES).toReversed();
  const lines = shown.map(({ step, task, level, question, expected, reasoning, text, tokens, reward, failure }) => {
    const parts = Object.entries(reward ?? {}).map(([part, value]) => `${part} ${value}`);
    const verdict = failure === null ? "passes" : `${failure.kind}: ${failure.reason}`;
    const written = [
      question,
      expected === undefined ? "" : `expected: ${expected}`,
      `<think>${reasoning}</think>${text}`,
      `${parts.join(", ") || "no reward"}; ${tokens} tokens`,
    ];
    const head = `step ${step} · ${task} ${level} · ${reward?.total ?? "–"} · ${verdict}`;
    return `<details><summary>${escaped(head)}</summary><pre>${escaped(written.filter((part) => part !== "").join("\n\n"))}</pre></details>`;
  });
  const more = completions.length > shown.length ? `, ${shown.length} of ${completions.length} shown` : "";
  return `<p class="soft">Step, task and level, reward, and why it did not pass; the newest first${more}.</p>
${lines.join("\n")}`;
}
