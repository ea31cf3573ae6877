//! 字体角色 — which face plays which role: the office's own first, the shipped one last (`templates/layout/faces.yaml`).

use serde::Deserialize;
use serde_json::{Value, json};

/// What a face is used for (GB/T 9704—2012, 5.2.2, 7.2, 7.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// 小标宋: mark and title.
    XiaoBiaoSong,
    /// 仿宋: the text.
    Fang,
    /// 楷体: headings of the second level, names of signatories.
    Kai,
    /// 黑体: headings of the first level, 密级, 附件.
    Hei,
    /// 宋体: page numbers and tables.
    Song,
    /// 西文: digits and Latin letters.
    Latin,
    /// 角标: raised and lowered characters, whose face has them as large as any other.
    Script,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::XiaoBiaoSong, Self::Fang, Self::Kai, Self::Hei, Self::Song, Self::Latin, Self::Script];

    /// Its name in Chinese.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::XiaoBiaoSong => "小标宋",
            Self::Fang => "仿宋",
            Self::Kai => "楷体",
            Self::Hei => "黑体",
            Self::Song => "宋体",
            Self::Latin => "西文",
            Self::Script => "角标",
        }
    }

    /// Its name in the layouts.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::XiaoBiaoSong => "xiaobiaosong",
            Self::Fang => "fang",
            Self::Kai => "kai",
            Self::Hei => "hei",
            Self::Song => "song",
            Self::Latin => "latin",
            Self::Script => "script",
        }
    }
}

/// The faces that may play one role.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preference {
    /// 用于: what is set in it.
    #[serde(rename = "用于")]
    pub used_for: String,
    /// 条款: the clauses of GB/T 9704—2012 that ask for it.
    #[serde(rename = "条款")]
    pub clause: String,
    /// 字重: the weight, 100 to 900.
    #[serde(rename = "字重")]
    pub weight: u16,
    /// 办公: families on office machines, the best first.
    #[serde(rename = "办公")]
    pub offices: Vec<String>,
    /// 自带: the family that the program ships.
    #[serde(rename = "自带")]
    pub shipped: String,
}

impl Preference {
    /// The families to ask for, the best first: the office's own as far as they are `installed` (lower case), the shipped one last.
    pub(in crate::pdf) fn families(&self, installed: &[String], pinned: bool) -> Vec<&str> {
        let own = self.offices.iter().filter(|name| !pinned && installed.contains(&name.to_lowercase()));
        own.chain([&self.shipped]).map(String::as_str).collect()
    }

    /// The families that may play the role, installed or not.
    pub(in crate::pdf) fn names(&self) -> impl Iterator<Item = &str> {
        self.offices.iter().chain([&self.shipped]).map(String::as_str)
    }

    /// Whether a family plays the role, installed or not.
    pub(in crate::pdf) fn has(&self, family: &str) -> bool {
        self.names().any(|name| name.eq_ignore_ascii_case(family))
    }
}

/// The faces of all roles.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Faces {
    #[serde(rename = "小标宋")]
    xiaobiaosong: Preference,
    #[serde(rename = "仿宋")]
    fang: Preference,
    #[serde(rename = "楷体")]
    kai: Preference,
    #[serde(rename = "黑体")]
    hei: Preference,
    #[serde(rename = "宋体")]
    song: Preference,
    #[serde(rename = "西文")]
    latin: Preference,
    #[serde(rename = "角标")]
    script: Preference,
}

impl Faces {
    /// The faces of a role.
    #[must_use]
    pub fn of(&self, role: Role) -> &Preference {
        match role {
            Role::XiaoBiaoSong => &self.xiaobiaosong,
            Role::Fang => &self.fang,
            Role::Kai => &self.kai,
            Role::Hei => &self.hei,
            Role::Song => &self.song,
            Role::Latin => &self.latin,
            Role::Script => &self.script,
        }
    }

    /// As the layouts read them: for each role its name, use, clauses, weight and the families to ask for.
    pub(in crate::pdf) fn for_layouts(&self, installed: &[String], pinned: bool) -> Value {
        let role = |role: Role| {
            let preference = self.of(role);
            let value = json!({
                "name": role.name(),
                "used-for": preference.used_for,
                "clause": preference.clause,
                "weight": preference.weight,
                "families": preference.families(installed, pinned),
            });
            (role.key().to_owned(), value)
        };
        Value::Object(Role::ALL.into_iter().map(role).collect())
    }
}
