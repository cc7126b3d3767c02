// The text of an HTML tree as a person would copy it: a block a paragraph, headings with #, a table row a line. Owns these rules; knows
// no library: nodes are the few properties of the DOM that it reads. Walks without recursion, so depth costs nothing.

/** The part of a DOM node that is read. */
export interface TextNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly firstChild: TextNode | null;
  readonly nextSibling: TextNode | null;
  readonly parentNode: TextNode | null;
}

const SKIPPED = new Set(
  "SCRIPT STYLE TEMPLATE NOSCRIPT HEAD TITLE SVG MATH CANVAS IFRAME OBJECT AUDIO VIDEO SELECT TEXTAREA BUTTON INPUT".split(
    " ",
  ),
);

/** Elements that stand apart from what is around them by an empty line … */
const PARAGRAPHS = new Set(
  "P DIV SECTION ARTICLE MAIN HEADER FOOTER NAV ASIDE BLOCKQUOTE PRE FIGURE FIGCAPTION UL OL DL TABLE H1 H2 H3 H4 H5 H6 FORM FIELDSET ADDRESS HR DETAILS SUMMARY BODY CAPTION".split(
    " ",
  ),
);

/** … and those that only have a line of their own. */
const LINES = new Set("LI DT DD TR BR THEAD TBODY TFOOT OPTION".split(" "));

/** What is between the cells of a row. */
const CELL = " | ";

/**
 * The text under a node. White space is drawn together (not in `pre`), list items start with "- ", cells of a row are parted by " | ".
 * @example blockText(body) // of <h2>Terms</h2><p>Paid <b>monthly</b>.</p>: "## Terms\n\nPaid monthly."
 */
export function blockText(root: TextNode): string {
  const text = new BlockText();
  let node = root;
  for (;;) {
    const isEntered = node.nodeType === 1 || node === root ? text.open(node.nodeName.toUpperCase()) : text.add(node);
    if (isEntered && node.firstChild !== null) {
      node = node.firstChild;
      continue;
    }
    if (isEntered) text.close(node.nodeName.toUpperCase());
    while (node !== root && node.nextSibling === null) {
      node = node.parentNode!;
      text.close(node.nodeName.toUpperCase());
    }
    if (node === root) return text.toString();
    node = node.nextSibling!;
  }
}

class BlockText {
  #parts: string[] = [];
  /** Line ends that are due before the next word. */
  #due = 0;
  #isSpaceDue = false;
  /** What goes before the next word: the mark of a heading or of an item. */
  #mark = "";
  #pre = 0;
  /** Inside a cell, blocks are words of a line. */
  #cells = 0;
  /** Cells begun in this row, and marks between them that are due before the next word. */
  #begun = 0;
  #cellsDue = 0;

  open(name: string): boolean {
    if (SKIPPED.has(name)) return false;
    this.#edge(name);
    if (name === "TR" && this.#cells === 0) {
      this.#begun = 0;
      this.#cellsDue = 0;
    }
    if (name === "TD" || name === "TH") {
      if (this.#cells++ === 0 && this.#begun++ > 0) this.#cellsDue++;
    } else if (this.#cells === 0) {
      if (name === "LI") this.#mark = "- ";
      else if (/^H[1-6]$/.test(name)) this.#mark = `${"#".repeat(Number(name[1]))} `;
    }
    if (name === "PRE") this.#pre++;
    return true;
  }

  close(name: string): void {
    if (name === "TR" && this.#cells === 0) this.#cellsDue = 0;
    if (name === "TD" || name === "TH") this.#cells--;
    if (name === "PRE") this.#pre--;
    if (name === "LI" || /^H[1-6]$/.test(name)) this.#mark = "";
    this.#edge(name);
  }

  /** A text node; other nodes say nothing. */
  add({ nodeType, nodeValue }: TextNode): false {
    if (nodeType !== 3 && nodeType !== 4) return false;
    const value = nodeValue ?? "";
    if (this.#pre > 0 && this.#cells === 0) this.#word(value, true);
    else {
      const words = value.split(/[ \t\n\r\f\u00a0]+/);
      for (const [at, word] of words.entries()) {
        if (at > 0) this.#isSpaceDue = true;
        if (word !== "") this.#word(word, false);
      }
    }
    return false;
  }

  #edge(name: string): void {
    const ends = PARAGRAPHS.has(name) ? 2 : LINES.has(name) ? 1 : 0;
    if (this.#cells > 0) this.#isSpaceDue ||= ends > 0;
    else this.#due = Math.max(this.#due, ends);
  }

  #word(word: string, isPlain: boolean): void {
    const isFirst = this.#parts.length === 0;
    if (this.#due > 0 && !isFirst) this.#parts.push("\n".repeat(this.#due));
    if (this.#cellsDue > 0) this.#parts.push(CELL.repeat(this.#cellsDue));
    else if (this.#due === 0 && this.#isSpaceDue && !isPlain && !isFirst) this.#parts.push(" ");
    this.#parts.push(this.#mark, word);
    this.#due = 0;
    this.#cellsDue = 0;
    this.#isSpaceDue = false;
    this.#mark = "";
  }

  toString(): string {
    return this.#parts.join("").trim();
  }
}
