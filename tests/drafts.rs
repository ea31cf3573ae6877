//! Word drafts, made by other programs and left as people leave them (`tests/cases/exchange/word`): each is read, told apart and held against
//! what an official says beside it, word for word; and imported, so that it can be printed.

use std::fs;
use std::path::{Path, PathBuf};

use hongtou::exchange::word::{Changes, Elements, Manuscript, Piece, open};
use hongtou::yaml::{Node, NodeKind};

use crate::exchange::{items, tree};
use crate::workspace::Workspace;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/exchange/word")
}

fn texts(node: &Node, key: &str) -> Vec<String> {
    match node.child(key).map(|node| &node.kind) {
        Some(NodeKind::List(items)) => items.iter().filter_map(Node::text).map(bare).collect(),
        Some(NodeKind::Scalar(text)) => vec![bare(text)],
        _ => Vec::new(),
    }
}

/// Without any blank.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What stands in a draft, line by line; tables, pictures and formulas by their places.
fn lines(manuscript: &Manuscript) -> Vec<String> {
    let (mut tables, mut pictures) = (0, 0);
    let mut lines = Vec::new();
    for piece in &manuscript.pieces {
        match piece {
            Piece::Line(line) if line.centred => lines.push(bare(&line.text())),
            Piece::Line(line) => lines.extend(line.parted().iter().map(|line| bare(&line.text()))),
            Piece::Table(table) if table.is_layout => {
                let cells = table.rows.iter().flatten().flat_map(|cell| &cell.lines);
                lines.extend(cells.map(|line| bare(&line.text())));
            }
            Piece::Table(_) => {
                tables += 1;
                lines.push(format!("〔表{tables}〕"));
            }
            Piece::Picture(_) => {
                pictures += 1;
                lines.push(format!("〔图{pictures}〕"));
            }
        }
    }
    lines
}

fn grids(elements: &Elements) -> Vec<(usize, Vec<Vec<String>>)> {
    let all = elements.body.iter().chain(elements.attachments.iter().flat_map(|(_, pieces)| pieces));
    let tables = all.filter_map(|piece| if let Piece::Table(table) = piece { Some(table) } else { None });
    let of = |table: &hongtou::exchange::word::Table| {
        let rows = table.rows.iter().map(|row| row.iter().map(|cell| bare(&cell.text())).collect());
        (table.head, rows.collect())
    };
    tables.map(of).collect()
}

fn grid_of(node: &Node) -> (usize, Vec<Vec<String>>) {
    let head = node.child("表头行").and_then(Node::text).and_then(|head| head.parse().ok()).unwrap_or(1);
    let rows = items(node, "行").iter().map(|row| match &row.kind {
        NodeKind::List(cells) => cells.iter().map(|cell| bare(cell.text().unwrap_or_default())).collect(),
        _ => Vec::new(),
    });
    (head, rows.collect())
}

/// The elements that an official names, as the reader names them.
fn element(elements: &Elements, key: &str) -> Option<Vec<String>> {
    let one = |text: &Option<String>| text.iter().map(|text| bare(text)).collect();
    let all = |texts: &[String]| texts.iter().map(|text| bare(text)).collect();
    let day = |day: Option<hongtou::calendar::Day>| day.iter().map(|day| day.iso()).collect();
    Some(match key {
        "标题" => vec![bare(&elements.title)],
        "标题分行" => all(&elements.title_lines),
        "标志" => one(&elements.mark),
        "文号" => one(&elements.number),
        "签发人" => all(&elements.signatories),
        "主送" => one(&elements.addressee),
        "署名" => all(&elements.signatures),
        "日期" => day(elements.day),
        "附注" => one(&elements.note),
        "附件" => elements.attachments.iter().map(|(name, _)| bare(name)).collect(),
        "印发的文件" => {
            elements.attachments.iter().filter(|_| elements.issues).map(|(name, _)| bare(name)).collect()
        }
        "抄送" => elements.copies_to.iter().flat_map(|line| line.split('，')).map(bare).collect(),
        "印发机关" => one(&elements.printed_by),
        "印发日期" => day(elements.printed_on),
        _ => return None,
    })
}

#[test]
fn drafts_are_read_word_for_word() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    let mut files: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files.into_iter().filter(|path| path.to_string_lossy().ends_with(".期望.yaml")) {
        let wanted = tree(&fs::read_to_string(&file).unwrap());
        let name = file.file_name().unwrap().to_string_lossy().replace(".期望.yaml", "");
        let bytes = fs::read(folder().join(&name)).unwrap();
        tried += 1;
        let mut tell = |what: &str, said: &dyn std::fmt::Debug, read: &dyn std::fmt::Debug| {
            wrong.push(format!("{name} {what}:\n  wanted {said:?}\n  read   {read:?}"));
        };
        let manuscript = match open(&bytes, Changes::Accepted) {
            Ok(manuscript) => manuscript,
            Err(error) => {
                let said = items(&wanted, "问题").iter().filter_map(|one| one.child("说").and_then(Node::text));
                let said: Vec<&str> = said.collect();
                if said.is_empty() || !said.iter().all(|said| error.to_string().contains(said)) {
                    tell("问题", &said, &error.to_string());
                }
                continue;
            }
        };
        if !items(&wanted, "问题").is_empty() {
            tell("问题", &items(&wanted, "问题").len(), &"read");
        }
        let elements = Elements::of(&manuscript);
        for (mode, key) in [(Changes::Accepted, "正文"), (Changes::Rejected, "拒绝后的正文")] {
            let said = texts(&wanted, key);
            if said.is_empty() {
                continue;
            }
            let read = open(&bytes, mode).unwrap();
            // Paragraphs of one element, and lines that soft returns part, read on.
            let (whole, lines) = (said.concat(), lines(&read));
            if whole != lines.concat() && !tabbed(&elements, &said, &lines) {
                let at = said.iter().zip(&lines).position(|(one, other)| one != other).unwrap_or(0);
                tell(key, &said.get(at..(at + 3).min(said.len())), &lines.get(at..(at + 3).min(lines.len())));
            }
        }
        let said: Vec<_> = items(&wanted, "表格").iter().map(grid_of).collect();
        if said != grids(&elements) {
            tell("表格", &said, &grids(&elements));
        }
        if let Some(NodeKind::Map(pairs)) = wanted.child("要素").map(|node| &node.kind) {
            for (key, _) in pairs {
                let key = key.text().unwrap();
                let said = texts(wanted.child("要素").unwrap(), key);
                let said: Vec<String> = if key == "抄送" {
                    said.iter().flat_map(|line| line.split('，')).map(bare).collect()
                } else {
                    said
                };
                let said: Vec<String> = said.iter().map(|name| name.replace("（另附）", "")).collect();
                let read = element(&elements, key)
                    .map(|read| read.iter().map(|name| name.replace("（另附）", "")).collect::<Vec<_>>());
                if read.as_ref().is_some_and(|read| *read != said) {
                    tell(key, &said, &read);
                }
            }
        }
        let changes: Vec<[String; 3]> = manuscript
            .changes
            .iter()
            .map(|change| [change.author.clone(), change.edit.name().to_owned(), bare(&change.text)])
            .collect();
        let of = |node: &Node, key: &str| bare(node.child(key).and_then(Node::text).unwrap_or_default());
        let said: Vec<[String; 3]> =
            items(&wanted, "修订").iter().map(|one| [of(one, "作者"), of(one, "种类"), of(one, "字")]).collect();
        // Where a moved text is told, where it came from or where it went, is all one.
        let sorted = |mut all: Vec<[String; 3]>| {
            all.sort();
            all
        };
        let (said, changes) = (sorted(said), sorted(changes));
        if said != changes {
            tell("修订", &said, &changes);
        }
        let comments: Vec<[String; 3]> = manuscript
            .comments
            .iter()
            .map(|comment| [bare(&comment.author), bare(&comment.on), bare(&comment.text)])
            .collect();
        let said: Vec<[String; 3]> =
            items(&wanted, "批注").iter().map(|one| [of(one, "作者"), of(one, "在"), of(one, "说")]).collect();
        if said != comments {
            tell("批注", &said, &comments);
        }
        // What is not carried over is told: the words behind the colon are those of the draft.
        let told: Vec<String> = manuscript.remarks.iter().chain(&elements.remarks).map(|remark| bare(remark)).collect();
        for said in texts(&wanted, "说明").iter().filter_map(|said| said.split_once('：')).map(|(_, words)| words) {
            let is_description = said.contains(['“', '”']) || said.contains("不用带") || said.contains('问');
            if !is_description && !told.iter().any(|told| told.contains(said)) {
                tell("说明", &said, &told);
            }
        }
    }
    assert!(tried > 18, "{tried}");
    assert!(wrong.is_empty(), "{} of {tried}\n{}", wrong.len(), wrong.join("\n"));
}

/// Whether the lines differ only in that some of them, parted by tabs, are a table.
fn tabbed(elements: &Elements, said: &[String], lines: &[String]) -> bool {
    let tables: String = grids(elements).iter().flat_map(|(_, rows)| rows.iter().flatten().cloned()).collect();
    let said: String = said.concat().replace("〔表1〕", &tables);
    said == lines.concat()
}

/// Each draft becomes a notice that is printed; its words are in the source, and a second time nothing is written over.
#[test]
fn drafts_become_notices() {
    for (name, genre) in [
        ("通知.docx", "通知"),
        ("联合通知.docx", "通知"),
        ("会议纪要.docx", "纪要"),
        ("请示.docx", "请示"),
        ("自动编号.docx", "通知"),
        ("修订.docx", "通知"),
        ("软回车.docx", "通知"),
        ("文本框.docx", "报告"),
        ("WPS函.docx", "函"),
        ("LO通知.docx", "通知"),
        ("从doc来.docx", "通知"),
        ("宏.docm", "通知"),
    ] {
        let workspace = Workspace::sample();
        let path = folder().join(name);
        let path = path.to_string_lossy();
        let arguments = ["import", &path, "--as", genre, "--on", "2026-06-01"];
        let run = workspace.run(&arguments);
        assert_ne!(run.code, Some(2), "{name} {}{}", run.out, run.err);
        let stem = name.rsplit_once('.').unwrap().0;
        let source = workspace.read(&format!("data/notices/{stem}.md"));
        let manuscript = open(&fs::read(&*path).unwrap(), Changes::Accepted).unwrap();
        let plain = |text: &str| bare(text).replace(['\\', '*', '#'], "");
        let written = plain(&source);
        for line in lines(&manuscript).iter().filter(|line| line.ends_with('。') && line.chars().count() > 12) {
            // Lines with tabs and soft returns are parted.
            if !name.starts_with("软回车") && !line.starts_with("抄送") {
                let line = plain(line.trim_start_matches("分送："));
                assert!(written.contains(line.trim_end_matches('。')), "{name}: {line}\n{source}");
            }
        }
        let out = workspace.path("印.pdf").to_string_lossy().into_owned();
        let printed = workspace.run(&["render", stem, "-o", &out, "--on", "2026-06-01"]);
        assert!(
            fs::metadata(&out).is_ok_and(|file| file.len() > 10_000),
            "{name}: {}{}\n{source}",
            printed.out,
            printed.err
        );
        let again = workspace.run(&arguments);
        assert!(again.code == Some(2) && again.err.contains("已经有了"), "{name}: {}", again.err);
        assert_eq!(workspace.read(&format!("data/notices/{stem}.md")), source);
    }
}

/// A part of a .docx with other words in it, as somebody's Word would save it.
fn edited(bytes: &[u8], change: impl Fn(&str) -> String) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut fresh = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name == "word/document.xml" {
            let text = String::from_utf8(bytes).unwrap();
            let changed = change(&text);
            assert_ne!(text, changed);
            bytes = changed.into_bytes();
        }
        fresh.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        fresh.write_all(&bytes).unwrap();
    }
    fresh.finish().unwrap().into_inner()
}

/// A leader changes a Word file, tracked and not; what is accepted goes into the source, its comments stay, and nothing else is touched.
#[test]
fn a_changed_word_file_goes_back_into_the_source() {
    let workspace = Workspace::sample();
    let path = |name: &str| workspace.path(name).to_string_lossy().into_owned();
    let (out, changed) = (path("座谈.docx"), path("改过.docx"));
    let notice = "baogao-2023";
    let source = workspace.read("data/notices/baogao-2023.md");
    assert_eq!(workspace.run(&["render", notice, "-o", &out]).code, Some(0));
    let same = workspace.run(&["import", &out, "--into", notice]);
    assert!(same.code == Some(0) && same.err.contains("没有改动"), "{}{}", same.out, same.err);
    let bytes = fs::read(&out).unwrap();
    let run = "<w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr>";
    let fresh = edited(&bytes, |xml| {
        let tracked = format!(
            "</w:t></w:r><w:del w:id=\"1\" w:author=\"张示例\"><w:r>{run}<w:delText>126</w:delText></w:r></w:del><w:ins w:id=\"2\" \
             w:author=\"张示例\"><w:r>{run}<w:t>128</w:t></w:r></w:ins><w:r>{run}<w:t xml:space=\"preserve\">"
        );
        assert_eq!(xml.matches("企业126家").count(), 1);
        xml.replacen("企业126家", &format!("企业{tracked}家"), 1).replacen("企业资金压力较大", "企业资金压力很大", 1)
    });
    fs::write(&changed, &fresh).unwrap();
    let listed = workspace.run(&["import", &changed, "--into", notice]);
    assert_eq!(listed.code, Some(0), "{}{}", listed.out, listed.err);
    assert!(listed.out.contains("1. 改") && listed.out.contains("（张示例）"), "{}", listed.out);
    assert!(listed.out.contains("128家") && listed.out.contains("压力很大"), "{}", listed.out);
    assert_eq!(workspace.read("data/notices/baogao-2023.md"), source);
    // As if the tracked change was refused: only the other one is left.
    let refused = workspace.run(&["import", &changed, "--into", notice, "--changes", "拒绝"]);
    assert!(!refused.out.contains("128家") && refused.out.contains("压力很大"), "{}", refused.out);
    let wrong = workspace.run(&["import", &changed, "--into", notice, "--accept", "3"]);
    assert!(wrong.code == Some(2) && wrong.err.contains("不是改动的序号"), "{}", wrong.err);
    let accepted = workspace.run(&["import", &changed, "--into", notice, "--accept", "1"]);
    assert_eq!(accepted.code, Some(0), "{}{}", accepted.out, accepted.err);
    assert_eq!(workspace.read("data/notices/baogao-2023.md"), source.replacen("企业126家", "企业128家", 1));
    workspace.run(&["import", &changed, "--into", notice, "--accept", "all"]);
    let all = source.replacen("企业126家", "企业128家", 1).replacen("企业资金压力较大", "企业资金压力很大", 1);
    assert_eq!(workspace.read("data/notices/baogao-2023.md"), all);
    let again = workspace.run(&["import", &changed, "--into", notice, "--accept", "all"]);
    assert!(again.err.contains("没有改动"), "{}", again.err);
    // What is asked of tables is not passed over; a draft of one paragraph has no title to compare.
    let marked = workspace.run(&["import", &changed, "--into", notice, "--mark", "标注.xlsx"]);
    assert!(marked.code == Some(2) && marked.err.contains("--mark 只用于表格"), "{}", marked.err);
    let plain = edited(&bytes, |xml| {
        let (start, end) = (xml.find("<w:body>").unwrap() + 8, xml.rfind("<w:sectPr>").unwrap());
        format!("{}<w:p><w:r><w:t>只有这一段话。</w:t></w:r></w:p>{}", &xml[..start], &xml[end..])
    });
    fs::write(&changed, &plain).unwrap();
    let listed = workspace.run(&["import", &changed, "--into", notice]);
    let lines: Vec<&str> = listed.out.lines().collect();
    let bare = lines.windows(2).any(|pair| pair[0].contains(". 增 ") && !pair[1].trim_start().starts_with('+'));
    assert!(listed.out.contains("+ 只有这一段话。") && !bare, "{}", listed.out);
}

/// Pages that are not like the others are so in Word: a turned one is full to the same line, 版记 stands on the back of a leaf without a number.
#[test]
fn pages_of_their_own_kind_are_so_in_word() {
    let workspace = Workspace::sample();
    let out = workspace.path("出.docx").to_string_lossy().into_owned();
    let sections = |notice: &str| {
        let run = workspace.run(&["render", notice, "-o", &out]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        let text =
            String::from_utf8(crate::marked::parts(&fs::read(&out).unwrap())["word/document.xml"].clone()).unwrap();
        text.split("<w:sectPr>").skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let measure = |section: &str, name: &str| {
        let from = section.find(&format!(" w:{name}=\"")).unwrap() + name.len() + 5;
        section[from..].split('"').next().unwrap().parse::<i64>().unwrap()
    };
    // A number of 14 points on a line of its face's own height stands in the margin, not in the text; the grid has whole lines.
    for section in sections("hengbiao-2024") {
        assert!(measure(&section, "footer") + 400 <= measure(&section, "bottom"), "{section}");
        let lines = |high: i64| {
            (high - measure(&section, "top") - measure(&section, "bottom")) % measure(&section, "linePitch")
        };
        assert!(lines(measure(&section, "h")) < 40, "{section}");
    }
    let of = sections("jiyao-2024-06");
    let last = of.last().unwrap();
    assert!(last.contains("<w:type w:val=\"evenPage\"/>") && !last.contains("footer1"), "{of:?}");
}

/// Out and in again: what a Word file of ours says is what the document says, element by element, and the same bytes come out each time.
#[test]
fn a_document_survives_word() {
    use hongtou::exchange::word::units;

    let workspace = Workspace::sample();
    let out = workspace.path("出.docx").to_string_lossy().into_owned();
    let again = workspace.path("再出.docx").to_string_lossy().into_owned();
    for (index, name) in [
        "baogao-2023",
        "lianhe-tongzhi",
        "han-xinyong-hecha",
        "qingshi-2024",
        "hengbiao-2024",
        "jiyao-2024-06",
        "jueding-2024",
        "zuotan-2024",
        "miji-tongzhi",
        "gongshi-2023",
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(workspace.run(&["render", name, "-o", &out, "-q"]).code, Some(0), "{name}");
        let bytes = fs::read(&out).unwrap();
        workspace.run(&["render", name, "-o", &again, "-q"]);
        assert!(fs::read(&again).unwrap() == bytes, "{name}");
        let first = units(&open(&bytes, Changes::Accepted).unwrap());
        let genre = workspace.read(&format!("data/notices/{name}.md"));
        let genre = genre.lines().find_map(|line| line.strip_prefix("文种: ")).unwrap();
        let stem = format!("hui-{index}");
        let run = workspace.run(&["import", &out, "--as", genre, "--name", &stem, "--on", "2026-06-01"]);
        assert_ne!(run.code, Some(2), "{name} {}{}", run.out, run.err);
        // What was printed before must not stand in for what is printed now.
        fs::remove_file(&again).unwrap();
        let printed = workspace.run(&["render", &stem, "-o", &again, "--on", "2026-06-01"]);
        assert!(fs::metadata(&again).is_ok(), "{name}: {}{}", printed.out, printed.err);
        let second = open(&fs::read(&again).unwrap(), Changes::Accepted);
        let second = units(&second.unwrap_or_else(|error| panic!("{name} {error} {}", printed.err)));
        let text = |units: &[hongtou::exchange::word::Unit]| -> Vec<String> {
            units.iter().map(|unit| bare(&unit.text)).filter(|text| !text.is_empty()).collect()
        };
        assert_eq!(text(&first), text(&second), "{name}\n{}", workspace.read(&format!("data/notices/{stem}.md")));
    }
    // The name says what the file is.
    let wrong = workspace.path("错.docx").to_string_lossy().into_owned();
    let run = workspace.run(&["render", "zuotan-2024", "--format", "pdf", "-o", &wrong]);
    assert!(run.code == Some(2) && run.err.contains("不符"), "{}", run.err);
}

/// A text as people type it is read as they mean it, each finding at the line as it stands; `fix` writes it in the form that is asked for, and the
/// document stays what it was.
#[test]
fn a_text_is_read_as_it_is_meant() {
    let workspace = Workspace::office();
    let written = "———\n标题：关于开展清理工作的通知\n文种:通知\n状态： 草稿\n主送:　各区县\n公开：\n  属性：主动公开\n成文日期：2024年6月33日\n---\n\n\
                   现通知如下：\n一、清理范围\n各单位要全面清理。\n（一）清理文件；\n2、清理台账。\n\n名称\t金额\n甲公司\t30\n";
    workspace.write("data/notices/qingli.md", written);
    let run = workspace.run(&["check", "--on", "2026-06-01"]);
    // The day is wrong at its own place, whatever was read as meant before it.
    assert!(run.err.contains("qingli.md 第8行第6列") && run.err.contains("2024年6月33日"), "{}", run.err);
    assert!(run.err.contains("qingli.md 第1行第1列：文件头有8处"), "{}", run.err);
    let written = written.replace("33日", "3日");
    workspace.write("data/notices/qingli.md", &written);
    let run = workspace.run(&["check", "--on", "2026-06-01"]);
    assert!(run.err.contains("qingli.md 第12行第1列：正文有4处段落之间缺空行，1个表用制表符隔开"), "{}", run.err);
    assert_eq!(run.err.matches("已照本意读").count(), 2, "{}", run.err);
    let page = workspace.path("甲.html").to_string_lossy().into_owned();
    let render = ["render", "qingli", "-o", &page, "-q", "--on", "2026-06-01"];
    workspace.run(&render);
    let before = fs::read(&page).unwrap();
    fs::remove_file(&page).unwrap();
    let shown = workspace.run(&["fix", "qingli", "--dry-run", "--on", "2026-06-01"]);
    assert!(
        shown.out.contains("\n-标题：关于开展清理工作的通知\n")
            && shown.out.contains("\n+标题: 关于开展清理工作的通知\n"),
        "{}",
        shown.out
    );
    assert_eq!(workspace.read("data/notices/qingli.md"), written);
    let fixed = workspace.run(&["fix", "--on", "2026-06-01"]);
    assert_eq!(fixed.code, Some(0), "{}{}", fixed.out, fixed.err);
    assert_eq!(
        workspace.read("data/notices/qingli.md"),
        "---\n标题: 关于开展清理工作的通知\n文种: 通知\n状态: 草稿\n主送: 各区县\n公开:\n  属性: 主动公开\n成文日期: 2024年6月3日\n---\n\n\
         现通知如下：\n\n一、清理范围\n\n各单位要全面清理。\n\n（一）清理文件；\n\n2.清理台账。\n\n| 名称 | 金额 |\n| --- | --- |\n| 甲公司 | 30 |\n"
    );
    let run = workspace.run(&["check", "--on", "2026-06-01"]);
    assert!(!run.err.contains("已照本意读") && !run.err.contains("写法不对"), "{}", run.err);
    workspace.run(&render);
    assert!(fs::read(&page).unwrap() == before, "the document is another one");
    let again = workspace.run(&["fix", "--on", "2026-06-01"]);
    assert!(again.out.contains("没有要改的写法"), "{}", again.out);
}
