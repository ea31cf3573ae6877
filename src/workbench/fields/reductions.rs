//! 核减 — `data/reductions/<year>.yaml` as a form: what there is to pay, by which decision, and how the awards are cut to it.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::field::{Entry, said, shown, value};
use super::form::{Form, Proof};
use crate::award::{Assessment, Outcome, Summary, assess};
use crate::calendar::Year;
use crate::exchange::merge::ONE_MORE;
use crate::exchange::value::{Kind, Value};
use crate::money::Money;
use crate::project::Project;
use crate::source::FileId;
use crate::yaml::{self, Node, NodeKind};

const METHODS: &[&str] = &["同比例", "名单"];

pub const FORM: Form = Form {
    is_of: |path| year_of(path).is_some(),
    title: |path| year_of(path).map_or_else(String::new, |year| format!("{year}年度核减")),
    begins: |path| year_of(path).map_or_else(String::new, |year| format!("年度: {year}\n核减: []\n")),
    shown: form,
    read,
    proof: Proof::None,
};

fn year_of(path: &str) -> Option<Year> {
    path.strip_prefix("data/reductions/")?.strip_suffix(".yaml")?.parse().ok().map(Year)
}

/// What separates the parts by which an award is chosen.
const PARTS: char = '|';

fn form(project: &Project, path: &str, text: &str) -> Markup {
    let Some(year) = year_of(path) else { return html! {} };
    let root = yaml::parse(FileId(0), text).0;
    let decisions: &[Node] = match root.as_ref().and_then(|root| root.child("核减")).map(|list| &list.kind) {
        Some(NodeKind::List(items)) => items,
        _ => &[],
    };
    let assessments = assess(&project.register, &project.policies, year);
    let granted: Vec<&Assessment<'_>> =
        assessments.iter().filter(|one| matches!(one.outcome, Outcome::Granted(_))).collect();
    let summary = Summary::of(&assessments);
    html! {
        p class="total" { "照下面的办法，" (year) "年度给予" (summary.awards) "项，合计" (summary.total.yuan_text()) "元" }
        @for (at, decision) in decisions.iter().enumerate() { (one(project, root.as_ref(), &granted, at, decision)) }
        section aria-labelledby="another" data-add={ "核减/" (ONE_MORE) } {
            h2 id="another" { "加一项核减" }
            div class="fields" {
                p { label for="new-政策" { "政策" } select id="new-政策" data-name="政策" {
                    @for policy in &project.policies { option value=(policy.slug) { (policy.name()) } }
                } }
                p { label for="new-依据" { "依据" } input id="new-依据" data-name="依据" autocomplete="off"; }
                p { label for="new-资金" { "资金" } input id="new-资金" data-name="资金" placeholder="如 2800万元" autocomplete="off"; }
            }
            button type="button" class="add" { "加上" }
        }
    }
}

fn one(project: &Project, root: Option<&Node>, granted: &[&Assessment<'_>], at: usize, decision: &Node) -> Markup {
    let key = |name: &str| format!("核减/{at}/{name}");
    let text = |name: &str| said(root, &key(name));
    let slug = text("政策").unwrap_or_default();
    let policy = project.policies.iter().find(|policy| policy.slug == slug);
    let name = policy.map_or_else(|| slug.clone(), |policy| policy.name().to_owned());
    let own: Vec<&&Assessment<'_>> = granted.iter().filter(|one| one.policy.slug == slug).collect();
    let sum: Money = own.iter().map(|one| one.amount()).sum();
    let cuts = decision.child("方法").and_then(|method| method.child("名单")).map(|list| &list.kind);
    let cuts: Option<&[Node]> = cuts.map(|cuts| if let NodeKind::List(items) = cuts { items.as_slice() } else { &[] });
    let method = if cuts.is_some() { "名单".to_owned() } else { text("方法").unwrap_or_default() };
    let line = |name: &str, help: &str| shown(&key(name), name, Entry::Line, help, text(name), None);
    html! {
        section class="award" aria-labelledby=(format!("decision-{at}")) {
            h2 id=(format!("decision-{at}")) { (name) }
            p { "给予" (own.len()) "项，合计" (sum.yuan_text()) "元" }
            div class="fields" {
                (line("依据", "哪一次会议、哪一份文件定的"))
                (line("资金", "一共有多少，如 2800万元"))
                (line("条款", "只核减一条的写；不写就是全部"))
                (line("批次", "只核减一批的写；不写就是全年"))
                (shown(&key("方法"), "方法", Entry::Choice(METHODS), "同比例：每项按同一比例；名单：只减列出的", Some(method), None))
            }
            @if let Some(cuts) = cuts { (list(project, root, &own, &key("方法/名单"), cuts)) }
            p class="toolbar" { button type="button" class="drop" data-key=(format!("核减/{at}")) { "删去这一项核减" } }
        }
    }
}

/// The awards that a list cuts, and the others to choose from.
fn list(project: &Project, root: Option<&Node>, own: &[&&Assessment<'_>], key: &str, cuts: &[Node]) -> Markup {
    let text = |at: usize, name: &str| said(root, &format!("{key}/{at}/{name}")).unwrap_or_default();
    let called = |code: &str| project.register.find(code).map_or_else(|| code.to_owned(), |one| one.name.value.clone());
    html! {
        div class="scroll" { table {
            thead { tr { @for head in ["企业", "条款", "对象", "减至", ""] { th scope="col" { (head) } } } }
            tbody { @for at in 0..cuts.len() {
                @let id = format!("field-{key}/{at}/减至");
                tr {
                    td { (called(&text(at, "企业"))) } td { (text(at, "条款")) } td { (text(at, "对象")) }
                    td data-key=(format!("{key}/{at}/减至")) { input id=(id) aria-label={ "减至：" (called(&text(at, "企业"))) } value=(text(at, "减至")) autocomplete="off"; }
                    td { button type="button" class="drop" data-key=(format!("{key}/{at}")) { "删去" } }
                }
            } }
        } }
        @if own.is_empty() { p { "这一政策没有给予的，没有要减的。" } }
        @else { p class="toolbar" data-add=(format!("{key}/{ONE_MORE}")) {
            label for={ "new-" (key) } { "减哪一项" }
            select id={ "new-" (key) } data-name="项" {
                @for one in own {
                    @let own_name = one.subject == one.enterprise.name.value;
                    @let subject = if own_name { "" } else { one.subject };
                    option value={ (one.enterprise.code.value.as_str()) (PARTS) (one.rule.clause.value) (PARTS) (subject) } {
                        (one.enterprise.name.value) " " (one.rule.clause.value) " " (subject) " " (one.amount().wan_text()) "万元"
                    }
                }
            }
            label for={ "to-" (key) } { "减至" }
            input id={ "to-" (key) } data-name="减至" placeholder="如 80万元" autocomplete="off";
            button type="button" class="add" { "加上" }
        } }
    }
}

fn read(key: &str, said: &str) -> Result<Option<Value>, String> {
    let path: Vec<&str> = key.split('/').collect();
    match path.as_slice() {
        ["核减", ONE_MORE] => {
            let said = asked(said, &["政策", "依据", "资金"])?;
            Ok(Some(record(said.into_iter().chain([("方法", "同比例".to_owned())]))))
        }
        ["核减", _, "方法", "名单", ONE_MORE] => {
            let said = asked(said, &["项", "减至"])?;
            let of = |name: &str| said.iter().find(|(known, _)| *known == name).map_or("", |(_, said)| said.as_str());
            let mut parts = of("项").splitn(3, PARTS);
            let parts = ["企业", "条款", "对象"].map(|name| (name, parts.next().unwrap_or_default().to_owned()));
            let parts = parts.into_iter().filter(|(_, part)| !part.is_empty());
            Ok(Some(record(parts.chain([("减至", of("减至").to_owned())]))))
        }
        ["核减", _, "方法"] if said == "名单" => {
            let none = Value { kind: Kind::List(Vec::new()), at: None };
            Ok(Some(Value { kind: Kind::Map(vec![("名单".into(), none)]), at: None }))
        }
        ["核减", _] | ["核减", _, "方法", "名单", _] if said.is_empty() => Ok(None),
        ["核减", _, "依据" | "资金" | "条款" | "批次" | "方法"] | ["核减", _, "方法", "名单", _, "减至"] => {
            Ok(value(Entry::Line, said))
        }
        _ => Err(format!("没有“{key}”这一项")),
    }
}

/// What was filled in for something new: all of it is needed.
fn asked(said: &str, names: &[&'static str]) -> Result<Vec<(&'static str, String)>, String> {
    let said: BTreeMap<String, String> = serde_json::from_str(said).map_err(|_| "没有收到填的内容".to_owned())?;
    let of = |name: &&'static str| {
        let said = said.get(*name).map(|said| said.trim()).filter(|said| !said.is_empty());
        said.map(|said| (*name, said.to_owned())).ok_or_else(|| format!("“{name}”还没有填"))
    };
    names.iter().map(of).collect()
}

fn record(pairs: impl Iterator<Item = (&'static str, String)>) -> Value {
    Value { kind: Kind::Map(pairs.map(|(key, said)| (key.into(), Value::text(said, None))).collect()), at: None }
}
