// Typed access to the fields of a Hugging Face JSON file: what is missing, of the wrong kind or out of range is an error that
// names file and field. null counts as absent, as in transformers. Must not know which fields there are.

import { LemmaError } from "@lemma/protocol";
import { isObject, type JsonObject } from "./json-file.ts";

/** The fields of one object. */
export class ConfigFields {
  readonly path: string;
  readonly #json: JsonObject;
  readonly #prefix: string;

  constructor(path: string, json: JsonObject, prefix = "") {
    this.path = path;
    this.#json = json;
    this.#prefix = prefix;
  }

  has(name: string): boolean {
    return this.#json[name] !== undefined && this.#json[name] !== null;
  }

  /** A whole number of at least `low`. @throws LEMMA_E_MODEL_FORMAT */
  integer(name: string, low: number, fallback?: number): number {
    return this.#checked(name, fallback, `a whole number from ${low} to 2^32 - 1`, (value) => {
      return Number.isInteger(value) && (value as number) >= low && (value as number) < 2 ** 32;
    });
  }

  /** A number from `low` to `high`. @throws LEMMA_E_MODEL_FORMAT */
  number(name: string, low: number, high: number, fallback?: number): number {
    return this.#checked(name, fallback, `a number from ${low} to ${high}`, (value) => {
      return typeof value === "number" && value >= low && value <= high;
    });
  }

  /** true or false. @throws LEMMA_E_MODEL_FORMAT */
  flag(name: string, fallback: boolean): boolean {
    return this.#checked(name, fallback, "true or false", (value) => typeof value === "boolean");
  }

  /** A text. @throws LEMMA_E_MODEL_FORMAT */
  text(name: string, fallback?: string): string {
    return this.#checked(name, fallback, "a text", (value) => typeof value === "string");
  }

  /** A number or a list of numbers, as token ids are written; [] where absent. @throws LEMMA_E_MODEL_FORMAT */
  integers(name: string): number[] {
    const value = this.#checked<number | number[]>(name, [], "a whole number or a list of them", (found) => {
      return [found].flat().every((one) => Number.isInteger(one) && (one as number) >= 0);
    });
    return [value].flat();
  }

  /** The fields of an object inside this one; undefined where absent. @throws LEMMA_E_MODEL_FORMAT */
  object(name: string): ConfigFields | undefined {
    const value = this.#checked<JsonObject | undefined>(name, undefined, "an object", isObject, true);
    return value && new ConfigFields(this.path, value, `${this.#prefix}${name}.`);
  }

  /** Refuses a feature that has no counterpart: the field must be absent or one of `accepted`. @throws LEMMA_E_MODEL_UNSUPPORTED */
  only(name: string, ...accepted: readonly (string | number | boolean)[]): void {
    if (!this.has(name) || accepted.some((value) => value === this.#json[name])) return;
    throw this.unsupported(
      name,
      accepted.length === 0 ? "nothing" : accepted.map((value) => JSON.stringify(value)).join(" or "),
    );
  }

  /** The error for a field whose value is well-formed but not supported. */
  unsupported(name: string, expected: string): LemmaError {
    const problem = `${this.#prefix}${name}: expected ${expected}, found ${this.#shown(name)}`;
    return new LemmaError("LEMMA_E_MODEL_UNSUPPORTED", { path: this.path, problem });
  }

  /** The error for a field whose value is wrong. */
  wrong(name: string, expected: string): LemmaError {
    const problem = `${this.#prefix}${name}: expected ${expected}, found ${this.#shown(name)}`;
    return new LemmaError("LEMMA_E_MODEL_FORMAT", { path: this.path, problem });
  }

  #shown(name: string): string {
    return this.has(name) ? JSON.stringify(this.#json[name]).slice(0, 100) : "nothing";
  }

  #checked<T>(
    name: string,
    fallback: T | undefined,
    expected: string,
    accepts: (value: unknown) => boolean,
    isOptional = false,
  ): T {
    if (!this.has(name)) {
      if (fallback !== undefined || isOptional) return fallback as T;
      throw this.wrong(name, expected);
    }
    if (!accepts(this.#json[name])) throw this.wrong(name, expected);
    return this.#json[name] as T;
  }
}
