// report.html: one file without scripts and without anything from outside. Owns what is shown and in which order.

import { page, section } from "../../html/page.ts";
import { bars, histogram } from "../../html/plots.ts";
import { escaped, grouped, percent, table } from "../../html/text.ts";
import { wilson } from "../../wilson.ts";
import type { Measure } from "./measures.ts";
import type { Report, StageReport } from "./report-json.ts";

/** How many bars a plot has; what is left is one more. */
const MOST_BARS = 12;

/** The page as HTML. */
export function reportPage(report: Report): string {
  const kept = report.stages.filter((stage): stage is StageReport & { kept: Measure } => stage.kept !== undefined);
  const [first, last] = [kept[0], kept.at(-1)];
  const sections = [
    section("Documents after each stage", stagePlot(kept) + stageTable(report.stages)),
    first && last && section("Lengths", lengths(first, last)),
    last && section("Languages", namePlot(last.kept.languages, `documents after ${last.name}`)),
    last && section("Formats", formatPlot(first!.kept, last.kept)),
    section("Why documents were dropped", drops(report.stages, "rules", "documents dropped by each rule")),
    section("Made by augmentation", made(kept)),
    section("Why replies of a model were not kept", drops(report.stages, "rejected", "replies that were not kept")),
    section("Duplicates", clusterPlot(report.clusters) + planted(report.stages, COPIES)),
    section(
      "Contamination",
      contamination(report.stages) +
        planted(report.stages, CANARIES) +
        counts(report.stages, ({ stage }) => stage === "decontaminate"),
    ),
    section(
      "Personal data and secrets taken out",
      counts(report.stages, () => true, /^(redacted|pii|secrets?)_/),
    ),
    section("Refused files", refused(report.stages)),
    section(
      "All counts",
      counts(report.stages, () => true),
    ),
  ];
  const shown = sections.filter((text) => text !== undefined && text !== "");
  return page(report.title, [headline(first, last), ...shown].join("\n"));
}

function headline(first?: StageReport & { kept: Measure }, last?: StageReport & { kept: Measure }): string {
  if (first === undefined || last === undefined) return "<p>No stage wrote documents.</p>";
  const [before, after] = [first.kept, last.kept];
  return `<p>${grouped(before.documents)} documents with ${grouped(before.characters)} characters after ${escaped(first.name)};
${grouped(after.documents)} (${percent(after.documents, before.documents)}) with ${grouped(after.characters)} characters (${percent(after.characters, before.characters)}) after ${escaped(last.name)}.</p>`;
}

const stagePlot = (kept: readonly (StageReport & { kept: Measure })[]): string =>
  kept.length === 0
    ? ""
    : bars(
        kept.map(({ name, kept: { documents } }) => ({ name, value: documents, part: documents })),
        "documents after each stage",
      );

function stageTable(stages: readonly StageReport[]): string {
  const number = (value: number | undefined): string =>
    `<td class="n">${value === undefined ? "–" : grouped(value)}</td>`;
  const rows = stages.map(
    ({ name, kept, dropped, counts }) =>
      `<tr><td>${escaped(name)}</td>${number(kept?.documents)}${number(dropped?.documents)}${number(kept?.characters)}${number(counts.tokens)}</tr>`,
  );
  return table(["stage", "documents", "dropped", "characters", "tokens"], rows, 1);
}

function lengths(first: StageReport & { kept: Measure }, last: StageReport & { kept: Measure }): string {
  const [before, after] = [first.kept.lengths, last.kept.lengths];
  const size = Math.max(before.length, after.length);
  const from = Math.max(
    0,
    Math.min(...[before, after].map((bins) => bins.findIndex((count) => count > 0)).filter((at) => at >= 0)),
  );
  const bins = Array.from({ length: Math.max(0, size - from) }, (_, i) => short(i + from === 0 ? 0 : 2 ** (i + from)));
  return `<p class="key soft">Characters of a document, each bin twice the one before; <i style="background:var(--a)"></i>after ${escaped(first.name)}<i style="background:var(--b)"></i>after ${escaped(last.name)}</p>
${histogram(before.slice(from), after.slice(from), bins, "lengths of documents, logarithmic")}`;
}

/** 2048 as `2k`: powers of two of characters. */
const short = (value: number): string =>
  value < 1024
    ? String(value)
    : value < 1 << 20
      ? `${value >> 10}k`
      : value < 2 ** 30
        ? `${value / 2 ** 20}M`
        : `${value / 2 ** 30}G`;

function namePlot(values: Readonly<Record<string, number>>, label: string): string {
  const sorted = Object.entries(values).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const rows = sorted.slice(0, MOST_BARS).map(([name, value]) => ({ name, value, part: value }));
  const rest = sorted.slice(MOST_BARS).reduce((sum, [, value]) => sum + value, 0);
  if (rest > 0) rows.push({ name: `${sorted.length - MOST_BARS} more`, value: rest, part: rest });
  return rows.length === 0 ? "" : bars(rows, label);
}

function formatPlot(before: Measure, after: Measure): string {
  const rows = Object.entries(before.formats)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([name, value]) => {
      const left = Math.min(value, after.formats[name] ?? 0);
      return { name, value, part: left, note: `${grouped(value)} → ${grouped(after.formats[name] ?? 0)}` };
    });
  return rows.length === 0 ? "" : bars(rows.slice(0, MOST_BARS), "documents of each format, first and last");
}

/** Documents that were made out of others: how many of each kind there were when they were made, and how many are left at the end. */
function made(kept: readonly (StageReport & { kept: Measure })[]): string {
  const last = kept.at(-1);
  const first = kept.find(({ kept: { made: own } }) => Object.keys(own).length > 0);
  if (first === undefined || last === undefined) return "";
  const [before, after] = [first.kept.made, last.kept.made];
  const rows = Object.entries(before)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([name, value]) => {
      const left = after[name] ?? 0;
      return { name, value, part: Math.min(value, left), note: `${grouped(value)} → ${grouped(left)}` };
    });
  const sum = (all: Readonly<Record<string, number>>): number => Object.values(all).reduce((a, b) => a + b, 0);
  const bar = bars(rows.slice(0, MOST_BARS), "documents made, by kind and model");
  const cells = rows.map(
    ({ name, value, part }) =>
      `<tr><td>${escaped(name)}</td><td class="n">${grouped(value)}</td><td class="n">${grouped(part)}</td></tr>`,
  );
  return `<p>${grouped(sum(before))} documents made out of others after ${escaped(first.name)}, ${grouped(sum(after))} of ${grouped(last.kept.documents)} after ${escaped(last.name)}.</p>
${bar}${table(["kind, model", "made", "left at the end"], cells, 1)}`;
}

function drops(stages: readonly StageReport[], which: "rules" | "rejected", label: string): string {
  const all = stages.flatMap(({ name, [which]: rules }) => rules.map((rule) => ({ folder: name, ...rule })));
  if (all.length === 0) return "";
  const sorted = all.toSorted((a, b) => b.documents - a.documents);
  const rows = sorted
    .slice(0, MOST_BARS)
    .map(({ folder, rule, documents }) => ({ name: `${folder.slice(3)}: ${rule}`, value: documents, part: documents }));
  const details = all.map(({ folder, rule, documents, characters, values, example }) => {
    const ranges = Object.entries(values).map(
      ([name, [low, high]]) => `${name} ${low === high ? low : `${low} to ${high}`}`,
    );
    const { stage: _, rule: __, ...noted } = example.entry;
    return `<details><summary>${escaped(`${folder}, ${rule}`)}: ${grouped(documents)} documents, ${grouped(characters)} characters</summary>
${ranges.length === 0 ? "" : `<p class="soft">${escaped(ranges.join("; "))}</p>`}
<pre>${escaped(`${example.id}  ${example.source}\n${JSON.stringify(noted)}\n\n${example.text}`)}</pre></details>`;
  });
  return bars(rows, label) + details.join("\n");
}

function clusterPlot(clusters: Readonly<Record<string, number>>): string {
  const sizes = Object.entries(clusters).map(([size, count]): [number, number] => [Number(size), count]);
  if (sizes.length === 0) return "";
  const bins = new Map<number, number>();
  for (const [size, count] of sizes) {
    const bin = size < 5 ? size : 2 ** Math.floor(Math.log2(size));
    bins.set(bin, (bins.get(bin) ?? 0) + count);
  }
  const rows = [...bins]
    .sort(([a], [b]) => a - b)
    .map(([bin, value]) => {
      const end = bin === 4 && !sizes.some(([size]) => size > 4 && size < 8) ? 4 : bin < 4 ? bin : 2 * bin - 1;
      return { name: end === bin ? `${bin} documents` : `${bin} to ${end}`, value, part: value };
    });
  const copies = sizes.reduce((sum, [size, count]) => sum + (size - 1) * count, 0);
  const total = sizes.reduce((sum, [, count]) => sum + count, 0);
  const most = Math.max(...sizes.map(([size]) => size));
  return `<p>${grouped(total)} documents have copies; ${grouped(copies)} copies were dropped, at most ${grouped(most - 1)} of one document.</p>
${bars(rows, "clusters of copies by size")}`;
}

/** Counts of a stage that measured itself on what it had planted: a name, the count that was found, the count of all. */
type Planted = readonly (readonly [name: string, found: string, all: string])[];
const COPIES: Planted = [
  ["recall on planted copies", "planted_found", "planted_pairs"],
  ["precision on planted copies", "planted_right", "planted_claimed"],
];
const CANARIES: Planted = [["recall on planted items", "canaries_found", "canaries"]];

/** What stages found of what they had planted, with the 95 % interval. */
function planted(stages: readonly StageReport[], measures: Planted): string {
  const rows = stages.flatMap(({ name, counts: own }) =>
    measures.flatMap(([measure, found, all]) => {
      const [hits, trials] = [own[found], own[all]];
      if (hits === undefined || trials === undefined || trials === 0) return [];
      const { low, high } = wilson(hits, trials);
      const cells = [
        percent(hits, trials),
        `${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)}`,
        grouped(hits),
        grouped(trials),
      ];
      return [
        `<tr><td>${escaped(name)}</td><td>${measure}</td>${cells.map((cell) => `<td class="n">${cell}</td>`).join("")}</tr>`,
      ];
    }),
  );
  return rows.length === 0 ? "" : table(["stage", "measure", "share", "95 %", "found", "of"], rows, 2);
}

/** How many documents held something of an evaluation set, by the rule that found it. */
function contamination(stages: readonly StageReport[]): string {
  return stages
    .filter(({ stage, kept, dropped }) => stage === "decontaminate" && (kept ?? dropped) !== undefined)
    .map(({ kept, dropped, rules }) => {
      const found = dropped?.documents ?? 0;
      const all = found + (kept?.documents ?? 0);
      const rows = rules.map(({ rule, documents }) => ({ name: rule, value: documents, part: documents }));
      const plot = rows.length === 0 ? "" : bars(rows.slice(0, MOST_BARS), "contaminated documents by rule");
      return `<p>${grouped(found)} of ${grouped(all)} documents (${percent(found, all)}) held something of an evaluation set and were dropped.</p>
${plot}`;
    })
    .join("\n");
}

function counts(stages: readonly StageReport[], isShown: (stage: StageReport) => boolean, names = /./): string {
  const rows = stages.filter(isShown).flatMap(({ name, counts: own }) =>
    Object.entries(own)
      .filter(([count]) => names.test(count))
      .map(
        ([count, value]) =>
          `<tr><td>${escaped(name)}</td><td>${escaped(count.replaceAll("_", " "))}</td><td class="n">${grouped(value)}</td></tr>`,
      ),
  );
  return rows.length === 0 ? "" : table(["stage", "count", "number"], rows, 2);
}

function refused(stages: readonly StageReport[]): string {
  return stages
    .filter(({ refused: { parts } }) => parts > 0)
    .map(({ name, refused: { parts, first } }) => {
      const rows = first.map(
        ({ path, where, problem }) =>
          `<tr><td>${escaped(path)}${where === undefined ? "" : ` ${escaped(where)}`}</td><td>${escaped(problem)}</td></tr>`,
      );
      const more = parts > first.length ? `, ${grouped(first.length)} shown` : "";
      return `<p>${escaped(name)}: ${grouped(parts)} files or parts of files${more}.</p>${table(["file", "problem"], rows, 9)}`;
    })
    .join("\n");
}
