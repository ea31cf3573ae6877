//! Embedded folders are watched, so that a file added to them reaches the binary; and the program gets a name by which no other
//! state of its source goes: prints that are kept are kept under it.

#![expect(clippy::disallowed_methods, reason = "a build reads its sources and asks for what it is built")]

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use sha2::{Digest, Sha256};

/// What the pages depend on and the workspace cannot replace.
const SOURCES: [&str; 3] = ["src", "Cargo.lock", "Cargo.toml"];

fn main() {
    for path in SOURCES.into_iter().chain(["templates", "fonts", "data"]) {
        println!("cargo::rerun-if-changed={path}");
    }
    let mut digest = Sha256::new();
    for path in SOURCES {
        add(&mut digest, Path::new(path));
    }
    for name in ["TARGET", "PROFILE"] {
        digest.update(env::var(name).unwrap_or_default());
    }
    let mut name = String::new();
    for byte in digest.finalize() {
        // Writing to a string does not fail.
        let _ = write!(name, "{byte:02x}");
    }
    println!("cargo::rustc-env=HONGTOU_BUILD={name}");
}

/// Adds a file or a folder, in the order of names.
fn add(digest: &mut Sha256, path: &Path) {
    if let Ok(entries) = fs::read_dir(path) {
        let mut entries: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        entries.sort();
        for entry in entries {
            add(digest, &entry);
        }
    } else if let Ok(bytes) = fs::read(path) {
        digest.update(path.to_string_lossy().replace('\\', "/"));
        digest.update((bytes.len() as u64).to_le_bytes());
        digest.update(bytes);
    }
}
