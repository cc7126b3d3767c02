// Reads a server-sent event stream piece by piece (WHATWG HTML, §9.2.6). Owns line ends, comments and fields; it does not
// know what the data mean. Pieces may be cut anywhere, also inside a character or between CR and LF.

/** Turns bytes into the `data` of the events they complete. */
export class EventSourceParser {
  readonly #decoder = new TextDecoder(); // drops a leading byte order mark, as the standard asks
  #line = "";
  #data: string[] = [];
  #endedInCr = false;

  /**
   * Takes the next bytes and returns the data of each event that is now complete.
   * @example
   * new EventSourceParser().push(new TextEncoder().encode("data: 1\n\n")); // ["1"]
   */
  push(bytes: Uint8Array): string[] {
    return this.#read(this.#decoder.decode(bytes, { stream: true }));
  }

  /** The event that the stream ended in, if it was not closed by an empty line: some servers leave that out. */
  end(): string[] {
    const events = this.#read(this.#decoder.decode());
    this.#endLine(events);
    this.#dispatch(events);
    return events;
  }

  #read(text: string): string[] {
    const events: string[] = [];
    let start = 0;
    if (this.#endedInCr && text.length > 0) {
      if (text[0] === "\n") start = 1;
      this.#endedInCr = false;
    }
    for (let i = start; i < text.length; i++) {
      const character = text[i];
      if (character !== "\n" && character !== "\r") continue;
      this.#line += text.slice(start, i);
      this.#endLine(events);
      if (character === "\r") {
        if (i + 1 === text.length) this.#endedInCr = true;
        else if (text[i + 1] === "\n") i++;
      }
      start = i + 1;
    }
    this.#line += text.slice(start);
    return events;
  }

  #endLine(events: string[]): void {
    const line = this.#line;
    this.#line = "";
    if (line === "") this.#dispatch(events);
    else if (line.startsWith("data:")) this.#data.push(line.slice(line[5] === " " ? 6 : 5));
    else if (line === "data") this.#data.push("");
    // Comments (":…") and the fields event, id and retry have no use here.
  }

  #dispatch(events: string[]): void {
    if (this.#data.length > 0) events.push(this.#data.join("\n"));
    this.#data = [];
  }
}
