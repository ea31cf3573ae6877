// What the stories of the workbench have in common: a browser, a person's hand in it, and what is wrong.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import puppeteer from "puppeteer-core";

const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const PATIENCE = Number(process.env.PATIENCE ?? 90_000);

// A workbench of a program: the process, and the link that it says.
export const serve = async (program, words) => {
  const desk = spawn(program, words, { stdio: ["ignore", "ignore", "pipe"] });
  const link = await new Promise((done, fail) => {
    let said = "";
    desk.stderr.on("data", (bytes) => { said += bytes; const link = /http:\/\/\S+/.exec(said); if (link) done(link[0]); });
    desk.on("exit", () => fail(new Error(said)));
  });
  return { desk, link };
};

export const begin = async () => {
  const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  const person = { browser, page, link: "", where: "", wrong: 0 };
  const blame = (where, what) => { person.wrong += 1; console.error(`${where}: ${what}`); };
  page.on("console", (message) => { if (message.type() === "error") blame(person.where, `console: ${message.text()}`); });
  page.on("pageerror", (error) => blame(person.where, `script: ${error.message}`));
  page.on("dialog", (dialog) => dialog.accept());
  const until = async (what, holds, ...more) => {
    try { await page.waitForFunction(holds, { timeout: PATIENCE }, ...more); } catch { blame(person.where, `never: ${what}`); }
  };
  const text = () => page.$eval("main", (main) => main.innerText);
  const submit = () => Promise.all([page.waitForNavigation(), page.click("form.form button.main")]);
  const press = async (words) => {
    const handle = await page.evaluateHandle((words) => [...document.querySelectorAll("main a, main button")].find((one) => one.textContent.trim() === words), words);
    if (!handle.asElement()) throw new Error(`${person.where}: no “${words}” in ${await text()}`);
    await Promise.all([page.waitForNavigation(), handle.click()]);
  };
  const expect = (holds, where, what) => { if (!holds) blame(where, what); };
  const open = async (path) => { person.where = path; await page.goto(new URL(path, person.link).href); };
  const pagesAreSet = () => until("pages", () => document.querySelectorAll("#pages .sheet svg").length > 0);
  const isSaved = () => until("saved", () => document.querySelector("#saved").textContent.startsWith("已保存"));
  // All that a form has is in sight.
  const details = () => page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  const fill = (id, value) => page.$eval(`#field-${id}`, (field, value) => { field.value = value; }, value);
  // A form that is first looked at is then given as it is.
  const certain = async () => { if ((await text()).includes("看过了")) { await press("就这样办"); await submit(); } };
  const done = async (where) => { const said = await text(); expect(said.includes("办好了"), where, said); };
  // A field of the editor is in the text.
  const choose = async (key, value) => {
    await page.select(`#field-${key}`, value);
    await until("the field is in the text", (words) => document.querySelector("#text").value.includes(words), `${key}: ${value}`);
  };
  return Object.assign(person, {
    blame, until, text, submit, press, expect, open, pagesAreSet, isSaved, details, fill, certain, done, choose,
    pause: (time) => new Promise((done) => setTimeout(done, time)),
    // The form of a new document, which stands open, is given, and its pages are seen.
    draft: async (name) => {
      await details();
      await fill("name", name);
      await submit();
      await done(`new ${name}`);
      await open(`/documents/${name}`);
      await pagesAreSet();
    },
    // The document that stands open is finished, saved and issued; what was said of it.
    issue: async () => {
      const { where } = person;
      await choose("状态", "定稿");
      await page.click("#save");
      await isSaved();
      await press("印发");
      await submit();
      await certain();
      await done(`issue ${where}`);
      return text();
    },
    // What axe says of the page, and what does not fit into the window.
    accessible: async (where) => {
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => axe.run({ exclude: [["#pages svg"]] }));
      for (const one of violations) blame(where, `axe ${one.id}: ${one.nodes.map((node) => node.target.join(" ")).slice(0, 3).join("; ")}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 1) blame(where, `${wide} pixels wider than the window`);
    },
    end: async (words) => {
      await browser.close();
      if (person.wrong > 0) { console.error(`${words}：${person.wrong}处不对`); process.exit(1); }
    },
  });
};
