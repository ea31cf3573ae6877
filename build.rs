//! Embedded folders are watched, so that a file added to them reaches the binary; the program gets a name by which no other state of its
//! source goes: prints that are kept are kept under it; and the faces are packed.

#![expect(clippy::disallowed_methods, reason = "a build reads its sources and asks for what it is built")]

use std::fmt::Write;
use std::path::Path;
use std::{env, fs, io};

use sha2::{Digest, Sha256};

/// What the pages depend on and the workspace cannot replace.
const SOURCES: [&str; 3] = ["src", "Cargo.lock", "Cargo.toml"];

/// How hard the faces are packed: as hard as they unpack just as fast.
const LEVEL: i32 = 19;

fn main() -> io::Result<()> {
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
    pack_faces(&env::var("OUT_DIR").unwrap_or_default())
}

/// Packs the faces, and writes the table of them. A program for tests carries them as they are: that is built faster.
fn pack_faces(out: &str) -> io::Result<()> {
    let packed = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let mut faces: Vec<_> = fs::read_dir("fonts")?.flatten().map(|entry| entry.path()).collect();
    faces.retain(|path| path.extension().is_some_and(|ending| ending == "ttf"));
    faces.sort();
    let mut table = format!("static FACES: [Shipped; {}] = [\n", faces.len());
    for face in faces {
        let name = face.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(&face)?;
        let digest: [u8; 32] = Sha256::digest(&bytes).into();
        let mut file = env::current_dir()?.join(&face);
        if packed {
            let (source, target) = (fs::metadata(&file)?.modified()?, Path::new(out).join(format!("{name}.zst")));
            if !fs::metadata(&target).and_then(|meta| meta.modified()).is_ok_and(|done| done > source) {
                let half = target.with_extension("half");
                fs::write(&half, zstd::encode_all(bytes.as_slice(), LEVEL)?)?;
                fs::rename(half, &target)?;
            }
            file = target;
        }
        let file = file.display().to_string();
        // Writing to a string does not fail.
        let _ = writeln!(table, "    Shipped::new({name:?}, {digest:?}, include_bytes!({file:?})),");
    }
    fs::write(Path::new(out).join("faces.rs"), table + "];\n")
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
