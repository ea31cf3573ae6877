// 检索 — searches the index of src/site/files/index.rs. Words of a query need not stand together: a pair of characters that an item
// lacks is where one word ends and the next begins. An item fits if each character of the query stands in it within such a word.
"use strict";
(() => {
  const PAGE = 10;
  // How many pairs of a query are asked for, spread over it; more tell nothing.
  const PAIRS = 16;
  // How many characters are tried in the place of one that fits nowhere.
  const NEAR = 8;
  // After how many milliseconds of no typing a name is looked for.
  const PAUSE = 50;
  // After how many milliseconds a reader is told to wait.
  const PATIENCE = 300;
  const FACETS = ["栏目", "类别", "年份", "有效性", "区县"];
  // Words that say nothing of what is looked for.
  const EMPTY = new Set(["的", "了", "和", "与", "及", "是", "在", "有", "吗", "呢"]);
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

  // A name stands in the file that all its characters decide.
  const home = (name, shards) => {
    let sum = 0;
    for (const char of name) sum = Math.imul(sum ^ char.codePointAt(0), 0x9e3779b1);
    return (sum >>> 4) % shards;
  };

  // Base 36, without parsing text: most of the time of a search is spent here. Marks the numbers of a list with a bit.
  const digit = (code) => (code < 58 ? code - 48 : code - 87);
  const DOT = 46, STAR = 42;
  const mark = (list, masks, bit) => {
    let next = 0;
    for (let at = 0; at < list.length; at += 1) {
      const code = list.charCodeAt(at);
      if (code !== DOT && code !== STAR) { next += digit(code); masks[next] |= bit; next += 1; continue; }
      let value = 0;
      for (at += 1; list.charCodeAt(at) !== DOT && at < list.length; at += 1) value = value * 36 + digit(list.charCodeAt(at));
      if (code === DOT) { next += value; masks[next] |= bit; next += 1; } else for (; value; value -= 1) { masks[next] |= bit; next += 1; }
    }
    return masks;
  };
  const numbers = (list) => mark(list, [], 1).flatMap((bit, number) => (bit ? [number] : []));

  const form = document.getElementById("search");
  const field = document.getElementById("q");
  const selects = [...form.querySelectorAll("select")];
  const found = document.getElementById("found");
  const meant = document.getElementById("meant");
  const tips = document.getElementById("tips");
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
  Object.assign(window.hongtou, { normal, flat: (text) => mapped(text).flat, shard, home, numbers });

  // A query: its words as characters, its pairs, and what must be held together. A day is looked for as data write it.
  const read = (text) => {
    const days = text.replace(/(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})日?/g, (_, year, month, day) => `${year}${month.padStart(2, "0")}${day.padStart(2, "0")}`);
    const words = text.split(/\s+/).map(normal).filter(Boolean).map((word) => [...word]);
    const pieces = [];
    const chars = [];
    for (const word of words) {
      const from = chars.length;
      word.forEach((char, at) => chars.push({ char, alone: word.length === 1, empty: EMPTY.has(char), digit: /[0-9a-z]/.test(char), from, at }));
      if (word.length === 1) pieces.push({ key: word[0], first: word[0], second: "", at: from, wide: 1 });
      for (let at = 0; at + 1 < word.length; at += 1) pieces.push({ key: word[at] + word[at + 1], first: word[at], second: word[at + 1], at: from + at, wide: 2 });
    }
    const most = Math.min(PAIRS, pieces.length);
    const asked = pieces.length <= PAIRS ? pieces : Array.from({ length: most }, (_, at) => pieces[Math.round((at * (pieces.length - 1)) / (most - 1))]);
    return { words, chars, pieces: asked, whole: pieces.length <= PAIRS, names: [...new Set([normal(text), normal(days)])].filter(Boolean) };
  };

  // Which characters stand in an item that holds these pieces (a bit for each): of a number or a code all pieces or none.
  const covers = new Map();
  const covered = (query, held) => {
    let known = covers.get(held);
    if (known) return known;
    const { chars, pieces } = query;
    const on = new Uint8Array(chars.length);
    pieces.forEach((piece, at) => { if (held & (1 << at)) { on[piece.at] = 1; if (piece.wide === 2) on[piece.at + 1] = 1; } });
    pieces.forEach((piece, at) => {
      if (piece.wide === 2 && !(held & (1 << at)) && chars[piece.at].digit && chars[piece.at + 1].digit) {
        // The run of digits that it stands in is not held.
        for (let i = piece.at; i >= 0 && chars[i].digit && chars[i].from === chars[piece.at].from; i -= 1) on[i] = 0;
        for (let i = piece.at + 1; i < chars.length && chars[i].digit && chars[i].from === chars[piece.at].from; i += 1) on[i] = 0;
      }
    });
    let count = 0, lacks = 0;
    chars.forEach(({ empty }, at) => { if (empty) return; if (on[at]) count += 1; else if (query.whole || pieces.some((piece) => piece.at === at || piece.at + piece.wide - 1 === at)) lacks += 1; });
    known = { count, lacks, on };
    covers.set(held, known);
    return known;
  };
  const bits = (mask) => { let count = 0; for (; mask; mask &= mask - 1) count += 1; return count; };

  // The lists of a query's pieces: for each item which pieces its title and its text hold.
  const ask = async (query, meta) => {
    const [files, named] = await Promise.all([
      Promise.all(query.pieces.map(({ first, second }) => load("s" + shard(first, second, meta.shards)))),
      Promise.all(query.names.map((name) => load("s" + home(name, meta.shards)))),
    ]);
    const titles = new Uint32Array(meta.items), texts = new Uint32Array(meta.items);
    query.pieces.forEach(({ key }, at) => {
      mark(files[at]["^" + key] || "", titles, 1 << at);
      mark(files[at][key] || "", texts, 1 << at);
    });
    const known = query.pieces.map(({ key }, at) => Boolean(files[at][key]));
    const exact = new Uint8Array(meta.items);
    query.names.forEach((name, at) => mark(named[at]["=" + name] || "", exact, 1));
    return { titles, texts, exact, known };
  };

  // The items that fit, the best first: called just so; all words in the title; all words; then those that hold most of them. Each is one
  // number, its place in the order before its own, so that ten thousand are sorted at once.
  const SCORE = 4e9, NUMBERS = 1e6;
  const rank = (query, { titles, texts, exact }, meta, chosen) => {
    covers.clear();
    const need = query.chars.filter(({ empty }) => !empty).length || query.chars.length;
    const { items, lengths, pages } = meta;
    const all = new Float64Array(items), most = new Float64Array(items);
    let alls = 0, mosts = 0;
    // Most items hold the same pieces as the one before.
    let title = -1, held = -1, called = 0, count = 0, lacks = 0, whole = false, worth = 0;
    for (let number = 0; number < items; number += 1) {
      const inTitle = titles[number], inAll = texts[number] | inTitle, isCalled = exact[number];
      if ((!inAll && !isCalled) || (chosen && !chosen(number))) continue;
      if (inTitle !== title || inAll !== held || isCalled !== called) {
        [title, held, called] = [inTitle, inAll, isCalled];
        ({ count, lacks } = covered(query, held));
        const named = covered(query, title).count;
        whole = named === need;
        worth = called || !lacks
          ? (called ? 1e9 : 0) + named * 1e6 + bits(title) * 1e4 + bits(held)
          : count * 1e6 + named * 1e4 + bits(held);
      }
      if (called || !lacks) {
        // A page comes before the rows of lists that say as much. A short title says more of what its page is about than a long one that
        // also holds the words.
        const score = worth + pages[number] * 5e5 - (whole ? lengths[number] * 100 : 0);
        all[alls++] = (SCORE - score) * NUMBERS + number;
      } else if (count * 3 >= need * 2 && count >= 2) most[mosts++] = (SCORE - worth) * NUMBERS + number;
    }
    return { all: all.subarray(0, alls), most: most.subarray(0, mosts) };
  };
  const ordered = (ranked) => {
    const [all, most] = [ranked.all.sort(), ranked.most.sort()];
    return { all, most, at: (place) => (place < all.length ? all[place] : most[place - all.length]) % NUMBERS };
  };

  // What may have been meant: simplified for traditional; for a character that stands beside none of its neighbours another that does.
  const suggest = async (query, text, meta) => {
    const [traditional, simplified] = await load("../traditional");
    const signs = new Map([...traditional].map((sign, at) => [sign, [...simplified][at]]));
    const folded = [...text].map((char) => signs.get(char) ?? char).join("");
    if (folded !== text && (await fits(folded, meta))) return folded;
    const chars = [...folded];
    // Nothing is called by a name that nobody typed.
    const asked = { ...read(folded), names: [] };
    const { known } = await ask(asked, meta);
    const others = [];
    for (const at of chars.keys()) {
      if (!/\p{Script=Han}/u.test(chars[at])) continue;
      const beside = asked.pieces.map((piece, number) => [piece, known[number]]).filter(([piece]) => piece.wide === 2 && ((piece.second === chars[at] && piece.first === chars[at - 1]) || (piece.first === chars[at] && piece.second === chars[at + 1])));
      if (!beside.length || beside.some(([, known]) => known)) continue;
      const near = async (mark, char) => (char ? [...((await load("s" + shard(char, "", meta.shards)))[mark + char] || "")] : null);
      const [after, before] = await Promise.all([near("+", chars[at - 1]), near("-", chars[at + 1])]);
      const both = after && before && after.filter((char) => before.includes(char));
      for (const char of (both?.length ? both : [...(after ?? []), ...(before ?? [])]).slice(0, NEAR)) {
        others.push([...chars.slice(0, at), char, ...chars.slice(at + 1)].join(""));
      }
    }
    const counts = await Promise.all(others.map((other) => fits(other, meta)));
    const best = Math.max(0, ...counts);
    return best ? others[counts.indexOf(best)] : undefined;
  };
  const fits = async (text, meta) => {
    const query = { ...read(text), names: [] };
    return rank(query, await ask(query, meta), meta).all.length;
  };

  // The longest pieces of the query that a text holds, of two characters or more.
  const held = (flat, query) => {
    const spans = [];
    for (const word of query.words) {
      const text = word.join("");
      for (let from = 0; from < text.length;) {
        let to = text.length;
        while (to - from > 1 && !flat.includes(text.slice(from, to))) to -= 1;
        if (to - from > 1 || text.length === 1) spans.push(text.slice(from, to));
        from = to - from > 1 ? to : from + 1;
      }
    }
    return [...new Set(spans)];
  };

  const marked = (element, text, query) => {
    const { flat, places } = mapped(text);
    const spans = [];
    if (places) {
      for (const word of held(flat, query)) {
        for (let at = flat.indexOf(word); at >= 0; at = flat.indexOf(word, at + word.length)) spans.push([places[at], places[at + word.length - 1] + 1]);
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

  const excerpt = (item, query) => {
    const lines = item[4].split("\n");
    // The line that holds most of the query.
    let best = 0, most = -1;
    lines.forEach((line, at) => {
      const flat = normal(line);
      const length = held(flat, query).filter((word) => flat.includes(word)).reduce((sum, word) => sum + word.length, 0);
      if (length > most) [best, most] = [at, length];
    });
    // Short lines (the cells of a row) are shown with what follows them.
    let line = lines[best] ?? "";
    for (const next of lines.slice(best + 1)) {
      if (line.length >= 60) break;
      line += "　" + next;
    }
    const { flat, places } = mapped(line);
    const first = Math.min(...held(flat, query).map((word) => flat.indexOf(word)).filter((at) => at >= 0), flat.length);
    const from = places && places[first] > 40 ? places[first] - 30 : 0;
    return (from ? "…" : "") + line.slice(from, from + 120) + (line.length > from + 120 ? "…" : "");
  };

  const show = (item, query, over) => {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = "../" + item[1];
    marked(link, item[0], query);
    const facts = document.createElement("span");
    facts.className = "facts";
    facts.textContent = [item[2], item[3]].filter(Boolean).join("　");
    const words = document.createElement("p");
    marked(words, excerpt(item, query), query);
    entry.append(link, " ");
    if (over) {
      const tag = document.createElement("span");
      tag.className = "tag over";
      tag.textContent = over;
      entry.append(tag, " ");
    }
    entry.append(facts, words);
    results.append(entry);
  };

  // The index's own table, read once: where the texts of each file begin, and the facets of each item.
  const table = async () => {
    const meta = await load("meta");
    if (meta.starts) return meta;
    let start = 0;
    meta.starts = meta.chunks.map((count) => { start += count; return start - count; });
    meta.profile = (number) => meta.profiles[parseInt(meta.of.slice(number * 4, number * 4 + 3), 36)];
    // What an item is worth for itself: the length of its title, and whether it is a page or the row of a list.
    const rows = meta.choices[1].indexOf("条目");
    const isPage = Uint8Array.from(meta.profiles, (profile) => (profile[1] === rows ? 0 : 1));
    meta.lengths = new Uint8Array(meta.items);
    meta.pages = new Uint8Array(meta.items);
    for (let number = 0, at = 0; number < meta.items; number += 1, at += 4) {
      meta.pages[number] = isPage[(digit(meta.of.charCodeAt(at)) * 36 + digit(meta.of.charCodeAt(at + 1))) * 36 + digit(meta.of.charCodeAt(at + 2))];
      meta.lengths[number] = digit(meta.of.charCodeAt(at + 3));
    }
    meta.facet = (number, facet) => meta.choices[facet][meta.profile(number)[facet]];
    return meta;
  };

  const choose = (meta) => selects.forEach((select, facet) => {
    if (select.options.length > 1) return;
    const values = meta.choices[facet].filter(Boolean);
    if (facet === 2) values.reverse();
    values.forEach((value) => select.append(new Option(value)));
    select.closest("p").hidden = !values.length;
  });

  const address = () => {
    const asked = new URLSearchParams();
    if (field.value) asked.set("q", field.value);
    selects.forEach((select, facet) => select.value && asked.set(FACETS[facet], select.value));
    history.replaceState(null, "", asked.size ? "?" + asked : location.pathname);
  };

  const search = async () => {
    const mine = (run += 1);
    clearTimeout(patience);
    results.replaceChildren();
    meant.replaceChildren();
    found.textContent = "";
    more.hidden = tips.hidden = true;
    document.documentElement.dataset.search = "busy";
    let query = read(field.value);
    if (!query.words.length) {
      if (field.value.trim()) found.textContent = "请写要找的词：标题里的词、企业名称或代码、文号、目录编号、日期都可以。";
      tips.hidden = !field.value.trim();
      document.documentElement.dataset.search = "done";
      return;
    }
    const started = performance.now();
    // Said only where it takes long: painting it would hold up what is waited for.
    patience = setTimeout(() => { found.textContent = "正在搜索……"; }, PATIENCE);
    try {
      const meta = await table();
      const asked = selects.map((select) => select.value);
      const chosen = asked.some(Boolean) && ((number) => asked.every((value, facet) => !value || meta.facet(number, facet) === value));
      let ranked = rank(query, await ask(query, meta), meta, chosen);
      if (mine !== run) return;
      if (!ranked.all.length) {
        const other = await suggest(query, field.value, meta);
        if (mine !== run) return;
        if (other) {
          const link = document.createElement("a");
          link.href = "?q=" + encodeURIComponent(other);
          link.textContent = other;
          meant.append(`没有找到“${field.value.trim()}”。是不是要找：`, link);
          query = read(other);
          ranked = rank(query, await ask(query, meta), meta, chosen);
        }
      }
      const textOf = async (number) => {
        const chunk = meta.starts.findLastIndex((first) => first <= number);
        return (await load("t" + chunk))[number - meta.starts[chunk]];
      };
      // Those that hold only most of the words are shown where few hold all.
      const { all, most, at } = ordered(ranked);
      const length = all.length + (all.length < PAGE ? most.length : 0);
      let shown = 0;
      const next = async () => {
        const page = Array.from({ length: Math.min(PAGE, length - shown) }, (_, place) => at(shown + place));
        // The first is read alone, so that it stands as soon as can be; then the others at once, each shown in its turn.
        const first = shown ? 0 : 1;
        for (const batch of [page.slice(0, first), page.slice(first)]) {
          batch.forEach((number) => Promise.resolve(textOf(number)).catch(() => {}));
          for (const number of batch) {
            const item = await textOf(number);
            if (mine !== run) return;
            const validity = meta.facet(number, 3);
            show(item, query, validity && validity !== "有效" ? validity : "");
            shown += 1;
            document.documentElement.dataset.first ||= String(Math.round(performance.now() - started));
          }
        }
        clearTimeout(patience);
        more.hidden = shown >= length;
        const rest = length - all.length;
        found.textContent = length ? `共${all.length}条${rest ? `，另有${rest}条含其中多数字词` : ""}${shown < length ? `，已显示${shown}条` : ""}` : `没有找到${selects.some((select) => select.value) ? "符合筛选条件的" : ""}内容`;
        tips.hidden = Boolean(length);
        document.documentElement.dataset.search = "done";
        document.documentElement.dataset.took = String(Math.round(performance.now() - started));
      };
      more.onclick = next;
      await next();
      choose(meta);
    } catch (error) {
      if (mine !== run) return;
      clearTimeout(patience);
      found.textContent = `检索文件没有读到（${error.message}），结果不完整。请刷新后再试。`;
      document.documentElement.dataset.search = "failed";
    }
  };

  // What is typed is looked up before it is asked for: its pairs at once, its name when it seems to be whole.
  let pause;
  const foresee = async () => {
    const { shards } = await table();
    const { pieces, names } = read(field.value);
    const fetch = (number) => Promise.resolve(load("s" + number)).catch(() => {});
    pieces.forEach(({ first, second }) => fetch(shard(first, second, shards)));
    clearTimeout(pause);
    pause = setTimeout(() => names.forEach((name) => fetch(home(name, shards))), PAUSE);
  };
  const again = () => { address(); search(); };
  form.addEventListener("submit", (event) => { event.preventDefault(); again(); });
  selects.forEach((select) => select.addEventListener("change", again));
  for (const told of ["input", "compositionend"]) field.addEventListener(told, (event) => { if (!event.isComposing) foresee().catch(() => {}); });
  form.hidden = false;
  field.focus();
  // The index's own table follows this script in the page.
  document.addEventListener("DOMContentLoaded", async () => {
    const asked = new URLSearchParams(location.search);
    field.value = asked.get("q") || "";
    if (FACETS.some((name) => asked.get(name)) || !field.value) {
      choose(await table());
      selects.forEach((select, facet) => { select.value = asked.get(FACETS[facet]) || ""; });
    }
    search();
  });
})();
