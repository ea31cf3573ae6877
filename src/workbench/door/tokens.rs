//! 口令串 — what nobody can guess.

use std::fmt::Write;

/// Thirty-two bytes of the system's chance, as hexadecimal digits.
///
/// # Errors
///
/// The system has none to give.
pub(in crate::workbench) fn token() -> std::io::Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(std::io::Error::from)?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}
