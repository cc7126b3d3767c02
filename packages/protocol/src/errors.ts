// The error catalogue of the whole stack: code, message template, HTTP status, retryable, hint. The C++ engine mirrors
// the codes in engine/include/status.h; a test holds the two lists equal. Messages say what was expected, what was found, where.

/** One entry of the catalogue. `{name}` in `message` is filled from the error's details. */
export interface ErrorEntry {
  message: string;
  status: number;
  retryable: boolean;
  hint: string;
}

const entry = (message: string, status: number, retryable: boolean, hint: string): ErrorEntry => ({
  message,
  status,
  retryable,
  hint,
});

/** Every code that any room may raise. Add here first, then in engine/include/status.h. */
export const ERRORS = {
  LEMMA_E_FILE: entry("{path}: {problem}", 500, false, "Check that the file exists and that this user may read it."),
  LEMMA_E_MODEL_FORMAT: entry(
    "{path}: {problem}",
    500,
    false,
    "The named file is damaged or of another format: fetch or export it again; `lemma convert` makes a GGUF file from a Hugging Face folder.",
  ),
  LEMMA_E_MODEL_UNSUPPORTED: entry(
    "{path}: {problem}",
    500,
    false,
    "Use one of the supported architectures and tensor types; a remote backend may serve the others.",
  ),
  LEMMA_E_DEVICE: entry(
    'device "{device}" is not available: {problem}',
    500,
    false,
    'Use device "cpu", or build the engine where the device\'s toolkit is installed.',
  ),
  LEMMA_E_CPU: entry(
    'this CPU can\'t run the kernel set "{isa}": {problem}',
    500,
    false,
    "Unset LEMMA_ISA to let the engine choose.",
  ),
  LEMMA_E_OPTION: entry(
    'option "{option}": expected {expected}, found {found}',
    400,
    false,
    "See the option's documentation; unknown options are errors.",
  ),
  LEMMA_E_CONTEXT: entry(
    "the prompt has {prompt} tokens, the context holds {context}",
    400,
    false,
    "Shorten the prompt or load the model with a larger contextLength.",
  ),
  LEMMA_E_OVERLOADED: entry(
    "the queue is full: {waiting} requests wait, {limit} may; room is expected in {retryAfter} s",
    503,
    true,
    "Try again after the time in retry-after.",
  ),
  LEMMA_E_MEMORY: entry(
    "{what} needs {needed} bytes, {available} are allowed",
    400,
    false,
    "Lower n or maxTokens of the request, or contextLength or maxSequences of the model; or raise cacheBytes.",
  ),
  LEMMA_E_DISPOSED: entry("the model was disposed", 409, false, "Load it again before use."),
  LEMMA_E_ABORTED: entry("the request was aborted", 499, false, "The caller's signal ended it."),
  LEMMA_E_TEMPLATE: entry(
    "chat template: {problem}",
    400,
    false,
    "Pass { text } to send raw text, or mend the model's chat template.",
  ),
  LEMMA_E_TOKENIZER: entry(
    "tokenizer: {problem}",
    500,
    false,
    "Only byte-level BPE with a known pre-tokenizer is supported.",
  ),
  LEMMA_E_REQUEST: entry(
    "{field}: expected {expected}, found {found}",
    400,
    false,
    "Mend the request body; the field's name is in `param`.",
  ),
  LEMMA_E_JSON: entry(
    "the body is not valid JSON: {problem}",
    400,
    false,
    "Send a JSON object with content-type application/json.",
  ),
  LEMMA_E_BODY_SIZE: entry("the body has more than {limit} bytes", 413, false, "Send a shorter body."),
  LEMMA_E_MODEL_NOT_FOUND: entry(
    'model "{model}" is not served here; served: {models}',
    404,
    false,
    "GET /v1/models lists the ids.",
  ),
  LEMMA_E_ROUTE: entry("{method} {path} is not a route of this server", 404, false, "See docs/api.md for the routes."),
  LEMMA_E_METHOD: entry("{path} answers {allowed}, not {method}", 405, false, "See docs/api.md for the routes."),
  LEMMA_E_LOADING: entry("the model is still being loaded", 503, true, "GET /readyz answers 200 when it is ready."),
  LEMMA_E_DRAINING: entry(
    "the server is shutting down",
    503,
    true,
    "Send the request to another replica or try again shortly.",
  ),
  LEMMA_E_TIMEOUT: entry("no answer after {seconds} s", 504, true, "Raise `timeout`, or lower max_tokens."),
  LEMMA_E_CONNECTION: entry("can't reach {url}: {problem}", 502, true, "Check that the server runs: `npm start`."),
  LEMMA_E_INTERNAL: entry("{problem}", 500, true, "This is a defect of Lemma; please report it with the message."),
  LEMMA_E_RECIPE: entry(
    "{path}: {field}: expected {expected}, found {found}",
    400,
    false,
    "See docs/recipes.md for the fields; unknown fields are errors.",
  ),
  LEMMA_E_DATA: entry("{path}:{line}: {problem}", 400, false, "Mend or drop the named row."),
  LEMMA_E_TASK: entry(
    'task "{task}" is not known; known: {tasks}',
    400,
    false,
    "`lemma gym list` prints the task ids.",
  ),
  LEMMA_E_PYTHON: entry(
    "{problem}",
    500,
    false,
    "Install PyTorch (Debian: apt-get install python3-torch libopenblas0-pthread) or set LEMMA_PYTHON.",
  ),
  LEMMA_E_SANDBOX: entry(
    "programs can't be run in a sandbox here: {problem}",
    500,
    false,
    "Install bubblewrap and Python (Debian: apt-get install bubblewrap python3), and run as root or where user namespaces are allowed; nothing is run outside the sandbox.",
  ),
  LEMMA_E_TRAINING: entry(
    "{problem}",
    500,
    false,
    "The run folder keeps the last checkpoint; the same command continues it.",
  ),
  LEMMA_E_STAGE: entry(
    "{stage}: {phase} {task}: {problem}",
    500,
    false,
    "The same command goes on where it stopped; give the stage fewer workers if memory ran out, and leave out the file that the task reads if it fails again.",
  ),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

const MARKER = Symbol.for("lemma.error");

/**
 * The one error class. Recognise it with `LemmaError.isInstance` (works across copies of this package).
 * @example
 * const error = new LemmaError("LEMMA_E_CONTEXT", { prompt: 2100, context: 1024 });
 * error.message; // "the prompt has 2100 tokens, the context holds 1024"
 */
export class LemmaError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly retryable: boolean;
  readonly hint: string;
  readonly details: Readonly<Record<string, string | number>>;
  /** Seconds after which the same request is expected to be accepted; only where that was estimated (LEMMA_E_OVERLOADED). */
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, details: Record<string, string | number> = {}, options?: { cause?: unknown }) {
    const known = ERRORS[code];
    super(
      known.message.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? "?")),
      options,
    );
    this.name = "LemmaError";
    this.code = code;
    this.status = known.status;
    this.retryable = known.retryable;
    this.hint = known.hint;
    this.details = details;
    this.retryAfter = typeof details.retryAfter === "number" ? details.retryAfter : undefined;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for a LemmaError of any copy of this package. */
  static isInstance(value: unknown): value is LemmaError {
    return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[MARKER] === true;
  }
}
