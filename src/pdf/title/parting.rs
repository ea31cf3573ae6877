//! 词意 — what it costs to end a line between two words: 词意完整 (7.3.1).

use super::word::Word;

/// A good place: a new part begins.
const GOOD: f64 = 0.5;
/// A place that nobody minds.
const FINE: f64 = 1.0;
/// A place that is taken where none is better.
const FAIR: f64 = 2.0;
/// Two words that are read together.
const POOR: f64 = 4.0;
/// Two words that belong together.
const BAD: f64 = 6.0;
/// Two words that are one.
const WORST: f64 = 8.0;

/// Two neighbouring words, and what stands around them.
pub(super) struct Parting<'w, 't> {
    pub(super) words: &'w [Word<'t>],
    /// The place of the right word among them.
    pub(super) index: usize,
    pub(super) left: &'w Word<'t>,
    pub(super) right: &'w Word<'t>,
    /// How wide the longest is of what stays together and ends here, and of what starts here.
    pub(super) chunk: (f64, f64),
    /// Whether the left word ends the name of an issuer.
    pub(super) behind: bool,
}

impl<'w, 't> Parting<'w, 't> {
    /// What it costs to end a line here. The first rule that knows the two words decides.
    pub(super) fn cost(&self) -> f64 {
        let rules =
            [Self::issuers, Self::marks, Self::particles, Self::places, Self::verbs, Self::numbers, Self::levels];
        rules.iter().find_map(|rule| rule(self)).unwrap_or_else(|| self.nouns())
    }

    /// The word so many words before the right one.
    fn back(&self, steps: usize) -> Option<&'w Word<'t>> {
        self.words.get(self.index.checked_sub(steps)?)
    }

    /// The word so many words behind the right one.
    fn ahead(&self, steps: usize) -> Option<&'w Word<'t>> {
        self.words.get(self.index + steps)
    }

    /// A word of one character mostly belongs to its neighbour.
    fn clinging(&self) -> f64 {
        let lone = |word: &Word<'_>, wide: f64| if word.is_lone() && wide < 2.0 { 3.0 } else { 0.0 };
        lone(self.left, self.chunk.0) + lone(self.right, self.chunk.1)
    }

    fn issuers(&self) -> Option<f64> {
        if self.right.is(&["关于"]) {
            return Some(0.0);
        }
        (self.behind && !self.right.is(&["等"])).then_some(GOOD)
    }

    fn marks(&self) -> Option<f64> {
        let (left, right) = (self.left.text, self.right.text);
        if self.left.is_space() {
            // Between parts, or between words of another language.
            return Some(if right.starts_with(|c: char| c.is_ascii_alphabetic()) { BAD } else { 0.0 });
        }
        if left.ends_with(['、', '，']) {
            return Some(if self.lists() { POOR } else { FINE });
        }
        if left.ends_with(['》', '〉', '>']) || right.starts_with(['《', '〈', '<']) {
            return Some(GOOD);
        }
        if left.ends_with(['）', ')']) {
            // 国（边）境 is one word.
            return Some(if self.chunk.0 <= 3.0 && self.right.is_lone() { WORST } else { FINE });
        }
        if right.starts_with(['（', '(']) {
            return Some(if self.chunk.1 <= 4.0 { WORST } else { FAIR });
        }
        if right.starts_with('“') {
            // 耕地“非农化”, but 河南省 ／ “十四五”规划.
            let noun = self.left.is_noun() && self.left.tag != "ns";
            return Some(match () {
                () if noun && self.chunk.0 <= 2.0 => POOR,
                () if noun || self.left.opens() => FAIR,
                () => FINE,
            });
        }
        left.ends_with('”').then_some(if self.right.opens() { FINE } else { FAIR })
    }

    /// Whether the 、 before the right word stands between short items: 香港、澳门.
    fn lists(&self) -> bool {
        let listing = |word: Option<&Word<'_>>| word.is_some_and(|word| word.is(&["、", "等", "和", "与", "关于"]));
        listing(self.ahead(1)) || listing(self.ahead(2)) || listing(self.back(3)) || listing(self.back(4))
    }

    fn particles(&self) -> Option<f64> {
        let Self { left, right, .. } = self;
        if left.is(&["的"]) {
            // X的确定和Y: the right word is but the end of X.
            return Some(if self.ahead(1).is_some_and(|next| next.is(&["和", "与", "的"])) { FAIR } else { FINE });
        }
        if left.is(&["等"]) {
            return Some(match () {
                () if right.is(&["部门", "单位", "地区", "同志"]) => WORST,
                () if right.is_number() => POOR,
                () => FINE,
            });
        }
        if left.is(&["和", "与", "及", "以及", "或"]) {
            return Some(if right.opens() || leads_on(right) { FINE } else { FAIR });
        }
        None
    }

    fn places(&self) -> Option<f64> {
        let Self { left, right, .. } = self;
        let named = left.tag.starts_with("nr") || left.is_lone();
        if right.is(LOCATION) || right.is(RANKS) && named {
            return Some(WORST);
        }
        // 上 of 登记上牌 is no place.
        let acting = left.is(&["上", "下"]) && self.back(2).is_some_and(Word::is_verb);
        let located = left.is(LOCATION) && !acting || left.ends_in(&["期间", "以来"]);
        located.then_some(if right.is_lone() { POOR } else { GOOD })
    }

    fn verbs(&self) -> Option<f64> {
        let Self { left, right, .. } = self;
        if left.is_adverb() || left.is_attribute() && right.tag == "v" {
            return Some(WORST + self.clinging());
        }
        if leads_on(right) {
            return Some(GOOD);
        }
        if self.is_of_title() {
            // 关于印发, 关于组织开展: what follows is long, unless it goes on with a verb.
            return Some(self.clinging() + if right.opens() || right.is_verb() { POOR } else { FINE });
        }
        // A verb behind a noun mostly stands for one: 数据标注, 审核机制, 培育和开放.
        let noun = self.back(2).is_some_and(|before| before.is_noun() || before.is(&["和", "与"]));
        let acting = left.is_verb() && !noun;
        if right.opens() && self.goes_on() {
            return Some(if acting || left.opens() { BAD } else { GOOD });
        }
        (acting || left.opens()).then(|| POOR + self.clinging())
    }

    /// Whether the left word is the verb of the title, or its second: 关于印发, 关于组织开展, 关于进一步加强.
    fn is_of_title(&self) -> bool {
        let about = |word: Option<&Word<'_>>| word.is_some_and(|word| word.is(&["关于"]));
        let helping = self.back(2).is_some_and(|before| before.is_verb() || before.is_adverb());
        self.left.is_verb() && (about(self.back(2)) || helping && about(self.back(3)))
    }

    /// Whether something follows the right word that it may act on: not 规范（试行）, not 实施的.
    fn goes_on(&self) -> bool {
        self.ahead(1).is_some_and(|next| !next.is(&["的"]) && !next.text.starts_with(['（', '》']))
    }

    fn numbers(&self) -> Option<f64> {
        let Self { left, right, .. } = self;
        if left.is(&["年", "年度"]) {
            return Some(FINE);
        }
        // 四起事故, 八部法律.
        if left.is_count() || left.is_lone() && self.back(2).is_some_and(Word::is_number) {
            return Some(WORST);
        }
        if right.text.starts_with('第') && !left.is_verb() {
            return Some(if right.text.ends_with('条') { BAD } else { FINE });
        }
        if left.text.starts_with('第') {
            // 第二次全国污染源普查 is one name; 第二批 only counts.
            return Some(if left.text.ends_with(['次', '届']) { WORST + FAIR } else { POOR });
        }
        if right.is_count() && !right.is_lone() && !left.is_verb() {
            return Some(FINE);
        }
        (left.is_number() || left.tag == "q").then(|| POOR + self.clinging())
    }

    fn levels(&self) -> Option<f64> {
        let Self { left, right, .. } = self;
        if right.is(PREPOSITIONS) && !left.is_verb() || right.is(&["暨"]) {
            return Some(FINE);
        }
        if left.is(LEVELS) || left.is(&["国家级"]) {
            return Some(POOR);
        }
        if left.is(LEADS) || left.is_attribute() {
            return Some(BAD + self.clinging());
        }
        (right.ends_in(BODIES) && !left.is_verb()).then_some(if left.tag == "ns" { BAD } else { POOR })
    }

    /// Two nouns: the longer what is parted, the better; a short word that says little does not begin a line. The figures here, as all
    /// of this file, come of the titles in tests/cases/titles.
    fn nouns(&self) -> f64 {
        let Self { left, right, chunk: (left_wide, right_wide), .. } = self;
        let short = |wide: f64| match wide {
            ..3.0 => 1.3,
            3.0..4.0 => 0.5,
            _ => 0.0,
        };
        let last = self.ahead(1).is_none_or(|next| next.is_mark() || next.is(&["的"]));
        let leaning = match () {
            () if right.is(LEANING) => 2.5,
            () if *right_wide <= 2.0 && last => 1.5,
            () => 0.0,
        };
        let office = if left.tag == "nt" { 2.5 } else { 0.0 };
        1.4 + short(*left_wide) + 1.6 * short(*right_wide) + leaning + office + self.clinging()
    }
}

/// 有关问题, 若干意见: a last part begins.
fn leads_on(word: &Word<'_>) -> bool {
    LEADS.iter().any(|lead| word.text.starts_with(lead))
}

/// What a last part begins with.
const LEADS: &[&str] = &["有关", "若干", "相关", "几个"];

/// Words that say little: they lean on the word before.
const LEANING: &[&str] = &[
    "工作", "情况", "问题", "事项", "活动", "制度", "机制", "体系", "领域", "项目", "作用", "能力", "水平", "力度",
    "名义", "时期", "工程", "系统", "品种", "资金", "队伍", "名单", "阶段", "时段", "规模", "标准", "职责", "建设",
    "管理", "服务", "发展", "机构", "部门", "单位", "人员", "形势", "案件", "范围", "期限",
];
/// Where or when something is: it belongs to the word before.
const LOCATION: &[&str] = &["中", "上", "下", "内", "外", "后", "前", "时", "间", "之间", "期间", "以来", "以下"];
/// What a person is, behind the name.
const RANKS: &[&str] =
    &["总理", "副总理", "主席", "副主席", "书记", "省长", "副省长", "市长", "副市长", "部长", "局长", "主任", "同志"];
/// What names of offices, of groups and of zones end in: it belongs to what comes before.
const BODIES: &[&str] =
    &["局", "厅", "委员会", "政府", "办公室", "领导小组", "指挥部", "联席会议", "开发区", "示范区", "试验区"];
/// Words that say of which level the next one is.
const LEVELS: &[&str] = &[
    "省级", "市级", "县级", "区级", "部级", "省内", "市内", "跨省", "中央", "全国", "全省", "全市", "全区", "本市",
    "我市", "我省", "城市", "城乡", "农村", "乡村", "社会", "公共",
];
/// What opens a part: 关于辽宁省 ／ 在……时.
const PREPOSITIONS: &[&str] = &["在", "以", "对", "向", "从", "由", "按", "将"];
