// A data recipe: its stages in order, each with its settings. Owns reading it; what a stage may be set to is the stage's business.

import { dirname } from "node:path";
import { z } from "zod";
import { readSettings, recipeError } from "../settings/settings.ts";
import { stages } from "../stages/stages.ts";

/** One entry of `stages`: the stage's name and its settings. */
export type RecipeEntry = Readonly<Record<string, unknown>>;

export const dataRecipeSchema = z.strictObject({
  /** The name of the run's folder. */
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  /** `- clean: { … }`: a stage with its settings; `- clean:` with none. */
  stages: z
    .array(z.record(z.string(), z.unknown()).refine((entry) => Object.keys(entry).length === 1, "expected one stage"))
    .nonempty(),
});

/** A recipe, read and checked. */
export interface DataRecipe {
  path: string;
  name: string;
  /** Relative paths in settings start here: the recipe's own folder. */
  base: string;
  stages: { name: string; options: unknown }[];
}

/**
 * Reads a data recipe.
 * @throws LEMMA_E_FILE, LEMMA_E_RECIPE (not YAML, an unknown stage or setting).
 * @example await readDataRecipe("recipes/documents-to-dataset.yaml"); // { name: "documents-to-dataset", stages: [ … ] }
 */
export async function readDataRecipe(path: string): Promise<DataRecipe> {
  const { name, stages: entries } = await readSettings(path, dataRecipeSchema);
  const known = stages().map((stage) => stage.name);
  const listed = entries.map((entry, i) => {
    const [stage, options] = Object.entries(entry)[0]!;
    if (!known.includes(stage)) throw recipeError(path, `stages[${i}]`, known.join(", "), stage);
    return { name: stage, options: options ?? {} };
  });
  return { path, name, base: dirname(path), stages: listed };
}
