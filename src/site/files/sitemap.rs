//! 站点地图 — the list of all pages for search engines (sitemaps.org), and robots.txt, which names it.

use super::xml::Xml;
use crate::calendar::Day;
use crate::site::identity::Identity;
use crate::site::output::{Page, Rendered};

pub(in crate::site) fn sitemap(identity: &Identity, rendered: &[Rendered]) -> Page {
    let mut listed: Vec<&Rendered> = rendered.iter().filter(|rendered| !rendered.unlisted).collect();
    listed.sort_by(|a, b| a.path.cmp(&b.path));
    let text = Xml::document("urlset", &[("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")], |xml| {
        for rendered in listed {
            xml.element("url", &[], |xml| {
                xml.text("loc", &identity.address(&rendered.path));
                if let Some(day) = rendered.changed.map(Day::iso) {
                    xml.text("lastmod", &day);
                }
            });
            xml.line();
        }
    });
    Page::text("sitemap.xml", text)
}

pub(in crate::site) fn robots(identity: &Identity) -> Page {
    let sitemap = identity.address("sitemap.xml");
    Page::text("robots.txt", format!("User-agent: *\nDisallow: /assets/search/\n\nSitemap: {sitemap}\n"))
}
