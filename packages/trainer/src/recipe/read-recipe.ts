// Reads a recipe file. Owns nothing but the pairing of file and schema; faults are told by the settings of @lemma/data.

import { parseSettings, readSettings } from "@lemma/data";
import { type Recipe, recipeSchema } from "./schema.ts";

/**
 * Reads and checks a recipe; defaults are filled in.
 * @throws LEMMA_E_FILE (not readable), LEMMA_E_RECIPE (not YAML, a missing, wrong or unknown field).
 * @example await readRecipe("recipes/lemma-s.yaml"); // { name: "lemma-s", … }
 */
export const readRecipe = (path: string): Promise<Recipe> => readSettings(path, recipeSchema);

/** The same from text; `path` is for messages. */
export const parseRecipe = (path: string, text: string): Recipe => parseSettings(path, text, recipeSchema);
