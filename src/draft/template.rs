//! 模板 — the wording of notices that are made from data: handlebars over the facts gives Markdown.
//!
//! A name that the data lacks is an error, never a gap in the text. What the data says is inserted as characters
//! ([`super::escape`]); only `{{{正文}}}`, the notice's own Markdown, is inserted as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use handlebars::template::{HelperTemplate, Parameter, TemplateElement};
use handlebars::{
    Context, Handlebars, Path, RenderContext, RenderError, RenderErrorReason, Renderable, Template as Compiled,
    TemplateError, TemplateErrorReason, WriteOutput, no_escape,
};
use serde_json::Value;

use super::escape::escape;
use super::helpers;
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::filled::Filled;
use crate::source::{FileId, Place, Source};

/// The name under which a template finds the notice's own text.
pub const OWN_TEXT: &str = "正文";

/// What the names of template files end in.
pub const SUFFIX: &str = ".md.hbs";

/// So many bytes are no notice any more, even with a list of every enterprise of a province.
const MOST: usize = 10 << 20;

/// So many blocks in one template, and so many brackets inside one another, are no wording any more.
const MOST_BLOCKS: usize = 1000;
const DEEPEST_BRACKETS: usize = 20;

/// All templates.
pub struct Templates {
    registry: Handlebars<'static>,
    /// For single lines, which are plain words.
    lines: Handlebars<'static>,
    /// Lines as templates, by their words.
    compiled: Mutex<BTreeMap<String, Arc<Compiled>>>,
    texts: BTreeMap<String, (FileId, String)>,
}

impl Templates {
    /// Reads the templates. A later one of the same name takes the place of an earlier one, so that a file of the
    /// workspace replaces the one that came with the program.
    #[must_use]
    pub fn new<'a>(sources: impl IntoIterator<Item = (FileId, &'a Source)>) -> (Self, Report) {
        let mut report = Report::default();
        let mut lines = registry();
        lines.register_escape_fn(no_escape);
        let mut templates = Self { registry: registry(), lines, compiled: Mutex::default(), texts: BTreeMap::new() };
        for (file, source) in sources {
            let name = source.path().rsplit('/').next().unwrap_or_default();
            let name = name.strip_suffix(SUFFIX).unwrap_or(name).to_owned();
            templates.registry.unregister_template(&name);
            templates.texts.insert(name.clone(), (file, source.text().to_owned()));
            let at = |(line, column)| Place::new(file, tag(source.text(), line, column));
            if too_deep(source.text()) {
                report.push(Diagnostic::error(Code::Template, "模板里的块太多，或括号套得太深").at(Place::head(file)));
                continue;
            }
            match Compiled::compile(source.text()) {
                Ok(compiled) => {
                    let before = report.findings().len();
                    forbidden(&compiled, &mut |position, finding| report.push(finding.at(at(position))));
                    if report.findings().len() == before {
                        templates.registry.register_template(&name, compiled);
                    }
                }
                Err(error) => report.push(syntax(&error).at(at(error.pos().unwrap_or((1, 1))))),
            }
        }
        (templates, report)
    }

    /// The names of all templates.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }

    /// The beginning of a template's file.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<Place> {
        self.texts.get(name).map(|(file, _)| Place::head(*file))
    }

    /// Whether a template says where the notice's own text goes.
    #[must_use]
    pub fn takes_own_text(&self, name: &str) -> bool {
        self.mentions(name, "正文}}}")
    }

    /// Whether a word stands in a template.
    #[must_use]
    pub fn mentions(&self, name: &str, word: &str) -> bool {
        self.texts.get(name).is_some_and(|(_, text)| text.contains(word))
    }

    /// Whether a word stands in a template or in one that it takes in.
    #[must_use]
    pub fn asks_for(&self, name: &str, word: &str) -> bool {
        let own = self.texts.get(name).map_or("", |(_, text)| text.as_str());
        own.contains(word) || own.contains("{{>") && self.texts.values().any(|(_, text)| text.contains(word))
    }

    /// The names that a template asks 参数 for.
    pub fn arguments(&self, name: &str) -> impl Iterator<Item = &str> {
        let text = self.texts.get(name).map_or("", |(_, text)| text.as_str());
        text.split("参数.").skip(1).map(|rest| {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            rest.get(..end).unwrap_or_default()
        })
    }

    /// Fills a template: the result is Markdown. A template that is not known is an error without a place: the caller
    /// knows who asked for it.
    #[must_use]
    pub fn render(&self, name: &str, facts: &Context) -> (Option<String>, Report) {
        let mut report = Report::default();
        let Some((file, text)) = self.texts.get(name) else {
            let known = self.names().collect::<Vec<_>>();
            let help = nearest(name, known.iter().copied())
                .map_or_else(|| format!("现有模板：{}", known.join("、")), |near| format!("是不是“{near}”？"));
            report.push(Diagnostic::error(Code::Template, format!("没有名为“{name}”的模板")).help(help));
            return (None, report);
        };
        if !self.registry.has_template(name) {
            // What is wrong with it was reported when it was read.
            return (None, report);
        }
        let mut filled = Filled::of_most(MOST);
        match self.registry.render_with_context_to_write(name, facts, &mut filled) {
            Ok(()) => {
                let markdown = filled.into_text();
                if markdown.contains(&escape("[object]")) {
                    let finding = Diagnostic::error(Code::Template, "模板把一组数据整个印了出来，印出的是“[object]”");
                    report.push(finding.at(Place::head(*file)).help("写到具体的项，如 {{企业.名称}}"));
                }
                (Some(markdown), report)
            }
            Err(error) => {
                let place = Place::new(*file, tag(text, error.line_no.unwrap_or(1), error.column_no.unwrap_or(1)));
                report.push(failure(&error, facts.data()).at(place));
                (None, report)
            }
        }
    }

    /// Fills one line of a notice's head, as the title: plain words, no Markdown.
    #[must_use]
    pub fn fill(&self, line: &str, place: Place, facts: &Context) -> (String, Report) {
        let mut report = Report::default();
        if !line.contains("{{") {
            return (line.to_owned(), report);
        }
        if too_deep(line) {
            report.push(Diagnostic::error(Code::Template, "括号套得太深").at(place));
            return (line.to_owned(), report);
        }
        let words = self.compiled(line).and_then(|compiled| {
            let mut filled = Filled::of_most(MOST);
            let mut out = WriteOutput::new(&mut filled);
            let words = compiled.render(&self.lines, facts, &mut RenderContext::new(None), &mut out);
            words.map(|()| filled.into_text()).map_err(|error| failure(&error, facts.data()))
        });
        let words = words.unwrap_or_else(|finding| {
            report.push(finding.at(place));
            line.to_owned()
        });
        (words, report)
    }
}

impl Templates {
    /// A line as a template. A thousand letters have one head: its lines are compiled once.
    fn compiled(&self, line: &str) -> Result<Arc<Compiled>, Diagnostic> {
        let mut known = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(compiled) = known.get(line) {
            return Ok(Arc::clone(compiled));
        }
        let compiled = Compiled::compile(line).map_err(|error| syntax(&error))?;
        let mut first = None;
        forbidden(&compiled, &mut |_, finding| first = first.take().or(Some(finding)));
        match first {
            Some(finding) => Err(finding),
            None => Ok(Arc::clone(known.entry(line.to_owned()).or_insert(Arc::new(compiled)))),
        }
    }
}

fn registry() -> Handlebars<'static> {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    registry.register_escape_fn(escape);
    helpers::register(&mut registry);
    registry
}

/// What handlebars can and a wording must not: insert data as markup, and include other templates (which may include
/// each other without end).
fn forbidden(template: &Compiled, found: &mut impl FnMut((usize, usize), Diagnostic)) {
    for (element, mapping) in template.elements.iter().zip(&template.mapping) {
        let (line, column) = (mapping.0, mapping.1);
        match element {
            TemplateElement::HtmlExpression(raw) if own_text(raw) => {}
            TemplateElement::HtmlExpression(_) => {
                let finding = Diagnostic::error(Code::Template, "数据不能用三个花括号插入，它会被当作格式");
                found((line, column), finding.help("写两个花括号；三个花括号只用于 {{{正文}}}"));
            }
            TemplateElement::HelperBlock(block) => {
                for inner in [&block.template, &block.inverse].into_iter().flatten() {
                    forbidden(inner, found);
                }
            }
            TemplateElement::PartialExpression(_)
            | TemplateElement::PartialBlock(_)
            | TemplateElement::DecoratorExpression(_)
            | TemplateElement::DecoratorBlock(_) => {
                found(
                    (line, column),
                    Diagnostic::error(Code::Template, "模板里不能套用别的模板").help("把文字写在这里"),
                );
            }
            _ => {}
        }
    }
}

fn own_text(raw: &HelperTemplate) -> bool {
    matches!(&raw.name, Parameter::Path(Path::Relative((_, name))) if name.trim_start_matches("../") == OWN_TEXT)
        && raw.params.is_empty()
}

fn too_deep(text: &str) -> bool {
    let mut depth: usize = 0;
    let deepest = text
        .chars()
        .map(|c| {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth
        })
        .max();
    deepest > Some(DEEPEST_BRACKETS) || text.matches("{{#").count() > MOST_BLOCKS
}

/// The tag `{{…}}` at a line and column (both from 1, in characters), up to its end or that of the line.
fn tag(text: &str, line: usize, column: usize) -> Range<usize> {
    let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let rest = text.get(start..).unwrap_or_default();
    let rest = rest.split(['\n', '\r']).next().unwrap_or_default();
    let skipped: usize = rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
    let rest = rest.get(skipped..).unwrap_or_default();
    let length = rest.find("}}").map_or(rest.len(), |at| at + "}}".len());
    start + skipped..start + skipped + length
}

fn syntax(error: &TemplateError) -> Diagnostic {
    let name = |name: &str| name.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let (message, help) = match error.reason() {
        TemplateErrorReason::MismatchingClosedHelper(open, close)
        | TemplateErrorReason::MismatchingClosedDecorator(open, close) => (
            format!("块以 {{{{#{}}}}} 开始，却以 {{{{/{}}}}} 结束", name(open), name(close)),
            format!("结尾写作 {{{{/{}}}}}", name(open)),
        ),
        TemplateErrorReason::InvalidParam(word) => {
            (format!("“{word}”不能作参数"), "参数写名称或加引号的文字".to_owned())
        }
        _ => (
            "这里的模板语法不对".to_owned(),
            "检查花括号是否成对，{{#each …}} 有没有 {{/each}}，{{#if …}} 有没有 {{/if}}".to_owned(),
        ),
    };
    Diagnostic::error(Code::Template, message).help(help)
}

fn failure(error: &RenderError, facts: &Value) -> Diagnostic {
    let diagnostic = |message: String| Diagnostic::error(Code::Template, message);
    match error.reason() {
        RenderErrorReason::MissingVariable(Some(path)) => {
            let known = keys(facts);
            let mut names =
                path.split(['.', '/']).filter(|part| !part.is_empty() && *part != "this" && !part.starts_with('@'));
            // The first may be a name that the template itself gave (`as |企|`), so the last unknown one is at fault.
            let unknown = names.clone().rfind(|name| !known.contains(name)).or_else(|| names.next_back());
            let near = unknown.and_then(|word| nearest(word, known.iter().copied().filter(|known| *known != word)));
            let help = near.map_or_else(
                || "可用的名称见 templates/notices/README.md".to_owned(),
                |near| format!("是不是“{near}”？"),
            );
            diagnostic(format!("数据里没有“{path}”")).help(help)
        }
        RenderErrorReason::MissingVariable(None) => diagnostic("数据里没有这里要用的项".into()),
        RenderErrorReason::HelperNotFound(name) => {
            let help = nearest(name, helpers::names()).map_or_else(
                || format!("可用：{}", helpers::names().collect::<Vec<_>>().join("、")),
                |near| format!("是不是“{near}”？"),
            );
            diagnostic(format!("没有“{name}”这个助手")).help(help)
        }
        RenderErrorReason::ParamNotFoundForIndex(name, _) | RenderErrorReason::ParamNotFoundForName(name, _) => {
            diagnostic(format!("“{name}”后面少一个值"))
        }
        RenderErrorReason::InvalidParamType(_)
        | RenderErrorReason::ParamTypeMismatchForName(..)
        | RenderErrorReason::HashTypeMismatchForName(..) => {
            diagnostic("这里的值类型不对".into()).help("{{#each …}} 后面应是列表，{{#with …}} 后面应是一组数据")
        }
        RenderErrorReason::InvalidJsonIndex(path) | RenderErrorReason::InvalidJsonPath(path) => {
            diagnostic(format!("“{path}”是列表，不能用名称取其中的项")).help("用 {{#each 列表 as |项|}} 逐项写")
        }
        RenderErrorReason::Other(message) => {
            let (message, help) = message.split_once('\n').unwrap_or((message, ""));
            let finding = diagnostic(message.to_owned());
            if help.is_empty() { finding } else { finding.help(help) }
        }
        RenderErrorReason::IOError(error) => diagnostic(error.to_string()).help("看循环是不是套在了循环里"),
        other => diagnostic(format!("模板填不下去：{other}")),
    }
}

/// All names in the data, at any depth.
fn keys(facts: &Value) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![facts];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(map) => {
                found.extend(map.keys().map(String::as_str));
                waiting.extend(map.values());
            }
            Value::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rendered(text: &str) -> (Option<String>, Vec<String>) {
        let source = Source::new("templates/notices/试.md.hbs", text);
        let (templates, mut report) = Templates::new([(FileId(0), &source)]);
        let facts = json!({
            "年度": "2023", "正文": "**重要**",
            "企业": [{ "名称": "甲*公司*", "金额": "5000000.00" }], "合计": { "金额": "12345678.00" }, "日": "2024-06-03",
        });
        let (markdown, found) = templates.render("试", &facts.into());
        report.absorb(found);
        let lines = report.findings().iter().map(|finding| {
            let place = finding.place.unwrap();
            let (line, column) = source.line_column(place.start as usize);
            let help = finding.help.as_deref().unwrap_or("-");
            format!("{line}:{column} {} | {} | {help}", &text[place.range()], finding.message)
        });
        (markdown, lines.collect())
    }

    #[test]
    fn data_is_inserted_as_characters() {
        let (markdown, found) = rendered(
            "{{#each 企业 as |企 序|}}\n{{序号 序}}. {{企.名称}}：{{万元 企.金额}}万元\n{{/each}}\n{{{正文}}}",
        );
        assert_eq!(found, Vec::<String>::new());
        assert_eq!(markdown.unwrap(), "&#x31;. &#x7532;\\*公司\\*：&#x35;00万元\n**重要**");
    }

    #[test]
    fn mistakes_are_named_at_their_place() {
        let cases = [
            ("第一行\n甲{{合计.金鹅}}乙", "2:2 {{合计.金鹅}} | 数据里没有“合计.金鹅” | 是不是“金额”？"),
            (
                "{{#each 企业 as |企|}}\n  {{企.名城}}\n{{/each}}",
                "2:3 {{企.名城}} | 数据里没有“企.名城” | 是不是“名称”？",
            ),
            ("{{#if 企叶}}有{{/if}}", "1:1 {{#if 企叶}} | 数据里没有“企叶” | 是不是“企业”？"),
            ("{{#each 企叶}}有{{/each}}", "1:1 {{#each 企叶}} | 数据里没有“企叶” | 是不是“企业”？"),
            ("{{大学 合计.金额}}", "1:1 {{大学 合计.金额}} | 没有“大学”这个助手 | 是不是“大写”？"),
            ("{{大写 年底}}", "1:1 {{大写 年底}} | 数据里没有“年底” | 是不是“年度”？"),
            ("{{日期 年度}}", "1:1 {{日期 年度}} | “2023”不是日期，应写作 2022-06-02 或 2022年6月2日 | -"),
            (
                "{{{企业.0.名称}}}",
                "1:1 {{{企业.0.名称}} | 数据不能用三个花括号插入，它会被当作格式 | 写两个花括号；三个花括号只用于 {{{正文}}}",
            ),
            ("甲\n{{> 试}}", "2:1 {{> 试}} | 模板里不能套用别的模板 | 把文字写在这里"),
            (
                "甲{{#each 企业}}\n乙{{/if}}",
                "2:2 {{/if}} | 块以 {{#each}} 开始，却以 {{/if}} 结束 | 结尾写作 {{/each}}",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(rendered(text).1.first().map(String::as_str), Some(expected), "{text}");
        }
    }

    #[test]
    fn broken_syntax_is_one_finding() {
        for text in ["{{", "{{#if}}", "{{年度", "{{#each 企业}}", &"(".repeat(10_000), &"{{#if 年度}}".repeat(5_000)]
        {
            assert_eq!(
                rendered(text).1.iter().filter(|line| line.contains("模板") || line.contains("值")).count(),
                usize::from(text.contains("{{") || text.len() > 100),
                "{text}"
            );
        }
    }

    #[test]
    fn a_line_of_the_head_is_filled_as_plain_words() {
        let (templates, _) = Templates::new([]);
        let place = Place::head(FileId(0));
        let (title, report) =
            templates.fill("关于{{年度}}年度*名单*的公示", place, &json!({ "年度": "2023_4" }).into());
        assert!(report.is_empty());
        assert_eq!(title, "关于2023_4年度*名单*的公示");
        assert!(templates.fill("{{年}}", place, &json!({}).into()).1.has_errors());
    }
}
