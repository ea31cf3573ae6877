// The workbench through a real browser: a clerk, a publisher, an editor at work without a terminal, every page by axe at four widths, and how
// long it takes until what is typed is seen.
//
// node workbench.mjs LINK CASES: LINK is what `hongtou serve` of 云川市's workspace with 示例县's catalogues says; CASES is tests/cases. Ends with 1 if anything is wrong.

import { join } from "node:path";
import { begin } from "./people.mjs";

const [, , link, cases] = process.argv;
const person = await begin();
person.link = link;
const { browser, page, blame, expect, pause, until, text, press, submit, open, pagesAreSet, isSaved, details, fill, certain, done, choose, draft, issue, accessible, end } = person;

// ---- who has no link stays outside ----
await page.setViewport({ width: 1280, height: 900 });
await open("/documents");
expect(page.url().endsWith("/login"), "/documents", "shown to nobody");
await page.goto(link);
expect(new URL(page.url()).pathname === "/", "link", `leads to ${page.url()}`);

// ---- a clerk: from a Word draft to an issued notice ----
await open("/acts/import");
await (await page.$("input[type=file]")).uploadFile(join(cases, "exchange/word/LO通知.docx"));
await details();
await page.type("#field-name", "gongzuo");
await submit();
await done("import");
await open("/documents/gongzuo");
await pagesAreSet();
const before = await page.$$eval("#pages .sheet svg", (all) => all.map((one) => one.innerHTML.length));
await choose("状态", "定稿");
// It was another office's draft.
await page.evaluate(() => {
  const field = document.querySelector("#text");
  field.value = field.value.replaceAll("示例市", "云川市").replaceAll("示例", "云川").replace(/成文日期: .*/, "成文日期: 2024-05-20").replaceAll("2026年", "2024年");
  field.dispatchEvent(new Event("input"));
});
await page.focus("#text");
await page.evaluate(() => { const field = document.querySelector("#text"); field.setSelectionRange(field.value.length, field.value.length); });
await page.keyboard.type("\n\n特此通知。");
await until("what was typed is seen", (before) => {
  const now = [...document.querySelectorAll("#pages .sheet svg")].map((one) => one.innerHTML.length);
  return String(now) !== before;
}, String(before));
await page.keyboard.down("Control"); await page.keyboard.press("s"); await page.keyboard.up("Control");
await isSaved();
await press("印发");
await submit();
await certain();
await done("issue");
await open("/documents");
expect((await text()).includes("已印发"), "documents", "the notice is not issued");

// A place on the page is a place in the text, and the other way round.
await open("/documents/zhizaoye-2022");
await pagesAreSet();
await until("lines", () => document.querySelector("#pages .sheet svg use") !== null);
const box = await page.$eval("#pages .sheet", (one) => { const { left, top, width, height } = one.getBoundingClientRect(); return { left, top, width, height }; });
for (const share of [0.62, 0.66, 0.7, 0.74, 0.78]) {
  await page.mouse.click(box.left + box.width * 0.45, box.top + box.height * share);
  if (await page.evaluate(() => document.activeElement.id === "text")) break;
}
expect(await page.evaluate(() => document.activeElement.id === "text" && document.querySelector("#text").selectionStart > 0), "editor", "a click on the page leads nowhere");
await page.keyboard.press("ArrowRight");
await until("the page shows where the caret is", () => document.querySelector(".sheet .here") !== null);

// How long it takes until what is typed is seen, on the policy.
await page.evaluate(() => { window.hongtouTimings.length = 0; });
for (const letter of "为进一步做好这项工作现就有关事项通知如下".repeat(4)) { await page.keyboard.sendCharacter(letter); await pause(40); }
await pause(1500);
const timings = (await page.evaluate(() => [...window.hongtouTimings])).sort((a, b) => a - b);
const share = (part) => Math.round(timings[Math.min(timings.length - 1, Math.floor(timings.length * part))]);
console.log(`打字到看见（政策，${timings.length}次排版）：中位${share(0.5)} 毫秒，九成${share(0.9)} 毫秒，最慢${share(1)} 毫秒`);
await page.evaluate(() => { window.onbeforeunload = null; const field = document.querySelector("#text"); field.value = field.defaultValue; field.dispatchEvent(new Event("input")); });

// ---- a publisher: a grid, the awards, the announcement ----
await open("/table?kind=企业");
await page.waitForSelector("#grid td[data-row='0']");
await page.click("#grid td[data-row='0'][data-column='0']");
await page.keyboard.press("ArrowRight"); await page.keyboard.press("ArrowRight");
await page.keyboard.press("Enter");
await page.waitForSelector("#grid td input");
await page.evaluate(() => { document.querySelector("#grid td input").value = ""; });
await page.keyboard.type("没有的区");
await page.keyboard.press("Enter");
await page.keyboard.down("Control"); await page.keyboard.press("z"); await page.keyboard.up("Control");
await until("taken back", () => document.querySelectorAll("#grid td.touched").length === 0);
// A block as Excel copies it.
await page.evaluate(() => {
  const cell = document.querySelector("#grid td[data-row='0'][data-column='1']");
  cell.focus();
  const data = new DataTransfer();
  data.setData("text/plain", "不是代码\t\n");
  cell.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
  document.querySelector("#grid td[data-row='0'][data-column='1']").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
});
await until("the wrong cell is told", () => document.querySelectorAll("#grid td.wrong").length > 0);
await page.click("#undo");
await until("nothing is wrong", () => document.querySelector("#count").textContent === "没有问题");

// A row is struck out by the keyboard, and taken back.
await page.click("#grid td[data-row='1'][data-column='0']");
await page.keyboard.down("Control"); await page.keyboard.press("Delete"); await page.keyboard.up("Control");
await until("the row is struck out", () => document.querySelector("#grid tr.gone") !== null);
await until("what rests on it is told", () => document.querySelector("#count").textContent.includes("错误"));
await page.click("#undo");
await until("the row stands", () => document.querySelector("#grid tr.gone") === null && document.querySelector("#count").textContent === "没有问题");

await open("/awards?year=2023");
expect((await text()).includes("合计"), "awards", await text());
await press("起草公示");
await draft("gongshi");
await issue();
await open("/");
expect((await text()).includes("公示期满"), "start", "the announcement is not among what is due");

// ---- an editor: a new edition of a catalogue ----
const [edition] = await (async () => { await open("/tables"); return page.$$eval("main a[href*='of=']", (all) => all.map((one) => new URL(one.href).searchParams.get("of")).sort().reverse()); })();
expect(edition === "sheji-2023", "tables", `the newest catalogue is ${edition}`);
// What stands is taken as a table, two cells of it are changed, and it is handed in as the next edition.
await open(`/acts/export?kind=目录&of=${edition}`);
await details();
await fill("output", "目录.csv");
await submit();
const table = await page.$eval("main a[download]", async (one) => (await fetch(one.href)).text());
const next = table.replace("外观设计", "外观、包装设计").replace("结构设计", "结构、机构设计");
expect(next !== table, "export", table);
const handIn = (field) => page.$eval(field, (field, next) => {
  const data = new DataTransfer();
  data.items.add(new File([next], "目录2024.csv", { type: "text/csv" }));
  field.files = data.files;
}, next);
await open("/acts/compare");
await page.$eval("input[name=old]:not([type=file])", (field, edition) => { field.value = edition; }, edition);
await handIn("input[name=new][type=file]");
await submit();
const differences = await text();
expect(["外观、包装设计", "结构、机构设计"].every((words) => differences.includes(words)), "compare", differences);
await open(`/acts/import?kind=目录&of=${edition}`);
await details();
await handIn("input[type=file]");
await fill("edition", "2024年版");
await fill("from", "2024-01-01");
await submit();
await certain();
await done("new edition");
await open("/tables");
const fresh = await page.$$eval("main a[href*='of=']", (all) => all.filter((one) => one.textContent.includes("2024年版")).map((one) => one.href));
expect(fresh.length === 1, "tables", "the new edition is not in the list");
await open(fresh[0] ?? "/tables");
await until("the new edition is in the grid", () => document.querySelector("#grid")?.innerText.includes("外观、包装设计"));
await open(`/documents/${new URL(fresh[0] ?? link).searchParams.get("of")}`);
await press("改名称、版本、状态");
await pagesAreSet();
for (const [key, value] of [["名称", "云川市工业设计服务目录"], ["发布机关", "云川市工业和信息化局"], ["状态", "定稿"]]) {
  await page.$eval(`#field-${key}`, (field, value) => { field.value = value; field.dispatchEvent(new Event("change", { bubbles: true })); }, value);
  await until("the field is in the text", (words) => document.querySelector("#text").value.includes(words), `${key}: ${value}`);
}
await page.click("#save");
await isSaved();
await open(`/documents/${new URL(fresh[0] ?? link).searchParams.get("of")}`);
await press("印发");
await submit();
await certain();
await done("issue the new edition");
await open("/documents");
expect((await page.$$eval("main tr", (all) => all.map((one) => one.innerText))).some((line) => line.includes("已印发") && line.includes("2024年版")), "documents", await text());

// ---- two people, one document ----
await open("/acts/new?genre=通知&name=tongshi");
await submit();
await open("/documents/tongshi");
await pagesAreSet();
const other = await browser.newPage();
await other.goto(new URL("/documents/tongshi", link).href);
const write = (page, words) => page.evaluate((words) => {
  const field = document.querySelector("#text");
  field.value = words === "尾" ? `${field.value}\n\n尾。\n` : field.value.replace("状态: 草稿", "状态: 草稿   # 头");
  field.dispatchEvent(new Event("input"));
  document.querySelector("#save").click();
}, words);
await page.bringToFront();
await write(page, "尾");
await isSaved();
await other.bringToFront();
await write(other, "头");
await other.waitForFunction(() => !document.querySelector("#clash").hidden, { timeout: 60_000 });
await other.evaluate(() => [...document.querySelectorAll("#clash button")].find((one) => one.textContent === "合在一起").click());
await other.waitForFunction(() => document.querySelector("#saved").textContent.startsWith("已保存"), { timeout: 60_000 });
const both = await other.$eval("#text", (field) => field.value);
expect(both.includes("# 头") && both.includes("尾。"), "two people", both);
await other.close();
await page.bringToFront();

// ---- every page, by axe, at three widths and twice as large ----
const paths = ["/", "/?q=云川", "/documents", "/documents/tongshi", "/documents/sheji-2023", "/tables", "/table?kind=企业", "/table?kind=申报&year=2023", "/awards?year=2023&all=1",
  "/policies", "/policies/zhizaoye-2022", "/acts", "/acts/issue", "/acts/import", "/sources", "/source?path=data/office.yaml", "/source?path=data/layout.yaml", "/source?path=data/reductions/2023.yaml", "/source?path=data/facts.yaml", "/settings", "/log", "/login"];
// 640 is a window of 1280 at 200 %.
for (const width of [640, 768, 1280, 1920]) {
  await page.setViewport({ width, height: 900 });
  for (const path of paths) {
    await page.goto(new URL(path, link).href).catch(() => {});
    person.where = path;
    await pause(path.startsWith("/table?") || path.startsWith("/documents/") ? 1500 : 100);
    // What is not there is said by the browser's console, too.
    await accessible(`${path}（${width}）`);
  }
}
await end("工作台");
console.log("工作台：拟稿和编目录的人的事在浏览器里办完了，没有不对的");
