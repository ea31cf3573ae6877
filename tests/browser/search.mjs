// How fast the search of a large site is: each query in a fresh browser, from a folder and from a server, nothing kept from the last
// one; typed into the page that stands (键入), and as the address with which the page is opened (打开), so that the search runs while the
// browser still paints the page. For each: the milliseconds until the first result stands and until the first ten do, counted from the
// search, and the bytes loaded by then (page, style, scripts and index).
//
// cargo bench --bench site -- DIR && node search.mjs DIR, in the folder where run.sh installed its packages (target/browser).
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { statSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { pathToFileURL, fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

const site = resolve(process.argv[2]);
const queries = process.argv.slice(3);
if (!queries.length) queries.push("铝加工", "铝合", "示例铝业", "高质量发展奖励资金", "第9876号", "石墨烯 绿色工厂", "资", "龘龘");
const ROUNDS = 5;

const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };
const server = createServer(async (request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://x").pathname).slice(1);
  try {
    const bytes = await readFile(join(site, path));
    response.writeHead(200, { "content-type": types[extname(path)] || "application/octet-stream" });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}).listen(0, "127.0.0.1");
await new Promise((done) => server.once("listening", done));
const bases = { 服务器: `http://127.0.0.1:${server.address().port}/`, 文件夹: pathToFileURL(site).href + "/" };

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"] });
// Listening to what is loaded costs time, so that is done in a round of its own.
const measure = async (base, query, typed, listening = false) => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  let bytes = 0;
  let requests = 0;
  // Of the texts of results the first needs one file.
  const texts = [];
  if (listening) page.on("requestfinished", (request) => {
    const address = new URL(request.url());
    const path = address.protocol === "file:" ? fileURLToPath(address.href.split(/[?#]/)[0]) : join(site, decodeURIComponent(address.pathname));
    try {
      const { size } = statSync(path);
      requests += 1;
      bytes += size;
      if (/\/t\d+\.js$/.test(path)) texts.push(size);
    } catch { /* 不是网站的文件 */ }
  });
  const address = `${base}search/index.html`;
  if (typed) {
    await page.goto(address, { waitUntil: "networkidle0" });
    await page.type("#q", query);
    // What was typed is painted by the time a hand reaches the key.
    await new Promise((done) => setTimeout(done, 100));
    await page.keyboard.press("Enter");
  } else await page.goto(`${address}?q=${encodeURIComponent(query)}`);
  await page.waitForFunction(() => ["done", "failed"].includes(document.documentElement.dataset.search));
  const took = await page.evaluate(() => Number(document.documentElement.dataset.took));
  // Where nothing is found, the answer is that.
  const first = await page.evaluate(() => Number(document.documentElement.dataset.first ?? document.documentElement.dataset.took));
  const found = await page.$eval("#found", (found) => found.textContent);
  await context.close();
  const early = bytes - texts.reduce((sum, size) => sum + size, 0) + Math.max(0, ...texts);
  return { first, took, early, bytes, requests, found };
};

await measure(bases.服务器, "预", false);
for (const [way, typed] of [["键入", true], ["打开", false]]) {
  const slowest = { first: 0, took: 0, early: 0, bytes: 0 };
  for (const [name, base] of Object.entries(bases)) {
    for (const query of queries) {
      const runs = [];
      for (let round = 0; round < ROUNDS; round += 1) runs.push(await measure(base, query, typed));
      runs.sort((a, b) => a.first - b.first);
      const middle = runs[(ROUNDS - 1) / 2];
      const { early, bytes, requests } = await measure(base, query, typed, true);
      for (const [key, value] of Object.entries({ ...middle, early, bytes })) slowest[key] = Math.max(slowest[key], value);
      console.log(`${way}　${name}　${query}：第一条 ${middle.first} 毫秒（${runs[0].first}～${runs.at(-1).first}），十条 ${middle.took} 毫秒，${requests}个文件 ${Math.round(bytes / 1024)} KB（第一条用 ${Math.round(early / 1024)} KB），${middle.found}`);
    }
  }
  console.log(`${way}：最慢的查询（${ROUNDS}次的中位数）第一条 ${slowest.first} 毫秒，十条 ${slowest.took} 毫秒，第一条最多 ${Math.round(slowest.early / 1024)} KB，十条 ${Math.round(slowest.bytes / 1024)} KB`);
}
await browser.close();
server.close();
