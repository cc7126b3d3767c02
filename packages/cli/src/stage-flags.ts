// Flags made from a stage's own options: their names, help and defaults are those of its schema. Owns the mapping; a setting that
// one flag can't say (a list of objects) is for `--options FILE` and recipes.

import { type SettingField, type Stage, settingFields } from "@lemma/data";
import type { Flag, Flags, FlagValues } from "./flags.ts";

/** `maxDocumentBytes` → `max-document-bytes`. */
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The flags of a stage, in the order of its options. */
export function stageFlags(stage: Stage): Flags {
  return Object.fromEntries(
    settingFields(stage.options).flatMap((field) => {
      const flag = flagOf(field);
      return flag === undefined ? [] : [[kebab(field.name), flag]];
    }),
  );
}

function flagOf({ type, description, default: standard, choices, items }: SettingField): Flag | undefined {
  const among = choices === undefined ? "" : `: ${choices.join(", ")}`;
  const shown = Array.isArray(standard) ? standard.join(",") : String(standard ?? "");
  const help = `${description}${among}${shown === "" || type === "boolean" ? "" : ` (default ${shown})`}`;
  if (type === "boolean") return standard === true ? { help: `${help} (default yes)`, value: "yes|no" } : { help };
  if (type === "integer") return { help, value: "N", kind: "count" };
  if (type === "number") return { help, value: "N", kind: "number" };
  if (type === "string") return { help, value: choices === undefined ? "TEXT" : "NAME" };
  return type === "array" && items === "string" ? { help, value: "LIST", many: true } : undefined;
}

/** The options that were given as flags. */
export function optionsFrom(stage: Stage, flags: FlagValues): Record<string, unknown> {
  const given = settingFields(stage.options).map((field) => [field.name, givenValue(field, kebab(field.name), flags)]);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

function givenValue({ type, default: standard }: SettingField, flag: string, flags: FlagValues): unknown {
  if (type === "boolean") {
    if (standard !== true) return flags.on(flag) || undefined;
    const value = flags.choice(flag, ["yes", "no"]);
    return value === undefined ? undefined : value === "yes";
  }
  if (type === "integer" || type === "number") return flags.number(flag);
  return type === "array" ? flags.list(flag) : flags.text(flag);
}
