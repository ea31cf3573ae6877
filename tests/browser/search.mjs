// How fast the search of a large site is: each query in a fresh browser, from a folder and from a server, nothing kept from the last
// one. For each: the milliseconds until the first result stands and until the first ten do, counted from the search, and the bytes loaded
// by then (page, style, scripts and index).
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
const measure = async (base, query) => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setCacheEnabled(false);
  let bytes = 0;
  let requests = 0;
  page.on("requestfinished", (request) => {
    const address = new URL(request.url());
    const path = address.protocol === "file:" ? fileURLToPath(address.href.split(/[?#]/)[0]) : join(site, decodeURIComponent(address.pathname));
    try { bytes += statSync(path).size; requests += 1; } catch { /* 不是网站的文件 */ }
  });
  await page.goto(`${base}search/index.html?q=${encodeURIComponent(query)}`);
  await page.waitForFunction(() => ["done", "failed"].includes(document.documentElement.dataset.search));
  const took = await page.evaluate(() => Number(document.documentElement.dataset.took));
  // Where nothing is found, the answer is that.
  const first = await page.evaluate(() => Number(document.documentElement.dataset.first ?? document.documentElement.dataset.took));
  const found = await page.$eval("#found", (found) => found.textContent);
  await context.close();
  return { first, took, bytes, requests, found };
};

await measure(bases.服务器, "预");
let slowestFirst = 0;
let slowest = 0;
let largest = 0;
for (const [name, base] of Object.entries(bases)) {
  for (const query of queries) {
    const runs = [];
    for (let round = 0; round < ROUNDS; round += 1) runs.push(await measure(base, query));
    runs.sort((a, b) => a.first - b.first);
    const middle = runs[(ROUNDS - 1) / 2];
    slowestFirst = Math.max(slowestFirst, middle.first);
    slowest = Math.max(slowest, middle.took);
    largest = Math.max(largest, middle.bytes);
    console.log(`${name}　${query}：第一条 ${middle.first} 毫秒（${runs[0].first}～${runs.at(-1).first}），十条 ${middle.took} 毫秒，${middle.requests}个文件 ${Math.round(middle.bytes / 1024)} KB，${middle.found}`);
  }
}
console.log(`最慢的查询（五次的中位数）：第一条 ${slowestFirst} 毫秒，十条 ${slowest} 毫秒，最多 ${Math.round(largest / 1024)} KB`);
await browser.close();
server.close();
