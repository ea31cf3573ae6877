// A publisher's year in the workbench: sixty declarations come in Excel; a 公示, an objection in its days, the notice, the letters, the ledger.
// Each step is a page, a form or a grid: no file is touched, no terminal is open. The workbench is started anew on each day of the story.
//
// node publisher.mjs PROGRAM ROOT TABLES: the workspace in ROOT has an office and its policy; in TABLES lie 企业.xlsx, 申报-错.xlsx and 申报.xlsx.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { begin, serve } from "./people.mjs";

const [, , program, root, tables] = process.argv;
const person = await begin();
const { page, blame, expect, until, text, press, submit, open, isSaved, fill, certain, done, draft, issue, accessible, end } = person;

// Pictures for those who want to look: HONGTOU_PICTURES names the folder.
const pictures = process.env.HONGTOU_PICTURES;
if (pictures) mkdirSync(pictures, { recursive: true });
let taken = 0;
const picture = async (name) => { if (pictures) await page.screenshot({ path: join(pictures, `${(taken += 1)}-${name}.png`) }); };

let desk;
const close = async () => {
  // A page that listens would complain that nobody speaks any more.
  await page.goto("about:blank");
  await new Promise((done) => { if (!desk) done(); else { desk.on("exit", done); desk.kill(); desk = null; } });
};
const on = async (day) => {
  await close();
  ({ desk, link: person.link } = await serve(program, ["--root", root, "--on", day, "serve", "--port", "0"]));
  await page.goto(person.link);
};
const handIn = async (file) => (await page.$("input[name=file][type=file]")).uploadFile(join(tables, file));
const total = async () => /合计：(\d+)家企业，(\d+)项，(\d+)元/.exec(await text())?.slice(1).map(Number);

await page.setViewport({ width: 1280, height: 900 });

// ---- 13 May: the declarations come in ----
await on("2024-05-13");
await open("/tables");
await press("导入 Excel");
await handIn("企业.xlsx");
await submit();
await done("enterprises");
await open("/acts/import?kind=申报&year=2023");
await handIn("申报-错.xlsx");
await submit();
const wrong = await text();
expect(wrong.includes("有问题要改") && wrong.includes("未统计") && wrong.includes("D8"), "a cell that is no amount", wrong);
await picture("导入的表有一格不对");
await open("/acts/import?kind=申报&year=2023");
await handIn("申报.xlsx");
await submit();
await done("declarations");
await open("/awards?year=2023");
const first = await total();
expect(first?.[0] === 60 && first[1] === 60, "awards", await text());
await picture("核定");
await accessible("/awards");
// Each figure leads to the cell that it comes from.
await page.evaluate(() => [...document.querySelectorAll("main td a")].find((one) => one.textContent.includes("云川机械07")).click());
await page.waitForNavigation();
expect((await text()).includes("71.8万元") || (await text()).includes("718000元"), "explanation", await text());
const cell = await page.$eval("main a.place", (one) => one.href);
await open(cell);
expect((await page.$eval("#text", (field) => field.value)).includes("生产线07改造项目"), "source", "a figure does not lead to its cell");

// ---- the same day: the 公示 ----
await open("/");
await press("起草公示");
await draft("gongshi");
await picture("公示");
await issue();

// ---- 15 May: an objection is upheld ----
await on("2024-05-15");
await open("/");
expect((await text()).includes("公示期满"), "start", "the end of the 公示 is not among what is due");
await open("/table?kind=申报&year=2023");
await page.waitForSelector("#grid td[data-row='0']");
await page.evaluate(() => [...document.querySelectorAll("#tabs button")].find((one) => one.textContent.startsWith("项目"))?.click());
await page.type("#filter", "生产线07");
await until("one row", () => document.querySelectorAll("#grid tbody tr:not([aria-hidden])").length === 1);
const column = await page.evaluate(() => [...document.querySelectorAll("#grid thead th button")].findIndex((one) => one.textContent.includes("2023年设备和软件投资")));
await page.click(`#grid td[data-row='0'][data-column='${column}']`);
await page.keyboard.type("259");
await page.keyboard.press("Enter");
await until("nothing is wrong", () => document.querySelector("#count").textContent !== "" && !document.querySelector("#count").textContent.includes("错误"));
await page.click("#save");
await isSaved();
await open("/awards?year=2023");
const second = await total();
expect(second?.[2] === first[2] - 200_000, "after the objection", `${first} → ${second}`);
const since = await text();
expect(since.includes("印发以后变了的") && since.includes("718000") && since.includes("518000"), "since the 公示", since);
await picture("公示以后变了的");
await accessible("/awards");
await press("更正公示");
await fill("correct", "据异议核实，云川机械07有限公司的设备和软件投资为259万元");
await submit();
await certain();
await done("correction");
await open("/awards?year=2023");
expect(!(await text()).includes("印发以后变了的"), "corrected", await text());

// ---- 23 May: nobody objects any more: the notice and the letters ----
await on("2024-05-23");
await open("/");
await press("起草通知");
await draft("jiangli");
await issue();
await open("/acts/new?genre=告知书&awards=2023");
await draft("gaozhishu");
await picture("告知书");
const letters = await issue();
expect(letters.includes("60份"), "letters", letters);

// ---- 24 May: paid ----
await on("2024-05-24");
await open("/");
await press("兑现");
await submit();
await certain();
await done("grant");
await open("/");
await picture("办完的一年");
const steps = await page.$$eval(".steps li.done", (all) => all.length);
expect(steps === 5, "start", `${steps} of five steps are done: ${await text()}`);
await open("/table?kind=台账&year=2023");
await page.waitForSelector("#grid td[data-row='0']");
const paid = await page.evaluate(async () => {
  const { sheets } = await (await fetch("/table/sheets?kind=台账&year=2023")).json();
  const at = sheets[0].columns.findIndex((one) => one.head.startsWith("金额"));
  return { rows: sheets[0].rows.length, yuan: sheets[0].rows.reduce((sum, row) => sum + Math.round(Number(row[at].replaceAll(",", "")) * 10_000), 0) };
});
expect(paid.rows === 60 && paid.yuan === second[2], "ledger", `${paid.rows} rows, ${paid.yuan} yuan; awarded ${second[2]}`);
expect(await page.$("#strike") === null, "ledger", "what was paid can be struck out");
await open("/log");
const log = await text();
for (const act of ["hongtou import", "hongtou issue", "hongtou grant", "保存"]) expect(log.includes(act), "log", `no ${act}`);
if (!desk) blame("desk", "gone");
await close();
await end("一年的奖励");
console.log(`一年的奖励：60家申报，公示，异议，通知，60份告知书，台账${paid.rows}条，在浏览器里办完了，没有不对的`);
