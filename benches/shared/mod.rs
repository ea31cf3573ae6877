//! What benchmarks share: a workspace with so many invented enterprises, and what the system says of this process.

#![allow(dead_code, reason = "each benchmark uses its part")]

use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The sample workspace with as many invented enterprises in place of its own.
pub fn generate(folder: &Path, count: usize, alone: bool) {
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
pub fn processor_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> =
        stat.rsplit(')').next().unwrap_or("").split_whitespace().filter_map(|field| field.parse().ok()).collect();
    // The state is no number, so user and system time are the eleventh and twelfth of those that are.
    fields.get(10).copied().unwrap_or(0.0) / 100.0 + fields.get(11).copied().unwrap_or(0.0) / 100.0
}

/// The most memory that this process has held, in megabytes; 0 where the system does not tell.
pub fn peak_megabytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).map_or(0, |kilobytes| kilobytes / 1024)
}
