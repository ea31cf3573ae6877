//! 校验值 — the SHA-256 of a content, as the record and the manifests write it: 64 hexadecimal digits.

use std::io::{self, BufWriter, Write};

use serde::Serialize;
use sha2::{Digest, Sha256};

/// The SHA-256 of bytes, in hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The SHA-256 of the JSON form of something; `None` where it has none.
#[must_use]
pub fn digest_of_json(what: &impl Serialize) -> Option<String> {
    let mut json = BufWriter::with_capacity(1 << 14, Hashed(Sha256::new()));
    serde_json::to_writer(&mut json, what).ok()?;
    let Hashed(digest) = json.into_inner().ok()?;
    Some(hex(&digest.finalize()))
}

/// What is written is hashed, and goes nowhere.
struct Hashed(Sha256);

impl Write for Hashed {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        self.0.update(part);
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Bytes in hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from_digit(four.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_hashed_as_it_is_written() {
        let what: Vec<String> = (0..5_000).map(|number| format!("第{number}项\u{0}\"")).collect();
        assert_eq!(digest_of_json(&what), Some(sha256(&serde_json::to_vec(&what).unwrap())));
        assert_eq!(hex(&[0, 0x9f, 0xff]), "009fff");
    }
}
