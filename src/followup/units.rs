//! 责任单位 — whom a clause charges with its work: `责任单位：市工信局、市科技局、市财政局。`, `牵头单位：甲；配合单位：乙、丙`, on a line of its
//! own or in brackets behind a sentence. The first one leads, the others assist.

/// Words before the names of those who are responsible, in the order in which they lead.
const HEADS: [&str; 9] =
    ["牵头单位", "牵头部门", "责任单位", "责任部门", "配合单位", "配合部门", "参与单位", "协办单位", "主办单位"];

/// Those whom the words of a clause charge, the leading one first, each once.
#[must_use]
pub fn responsible(words: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    let mut heads: Vec<(usize, usize)> = HEADS
        .iter()
        .flat_map(|head| words.match_indices(head))
        .filter_map(|(at, head)| {
            let rest = words.get(at + head.len()..)?;
            let colon = rest.chars().next().filter(|c| matches!(c, '：' | ':'))?;
            Some((at, at + head.len() + colon.len_utf8()))
        })
        .collect();
    heads.sort_unstable();
    for (_, from) in heads {
        let rest = words.get(from..).unwrap_or_default();
        let end = rest.find(['。', '；', ';', '）', ')', '\n']).unwrap_or(rest.len());
        let names = rest.get(..end).unwrap_or_default().split(['、', '，', ',']);
        for name in names.map(str::trim).map(|name| name.trim_end_matches('等')).filter(|name| !name.is_empty()) {
            if !found.contains(&name) {
                found.push(name);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::responsible;

    #[test]
    fn the_first_one_leads() {
        assert_eq!(
            responsible("支持企业。\n责任单位：市工信局、市科技局、市财政局。"),
            ["市工信局", "市科技局", "市财政局"]
        );
        assert_eq!(responsible("加强监管（牵头单位：甲局；配合单位：乙局，丙局）。"), ["甲局", "乙局", "丙局"]);
        assert_eq!(responsible("做好宣传（责任单位:甲局）。抓好落实（责任单位：乙局、甲局）"), ["甲局", "乙局"]);
        assert!(responsible("各责任单位要抓好落实。").is_empty());
    }
}
