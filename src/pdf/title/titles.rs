//! 标题回行 — breaks titles, with a dictionary that is loaded when the first long title comes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jieba_rs::Jieba;

use crate::document::Document;

use super::filled::filled;
use super::joint::{Joint, joints};
use super::phrases::Phrases;
use super::shape::best;
use super::whole::{NAME, edges, names_in, wholes};
use super::width::{WIDEST, width};
use super::word::{Word, acts, cut, opens};

/// How many characters a text has that is worth being broken between words, and that still is a title or a name.
const MANY: usize = 5;
const MOST: usize = 80;

/// Breaks titles. The dictionary takes a tenth of a second to load and fills eighty megabytes.
#[derive(Default)]
pub struct Titles {
    /// The dictionary, once a title has asked for it.
    jieba: Mutex<Option<Arc<Jieba>>>,
    /// Where the words end of texts that were asked for: the headings of ten thousand pages are the same few.
    ends: Mutex<BTreeMap<String, Vec<usize>>>,
    /// What stays whole.
    phrases: Phrases,
}

impl Titles {
    /// With what stays whole though the dictionary parts it: set phrases of official language, words of the trade, names.
    #[must_use]
    pub fn new(phrases: impl IntoIterator<Item = String>) -> Self {
        Self { jieba: Mutex::default(), ends: Mutex::default(), phrases: Phrases::new(phrases) }
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
        let (joints, end) = self.joints(title, names);
        let cut = |lines: &Vec<Joint>| lines.iter().filter(|joint| joint.cost >= NAME).count();
        let few = best(&joints, end);
        // Five lines, but for names that more lines keep whole.
        let more = if few.as_ref().is_none_or(|lines| cut(lines) > 0) { filled(&joints, end) } else { None };
        let chosen = few.into_iter().chain(more).min_by_key(cut).unwrap_or_else(|| vec![Joint::START, end]);
        let line = |pair: &[Joint]| Some(title.get(pair.first()?.at..pair.get(1)?.at)?.trim().to_owned());
        chosen.windows(2).filter_map(line).collect()
    }

    /// Breaks the titles of a document and of its attachments. Lines that its author set stay, as far as a page can hold them.
    pub fn set(&self, document: &mut Document) {
        let names: Vec<String> = document.record.issuer.split('、').map(str::to_owned).collect();
        let attached = document.attachments.iter_mut().map(|attachment| &mut attachment.title_lines);
        for lines in [&mut document.title_lines].into_iter().chain(attached) {
            *lines = lines.iter().flat_map(|line| self.lines(line, &names)).collect();
        }
    }

    /// Where the words of a text end, in bytes; phrases stay whole. Nothing for what is no title: a paragraph is broken as it comes.
    #[must_use]
    pub fn words(&self, text: &str) -> Vec<usize> {
        if !(MANY..=MOST).contains(&text.chars().count()) {
            return Vec::new();
        }
        let ends = || self.ends.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = ends().get(text) {
            return known.clone();
        }
        let places = self.ends_of_words(text);
        ends().insert(text.to_owned(), places.clone());
        places
    }

    fn ends_of_words(&self, text: &str) -> Vec<usize> {
        let phrases = self.phrases.spans(text);
        let jieba = self.dictionary();
        let mut at = 0;
        let mut places = Vec::new();
        for word in jieba.cut(text, false) {
            at += word.word.len();
            if at < text.len() && !phrases.iter().any(|phrase| phrase.start < at && at < phrase.end) {
                places.push(at);
            }
        }
        places
    }

    /// Frees the dictionary's memory, and what was told with it; the next long title loads it again.
    pub fn unload(&self) {
        self.ends.lock().unwrap_or_else(PoisonError::into_inner).clear();
        *self.jieba.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn dictionary(&self) -> Arc<Jieba> {
        let mut jieba = self.jieba.lock().unwrap_or_else(PoisonError::into_inner);
        let dictionary = jieba.get_or_insert_with(|| Arc::new(dictionary(&self.phrases)));
        Arc::clone(dictionary)
    }

    fn joints(&self, title: &str, names: &[String]) -> (Vec<Joint>, Joint) {
        let jieba = self.dictionary();
        let mut at = 0;
        let mut words = Vec::new();
        for tag in jieba.tag(title, false) {
            words.push(Word { text: tag.word, tag: tag.tag, at });
            at += tag.word.len();
        }
        let words = cut(&words, &edges(title, names));
        let names = names_in(title, &words, names);
        let wholes = wholes(title, &words, &names, &self.phrases);
        joints(title, &words, &names, &wholes)
    }
}

/// The dictionary with the short phrases. Those of three and four characters are nouns, but for 促进消费 and 组织开展.
fn dictionary(phrases: &Phrases) -> Jieba {
    let mut dictionary = Jieba::new();
    for phrase in phrases.iter() {
        let verb = opens(phrase) || dictionary.tag(phrase, false).iter().all(|tag| acts(tag.word, tag.tag));
        match phrase.chars().count() {
            2 => dictionary.add_word(phrase, None, None),
            3 | 4 => dictionary.add_word(phrase, None, Some(if verb { "v" } else { "n" })),
            _ => 0,
        };
    }
    dictionary
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::width::USUAL_LINES;
    use super::*;

    const PHRASES: &str = include_str!("../../../templates/phrases.yaml");
    const GOLDEN: &str = include_str!("../../../tests/cases/titles/标题回行.txt");

    fn phrases() -> impl Iterator<Item = &'static str> {
        PHRASES.lines().filter_map(|line| line.strip_prefix("  - "))
    }

    fn titles() -> Titles {
        Titles::new(phrases().map(str::to_owned))
    }

    /// The paragraphs of the golden file, in two parts: what is broken well, and what is not yet.
    fn golden() -> [Vec<Vec<&'static str>>; 2] {
        let (well, not_yet) = GOLDEN.split_once("# 尚不能\n").unwrap();
        [well, not_yet].map(|part| {
            let paragraphs =
                part.split("\n\n").map(|paragraph| paragraph.lines().filter(|line| !line.starts_with('#')));
            paragraphs
                .map(Iterator::collect)
                .filter(|lines: &Vec<_>| lines.iter().any(|line| !line.is_empty()))
                .collect()
        })
    }

    /// The title of these lines. Issuers between whom there is a space in one line have one between two lines as well.
    fn joined(lines: &[&str]) -> String {
        let issuers = lines.iter().position(|line| line.contains("关于")).unwrap_or_default();
        let spaced = lines[..issuers].iter().any(|line| line.contains(' '));
        let mut title = String::new();
        for (index, line) in lines.iter().enumerate() {
            title += line;
            if spaced && index + 1 < issuers {
                title += " ";
            }
        }
        title
    }

    fn is_fit(lines: &[String]) -> bool {
        lines.iter().all(|line| width(line) <= WIDEST)
    }

    #[test]
    fn titles_are_broken_as_a_secretary_would() {
        let titles = titles();
        let [well, not_yet] = golden();
        let mut wrong = String::new();
        for should in &well {
            let lines = titles.lines(&joined(should), &[]);
            assert!(is_fit(&lines), "{lines:#?}");
            if lines != *should {
                wrong += &format!("应为：\n{}\n程序：\n{}\n\n", should.join("\n"), lines.join("\n"));
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
        assert!(well.len() >= 150, "{}", well.len());
        // 尚不能: the lines as they should be, 程序：, the lines as they are.
        for both in &not_yet {
            let (should, is) = both.split_at(both.iter().position(|line| *line == "程序：").unwrap());
            assert_eq!(titles.lines(&joined(should), &[]), is[1..], "broken in another way now: {should:#?}");
            assert_ne!(should, &is[1..]);
        }
        assert!(not_yet.len() <= 7, "{}", not_yet.len());
    }

    /// Two to four departments of cities that no dictionary knows, with and without marks between them.
    #[test]
    fn no_name_of_an_issuer_is_cut() {
        let titles = titles();
        let departments = [
            "工业和信息化局",
            "财政局",
            "自然资源和规划局",
            "文化广电和旅游局",
            "人力资源和社会保障局",
            "城市管理综合行政执法局",
            "发展和改革委员会",
        ];
        let matters = [
            "关于印发《企业技术改造专项资金管理办法（试行）》的通知",
            "关于推进Administrative Approval标准化试点的通知",
            "关于做好2023年度科技型中小企业研发费用加计扣除政策落实工作的通知",
        ];
        for (index, city) in ["青岩市", "云川市", "白石县", "长泽自治州", "郑州市"].iter().cycle().take(70).enumerate()
        {
            let count = 2 + index % 3;
            let names: Vec<String> =
                departments.iter().cycle().skip(index).take(count).map(|office| format!("{city}{office}")).collect();
            for (between, matter) in ["、", " ", ""].iter().zip(matters.iter().cycle().skip(index)) {
                let title = names.join(between) + matter;
                for given in [names.as_slice(), &[]] {
                    let lines = titles.lines(&title, given);
                    assert!(is_fit(&lines) && lines.len() <= 6, "{lines:#?}");
                    for whole in names.iter().map(String::as_str).chain(["Administrative", "加计扣除", "技术改造"])
                    {
                        let held = lines.iter().any(|line| line.contains(whole));
                        assert!(held || !title.contains(whole), "{whole}: {lines:#?}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_phrases_are_written_as_their_file_says() {
        let mut seen = BTreeSet::new();
        for line in PHRASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.strip_prefix("  - ") {
                Some(phrase) => {
                    assert!(phrase.chars().count() > 1 && width(phrase) <= WIDEST && phrase.trim() == phrase, "{line}");
                    assert!(seen.insert(phrase), "twice: {line}");
                }
                None => assert!(line.ends_with(':') && !line.starts_with(' '), "{line}"),
            }
        }
        assert!(seen.len() > 1000, "{}", seen.len());
    }

    #[test]
    fn a_break_that_the_author_set_is_kept() {
        let lines = Titles::default().lines("示例市人民政府办公厅\n关于印发目录的通知", &[]);
        assert_eq!(lines, ["示例市人民政府办公厅", "关于印发目录的通知"]);
    }

    /// A title of seven lines, as notices that pass on two others have them: still no word is cut.
    #[test]
    fn a_title_that_five_lines_do_not_hold_keeps_its_words() {
        let title = "示例市工业和信息化局关于转发《示例省工业和信息化厅关于印发〈示例省2024年制造业高质量发展专项资金（新材料首批次应用保险补贴方向）项目申报指南〉的通知》并做好我市2024年度项目申报工作的补充通知";
        let lines = titles().lines(title, &[]);
        assert_eq!(lines.concat(), title);
        assert!(lines.len() > USUAL_LINES && is_fit(&lines), "{lines:#?}");
        for word in ["高质量发展", "工业和信息化", "方向", "2024年度", "首批次", "补充通知"] {
            assert!(lines.iter().any(|line| line.contains(word)), "{word}: {lines:#?}");
        }
    }

    /// Only a word that no line holds is cut; the words around it stay whole.
    #[test]
    fn a_word_wider_than_a_line_is_cut_alone() {
        let long = "Pneumonoultramicroscopicsilicovolcanoconiosis";
        let title = format!("示例市卫生健康委员会关于印发{long}诊疗方案的通知");
        let lines = titles().lines(&title, &[]);
        assert_eq!(lines.concat(), title);
        assert!(is_fit(&lines), "{lines:#?}");
        for word in ["示例市卫生健康委员会", "诊疗", "方案的通知"] {
            assert!(lines.iter().any(|line| line.contains(word)), "{word}: {lines:#?}");
        }
    }

    /// What a new notice has in place of names and years is as wide as they are.
    #[test]
    fn signs_are_as_wide_as_they_are_printed() {
        let title = "示例市工业和信息化局关于××××年度××项目拟支持企业名单的公示";
        let lines = Titles::default().lines(title, &["示例市工业和信息化局".to_owned()]);
        assert!(lines.iter().all(|line| line.chars().count() <= 20), "{lines:?}");
    }

    /// However long a title is (a whole text pasted into its line), it is broken at once.
    #[test]
    fn a_title_without_end_is_broken_too() {
        let titles = titles();
        for piece in ["关于印发《示例市新材料产业奖励资金管理办法》的通知，", "国家、", "Al-Mg-Si合金", "转发", "a"]
        {
            let title = piece.repeat(100_000 / piece.chars().count());
            let lines = titles.lines(&title, &["示例市".to_owned()]);
            assert!(is_fit(&lines), "{piece}: {} lines", lines.len());
            assert_eq!(lines.concat(), title);
        }
    }
}
