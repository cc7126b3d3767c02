// report.html of a run: the loss curve and the last exact-trace check, in one file without scripts. Owns its looks.

import type { TrainingPlan } from "../recipe/resolve.ts";
import type { CheckEvent } from "./rank-process.ts";
import type { Metrics } from "./read-metrics.ts";

const WIDTH = 900;
const HEIGHT = 300;

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (mark) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[mark]!);

/** The page as HTML. */
export function reportPage(plan: TrainingPlan, metrics: readonly Metrics[], check: CheckEvent | undefined): string {
  const last = metrics.at(-1);
  const rows = Object.entries(check?.families ?? {}).map(
    ([task, { rows: n, right }]) =>
      `<tr><td>${escaped(task)}</td><td>${right} of ${n}</td><td>${((100 * right) / n).toFixed(1)} %</td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escaped(plan.name)}</title>
<style>body{font:16px/1.5 system-ui;max-width:${WIDTH}px;margin:2rem auto;padding:0 1rem}svg{width:100%}td{padding-right:2rem}</style>
<h1>${escaped(plan.name)}</h1>
<p>${plan.parameters.toLocaleString("en-US")} parameters; ${(last?.tokens ?? 0).toLocaleString("en-US")} tokens in ${last?.step ?? 0} steps; loss ${last?.loss.toFixed(4) ?? "–"}.</p>
<h2>Loss over steps (logarithmic)</h2>
${curve(metrics)}
<h2>Exact traces at step ${check?.step ?? "–"}</h2>
<table>${rows.join("\n")}</table>
</html>
`;
}

function curve(metrics: readonly Metrics[]): string {
  const points = metrics.filter(({ loss }) => loss > 0);
  if (points.length < 2) return "<p>Too few steps for a curve.</p>";
  const logs = points.map(({ loss }) => Math.log(loss));
  const [low, high] = [Math.min(...logs), Math.max(...logs)];
  const first = points[0]!.step;
  const span = Math.max(1, points.at(-1)!.step - first);
  const path = points.map(({ step }, i) => {
    const x = ((step - first) / span) * WIDTH;
    const y = HEIGHT - ((logs[i]! - low) / Math.max(1e-9, high - low)) * HEIGHT;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return `<svg viewBox="-60 -10 ${WIDTH + 70} ${HEIGHT + 40}"><polyline fill="none" stroke="#36c" stroke-width="1.5" points="${path.join(" ")}"/>
<text x="-55" y="10">${Math.exp(high).toFixed(2)}</text><text x="-55" y="${HEIGHT}">${Math.exp(low).toFixed(3)}</text>
<text x="0" y="${HEIGHT + 25}">${first}</text><text x="${WIDTH - 50}" y="${HEIGHT + 25}">${first + span}</text></svg>`;
}
