// The search by the questions of tests/cases/queries.txt, each with the page that must come first; and the filters, which stand in the
// address and count what they leave. Ends with 1 and a list if anything is wrong.
//
// node queries.mjs SITE: SITE is the built public site of the sample.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const base = pathToFileURL(resolve(process.argv[2])).href + "/";
const cases = (await readFile(new URL("queries.txt", import.meta.url), "utf8")).split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#")).map((line) => line.split(" → "));
const wrong = [];
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"] });
const page = await browser.newPage();
page.on("pageerror", (error) => wrong.push(`script: ${error.message}`));
page.on("console", (message) => message.type() === "error" && wrong.push(`console: ${message.text()}`));

const ask = async (query, more = "") => {
  await page.goto(`${base}search/index.html?q=${encodeURIComponent(query)}${more}`);
  await page.waitForFunction(() => ["done", "failed"].includes(document.documentElement.dataset.search), { timeout: 10000 }).catch(() => wrong.push(`${query}: the search does not end`));
  return page.evaluate((base) => ({
    found: document.getElementById("found").textContent,
    meant: document.getElementById("meant").textContent,
    tips: !document.getElementById("tips").hidden,
    links: [...document.querySelectorAll("#results li > a")].map((link) => decodeURIComponent(link.href.replace(/\/search\/\.\.\//, "/")).slice(base.length).replace("index.html", "")),
  }), base);
};

for (const [query, expected] of cases) {
  const { found, links, meant, tips } = await ask(query);
  if (expected === "没有") {
    if (links.length || !tips || !found.includes("没有找到")) wrong.push(`${query}: ${found}, ${links.slice(0, 3).join(" ")}`);
  } else if (links[0] !== expected) wrong.push(`${query}: first is ${links[0]}, not ${expected} (${found} ${meant})`);
}

// A wrong or traditional character is told; a mark alone is no question.
if (!(await ask("石墨稀")).meant.includes("是不是要找：石墨烯")) wrong.push("石墨稀: no other word is offered");
if (!(await ask("，。")).found.startsWith("请写")) wrong.push("，。: nothing is said");

// The count is what can be shown, and a filter stands in the address and leaves what it names.
{
  const { found } = await ask("新材料奖励");
  const all = Number(/共(\d+)条/.exec(found)?.[1]);
  while (await page.$eval("#more", (more) => !more.hidden)) {
    const shown = await page.$$eval("#results li", (items) => items.length);
    await page.click("#more");
    await page.waitForFunction((shown) => document.querySelectorAll("#results li").length > shown, {}, shown);
  }
  const shown = await page.$$eval("#results li", (items) => items.length);
  if (shown !== all) wrong.push(`新材料奖励: ${all} are counted, ${shown} shown`);
  await page.select("#facet-1", "公示");
  await page.waitForFunction((all) => document.documentElement.dataset.search === "done" && !document.getElementById("found").textContent.includes(`共${all}条`), {}, all);
  const address = decodeURIComponent(page.url());
  if (!address.includes("类别=公示")) wrong.push(`the filter is not in the address: ${address}`);
  const filtered = await ask("新材料奖励", "&" + encodeURIComponent("类别") + "=" + encodeURIComponent("公示"));
  if (!filtered.links.length || filtered.links.some((link) => !link.startsWith("notices/gongshi"))) wrong.push(`类别=公示: ${filtered.links.join(" ")}`);
}

await browser.close();
console.log(`查询 ${cases.length}`);
if (wrong.length) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
