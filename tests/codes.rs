//! 问题说明 — the examples on the pages of `check --explain`: what a page calls wrong is found under its name, what it calls right
//! is not. An example that names its file stands in for the right words of the small workspace, or is a file of its own.

use hongtou::diag::Code;
use serde_json::Value;

use crate::workspace::Workspace;

/// The pages whose example is of more than one file, of a command's words, or found only when something is printed or written.
const WITHOUT_FILE: [Code; 16] = [
    Code::Encoding,
    Code::Contradiction,
    Code::Reading,
    Code::Circle,
    Code::Limit,
    Code::Evidence,
    Code::Parameter,
    Code::Layout,
    Code::PageFormat,
    Code::Picture,
    Code::Issuing,
    Code::Issued,
    Code::Registration,
    Code::Publication,
    Code::Address,
    Code::Output,
];

/// The example of a page.
struct Example {
    code: Code,
    file: &'static str,
    wrong: &'static str,
    right: Option<&'static str>,
}

/// The example of a code's page, if it names a file.
fn example(code: Code) -> Option<Example> {
    let (_, rest) = code.page().split_once("\n错（`")?;
    let (file, rest) = rest.split_once("`）：").unwrap();
    let (wrong, right) = rest.split_once("\n对").unwrap();
    let block = |text: &'static str| {
        let (_, inside) = text.split_once("\n```")?;
        let (_, inside) = inside.split_once('\n')?;
        Some(inside.split_once("\n```\n")?.0)
    };
    Some(Example { code, file, wrong: block(wrong).unwrap(), right: block(right) })
}

/// Kind and file of each finding of `check`.
fn findings(workspace: &Workspace) -> Vec<(String, String)> {
    let run = workspace.run(&["check", "--format", "json"]);
    let findings: Value = serde_json::from_str(&run.out).unwrap();
    let word = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    findings.as_array().unwrap().iter().map(|finding| (word(finding, "类别"), word(finding, "文件"))).collect()
}

#[test]
fn the_examples_are_what_their_pages_say() {
    let (with, without): (Vec<Code>, Vec<Code>) = Code::ALL.iter().partition(|code| example(**code).is_some());
    assert_eq!(without, WITHOUT_FILE);
    let examples = with.into_iter().filter_map(example);
    // What must not become public stops the site, and with it what would be found there.
    let alone = |code| matches!(code, Code::Secrecy | Code::Privacy);
    let (notices, others): (Vec<_>, Vec<_>) = examples.partition(|example| {
        example.file.starts_with("data/notices/") && example.right.is_some() && !alone(example.code)
    });
    let mut unlike = Vec::new();
    // Each notice stands for itself, so that all are looked at in one run.
    let [wrong, right] = [Workspace::small(), Workspace::small()];
    for Example { file, wrong: wrong_text, right: right_text, .. } in &notices {
        wrong.write(file, wrong_text);
        right.write(file, right_text.unwrap());
    }
    let (wrong, right) = (findings(&wrong), findings(&right));
    for Example { code, file, .. } in &notices {
        // What is wrong with the site as a whole has no place in a file.
        let this = |(kind, place): &(String, String)| kind == code.name() && (place == file || place.is_empty());
        if !wrong.iter().any(this) || right.iter().any(this) {
            unlike.push(format!("{code}: {file}"));
        }
    }
    for Example { code, file, wrong, right } in &others {
        let workspace = Workspace::small();
        let whole = std::fs::read_to_string(workspace.path(file)).unwrap_or_default();
        match right.filter(|right| whole.contains(right)) {
            Some(right) => workspace.write(file, &whole.replace(right, wrong)),
            None => workspace.write(file, wrong),
        }
        if !findings(&workspace).iter().any(|(kind, _)| kind == code.name()) {
            unlike.push(format!("{code}: {file}"));
        }
    }
    assert!(unlike.is_empty(), "not found where wrong, or found where right:\n{}", unlike.join("\n"));
}

#[test]
fn a_kind_of_finding_is_explained() {
    let workspace = Workspace::small();
    let run = workspace.run(&["check", "--explain", "引用"]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.starts_with("# 引用：") && run.out.contains("怎么改"), "{}", run.out);
    let run = workspace.run(&["check", "--explain", "发文字好"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("没有“发文字好”这一类问题，是不是“发文字号”？"), "{}", run.err);
    let run = workspace.run(&["check", "--explain"]);
    assert_eq!(run.code, Some(0));
    for code in Code::ALL {
        assert!(run.out.contains(code.name()) && run.out.contains(code.summary()), "{code}");
    }
}
