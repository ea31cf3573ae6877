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

/// A line without the words that charge somebody with it.
#[must_use]
pub fn uncharged(line: &str) -> String {
    let mut kept = String::new();
    let mut rest = line;
    while let Some((before, inside, after)) = bracketed(rest) {
        kept.push_str(before);
        if responsible(inside).is_empty() {
            kept.push_str(rest.get(before.len()..rest.len() - after.len()).unwrap_or_default());
        }
        rest = after;
    }
    kept.push_str(rest);
    let heads = HEADS.iter().filter_map(|head| kept.find(head));
    match heads.min().filter(|_| !responsible(&kept).is_empty()) {
        Some(at) => kept.get(..at).unwrap_or_default().to_owned(),
        None => kept,
    }
}

/// What stands before, in, and behind the first brackets of a text.
fn bracketed(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once(['（', '('])?;
    let (inside, after) = rest.split_once(['）', ')'])?;
    Some((before, inside, after))
}

#[cfg(test)]
mod tests {
    use super::{responsible, uncharged};

    #[test]
    fn what_is_to_be_done_is_told_without_who_does_it() {
        assert_eq!(uncharged("给予补助（含设备）。（责任单位：甲局、乙局）"), "给予补助（含设备）。");
        assert_eq!(uncharged("加强监管（牵头单位：甲局；配合单位：乙局），按时公开。"), "加强监管，按时公开。");
        assert_eq!(uncharged("抓好落实。责任单位：甲局。"), "抓好落实。");
        assert_eq!(uncharged("责任单位：甲局、乙局。"), "");
        assert_eq!(uncharged("各责任单位要抓好落实（见附件"), "各责任单位要抓好落实（见附件");
    }

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
