// The workbench by the keyboard alone: the page and the office are set, awards are cut, a notice is written and issued. Nothing is clicked, no field
// is filled by a script: what cannot be reached by Tab, opened by Enter and typed into does not exist.
//
// node keyboard.mjs LINK: LINK is what `hongtou serve` of 云川市's workspace says. Ends with 1 if anything is wrong.

import { begin } from "./people.mjs";

const [, , link] = process.argv;
const person = await begin();
const { page, expect, until, text, pagesAreSet, isSaved, accessible, end } = person;
await page.setViewport({ width: 1280, height: 900 });
await page.goto(link);

const key = async (...keys) => { for (const one of keys) await page.keyboard.press(one); };
const held = async (holding, one) => { await page.keyboard.down(holding); await page.keyboard.press(one); await page.keyboard.up(holding); };
// Of what has the focus: what a screen reader would call it.
const focused = () => page.evaluate(() => {
  const one = document.activeElement;
  const label = one.labels?.[0]?.textContent ?? one.getAttribute("aria-label");
  return (label ?? one.textContent).trim();
});
// On by Tab until something of that name has the focus; it must be seen that it has.
const reach = async (name, kind = "*") => {
  for (let steps = 0; steps < 250; steps += 1) {
    await page.keyboard.press("Tab");
    if ((await focused()) !== name || !(await page.evaluate((kind) => document.activeElement.matches(kind), kind))) continue;
    const seen = await page.evaluate(() => {
      const one = document.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      const { top, bottom, height } = one.getBoundingClientRect();
      return { outlined: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2, inside: height > 0 && bottom > 0 && top < innerHeight };
    });
    expect(seen.outlined, name, "has the focus, and it is not seen");
    expect(seen.inside, name, "has the focus outside of the window");
    return;
  }
  throw new Error(`${person.where}: Tab never comes to “${name}”: ${await text()}`);
};
const enter = async (name, kind = "a, button") => { await reach(name, kind); await Promise.all([page.waitForNavigation(), key("Enter")]); person.where = decodeURIComponent(page.url()); };
const put = async (name, words) => { await reach(name); await held("Control", "a"); await page.keyboard.type(words); await key("Tab"); };
const save = async () => { await held("Control", "s"); await isSaved(); };
const pageDrawn = () => page.$eval("#pages .sheet svg", (one) => one.innerHTML);
const total = async () => /合计：\d+家企业，\d+项，(\d+)元/.exec(await text())?.[1];

// ---- the page ----
await enter("设置");
await enter("data/layout.yaml");
await pagesAreSet();
const before = await pageDrawn();
await put("行距", "99");
await until("what is wrong stands beside the field", () => document.querySelector("[id='field-行距']").getAttribute("aria-invalid") === "true");
await page.keyboard.down("Shift"); await key("Tab"); await page.keyboard.up("Shift");
expect((await focused()) === "行距", "layout", `Shift+Tab leads to ${await focused()}`);
await held("Control", "a"); await page.keyboard.type("30"); await key("Tab");
await until("nothing is wrong", () => document.querySelector("#count").textContent === "没有问题");
await until("the page is another", (before) => document.querySelector("#pages .sheet svg").innerHTML !== before, before);
await save();
await accessible("版面");

// ---- the office ----
await enter("设置");
await enter("data/office.yaml");
// One right after the other: none is lost.
await put("承办处室", "企业科0831-2345670");
await put("监督电话", "0831-2345679");
await until("the fields are in the text", () => ["承办处室: 企业科0831-2345670", "监督电话: 0831-2345679"].every((line) => document.querySelector("#text").value.includes(line)));
await save();
await accessible("机关和网站");

// ---- what is cut ----
await enter("奖励");
const whole = Number(await total());
await enter("核减");
await accessible("核减");
await put("依据", "市长办公会议纪要〔2024〕5号");
await put("资金", "100万元");
await page.keyboard.down("Shift"); await key("Tab"); await page.keyboard.up("Shift");
await reach("加上");
await key("Enter");
await until("the decision is in the form", () => document.querySelector("[id='field-核减/0/资金']")?.value === "100万元");
expect((await text()).includes("合计1000000元"), "reductions", await text());
await reach("方法");
await key("ArrowDown");
await until("a list is asked for", () => document.querySelector("[id='to-核减/0/方法/名单']") !== null);
await put("减至", "10万元");
await page.keyboard.down("Shift"); await key("Tab"); await page.keyboard.up("Shift");
await reach("加上");
await key("Enter");
await until("the award is in the list", () => document.querySelector("[id='field-核减/0/方法/名单/0/减至']")?.value === "10万元");
await reach("删去");
await key("Enter");
await until("it is out of the list", () => document.querySelector("[id='field-核减/0/方法/名单/0/减至']") === null);
await reach("方法");
await key("ArrowUp");
await until("all are cut alike", () => document.querySelector("#text").value.includes("方法: 同比例"));
await until("nothing is wrong", () => document.querySelector("#count").textContent === "没有问题");
await save();
await enter("奖励");
expect((await total()) === "1000000" && whole > 1_000_000, "awards", `${whole} yuan are cut to ${await total()}`);

// ---- a notice ----
await enter("公文");
await enter("新建公文");
await put("文种（必填）", "通知");
await reach("更多选项");
await key("Enter");
await put("名称", "anquan");
await enter("办理", "button");
expect((await text()).includes("办好了"), "new", await text());
await enter("公文");
const title = await page.$eval("main a[href$='/documents/anquan']", (one) => one.textContent.trim());
await enter(title);
await pagesAreSet();
await reach("文字（三横线之间是要素，下面是正文）");
await held("Control", "a");
await page.keyboard.type("---\n标题: 云川市工业和信息化局关于加强安全生产的通知\n文种: 通知\n状态: 草稿\n主送: 各区县工业和信息化局\n---\n\n请各单位加强安全生产检查，发现隐患及时整改。\n\n联系人：王某，手机13812345678。\n");
await until("the number is told", () => [...document.querySelectorAll("#findings button")].some((one) => one.textContent === "遮去"));
await reach("遮去");
await key("Enter");
await until("the number is covered", () => document.querySelector("#text").value.includes("138****5678"));
await until("nothing is told of it any more", () => ![...document.querySelectorAll("#findings button")].some((one) => one.textContent === "遮去"));
await reach("状态");
await key("ArrowDown");
await until("it is finished", () => document.querySelector("#text").value.includes("状态: 定稿"));
await save();
await enter("印发");
await enter("办理", "button");
if ((await text()).includes("看过了")) { await enter("就这样办"); await enter("办理", "button"); }
expect((await text()).includes("办好了"), "issue", await text());
await enter("公文");
expect((await text()).includes("已印发"), "documents", await text());
await end("键盘");
console.log("工作台：只用键盘也办得成，没有不对的");
