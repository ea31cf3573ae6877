// 检索 — searches the index of src/site/search.rs: loads the lists that a query needs, crosses them, reads the texts of what
// is left and shows those that really hold the words.
"use strict";
(() => {
  const PAGE = 10;
  // How many lists are asked for at first: each lies in a file of its own, and the texts decide anyway.
  const LISTS = 3;
  // After how many milliseconds a reader is told to wait.
  const PATIENCE = 300;
  const base = new URL("../assets/search/", location.href).href;
  const waiting = new Map();
  const loaded = new Map();
  window.hongtou = (name, data) => loaded.set(name, data);

  // A page opened from a folder may load scripts, not data; so every part of the index is a script.
  const load = (name) => {
    if (loaded.has(name)) return loaded.get(name);
    if (!waiting.has(name)) {
      waiting.set(name, new Promise((done, fail) => {
        const script = document.createElement("script");
        script.src = base + name + ".js";
        script.onload = () => (loaded.has(name) ? done(loaded.get(name)) : fail(new Error(name)));
        script.onerror = () => fail(new Error(name));
        document.head.append(script);
      }));
      waiting.get(name).catch(() => waiting.delete(name));
    }
    return waiting.get(name);
  };

  const wide = (char) => (char >= "\uff01" && char <= "\uff5e" ? String.fromCharCode(char.charCodeAt(0) - 0xfee0) : char);
  const counts = /[\p{Alphabetic}\p{N}]/u;
  const small = (char) => (char >= "A" && char <= "Z" ? char.toLowerCase() : char);
  const normal = (text) => text.replace(/[\uff01-\uff5e]/g, wide).replace(/[^\p{Alphabetic}\p{N}]+/gu, "").replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());

  const shard = (first, second, shards) => {
    const a = Math.imul(first.codePointAt(0), 0x9e3779b1);
    const b = second ? Math.imul(second.codePointAt(0), 0x85ebca77) : 0;
    return ((a ^ b) >>> 4) % shards;
  };

  // Base 36, without parsing text: most of the time of a search is spent here.
  const digit = (code) => (code < 58 ? code - 48 : code - 87);
  const DOT = 46, STAR = 42;
  const numbers = (list) => {
    const out = [];
    let next = 0;
    for (let at = 0; at < list.length; at += 1) {
      const code = list.charCodeAt(at);
      if (code !== DOT && code !== STAR) { next += digit(code); out.push(next); next += 1; continue; }
      let value = 0;
      for (at += 1; list.charCodeAt(at) !== DOT && at < list.length; at += 1) value = value * 36 + digit(list.charCodeAt(at));
      if (code === DOT) { next += value; out.push(next); next += 1; } else for (; value; value -= 1) { out.push(next); next += 1; }
    }
    return out;
  };

  // The numbers of a rising list that stand, or do not stand, in another one.
  const pick = (list, other, within) => {
    let at = 0;
    return list.filter((number) => {
      while (other[at] < number) at += 1;
      return (other[at] === number) === within;
    });
  };
  const cross = (lists) => lists.sort((a, b) => a.length - b.length).reduce((left, right) => pick(left, right, true));

  // The pairs of the words' characters (of a word of one character, that one): at most so many of each, spread over the word.
  const keys = (words, most) => words.map((word) => [...word]).flatMap((word) => {
    if (word.length === 1) return [[word[0], ""]];
    const last = word.length - 2;
    const count = Math.min(most, last + 1);
    return Array.from({ length: count }, (_, at) => Math.round((at * last) / Math.max(count - 1, 1))).map((at) => [word[at], word[at + 1]]);
  });

  // The items whose lists hold all of these keys: those that hold them in their titles, and a function for the others, whose lists
  // are long.
  const candidates = async (keys, meta) => {
    const files = await Promise.all(keys.map(([first, second]) => load("s" + shard(first, second, meta.shards))));
    const holders = (mark) => cross(keys.map((key, at) => numbers(files[at][mark + key.join("")] || "")));
    const titles = holders("^");
    return [titles, () => pick(holders(""), titles, false)];
  };

  const form = document.getElementById("search");
  const field = document.getElementById("q");
  const column = document.getElementById("column");
  const found = document.getElementById("found");
  const results = document.getElementById("results");
  const more = document.getElementById("more");
  let run = 0;
  let patience;

  // The text with the characters that count, and where each of them stands in it.
  const mapped = (text) => {
    const chars = [];
    const places = [];
    let place = 0;
    for (const char of text) {
      const plain = wide(char);
      if (counts.test(plain)) { chars.push(small(plain)); places.push(place); }
      place += char.length;
    }
    return { flat: chars.join(""), places: chars.length === chars.join("").length ? places : null, text };
  };

  // Shown so that tests/cases/search.json can ask them: the index is written by the same rules.
  Object.assign(window.hongtou, { normal, flat: (text) => mapped(text).flat, shard, numbers });

  const holds = (item, words) => {
    const lines = [item[0], ...item[4].split("\n")].map(normal);
    return words.every((word) => lines.some((line) => line.includes(word)));
  };

  const marked = (element, text, words) => {
    const { flat, places } = mapped(text);
    const spans = [];
    if (places) {
      for (const word of words) {
        for (let at = flat.indexOf(word); at >= 0; at = flat.indexOf(word, at + word.length)) {
          spans.push([places[at], places[at + word.length - 1] + 1]);
        }
      }
    }
    spans.sort((a, b) => a[0] - b[0]);
    let done = 0;
    for (const [from, to] of spans) {
      if (from < done) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(from, to);
      element.append(text.slice(done, from), mark);
      done = to;
    }
    element.append(text.slice(done));
  };

  const excerpt = (item, words) => {
    const lines = item[4].split("\n");
    const at = Math.max(lines.findIndex((line) => words.some((word) => normal(line).includes(word))), 0);
    // Short lines (the cells of a row) are shown with what follows them.
    let line = lines[at];
    for (const next of lines.slice(at + 1)) {
      if (line.length >= 60) break;
      line += "　" + next;
    }
    const { flat, places } = mapped(line);
    const first = Math.min(...words.map((word) => flat.indexOf(word)).filter((at) => at >= 0), flat.length);
    const from = places && places[first] > 40 ? places[first] - 30 : 0;
    return (from ? "…" : "") + line.slice(from, from + 120) + (line.length > from + 120 ? "…" : "");
  };

  const show = (item, words) => {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = "../" + item[1];
    marked(link, item[0], words);
    const facts = document.createElement("span");
    facts.className = "facts";
    facts.textContent = [item[2], item[3]].filter(Boolean).join("　");
    const words_ = document.createElement("p");
    marked(words_, excerpt(item, words), words);
    entry.append(link, " ", facts, words_);
    results.append(entry);
  };

  const search = async () => {
    const mine = (run += 1);
    clearTimeout(patience);
    const words = field.value.split(/\s+/).map(normal).filter((word) => word.length);
    results.replaceChildren();
    more.hidden = true;
    document.documentElement.dataset.search = "busy";
    if (!words.length) { found.textContent = ""; return; }
    found.textContent = "";
    const started = performance.now();
    // Said only where it takes long: painting it would hold up what is waited for.
    patience = setTimeout(() => { found.textContent = "正在搜索……"; }, PATIENCE);
    try {
      const meta = await load("meta");
      // How many items each file of texts holds, as the number of its first one.
      let start = 0;
      meta.starts ??= meta.chunks.map((count) => { start += count; return start - count; });
      const textOf = async (number) => {
        const chunk = meta.starts.findLastIndex((first) => first <= number);
        return (await load("t" + chunk))[number - meta.starts[chunk]];
      };
      const every = keys(words, Infinity);
      let asked = keys(words, Math.max(Math.floor(LISTS / words.length), 1));
      let [queue, others] = await candidates(asked, meta);
      if (mine !== run) return;
      let at = 0;
      let shown = 0;
      const next = async () => {
        const goal = shown + PAGE;
        while (shown < goal) {
          if (at === queue.length) { queue = queue.concat(others()); others = () => []; }
          if (at === queue.length) break;
          // The first is read alone, so that it stands as soon as can be; then the others at once, each shown in its turn.
          const batch = queue.slice(at, at + (at ? goal - shown : 1));
          const before = shown;
          // One that cannot be read is named when its turn comes.
          batch.forEach((number) => textOf(number).catch(() => {}));
          for (const number of batch) {
            const item = await textOf(number);
            if (mine !== run) return;
            at += 1;
            if ((!column.value || item[2] === column.value) && holds(item, words)) {
              show(item, words);
              shown += 1;
              document.documentElement.dataset.first ||= String(Math.round(performance.now() - started));
            }
          }
          // Where few of them hold the words, the lists that were not asked for tell more than their texts.
          if (at > 1 && asked.length < every.length && 2 * (shown - before) < batch.length) {
            asked = every;
            const [titles, rest] = await candidates(every, meta);
            if (mine !== run) return;
            const read = new Set(queue.slice(0, at));
            const unread = (numbers) => numbers.filter((number) => !read.has(number));
            queue = [...read, ...unread(titles)];
            others = () => unread(rest());
          }
        }
        queue = queue.concat(others());
        others = () => [];
        const left = queue.length - at;
        clearTimeout(patience);
        more.hidden = left === 0;
        found.textContent = left ? `已显示${shown}条，可能还有${left}条` : `共${shown}条`;
        document.documentElement.dataset.search = "done";
        document.documentElement.dataset.took = String(Math.round(performance.now() - started));
      };
      more.onclick = next;
      await next();
    } catch (error) {
      if (mine !== run) return;
      clearTimeout(patience);
      found.textContent = `检索文件没有读到（${error.message}），结果不完整。请刷新后再试。`;
      document.documentElement.dataset.search = "failed";
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", "?q=" + encodeURIComponent(field.value));
    search();
  });
  column.addEventListener("change", search);
  field.value = new URLSearchParams(location.search).get("q") || "";
  form.hidden = false;
  field.focus();
  // The index's own table follows this script in the page.
  document.addEventListener("DOMContentLoaded", search);
})();
