// An endpoint that speaks OpenAI's chat completions, for tests: real HTTP on this machine, with replies that a test writes and the faults
// that real endpoints have. It counts what was paid for: replies that were sent whole.

import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Message } from "@lemma/protocol";

export interface ChatRequest {
  model: string;
  messages: Message[];
  seed: number;
  [field: string]: unknown;
}

/** What is wrong with an answer, `undefined` where nothing is. */
export type Fault =
  | "429"
  | "500"
  | "503"
  | "400"
  | "401"
  | "redirect"
  | "hang"
  | "slow-body"
  | "garbage"
  | "cut"
  | "wrong-form"
  | "huge"
  | "no-text"
  | "reset"
  | "key";

export interface EndpointScript {
  /** The message of the reply, or its text. */
  reply(request: ChatRequest): string | { content: string | null; reasoning_content?: string; finish?: string };
  /** The fault of the n-th try of one request, counted from 0. */
  fault?(request: ChatRequest, tries: number): Fault | undefined;
}

export class OpenAiEndpoint implements AsyncDisposable {
  readonly #server: Server;
  /** How often each request was answered whole, by its body. */
  readonly paid = new Map<string, number>();
  readonly tries = new Map<string, number>();
  readonly headers: IncomingHttpHeaders[] = [];
  /** Paths other than the one for chat completions. */
  readonly strays: string[] = [];
  running = 0;
  most = 0;
  /** While this is set, nobody is answered; who waited then is cut off. */
  held: Promise<void> | undefined;
  onPaid: (count: number) => void = () => {};

  constructor(script: EndpointScript) {
    this.#server = createServer(async (request, response) => {
      let body = "";
      for await (const piece of request) body += piece;
      this.headers.push(request.headers);
      if (request.url !== "/v1/chat/completions") {
        this.strays.push(String(request.url));
        response.writeHead(404).end("no such route");
        return;
      }
      this.running++;
      this.most = Math.max(this.most, this.running);
      if (this.held !== undefined) {
        await this.held;
        request.socket.destroy();
        this.running--;
        return;
      }
      const asked = JSON.parse(body) as ChatRequest;
      const tries = this.tries.get(body) ?? 0;
      this.tries.set(body, tries + 1);
      const fault = script.fault?.(asked, tries);
      if (fault === undefined) {
        this.#pay(body);
        response.writeHead(200, { "content-type": "application/json" }).end(wholeReply(script.reply(asked), asked));
      } else spoil(fault, response, request.headers.authorization ?? "", wholeReply(script.reply(asked), asked));
      this.running--;
    });
  }

  #pay(body: string): void {
    this.paid.set(body, (this.paid.get(body) ?? 0) + 1);
    this.onPaid([...this.paid.values()].reduce((sum, count) => sum + count, 0));
  }

  /** Its address, as an option of augmentation. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => void this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function wholeReply(reply: ReturnType<EndpointScript["reply"]>, { model }: ChatRequest): string {
  const { finish = "stop", ...message } = typeof reply === "string" ? { content: reply } : reply;
  return JSON.stringify({
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1,
    model,
    choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason: finish, logprobs: null }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  });
}

function spoil(fault: Fault, response: ServerResponse, authorization: string, whole: string): void {
  const error = (status: number, headers = {}): unknown =>
    response
      .writeHead(status, { "content-type": "application/json", ...headers })
      .end(JSON.stringify({ error: { message: `status ${status} for ${authorization}`, type: "x" } }));
  if (fault === "429") error(429, { "retry-after": "0" });
  else if (/^\d+$/.test(fault)) error(Number(fault));
  else if (fault === "redirect") response.writeHead(302, { location: "/v1/elsewhere" }).end();
  else if (fault === "garbage") response.end("<html>502 Bad Gateway</html>\u0000");
  else if (fault === "cut") response.end(whole.slice(0, -30));
  else if (fault === "wrong-form") response.end('{"choices":[{"message":{"content":["a"]}}]}');
  else if (fault === "no-text") response.end(wholeReply("a\ud800\u0000", { model: "" } as ChatRequest));
  else if (fault === "key")
    response.end(wholeReply(authorization.replace("Bearer ", ""), { model: "" } as ChatRequest));
  else if (fault === "huge") {
    response.on("error", () => {});
    const piece = " ".repeat(1 << 20);
    for (let i = 0; i < 3; i++) response.write(piece);
    response.end(whole);
  } else if (fault === "reset") response.destroy();
  else if (fault === "slow-body") response.write(whole.slice(0, 10)); // and no more
}
