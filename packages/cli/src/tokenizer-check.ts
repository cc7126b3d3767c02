// Checks the tokenizers of a folder: each file loads, tokenizer.json and GGUF agree, and other implementations, where they are
// installed, give the same ids. Knows nothing of flags and printing.

import { readdir } from "node:fs/promises";
import path from "node:path";
import {
  compareTokenizers,
  loadTokenizer,
  type Tokenizer,
  type TokenizerDifference,
  tokenizerProbes,
} from "@lemma/engine";
import { LemmaError } from "@lemma/protocol";
import { huggingFacePeer, llamaPeer, type PeerTokenizer } from "./tokenizer-peers.ts";

/** One finding. `peer` is what a file was compared with: a package, or another file; undefined where it was only loaded. */
export interface TokenizerFinding {
  file: string;
  peer?: string;
  ok: boolean;
  /** In words: what was loaded or compared, or why not. */
  found: string;
  /** Texts on which they differ. */
  differences: TokenizerDifference[];
}

const PROBES = 2000;
const SEED = 1;
const MOST_ADDED_TOKENS = 100; // that get a text of their own
const count = (value: number): string => value.toLocaleString("en-US");

/**
 * Checks tokenizer.json and the GGUF files of a folder. Peers are looked for from `places`.
 * @throws LEMMA_E_FILE where the folder holds neither
 */
export async function* checkTokenizers(folder: string, places: readonly string[]): AsyncGenerator<TokenizerFinding> {
  const files = await tokenizerFiles(folder);
  let first: { file: string; tokenizer: Tokenizer; texts: string[] } | undefined;
  for (const file of files) {
    const full = path.join(folder, file);
    const isFolder = file === "tokenizer.json";
    let tokenizer: Tokenizer;
    try {
      tokenizer = await loadTokenizer(isFolder ? { folder } : { gguf: full });
    } catch (error) {
      if (!LemmaError.isInstance(error)) throw error;
      yield { file, ok: false, found: error.message, differences: [] };
      continue;
    }
    yield { file, ok: true, found: `${count(tokenizer.vocabularySize)} tokens`, differences: [] };
    const added = addedTokens(tokenizer);
    const texts = probesFor(added);
    if (isFolder) yield* compare(file, tokenizer, texts, () => huggingFacePeer(places, folder));
    else {
      const undisputed = texts.filter((text) => !hasOverlap(text, added));
      // llama.cpp never composes.
      yield* compare(file, tokenizer, tokenizer.composes ? composed(undisputed) : undisputed, () =>
        llamaPeer(places, full),
      );
    }
    if (first === undefined) {
      first = { file, tokenizer, texts };
      continue;
    }
    const lacksComposing = first.tokenizer.composes && !tokenizer.composes;
    if (lacksComposing) {
      const found = `does not compose text (NFC) as ${first.file} says; a file by lemma convert does`;
      yield { file, ok: true, found, differences: [] };
    }
    const both = lacksComposing ? composed(first.texts) : first.texts;
    yield* compare(file, tokenizer, both, async () => ownPeer(first!.file, first!.tokenizer));
  }
}

/** tokenizer.json first, then GGUF files; of a model in parts only the first part, which holds the tokenizer. */
async function tokenizerFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new LemmaError("LEMMA_E_FILE", { path: folder, problem: "is no folder that can be read" }, { cause: error });
  });
  const isFirstPart = (name: string): boolean => Number(/-(\d{5})-of-\d{5}\.gguf$/.exec(name)?.[1] ?? 1) === 1;
  const files = [
    ...names.filter((name) => name === "tokenizer.json"),
    ...names.filter((name) => name.endsWith(".gguf") && isFirstPart(name)).sort(),
  ];
  if (files.length > 0) return files;
  throw new LemmaError("LEMMA_E_FILE", { path: folder, problem: "holds neither tokenizer.json nor a .gguf file" });
}

/** Hard texts, and the vocabulary's own added tokens between words. */
function probesFor(added: readonly string[]): string[] {
  const own = added.slice(0, MOST_ADDED_TOKENS).map((token) => `one${token} two`);
  return [...tokenizerProbes(PROBES, SEED).map((text) => text.toWellFormed()), ...own];
}

function addedTokens(tokenizer: Tokenizer): string[] {
  const ids = Array.from({ length: tokenizer.vocabularySize }, (_, id) => id).filter((id) => tokenizer.isAdded(id));
  return ids.map((id) => tokenizer.decode([id])).filter((text) => text !== "");
}

/** Whether two added tokens overlap in a text (`!==` where `!=` and `==` are tokens): llama.cpp takes the longest, not the first. */
function hasOverlap(text: string, added: readonly string[]): boolean {
  const found: { start: number; end: number }[] = [];
  for (const token of added) {
    for (let at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + 1)) {
      found.push({ start: at, end: at + token.length });
    }
  }
  return found.some((a) => found.some((b) => a.start < b.start && b.start < a.end && a.end < b.end));
}

const composed = (texts: readonly string[]): string[] => texts.map((text) => text.normalize("NFC"));

function ownPeer(file: string, tokenizer: Tokenizer): PeerTokenizer {
  return { name: file, encode: (text) => tokenizer.encode(text, { control: true }), close: async () => {} };
}

async function* compare(
  file: string,
  tokenizer: Tokenizer,
  texts: readonly string[],
  open: () => Promise<PeerTokenizer | undefined>,
): AsyncGenerator<TokenizerFinding> {
  const isFolder = file === "tokenizer.json";
  const packageName = isFolder ? "@huggingface/tokenizers" : "node-llama-cpp";
  let peer: PeerTokenizer | undefined;
  try {
    peer = await open();
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    yield { file, peer: packageName, ok: false, found: `can't open it: ${problem}`, differences: [] };
    return;
  }
  if (peer === undefined) {
    const found = `not compared: not installed (npm install ${packageName})`;
    yield { file, peer: packageName, ok: true, found, differences: [] };
    return;
  }
  try {
    const encode = peer.encode.bind(peer);
    const differences = compareTokenizers(texts, tokenizer.encodeBatch(texts, { control: true }), encode);
    const found =
      differences.length === 0
        ? `the same ids on ${count(texts.length)} texts`
        : `other ids on ${count(differences.length)} of ${count(texts.length)} texts`;
    yield { file, peer: peer.name, ok: differences.length === 0, found, differences };
  } finally {
    await peer.close();
  }
}
