//! `hongtou init` — a workspace with the sample data, so that the installed program alone is enough; or an empty one of one's own office,
//! after six questions.

use std::io::{BufRead, IsTerminal, Write};

use super::arguments::{Common, Init};
use super::{Ending, Failure, print};
use crate::assets;
use crate::disk::fill;
use crate::project;
use crate::site::Domain;
use crate::workbench::QUESTIONS;
use crate::yaml::scalar;

pub(super) fn run(common: &Common, options: &Init) -> Result<Ending, Failure> {
    let folder = &options.folder;
    if project::is_filled(folder) {
        return Err(Failure::Other(format!("{} 不是空的，没有改动。换一个还没有的文件夹", folder.display())));
    }
    let sample = assets::sample().into_iter();
    let data: Vec<(String, Vec<u8>)> = if options.blank {
        let office = office(&answers()?)?;
        // What is the state's, and what any policy may ask, is no sample.
        let common = sample.filter(|(path, _)| path.starts_with("calendar/") || path == "facts.yaml");
        common
            .map(|(path, bytes)| (format!("data/{path}"), bytes.into_owned()))
            .chain([("data/office.yaml".to_owned(), office.into_bytes())])
            .collect()
    } else {
        sample.map(|(path, bytes)| (format!("data/{path}"), bytes.into_owned())).collect()
    };
    let templates =
        assets::templates().into_iter().map(|(path, bytes)| (format!("templates/{path}"), bytes.into_owned()));
    let files: Vec<_> = if options.templates { templates.chain(data).collect() } else { data };
    fill(folder, files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_ref())))?;
    if !common.quiet {
        let next = if options.blank { "hongtou serve --open" } else { "hongtou build" };
        print::error(&format!(
            "在 {} 建好了工作区，{}个文件。运行：{next} --root {}",
            folder.display(),
            files.len(),
            folder.display()
        ));
    }
    Ok(Ending::Fine)
}

/// The answers, each on a line of its own.
fn answers() -> Result<Vec<String>, Failure> {
    let mut lines = std::io::stdin().lock();
    let asks = std::io::stdin().is_terminal();
    let mut answers = Vec::new();
    for (_, question, example) in QUESTIONS {
        if asks {
            let mut out = std::io::stderr().lock();
            write!(out, "{question}（如 {example}）：")?;
            out.flush()?;
        }
        let mut line = String::new();
        lines.read_line(&mut line)?;
        let answer = line.trim().to_owned();
        if answer.is_empty() {
            return Err(Failure::Other(format!("没有回答“{question}”，什么也没有建")));
        }
        answers.push(answer);
    }
    Ok(answers)
}

/// `data/office.yaml` of an office. What it is not asked stays as the sample has it: nothing is issued before that is put right.
fn office(answers: &[String]) -> Result<String, Failure> {
    let [name, short, code, address, telephone, domain] = answers else {
        return Err(Failure::Other("要六个回答".to_owned()));
    };
    domain.parse::<Domain>().map_err(|why| Failure::Other(format!("网站域名：{why}")))?;
    let of = |text: &str| scalar(text);
    let (name, short, code, domain) = (of(name), of(short), of(code), of(domain));
    let (address, telephone) = (of(address), of(telephone));
    Ok(format!(
        "# 本机关。邮编、网站标识码还是样例的，印发以前换成自己的；还能写什么见 hongtou init 建的样例和 README。\n\
         机关:\n  全称: {name}\n  简称: {short}\n  代字: {code}\n  地址: {address}\n  邮编: \"000000\"\n  电话: {telephone}\n\
         网站:\n  网站名称: {name}\n  域名: {domain}\n  网站标识码: \"0000000001\"\n  主办单位: {name}\n  地址: {address}\n  电话: {telephone}\n\
         # 标题回行时不得拆开的词，一行一个“- 词”。\n词表: []\n"
    ))
}
