//! 两个房间 — the output's two rooms: what the public may see, and what stays inside.

/// A room of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// `output/site/`: what a web server may show.
    Site,
    /// `output/office/`: what never leaves the office.
    Office,
}

impl Room {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Site, Self::Office];

    /// Its folder below `output/`.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Office => "office",
        }
    }
}
