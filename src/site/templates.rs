//! 网页模板 — the site's templates (handlebars, strict, HTML escaping on) and the files that every page uses.
//!
//! They are built once; what is wrong with one is a finding at its own place, also when it shows only while a page is made.

use std::collections::BTreeMap;

use handlebars::{Handlebars, RenderError, RenderErrorReason, TemplateErrorReason};
use serde::Serialize;

use crate::diag::{Code, Diagnostic, Report};
use crate::digest::sha256;
use crate::doing::doing;
use crate::filled::Filled;
use crate::source::{FileId, Place};

/// So many bytes beside the text that a page is made for are no page any more.
const MOST: usize = 100 << 20;

/// A template, a style sheet or a script, as the caller read it.
#[derive(Debug, Clone)]
pub struct TemplateFile {
    /// Its file name: `notice.hbs`, `site.css`.
    pub name: String,
    /// As it was read.
    pub text: String,
    /// The file of the workspace, if it is one and not the program's own.
    pub file: Option<FileId>,
}

/// All templates, ready to use.
#[derive(Debug)]
pub struct Templates {
    registry: Handlebars<'static>,
    files: BTreeMap<String, TemplateFile>,
    assets: Vec<(String, String)>,
    /// The SHA-256 of all templates.
    digest: String,
    /// Whether any of them is of the workspace.
    foreign: bool,
}

impl Templates {
    /// Builds them: `*.hbs` are templates called by their stem, all else becomes `assets/<name>`. A later file takes the
    /// place of an earlier one of the same name.
    #[must_use]
    pub fn new(files: impl IntoIterator<Item = TemplateFile>) -> (Self, Report) {
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        let mut report = Report::default();
        let by_name: BTreeMap<String, TemplateFile> = files.into_iter().map(|file| (file.name.clone(), file)).collect();
        let foreign = by_name.values().any(|file| file.file.is_some());
        let (mut templates, mut assets) = (BTreeMap::new(), Vec::new());
        let texts = by_name.values().filter(|file| file.name.ends_with(".hbs"));
        let digest = sha256(
            texts
                .map(|file| sha256(file.name.as_bytes()) + &sha256(file.text.as_bytes()))
                .collect::<String>()
                .as_bytes(),
        );
        for (name, file) in by_name {
            let Some(stem) = name.strip_suffix(".hbs") else {
                assets.push((name, file.text));
                continue;
            };
            if let Err(error) = registry.register_template_string(stem, &file.text) {
                let (line, column) = error.pos().unwrap_or((1, 1));
                let message = match error.reason() {
                    TemplateErrorReason::MismatchingClosedHelper(open, close)
                    | TemplateErrorReason::MismatchingClosedDecorator(open, close) => {
                        format!("模板中 {open} 的结束标记写成了 {close}")
                    }
                    TemplateErrorReason::InvalidParam(what) => format!("模板参数写法有误：{what}"),
                    _ => "模板语法有误，花括号没有成对或标记写错".to_owned(),
                };
                report.push(file.finding(message, line, column));
            }
            templates.insert(stem.to_owned(), file);
        }
        (Self { registry, files: templates, assets, digest, foreign }, report)
    }

    /// Style sheets, scripts and pictures: name and text.
    pub(super) fn assets(&self) -> impl Iterator<Item = (&str, &str)> {
        self.assets.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Whether any of them is of the workspace, and may ask for what there is not.
    pub(super) fn are_foreign(&self) -> bool {
        self.foreign
    }

    /// The SHA-256 of all that pages are made with.
    pub(super) fn digest(&self) -> &str {
        &self.digest
    }

    /// A page of its view. What the template makes of it has a bound, beyond the `length` (bytes) of the text that it is given: a list of
    /// a hundred thousand awards is as long as it is.
    pub(super) fn render(&self, name: &str, view: &impl Serialize, length: usize) -> Result<String, Diagnostic> {
        let _doing = doing(format!("生成网页（templates/site/{name}.hbs）"));
        let mut page = Filled::of_most(MOST + length);
        self.registry.render_to_write(name, view, &mut page).map_err(|error| self.explain(name, &error))?;
        Ok(page.into_text())
    }

    fn explain(&self, name: &str, error: &RenderError) -> Diagnostic {
        let message = match error.reason() {
            RenderErrorReason::MissingVariable(Some(path)) => format!("模板使用了没有的名称“{path}”"),
            RenderErrorReason::MissingVariable(None) => "模板使用了没有的名称".to_owned(),
            RenderErrorReason::TemplateNotFound(missing) => format!("没有网页模板“{missing}.hbs”"),
            RenderErrorReason::PartialNotFound(missing) => format!("没有网页模板“{missing}.hbs”，但有模板引用它"),
            RenderErrorReason::HelperNotFound(helper) => format!("模板使用了没有的助手“{helper}”"),
            RenderErrorReason::IOError(error) => error.to_string(),
            reason => format!("模板不能填写：{reason}"),
        };
        let at = error.template_name.as_deref().unwrap_or(name);
        match self.files.get(at).or_else(|| self.files.get(name)) {
            Some(file) => file.finding(message, error.line_no.unwrap_or(1), error.column_no.unwrap_or(1)),
            None => Diagnostic::error(Code::SiteTemplate, message),
        }
    }
}

impl TemplateFile {
    /// A finding at a line and a column (both counted from 1) of this template.
    fn finding(&self, message: String, line: usize, column: usize) -> Diagnostic {
        let Some(file) = self.file else {
            return Diagnostic::error(Code::SiteTemplate, format!("{message}（内置模板 {}，第{line}行）", self.name));
        };
        let start: usize = self.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = self.text.get(start..).unwrap_or("");
        let rest = rest.lines().next().unwrap_or("");
        let from = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
        let length = rest.get(from..).and_then(|tail| tail.find("}}").map(|at| at + 2)).unwrap_or(rest.len() - from);
        Diagnostic::error(Code::SiteTemplate, message).at(Place::new(file, start + from..start + from + length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(text: &str) -> (Templates, Report) {
        Templates::new([TemplateFile { name: "a.hbs".into(), text: text.into(), file: Some(FileId(7)) }])
    }

    #[test]
    fn a_broken_template_is_found_at_its_own_place() {
        let (_, report) = template("<p>\n公示{{#if a}}x{{/each}}\n");
        let place = report.findings()[0].place.unwrap();
        assert_eq!(place.file, FileId(7));
        assert!(place.start as usize >= "<p>\n".len(), "{place:?}");
    }

    #[test]
    fn a_text_is_as_long_as_it_is_but_what_is_made_of_it_has_a_bound() {
        let (templates, _) = template("{{{文}}}");
        let view = serde_json::json!({ "文": "文".repeat(MOST / 3 + 1) });
        let finding = templates.render("a", &view, 0).unwrap_err();
        assert!(finding.message.contains("超过了100MB"), "{}", finding.message);
        assert_eq!(templates.render("a", &view, MOST).unwrap().len(), MOST / 3 * 3 + 3);
        let (templates, _) = template("{{{文}}}{{{文}}}");
        assert!(templates.render("a", &view, MOST / 3).is_err());
    }

    #[test]
    fn an_unknown_name_is_found_where_it_stands() {
        let (templates, report) = template("<p>\n公示 {{标体}}</p>\n");
        assert!(report.is_empty());
        let finding = templates.render("a", &serde_json::json!({ "标题": "x" }), 0).unwrap_err();
        assert_eq!(finding.message, "模板使用了没有的名称“标体”");
        let start = "<p>\n公示 ".len();
        assert_eq!(finding.place, Some(Place::new(FileId(7), start..start + "{{标体}}".len())));
    }
}
