//! 符号字体 — characters of Symbol and Wingdings, which stand in a file under numbers of their own, as what they look like.

/// Symbol, by its own numbers.
const SYMBOL: [(u32, char); 28] = [
    (0x61, 'α'),
    (0x62, 'β'),
    (0x67, 'γ'),
    (0x64, 'δ'),
    (0x65, 'ε'),
    (0x71, 'θ'),
    (0x6c, 'λ'),
    (0x6d, 'μ'),
    (0x70, 'π'),
    (0x72, 'ρ'),
    (0x73, 'σ'),
    (0x74, 'τ'),
    (0x66, 'φ'),
    (0x77, 'ω'),
    (0x44, 'Δ'),
    (0x57, 'Ω'),
    (0x53, 'Σ'),
    (0xa3, '≤'),
    (0xb3, '≥'),
    (0xb1, '±'),
    (0xb4, '×'),
    (0xb8, '÷'),
    (0xb9, '≠'),
    (0xbb, '≈'),
    (0xb0, '°'),
    (0xa5, '∞'),
    (0xb7, '●'),
    (0xae, '→'),
];

/// Wingdings, by its own numbers.
const WINGDINGS: [(u32, char); 16] = [
    (0xfe, '☑'),
    (0xa8, '□'),
    (0x6f, '□'),
    (0xfd, '☒'),
    (0xfc, '✓'),
    (0xfb, '✗'),
    (0x6c, '●'),
    (0x6e, '■'),
    (0x75, '◆'),
    (0xd8, '➢'),
    (0xe0, '→'),
    (0xf0, '⇨'),
    (0xab, '★'),
    (0x76, '❖'),
    (0x9f, '•'),
    (0xa7, '▪'),
];

fn find(table: &[(u32, char)], code: u32) -> Option<char> {
    table.iter().find(|(known, _)| *known == code).map(|(_, c)| *c)
}

/// What a character of a symbol font looks like; its number may stand in the private area (F0B3).
pub(super) fn symbol(font: &str, code: u32) -> Option<char> {
    let own = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    match font.to_ascii_lowercase().as_str() {
        "symbol" => find(&SYMBOL, own).or_else(|| char::from_u32(own).filter(char::is_ascii_graphic)),
        font if font.starts_with("wingdings") => find(&WINGDINGS, own),
        _ => char::from_u32(code).filter(|_| code < 0xf000),
    }
}

/// What a list's mark looks like, whose font is not always said.
pub(super) fn bullet(c: char) -> Option<char> {
    let code = u32::from(c);
    let own = (0xf000..=0xf0ff).contains(&code).then(|| code - 0xf000)?;
    Some(find(&WINGDINGS, own).or_else(|| find(&SYMBOL, own)).unwrap_or('●'))
}
