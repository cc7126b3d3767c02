// Documents to tokens: conversations turn by turn as the model will see them, plain text in pieces of the context's length. Owns what a
// training document of the pipeline is; the chat format is that of shards/document.ts.

import type { Tokenizer } from "@lemma/engine";
import { LemmaError } from "@lemma/protocol";
import type { DataDocument } from "../../documents/document.ts";
import { type DocumentTokenizer, documentsOf, type TokenDocument } from "../../shards/document.ts";

/** What the chat format needs of the engine's tokenizer. */
export function chatTokenizer(tokenizer: Tokenizer): DocumentTokenizer {
  return {
    encode: (text) => tokenizer.encode(text),
    id(content) {
      const id = tokenizer.tokenId(content);
      if (id === undefined)
        throw new LemmaError("LEMMA_E_TOKENIZER", { problem: `expected a token ${content}, found none` });
      return id;
    },
  };
}

/** The training documents of one document; `skipped` counts conversations that are longer than the context. */
export function encodeDocument(
  document: DataDocument,
  tokenizer: DocumentTokenizer,
  contextLength: number,
): { documents: TokenDocument[]; skipped: number } {
  if (document.messages === undefined)
    return { documents: textPieces(document.text, tokenizer, contextLength), skipped: 0 };
  const all = documentsOf(document.messages, tokenizer);
  const documents = all.filter(({ tokens }) => tokens.length <= contextLength);
  return { documents, skipped: all.length - documents.length };
}

/** Text with `<|end|>` behind it, cut at the context's length; every token is learned. */
function textPieces(text: string, tokenizer: DocumentTokenizer, contextLength: number): TokenDocument[] {
  const tokens = [...Array.from(tokenizer.encode(text)), tokenizer.id("<|end|>")];
  const pieces: TokenDocument[] = [];
  for (let at = 0; at < tokens.length; at += contextLength) {
    const piece = tokens.slice(at, at + contextLength);
    if (piece.length > 1) pieces.push({ tokens: piece, learned: piece.length }); // of one token there is nothing to learn
  }
  return pieces;
}
