// What a stage of the pipeline is: phases that run one after another, each of independent tasks. Owns the interface; knows no
// stage and no executor.
//
// The contract (docs/data.md): a task is a pure function of the stage's plan, its own number and the files of earlier phases (and, where
// it must ask somebody outside, of the recorded replies). It writes its files whole or not at all, and its done marker last. So any number of processes, on any machines that share the
// folder, in any order, with any of them killed, gives the same bytes.

import type { z } from "zod";
import type { DataDocument } from "../documents/document.ts";

/** A file that a stage reads. For people's own files `documents` is 0: nobody knows yet. */
export interface InputFile {
  path: string;
  /** The path that documents name as their source: relative to the folder that was read. */
  name: string;
  bytes: number;
  sha256: string;
  documents: number;
}

/** A file that a task wrote; its path is relative to the stage's folder. */
export interface OutputFile extends Omit<InputFile, "name"> {
  /** What it holds: `documents` go on to the next stage, `dropped` are those that don't, other names are the stage's own. */
  kind: string;
}

/** Numbers to add up over tasks: documents read, kept, dropped by a rule, … */
export type StageCounts = Readonly<Record<string, number>>;

/** All that decides the bytes of a stage, as `plan.json` has it. */
export interface StagePlan<O = unknown> {
  format: "lemma-stage";
  stage: string;
  version: string;
  options: O;
  inputs: InputFile[];
  /** SHA-256 of the rest: done markers of another digest don't count. */
  digest: string;
}

/** What a finished task says of itself. */
export interface DoneMarker {
  plan: string;
  outputs: OutputFile[];
  counts: StageCounts;
}

/** What a task gets. Paths that `files` and `plan.inputs` name can be read as they are. */
export interface TaskContext<O> {
  readonly plan: StagePlan<O>;
  readonly task: number;
  /** Files of a kind that the tasks of an earlier phase wrote, in the order of the tasks; paths are absolute. */
  files(phase: string, kind: string): OutputFile[];
  /** Writes a file of documents: those that go on (`documents`), or those that don't (`dropped`, each with its reason in its history). */
  putDocuments(kind: "documents" | "dropped", documents: readonly DataDocument[]): void;
  /** Writes a file of the stage's own; `name` gets the task's number in front. `records` is for what `documents` of the file should say. */
  put(kind: string, name: string, bytes: Uint8Array | string, records?: number): void;
  /** Writes a file under a path of its own in the stage's folder: for what others find by its name. No two tasks may write the same. */
  putAt(kind: string, path: string, bytes: Uint8Array | string): void;
  /** What came from outside under this key and was recorded in the stage's folder, by any task of any plan; undefined where nothing did. */
  recorded(key: string): string | undefined;
  /**
   * Records what came from outside and can't be computed again (a model's reply) under a key of 64 hex digits, at once and whole. Where
   * another task was first, its text stands and is returned: whoever reads it gets the same. The records outlive tasks and plans.
   */
  record(key: string, text: string): string;
  /** Says how far the task is, in any unit that the phase's tasks share. */
  progress(done: number): void;
}

/** A phase: `tasks` says how many there are once the phases before it are done. */
export interface Phase<O> {
  readonly name: string;
  tasks(context: Pick<TaskContext<O>, "plan" | "files">): number;
  run(context: TaskContext<O>): Promise<StageCounts> | StageCounts;
}

/** A stage. O is what people may set. */
export interface Stage<O = unknown> {
  readonly name: string;
  /** Changes whenever the bytes of an output change for the same inputs and options. */
  readonly version: string;
  readonly summary: string;
  /** A few sentences that teach, for its command: what goes in, what comes out. */
  readonly about: string;
  /** A command line and what it shows. */
  readonly example: { readonly line: string; readonly shows: string };
  /**
   * `files`: people's own (the option `paths`); `documents`: what the stage before it wrote; `nothing`: it makes its own; `run`: the
   * stages before it as a whole, whose stage.json are its inputs (they hold the digests of all outputs, which lie beside them).
   */
  readonly reads: "files" | "documents" | "nothing" | "run";
  /** A strict object; each field with `.describe(…)`: command line, recipe and guide show it. */
  readonly options: z.ZodObject;
  /** Makes paths in the options absolute, and checks what one option can't say alone; throws LEMMA_E_OPTION. */
  resolve?(options: O, base: string): O;
  /**
   * What of the resolved options decides the bytes; all of it where left out. For options that say where a file lies, when another one
   * holds its digest: a stage that was moved is the same stage.
   */
  identity?(options: O): unknown;
  readonly phases: readonly Phase<O>[];
}
