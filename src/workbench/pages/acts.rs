//! 办理 — the commands, one of them as a form, and what came of it.

use std::collections::BTreeMap;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Multipart, Path, Query, State};
use axum::http::{HeaderValue, Response, StatusCode, header};
use maud::{Markup, html};

use super::super::acts::{Act, Field, Filled, Kind, Outcome};
use super::super::desk::View;
use super::super::door::Person;
use super::super::door::accounts::Role;
use super::super::frame::{self, act as button, coded};
use super::super::journal::Entry;
use super::super::requests::{Office, Problem, Shared, allowed, page as response};
use super::super::shown::kind;

/// The most that is offered to choose from while typing.
const MOST: usize = 500;

pub(super) async fn list(
    State(office): State<Shared>,
    Extension(person): Extension<Person>,
) -> Result<Response<Body>, Problem> {
    let acts: Vec<(String, String, Option<&str>)> =
        office.acts.iter().map(|act| (act.name.clone(), act.about.clone(), act.role.map(Role::name))).collect();
    office
        .page(&person, "办理", move |_| {
            Ok(html! {
                p { "这里的每一项都是一条 hongtou 命令：终端里能做的，这里都能做。" }
                div class="scroll" { table {
                    thead { tr { @for head in ["命令", "做什么", "谁能办"] { th scope="col" { (head) } } } }
                    tbody { @for (name, about, role) in &acts { tr {
                        td { a href={ "/acts/" (coded(name)) } { (name) } } td { (about) } td { (role.unwrap_or("都能看")) }
                    } } }
                } }
            })
        })
        .await
}

pub(super) async fn form(
    State(office): State<Shared>,
    Extension(person): Extension<Person>,
    Path(name): Path<String>,
    Query(filled): Query<BTreeMap<String, String>>,
) -> Result<Response<Body>, Problem> {
    let content = form_of(&office, &name, &filled).await?;
    let title = office.act(&name)?.about.clone();
    Ok(response(StatusCode::OK, &frame::page(&title, Some(&person), office.shared, &content)))
}

async fn form_of(office: &Office, name: &str, filled: &BTreeMap<String, String>) -> Result<Markup, Problem> {
    let act = office.act(name)?;
    let known = office.desk.ask(Known::of).await?;
    let (needed, rest): (Vec<&Field>, Vec<&Field>) =
        act.fields.iter().partition(|field| field.required || filled.contains_key(&field.name));
    // Where nothing must be filled in, all is shown at once.
    let (needed, rest) = if needed.is_empty() { (rest, Vec::new()) } else { (needed, rest) };
    Ok(html! {
        form method="post" action={ "/acts/" (coded(name)) } enctype="multipart/form-data" class="form" {
            @for field in &needed { (input(field, filled.get(&field.name), &known)) }
            @if !rest.is_empty() {
                details { summary { "更多选项" } @for field in &rest { (input(field, filled.get(&field.name), &known)) } }
            }
            p { button class="main" { (if act.role.is_some() { "办理" } else { "看" }) } }
        }
    })
}

fn input(field: &Field, filled: Option<&String>, known: &Known) -> Markup {
    let id = format!("field-{}", field.name);
    let help = format!("{id}-help");
    let value = filled.map(String::as_str).unwrap_or_default();
    let list = known.of_field(&field.name).map(|_| format!("{id}-list"));
    html! {
        p class="field" {
            @match &field.kind {
                Kind::Flag => {
                    input id=(id) type="checkbox" name=(field.name) checked[!value.is_empty()] aria-describedby=(help);
                    label for=(id) { (field.label) }
                }
                kind => {
                    label for=(id) { (field.label) @if field.required { "（必填）" } }
                    @match kind {
                        Kind::Choice(choices) => {
                            select id=(id) name=(field.name) aria-describedby=(help) {
                                @if !field.required { option value="" { "不指定" } }
                                @for choice in choices { option selected[choice == value] { (choice) } }
                            }
                        }
                        Kind::Lines => { textarea id=(id) name=(field.name) rows="2" aria-describedby=(help) { "\n" (value) } }
                        Kind::File { named } => {
                            input id=(id) name=(field.name) type="file" aria-describedby=(help);
                            @if *named {
                                input name=(field.name) value=(value) aria-label={ (field.label) "，或它在工作区里的名称" } placeholder="或写它在工作区里的名称" list=[list.as_ref()] autocomplete="off";
                            }
                        }
                        _ => { input id=(id) name=(field.name) value=(value) required[field.required] list=[list.as_ref()] aria-describedby=(help) autocomplete="off"; }
                    }
                }
            }
            small id=(help) { (field.help) }
            @if let (Some(list), Some(words)) = (&list, known.of_field(&field.name)) {
                datalist id=(list) { @for word in words.iter().take(MOST) { option value=(word) {} } }
            }
        }
    }
}

/// What the workspace has to choose from.
struct Known {
    papers: Vec<String>,
    years: Vec<String>,
    enterprises: Vec<String>,
    catalogues: Vec<String>,
    policies: Vec<String>,
    starters: Vec<String>,
}

impl Known {
    fn of(view: &View<'_>) -> Self {
        let project = view.project;
        let starters = project.templates_in("new").filter_map(|(path, _, _)| path.strip_suffix(".md"));
        Self {
            papers: project.papers().into_iter().map(|paper| paper.slug).collect(),
            years: project.years().map(|year| year.to_string()).collect(),
            enterprises: project.register.enterprises.values().map(|one| one.name.value.clone()).take(MOST).collect(),
            catalogues: project.register.catalogues.keys().cloned().collect(),
            policies: project.policies.iter().map(|policy| policy.slug.clone()).collect(),
            starters: starters.filter(|name| !name.starts_with("奖励")).map(str::to_owned).collect(),
        }
    }

    fn of_field(&self, name: &str) -> Option<&[String]> {
        match name {
            "notice" | "notices" | "into" | "from" | "old" | "new" => Some(&self.papers),
            "year" | "awards" | "close" => Some(&self.years),
            "enterprise" => Some(&self.enterprises),
            "of" => Some(&self.catalogues),
            "policy" | "name" => Some(&self.policies),
            "genre" => Some(&self.starters),
            _ => None,
        }
    }
}

pub(super) async fn give(
    State(office): State<Shared>,
    Extension(person): Extension<Person>,
    Path(name): Path<String>,
    mut parts: Multipart,
) -> Result<Response<Body>, Problem> {
    let act = office.act(&name)?;
    if let Some(role) = act.role {
        allowed(&person, role)?;
    }
    let torn = |_| Problem::wrong("交来的内容不完整，或太大");
    let mut filled = Filled::default();
    while let Some(part) = parts.next_field().await.map_err(torn)? {
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(file) => {
                let bytes = part.bytes().await.map_err(torn)?;
                if !file.is_empty() && !bytes.is_empty() {
                    filled.files.insert(field, (file, bytes.to_vec()));
                }
            }
            None => {
                filled.texts.insert(field, part.text().await.map_err(torn)?);
            }
        }
    }
    if let Some(root) = office.setting.web_root.as_ref().filter(|_| name == "publish") {
        filled.texts.insert("to".to_owned(), root.display().to_string());
    }
    another_hand(&office, act, &filled, &person).await?;
    let outcome = office.hand.give(act, &filled).await.map_err(|error| Problem::wrong(error.to_string()))?;
    if act.role.is_some() {
        // Who takes a changed copy over has written the document.
        let into = if filled.says("into") { file_of(&office, filled.text("into")).await? } else { None };
        let now = (office.setting.now)();
        office.journal.add(&Entry::given(&now, &person.name, &outcome.line, into, outcome.ending))?;
        office.changed(&person.name, &outcome.line).await;
    }
    let content = result(act, &filled, &outcome);
    Ok(response(StatusCode::OK, &frame::page(&act.about, Some(&person), office.shared, &content)))
}

/// Where the office wants two people, who wrote a document last does not issue it.
async fn another_hand(office: &Office, act: &Act, filled: &Filled, person: &Person) -> Result<(), Problem> {
    if act.name != "issue" || !office.shared || filled.says("dry_run") {
        return Ok(());
    }
    if !office.desk.ask(|view| view.project.two_hands).await? {
        return Ok(());
    }
    let file = file_of(office, filled.text("notice")).await?;
    let last = file.and_then(|file| office.journal.last_hand(&file));
    if last.as_deref() == Some(person.name.as_str()) {
        return Err(Problem::forbidden(format!("本机关要两个人办：{}最后改过这件公文，由另一个人签发", person.name)));
    }
    Ok(())
}

/// The file of the notice that is meant.
async fn file_of(office: &Office, asked: &str) -> Result<Option<String>, Problem> {
    let asked = asked.to_owned();
    let found = office.desk.ask(move |view| {
        let notice = view.project.notices.get(&view.project.document_named(&asked).ok()?)?;
        Some(view.project.sources.get(notice.file)?.path().to_owned())
    });
    Ok(found.await?)
}

fn result(act: &Act, filled: &Filled, outcome: &Outcome) -> Markup {
    let again: Vec<(&str, &str)> = filled
        .texts
        .iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let looked = filled.says("dry_run");
    let certain: Vec<(&str, &str)> = again.iter().copied().filter(|(name, _)| *name != "dry_run").collect();
    html! {
        p role="status" class=(match outcome.ending { 0 => "fine", 1 => "warning", _ => "error" }) {
            (match (outcome.ending, looked) {
                (0, true) => "看过了，可以办；什么也没有写",
                (0, false) => "办好了",
                (1, _) => "有问题要改",
                _ => "没有做成",
            })
        }
        @if !outcome.files.is_empty() {
            h2 { "做出来的文件" }
            ul { @for file in &outcome.files {
                li { a href={ "/results/" (outcome.number) "/" (file.split('/').map(coded).collect::<Vec<_>>().join("/")) } download { (file) } }
            } }
        }
        @if !outcome.said.trim().is_empty() { pre class="said" tabindex="0" aria-label="说明" { (outcome.said) } }
        @if !outcome.out.trim().is_empty() { pre class="said" tabindex="0" aria-label="结果" { (outcome.out) } }
        p class="toolbar" {
            @if looked && outcome.ending == 0 {
                (button(&act.name, &certain, if filled.files.is_empty() { "就这样办" } else { "再交一次文件，就这样办" })) " "
            }
            (button(&act.name, &again, "改了再办")) " "
            a class="button" href="/" { "回首页" }
        }
        details { summary { "等于这条命令" } pre { (outcome.line) } }
    }
}

pub(super) async fn fetch(
    State(office): State<Shared>,
    Path((number, name)): Path<(u64, String)>,
) -> Result<Response<Body>, Problem> {
    let bytes = office.hand.fetch(number, &name).ok_or_else(|| Problem::missing("这个文件不在了；再办一次"))?;
    let mut fetched = Response::new(Body::from(bytes));
    let headers = fetched.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(&name)));
    let file = name.rsplit('/').next().unwrap_or(&name);
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{}", coded(file))) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(fetched)
}
