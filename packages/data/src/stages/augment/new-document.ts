// Documents out of rows: the conversation, the fields of a dataset row, and where it came from.

import type { Message } from "@lemma/protocol";
import { conversationText, type DataDocument, documentId, type Json, withHistory } from "../../documents/document.ts";
import type { Made } from "./rows.ts";

/** What the history of a new document says besides the document that it was made from. */
export type Provenance = { kind: string } & { [field: string]: Json };

/** A document made out of another one's row. Of a row of several problems the fields name each. */
export function newDocument(
  of: DataDocument,
  { row, earlier = [], parts }: Made,
  provenance: Provenance,
): DataDocument {
  const { family, problem, language, level, key } = row;
  const fields: { [name: string]: Json } =
    parts === undefined
      ? {
          task: family.id,
          level,
          language,
          key,
          split: "train",
          answer: family.answer(problem, language),
          verifier: family.verifier(problem, language) as unknown as Json,
        }
      : { tasks: parts.map((part) => part.family.id), language, keys: parts.map((part) => part.key), split: "train" };
  const turns: Message[] = [...earlier, { role: "user", content: row.question }, row.reply];
  return documentWith(of, turns, language, fields, provenance);
}

/** A document with these turns and fields made out of another one, whose system message it keeps. */
export function documentWith(
  of: DataDocument,
  turns: readonly Message[],
  language: string,
  fields: { [name: string]: Json },
  provenance: Provenance,
): DataDocument {
  const system = (of.messages ?? []).slice(0, 1).filter(({ role }) => role === "system");
  const messages = [...system, ...turns];
  const text = conversationText(messages);
  const made: DataDocument = {
    id: documentId(of.source, `${of.id}\n${provenance.kind}\n${text}`),
    text,
    messages,
    source: of.source,
    language,
    fields,
    ...(of.history === undefined ? {} : { history: of.history }),
  };
  return withHistory(made, { stage: "augment", of: of.id, ...provenance });
}
