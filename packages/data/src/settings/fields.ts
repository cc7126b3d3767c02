// The fields of settings, as help texts and guides show them. Owns what of a schema is shown.

import { z } from "zod";

/** One field: its type in JSON Schema's words, what it means, its default. */
export interface SettingField {
  name: string;
  /** `string`, `number`, `integer`, `boolean`, `array`, `object`; undefined where it may be several. */
  type?: string;
  description: string;
  default?: unknown;
  /** The values it may have, where they are few; of an array, those of its items. */
  choices?: readonly string[];
  /** Of an array: the type of its items. */
  items?: string;
}

interface JsonSchema {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
}

/** The fields of a strict object, in its order. */
export function settingFields(schema: z.ZodObject): SettingField[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as {
    properties?: Record<string, JsonSchema>;
  };
  return Object.entries(properties).map(([name, field]) => {
    // Items that may be said in several ways have a flag where one of them is a text.
    const items = field.items?.type ?? field.items?.anyOf?.find(({ type }) => type === "string")?.type;
    const choices = field.enum ?? field.items?.enum;
    return {
      name,
      ...(field.type === undefined ? {} : { type: field.type }),
      description: field.description ?? "",
      ...(field.default === undefined ? {} : { default: field.default }),
      ...(choices === undefined ? {} : { choices }),
      ...(items === undefined ? {} : { items }),
    };
  });
}
