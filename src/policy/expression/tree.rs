//! 算式的结构 — what an expression is made of.

use std::ops::Range;

use super::fraction::Fraction;
use super::unit::Unit;

/// A part of an expression, with the bytes of the text that it takes.
#[derive(Debug, Clone)]
pub struct Part {
    pub what: What,
    pub span: Range<usize>,
}

impl Part {
    /// The parts that it is made of.
    pub fn inner(&self) -> Vec<&Self> {
        match &self.what {
            What::Call(_, parts) | What::All(parts) | What::Any(parts) => parts.iter().collect(),
            What::Binary(_, left, right) | What::Compare(_, left, right) => vec![left, right],
            What::Number(..) | What::Word(_) | What::Name(_) => Vec::new(),
        }
    }
}

/// What a part is.
#[derive(Debug, Clone)]
pub enum What {
    /// A number with its unit.
    Number(Fraction, Unit),
    /// A word in quotation marks.
    Word(String),
    /// A figure, an attribute, a definition or a parameter.
    Name(String),
    /// A function of others.
    Call(Function, Vec<Part>),
    /// Two numbers into one.
    Binary(Operator, Box<Part>, Box<Part>),
    /// Two values compared.
    Compare(Comparison, Box<Part>, Box<Part>),
    /// All of several.
    All(Vec<Part>),
    /// At least one of several.
    Any(Vec<Part>),
}

/// 加、减、乘、除.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    Plus,
    Minus,
    Times,
    Over,
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    AtLeast,
    Above,
    AtMost,
    Below,
    Equal,
    Unequal,
}

macro_rules! functions {
    ($($function:ident $name:literal $least:literal $most:literal $words:literal)*) => {
        /// A function.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Function {
            $(#[doc = $words] $function,)*
        }

        impl Function {
            /// All functions.
            pub const ALL: &'static [Self] = &[$(Self::$function),*];

            /// How it is written.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$function => $name,)* }
            }

            /// What it gives.
            pub const fn words(self) -> &'static str {
                match self { $(Self::$function => $words,)* }
            }

            /// How many values it takes, at the least and at the most.
            pub const fn takes(self) -> (usize, usize) {
                match self { $(Self::$function => ($least, $most),)* }
            }
        }
    };
}

functions! {
    Least "较小" 2 16 "几个里最小的一个"
    Greatest "较大" 2 16 "几个里最大的一个"
    Before "上年" 1 1 "上一年度的"
    Ago "几年前" 2 2 "若干年度以前的：几年前(营业收入, 2年)"
    Sum "合计" 2 2 "连同申报年度在内若干年度之和：合计(研发投入, 3年)"
    Increase "增量" 1 1 "比上年增加的，没有增加就是零"
    Growth "增长率" 1 1 "比上年增长的比率"
    MeanGrowth "年均增长率" 2 2 "若干年平均的增长率，只用来比较：年均增长率(营业收入, 3年) ≥ 26%"
    Growing "连续增长" 2 2 "若干年年年比上年高：连续增长(营业收入, 3年)"
    Steps "整数档" 2 2 "后一个在前一个里有几个整的，不足一个的不算"
    Bands "分段" 3 33 "分段累进：分段(设备投资, 5%, 1000万元, 8%, 3000万元, 10%)，率、界、率、界……率"
    Highest "历年最高" 1 1 "以前各年度里最高的"
    Rank "名次" 1 1 "属性里写的名次"
    Floor "取整" 1 1 "不足一的舍去"
    If "若" 3 3 "条件成立的取前一个，不成立的取后一个：若(级别 = “国家级”, 50万元, 20万元)"
    Not "非" 1 1 "不成立"
}
