//! 类别 — the kinds of findings: what stands in the brackets of `错误[引用]`, what JSON gives as 类别, and the page that says what
//! it means, with an example of wrong and right and the way out (`hongtou check --explain 引用`). A page is `codes/<name>.md`.

use std::fmt;

/// Makes the type, the list, the names and the pages from one entry a code.
macro_rules! codes {
    ($($code:ident $name:literal)*) => {
        /// The kind of a finding: a stable word, so that it can be searched for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $name] $code,)*
        }

        impl Code {
            /// Every code, in the order of the data's way.
            pub const ALL: &'static [Self] = &[$(Self::$code),*];

            /// The word that is printed.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$code => $name,)*
                }
            }

            /// What it means, in Markdown for a person at a terminal.
            #[must_use]
            pub const fn page(self) -> &'static str {
                match self {
                    $(Self::$code => include_str!(concat!("codes/", $name, ".md")),)*
                }
            }
        }
    };
}

codes! {
    // Files and data.
    File "文件"
    Encoding "编码"
    Yaml "YAML"
    Shape "写法"
    Value "取值"
    Missing "缺项"
    Unknown "未知"
    Duplicate "重复"
    Reference "引用"
    Contradiction "矛盾"
    Date "日期"
    Catalogue "目录"
    IndexNumber "索引号"

    // Law and awards.
    Clause "条款"
    Basis "依据"
    Rule "规则"
    Reading "理解"
    Case "案例"
    Term "有效期"
    Circle "循环"
    Limit "限额"
    Evidence "证据"
    Ledger "台账"

    // Words.
    FrontMatter "公文头"
    Template "模板"
    Parameter "参数"
    Body "正文"
    ObjectionPeriod "公示期"
    Signature "签名"
    Seal "印章"

    // The elements of a document, looked at as a strict editor would.
    Format "格式"
    CopyNumber "份号"
    SecrecyLevel "密级"
    Issuer "发文机关"
    Number "发文字号"
    Signatory "签发人"
    Title "标题"
    Addressee "主送"
    SignedBy "署名"
    Dated "成文日期"
    Sealing "用印"
    Colophon "版记"
    CopiesTo "抄送"
    PrintedOn "印发日期"

    // What must not become public.
    Secrecy "保密"
    Privacy "隐私"

    // The printed page.
    Layout "版面"
    PageFormat "版式"
    MissingGlyph "缺字"
    Font "字体"
    Picture "图片"

    // The record.
    Issuing "印发"
    Issued "已印发"
    Registration "登记"

    // The site.
    Publication "公开"
    Column "栏目"
    Link "链接"
    Address "网址"
    SiteTemplate "网页模板"
    Output "写出"
}

impl Code {
    /// The code of a word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == word)
    }

    /// What it means, in a few words: the rest of its page's first line.
    #[must_use]
    pub fn summary(self) -> &'static str {
        let head = self.page().lines().next().unwrap_or_default();
        head.split_once('：').map_or(head, |(_, words)| words)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_says_what_is_wrong_what_is_right_and_what_to_do() {
        for code in Code::ALL {
            let page = code.page();
            assert!(page.starts_with(&format!("# {code}：")), "{code}");
            for part in ["\n错", "\n对", "\n怎么改："] {
                assert_eq!(page.matches(part).count(), 1, "{part:?} in {code}");
            }
        }
    }

    #[test]
    fn every_page_is_of_a_code() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diag/codes");
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap();
            assert_eq!(Code::named(name).map(Code::name), Some(name));
        }
    }
}
