//! 链接和图片的地址 — where a link may lead and where a picture may lie.

/// Whether a link may lead there: the web, a mail address, a telephone number, or a place of the site itself.
///
/// # Errors
/// Says why not.
pub(super) fn link(target: &str) -> Result<(), String> {
    if target.trim().is_empty() {
        return Err("没有写地址".into());
    }
    if target.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return Err("地址里有空格、反斜杠或控制字符".into());
    }
    match scheme(target) {
        Some(scheme) if ["http", "https", "mailto", "tel"].contains(&scheme.to_ascii_lowercase().as_str()) => Ok(()),
        Some(scheme) => Err(format!("不能链接到“{scheme}:”")),
        None if target.starts_with("//") => Err("缺少 https:".into()),
        None => Ok(()),
    }
}

/// Whether a picture may lie there: a file of the workspace.
///
/// # Errors
/// Says why not.
pub(in crate::draft) fn image(path: &str) -> Result<(), &'static str> {
    if path.trim().is_empty() {
        return Err("没有写路径");
    }
    if path.contains('\\') || path.chars().any(char::is_control) {
        return Err("路径里有反斜杠或控制字符");
    }
    if scheme(path).is_some() || path.starts_with('/') {
        return Err("不在工作区里");
    }
    if path.split('/').any(|part| part == ".." || part == "~") {
        return Err("路径走出了工作区");
    }
    Ok(())
}

/// What stands before the first colon, unless that colon belongs to a path, a query or a place on the page.
fn scheme(target: &str) -> Option<&str> {
    let (before, _) = target.split_once(':')?;
    (!before.contains(['/', '?', '#'])).then_some(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_web_or_the_site() {
        for good in ["https://a.cn/甲?x=1:2", "mailto:a@b.cn", "tel:0371-1", "../b/", "#h-1", "甲.html"] {
            assert_eq!(link(good), Ok(()), "{good}");
        }
        for bad in ["javascript:alert(1)", "data:text/html,x", "//evil.cn", "file:///etc/passwd", "", "JaVaScRiPt:x"] {
            assert!(link(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn pictures_lie_in_the_workspace() {
        assert_eq!(image("data/pictures/图1.png"), Ok(()));
        for bad in ["../a.png", "data/../../a.png", "/etc/a.png", "C:/a.png", "https://a.cn/a.png", "..\\a.png", ""] {
            assert!(image(bad).is_err(), "{bad}");
        }
    }
}
