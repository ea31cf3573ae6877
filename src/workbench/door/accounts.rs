//! 账户 — who may work here from other machines: names, roles, and hashes of passwords that nothing can be read back from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use serde::{Deserialize, Serialize};

use crate::disk::write_file;
use crate::project::read_text;

/// Where they are kept: outside of `data/`, which is copied and published.
const FILE: &str = ".hongtou/accounts.json";

/// The shortest password.
const SHORTEST: usize = 10;

/// What somebody may do. Each may do what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Role {
    /// 拟稿: writes drafts and data.
    #[serde(rename = "拟稿")]
    Drafter,
    /// 核稿: the same, and looks through what others wrote.
    #[serde(rename = "核稿")]
    Reviewer,
    /// 签发: issues, pays, publishes, withdraws.
    #[serde(rename = "签发")]
    Signer,
}

impl Role {
    /// As it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Drafter => "拟稿",
            Self::Reviewer => "核稿",
            Self::Signer => "签发",
        }
    }
}

/// A role that there is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("角色写拟稿、核稿或签发")]
pub struct UnknownRole;

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        [Self::Drafter, Self::Reviewer, Self::Signer].into_iter().find(|role| role.name() == text).ok_or(UnknownRole)
    }
}

/// One account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// What they may do.
    #[serde(rename = "角色")]
    pub role: Role,
    /// Argon2id, with its salt and costs.
    #[serde(rename = "口令")]
    password: String,
}

/// All accounts of a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accounts {
    file: PathBuf,
    all: BTreeMap<String, Account>,
}

/// Why there is no account.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The file of the accounts is not what was written.
    #[error("{0} 读不懂；删去它，重新建账户")]
    Damaged(String),
    /// A name that is no name.
    #[error("姓名写1至20个字，不带空格和符号")]
    Name,
    /// Too short a password.
    #[error("口令至少{SHORTEST}个字符")]
    Short,
    /// There is none of that name.
    #[error("没有账户“{0}”")]
    Unknown(String),
    /// The password could not be hashed.
    #[error("口令处理不了：{0}")]
    Hash(argon2::password_hash::Error),
    /// The file cannot be written.
    #[error("不能写 {FILE}：{}", crate::disk::reason(.0))]
    Io(#[from] std::io::Error),
}

impl Accounts {
    /// Those of the workspace at `root`; none where there is no file.
    ///
    /// # Errors
    ///
    /// The file is damaged.
    pub fn of(root: &Path) -> Result<Self, Refused> {
        let file = root.join(FILE);
        let all = match read_text(&file) {
            Ok(text) => serde_json::from_str(&text).map_err(|_| Refused::Damaged(FILE.to_owned()))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(error.into()),
        };
        Ok(Self { file, all })
    }

    /// Their names and what they may do.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Role)> {
        self.all.iter().map(|(name, account)| (name.as_str(), account.role))
    }

    /// Makes an account, or gives the one of that name another password and role.
    ///
    /// # Errors
    ///
    /// Name or password are not to be had, or the file cannot be written.
    pub fn add(&mut self, name: &str, password: &str, role: Role) -> Result<(), Refused> {
        let count = name.chars().count();
        if count == 0 || count > 20 || !name.chars().all(|c| c.is_alphanumeric() || c == '·') {
            return Err(Refused::Name);
        }
        if password.chars().count() < SHORTEST {
            return Err(Refused::Short);
        }
        let mut salt = [0_u8; 16];
        getrandom::fill(&mut salt).map_err(std::io::Error::from)?;
        let salt = SaltString::encode_b64(&salt).map_err(Refused::Hash)?;
        let hash = Argon2::default().hash_password(password.as_bytes(), &salt).map_err(Refused::Hash)?;
        self.all.insert(name.to_owned(), Account { role, password: hash.to_string() });
        self.write()
    }

    /// Takes an account away.
    ///
    /// # Errors
    ///
    /// There is none, or the file cannot be written.
    pub fn remove(&mut self, name: &str) -> Result<(), Refused> {
        self.all.remove(name).ok_or_else(|| Refused::Unknown(name.to_owned()))?;
        self.write()
    }

    fn write(&self) -> Result<(), Refused> {
        let text = serde_json::to_string_pretty(&self.all).map_err(std::io::Error::from)?;
        Ok(write_file(&self.file, text.as_bytes())?)
    }

    /// What somebody of this name and password may do. It takes as long where there is no such name.
    #[must_use]
    pub fn role(&self, name: &str, password: &str) -> Option<Role> {
        const NOBODY: &str =
            "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$0000000000000000000000000000000000000000000";
        let account = self.all.get(name);
        let hash = PasswordHash::new(account.map_or(NOBODY, |account| &account.password)).ok()?;
        Argon2::default().verify_password(password.as_bytes(), &hash).ok()?;
        account.map(|account| account.role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_name_and_password_together_open_and_nothing_can_be_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let mut accounts = Accounts::of(folder.path()).unwrap();
        accounts.add("王示例", "十个字符的口令一二三", Role::Signer).unwrap();
        assert!(matches!(accounts.add("李示例", "短", Role::Drafter), Err(Refused::Short)));
        for name in ["", "a b", "../x", "一二三四五六七八九十一二三四五六七八九十一"] {
            assert!(matches!(accounts.add(name, "十个字符的口令一二三", Role::Drafter), Err(Refused::Name)), "{name}");
        }
        let read = Accounts::of(folder.path()).unwrap();
        assert_eq!(read.role("王示例", "十个字符的口令一二三"), Some(Role::Signer));
        assert_eq!(read.role("王示例", "十个字符的口令一二"), None);
        assert_eq!(read.role("谁", "十个字符的口令一二三"), None);
        let text = std::fs::read_to_string(folder.path().join(FILE)).unwrap();
        assert!(!text.contains("十个字符") && text.contains("argon2id"), "{text}");
        accounts.remove("王示例").unwrap();
        assert_eq!(Accounts::of(folder.path()).unwrap().iter().count(), 0);
        std::fs::write(folder.path().join(FILE), "{").unwrap();
        assert!(matches!(Accounts::of(folder.path()), Err(Refused::Damaged(_))));
    }
}
