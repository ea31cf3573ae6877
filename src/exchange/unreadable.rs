//! 读不了 — why a file of an office program cannot be read at all, as a person is told.

/// Why a file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// No byte in it.
    #[error("文件是空的（0 字节）；重新导出或重新发送")]
    Empty,
    /// Neither a workbook nor text in rows.
    #[error("不是 Excel 文件：内容认不出来；用 Excel 或 WPS 打开，另存为 xlsx")]
    Foreign,
    /// No text document.
    #[error("不是 Word 文件：内容认不出来；用 Word 或 WPS 打开，另存为 docx")]
    NoDocument,
    /// A text document as it was written before 2007.
    #[error("这是旧格式的 .doc，请另存为 .docx，再导入")]
    Old,
    /// Elements in elements in elements.
    #[error("文件里表套表、框套框的层数太多，没有读；正常的稿子不会这样，用 Word 打开另存一份")]
    Deep,
    /// Nothing is written in it.
    #[error("没有正文：文件里一个字也没有")]
    Blank,
    /// A text that has another ending.
    #[error("不是 Excel 文件，其实是文本；是用逗号分开的表，就把扩展名改为 .csv")]
    Text,
    /// It ends too early, or its parts do not fit.
    #[error("文件不完整：可能没有传完，或者存坏了；重新发送，或用 Office、WPS 打开修复后另存")]
    Cut,
    /// It has a password.
    #[error("文件有打开密码；在 Office 或 WPS 里去掉密码（文件、信息、保护）后另存")]
    Locked,
    /// It unfolds to far more than an office's table holds (megabytes).
    #[error("文件解开有 {0} MB，太大，没有解开；检查是不是放错了文件，或删去多余的空行后另存")]
    Bomb(u64),
    /// It declares entities.
    #[error("文件的 XML 里有实体声明（DOCTYPE），正常的 Office 文件没有，没有读；用 Office 或 WPS 打开，另存一份")]
    Entities,
    /// Text documents and slides.
    #[error("这是 Word 文件，不是表格")]
    Document,
}
