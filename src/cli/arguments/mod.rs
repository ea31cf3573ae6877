//! 参数 — what can be typed; help and complaints in Chinese.

mod exchange;
mod followup;
mod form;
mod line;
mod making;
mod money;
mod papers;
mod words;
mod workspace;

pub(super) use exchange::{ChangesRead, Compare, Export, ExportKind, Form, FormKind, Import, ImportKind};
pub(super) use followup::{Chains, Indicators, Lists, Progress, SheetFormat, TasksNew, TasksShow, TasksVerb};
pub(super) use form::FindingFormat;
pub(super) use line::{Arguments, Common, Verb};
pub(super) use making::{Build, Cache, Check, Merge};
pub(super) use money::{AwardFormat, Awards, Explain, ExplainFormat, Grant, Statistics, StatisticsFormat};
pub(super) use papers::{Documents, Fix, Issue, Measure, New, Number, PageFormat, Render, Reprint, Withdraw};
pub(super) use words::{command, completions, man, parse};
pub(super) use workspace::{
    Agenda, AgendaFormat, Fonts, Init, LogShown, PolicyNew, PolicyShow, PolicyVerb, Publish, Serve, ServedRoom,
    UserVerb,
};
