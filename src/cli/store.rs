//! 存放处 — where the parts of a work meet: a folder that all machines see, or a bucket (`s3://桶/前缀`), of which a copy lies in the
//! workspace.

use std::path::{Path, PathBuf};

use super::Failure;
use super::arguments::Common;
use super::bucket::Bucket;
use crate::digest::sha256;
use crate::disk::Cache;

/// How the address of a bucket begins.
const BUCKET: &str = "s3://";

/// Where a copy of a bucket lies in a workspace.
const COPY: &str = ".hongtou/store";

/// A store, which is read and written as a folder.
pub(super) struct Store {
    folder: PathBuf,
    bucket: Option<Bucket>,
}

impl Common {
    /// The store of that name.
    pub(super) fn store(&self, named: &Path) -> Result<Store, Failure> {
        let Some(address) = named.to_str().filter(|name| name.starts_with(BUCKET)) else {
            return Ok(Store { folder: named.to_owned(), bucket: None });
        };
        let folder = self.root()?.join(COPY).join(sha256(address.as_bytes()));
        Ok(Store { folder, bucket: Some(Bucket::open(address)?) })
    }
}

impl Store {
    /// The folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// It as a cache.
    pub(super) fn cache(&self) -> Cache {
        Cache::at(self.folder.clone())
    }

    /// Hands on what was printed, and last of all the signature at a path below the folder: it never speaks of what is not there.
    pub(super) fn send(&self, signature: &Path) -> Result<(), Failure> {
        self.bucket.as_ref().map_or(Ok(()), |bucket| bucket.send(&self.cache(), signature))
    }

    /// Takes over what others printed.
    pub(super) fn fetch(&self) -> Result<(), Failure> {
        self.bucket.as_ref().map_or(Ok(()), |bucket| bucket.fetch(&self.cache()))
    }
}
