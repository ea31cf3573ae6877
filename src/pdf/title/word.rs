//! 词 — a word of a title, as the segmentation has it, and what kind of word it is.

/// A word and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    /// Its part of speech in the dictionary: `n…` noun, `v` verb, `vn` verb that may be a noun, `ns` place, `d` adverb, `m` number.
    pub(super) tag: &'t str,
    /// Where it starts in the title, in bytes.
    pub(super) at: usize,
}

impl Word<'_> {
    pub(super) fn end(&self) -> usize {
        self.at + self.text.len()
    }

    pub(super) fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.text)
    }

    pub(super) fn ends_in(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.text.ends_with(ending))
    }

    /// A word of one character.
    pub(super) fn is_lone(&self) -> bool {
        self.text.chars().nth(1).is_none()
    }

    pub(super) fn is_space(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Nothing that could be read aloud: 、 《 ）.
    pub(super) fn is_mark(&self) -> bool {
        !self.text.chars().any(char::is_alphanumeric)
    }

    /// A verb that the dictionary does not take for a noun.
    pub(super) fn is_verb(&self) -> bool {
        acts(self.text, self.tag)
    }

    /// A noun, or a verb that may be one.
    pub(super) fn is_noun(&self) -> bool {
        !self.is_verb() && (self.tag.starts_with('n') || matches!(self.tag, "vn" | "an" | "j" | "l" | "i"))
    }

    pub(super) fn is_adverb(&self) -> bool {
        matches!(self.tag, "d" | "ad") && !self.is(&["同意", "公开"])
    }

    /// A word that says of which kind the next one is: 新型, 应届.
    pub(super) fn is_attribute(&self) -> bool {
        matches!(self.tag, "a" | "b") && !self.is_verb() && !self.is(&["清单"])
    }

    /// 二十四, 2023.
    pub(super) fn is_number(&self) -> bool {
        let digit = |c: char| c.is_ascii_digit() || ".,".contains(c) || NUMERALS.contains(c);
        !self.text.is_empty() && self.text.chars().all(digit)
    }

    /// 四起, 一批, 几个.
    pub(super) fn is_count(&self) -> bool {
        (self.tag == "m" || self.is_number()) && !self.text.starts_with(|c: char| c == '第' || c.is_ascii_digit())
    }

    /// What opens a new clause behind a noun: 促进, 进一步.
    pub(super) fn opens(&self) -> bool {
        self.is(VERBS) || opens(self.text)
    }
}

/// Whether a word of this part of speech is a verb and nothing else.
pub(super) fn acts(word: &str, tag: &str) -> bool {
    tag == "v" || MISTAKEN.contains(&word)
}

/// Whether a phrase opens a new clause: 促进消费.
pub(super) fn opens(phrase: &str) -> bool {
    phrase.starts_with("进一步") || OPENERS.iter().any(|opener| phrase.starts_with(opener))
}

/// The words with those cut that reach over one of these places (in bytes, sorted): 局长泽 of two names, 局 and 长泽.
pub(super) fn cut<'t>(words: &[Word<'t>], places: &[usize]) -> Vec<Word<'t>> {
    let mut places = places.iter().copied().peekable();
    let mut pieces = Vec::with_capacity(words.len());
    for word in words {
        let mut rest = *word;
        while let Some(place) = places.next_if(|place| *place < word.end()) {
            if let Some((left, right)) = place.checked_sub(rest.at).and_then(|at| rest.text.split_at_checked(at))
                && !left.is_empty()
            {
                pieces.push(Word { text: left, ..rest });
                rest = Word { text: right, at: place, ..rest };
            }
        }
        pieces.push(rest);
    }
    pieces
}

const NUMERALS: &str = "〇零一二三四五六七八九十百千万亿两第";
/// Verbs that the dictionary takes for something else.
const MISTAKEN: &[&str] = &["印发", "深化", "新建", "规范", "清理", "同意", "优化", "调整"];
/// Words that open a clause, alone or at the head of a phrase.
const OPENERS: &[&str] = &[
    "全面", "切实", "深入", "加快", "加强", "加大", "推进", "推动", "促进", "深化", "扩大", "提升", "提高", "完善",
    "健全", "激发", "助力", "打赢", "做好", "开展", "防止", "防范", "强化", "构建", "打造", "维护", "更好", "持续",
    "积极", "大力", "稳步", "扎实", "着力", "全力", "妥善", "坚决", "巩固", "鼓励", "保持", "增进", "稳定", "降低",
    "改善", "增强", "减轻", "释放", "盘活", "遏制", "壮大", "拓展",
];
/// Words that open a clause alone; phrases that begin with them are mostly nouns: 支持政策, 规范条件.
const VERBS: &[&str] = &[
    "支持", "优化", "规范", "给予", "实行", "解决", "落实", "培育", "举办", "申办", "举行", "请求", "适用", "拟",
    "申请", "悬挂", "发现", "组织", "有序", "统筹", "协同", "依法", "严格", "帮助", "引导", "应对", "享受", "移送",
    "做强", "实施", "召开", "参加", "设立", "建立",
];
