//! 标题回行 — where a title is broken into lines: 词意完整、排列对称、长短适宜、间距恰当, as a 梯形 or a 菱形 (GB/T 9704—2012, 7.3.1).
//!
//! Word segmentation decides where a line may end (`joint`); meaning, shape and balance decide among what is left (`shape`). Both are
//! pure; only `titles` holds something, the dictionary. A break that the author set (a line break in the title) is kept.

mod joint;
mod shape;
mod titles;
mod width;

pub use titles::Titles;
