//! 登录.

use maud::{Markup, html};

use super::super::frame;

/// The page that asks who it is.
pub(in crate::workbench) fn page(shared: bool, wrong: Option<&str>) -> Markup {
    let content = html! {
        @if shared {
            @if let Some(wrong) = wrong { p class="error" role="alert" { (wrong) } }
            form method="post" action="/login" class="form" {
                p { label for="name" { "姓名" } input id="name" name="name" autocomplete="username" required; }
                p { label for="password" { "口令" } input id="password" name="password" type="password" autocomplete="current-password" required; }
                p { button class="main" { "登录" } }
            }
        } @else {
            p { "工作台用启动时的链接打开：运行 hongtou serve 的窗口里有，只能用一次。窗口关了或链接用过了，再启动一次。" }
        }
    };
    frame::page("登录", None, shared, &content)
}
