// One document of the pipeline: text with where it came from. Owns the record and its id; knows no files and no stages.

import type { Message } from "@lemma/protocol";
import { sha256Of } from "../digest.ts";

/** A value that JSON can say. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Where a document came from: enough to find its text again. */
export interface DocumentSource {
  /** The file, relative to the folder that was read. */
  path: string;
  /** What read it: `jsonl`, `text`, `pdf`, … */
  format: string;
  /** The document's number in that file, from 0 (of JSONL: the line minus one). */
  index: number;
  /** Of paged files: the page, from 1. */
  page?: number;
  /** Where the text begins and ends in the file's own text, in UTF-16 units. */
  start?: number;
  end?: number;
}

/** What a stage did to a document: the stage's name and what a person needs to understand it. */
export interface HistoryEntry {
  stage: string;
  [field: string]: Json;
}

/** One document. The field order is the order of the JSON. */
export interface DataDocument {
  id: string;
  /** What stages read. For conversations: all that is said, in order. */
  text: string;
  /** Of training conversations: the turns. */
  messages?: Message[];
  source: DocumentSource;
  /** ISO 639-1, set by `clean`. */
  language?: string;
  /** What came with it and is carried along: title, url, time, … */
  fields?: { [name: string]: Json };
  /** What was done to it, oldest first; `lemma data explain` shows it. */
  history?: HistoryEntry[];
}

/**
 * The id of a document: 16 hex digits of SHA-256 over its place and its first text, so that equal files in equal places give equal ids.
 * @example documentId({ path: "a.txt", format: "text", index: 0 }, "Hello") // the same on every machine
 */
export function documentId({ path, index }: DocumentSource, text: string): string {
  return sha256Of(`${path}\n${index}\n${text}`).slice(0, 16);
}

/** All that a conversation says, thoughts included, a turn a paragraph. */
export function conversationText(messages: readonly Message[]): string {
  return messages
    .flatMap(({ content, reasoning_content }) => (reasoning_content ? [reasoning_content, content] : [content]))
    .join("\n\n");
}

/** The document with one more line of history. */
export function withHistory(document: DataDocument, entry: HistoryEntry): DataDocument {
  return { ...document, history: [...(document.history ?? []), entry] };
}
