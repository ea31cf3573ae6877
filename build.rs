//! Embedded folders are watched, so that a file added to them reaches the binary.

fn main() {
    for folder in ["templates", "fonts", "data"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
