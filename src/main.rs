//! 红头 — the command: parse what was typed, run it, exit with its code.

use std::process::ExitCode;

fn main() -> ExitCode {
    hongtou::cli::main()
}
