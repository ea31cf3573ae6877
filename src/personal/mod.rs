//! 个人信息 — what must not be published of a person: mobile numbers, ID numbers, bank cards and accounts, home addresses
//! (《政府信息公开条例》第十五条; 《个人信息保护法》第二十五条、第二十八条). A 统一社会信用代码 and an office telephone are none of these.

mod account;
mod digits;
mod home;
mod identity;
mod mail;
mod mask;
mod mobile;

use std::fmt;
use std::ops::Range;

use digits::{Group, half, runs};

pub use mask::{blot, covered, mask, mask_name};

/// A kind of personal information.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonalKind {
    /// 手机号码: eleven digits from 13 to 19.
    Mobile,
    /// 身份证号码 with the check character of GB 11643, or the old one of fifteen digits.
    Identity,
    /// 银行卡号 with the check digit of ISO/IEC 7812, or a number that is called an account.
    Account,
    /// 个人邮箱: a person's own number as an address, or one that is called a person's own.
    Mail,
    /// 家庭住址.
    Home,
}

impl PersonalKind {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Mobile => "手机号码",
            Self::Identity => "身份证号码",
            Self::Account => "银行账号",
            Self::Mail => "个人邮箱",
            Self::Home => "家庭住址",
        }
    }
}

impl fmt::Display for PersonalKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No number of a person has fewer digits.
const SHORTEST: usize = 9;

/// The personal information in a text, with the bytes that it covers, from left to right.
#[must_use]
pub fn find(text: &str) -> Vec<(PersonalKind, Range<usize>)> {
    let mut found = Vec::new();
    let long = |run: &Vec<Group>| run.iter().map(|group| group.digits.len()).sum::<usize>() >= SHORTEST;
    // Full-width digits begin with the byte EF. Most texts have too few of either for any number.
    let digits = text.bytes().filter(|byte| byte.is_ascii_digit() || *byte == 0xEF).count();
    let runs = if digits < SHORTEST { Vec::new() } else { runs(text) };
    for run in runs.into_iter().filter(long) {
        let mut at = 0;
        while let Some(first) = run.get(at) {
            let hit = (at..run.len()).rev().find_map(|last| {
                let groups = run.get(at..=last)?;
                let range = first.range.start..groups.last()?.range.end;
                kind(text, &range, groups).map(|kind| (last, kind, range))
            });
            if let Some((last, kind, range)) = hit {
                found.push((kind, range));
                at = last;
            }
            at += 1;
        }
    }
    found.extend(mail::mails(text).map(|range| (PersonalKind::Mail, range)));
    found.extend(home::homes(text).map(|range| (PersonalKind::Home, range)));
    found.sort_by_key(|(kind, range)| (range.start, *kind));
    found
}

/// What a run of digits is, with the words around it.
fn kind(text: &str, range: &Range<usize>, groups: &[Group]) -> Option<PersonalKind> {
    let before = text.get(..range.start).unwrap_or("");
    let after = text.get(range.end..).unwrap_or("");
    // A part of a longer code (`LJG13812345678`) or of a decimal is none of these.
    let joins = |c: char| half(c).is_ascii_alphanumeric() || c == '.' || c == '．';
    if before.ends_with(joins) || after.starts_with(|c: char| half(c).is_ascii_alphabetic()) {
        return None;
    }
    if mobile::is_mobile(groups, after) {
        Some(PersonalKind::Mobile)
    } else if identity::is_identity(groups) {
        Some(PersonalKind::Identity)
    } else if account::is_account(groups, before) {
        Some(PersonalKind::Account)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<PersonalKind> {
        find(text).into_iter().map(|(kind, _)| kind).collect()
    }

    /// An invented ID number with the right check character.
    const ID: &str = "110101199003074477";
    /// An invented card number with the right check digit.
    const CARD: &str = "6222020000000000000";

    #[test]
    fn what_belongs_to_a_person_is_found() {
        for text in [
            "13812345678",
            "电话：138-1234-5678。",
            "手机 138 1234 5678",
            "+86 13812345678",
            "１３８１２３４５６７８",
            "（19912345678）",
            "1391234 5678",
            "139 12345678",
            "139.1234.5678",
            "139—1234—5678",
            "139－1234－5678",
            "+86 139 1234 5678",
            "139  1234  5678",
        ] {
            assert_eq!(kinds(text), [PersonalKind::Mobile], "{text}");
        }
        assert_eq!(kinds(&format!("身份证号{ID}，")), [PersonalKind::Identity]);
        for id in ["110101 19900307 4477", "11010119900307447 7", "1101011990 03074477", "110101-1990-0307-4477"] {
            assert_eq!(kinds(id), [PersonalKind::Identity], "{id}");
        }
        assert_eq!(kinds("11010119900307002 X"), [PersonalKind::Identity]);
        assert_eq!(kinds("旧号110101 900307 447"), [PersonalKind::Identity]);
        assert_eq!(kinds("旧号110101900307447"), [PersonalKind::Identity]);
        assert_eq!(kinds(CARD), [PersonalKind::Account]);
        assert_eq!(kinds("6222 0200 0000 0000 000"), [PersonalKind::Account]);
        assert_eq!(kinds("开户行：示例银行，账号：410001234567"), [PersonalKind::Account]);
        assert_eq!(kinds("账号：16-0371-0104-0012-345"), [PersonalKind::Account]);
        assert_eq!(kinds("邮箱123456789@qq.example"), [PersonalKind::Mail]);
        assert_eq!(kinds("本人邮箱：zhang.san@mail.example。"), [PersonalKind::Mail]);
        assert_eq!(kinds("家住示例公寓B座1806户"), [PersonalKind::Home]);
        assert_eq!(kinds("家庭住址：示例市示例路1号"), [PersonalKind::Home]);
        assert_eq!(kinds("示例小区3号楼2单元501室"), [PersonalKind::Home]);
    }

    #[test]
    fn what_belongs_to_an_office_or_an_enterprise_is_not() {
        for text in [
            "0371-67186253",
            "67186253",
            "400-000-0000",
            "91410181MA0000015M",
            "914101007067000000",
            "000014349/2017-00110",
            "示工信〔2024〕12号",
            "2024-06-13 09:30",
            "13812345678.00元",
            "合计13812345678元",
            "编号LJG13812345678",
            "地址：示例市示例路1号",
            "抗拉强度≥700 MPa，10-6/℃，25～1300℃",
            "住址、电话由申报单位自行填写",
            "20240613093000001",
            "1500 2000 300",
            "2024.06.13—2024.06.19",
            "ISBN 978-7-5066-6770-6",
            "示例大厦B座1806室",
            "异议受理邮箱：gxj@office.example",
            "7.3.5.1、7.3.5.2",
            "13.8 1234 5678.90",
            "110101199013074477",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn a_mask_covers_the_middle() {
        assert_eq!(mask("联系人138-1234-5678。"), "联系人138-****-5678。");
        assert_eq!(mask(ID), "110101********4477");
        assert_eq!(mask("家庭住址：示例市示例路1号，电话0371-67186253"), "家庭住址：（住址略），电话0371-67186253");
        assert_eq!(mask_name("示例名"), "示**");
        assert_eq!(blot("电话13812345678。", None), "电话***********。");
        assert_eq!(blot("住址 示例路", Some(7..16)), "住址 *********");
        for text in ["13812345678", ID, CARD, "家庭住址：示例市示例路1号"] {
            assert_eq!(find(&mask(text)), [], "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_it(text in "[0-9X 13８号楼单元室住址：账a-]{0,40}") {
            for (_, range) in find(&text) {
                proptest::prop_assert!(text.get(range).is_some());
            }
            proptest::prop_assert!(mask(&text).len() <= text.len() + 15 * text.len());
        }
    }
}
