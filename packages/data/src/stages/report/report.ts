// The stage `report`: what the stages before it did, as one page for people and as JSON. Owns reading their files; knows no other stage: it
// reads the counts of stage.json and the files of the kinds `documents`, `dropped`, `refused` and `rejected`.
//
// measure: a task for each file. clusters: documents that name another one, by that one, a task for each first hex digit. page: the rest.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { LemmaError } from "@lemma/protocol";
import { z } from "zod";
import type { DataDocument } from "../../documents/document.ts";
import { readDocuments, readRecords } from "../../documents/document-file.ts";
import type { OutputFile, Phase, Stage, StagePlan } from "../../pipeline/stage.ts";
import type { StageSummary } from "../../pipeline/stage-folder.ts";
import { CLUSTER_TASKS, clusterSizes, pointersFile } from "./clusters.ts";
import {
  addMeasure,
  addRules,
  cut,
  emptyMeasure,
  type Measure,
  measureDocument,
  measureDropped,
  type RuleMeasure,
  reasonOf,
} from "./measures.ts";
import { reportPage } from "./page.ts";
import type { RefusedExample, Report, StageReport } from "./report-json.ts";

const options = z.strictObject({
  title: z.string().default("Data report").describe("heading of the page"),
  refusedShown: z.int().nonnegative().default(50).describe("how many refused files are listed; all are counted"),
});

type ReportOptions = z.infer<typeof options>;

/** One file that a stage before wrote. */
interface MeasuredFile extends OutputFile {
  /** The number of the stage, from 0. */
  stage: number;
}

/** What the measure of one file says. */
interface FileMeasure {
  measure: Measure;
  rules: Record<string, RuleMeasure>;
  refused: RefusedExample[];
  records: number;
}

const summaryOf = (path: string): StageSummary => {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as StageSummary;
  } catch (cause) {
    throw new LemmaError("LEMMA_E_FILE", { path, problem: (cause as Error).message }, { cause });
  }
};

/** The files to measure, in the order of stages and tasks; their paths are absolute. */
function filesOf({ digest, inputs }: StagePlan<ReportOptions>): MeasuredFile[] {
  const key = `${digest} ${inputs[0]?.path}`;
  if (listed?.key !== key) {
    const files = inputs.flatMap(({ path }, stage) =>
      summaryOf(path)
        .outputs.filter(({ kind }) => ["documents", "dropped", "refused", "rejected"].includes(kind))
        .map((output) => ({ ...output, stage, path: join(dirname(path), output.path) })),
    );
    listed = { key, files };
  }
  return listed.files;
}

/** The list of the plan that was asked for last: a process runs many tasks of one plan, and summaries are large where files are many. */
let listed: { key: string; files: MeasuredFile[] } | undefined;

const measure: Phase<ReportOptions> = {
  name: "measure",
  tasks: ({ plan }) => filesOf(plan).length,
  run({ plan, task, put }) {
    const { kind, path } = filesOf(plan)[task]!;
    const found: FileMeasure = { measure: emptyMeasure(), rules: {}, refused: [], records: 0 };
    if (kind === "refused") {
      const refused = readRecords<RefusedExample>(path);
      found.records = refused.length;
      found.refused = refused.slice(0, plan.options.refusedShown).map((one) => ({
        path: cut(String(one.path)),
        ...(one.where === undefined ? {} : { where: cut(String(one.where)) }),
        problem: cut(String(one.problem)),
      }));
    } else {
      const documents = readDocuments(path);
      const rules = new Map<string, RuleMeasure>();
      const pointers: string[] = [];
      found.records = documents.length;
      for (const document of documents) {
        measureDocument(found.measure, document);
        if (kind === "documents") continue;
        measureDropped(rules, document);
        if (kind === "rejected") continue;
        const other = namedBy(document);
        if (other !== undefined) pointers.push(other);
      }
      found.rules = Object.fromEntries(rules);
      if (pointers.length > 0) put(".pointers", "pointers", pointersFile(pointers), pointers.length);
    }
    put(".measure", "json", JSON.stringify(found));
    return {};
  },
};

/** The document that a dropped one is a copy of: the id in the field `of` of its last entry. */
function namedBy(document: DataDocument): string | undefined {
  const { of } = reasonOf(document);
  return typeof of === "string" && /^[0-9a-f]{16}$/.test(of) ? of : undefined;
}

const clusters: Phase<ReportOptions> = {
  name: "clusters",
  tasks: ({ files }) => (files("measure", ".pointers").length === 0 ? 0 : CLUSTER_TASKS),
  run({ task, files, put }) {
    const sizes = clusterSizes(
      files("measure", ".pointers").map(({ path }) => path),
      task,
    );
    put(".sizes", "json", JSON.stringify(sizes));
    return {};
  },
};

const page: Phase<ReportOptions> = {
  name: "page",
  tasks: () => 1,
  run({ plan, files, putAt }) {
    const paths = (phase: string, kind: string) => files(phase, kind).map(({ path }) => path);
    const report = reportOf(plan, paths("measure", ".measure"), paths("clusters", ".sizes"));
    putAt("report", "report.json", `${JSON.stringify(report, null, 1)}\n`);
    putAt("report", "report.html", reportPage(report));
    const [first, last] = [report.stages.find((one) => one.kept), report.stages.findLast((one) => one.kept)];
    return {
      stages: report.stages.length,
      documents_before: first?.kept?.documents ?? 0,
      documents_after: last?.kept?.documents ?? 0,
    };
  },
};

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, "utf8")) as T;

/** Rules by their names, while they are added up. */
interface Found {
  found: Map<string, RuleMeasure>;
  unkept: Map<string, RuleMeasure>;
}

/** Adds up what the tasks wrote; one of their files is read at a time. */
function reportOf(plan: StagePlan<ReportOptions>, measured: readonly string[], sizes: readonly string[]): Report {
  const stages = plan.inputs.map(({ path, name }): StageReport & Found => {
    const { stage, counts } = summaryOf(path);
    const empty = { rules: [], rejected: [], refused: { parts: 0, first: [] } };
    return { name: dirname(name), stage, counts, ...empty, found: new Map(), unkept: new Map() };
  });
  for (const [i, { kind, stage: number }] of filesOf(plan).entries()) {
    const stage = stages[number]!;
    const { measure: own, rules, refused, records } = readJson<FileMeasure>(measured[i]!);
    if (kind === "refused") {
      stage.refused.parts += records;
      stage.refused.first.push(...refused.slice(0, plan.options.refusedShown - stage.refused.first.length));
    } else if (kind === "rejected") addRules(stage.unkept, rules);
    else {
      const place = kind === "documents" ? "kept" : "dropped";
      stage[place] ??= emptyMeasure();
      addMeasure(stage[place], own);
      addRules(stage.found, rules);
    }
  }
  const copies: Record<string, number> = {};
  for (const part of sizes)
    for (const [size, count] of Object.entries(readJson<Record<string, number>>(part)))
      copies[size] = (copies[size] ?? 0) + count;
  return {
    format: "lemma-data-report",
    version: 1,
    title: plan.options.title,
    stages: stages.map(({ found, unkept, ...stage }) => ({
      ...stage,
      rules: mostFirst(found),
      rejected: mostFirst(unkept),
    })),
    clusters: copies,
  };
}

const mostFirst = (rules: ReadonlyMap<string, RuleMeasure>): StageReport["rules"] =>
  [...rules]
    .map(([rule, one]) => ({ rule, ...one }))
    .sort((a, b) => b.documents - a.documents || (a.rule < b.rule ? -1 : 1));

/** Writes the report of a run. */
export const report: Stage<ReportOptions> = {
  name: "report",
  version: "2",
  summary: "Write a page and JSON about what each stage did",
  about:
    "Reads what the stages before it counted, kept, dropped and refused, and writes report.html (one file, nothing from outside) and\n" +
    "report.json: documents and characters after each stage, lengths, languages, formats, the reasons for drops with an example each,\n" +
    "duplicates, contamination, what augmentation made and with which model, refused files. As a recipe's last stage it needs no settings.",
  example: { line: "lemma data report --in run --out run/07-report", shows: "run/07-report/report.html" },
  reads: "run",
  options,
  phases: [measure, clusters, page],
};
