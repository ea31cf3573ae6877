//! 标题回行 — where a title is broken into lines: 词意完整、排列对称、长短适宜、间距恰当, as a 梯形 or a 菱形 (GB/T 9704—2012, 7.3.1).
//!
//! Words (`word`) and what is more than a word — set phrases (`phrases`), names of offices (`office`), brackets and pairs (`whole`) —
//! say where a line may end (`joint`) and what that costs (`parting`). Meaning, shape and balance decide among these places (`shape`);
//! a title that five lines do not hold is filled line by line (`filled`). All is pure; only `titles` holds something, the dictionary and
//! the phrases. A break that the author set (a line break in the title) is kept.

mod filled;
mod joint;
mod office;
mod parting;
mod phrases;
mod shape;
mod titles;
mod whole;
mod width;
mod word;

pub use titles::Titles;
