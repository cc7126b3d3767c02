// The models that a server answers with, by id. Owns look-up and the `/v1/models` objects; loads nothing.

import { createHash } from "node:crypto";
import { LemmaError, type WireModel } from "@lemma/protocol";
import type { ServedModel } from "./served-model.ts";

export interface ModelEntry {
  model: ServedModel;
  wire: WireModel;
  /** Changes when another build or another model answers under the same id. */
  fingerprint: string;
}

export class Models {
  readonly #entries = new Map<string, ModelEntry>();
  #isReady = false;

  /** False until `ready` was called: a server may listen while its models are still being loaded. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Adds a model under its id. `created` is in seconds since 1970; `revision` names the weights (a hash, a date). */
  add(id: string, model: ServedModel, created: number, revision: string): void {
    const wire: WireModel = { id, object: "model", created, owned_by: "lemma" };
    const hash = createHash("sha256").update(`${id}\n${revision}`).digest("hex");
    this.#entries.set(id, { model, wire, fingerprint: `fp_${hash.slice(0, 12)}` });
  }

  ready(): void {
    this.#isReady = true;
  }

  list(): WireModel[] {
    return [...this.#entries.values()].map((entry) => entry.wire);
  }

  /** Throws LEMMA_E_MODEL_NOT_FOUND with the ids that are served, LEMMA_E_LOADING before they are. */
  get(id: string): ModelEntry {
    const entry = this.#entries.get(id);
    if (entry) return entry;
    if (!this.#isReady) throw new LemmaError("LEMMA_E_LOADING");
    const shown = id.length > 80 ? `${id.slice(0, 80)}…` : id;
    throw new LemmaError("LEMMA_E_MODEL_NOT_FOUND", {
      model: shown,
      models: [...this.#entries.keys()].join(", ") || "none",
    });
  }
}
