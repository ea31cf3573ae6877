// The site through a real browser: from a folder and from `hongtou serve`, every kind of page, with and without script, small and
// large, light and dark, by keyboard and on paper. Ends with 1 and a list if anything is wrong.
//
// node check.mjs SITE [ADDRESS]: SITE is a built site; ADDRESS is where `hongtou serve` shows the same one.
import { readFile } from "node:fs/promises";
import { readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { HtmlValidate, FileSystemConfigLoader } from "html-validate";
import puppeteer from "puppeteer-core";

const site = process.argv[2];
const folder = pathToFileURL(site).href + "/";
const served = process.argv[3];
const bases = served ? [served, folder] : [folder];
const base = bases[0];
const wrong = new Set();
const blame = (where, what) => wrong.add(`${where}: ${what}`);
const counts = { 页面: 0, 种类: 0, 链接: 0, 无障碍检查: 0, 搜索: 0, 键盘停留: 0 };

const walk = (folder) => readdirSync(folder).flatMap((name) => {
  const path = join(folder, name);
  return statSync(path).isDirectory() ? walk(path) : [path];
});
const files = walk(site).map((path) => relative(site, path).split("\\").join("/"));
const known = new Set(files);
const pages = files.filter((path) => path.endsWith(".html")).sort();
const text = (path) => readFile(join(site, path), "utf8");
counts.页面 = pages.length;

// One page of each kind, the largest: the names and digits of its address replaced by marks.
const kindOf = (path) => path
  .replace(/^notices\/[^/]+\/v\d+\//, "notices/*/v/").replace(/^notices\/(?!\*)[^/]+\//, "notices/*/")
  .replace(/^awards\/(enterprises|clauses|districts)\/[^/]+\//, "awards/$1/*/").replace(/^awards\/\d+\/[^/]+\/index/, "awards/*/*/index").replace(/^awards\/\d+\//, "awards/*/")
  .replace(/^catalogues\/[^/]+\//, "catalogues/*/").replace(/^columns\/[^/]+\/\d+\//, "columns/*/y/").replace(/^columns\/[^/]+\/index/, "columns/*/index");
const kinds = new Map();
for (const page of pages) {
  const largest = kinds.get(kindOf(page));
  if (!largest || statSync(join(site, page)).size > statSync(join(site, largest)).size) kinds.set(kindOf(page), page);
}
// The links of the page for what is not there begin at the server's root, so a folder cannot show it.
const chosen = [...kinds.values()].filter((path) => served || path !== "404.html");
counts.种类 = chosen.length;

// The HTML of every page is valid.
{
  const require = createRequire(import.meta.url);
  const loader = new FileSystemConfigLoader(require("./htmlvalidate.json"));
  const validator = new HtmlValidate(loader);
  for (const path of pages) {
    const report = await validator.validateString(await text(path), join(site, path));
    for (const { messages } of report.results) for (const { line, ruleId, message } of messages) blame(`${path}:${line}`, `HTML ${ruleId}: ${message}`);
  }
}

// Every link of every page leads to a file, and to an element of it; and the server gives every one of them.
const targets = new Set();
{
  const ids = new Map();
  const idsOf = async (path) => {
    if (!ids.has(path)) ids.set(path, new Set([...(await text(path)).matchAll(/ id="([^"]*)"/g)].map((match) => match[1])));
    return ids.get(path);
  };
  for (const page of pages) {
    for (const [, , href] of (await text(page)).matchAll(/ (href|src|action)="([^"]*)"/g)) {
      const address = new URL(href.replaceAll("&amp;", "&"), "http://site/" + page);
      if (address.host !== "site") {
        if (!/^(https?|mailto|tel):$/.test(address.protocol)) blame(page, `address ${href}`);
        continue;
      }
      const target = decodeURIComponent(address.pathname).slice(1);
      targets.add(address.pathname.slice(1));
      if (!known.has(target)) blame(page, `dead link ${href}`);
      else if (address.hash.length > 1 && !(await idsOf(target)).has(decodeURIComponent(address.hash.slice(1)))) blame(page, `no such place ${href}`);
      counts.链接 += 1;
    }
  }
}
if (served) {
  for (const target of targets) {
    const response = await fetch(new URL(target, served));
    if (response.status !== 200) blame(target, `the server says ${response.status}`);
    await response.arrayBuffer();
  }
}

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const open = async (address, { width = 1280, script = true, storage } = {}) => {
  // Nothing that one page keeps may reach the next.
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.once("close", () => context.close());
  page.on("console", (message) => ["error", "warn", "warning"].includes(message.type()) && blame(address, `console: ${message.text()}`));
  page.on("pageerror", (error) => blame(address, `script: ${error.message}`));
  // The listening for changes ends with the page.
  page.on("requestfailed", (request) => request.url().includes("/.hongtou/") || blame(address, `request failed: ${request.url()}`));
  await page.setViewport({ width, height: 900 });
  await page.setJavaScriptEnabled(script);
  await page.evaluateOnNewDocument(() => document.addEventListener("securitypolicyviolation", (event) => console.error(`CSP ${event.violatedDirective} ${event.blockedURI}`)));
  if (storage) await page.evaluateOnNewDocument((pairs) => { for (const [key, value] of pairs) localStorage.setItem(key, value); }, storage);
  await page.goto(address, { waitUntil: "load" });
  return page;
};

// axe on every kind of page, in every size and look; and nowhere a sideways scroll, down to 320 px.
const LOOKS = [
  { width: 320, scheme: "light", axe: false }, { width: 360, scheme: "light" }, { width: 768, scheme: "light" }, { width: 1440, scheme: "light" },
  { width: 360, scheme: "dark" }, { width: 1440, scheme: "dark" },
];
for (const path of chosen) {
  for (const storage of [undefined, [["larger", "1"]]]) {
    const page = await open(base + path, { storage });
    // A page's own policy forbids foreign script, so the audit is put in through the debugger.
    await page.evaluate(axe);
    for (const look of LOOKS) {
      const name = `${path} (${storage ? "适老 " : ""}${look.width} ${look.scheme})`;
      await page.setViewport({ width: look.width, height: 900 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: look.scheme }]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) blame(name, `wider than the window by ${wide} px`);
      if (look.axe === false || (storage && look.scheme === "dark")) continue;
      const result = await page.evaluate(() => window.axe.run(document, { preload: false, resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      for (const violation of result.violations) blame(name, `axe ${violation.id}: ${violation.nodes.slice(0, 2).map((node) => node.html.slice(0, 200) + " " + (node.any[0]?.message ?? "")).join(" … ")}`);
      counts.无障碍检查 += 1;
    }
    await page.close();
  }
}

// On a phone what is raised or lowered stands in the line of what it belongs to, and the title before the table of the head.
for (const path of chosen.filter((path) => /^(notices|catalogues)\//.test(path))) {
  for (const width of [320, 360, 600, 768]) {
    const page = await open(base + path, { width });
    const astray = await page.$$eval("main :is(sup, sub)", (scripts) => scripts.filter((script) => {
      const before = script.previousSibling;
      if (before?.nodeType !== Node.TEXT_NODE || !before.data.length) return false;
      const range = document.createRange();
      range.setStart(before, before.data.length - 1);
      range.setEnd(before, before.data.length);
      const [one, other] = [range.getBoundingClientRect(), script.getBoundingClientRect()];
      return Math.abs(one.right - other.left) > 2 || Math.abs(one.top + one.height / 2 - other.top - other.height / 2) > one.height;
    }).map((script) => script.parentElement.textContent.slice(0, 30)));
    if (astray.length) blame(`${path} (${width})`, `${astray.length} superscripts leave their line: ${astray[0]}`);
    if (width <= 600 && /^notices\/[^/]+\/index/.test(path)) {
      const upside = await page.evaluate(() => document.querySelector("table.header").getBoundingClientRect().top < document.querySelector("h1").getBoundingClientRect().top);
      if (upside) blame(`${path} (${width})`, "the table of the head stands before the title");
    }
    await page.close();
  }
}

// From a folder too, without an error; and readable without script.
for (const path of chosen.filter((path) => path !== "404.html")) {
  if (base !== folder) await (await open(folder + path)).close();
  const page = await open(folder + path, { script: false });
  if ((await page.$eval("main", (main) => main.innerText.trim().length)) < 5) blame(path, "empty without script");
  await page.close();
}

// Search: from a folder and from a server, a piece of a word, of a title, of a company's name, and what is not there.
const plain = (text) => [...text].filter((char) => /[\p{Alphabetic}\p{N}]/u.test(char)).join("");
const heading = async (path) => plain(((await text(path)).match(/<h1[^>]*>(.*?)<\/h1>/s) || [, ""])[1].replaceAll(/<[^>]*>|&[a-z]+;/g, ""));
const find = async (base, query) => {
  const page = await open(`${base}search/index.html?q=${encodeURIComponent(query)}`);
  await page.waitForFunction(() => ["done", "failed"].includes(document.documentElement.dataset.search), { timeout: 20000 }).catch(() => blame(query, "search does not end"));
  const found = await page.$$eval("#results a", (links) => links.map((link) => decodeURIComponent(new URL(link.href).pathname)));
  const texts = await page.$$eval("#results li", (items) => items.map((item) => item.textContent));
  const words = await page.$eval("#found", (found) => found.textContent);
  await page.close();
  counts.搜索 += 1;
  return { found, texts, words };
};
for (const base of bases) {
  for (const query of ["铝合", "铝加工", "示例铝", "例铝业有", "LJG-003", "申"]) {
    const { texts, words } = await find(base, query);
    if (!texts.length) blame(query, `not found from ${base.slice(0, 4)} (${words})`);
    for (const text of texts.slice(0, 1)) if (!plain(text).toLowerCase().includes(plain(query).toLowerCase())) blame(query, `the result does not hold it: ${text.slice(0, 80)}`);
  }
  for (const path of chosen.filter((path) => /^(notices\/[^/]+|catalogues\/[^/]+|awards\/\d+\/[^/]+)\/index/.test(path))) {
    const title = await heading(path);
    for (const query of [title, title.slice(2, 9)]) {
      const { found, words } = await find(base, query);
      if (!found.some((link) => link.endsWith(path)) && !words.includes("已显示")) blame(path, `not found by “${query}” from ${base.slice(0, 4)} (${words})`);
    }
  }
  if ((await find(base, "龘龘不存在")).found.length) blame("search", "finds what is not there");
}

// The index is read by the rules by which it is written: the cases that src/site/files/index.rs is held to, too.
{
  const cases = JSON.parse(await readFile(new URL("search.json", import.meta.url), "utf8"));
  const page = await open(folder + "search/index.html");
  const asked = await page.evaluate(({ normal, gaps, shard, home }) => ({
    normal: normal.map(([text]) => window.hongtou.normal(text)),
    flat: normal.map(([text]) => window.hongtou.flat(text)),
    gaps: gaps.map(([, written]) => window.hongtou.numbers(written)),
    shard: shard.map(([first, second, shards]) => window.hongtou.shard(first, second, shards)),
    home: home.map(([name, shards]) => window.hongtou.home(name, shards)),
  }), cases);
  const wanted = {
    normal: cases.normal.map(([, normal]) => normal), flat: cases.normal.map(([, normal]) => normal),
    gaps: cases.gaps.map(([numbers]) => numbers), shard: cases.shard.map((one) => one.at(-1)), home: cases.home.map((one) => one.at(-1)),
  };
  for (const [rule, expected] of Object.entries(wanted)) {
    expected.forEach((one, at) => JSON.stringify(one) === JSON.stringify(asked[rule][at]) || blame("search", `${rule} ${at}: ${JSON.stringify(asked[rule][at])}, expected ${JSON.stringify(one)}`));
  }
  await page.close();
}

// The search field of every page leads to the results.
{
  const page = await open(folder + "index.html");
  await page.type("#seek", "铝");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  if (!page.url().includes("search/index.html?q=")) blame("search", "the field of the head does not lead to the results");
  await page.close();
}

// Filter, sort, and a link to an entry.
for (const path of chosen.filter((path) => /^(awards\/\d+|awards\/statistics|awards\/(?:enterprises|clauses|districts)\/[^/]+|catalogues\/[^/]+|columns\/[^/]+\/\d+)\/index/.test(path))) {
  const page = await open(folder + path);
  // The total follows what is left, to the last 分.
  const totals = () => page.$$eval("#records tfoot td.f-num", (cells) => cells.map((cell) => cell.textContent.replaceAll(",", "")));
  const summed = () => page.$$eval("#records tfoot td.f-num", (cells) => cells.map((cell) => {
    const rows = [...document.querySelectorAll("#records tbody tr")].filter((row) => !row.hidden);
    return String(rows.reduce((sum, row) => sum + Math.round(Number(row.cells[cell.cellIndex].textContent.replaceAll(",", "")) * 100), 0) / 100);
  }));
  const rows = () => page.$$eval("#records tbody tr", (rows) => rows.filter((row) => !row.hidden).map((row) => row.cells[1].textContent));
  const before = await rows();
  await page.type("#filter-text", before.at(-1).slice(0, 6).trim() || "x");
  const during = await rows();
  if (before.at(-1) && !during.includes(before.at(-1))) blame(path, "the filter hides what fits");
  await page.click(".filter button[type=reset]");
  await page.waitForFunction((count) => [...document.querySelectorAll("#records tbody tr")].filter((row) => !row.hidden).length === count, {}, before.length);
  for (const { value, column } of await page.$$eval(".filter select", (selects) => selects.map((select) => ({ value: select.options[1]?.value, column: select.dataset.column })))) {
    if (!value) continue;
    await page.select(`.filter select[data-column="${column}"]`, value);
    const cells = await page.$$eval("#records tbody tr", (rows, column) => rows.filter((row) => !row.hidden).map((row) => row.cells[column].textContent), column);
    if (!cells.length || cells.some((cell) => cell !== value)) blame(path, `the choice “${value}” shows other rows`);
    const [told, are] = [await totals(), await summed()];
    if (JSON.stringify(told) !== JSON.stringify(are)) blame(path, `the total says ${told}, the rows sum to ${are}`);
    if (!decodeURIComponent(page.url()).includes(`=${value}`)) blame(path, `the choice “${value}” is not in the address`);
    await page.select(`.filter select[data-column="${column}"]`, "");
  }
  await page.click("#records th:nth-child(2) .sort");
  const up = await rows();
  // The second time by keyboard: the focus is on the head of the column.
  await page.keyboard.press("Enter");
  const down = await rows();
  const filled = (list) => list.filter(Boolean);
  if (JSON.stringify(filled(up)) !== JSON.stringify(filled(down).reverse()) && new Set(up).size === up.length) blame(path, "sorting down is not sorting up turned round");
  if (up.length !== before.length) blame(path, "sorting loses rows");
  if ((await page.$eval("#records th:nth-child(2)", (head) => head.getAttribute("aria-sort"))) !== "descending") blame(path, "the order is not told");
  const id = await page.$eval("#records tbody tr[id], #records tbody [id]", (element) => element.id).catch(() => "");
  if (id) {
    await page.goto(`${folder}${path}#${encodeURIComponent(id)}`);
    if (await page.evaluate((id) => document.getElementById(id).closest("tr").hidden, id)) blame(path, "a link to an entry does not show it");
  }
  await page.close();
}

// Keyboard: past the head first; then every stop is seen, marked, in view and not under anything, and the last one leaves the page.
// A busy machine scrolls a stop into view some frames after it has the focus: it has a second for it.
for (const path of chosen) {
  const page = await open(base + path, { width: 1280 });
  await page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
  await page.evaluate(() => { document.activeElement?.blur(); window.scrollTo(0, 0); });
  const stops = [];
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(async () => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const inView = () => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      };
      const late = performance.now() + 1000;
      while (!inView() && performance.now() < late) await new Promise(requestAnimationFrame);
      const style = getComputedStyle(element);
      return {
        name: `${element.tagName.toLowerCase()}.${element.className} ${element.textContent.trim().slice(0, 20)}`,
        marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        seen: inView(),
      };
    });
    if (!stop) break;
    stops.push(stop);
    if (!stop.marked) blame(path, `keyboard: no mark on ${stop.name}`);
    if (!stop.seen) blame(path, `keyboard: out of view: ${stop.name}`);
  }
  counts.键盘停留 += stops.length;
  if (!path.startsWith("search/") && !stops[0]?.name.startsWith("a.skip")) blame(path, `keyboard: the first stop is ${stops[0]?.name}`);
  await page.close();
}

// 适老: by keyboard, larger at once, kept on the next page, and back.
for (const base of bases) {
  const page = await open(base + "index.html");
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
  const before = await size();
  await page.focus("button.larger");
  await page.keyboard.press("Enter");
  if ((await size()) < before * 1.4) blame("适老", "the type does not grow");
  await page.goto(base + "map/index.html");
  if ((await size()) < before * 1.4) blame("适老", "not kept on the next page");
  await page.click("button.larger");
  if ((await size()) !== before) blame("适老", "does not go back");
  await page.close();
}

// Print: a PDF comes out, and what only a screen needs is not on it.
for (const path of chosen) {
  const page = await open(base + path);
  await page.emulateMediaType("print");
  for (const part of ["header.site nav", "form", "button:not(.sort)", ".crumbs", ".downloads", ".skip"]) {
    if (await page.$$eval(part, (elements) => elements.some((element) => element.checkVisibility()))) blame(path, `${part} is printed`);
  }
  // Paper says where it came from.
  if (!/^(search|404)/.test(path)) {
    const said = await page.$eval(".onpaper", (part) => (part.checkVisibility() && part.querySelector("path") ? part.textContent : "")).catch(() => "");
    const address = await page.$eval('meta[name="Url"]', (meta) => meta.content);
    if (!/\/v\d+\//.test(path) && (!said.includes(address) || !/\d{4}年\d{2}月\d{2}日/.test(said))) blame(path, `paper does not say its address and day: ${said}`);
  }
  const pdf = await page.pdf({ format: "A4" });
  if (String.fromCharCode(...pdf.slice(0, 5)) !== "%PDF-") blame(path, "cannot be printed");
  await page.close();
}

// A notice page's own style and script stay under 30 KB.
{
  const sum = ["site.css", "site.js"].reduce((sum, name) => sum + statSync(join(site, "assets", name)).size, 0);
  if (sum > 30 * 1024) blame("size", `style and script of a notice are ${sum} bytes`);
  counts.样式与脚本字节 = sum;
}

await browser.close();
console.log(Object.entries(counts).map(([name, count]) => `${name} ${count}`).join("，"));
if (wrong.size) {
  console.error([...wrong].join("\n"));
  process.exit(1);
}
