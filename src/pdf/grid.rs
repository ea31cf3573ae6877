//! 版心 — the standard's sheet and grid (GB/T 9704—2012, 5.2), in millimetres: what is planned before typst lays it out, and what
//! the ruler holds the pages against. The layouts have the same figures in `standard.typ`; the ruler takes none of theirs.

/// A point.
pub(super) const POINT: f64 = 25.4 / 72.0;
/// 5.2.1: the edges of the type area, from the left and the top of the sheet.
pub const LEFT: f64 = 28.0;
/// Its right edge.
pub const RIGHT: f64 = 184.0;
/// Its upper edge.
pub const TOP: f64 = 37.0;
/// Its lower edge.
pub const BOTTOM: f64 = 262.0;
/// Its width and height.
pub const WIDTH: f64 = RIGHT - LEFT;
/// Its height.
pub const HEIGHT: f64 = BOTTOM - TOP;
/// A character of the text: the old 3号 of 15.75 pt (see `standard.typ`).
pub const SIZE: f64 = 15.75 * POINT;
/// 5.2.3: characters a line, and from one to the next.
pub(super) const COLUMNS: f64 = 28.0;
/// From one character of a line to the next.
pub const STEP: f64 = WIDTH / COLUMNS;
/// How far apart the characters of a line may stand, of that step, where what comes next does not fit into the line whole.
pub(super) const WIDEST: f64 = 1.15;
/// 5.2.3: lines a page, and from one to the next; the first one's top and the last one's bottom lie on the edges.
pub const ROWS: f64 = 22.0;
/// From one line of a page to the next.
pub const PITCH: f64 = (HEIGHT - SIZE) / (ROWS - 1.0);
