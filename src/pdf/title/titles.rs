//! 标题回行 — breaks titles, with a dictionary that is loaded when the first long title comes.

use std::sync::{Arc, Mutex, PoisonError};

use jieba_rs::Jieba;

use crate::document::Document;

use super::joint::{Joint, Word, every_joint, joints};
use super::shape::{best, filled};
use super::width::{WIDEST, width};

/// Breaks titles. The dictionary takes a tenth of a second to load and fills eighty megabytes.
#[derive(Default)]
pub struct Titles {
    /// The dictionary, once a title has asked for it.
    jieba: Mutex<Option<Arc<Jieba>>>,
    /// Words that it does not know, the longest first.
    words: Vec<String>,
}

impl Titles {
    /// With the words that a dictionary does not know: 专精特新, 创新券, names of offices and enterprises.
    #[must_use]
    pub fn new(words: impl IntoIterator<Item = String>) -> Self {
        let mut words: Vec<String> = words.into_iter().filter(|word| word.chars().count() > 1).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.dedup();
        Self { jieba: Mutex::default(), words }
    }

    /// The lines of a title. `names` (the issuers) stay whole wherever a line can hold them.
    #[must_use]
    pub fn lines(&self, title: &str, names: &[String]) -> Vec<String> {
        let set: Vec<&str> = title.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if set.len() > 1 {
            return set.into_iter().map(str::to_owned).collect();
        }
        let title = title.trim();
        if width(title) <= WIDEST {
            return vec![title.to_owned()];
        }
        let joints = self.joints(title, names);
        best(title, &joints)
            .or_else(|| best(title, &every_joint(title)))
            .or_else(|| filled(title, &joints))
            .unwrap_or_else(|| vec![title.to_owned()])
    }

    /// Breaks the titles of a document and of its attachments. Lines that its author set stay, as far as a page can hold them.
    pub fn set(&self, document: &mut Document) {
        let names: Vec<String> = document.record.issuer.split('、').map(str::to_owned).collect();
        let attached = document.attachments.iter_mut().map(|attachment| &mut attachment.title_lines);
        for lines in [&mut document.title_lines].into_iter().chain(attached) {
            *lines = lines.iter().flat_map(|line| self.lines(line, &names)).collect();
        }
    }

    /// Frees the dictionary's memory; the next long title loads it again.
    pub fn unload(&self) {
        *self.jieba.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn dictionary(&self) -> Arc<Jieba> {
        let mut jieba = self.jieba.lock().unwrap_or_else(PoisonError::into_inner);
        let dictionary = jieba.get_or_insert_with(|| {
            let mut dictionary = Jieba::new();
            for word in WORDS.iter().copied().chain(self.words.iter().map(String::as_str)) {
                dictionary.add_word(word, Some(100_000), Some("nz"));
            }
            Arc::new(dictionary)
        });
        Arc::clone(dictionary)
    }

    fn joints(&self, title: &str, names: &[String]) -> Vec<Joint> {
        let jieba = self.dictionary();
        let tags = jieba.tag(title, false);
        let words: Vec<Word<'_>> = tags.iter().map(|tag| Word { text: tag.word, tag: tag.tag }).collect();
        joints(title, &words, names, &self.words)
    }
}

/// Words of the trade that the dictionary splits.
const WORDS: [&str; 24] = [
    "专精特新",
    "创新券",
    "小巨人",
    "首批次",
    "首台套",
    "新材料",
    "铝加工",
    "高质量发展",
    "实施意见",
    "实施方案",
    "管理办法",
    "若干政策",
    "若干措施",
    "示范应用",
    "指导目录",
    "工作方案",
    "行动计划",
    "征求意见稿",
    "办公厅",
    "办公室",
    "开发区",
    "规模以上",
    "高层次人才",
    "拟支持",
];

#[cfg(test)]
mod tests {
    use super::super::width::MOST_LINES;
    use super::*;

    #[test]
    fn a_break_that_the_author_set_is_kept() {
        let lines = Titles::default().lines("示例市人民政府办公厅\n关于印发目录的通知", &[]);
        assert_eq!(lines, ["示例市人民政府办公厅", "关于印发目录的通知"]);
    }

    /// A title of seven lines, as notices that pass on two others have them: still no word is cut.
    #[test]
    fn a_title_that_four_lines_do_not_hold_keeps_its_words() {
        let title = "示例市工业和信息化局关于转发《示例省工业和信息化厅关于印发〈示例省2024年制造业高质量发展专项资金（新材料首批次应用保险补贴方向）项目申报指南〉的通知》并做好我市2024年度项目申报工作的补充通知";
        let lines = Titles::default().lines(title, &[]);
        assert_eq!(lines.concat(), title);
        assert!(lines.len() > MOST_LINES && lines.iter().all(|line| width(line) <= WIDEST), "{lines:#?}");
        for word in ["高质量发展", "工业和信息化", "方向", "2024年度", "首批次"] {
            assert!(lines.iter().any(|line| line.contains(word)), "{word}: {lines:#?}");
        }
    }

    #[test]
    fn titles_are_broken_by_meaning() {
        let titles = Titles::new([]);
        let cases = include_str!("cases.txt");
        let mut shown = String::new();
        for case in cases.split("\n\n").filter(|case| !case.trim().is_empty()) {
            let title: String = case.lines().collect();
            let names = [title.split("关于").next().unwrap_or_default().to_owned()];
            let lines = titles.lines(&title, &names);
            shown += &lines.join("\n");
            shown += "\n\n";
            assert_eq!(lines.concat(), title);
            assert!(lines.len() <= MOST_LINES && lines.iter().all(|line| width(line) <= WIDEST), "{lines:?}");
            for line in lines.iter().skip(1) {
                assert!(!line.starts_with(['的', '和', '、', '》']), "{lines:?}");
            }
        }
        assert_eq!(shown.trim_end(), cases.trim_end());
    }

    /// However long a title is (a whole text pasted into its line), it is broken at once.
    #[test]
    fn a_title_without_end_is_broken_too() {
        for piece in ["关于印发《示例市新材料产业奖励资金管理办法》的通知，", "国家、", "Al-Mg-Si合金"]
        {
            let title = piece.repeat(100_000 / piece.chars().count());
            let lines = Titles::default().lines(&title, &["示例市".to_owned()]);
            assert!(lines.iter().all(|line| width(line) <= WIDEST), "{piece}: {} lines", lines.len());
            assert_eq!(lines.concat(), title);
        }
    }
}
