// The site through a real browser: from a folder and from a server, every kind of page, with and without script, small and
// large, light and dark. Ends with 1 and a list if anything is wrong.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const site = process.argv[2];
const wrong = [];
const blame = (where, what) => wrong.push(`${where}: ${what}`);

const walk = (folder) => readdirSync(folder).flatMap((name) => {
  const path = join(folder, name);
  return statSync(path).isDirectory() ? walk(path) : [path];
});
const files = walk(site).map((path) => relative(site, path).split("\\").join("/"));
const known = new Set(files);
const pages = files.filter((path) => path.endsWith("index.html")).sort();

// One page of each kind: the digits and names of its address replaced by marks.
const kindOf = (path) => path
  .replace(/^notices\/[^/]+\/v\d+\//, "notices/*/v/").replace(/^notices\/(?!\*)[^/]+\//, "notices/*/")
  .replace(/^awards\/\d+\/[^/]+\/index/, "awards/*/*/index").replace(/^awards\/\d+\//, "awards/*/")
  .replace(/^catalogues\/[^/]+\//, "catalogues/*/").replace(/^columns\/[^/]+\/\d+\//, "columns/*/y/").replace(/^columns\/[^/]+\/index/, "columns/*/index");
const kinds = new Map();
for (const page of pages) {
  const kind = kindOf(page);
  kinds.set(kind, [...(kinds.get(kind) || []), page]);
}
const chosen = [...kinds.values()].flatMap((list) => list.slice(0, 3));

const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".xml": "application/xml", ".json": "application/json" };
const server = createServer(async (request, response) => {
  let path = decodeURIComponent(new URL(request.url, "http://x").pathname).slice(1);
  if (path === "" || path.endsWith("/")) path += "index.html";
  try {
    const bytes = await readFile(join(site, path));
    response.writeHead(200, { "content-type": types[extname(path)] || "application/octet-stream" });
    response.end(bytes);
  } catch {
    response.writeHead(404, { "content-type": types[".html"] });
    response.end(await readFile(join(site, "404.html")));
  }
}).listen(0, "127.0.0.1");
await new Promise((done) => server.once("listening", done));
const http = process.env.SITE_URL || `http://127.0.0.1:${server.address().port}/`;
const folder = pathToFileURL(site).href + "/";

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const open = async (address, { width = 1280, dark = false, script = true, storage } = {}) => {
  // Nothing that one page keeps may reach the next.
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.once("close", () => context.close());
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && blame(address, `console: ${message.text()}`));
  page.on("pageerror", (error) => blame(address, `script: ${error.message}`));
  page.on("requestfailed", (request) => blame(address, `request failed: ${request.url()}`));
  await page.setViewport({ width, height: 900 });
  await page.setJavaScriptEnabled(script);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
  if (storage) await page.evaluateOnNewDocument((pairs) => { for (const [key, value] of pairs) localStorage.setItem(key, value); }, storage);
  await page.goto(address, { waitUntil: "load" });
  return page;
};

// Every link of every page leads to a file, and to an element of it.
const ids = new Map();
const text = async (path) => readFile(join(site, path), "utf8");
const idsOf = async (path) => {
  if (!ids.has(path)) ids.set(path, new Set([...(await text(path)).matchAll(/ id="([^"]*)"/g)].map((match) => match[1])));
  return ids.get(path);
};
let links = 0;
for (const page of pages) {
  for (const [, , href] of (await text(page)).matchAll(/ (href|src|action)="([^"]*)"/g)) {
    const address = new URL(href.replaceAll("&amp;", "&"), "http://site/" + page);
    if (address.host !== "site") {
      if (!/^(https?|mailto|tel):$/.test(address.protocol)) blame(page, `address ${href}`);
      continue;
    }
    const target = decodeURIComponent(address.pathname).slice(1);
    if (!known.has(target)) blame(page, `dead link ${href}`);
    else if (address.hash.length > 1 && !(await idsOf(target)).has(decodeURIComponent(address.hash.slice(1)))) blame(page, `no such place ${href}`);
    links += 1;
  }
}

let audits = 0;
const audit = async (path, options, name) => {
  const page = await open(http + path, options);
  // A page's own policy forbids foreign script, so the audit is put in through the debugger.
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  for (const violation of result.violations) blame(`${path} (${name})`, `axe ${violation.id}: ${violation.nodes.slice(0, 2).map((node) => node.html + " " + (node.any[0]?.message ?? "")).join(" … ")}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) blame(`${path} (${name})`, `wider than the window by ${wide} px`);
  audits += 1;
  await page.close();
};
for (const path of chosen) {
  await audit(path, {}, "1280");
  await audit(path, { width: 320 }, "320");
  await audit(path, { dark: true }, "dark");
  await audit(path, { storage: [["larger", "1"]] }, "适老");
  await audit(path, { storage: [["larger", "1"]], width: 320 }, "适老 320");
}
await audit("404.html", {}, "1280");

// From a folder too, without an error; and readable without script.
for (const path of chosen) {
  await (await open(folder + path)).close();
  const page = await open(folder + path, { script: false });
  if ((await page.$eval("main", (main) => main.innerText.trim().length)) < 5) blame(path, "empty without script");
  await page.close();
}

// Search: from a folder and from a server, a piece of a title, half a word, one character, what is not there.
const heading = async (path) => ((await text(path)).match(/<h1[^>]*>([^<]*)</) || [, ""])[1].replaceAll("&amp;", "&").replaceAll("&lt;", "<").replaceAll("&gt;", ">");
const find = async (base, query) => {
  const page = await open(`${base}search/index.html?q=${encodeURIComponent(query)}`);
  let bytes = 0;
  page.on("response", async (response) => { bytes += (await response.buffer().catch(() => Buffer.alloc(0))).length; });
  await page.waitForFunction(() => ["done", "failed"].includes(document.documentElement.dataset.search), { timeout: 5000 }).catch(() => blame(query, "search does not end"));
  const found = await page.$$eval("#results a", (links) => links.map((link) => new URL(link.href).pathname + new URL(link.href).hash));
  const took = await page.evaluate(() => Number(document.documentElement.dataset.took));
  const words = await page.$eval("#found", (found) => found.textContent);
  await page.close();
  return { found, took, words };
};
let searches = 0;
for (const base of [http, folder]) {
  for (const path of pages.filter((path) => /^(notices\/[^/]+|catalogues\/[^/]+|awards\/\d+\/[^/]+)\/index/.test(path)).slice(0, 6)) {
    const title = [...(await heading(path))].filter((char) => /[\p{Alphabetic}\p{N}]/u.test(char)).join("");
    for (const query of [title, title.slice(2, 9), title.slice(-4)].filter((query) => query.length > 1)) {
      const { found, words } = await find(base, query);
      let all = found;
      if (!all.some((link) => decodeURIComponent(link).endsWith(path)) && !words.includes("可能还有")) blame(path, `not found by “${query}” from ${base.slice(0, 4)} (${words})`);
      searches += 1;
    }
  }
  if ((await find(base, "龘龘不存在")).found.length) blame("search", "finds what is not there");
}

// The search field of every page leads to the results.
{
  const page = await open(folder + pages[0]);
  await page.type("#seek", "铝");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  if (!page.url().includes("search/index.html?q=")) blame("search", "the field of the head does not lead to the results");
  await page.close();
}

// Filter, sort, and a link to an entry.
for (const path of pages.filter((path) => /^(awards\/\d+|catalogues\/[^/]+|columns\/[^/]+\/\d+)\/index/.test(path)).slice(0, 8)) {
  const page = await open(folder + path);
  const rows = () => page.$$eval("#records tbody tr", (rows) => rows.filter((row) => !row.hidden).map((row) => row.cells[1].textContent));
  const before = await rows();
  await page.type("#filter-text", before.at(-1).slice(0, 6).trim() || "x");
  const during = await rows();
  if (!during.includes(before.at(-1))) blame(path, "the filter hides what fits");
  await page.click(".filter button[type=reset]");
  await page.waitForFunction((count) => [...document.querySelectorAll("#records tbody tr")].filter((row) => !row.hidden).length === count, {}, before.length);
  await page.click("#records th:nth-child(2) .sort");
  const up = await rows();
  await page.click("#records th:nth-child(2) .sort");
  const down = await rows();
  const filled = (list) => list.filter(Boolean);
  if (JSON.stringify(filled(up)) !== JSON.stringify(filled(down).reverse()) && new Set(up).size === up.length) blame(path, "sorting down is not sorting up turned round");
  if (up.length !== before.length) blame(path, "sorting loses rows");
  await page.close();
}

// Keyboard: the first stop of Tab is the way past the head.
{
  const page = await open(http + pages[0]);
  await page.keyboard.press("Tab");
  if ((await page.evaluate(() => document.activeElement.className)) !== "skip") blame("keyboard", "the first stop is not the skip link");
  await page.close();
}

// Print: a PDF comes out, and navigation is not on it.
for (const path of chosen.slice(0, 8)) {
  const page = await open(http + path);
  await page.emulateMediaType("print");
  if (await page.$eval("header.site nav", (nav) => nav.offsetParent !== null)) blame(path, "navigation is printed");
  await page.pdf({ format: "A4" });
  await page.close();
}

// A notice page with its own style and script stays under 30 KB.
{
  const used = ["site.css", "site.js"].map((name) => statSync(join(site, "assets", name)).size);
  const sum = used.reduce((a, b) => a + b);
  if (sum > 30 * 1024) blame("size", `style and script of a notice are ${sum} bytes`);
  console.log(`样式与脚本 ${sum} 字节`);
}

await browser.close();
server.close();
console.log(`页面 ${pages.length}，种类 ${kinds.size}，链接 ${links}，axe 检查 ${audits} 次，搜索 ${searches} 次`);
if (wrong.length) {
  console.error([...new Set(wrong)].join("\n"));
  process.exit(1);
}
