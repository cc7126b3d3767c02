// The stage `dedup`: of documents that are equal or nearly so, one stays. Owns the order of the phases; scheme.ts says how pairs are
// found, phase-exact.ts which document of a cluster stays.
//
// sign: keys and shingles of each file. exact: equal documents. bands: pairs that agree in a band. verify: their exact similarity.
// cluster: union-find. keep: what stays and what goes. measure: what the run would have found of copies that are planted for it.

import type { Stage } from "../../pipeline/stage.ts";
import { expectedLines } from "./estimate.ts";
import { type DedupPlanOptions, dedupOptions, resolveOptions } from "./options.ts";
import { bands } from "./phase-bands.ts";
import { cluster } from "./phase-cluster.ts";
import { exact } from "./phase-exact.ts";
import { keep } from "./phase-keep.ts";
import { measure } from "./phase-measure.ts";
import { sign } from "./phase-sign.ts";
import { verify } from "./phase-verify.ts";

/** Drops duplicates. */
export const dedup: Stage<DedupPlanOptions> = {
  name: "dedup",
  version: "1",
  summary: "Keep one of documents that are equal or nearly so",
  about:
    "Equal documents (apart from case and white space) are found by a hash, near duplicates by MinHash bands, and each pair found so is\n" +
    "compared exactly. Of a cluster the longest document stays, of equally long ones the first. What goes is written aside\n" +
    "(kind `dropped`) with the id of the document that stays in its place and the similarity of the two.",
  example: {
    line: "lemma data dedup --in run/02-clean --out run/03-dedup",
    shows: "documents kept and dropped, clusters, pairs compared",
  },
  reads: "documents",
  options: dedupOptions,
  resolve: resolveOptions,
  expects: expectedLines,
  phases: [sign, exact, bands, verify, cluster, keep, measure],
};
