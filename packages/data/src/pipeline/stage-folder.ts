// The folder of a stage: plan, files, done markers. Owns names and atomic writing; the same on a shared file system as locally.
//
//   plan.json                       what decides the bytes
//   <phase>/00012.<name>            files of task 12, put in place by a rename
//   <phase>/00012.done.json         its marker: files with digests, counts; written last
//   stage.json                      the stage is done: outputs, counts, digest of all output bytes
//   recorded/ab/abcd….json          what came from outside under a key; kept when the plan changes, and may be removed by hand

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { LemmaError } from "@lemma/protocol";
import { sha256Of } from "../digest.ts";
import { putFile, putNewFile } from "../put-file.ts";
import type { DoneMarker, InputFile, OutputFile, StageCounts, StagePlan } from "./stage.ts";

/** What a finished stage says of itself. */
export interface StageSummary {
  stage: string;
  version: string;
  plan: string;
  counts: StageCounts;
  outputs: OutputFile[];
  /** SHA-256 over the digests of all output files in order: equal for equal results. */
  digest: string;
}

const numbered = (task: number): string => String(task).padStart(5, "0");

/** Reads and writes one stage's folder. What it has read it reads again only where the file system says that it changed. */
export class StageFolder {
  readonly path: string;
  #plan: { state: string; plan: StagePlan | undefined } | undefined;
  readonly #finished = new Map<string, { state: string; outputs: OutputFile[] }>();

  constructor(path: string) {
    this.path = resolve(path);
  }

  /** The plan that stands there; undefined where there is none. */
  plan(): StagePlan | undefined {
    const path = join(this.path, "plan.json");
    const state = stateOf(path);
    if (this.#plan?.state !== state) this.#plan = { state, plan: readJson<StagePlan>(path) };
    return this.#plan.plan;
  }

  /** The summary of a finished stage of this plan. */
  summary(plan: StagePlan): StageSummary | undefined {
    const summary = readJson<StageSummary>(join(this.path, "stage.json"));
    return summary?.plan === plan.digest && summary.outputs.every((output) => this.#isThere(output))
      ? summary
      : undefined;
  }

  #isThere({ path, bytes }: OutputFile): boolean {
    return statSync(join(this.path, path), { throwIfNoEntry: false })?.size === bytes;
  }

  /** Makes the folder ready for a plan: what another plan left is removed, its summary first. */
  begin(plan: StagePlan, phases: readonly string[]): void {
    mkdirSync(this.path, { recursive: true });
    if (this.plan()?.digest !== plan.digest) {
      rmSync(join(this.path, "stage.json"), { force: true });
      rmSync(join(this.path, "plan.json"), { force: true });
      for (const phase of phases) rmSync(join(this.path, phase), { recursive: true, force: true });
    }
    putFile(join(this.path, "plan.json"), `${JSON.stringify(plan, null, 1)}\n`); // of an equal plan: its files may lie elsewhere now
    for (const phase of phases) mkdirSync(join(this.path, phase), { recursive: true });
  }

  /** The marker of a finished task; undefined where it isn't done. */
  marker(plan: StagePlan, phase: string, task: number): DoneMarker | undefined {
    const marker = readJson<DoneMarker>(join(this.path, phase, `${numbered(task)}.done.json`));
    return marker?.plan === plan.digest && marker.outputs.every((output) => this.#isThere(output)) ? marker : undefined;
  }

  /** The tasks of a phase that are not done yet. */
  open(plan: StagePlan, phase: string, tasks: number): number[] {
    return Array.from({ length: tasks }, (_, task) => task).filter((task) => !this.marker(plan, phase, task));
  }

  /** The tasks of a phase that have a marker of any plan: what `marker` then reads. */
  marked(phase: string): number[] {
    return readdirSync(join(this.path, phase)).flatMap((name) => {
      const [, task] = /^(\d+)\.done\.json$/.exec(name) ?? [];
      return task === undefined ? [] : [Number(task)];
    });
  }

  /** Writes a task's file. */
  put(
    phase: string,
    task: number,
    kind: string,
    name: string,
    bytes: Uint8Array | string,
    documents: number,
  ): OutputFile {
    return this.putAt(kind, `${phase}/${numbered(task)}.${name}`, bytes, documents);
  }

  /** Writes a file under a path in the stage's folder. */
  putAt(kind: string, path: string, bytes: Uint8Array | string, documents: number): OutputFile {
    putFile(join(this.path, path), bytes);
    return { kind, path, bytes: Buffer.byteLength(bytes), sha256: sha256Of(bytes), documents };
  }

  #recordPath(key: string): string {
    if (!/^[0-9a-f]{64}$/.test(key))
      throw new LemmaError("LEMMA_E_INTERNAL", { problem: `a record's key is no SHA-256: ${key}` });
    return join(this.path, "recorded", key.slice(0, 2), `${key}.json`);
  }

  /** What was recorded under a key; undefined where there is nothing, or something that isn't whole. */
  recorded(key: string): string | undefined {
    const text = readJson<{ key: string; text: string }>(this.#recordPath(key));
    return text?.key === key && typeof text.text === "string" ? text.text : undefined;
  }

  /** Records a text under a key; where there is one already, that one stands and is returned. */
  record(key: string, text: string): string {
    const path = this.#recordPath(key);
    mkdirSync(dirname(path), { recursive: true });
    const bytes = `${JSON.stringify({ key, text })}\n`;
    if (putNewFile(path, bytes)) return text;
    const first = this.recorded(key);
    if (first === undefined) putFile(path, bytes); // damaged: what a file system lost
    return first ?? text;
  }

  /** Says that a task is done: its last write. */
  finish(phase: string, task: number, marker: DoneMarker): void {
    putFile(join(this.path, phase, `${numbered(task)}.done.json`), `${JSON.stringify(marker)}\n`);
  }

  /** The markers of a phase that is done, in the order of its tasks. Throws LEMMA_E_FILE where one is missing. */
  markers(plan: StagePlan, phase: string): DoneMarker[] {
    const markers: DoneMarker[] = [];
    for (let task = 0; ; task++) {
      const marker = this.marker(plan, phase, task);
      if (marker === undefined) break;
      markers.push(marker);
    }
    return markers;
  }

  /** Files of a kind that a finished phase wrote, with absolute paths. Every task asks: the markers are read once for all of them. */
  files(plan: StagePlan, phase: string, kind: string): OutputFile[] {
    const state = `${plan.digest} ${stateOf(join(this.path, phase))}`;
    let known = this.#finished.get(phase);
    if (known?.state !== state) {
      known = { state, outputs: this.markers(plan, phase).flatMap(({ outputs }) => outputs) };
      this.#finished.set(phase, known);
    }
    return known.outputs
      .filter((output) => output.kind === kind)
      .map((output) => ({ ...output, path: join(this.path, output.path) }));
  }

  /** Removes what killed tasks left half-written. */
  sweep(phases: readonly string[]): void {
    const records = join(this.path, "recorded");
    const places = existsSync(records) ? readdirSync(records).map((name) => join(records, name)) : [];
    for (const place of [...phases.map((phase) => join(this.path, phase)), ...places])
      for (const name of readdirSync(place)) if (name.endsWith(".partial")) rmSync(join(place, name), { force: true });
  }

  /** Writes the summary of a finished stage: the sums of all phases' counts, the files of all phases that others may read. */
  summarise(plan: StagePlan, phases: readonly string[]): StageSummary {
    const markers = phases.flatMap((phase) => this.markers(plan, phase));
    const counts: Record<string, number> = {};
    for (const marker of markers)
      for (const [name, count] of Object.entries(marker.counts)) counts[name] = (counts[name] ?? 0) + count;
    const outputs = markers.flatMap((marker) => marker.outputs).filter(({ kind }) => !kind.startsWith("."));
    const digest = sha256Of(outputs.map(({ path, sha256 }) => `${path} ${sha256}\n`).join(""));
    const { stage, version } = plan;
    const summary = { stage, version, plan: plan.digest, counts, outputs, digest };
    putFile(join(this.path, "stage.json"), `${JSON.stringify(summary, null, 1)}\n`);
    return summary;
  }

  /** What the next stage reads. */
  static inputs(folder: string): InputFile[] {
    const summary = readJson<StageSummary>(join(folder, "stage.json"));
    if (summary === undefined)
      throw new LemmaError("LEMMA_E_FILE", {
        path: folder,
        problem: "expected the folder of a finished stage (stage.json)",
      });
    return summary.outputs
      .filter(({ kind }) => kind === "documents")
      .map(({ path, bytes, sha256, documents }) => ({
        path: join(resolve(folder), path),
        name: path,
        bytes,
        sha256,
        documents,
      }));
  }
}

/** Changes with every rename in a folder, and with every file that is put in the place of another. */
function stateOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? "" : `${stat.ino} ${stat.size} ${stat.mtimeNs}`;
}

function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as T;
  } catch {
    return undefined;
  }
}
