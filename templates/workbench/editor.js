// A text beside its pages: what is typed is set as the press sets it, what is wrong stands beside it, and a place on the page is a place
// in the text. The text alone is what counts: fields of the head are put into it, and read from it.

import { ask, counted, told } from "./asked.js";

const editor = document.querySelector("#editor");
const text = document.querySelector("#text");
const saved = document.querySelector("#saved");
const list = document.querySelector("#findings");
const count = document.querySelector("#count");
const pages = document.querySelector("#pages");
const glyphs = document.querySelector("#glyphs defs");
const clash = document.querySelector("#clash");
const form = document.querySelector("#form"); // of a file that has one
const proof = document.querySelector("#proof"); // which document shows what a setting does
const { slug, path } = editor.dataset;
// Nobody else's: what the browser keeps for safe addresses alone is not at hand in every office.
const me = `${Date.now()}-${Math.random()}`;
let was = editor.dataset.fresh === undefined ? text.value : null; // as the file has it; null where there is none yet

// ---- setting: one request at a time, the newest text next ----
let asked = null, running = false, fresh = true, resting = 0;
const timings = (window.hongtouTimings = []);

const set = (thorough = false) => {
  asked = { thorough: thorough || (asked?.thorough ?? false), since: asked?.since ?? performance.now() };
  if (!running) void run();
};

const run = async () => {
  running = true;
  while (asked) {
    const { thorough, since } = asked;
    asked = null;
    const typed = text.value;
    try {
      const answer = slug
        ? await ask(`/documents/${encodeURIComponent(slug)}/typed`, { editor: me, text: typed, fresh, thorough })
        : await ask("/source/typed", { path, text: typed, editor: me, fresh, proof: proof?.value });
      if (pages) { show(answer); fresh = false; }
      if (typed === text.value) {
        if (answer.form) redraw(answer.form);
        tell(answer.findings);
      }
      requestAnimationFrame(() => timings.push(performance.now() - since));
    } catch (error) {
      count.textContent = error.message;
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
  running = false;
};

const rest = () => {
  clearTimeout(resting);
  resting = setTimeout(() => set(true), 700);
};

// ---- pages ----
const NS = "http://www.w3.org/2000/svg";
const lines = new Map(); // by page: its lines of text

const show = ({ pages: number, changed, glyphs: outlines }) => {
  if (number === null) return;
  for (const [name, outline] of outlines) {
    const shape = document.createElementNS(NS, "path");
    shape.id = name;
    shape.setAttribute("d", outline);
    glyphs.append(shape);
  }
  if (pages.querySelector(".quiet")) pages.replaceChildren();
  while (pages.children.length > number) { lines.delete(pages.children.length - 1); pages.lastElementChild.remove(); }
  while (pages.children.length < number) {
    const sheet = document.createElement("div");
    sheet.className = "sheet";
    sheet.dataset.number = pages.children.length;
    pages.append(sheet);
  }
  for (const page of changed) {
    const sheet = pages.children[page.number];
    if (!sheet) continue;
    const parsed = new DOMParser().parseFromString(page.svg, "image/svg+xml").documentElement;
    parsed.setAttribute("role", "img");
    parsed.setAttribute("aria-label", `第${page.number + 1}页`);
    const [, , width, height] = parsed.getAttribute("viewBox").split(" ");
    sheet.style.containIntrinsicSize = `auto ${(height / width) * Math.max(200, sheet.clientWidth)}px`;
    sheet.replaceChildren(document.importNode(parsed, true));
    lines.set(page.number, page.lines);
  }
};

// A place on the page is a place in the text: the line's words, of several the one that stands as far along.
pages?.addEventListener("click", (event) => {
  event.preventDefault();
  const sheet = event.target.closest(".sheet");
  const svg = sheet?.querySelector("svg");
  if (!svg) return;
  const box = svg.getBoundingClientRect();
  const scale = svg.viewBox.baseVal.width / box.width;
  const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  const own = lines.get(Number(sheet.dataset.number)) ?? [];
  const line = own.find(([left, top, right, bottom]) => y >= top - 4 && y <= bottom + 4 && x >= left - 4 && x <= right + 4)
    ?? own.find(([, top, , bottom]) => y >= top - 4 && y <= bottom + 4);
  if (!line) return;
  const words = line[4];
  const at = Math.min(words.length - 1, Math.max(0, Math.floor(((x - line[0]) / (line[2] - line[0])) * words.length)));
  const place = find(words, at, Number(sheet.dataset.number) / Math.max(1, pages.children.length - 1));
  if (place === null) { count.textContent = "这些字是程序排上去的（版头、版记、模板或数据），正文里没有"; return; }
  go(place, place);
});

const find = (words, at, share) => {
  for (const length of [words.length, 12, 6, 3]) {
    const begin = Math.max(0, Math.min(at - Math.floor(length / 2), words.length - length));
    const piece = words.slice(begin, begin + length);
    if (piece.trim().length < 2) continue;
    const places = [];
    for (let from = text.value.indexOf(piece); from >= 0; from = text.value.indexOf(piece, from + 1)) places.push(from);
    if (places.length === 0) continue;
    places.sort((a, b) => Math.abs(a / text.value.length - share) - Math.abs(b / text.value.length - share));
    return places[0] + (at - begin);
  }
  return null;
};

const go = (start, end) => {
  const folded = text.closest("details:not([open])");
  if (folded) folded.open = true;
  text.focus();
  text.setSelectionRange(start, end);
  // A text field scrolls to its caret when something is typed: measured by the lines before it instead.
  const before = text.value.slice(0, start).split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / columns())), 0);
  text.scrollTop = Math.max(0, before * parseFloat(getComputedStyle(text).lineHeight) - text.clientHeight / 2);
};
const columns = () => Math.max(10, Math.floor((text.clientWidth - 16) / parseFloat(getComputedStyle(text).fontSize)));

// And back: where the caret is, the page shows it.
const mark = () => {
  document.querySelector(".here")?.remove();
  const start = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
  const line = text.value.slice(start, (text.value.indexOf("\n", start) + 1 || text.value.length + 1) - 1).replace(/^[#\s>*-]+|[*_`]/g, "");
  if (line.length < 3) return;
  const offset = Math.max(0, text.selectionStart - start - 3);
  for (const piece of [line.slice(offset, offset + 6), line.slice(0, 6), line.slice(0, 3)]) {
    if (piece.trim().length < 2) continue;
    for (const [number, own] of lines) {
      const found = own.find(([, , , , words]) => words.includes(piece));
      if (!found) continue;
      const sheet = pages.children[number];
      const svg = sheet?.querySelector("svg");
      if (!svg) return;
      const { width, height } = svg.viewBox.baseVal;
      const here = document.createElement("div");
      here.className = "here";
      Object.assign(here.style, { left: `${(found[0] / width) * 100}%`, top: `${(found[1] / height) * 100}%`, width: `${((found[2] - found[0]) / width) * 100}%`, height: `${((found[3] - found[1]) / height) * 100}%` });
      sheet.append(here);
      const [top, bottom] = [sheet.offsetTop + (found[1] / height) * sheet.clientHeight, sheet.offsetTop + (found[3] / height) * sheet.clientHeight];
      if (top < pages.scrollTop + 20 || bottom > pages.scrollTop + pages.clientHeight - 20) pages.scrollTop = top - pages.clientHeight / 3;
      return;
    }
  }
};

// ---- findings ----
const tell = (findings) => {
  const errors = findings.filter((one) => one.error).length;
  count.textContent = counted(errors, findings.length - errors);
  list.replaceChildren(...findings.map((one) => {
    const buttons = [];
    if (one.line !== null) buttons.push([`到第${one.line}行`, () => go(one.start, Math.max(one.end, one.start))]);
    if (one.remedy) buttons.push([one.remedy.words, () => {
      const sorted = [...one.remedy.edits].sort((a, b) => b.start - a.start);
      put(sorted.reduce((now, edit) => now.slice(0, edit.start) + edit.text + now.slice(edit.end), text.value));
    }]);
    return told(one.message + (one.line === null && one.elsewhere ? ` ${one.elsewhere}` : ""), one.error, buttons, one.help);
  }));
  for (const field of document.querySelectorAll(".field[data-key]")) {
    const own = findings.filter((one) => one.key === field.dataset.key || one.key?.startsWith(`${field.dataset.key}/`));
    const input = field.querySelector("input, select, textarea");
    field.querySelector("strong.error")?.remove();
    input.removeAttribute("aria-invalid");
    if (own.length > 0) {
      const words = document.createElement("strong");
      words.className = "error";
      words.textContent = own[0].message;
      field.append(words);
      input.setAttribute("aria-invalid", "true");
    }
  }
};

// ---- the text ----
// Put in as if it were typed, so that the field's own undo takes it back.
const put = (fresh) => {
  if (fresh === text.value) return;
  let start = 0;
  while (start < fresh.length && fresh[start] === text.value[start]) start++;
  let end = 0;
  while (end < fresh.length - start && end < text.value.length - start && fresh[fresh.length - 1 - end] === text.value[text.value.length - 1 - end]) end++;
  const active = document.activeElement;
  text.focus();
  text.setSelectionRange(start, text.value.length - end);
  // A text that is folded away takes no focus.
  if (document.activeElement !== text || !document.execCommand("insertText", false, fresh.slice(start, fresh.length - end))) text.setRangeText(fresh.slice(start, fresh.length - end));
  if (text.value !== fresh) text.value = fresh;
  if (active && active !== text && active !== document.body) active.focus();
  changed();
};

const changed = () => {
  saved.textContent = text.value === (was ?? "") ? "" : "没有保存";
  set();
  rest();
};
text.addEventListener("input", changed);
if (pages) {
  let later = 0;
  const soon = () => { clearTimeout(later); later = setTimeout(mark, 150); };
  text.addEventListener("keyup", soon);
  text.addEventListener("click", soon);
}

// ---- fields: what is filled in goes into the text ----
// One after the other, and into the text as it is then: what was filled in or typed a moment before stands in it.
let filled = Promise.resolve(true);
const fill = (key, value) => {
  filled = filled.then(async () => {
    try {
      for (;;) {
        const base = text.value;
        const answer = await ask(slug ? `/documents/${encodeURIComponent(slug)}/field` : "/source/field", { path, text: base, key, value });
        if (text.value !== base) continue;
        if (answer.why) { saved.textContent = answer.why; return false; }
        put(answer.text);
        return true;
      }
    } catch (error) { saved.textContent = error.message; return false; }
  });
  return filled;
};
editor.addEventListener("change", ({ target }) => {
  const key = target.closest("[data-key]")?.dataset.key;
  if (key) void fill(key, target.value);
});
editor.addEventListener("click", ({ target }) => {
  if (target.matches("button.drop")) void fill(target.dataset.key, "");
  if (!target.matches("button.add")) return;
  const fresh = target.closest("[data-add]");
  const inputs = [...fresh.querySelectorAll("[data-name]")];
  const said = Object.fromEntries(inputs.map((input) => [input.dataset.name, input.value]));
  void fill(fresh.dataset.add, JSON.stringify(said)).then((done) => {
    if (done) for (const input of inputs) if (input.matches("input")) input.value = "";
  });
});

// The form as the text has it now; who is typing in it goes on, and what is not added yet is kept.
let drawn = null;
const redraw = (fresh) => {
  if (fresh === drawn) return;
  const active = form.contains(document.activeElement) ? document.activeElement : null;
  const begun = [...form.querySelectorAll("details")].map((part) => part.open);
  const isTyped = (input) => (input === active && input.value !== input.defaultValue) || input.dataset.name !== undefined;
  const typed = [...form.querySelectorAll("input, textarea, select")].filter(isTyped).map((input) => [input.id, input.value, input === active ? input.selectionStart : null]);
  if (drawn !== null) {
    form.innerHTML = fresh;
    form.querySelectorAll("details").forEach((part, at) => { part.open = begun[at] ?? part.open; });
    if (active?.id) document.getElementById(active.id)?.focus();
    for (const [id, value, at] of typed) {
      const input = document.getElementById(id);
      if (!input) continue;
      input.value = value;
      if (at !== null && at !== undefined) input.setSelectionRange(at, at);
    }
  }
  drawn = fresh;
};
proof?.addEventListener("change", () => { fresh = true; pages.replaceChildren(); lines.clear(); set(); });

for (const button of document.querySelectorAll("button.fill")) {
  button.onclick = () => {
    const input = button.closest(".field").querySelector("input");
    input.value = button.dataset.fill;
    input.dispatchEvent(new Event("change"));
    button.remove();
  };
}

// ---- saving ----
const save = async (base = was) => {
  const mine = text.value;
  saved.textContent = "正在保存……";
  try {
    const answer = await ask("/save", { path, was: base, text: mine });
    if (answer.state === "written") {
      was = mine;
      clash.hidden = true;
      saved.textContent = text.value === was ? `已保存（${new Date().toLocaleTimeString("zh-CN")}）` : "没有保存";
      rest();
    } else {
      saved.textContent = "没有保存：别人也改了";
      collide(answer);
    }
  } catch (error) { saved.textContent = error.message; }
};
document.querySelector("#save")?.addEventListener("click", () => save());
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); void save(); }
});
addEventListener("beforeunload", (event) => { if (text.value !== (was ?? "")) event.preventDefault(); });

// Another changed it: both are shown, nothing is thrown away.
const collide = ({ theirs, who, merged }) => {
  const words = document.createElement("p");
  words.textContent = `${who ?? "别人"}也改了这个文件。${merged === null ? "两边改了同一处：" : "两边改的不是同一处，可以合在一起。"}`;
  const shown = document.createElement("textarea");
  shown.readOnly = true;
  shown.value = theirs;
  shown.setAttribute("aria-label", "现在文件里的文字");
  const choice = (label, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.onclick = act;
    return button;
  };
  const choices = [
    ...(merged === null ? [] : [choice("合在一起", () => { was = theirs; put(merged); void save(theirs); })]),
    choice("用我的，盖掉那一份", () => { was = theirs; void save(theirs); }),
    choice("用那一份，放弃我的", () => { was = theirs; put(theirs); clash.hidden = true; saved.textContent = ""; }),
    choice("先不保存，接着改", () => { clash.hidden = true; }),
  ];
  const row = document.createElement("p");
  row.className = "toolbar";
  row.append(...choices);
  clash.replaceChildren(words, shown, row);
  clash.hidden = false;
  choices[0].focus();
};

document.addEventListener("workspace", () => { if (text.value === was) set(true); });

if (editor.dataset.line) {
  const start = text.value.split("\n").slice(0, Number(editor.dataset.line) - 1).join("\n").length + 1;
  go(Math.min(start, text.value.length), text.value.indexOf("\n", start) < 0 ? text.value.length : text.value.indexOf("\n", start));
}
set(true);
