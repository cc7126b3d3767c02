// Where things stand in the repository, seen from this package.

import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** An absolute path inside the repository. */
export const repositoryPath = (...parts: string[]): string => join(resolve(root), ...parts);
