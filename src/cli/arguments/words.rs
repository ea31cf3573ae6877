//! 说法 — the command line in Chinese: help, complaints, completions, the manual page.

use std::process::ExitCode;

use clap::builder::PossibleValue;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches};

use super::line::{Arguments, COMMON};
use super::workspace::Completions;
use crate::cli::{Ending, Failure, print};

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// The command line as clap knows it, with Chinese words throughout.
pub(in crate::cli) fn command() -> Command {
    fn chinese(command: Command, path: &str) -> Command {
        let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
        let places: String = command.get_positionals().map(placeholder).collect();
        let verb = if names.is_empty() { "" } else { " <命令>" };
        let usage = format!("{path}{places} [选项]{verb}");
        let command = command
            .help_template(TEMPLATE)
            .override_usage(usage)
            .disable_help_flag(true)
            .disable_help_subcommand(true)
            .mut_args(values_in_words)
            .arg(
                Arg::new("help").long("help").short('h').action(ArgAction::Help).help("显示帮助").help_heading(COMMON),
            );
        names.into_iter().fold(command, |command, name| {
            let path = format!("{path} {name}");
            command.mut_subcommand(name, |sub| chinese(sub, &path))
        })
    }
    chinese(Arguments::command(), "hongtou")
        .disable_version_flag(true)
        .arg(
            Arg::new("version")
                .long("version")
                .short('V')
                .action(ArgAction::Version)
                .help("显示版本")
                .help_heading(COMMON),
        )
        .after_help("退出码：0 没有问题；1 有问题要改；2 没有做成。\n各命令的用法：hongtou 命令 --help")
}

/// ` <企业>`, or ` [名称]` where it may be left out.
fn placeholder(arg: &Arg) -> String {
    let name = arg.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str());
    if arg.is_required_set() { format!(" <{name}>") } else { format!(" [{name}]") }
}

/// Says in the help itself what clap would say in English: which values there are, and the usual one.
fn values_in_words(arg: Arg) -> Arg {
    if !arg.get_action().takes_values() {
        return arg;
    }
    let values = arg.get_possible_values();
    let names: Vec<&str> = values.iter().filter(|value| !value.is_hide_set()).map(PossibleValue::get_name).collect();
    let usual = arg
        .get_default_values()
        .first()
        .map(|value| format!("；不写就是 {}", value.to_string_lossy()))
        .unwrap_or_default();
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let words = if names.is_empty() { help } else { format!("{help}（{}{usual}）", names.join("、")) };
    arg.help(words).hide_possible_values(true).hide_default_value(true)
}

/// Parses what was typed; help goes out, a mistake is explained, both with their exit code.
pub(in crate::cli) fn parse() -> Result<Arguments, ExitCode> {
    let matches = command().try_get_matches().and_then(|matches| Arguments::from_arg_matches(&matches));
    matches.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print::out(&error.render().to_string());
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            print::error(&command().render_help().to_string());
            ExitCode::from(2)
        }
        _ => {
            print::error(&complaint(&error));
            ExitCode::from(2)
        }
    })
}

fn complaint(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let message = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个选项"),
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", context(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”后面没有写值"),
        ErrorKind::InvalidValue => format!("“{argument}”不能是“{value}”，可以写：{}", context(ContextKind::ValidValue)),
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("“{argument}”的值“{value}”不对：{reason}")
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::ArgumentConflict => format!("“{argument}”写了两次，或与别的选项冲突"),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            format!("“{argument}”的值的个数不对")
        }
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8 文字".to_owned(),
        _ => "命令写得不对".to_owned(),
    };
    let suggestions = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let suggestion = suggestions.into_iter().map(context).find(|text| !text.is_empty());
    let hint = suggestion.map(|text| format!("\n是不是“{text}”？")).unwrap_or_default();
    format!("错误：{message}{hint}\n用法见 hongtou --help")
}

/// Prints the completions of a shell.
#[expect(clippy::unnecessary_wraps, reason = "every verb ends this way")]
pub(in crate::cli) fn completions(options: &Completions) -> Result<Ending, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut command(), "hongtou", &mut script);
    print::out(&String::from_utf8_lossy(&script));
    Ok(Ending::Fine)
}

/// Prints the manual page.
pub(in crate::cli) fn man() -> Result<Ending, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command()).render(&mut page)?;
    print::out(&String::from_utf8_lossy(&page));
    Ok(Ending::Fine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_is_chinese_throughout() {
        command().debug_assert();
        for sub in command().get_subcommands_mut() {
            let help = sub.render_help().to_string();
            for word in ["Usage", "OPTIONS", "default", "possible values", "Arguments", "Print"] {
                assert!(!help.contains(word), "{word} in\n{help}");
            }
        }
    }
}
