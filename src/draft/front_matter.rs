//! 文件头 — what stands above the text of a notice between two lines of `---`: the elements of the 公文 that are not its text.

use std::ops::Range;

use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::meant::Meant;
use super::publication::PublicationEntry;
use crate::calendar::Day;
use crate::diag::{Code, Diagnostic, Report};
use crate::document::{ClosingStyle, Disclosure, Format, Genre, Number, Secrecy, Status, Urgency};
use crate::source::{Edit, FileId, Place, Source};
use crate::yaml::{self, Located};

/// The keys of a notice's head.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// 标题; lines that the author set stay lines. With a template it may use names of the data: `关于{{年度}}年度……的公示`.
    #[serde(rename = "标题")]
    pub title: Located<String>,
    /// 文种.
    #[serde(rename = "文种")]
    pub genre: Genre,
    /// 格式; usually follows from 文种.
    #[serde(rename = "格式", default)]
    pub format: Option<Format>,
    /// 状态.
    #[serde(rename = "状态")]
    pub status: Status,
    /// 发文机关, the host first; the workspace's own office unless it is written.
    #[serde(rename = "发文机关", default)]
    pub issuers: Texts,
    /// What follows the issuers in the red mark; `无` for nothing.
    #[serde(rename = "标志后缀", default)]
    pub suffix: Option<String>,
    /// 发文字号 or 令号.
    #[serde(rename = "发文字号", default)]
    pub number: Option<Number>,
    /// 份号.
    #[serde(rename = "份号", default)]
    pub copy_number: Option<String>,
    /// 密级 and 保密期限.
    #[serde(rename = "密级", default)]
    pub secrecy: Option<Secrecy>,
    /// 紧急程度.
    #[serde(rename = "紧急程度", default)]
    pub urgency: Option<Urgency>,
    /// 题注, with or without its brackets: by whom and when a 决议 was passed.
    #[serde(rename = "题注", default)]
    pub annotation: Option<Located<String>>,
    /// 印发: the names of those `# 附件：` that the document issues, publishes or passes on, which are no attachments.
    #[serde(rename = "印发", default)]
    pub issues: Option<Located<Texts>>,
    /// 签发人, in the order of the issuers.
    #[serde(rename = "签发人", default)]
    pub signatories: Texts,
    /// 主送机关, without the colon.
    #[serde(rename = "主送", default)]
    pub addressee: Option<Located<String>>,
    /// Whether 主送 stands in the 版记 because it is too long for the first page.
    #[serde(rename = "主送移版记", default)]
    pub addressee_last: bool,
    /// 署名; the issuers unless it is written, `[]` for none.
    #[serde(rename = "署名", default)]
    pub signatures: Option<Texts>,
    /// 用印.
    #[serde(rename = "用印", default)]
    pub closing: Option<ClosingStyle>,
    /// The posts of those who sign, the host's first, where stamped signatures stand (`市长`).
    #[serde(rename = "职务", default)]
    pub posts: Texts,
    /// Who signs there, in the same order.
    #[serde(rename = "签名", default)]
    pub persons: Option<Located<Texts>>,
    /// The pictures of the seals.
    #[serde(rename = "印章", default)]
    pub seals: Vec<SealEntry>,
    /// 成文日期.
    #[serde(rename = "成文日期", default)]
    pub dated: Option<Day>,
    /// 附注, with or without its brackets.
    #[serde(rename = "附注", default)]
    pub note: Option<Located<String>>,
    /// Whether there is a 版记; usually follows from 格式 and what is written for it.
    #[serde(rename = "版记", default)]
    pub colophon: Option<bool>,
    /// Lines above 抄送, in pairs: `主办：……`, `督办：……`.
    #[serde(rename = "版记机关", default)]
    pub offices: Texts,
    /// 抄送, line by line.
    #[serde(rename = "抄送", default)]
    pub copies_to: Texts,
    /// 印发机关.
    #[serde(rename = "印发机关", default)]
    pub printed_by: Option<String>,
    /// 印发日期.
    #[serde(rename = "印发日期", default)]
    pub printed_on: Option<Day>,
    /// 索引号.
    #[serde(rename = "索引号", default)]
    pub index_number: Option<String>,
    /// 主题分类.
    #[serde(rename = "主题分类", default)]
    pub topic: Option<String>,
    /// 栏目.
    #[serde(rename = "栏目", default)]
    pub column: Option<String>,
    /// 发布日期.
    #[serde(rename = "发布日期", default)]
    pub published: Option<Day>,
    /// From this day on it is repealed.
    #[serde(rename = "废止日期", default)]
    pub repealed: Option<Day>,
    /// Whether and how it is public.
    #[serde(rename = "公开", default)]
    pub publication: Option<Located<PublicationEntry>>,
    /// Where a transcribed document was published.
    #[serde(rename = "来源", default)]
    pub source: Option<String>,
    /// 关键词.
    #[serde(rename = "关键词", default)]
    pub keywords: Texts,
    /// 内容概述.
    #[serde(rename = "概述", default)]
    pub summary: Option<Located<String>>,
    /// 作者 or 责任编辑.
    #[serde(rename = "作者", default)]
    pub author: Option<String>,
    /// The template that makes the text: the name of a file in `templates/notices/` without `.md.hbs`.
    #[serde(rename = "模板", default)]
    pub template: Option<Located<String>>,
    /// What the template is told beside the data, under `参数`.
    #[serde(rename = "参数", default)]
    pub arguments: Map<String, Value>,
    /// Whether there is one document for each enterprise that is awarded something.
    #[serde(rename = "每户一份", default)]
    pub for_each: bool,
}

impl Head {
    /// 公开属性: as written, or as usual for its 文种.
    #[must_use]
    pub fn disclosure(&self) -> Disclosure {
        let written = self.publication.as_ref().and_then(|publication| publication.value.disclosure);
        written.unwrap_or_else(|| self.genre.usual_disclosure())
    }

    /// Whether nobody outside may learn of the document: classified, or not to be published at all.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        let withheld =
            |publication: &Located<PublicationEntry>| publication.value.disclosure == Some(Disclosure::Withheld);
        self.secrecy.is_some() || self.publication.as_ref().is_some_and(withheld)
    }
}

/// One text, or a list of texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts(pub Vec<String>);

/// A seal's picture.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealEntry {
    /// Whose seal it is: one of the signatures.
    #[serde(rename = "机关")]
    pub office: Located<String>,
    /// The path of the picture in the workspace.
    #[serde(rename = "图片")]
    pub picture: Located<String>,
    /// Its width on paper, as `42毫米`.
    #[serde(rename = "宽", default)]
    pub width: Width,
}

/// A width on paper, in tenths of a millimetre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Width(pub u32);

/// A notice as its file has it: the head, and where its text is.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// The file.
    pub file: FileId,
    /// The head.
    pub head: Head,
    /// The text, in Markdown.
    pub text: String,
    /// Where the text begins in the file.
    pub offset: usize,
}

impl Notice {
    /// Reads a notice's file.
    #[must_use]
    pub fn read(file: FileId, source: &Source) -> (Option<Self>, Report) {
        let mut report = Report::default();
        let Parts { head, text, mut slips } = match split(file, source.text()) {
            Ok(parts) => parts,
            Err(missing) => {
                report.push(missing.finding(file));
                return (None, report);
            }
        };
        let part = |range: Range<usize>| source.text().get(range).unwrap_or_default();
        let meant = Meant::read(part(head.clone()));
        let written = |range: &Range<usize>| Place::new(file, range.start + head.start..range.end + head.start);
        slips.extend(meant.slips.iter().map(|(range, text)| Edit { place: written(range), text: (*text).to_owned() }));
        slips.sort_by_key(|slip| slip.place.start);
        if let Some(first) = slips.first() {
            let message = format!("文件头有{}处的冒号、空格或“---”不是规定的写法，已照本意读", slips.len());
            report.push(
                Diagnostic::warning(Code::FrontMatter, message)
                    .at(first.place)
                    .help("运行 hongtou fix 改成规定的写法；冒号用半角，后面空一格")
                    .remedy(slips),
            );
        }
        let (head, found) = yaml::read_text(file, &meant.text, |at| meant.origin(at) + head.start);
        report.absorb(found);
        let notice = head.map(|head| Self { file, head, text: part(text.clone()).to_owned(), offset: text.start });
        (notice, report)
    }
}

/// Where the head of a notice's file stands, between its two lines of `---`; `None` where there are not both.
#[must_use]
pub fn head_range(text: &str) -> Option<Range<usize>> {
    split(FileId(0), text).ok().map(|parts| parts.head)
}

/// Which of the two lines of `---` is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Missing {
    Opening,
    Closing,
}

impl Missing {
    fn finding(self, file: FileId) -> Diagnostic {
        let (message, help) = match self {
            Self::Opening => (
                "文件不以“---”开头，缺少标题、文种、成文日期等项",
                "第一行写“---”，下面逐行写“标题: …”“文种: …”“状态: …”，再写一行“---”，然后是正文；也可用 hongtou new 新建",
            ),
            Self::Closing => ("开头的“---”没有对应的第二个“---”", "在标题、文种等项的后面单独写一行“---”，其后是正文"),
        };
        Diagnostic::error(Code::FrontMatter, message).at(Place::head(file)).help(help)
    }
}

/// Where the head and the text of a notice are.
struct Parts {
    head: Range<usize>,
    text: Range<usize>,
    /// Lines of `---` that were written with other dashes.
    slips: Vec<Edit>,
}

fn split(file: FileId, text: &str) -> Result<Parts, Missing> {
    let mut slips = Vec::new();
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut begin = None;
    for line in text.get(at..).unwrap_or_default().split_inclusive('\n') {
        let end = at + line.len();
        let words = line.trim();
        let fence = is_fence(line.trim_end());
        if fence && words != "---" {
            slips.push(Edit { place: Place::new(file, at..at + words.len()), text: "---".to_owned() });
        }
        match begin {
            None if fence => begin = Some(end),
            None if words.is_empty() => {}
            None => return Err(Missing::Opening),
            Some(begin) if fence => return Ok(Parts { head: begin..at, text: end..text.len(), slips }),
            Some(_) => {}
        }
        at = end;
    }
    Err(if begin.is_some() { Missing::Closing } else { Missing::Opening })
}

/// A line of `---`, also as a program for writing texts puts it: ——, －－－.
fn is_fence(line: &str) -> bool {
    let dashes = line.chars().filter(|c| "-－—–".contains(*c)).count();
    dashes == line.chars().count() && (dashes >= 3 || (dashes == 2 && line != "--"))
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Texts;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("一个词，或一个列表")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Texts, E> {
                Ok(Texts(vec![text.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Texts, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = items.next_element()? {
                    texts.push(text);
                }
                Ok(Texts(texts))
            }
        }

        deserializer.deserialize_any(Either)
    }
}

/// 4.2 cm, as the seals of departments are made.
impl Default for Width {
    fn default() -> Self {
        Self(420)
    }
}

impl<'de> Deserialize<'de> for Width {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let units = [("毫米", 10), ("厘米", 100), ("mm", 10), ("cm", 100)];
        let number = units.iter().find_map(|(unit, tenths)| {
            let digits = text.trim().strip_suffix(unit)?.trim_end();
            let number = rust_decimal::Decimal::from_str_exact(digits).ok()?;
            u32::try_from(number.checked_mul((*tenths).into())?.trunc()).ok()
        });
        // A seal is smaller than the type area; a printed one of less than a centimetre cannot be read.
        let fits = number.filter(|tenths| (100..=1000).contains(tenths));
        fits.map(Self)
            .ok_or_else(|| de::Error::custom(format!("“{text}”不是印章的宽度，应写作“42毫米”，从10毫米到100毫米")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<Notice>, Vec<String>) {
        let source = Source::new("data/notices/a.md", text);
        let (notice, report) = Notice::read(FileId(0), &source);
        let found = report.findings().iter().map(|finding| {
            let (line, column) = source.line_column(finding.place.unwrap().start as usize);
            format!("{line}:{column} {}", finding.message)
        });
        (notice, found.collect())
    }

    #[test]
    fn a_head_is_read_with_its_text() {
        let text = "---\r\n标题: 关于某事的通知\r\n文种: 通知\r\n状态: 草稿\r\n抄送: [甲, 乙]\r\n签发人: 丙\r\n---\r\n\r\n正文。\r\n";
        let (notice, found) = read(text);
        assert_eq!(found, Vec::<String>::new());
        let notice = notice.unwrap();
        assert_eq!(notice.head.title.value, "关于某事的通知");
        assert_eq!(notice.head.copies_to.0, ["甲", "乙"]);
        assert_eq!(notice.head.signatories.0, ["丙"]);
        assert_eq!(notice.text.trim(), "正文。");
        assert_eq!(&text[notice.offset..], notice.text);
    }

    #[test]
    fn what_is_missing_is_named() {
        assert!(read("正文").1[0].contains("不以“---”开头"));
        assert!(read("").1[0].contains("不以“---”开头"));
        assert!(read("---\n标题: 甲\n").1[0].contains("第二个"));
        let (_, found) = read("---\n标题: 甲\n文种: 通子\n状态: 草稿\n成文日期: 2023年2月29日\n主题: 乙\n---\n");
        let expected = ["3:5 没有“通子”这一种", "5:7 日历上没有“2023年2月29日”这一天", "6:1 没有“主题”这一项"];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_seal_has_a_width() {
        let width = |text: &str| {
            let head =
                format!("---\n标题: 甲\n文种: 函\n状态: 草稿\n印章: [{{机关: 乙, 图片: a.svg, 宽: {text}}}]\n---\n");
            read(&head).0.and_then(|notice| notice.head.seals.first().map(|seal| seal.width.0))
        };
        assert_eq!(width("4.5厘米"), Some(450));
        assert_eq!(width("42毫米"), Some(420));
        assert_eq!(width("42"), None);
        assert_eq!(width("4米"), None);
    }
}
