//! 分片 — the prints of a workspace made by several machines. Each prints the documents that a hash of their names gives it into one
//! store, which is a cache like any other, and signs for its part at the end; merging takes nothing before all have signed for the same
//! program, the same data and the same day. A part may be made twice, and a part that was killed goes on where it stopped.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::PROGRAM;
use super::said::everything;
use crate::calendar::Day;
use crate::digest::hex;
use crate::project::Project;

/// Where the signatures lie below a store.
pub const SHARDS: &str = "shards";

/// Most parts that a work may be cut into.
const MOST: u32 = 100_000;

/// A part of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    /// Which one, from 1.
    pub number: u32,
    /// Of how many.
    pub count: u32,
}

impl Shard {
    /// Whether a document belongs to the part.
    #[must_use]
    pub fn takes(self, name: &str) -> bool {
        let digest = Sha256::digest(name);
        let first = digest.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        first % u64::from(self.count) == u64::from(self.number - 1)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(number, count)| Some((number.parse().ok()?, count.parse().ok()?)));
        parts
            .filter(|(number, count)| (1..=*count).contains(number) && *count <= MOST)
            .map(|(number, count)| Self { number, count })
            .ok_or_else(|| format!("“{text}”应写作 3/8：第几片/共几片，从1到片数，最多{MOST}片"))
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.count)
    }
}

/// What a part signs for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// The state of the program's source.
    #[serde(rename = "程序")]
    pub program: String,
    /// The SHA-256 of all that the workspace says.
    #[serde(rename = "数据")]
    pub data: String,
    /// The day on which all is made.
    #[serde(rename = "日期")]
    pub on: Day,
    /// Which part.
    #[serde(rename = "片")]
    pub number: u32,
    /// Of how many.
    #[serde(rename = "片数")]
    pub count: u32,
    /// How many documents were printed.
    #[serde(rename = "公文")]
    pub documents: usize,
}

impl Signature {
    /// The signature of a part of this program's work on a workspace.
    #[must_use]
    pub fn of(project: &Project, on: Day, shard: Shard, documents: usize) -> Self {
        let Shard { number, count } = shard;
        Self { program: PROGRAM.to_owned(), data: everything(project), on, number, count, documents }
    }

    /// The name of its file below [`SHARDS`]: one for each part of each work.
    #[must_use]
    pub fn file(&self) -> String {
        let work = Sha256::digest(format!("{} {} {}", self.program, self.data, self.on));
        let work: String = hex(&work).chars().take(16).collect();
        format!("{work}-{}-{}.json", self.count, self.number)
    }
}

/// Why parts cannot be put together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Incomplete {
    /// No part was printed.
    #[error("存放处里没有一片印好的")]
    Nothing,
    /// Parts are missing.
    #[error("缺{}：还没有印完，或中途停了；把缺的再运行一次", listed(.0))]
    Missing(Vec<Shard>),
    /// What is there is of another program.
    #[error("存放处里的是另一个版本的程序印的；用同一个程序重新印各片")]
    OtherProgram,
    /// What is there is of other data.
    #[error("存放处里的是按别的数据印的；各片和合并要用同一份工作区")]
    OtherData,
    /// What is there is of another day.
    #[error("存放处里的是按{0}印的；各片和合并要用同一个 --on")]
    OtherDay(Day),
}

fn listed(shards: &[Shard]) -> String {
    let shown: Vec<String> = shards.iter().take(20).map(Shard::to_string).collect();
    let more = if shards.len() > 20 { format!("等{}片", shards.len()) } else { "片".to_owned() };
    format!("{}{more}", shown.join("、"))
}

/// Whether the parts that signed make a whole of this work.
///
/// # Errors
///
/// What is missing, or of which other work the parts are.
pub fn complete(project: &Project, on: Day, signatures: &[Signature]) -> Result<(), Incomplete> {
    let data = everything(project);
    let of = |test: &dyn Fn(&&Signature) -> bool| -> Vec<&Signature> { signatures.iter().filter(test).collect() };
    let own = of(&|one| one.program == PROGRAM && one.data == data && one.on == on);
    let Some(most) =
        own.iter().map(|one| one.count).max_by_key(|count| own.iter().filter(|one| one.count == *count).count())
    else {
        let same_program = of(&|one| one.program == PROGRAM);
        let other_day = same_program.iter().find(|one| one.data == data);
        return Err(match (signatures.first(), same_program.first(), other_day) {
            (None, ..) => Incomplete::Nothing,
            (_, None, _) => Incomplete::OtherProgram,
            (_, Some(_), Some(other)) => Incomplete::OtherDay(other.on),
            (_, Some(_), None) => Incomplete::OtherData,
        });
    };
    let whole = |count: u32| (1..=count).all(|number| own.iter().any(|one| (one.number, one.count) == (number, count)));
    if own.iter().any(|one| whole(one.count)) {
        return Ok(());
    }
    let there = |number: &u32| own.iter().any(|one| (one.number, one.count) == (*number, most));
    let missing = (1..=most).filter(|number| !there(number)).map(|number| Shard { number, count: most });
    Err(Incomplete::Missing(missing.collect()))
}

/// The signatures in a store; what is no signature is none.
#[must_use]
pub fn signatures(texts: impl IntoIterator<Item = Vec<u8>>) -> Vec<Signature> {
    texts.into_iter().filter_map(|text| serde_json::from_slice(&text).ok()).collect()
}

/// The file of a signature.
#[must_use]
pub fn signed(signature: &Signature, store: &Path) -> (std::path::PathBuf, Vec<u8>) {
    // Texts and numbers always have a JSON form.
    let bytes = serde_json::to_vec_pretty(signature).unwrap_or_default();
    (store.join(SHARDS).join(signature.file()), bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_belongs_to_one_part() {
        for count in [1, 3, 8] {
            for name in 0..200 {
                let name = format!("gaozhishu-{name}");
                let takes = |number: &u32| Shard { number: *number, count }.takes(&name);
                assert_eq!((1..=count).filter(takes).count(), 1);
            }
        }
        let sizes: Vec<usize> = (1..=8)
            .map(|number| (0..8000).filter(|name| Shard { number, count: 8 }.takes(&name.to_string())).count())
            .collect();
        assert!(sizes.iter().all(|size| (800..1200).contains(size)), "{sizes:?}");
    }

    #[test]
    fn parts_are_written_as_fractions() {
        assert_eq!("3/8".parse(), Ok(Shard { number: 3, count: 8 }));
        for wrong in ["0/8", "9/8", "3", "3/", "a/b", "3/8/2", "-1/8", "1/4294967296"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_a_whole_of_one_work_is_complete() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workspaces/云川市");
        let (project, _) = Project::load(&root, &[]);
        let on = Day::new(2024, 7, 1).unwrap();
        let of = |number, count| Signature::of(&project, on, Shard { number, count }, 1);
        let check = |signatures: &[Signature]| complete(&project, on, signatures);
        assert_eq!(check(&[]), Err(Incomplete::Nothing));
        assert_eq!(check(&[of(2, 2), of(1, 2)]), Ok(()));
        assert_eq!(check(&[of(1, 2), of(1, 3), of(2, 2)]), Ok(()));
        assert_eq!(check(&[of(1, 3), of(3, 3)]), Err(Incomplete::Missing(vec![Shard { number: 2, count: 3 }])));
        let program = Signature { program: "另一个".to_owned(), ..of(1, 1) };
        assert_eq!(check(std::slice::from_ref(&program)), Err(Incomplete::OtherProgram));
        let data = Signature { data: "另一份".to_owned(), ..of(1, 1) };
        assert_eq!(check(&[program.clone(), data.clone()]), Err(Incomplete::OtherData));
        let day = Signature { on: Day::new(2024, 7, 2).unwrap(), ..of(1, 1) };
        assert_eq!(check(&[data.clone(), day.clone()]), Err(Incomplete::OtherDay(day.on)));
        assert_eq!(check(&[program, data, day, of(1, 1)]), Ok(()));
    }
}
