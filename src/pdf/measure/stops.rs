//! 标点的位置 — no line of any text or cell begins with a sign that belongs to what is before it, or ends with one that belongs to
//! what follows (GB/T 15834—2011, 5.1).

use super::super::sheet::Ink;
use super::super::stops::OPENING;
use super::ruler::Ruler;

pub(super) fn measure(ruler: &mut Ruler<'_>) {
    let wrong = ruler.pages.line_ends().find_map(|(above, below)| {
        let ended = above.text.trim_end().ends_with(|sign| OPENING.contains(sign));
        let place = |ink: &Ink, what: &str| format!("第{}页“{}”在行{what}", ink.page, ink.text.trim());
        if below.begins_with_a_stop() { Some(place(below, "首")) } else { ended.then(|| place(above, "末")) }
    });
    let holds = wrong.is_none();
    let shown = wrong.unwrap_or_else(|| "如此".to_owned());
    ruler.fact(
        "7.3.3",
        "行首行末的标点（GB/T 15834—2011，5.1）",
        "点号和后引号、后括号不在行首，前引号、前括号不在行末",
        shown,
        holds,
    );
}
