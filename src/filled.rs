//! 填出的文字 — what a template comes to, and no more than its bound: loops within loops must not fill the memory.

use std::io;

/// A text that takes no more than so many bytes.
#[derive(Debug)]
pub struct Filled {
    text: Vec<u8>,
    most: usize,
}

impl Filled {
    /// An empty text that takes no more than `most` bytes.
    pub fn of_most(most: usize) -> Self {
        Self { text: Vec::new(), most }
    }

    /// What was written. Only whole texts are ever written, so that nothing is lost on the way.
    pub fn into_text(self) -> String {
        String::from_utf8(self.text).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }
}

impl io::Write for Filled {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        if self.text.len() + part.len() > self.most {
            return Err(io::Error::other(format!("模板填出的文字超过了{}MB", self.most >> 20)));
        }
        self.text.extend_from_slice(part);
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
