// A plain byte-level BPE encoder over tokenizer.json: the reference that the engine's tokenizer is tested against.
// Owns encoding and decoding; knows nothing of files' places, templates or models.
//
// Order of work, as in Hugging Face tokenizers: added tokens are cut out first (leftmost, then longest), each rest is
// pre-tokenized, each pre-token is spelled in the byte alphabet, then the lowest-ranked adjacent pair is merged until
// none is left (leftmost first among equals).

import { LemmaError } from "@lemma/protocol";
import { fromByteAlphabet, toByteAlphabet } from "./byte-alphabet.ts";
import { preTokenize } from "./pre-tokenizer.ts";
import type { TokenizerJson } from "./tokenizer-json.ts";

export interface EncodeOptions {
  /** Whether control tokens (`special: true`) in the text become tokens. Default false: text from people never does. */
  control?: boolean;
}

const CACHE_LIMIT = 100_000;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

const addedPattern = (contents: string[]): RegExp | undefined =>
  contents.length === 0
    ? undefined
    : new RegExp(
        `(${[...contents]
          .sort((a, b) => b.length - a.length)
          .map(escaped)
          .join("|")})`,
        "gu",
      );

/**
 * Encodes and decodes text with the vocabulary of a tokenizer.json.
 * @example
 * const bpe = new Bpe(JSON.parse(await readFile("models/tokenizer/tokenizer.json", "utf8")));
 * bpe.decode(bpe.encode("12+7=19")); // "12+7=19"
 */
export class Bpe {
  /** Entries of the vocabulary, added tokens included. */
  readonly size: number;
  readonly #ids = new Map<string, number>();
  readonly #ranks = new Map<string, number>();
  readonly #added = new Map<string, number>();
  readonly #pieces: Uint8Array[] = [];
  readonly #visible: RegExp | undefined;
  readonly #all: RegExp | undefined;
  readonly #cache = new Map<string, readonly number[]>();

  constructor(json: TokenizerJson) {
    for (const [piece, id] of Object.entries(json.model.vocab)) {
      this.#ids.set(piece, id);
      this.#pieces[id] = fromByteAlphabet(piece);
    }
    json.model.merges.forEach(([left, right], rank) => {
      this.#ranks.set(`${left} ${right}`, rank);
    });
    const encoder = new TextEncoder();
    for (const token of json.added_tokens) {
      this.#added.set(token.content, token.id);
      this.#pieces[token.id] = encoder.encode(token.content);
    }
    this.#visible = addedPattern(json.added_tokens.filter((token) => !token.special).map((token) => token.content));
    this.#all = addedPattern(json.added_tokens.map((token) => token.content));
    this.size = this.#pieces.length;
  }

  /** The id of an added token such as `<|end|>`; LEMMA_E_TOKENIZER when there is none. */
  id(content: string): number {
    const id = this.#added.get(content);
    if (id === undefined) throw new LemmaError("LEMMA_E_TOKENIZER", { problem: `there is no token ${content}` });
    return id;
  }

  /** The ids of a text. */
  encode(text: string, options: EncodeOptions = {}): number[] {
    const ids: number[] = [];
    const pattern = options.control ? this.#all : this.#visible;
    if (pattern === undefined) this.#encodePlain(text, ids);
    else {
      for (const [index, part] of text.split(pattern).entries()) {
        if (index % 2 === 1) ids.push(this.#added.get(part)!);
        else if (part !== "") this.#encodePlain(part, ids);
      }
    }
    return ids;
  }

  /** The bytes of ids, joined: a token may hold part of a character. */
  bytes(ids: Iterable<number>): Uint8Array {
    const parts: Uint8Array[] = [];
    for (const id of ids) {
      const piece = this.#pieces[id];
      if (piece === undefined) throw new LemmaError("LEMMA_E_TOKENIZER", { problem: `there is no token ${id}` });
      parts.push(piece);
    }
    return Buffer.concat(parts);
  }

  /** The text of ids; bytes that are not UTF-8 become U+FFFD. */
  decode(ids: Iterable<number>): string {
    return new TextDecoder().decode(this.bytes(ids));
  }

  #encodePlain(text: string, into: number[]): void {
    for (const piece of preTokenize(text)) {
      let known = this.#cache.get(piece);
      if (known === undefined) {
        known = this.#merge(piece);
        if (this.#cache.size < CACHE_LIMIT) this.#cache.set(piece, known);
      }
      for (const id of known) into.push(id);
    }
  }

  #merge(piece: string): readonly number[] {
    const parts = [...toByteAlphabet(piece)];
    for (;;) {
      let best = Number.POSITIVE_INFINITY;
      let at = -1;
      for (let i = 0; i + 1 < parts.length; i++) {
        const rank = this.#ranks.get(`${parts[i]} ${parts[i + 1]}`);
        if (rank !== undefined && rank < best) {
          best = rank;
          at = i;
        }
      }
      if (at < 0) break;
      parts.splice(at, 2, parts[at]! + parts[at + 1]!);
    }
    return parts.map((part) => {
      const id = this.#ids.get(part);
      if (id === undefined)
        throw new LemmaError("LEMMA_E_TOKENIZER", { problem: `"${part}" is not in the vocabulary` });
      return id;
    });
  }
}
