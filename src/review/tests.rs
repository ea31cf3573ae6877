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
    assert_eq!(found(|d| d.masthead.number = None), ["定稿没有发文字号"]);
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
