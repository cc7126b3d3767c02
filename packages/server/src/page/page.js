// The page at `/`: asks the server of this origin and shows thought, step marks and answer while they arrive.
// Text from the model and from people enters the document as text nodes only.

const TEXT = {
  en: {
    model: "Model",
    thinking: "Think first",
    check: "Check the answer, try again if it fails",
    clear: "New conversation",
    question: "Your question",
    placeholder: "Ask a question. Enter sends, Shift+Enter starts a new line, Esc stops.",
    send: "Ask",
    stop: "Stop",
    intro: "Lemma thinks line by line, and each line is checked by a symbolic kernel while it appears. Try one:",
    proved: "proved",
    refuted: "refuted",
    unknown: "not judged",
    withdrawn: "withdrawn",
    thought: "Thought",
    working: "Thinking…",
    done: "Answer complete.",
    stopped: "Stopped.",
    byMethod: "Proved, method",
    witness: "Refuted. Counter-example",
    because: "Not judged, reason",
    takenBack: "The model took this step back.",
    follows: "Follows from",
    ofQuestion: "the question",
    step: "step",
    tokens: "tokens",
    perSecond: "tokens/s",
    attempt: "Attempt",
    attemptBack: "taken back, its answer",
    answerProved: "answer checked",
    answerRefuted: "no attempt passed the check",
    answerUnknown: "the answer could not be checked",
    attempts: "attempts",
    limit: "The answer was cut at the token limit.",
    unreachable: "The server can't be reached.",
  },
  zh: {
    model: "模型",
    thinking: "先思考",
    check: "检验答案，不通过则重试",
    clear: "新对话",
    question: "你的问题",
    placeholder: "输入问题。回车发送，Shift+回车换行，Esc 停止。",
    send: "提问",
    stop: "停止",
    intro: "Lemma 逐行思考，每一行在出现时都由符号内核检验。试试：",
    proved: "已证明",
    refuted: "已驳倒",
    unknown: "未判定",
    withdrawn: "已撤回",
    thought: "思考过程",
    working: "思考中……",
    done: "回答完毕。",
    stopped: "已停止。",
    byMethod: "已证明，方法",
    witness: "已驳倒，反例",
    because: "未判定，原因",
    takenBack: "模型撤回了这一步。",
    follows: "依据",
    ofQuestion: "题目",
    step: "第几步：",
    tokens: "个词元",
    perSecond: "词元/秒",
    attempt: "尝试",
    attemptBack: "已撤回，其答案",
    answerProved: "答案已检验",
    answerRefuted: "没有一次尝试通过检验",
    answerUnknown: "答案无法检验",
    attempts: "次尝试",
    limit: "回答到达长度上限，被截断。",
    unreachable: "无法连接服务器。",
  },
};

const EXAMPLES = {
  en: [
    "Solve the differential equation dy/dx = x^2 + y",
    "What is 4738 + 2965?",
    "Solve 3x + 5 = 20 for x.",
    "Find the derivative of 3x^4 - 2x^2 + 7.",
    "Ann is taller than Bob. Bob is taller than Dan. Who is the shortest?",
    "What does this program print?\nx = 1\nfor i in range(3):\n    x = x * 2\nprint(x)",
  ],
  zh: [
    "解微分方程 dy/dx = x^2 + y",
    "4738 + 2965 等于多少？",
    "解方程 3x + 5 = 20。",
    "求 3x^4 - 2x^2 + 7 的导数。",
    "小明比小红高，小红比小刚高。谁最矮？",
    "解方程组：x + y = 7，x - y = 1。",
  ],
};

const MARKS = { proved: "✓", refuted: "✗", unknown: "?" };

const at = (id) => document.getElementById(id);
const element = (tag, className, text) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

let language = remembered("language") ?? (navigator.language.startsWith("zh") ? "zh" : "en");
let messages = [];
let running = null;

// ── Language ────────────────────────────────────────────────────────────────────────────────────────────────────────

function remembered(key) {
  try {
    return localStorage.getItem(`lemma.${key}`);
  } catch {
    return null; // storage may be forbidden; the page works without
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(`lemma.${key}`, value);
  } catch {}
}

const text = (key) => TEXT[language][key];

function showLanguage() {
  document.documentElement.lang = language;
  for (const place of document.querySelectorAll("[data-text]")) place.textContent = text(place.dataset.text);
  for (const place of document.querySelectorAll("[data-placeholder]"))
    place.placeholder = text(place.dataset.placeholder);
  at("language").textContent = language === "en" ? "中文" : "English";
  at("language").lang = language === "en" ? "zh" : "en";
  at("examples").replaceChildren(
    ...EXAMPLES[language].map((example) => {
      const button = element("button", "", example.split("\n")[0] + (example.includes("\n") ? " …" : ""));
      button.type = "button";
      button.addEventListener("click", () => ask(example));
      const item = element("li");
      item.append(button);
      return item;
    }),
  );
}

// ── One exchange ────────────────────────────────────────────────────────────────────────────────────────────────────

/** The view of one reply: thought with a mark per line, answer, figures. */
class ReplyView {
  constructor(question) {
    this.reasoning = "";
    this.answer = "";
    this.lines = [];
    this.isLineOpen = false;
    this.root = element("article");
    this.thought = element("details", "thought");
    this.thought.open = true;
    this.thought.hidden = true;
    this.steps = element("ol", "steps");
    this.thought.append(element("summary", "", text("thought")), this.steps);
    this.answerPlace = element("div", "answer");
    this.figures = element("p", "figures");
    this.root.append(element("p", "user", question), this.thought, this.answerPlace, this.figures);
  }

  addReasoning(piece) {
    this.thought.hidden = false;
    this.reasoning += piece;
    let offset = this.reasoning.length - piece.length; // verdicts name places in UTF-16 units, as strings count
    for (const [i, part] of piece.split("\n").entries()) {
      if (i > 0) {
        this.isLineOpen = false;
        offset++;
      }
      if (part !== "" && !this.isLineOpen) this.startLine(offset);
      if (part !== "") this.lines.at(-1).textNode.data += part;
      offset += part.length;
    }
  }

  startLine(start) {
    const item = element("li");
    const place = element("span", "place");
    const content = element("span");
    const textNode = document.createTextNode("");
    content.append(textNode);
    item.append(place, content);
    this.steps.append(item);
    this.lines.push({ item, place, textNode, start });
    this.isLineOpen = true;
  }

  addVerdict(step) {
    const line = this.lines.findLast((candidate) => candidate.start <= step.start);
    if (!line) return;
    const mark = element("button", `mark ${step.verdict}`, MARKS[step.verdict]);
    mark.type = "button";
    const detail = element("span", "detail", describe(step));
    detail.id = `detail-${crypto.randomUUID()}`;
    detail.role = "tooltip";
    mark.setAttribute("aria-label", text(step.verdict));
    mark.setAttribute("aria-describedby", detail.id);
    line.place.replaceChildren(mark, detail);
    line.item.classList.toggle("withdrawn", step.withdrawn);
  }

  addText(piece) {
    this.answer += piece;
    this.answerPlace.replaceChildren(...renderAnswer(this.answer));
  }

  /** An attempt that failed the check: its thought goes into a closed list above, and the reply begins anew. */
  withdrawAttempt({ attempt, text: answer, ...verdict }) {
    const kept = element("details", "attempt");
    const title = `${MARKS[verdict.verdict]} ${text("attempt")} ${attempt}, ${text("attemptBack")}: `;
    const summary = element("summary", "", title);
    summary.append(element("s", "", answer));
    const steps = element("ol", "steps");
    steps.append(...this.steps.childNodes);
    kept.append(summary, steps);
    this.thought.before(kept);
    this.reasoning = "";
    this.lines = [];
    this.isLineOpen = false;
  }

  /** What came of the check: a mark beside the answer. */
  showCheck({ verdict, attempts, ...rest }) {
    const said = { proved: "answerProved", refuted: "answerRefuted", unknown: "answerUnknown" }[verdict];
    const note = element("p", `check ${verdict}`, `${MARKS[verdict]} ${text(said)} · ${attempts} ${text("attempts")}`);
    if (rest.reason) note.append(` · ${rest.reason}`);
    this.answerPlace.after(note);
  }

  showProblem(message, hint) {
    const problem = element("div", "problem", message);
    problem.role = "alert";
    if (hint) problem.append(element("br"), element("small", "", hint));
    this.root.append(problem);
  }
}

function describe(step) {
  const parts = [];
  if (step.verdict === "proved") parts.push(`${text("byMethod")}: ${step.method}.`);
  if (step.verdict === "refuted") {
    const witness = Object.entries(step.witness).map(([name, value]) => `${name} = ${value}`);
    parts.push(`${text("witness")}: ${witness.join(", ")}.`);
  }
  if (step.verdict === "unknown") parts.push(`${text("because")}: ${step.reason}.`);
  if (step.from.length > 0) {
    const names = step.from.map((index) => (index < 0 ? text("ofQuestion") : `${text("step")} ${index + 1}`));
    parts.push(`${text("follows")}: ${names.join(", ")}.`);
  }
  if (step.withdrawn) parts.push(text("takenBack"));
  return parts.join(" ");
}

/** The answer's text with each \boxed{…} framed; braces may nest. */
function renderAnswer(answer) {
  const nodes = [];
  let rest = answer;
  for (;;) {
    const start = rest.indexOf("\\boxed{");
    if (start < 0) break;
    let depth = 1;
    let end = start + 7;
    while (end < rest.length && depth > 0) {
      if (rest[end] === "{") depth++;
      if (rest[end] === "}") depth--;
      end++;
    }
    if (depth > 0) break; // still arriving
    nodes.push(
      document.createTextNode(rest.slice(0, start)),
      element("strong", "boxed", rest.slice(start + 7, end - 1)),
    );
    rest = rest.slice(end);
  }
  nodes.push(document.createTextNode(rest));
  return nodes;
}

// ── Asking ──────────────────────────────────────────────────────────────────────────────────────────────────────────

async function ask(question) {
  if (running || question.trim() === "") return;
  const view = new ReplyView(question);
  at("welcome").hidden = true;
  at("conversation").append(view.root);
  at("question").value = "";
  setRunning(new AbortController());
  at("status").textContent = text("working");
  messages.push({ role: "user", content: question });
  let outcome = "done";
  try {
    await readReply(view, messages, running.signal);
    messages.push({ role: "assistant", content: view.answer });
  } catch (problem) {
    outcome = running.signal.aborted ? "stopped" : "";
    messages.pop();
    if (outcome === "stopped") view.figures.textContent = text("stopped");
    else view.showProblem(problem.message, problem.hint);
  }
  at("status").textContent = outcome ? text(outcome) : "";
  const isReading = view.root.contains(document.activeElement); // a mark, say: its detail must stay open
  setRunning(null);
  if (!isReading) at("question").focus();
}

async function readReply(view, conversation, signal) {
  const started = performance.now();
  const body = {
    model: at("model").value,
    messages: conversation,
    stream: true,
    stream_options: { include_usage: true },
    thinking: { type: at("thinking").checked ? "enabled" : "disabled" },
    lemma: { step_verdicts: true, ...(at("verified").checked ? { verified: true } : {}) },
  };
  const headers = { "content-type": "application/json" };
  const response = await fetch("v1/chat/completions", { method: "POST", headers, body: JSON.stringify(body), signal });
  if (!response.ok) throw (await response.json()).error;
  let reason = "";
  let usage = null;
  for await (const chunk of readEvents(response.body)) {
    if (chunk.error) throw chunk.error;
    usage = chunk.usage ?? usage;
    const [choice] = chunk.choices;
    if (!choice) continue;
    const { delta } = choice;
    const isAtEnd = isScrolledDown();
    if (delta.reasoning_content) view.addReasoning(delta.reasoning_content);
    if (delta.content) view.addText(delta.content);
    if (delta.lemma?.step) view.addVerdict(delta.lemma.step);
    if (delta.lemma?.withdrawn) view.withdrawAttempt(delta.lemma.withdrawn);
    if (delta.lemma?.verified) view.showCheck(delta.lemma.verified);
    reason = choice.finish_reason ?? reason;
    if (isAtEnd) scrollDown();
  }
  const seconds = (performance.now() - started) / 1000;
  if (usage) {
    const rate = Math.round(usage.completion_tokens / seconds);
    view.figures.textContent = `${usage.completion_tokens} ${text("tokens")} · ${seconds.toFixed(1)} s · ${rate} ${text("perSecond")}`;
  }
  if (reason === "length") view.figures.textContent += ` · ${text("limit")}`;
  if (isScrolledDown()) scrollDown();
}

async function* readEvents(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader(); // async iteration is missing in some browsers
  let buffer = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    buffer += value;
    const lines = buffer.split("\n");
    buffer = lines.pop();
    for (const line of lines) {
      if (!line.startsWith("data: ")) continue;
      const data = line.slice(6);
      if (data === "[DONE]") return;
      yield JSON.parse(data);
    }
  }
}

function setRunning(controller) {
  running = controller;
  at("send").hidden = controller !== null;
  at("stop").hidden = controller === null;
  at("clear").disabled = controller !== null;
}

const isScrolledDown = () => {
  const main = document.querySelector("main");
  return main.scrollHeight - main.scrollTop - main.clientHeight < 80;
};
const scrollDown = () => {
  const main = document.querySelector("main");
  main.scrollTop = main.scrollHeight;
};

async function loadModels() {
  try {
    const { data } = await (await fetch("v1/models")).json();
    at("model").replaceChildren(...data.map(({ id }) => new Option(id, id)));
  } catch {
    at("status").textContent = text("unreachable");
  }
}

at("form").addEventListener("submit", (event) => {
  event.preventDefault();
  ask(at("question").value);
});
at("question").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  ask(at("question").value);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") running?.abort();
});
at("stop").addEventListener("click", () => running?.abort());
at("clear").addEventListener("click", () => {
  messages = [];
  at("conversation").replaceChildren();
  at("welcome").hidden = false;
  at("question").focus();
});
at("language").addEventListener("click", () => {
  language = language === "en" ? "zh" : "en";
  remember("language", language);
  showLanguage();
});

at("verified").checked = remembered("verified") === "yes";
at("verified").addEventListener("change", () => remember("verified", at("verified").checked ? "yes" : "no"));

showLanguage();
loadModels();
