//! One document without fault, and one mistake at a time.

use super::review;
use crate::calendar::Day;
use crate::document::*;

fn request() -> Document {
    Document {
        slug: "qingshi".into(),
        status: Status::Final,
        genre: Genre::Request,
        format: Format::Document,
        masthead: Masthead {
            copy_number: None,
            secrecy: None,
            urgency: None,
            issuers: vec!["示例市工业和信息化局".into()],
            suffix: Some("文件".into()),
            number: "示工信〔2024〕21号".parse().ok(),
            signatories: vec![Signatory { name: "示例".into() }],
        },
        title: "示例市工业和信息化局关于兑现奖励资金的请示".into(),
        title_lines: vec![],
        addressee: "示例市人民政府".into(),
        body: vec![],
        attachments: vec![],
        closing: Closing {
            style: ClosingStyle::Sealed,
            signatures: vec![Signature { name: "示例市工业和信息化局".into(), person: None, seal: None }],
            dated: Day::new(2024, 6, 13),
        },
        annotation: None,
        note: None,
        colophon: Some(Colophon { printed_on: Day::new(2024, 6, 14), ..Colophon::default() }),
        record: Record {
            index_number: String::new(),
            topic: String::new(),
            column: String::new(),
            issuer: String::new(),
            dated: None,
            published: None,
            validity: Validity::Valid,
            keywords: vec![],
            summary: String::new(),
            source: None,
            author: None,
            publication: Publication::default(),
        },
    }
}

fn found(change: impl FnOnce(&mut Document)) -> Vec<String> {
    let mut document = request();
    change(&mut document);
    review(&document).into_iter().map(|finding| finding.message).collect()
}

fn retype(document: &mut Document, genre: Genre, title: &str) {
    document.genre = genre;
    document.format = genre.usual_format();
    document.title = title.into();
    document.masthead.signatories.clear();
}

#[test]
fn what_is_complete_passes() {
    assert_eq!(found(|_| {}), Vec::<String>::new());
    let letter = found(|document| {
        retype(document, Genre::Letter, "示例市工业和信息化局关于核实数据的复函");
        document.colophon = None;
    });
    assert_eq!(letter, Vec::<String>::new());
}

#[test]
fn each_mistake_is_found_alone() {
    assert_eq!(found(|d| d.masthead.signatories.clear()), ["请示是上行文，没有签发人"]);
    assert_eq!(found(|d| d.addressee = "示例市人民政府，示例市委".into()).len(), 1);
    assert_eq!(found(|d| d.addressee.clear()), ["请示没有主送机关"]);
    assert!(found(|d| d.masthead.number = None).is_empty(), "it is given when the document is issued");
    let joined = found(|d| d.masthead.signatories[0].name = "张示例、李示例".into());
    assert_eq!(joined, ["“张示例、李示例”像是几个名称，这里按一个印"]);
    assert_eq!(found(|d| d.masthead.number = "示工信〔2023〕21号".parse().ok()).len(), 1);
    assert_eq!(found(|d| d.title.push('。')).len(), 2);
    assert_eq!(found(|d| d.masthead.copy_number = Some("12".into())), ["份号“12”不是6位阿拉伯数字"]);
    assert_eq!(found(|d| d.closing.dated = None), ["定稿没有成文日期"]);
    assert_eq!(found(|d| d.colophon = None), ["文件格式的公文没有版记"]);
    let early =
        |d: &mut Document| d.colophon = Some(Colophon { printed_on: Day::new(2024, 6, 12), ..Colophon::default() });
    assert_eq!(found(early), ["印发日期2024年6月12日早于成文日期2024年6月13日"]);
}

#[test]
fn an_explanation_says_what_it_explains() {
    let explaining = |relation: Option<Relation>| {
        found(|d| {
            retype(d, Genre::Explanation, "《示例政策》政策解读");
            d.addressee.clear();
            d.colophon = None;
            d.record.publication.relations = relation.into_iter().collect();
        })
    };
    let relation = |kind| Some(Relation { kind, to: "a".into() });
    assert_eq!(explaining(None), ["解读没有写解读的是哪一件"]);
    assert_eq!(explaining(relation(RelationKind::RestsOn)).len(), 1);
    assert_eq!(explaining(relation(RelationKind::Explains)), Vec::<String>::new());
}

#[test]
fn what_is_classified_is_numbered_and_not_too_long() {
    let classify = |period: &str, copy: Option<&str>| {
        let secrecy = Secrecy { level: SecrecyLevel::Confidential, period: Some(period.into()) };
        found(|d| {
            d.masthead.secrecy = Some(secrecy);
            d.masthead.copy_number = copy.map(str::to_owned);
        })
    };
    assert_eq!(classify("10年", Some("000001")), Vec::<String>::new());
    assert_eq!(classify("11年", Some("000001")), ["秘密的保密期限11年超过10年"]);
    assert_eq!(classify("10年", None), ["涉密公文没有份号"]);
}

#[test]
fn a_letter_has_no_red_file_head_and_an_order_no_addressee() {
    let letter = found(|d| {
        retype(d, Genre::Letter, "示例市工业和信息化局关于核实数据的函");
        d.format = Format::Document;
    });
    assert_eq!(letter, ["函用了带“文件”二字的红头"]);
    let order = found(|d| {
        retype(d, Genre::Order, "示例市人民政府令");
        d.masthead.number = "第3号".parse().ok();
        d.closing.style = ClosingStyle::Stamped;
        d.closing.signatures = vec![Signature { name: "市长".into(), person: Some("示例".into()), seal: None }];
    });
    assert_eq!(order, ["命令是公布性的，没有主送机关"]);
}

#[test]
fn an_order_is_signed_by_name_and_numbered_by_itself() {
    let order = |change: fn(&mut Document)| {
        found(|d| {
            retype(d, Genre::Order, "示例市人民政府令");
            d.addressee.clear();
            d.masthead.number = "第3号".parse().ok();
            d.closing.style = ClosingStyle::Stamped;
            d.closing.signatures = vec![Signature { name: "市长".into(), person: Some("示例".into()), seal: None }];
            change(d);
        })
    };
    assert_eq!(order(|_| {}), Vec::<String>::new());
    assert_eq!(order(|d| d.masthead.number = "示政〔2024〕3号".parse().ok()), ["令号写成了发文字号"]);
    let unsigned = ["命令（令）没有签发人的职务和签名章"];
    assert_eq!(order(|d| d.closing.signatures[0].person = None), unsigned);
    assert_eq!(order(|d| d.closing.signatures.clear()), unsigned);
    assert_eq!(order(|d| d.closing.style = ClosingStyle::Sealed), unsigned);
    assert_eq!(found(|d| d.masthead.number = "第3号".parse().ok()), ["发文字号没有机关代字和年份"]);
}

#[test]
fn a_stamp_says_whose_it_is() {
    let stamped = |person: Option<&str>, seal: Option<Seal>| {
        found(|d| {
            d.closing.style = ClosingStyle::Stamped;
            d.closing.signatures = vec![Signature { name: "市长".into(), person: person.map(Into::into), seal }];
        })
    };
    assert_eq!(stamped(None, None), ["签名章没有姓名"]);
    assert_eq!(stamped(Some("示例"), None), Vec::<String>::new());
    // A picture of the stamp shows the name.
    let seal = Seal { path: "data/pictures/章.svg".into(), width: 420 };
    assert_eq!(stamped(None, Some(seal)), Vec::<String>::new());
}

#[test]
fn the_page_of_an_order_and_of_minutes_is_theirs_alone() {
    assert_eq!(found(|d| d.format = Format::Minutes)[0], "请示用了纪要格式");
    let order = found(|d| {
        d.format = Format::Order;
        d.masthead.number = "第3号".parse().ok();
    });
    assert!(order.contains(&"请示用了命令（令）格式".to_owned()), "{order:?}");
    for (genre, title, wanted) in [
        (Genre::Order, "示例市人民政府令", "命令（令）没有用命令格式"),
        (Genre::Minutes, "示例会议纪要", "纪要没有用纪要格式"),
    ] {
        let wrong = found(|d| {
            retype(d, genre, title);
            d.addressee.clear();
            d.format = Format::Letter;
        });
        assert!(wrong.contains(&wanted.to_owned()), "{wrong:?}");
    }
}

#[test]
fn joint_issuers_have_as_many_signatories() {
    let joint = |names: &[&str]| {
        found(|d| {
            d.masthead.issuers.push("示例市财政局".into());
            d.masthead.signatories = names.iter().map(|name| Signatory { name: (*name).into() }).collect();
        })
    };
    assert_eq!(joint(&["甲"]), ["联合行文的机关有2个，签发人有1个"]);
    assert_eq!(joint(&["甲", "乙"]), Vec::<String>::new());
    assert_eq!(joint(&["甲", "乙", "丙"]), ["联合行文的机关有2个，签发人有3个"]);
    // One office may have two who sign off.
    assert_eq!(found(|d| d.masthead.signatories.push(Signatory { name: "乙".into() })), Vec::<String>::new());
    let downwards = found(|d| {
        d.genre = Genre::Notice;
        d.title = "示例市工业和信息化局关于报送材料的通知".into();
    });
    assert_eq!(downwards, ["通知不是上行文，却标了签发人"]);
}

#[test]
fn nobody_gets_a_copy_twice() {
    let copies = |list: &[&str]| {
        let printed_on = Day::new(2024, 6, 14);
        let copies_to = list.iter().map(|line| (*line).to_owned()).collect();
        found(|d| d.colophon = Some(Colophon { copies_to, printed_on, ..Colophon::default() }))
    };
    assert_eq!(copies(&["示例市财政局，示例市统计局。"]), Vec::<String>::new());
    assert_eq!(copies(&["示例市财政局，示例市人民政府。"]), ["“示例市人民政府”既主送又抄送"]);
    assert_eq!(copies(&["示例市财政局，示例市统计局，示例市财政局。"]), ["抄送写了两次“示例市财政局”"]);
    assert_eq!(copies(&["示例市财政局。", "示例市财政局。"]), ["抄送写了两次“示例市财政局”"]);
}

#[test]
fn the_day_of_printing_may_be_the_day_of_the_document() {
    let same = |d: &mut Document| {
        d.colophon = Some(Colophon { printed_on: d.closing.dated, ..Colophon::default() });
    };
    assert_eq!(found(same), Vec::<String>::new());
}
