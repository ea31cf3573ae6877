//! 分页 — what a document's pages need beyond the plain grid: that the first one shows some of the text (GB/T 9704—2012, 7.3.3),
//! and that signature and date have text beside them (7.3.5.5).
//!
//! # How the pages of another line pitch are predicted
//!
//! The standard lets lines and characters be moved a little closer or further apart until some of the text stands on the page of the
//! closing. Typst cannot be asked which line pitch would do that; it can only lay the document out with one. There are ninety pitches
//! to choose from, and each layout costs as much as the first. So the document is laid out once as it is, the pages of every other pitch
//! are predicted from that layout, and it is laid out again with the one that is predicted to help.
//!
//! That is possible because the pitch breaks no line anew. It moves whole lines from page to page, and nothing else:
//!
//! 1. [`line`] gathers the ink of the laid-out pages into lines: a line of text is one, and so is a row of a table, from rule to rule.
//!    A table's head that is repeated on a new page is none, for on other pages it may not be repeated.
//! 2. [`distance`] writes the white between two lines as so many pitches and a rest. Between lines of text that is a pitch less the
//!    height of a character; around a table, a picture or the red rule the rest is what the layout gives them. Where a page ended
//!    between two lines, the white is what it would be on one page.
//! 3. [`flow`] is the sequence of these lines with the closing behind them, and no pages. It knows what stays together: a heading with what
//!    follows it, a short 附件说明. (A page is filled to its last line, 5.2.3: no line is kept for a paragraph's sake.) For any pitch it
//!    fills pages from the top and says what stands beside the closing ([`beside`]): some of the body, the 附件说明 alone, or nothing;
//!    and whether the first page still shows some of the text.
//! 4. [`attempts`] chooses what is tried, the least visible first. Before anything else the first page must show text ([`head`]): the marks of
//!    joint issuers get lower, at last the host's stands for all. Then: the smallest change of pitch that is predicted to bring the body
//!    beside the closing; the same with slightly narrower characters, which take back the last one or two characters of a
//!    paragraph; a few empty lines at the foot of the page before, or of the first page; then whatever brings the 附件说明; at last the
//!    layout itself binds the end of the text to the closing, however much white that leaves. The choice is a [`fit`], which the layouts
//!    read. Of all pages that were laid out the best are kept: those whose first page shows text before those whose closing has
//!    company.
//! 5. A prediction is believed once. What stands beside the closing is read from the new pages too; where it is not what was predicted,
//!    no other pitch is tried and the end of the text is bound to the closing. And a flow that does not even tell what is seen on the
//!    pages that it was taken from is not asked at all.
//!
//! Predictions fail where a page holds what is no line (a row that is split between pages, a float), and in a few of a hundred random
//! texts for reasons not traced yet; that is why each is held against the new pages. The test `tests::pagination` lays documents made at
//! random out at a pitch that was predicted, and compares.

mod attempts;
mod beside;
mod distance;
mod ends;
mod fit;
mod flow;
mod head;
mod line;

pub(super) use attempts::Attempts;
pub(super) use beside::Beside;
pub(super) use ends::Ends;
pub(super) use fit::{Adjusted, Fit};
#[cfg(test)]
pub(super) use flow::Flow;
