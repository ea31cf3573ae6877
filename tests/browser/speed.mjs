// How fast the workbench is, and whether it grows: two thousand characters typed into the policy, five thousand enterprises in the grid, and
// 500 saves a minute for MINUTES (10 unless it is said). Prints what it measured.
//
// node speed.mjs PROGRAM ROOT [MINUTES]: ROOT is 云川市's workspace; it gets another four thousand nine hundred and some enterprises.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { begin, serve } from "./people.mjs";

const [, , program, root, minutes = "10"] = process.argv;
const HOW_MANY = 5_000;

// GB 32100—2015: the last character of a code is reckoned from the others.
const complete = (head) => {
  const signs = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  const sum = [...head].reduce((sum, sign, at) => sum + signs.indexOf(sign) * (3 ** at % 31), 0);
  return head + signs[(31 - (sum % 31)) % 31];
};
const enterprise = (_, at) => `- { 名称: 云川第${at}有限公司, 统一社会信用代码: ${complete(`91410181MB${String(at).padStart(7, "0")}`)}, 区县: ${["河东区", "河西区"][at % 2]}, 行业: [装备制造], 规模以上: 是 }\n`;
writeFileSync(join(root, "data/enterprises/更多.yaml"), Array.from({ length: HOW_MANY }, enterprise).join(""));

const { desk, link } = await serve(program, ["--root", root, "--on", "2024-05-20", "serve", "--port", "0"]);
const person = await begin();
const { page, open, pagesAreSet, pause, end } = person;
person.link = link;
await page.goto(link);
await page.setViewport({ width: 1280, height: 900 });
const shares = (times) => {
  const sorted = times.toSorted((a, b) => a - b);
  const share = (part) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]);
  return `中位${share(0.5)} 毫秒，九成${share(0.9)} 毫秒，百分之九十九${share(0.99)} 毫秒，最慢${share(1)} 毫秒`;
};
const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${desk.pid}/status`, "utf8"))?.[1] ?? 0) / 1024;

// ---- typing ----
await open("/documents/zhizaoye-2022");
await pagesAreSet();
await page.focus("#text");
await page.evaluate(() => { const field = document.querySelector("#text"); field.setSelectionRange(field.value.length, field.value.length); window.hongtouTimings.length = 0; });
const words = "为进一步做好这项工作，现就有关事项通知如下。各单位要加强协调，落实责任，按时办结。".repeat(50).slice(0, 2_000);
for (const [at, letter] of [...words].entries()) {
  if (at % 80 === 79) await page.keyboard.press("Enter");
  await page.keyboard.sendCharacter(letter);
  await pause(25);
}
await pause(2_000);
const timings = await page.evaluate(() => [...window.hongtouTimings]);
console.log(`打进政策${words.length}字，排版${timings.length}次：${shares(timings)}`);
await page.evaluate(() => { const field = document.querySelector("#text"); field.value = field.defaultValue; field.dispatchEvent(new Event("input")); });

// ---- the grid ----
await open("/table?kind=企业");
await page.waitForSelector("#grid td[data-row='0']");
const frames = await page.evaluate(async () => {
  const grid = document.querySelector("#grid");
  const times = [];
  let last = performance.now();
  while (grid.scrollTop + grid.clientHeight < grid.scrollHeight - 10) {
    grid.scrollTop += 900;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  return times;
});
console.log(`表格${HOW_MANY}行从头滚到底，${frames.length}帧：${shares(frames)}`);

// ---- saving ----
await open("/source?path=data/office.yaml");
const before = await page.$eval("#text", (field) => field.value);
const path = "data/office.yaml";
const pace = 60_000 / 500;
const times = [];
const sizes = [memory()];
let was = before;
for (let at = 1; at <= Number(minutes) * 500; at += 1) {
  const text = `${before}# 第${at}次\n`;
  const [state, took] = await page.evaluate(async (body) => {
    const since = performance.now();
    const answer = await fetch("/save", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    return [(await answer.json()).state, performance.now() - since];
  }, { path, was, text });
  if (state !== "written") person.blame("save", state);
  was = text;
  times.push(took);
  if (at % 500 === 0) sizes.push(memory());
  await pause(Math.max(0, pace - took));
}
console.log(`每分钟保存500次，${minutes}分钟：${shares(times)}；内存 ${sizes.map((size) => Math.round(size)).join("、")} MB`);
await page.goto("about:blank");
desk.kill();
await end("快慢");
