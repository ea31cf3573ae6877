// The public site of the sample: the search by the questions of tests/cases/queries.txt, each with the page that must come first; the
// filters, which stand in the address and count what they leave; and 校验, by a file chosen, a file dropped and a sum typed. Ends with 1
// and a list if anything is wrong.
//
// node published.mjs SITE: SITE is the built public site of the sample.
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

// 校验: what was published is known again, chosen, dropped or by its sum; one byte more is something else. SM3 by the vectors of GB/T 32905.
{
  const slug = "jiangli-2022";
  await page.goto(`${base}notices/${slug}/index.html`);
  const vectors = await page.evaluate(() => ["abc", "abcd".repeat(16)].map((text) => window.hongtouSm3(text)));
  const wanted = ["66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0", "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"];
  if (JSON.stringify(vectors) !== JSON.stringify(wanted)) wrong.push(`SM3: ${vectors}`);
  await page.click(".verify summary");
  const told = async (what) => {
    await page.waitForFunction(() => !["", "正在计算……"].includes(document.querySelector(".verify-result").textContent), { timeout: 10000 }).catch(() => wrong.push(`校验 ${what}: nothing is said`));
    return page.$eval(".verify-result", (result) => result.textContent);
  };
  const choose = await page.$("#verify-file");
  for (const [file, words] of [[`${slug}.pdf`, "第2版PDF完全相同。"], [`v1/${slug}.pdf`, "第1版PDF完全相同；这一版已被替代。"], [`${slug}.md`, "都不相同"]]) {
    await page.$eval(".verify-result", (result) => { result.textContent = ""; });
    await choose.uploadFile(resolve(process.argv[2], "notices", slug, file));
    const said = await told(file);
    if (!said.includes(words)) wrong.push(`校验 ${file}: ${said}`);
  }
  const bytes = [...await readFile(resolve(process.argv[2], "notices", slug, `${slug}.pdf`))];
  for (const [more, words] of [[[], "完全相同"], [[32], "都不相同"]]) {
    await page.evaluate((bytes) => {
      const result = document.querySelector(".verify-result");
      result.textContent = "";
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array(bytes)], "x.pdf"));
      document.querySelector(".verify").dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true, bubbles: true }));
    }, [...bytes, ...more]);
    const said = await told("a dropped file");
    if (!said.includes(words)) wrong.push(`校验 a dropped file and ${more.length} bytes: ${said}`);
  }
  const sm3 = await page.$eval(".verify dd", (sum) => sum.dataset.sm3.toUpperCase().replace(/(.{8})/g, "$1 "));
  await page.$eval(".verify-result", (result) => { result.textContent = ""; });
  await page.type("#verify-sum", sm3);
  await page.keyboard.press("Enter");
  const said = await told("a typed sum");
  if (!said.includes("第2版PDF完全相同")) wrong.push(`校验 ${sm3}: ${said}`);
}

await browser.close();
console.log(`查询 ${cases.length}`);
if (wrong.length) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
