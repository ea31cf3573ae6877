//! 一千家企业 — the whole way from declarations to letters: how many documents a second, how much processor time each, how
//! much memory. `cargo bench --bench letters` (`-- 100` for as many enterprises; `-- letters` for the letters alone, without the
//! two notices that list a thousand enterprises on more than a hundred pages each).

#![allow(clippy::disallowed_methods, reason = "a benchmark asks the clock and the machine")]
#![expect(clippy::print_stdout, clippy::expect_used, reason = "a benchmark reports and may stop")]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::Instant;

use hongtou::build::Workshop;
use hongtou::calendar::Day;
use hongtou::project::Project;

// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let count = std::env::args().filter_map(|argument| argument.parse().ok()).next_back().unwrap_or(1000);
    let alone = std::env::args().any(|argument| argument == "letters");
    let folder = tempfile::tempdir().expect("a temporary folder");
    generate(folder.path(), count, alone);
    let started = Instant::now();
    let (project, report) = Project::load(folder.path(), &[]);
    assert!(!report.has_errors(), "{report:?}");
    println!("读取{count}家企业：{:.2}秒", started.elapsed().as_secs_f64());
    let on = Day::new(2024, 6, 30).expect("a day");
    let (workshop, _) = Workshop::new(&project, &hongtou::diag::Report::default(), on);
    let threads = hongtou::parallel::threads();
    let (started, cpu) = (Instant::now(), processor_seconds());
    let (output, report) = workshop.build(threads, &|_, _| {});
    assert!(!report.has_errors(), "{:?}", report.findings().first());
    let (wall, cpu) = (started.elapsed().as_secs_f64(), processor_seconds() - cpu);
    let documents = output.documents;
    println!(
        "{documents}件公文，{}页，{threads}个线程：{wall:.1}秒，每秒{:.1}件，每件处理器时间{:.1}毫秒，内存最高{} MB",
        output.pages,
        f64::from(u32::try_from(documents).unwrap_or(u32::MAX)) / wall,
        cpu * 1000.0 / f64::from(u32::try_from(documents).unwrap_or(u32::MAX)),
        peak_megabytes()
    );
}

/// The sample workspace with as many invented enterprises in place of its own.
fn generate(folder: &Path, count: usize, alone: bool) {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for part in ["calendar", "catalogues", "policies"] {
        for entry in
            walkdir::WalkDir::new(sample.join(part)).into_iter().flatten().filter(|entry| entry.file_type().is_file())
        {
            let target = folder.join("data").join(entry.path().strip_prefix(&sample).expect("below"));
            fs::create_dir_all(target.parent().expect("a folder")).expect("a folder is made");
            fs::copy(entry.path(), target).expect("a file is copied");
        }
    }
    let lists = ["notices/gongshi-2023.md", "notices/jiangli-2023.md"];
    for file in ["office.yaml", "notices/gaozhishu-2023.md"].into_iter().chain(lists.into_iter().filter(|_| !alone)) {
        let target = folder.join("data").join(file);
        fs::create_dir_all(target.parent().expect("a folder")).expect("a folder is made");
        fs::copy(sample.join(file), target).expect("a file is copied");
    }
    let (mut enterprises, mut declarations) = (String::new(), String::from("年度: 2023\n申报:\n"));
    for index in 0..count {
        let code = code(index);
        let _ = write!(
            enterprises,
            "- 名称: 示例第{index}号铝业有限公司\n  统一社会信用代码: {code}\n  区县: 巩义市\n  行业: [新材料, 铝加工]\n  规模以上: 是\n  有毒有害废弃物处理: 是\n"
        );
        let _ = write!(
            declarations,
            "  - 企业: {code}\n    主营业务收入: {{ 2022: {}万元, 2023: {}万元 }}\n    产品:\n      - 名称: 示例铝板{index}\n        目录条目: LJG-003\n        销售额: {{ 2022: 4000万元, 2023: {}万元 }}\n    环保:\n      服务费用: {{ 2023: {}万元 }}\n",
            6000 + index,
            7000 + index * 2,
            5000 + index * 7,
            10 + index % 90
        );
    }
    for (path, text) in [("enterprises/all.yaml", enterprises), ("declarations/2023.yaml", declarations)] {
        let target = folder.join("data").join(path);
        fs::create_dir_all(target.parent().expect("a folder")).expect("a folder is made");
        fs::write(target, text).expect("a file is written");
    }
}

/// A code with a right check character (GB 32100—2015).
fn code(index: usize) -> String {
    let body = format!("91410181MA{index:07}");
    let alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let mut weight = 1;
    let sum: usize = body
        .chars()
        .map(|c| {
            let value = alphabet.find(c).unwrap_or(0) * weight;
            weight = weight * 3 % 31;
            value
        })
        .sum();
    format!("{body}{}", alphabet.chars().nth((31 - sum % 31) % 31).unwrap_or('0'))
}

/// Processor time of this process, in seconds; 0 where the system does not tell.
fn processor_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> =
        stat.rsplit(')').next().unwrap_or("").split_whitespace().filter_map(|field| field.parse().ok()).collect();
    // The state is no number, so user and system time are the eleventh and twelfth of those that are.
    fields.get(10).copied().unwrap_or(0.0) / 100.0 + fields.get(11).copied().unwrap_or(0.0) / 100.0
}

/// The most memory that this process has held, in megabytes; 0 where the system does not tell.
fn peak_megabytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).map_or(0, |kilobytes| kilobytes / 1024)
}
