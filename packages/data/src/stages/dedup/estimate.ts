// What a run of `dedup` will find, take and leave on disk, before it runs. Owns the arithmetic; it measures only how fast this machine
// signs, on a sample of the input.

import { FILE_TEXT, readDocuments } from "../../documents/document-file.ts";
import type { StagePlan } from "../../pipeline/stage.ts";
import { BAND_BYTES, type DedupPlanOptions, EXACT_BYTES, partsFor } from "./options.ts";
import { detectionCurve } from "./scheme.ts";
import { makeSigner } from "./signer.ts";

/** What is to be expected of a run. */
export interface DedupEstimate {
  documents: number;
  /** UTF-16 units of text, estimated from the sample. */
  characters: number;
  /** The share of pairs of a similarity that is found. */
  curve: { similarity: number; found: number }[];
  /** The most bytes that a task of each phase holds, beside about 60 MB of the process itself. */
  memory: Record<string, number>;
  /** Bytes of scratch files in the stage's folder. */
  scratch: number;
  /** Seconds of one core for signatures, which are most of the work; the other phases read keys and candidates only. */
  seconds: number;
}

/** Documents of the sample, from the first file. */
const SAMPLE = 500;

/**
 * Estimates a run from its plan; signs up to 500 documents of the first input file.
 * @throws LEMMA_E_FILE where that file can't be read
 * @example (await estimateDedup(await planStage(dedup, { from: "run/02-clean" }))).curve
 */
export function estimateDedup({
  inputs,
  options,
}: Pick<StagePlan<DedupPlanOptions>, "inputs" | "options">): DedupEstimate {
  const documents = inputs.reduce((sum, input) => sum + input.documents, 0);
  const largest = inputs.reduce((most, input) => Math.max(most, input.documents), 0);
  const first = inputs.find((input) => input.documents > 0);
  const sample = first === undefined ? [] : readDocuments(first.path);
  // Compressed bytes to characters by the whole of the first file; time by some of it.
  const perByte = sample.reduce((sum, { text }) => sum + text.length, 0) / (first?.bytes ?? 1);
  const characters = Math.round(perByte * inputs.reduce((sum, { bytes }) => sum + bytes, 0));
  using signer = makeSigner(options);
  const taken = sample.slice(0, SAMPLE);
  let units = 0;
  const started = performance.now();
  for (const { id, text } of taken) {
    signer.text(id, text);
    units += text.length;
  }
  const words = signer.takeShingles().length;
  const perCharacter = units === 0 ? 0 : (performance.now() - started) / 1000 / units;
  const shingleBytes = options.near && units > 0 ? (4 * words) / units : 0;
  const bands = options.near ? options.bands : 0;
  const row = 4 * (8 + 2 * bands) + 16;
  const share = (bytes: number): number => Math.ceil((documents * bytes) / partsFor(documents, bytes, options));
  return {
    documents,
    characters,
    curve: detectionCurve(options),
    memory: {
      sign: Math.ceil(Math.min(characters, FILE_TEXT) * (6 + shingleBytes) + 2 * largest * row),
      exact: share(EXACT_BYTES),
      ...(options.near ? { bands: share(BAND_BYTES), verify: 2 ** 26 + 2 ** 16 * 8 * bands } : {}),
      cluster: 13 * documents,
      keep: Math.min(characters, FILE_TEXT) * 6,
    },
    scratch: Math.ceil(documents * (row + 4) + characters * shingleBytes),
    seconds: Math.round(characters * perCharacter * 10) / 10,
  };
}

const GOOD = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** The estimate for people. */
export function expectedLines(plan: Pick<StagePlan<DedupPlanOptions>, "inputs" | "options">): string[] {
  const { documents, characters, curve, memory, scratch, seconds } = estimateDedup(plan);
  const shown = curve.filter(({ similarity }) => similarity >= 0.5);
  const most = Math.max(...Object.values(memory));
  return [
    `dedup: ${GOOD.format(documents)} documents, ${GOOD.format(characters)} characters; signatures take about ${seconds} s on one core, ` +
      `a task at most ${Math.ceil(most / 2 ** 20)} MiB, scratch files ${GOOD.format(scratch / 1e6)} MB`,
    ...(plan.options.near
      ? [
          `  similarity ${shown.map(({ similarity }) => similarity.toFixed(2).padStart(6)).join("")}`,
          `  found      ${shown.map(({ found }) => found.toFixed(3).padStart(6)).join("")}`,
        ]
      : []),
  ];
}
