//! 桶 — a store in an object storage that speaks S3. What lies in it are the files of a cache by their paths and the parts' signatures; whatever
//! comes from there is held against its SHA-256 when it is read, as in any other cache. Who may read and write it, and where it is, the
//! environment says (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT`).

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use object_store::aws::AmazonS3Builder;
use object_store::path::Path as Key;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt};
use tokio::runtime::Runtime;
use tokio::task::{JoinError, JoinSet};
use tokio_stream::StreamExt;

use super::Failure;
use crate::build::shard::SHARDS;
use crate::disk::{Cache, remove};

/// How many files are under way at the same time.
const AT_ONCE: usize = 16;

/// What came of something that was under way; nothing where nothing is.
type Ended<T> = Option<Result<object_store::Result<T>, JoinError>>;

/// A prefix of a bucket.
pub(super) struct Bucket {
    address: String,
    store: Arc<dyn ObjectStore>,
    runtime: Runtime,
}

impl Bucket {
    /// The one of an address: `s3://桶/前缀`.
    pub(super) fn open(address: &str) -> Result<Self, Failure> {
        let failed = |error: object_store::Error| Failure::Other(format!("{address}：{error}"));
        let bucket = AmazonS3Builder::from_env().with_url(address).build().map_err(failed)?;
        // As it is written: other programs call it by that name.
        let prefix = Key::parse(address.splitn(4, '/').nth(3).unwrap_or_default());
        let prefix = prefix.map_err(|error| Failure::Other(format!("{address}：{error}")))?;
        let store: Arc<dyn ObjectStore> = Arc::new(PrefixStore::new(bucket, prefix));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        Ok(Self { address: address.to_owned(), store, runtime })
    }

    fn failed(&self, error: &object_store::Error) -> Failure {
        Failure::Other(format!("{}：{error}", self.address))
    }

    /// What lies there: names with their lengths.
    fn names(&self) -> Result<BTreeMap<String, u64>, Failure> {
        let listed = self.runtime.block_on(async {
            let mut entries = self.store.list(None);
            let mut names = BTreeMap::new();
            while let Some(entry) = entries.next().await {
                let entry = entry?;
                names.insert(entry.location.to_string(), entry.size);
            }
            Ok(names)
        });
        listed.map_err(|error| self.failed(&error))
    }

    /// Hands on the files of a cache that are not there, and then a signature.
    pub(super) fn send(&self, cache: &Cache, signature: &Path) -> Result<(), Failure> {
        let there = self.names()?;
        let lacking = cache.files().into_iter().filter(|(name, length)| there.get(name) != Some(length));
        self.runtime.block_on(async {
            let mut under_way = JoinSet::new();
            for (name, _) in lacking {
                let (store, bytes) = (Arc::clone(&self.store), cache.file(&name)?);
                under_way.spawn(async move { store.put(&Key::from(name), bytes.into()).await });
                if under_way.len() >= AT_ONCE {
                    self.done(under_way.join_next().await)?;
                }
            }
            while !under_way.is_empty() {
                self.done(under_way.join_next().await)?;
            }
            let name = signature.strip_prefix(cache.folder()).unwrap_or(signature).to_string_lossy().replace('\\', "/");
            let bytes = cache.file(&name)?;
            self.store.put(&Key::from(name), bytes.into()).await.map_err(|error| self.failed(&error))?;
            Ok(())
        })
    }

    /// Takes over what is there and not in a cache. Of the signatures, those stand that are there, and no others.
    pub(super) fn fetch(&self, cache: &Cache) -> Result<(), Failure> {
        let there = self.names()?;
        let own: BTreeMap<String, u64> = cache.files().into_iter().collect();
        remove(&cache.folder().join(SHARDS))?;
        let lacking = there.iter().filter(|(name, length)| own.get(*name) != Some(length) && is_ours(name));
        self.runtime.block_on(async {
            let mut under_way = JoinSet::new();
            for (name, _) in lacking {
                let (store, name) = (Arc::clone(&self.store), name.clone());
                under_way.spawn(async move {
                    let bytes = store.get(&Key::from(name.as_str())).await?.bytes().await?;
                    Ok((name, bytes.to_vec()))
                });
                if under_way.len() >= AT_ONCE {
                    self.take(cache, under_way.join_next().await)?;
                }
            }
            while !under_way.is_empty() {
                self.take(cache, under_way.join_next().await)?;
            }
            Ok(())
        })
    }

    /// What came of something that was under way.
    fn done<T>(&self, done: Ended<T>) -> Result<Option<T>, Failure> {
        match done {
            None => Ok(None),
            Some(Ok(done)) => done.map(Some).map_err(|error| self.failed(&error)),
            Some(Err(error)) => Err(Failure::Other(format!("{}：{error}", self.address))),
        }
    }

    fn take(&self, cache: &Cache, done: Ended<(String, Vec<u8>)>) -> Result<(), Failure> {
        let Some((name, bytes)) = self.done(done)? else { return Ok(()) };
        Ok(cache.take(&name, &bytes)?)
    }
}

/// Whether a name is that of a file of a cache or of a signature: what else lies in a bucket is let alone.
fn is_ours(name: &str) -> bool {
    let signature = name.strip_prefix(SHARDS).and_then(|rest| rest.strip_prefix('/')?.strip_suffix(".json"));
    let plain = |name: &str| name.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    signature.is_some_and(plain) || Cache::is_file(name)
}
