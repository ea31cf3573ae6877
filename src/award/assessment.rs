//! 核定结果 — what one rule gives for one subject, with every step; an amount of nothing carries its reason just the same.

use crate::calendar::Year;
use crate::money::Money;
use crate::policy::{ClauseRef, Dossier, Part, Policy, Reason, Rule, Step, What};
use crate::register::{Enterprise, ItemId};
use crate::trace::Sink;

/// What one rule gives for one subject.
#[derive(Debug)]
pub struct Assessment<'a, S = Vec<Step<'a>>> {
    /// The policy.
    pub policy: &'a Policy,
    /// The rule.
    pub rule: &'a Rule,
    /// The enterprise.
    pub enterprise: &'a Enterprise,
    /// The year of the facts.
    pub year: Year,
    /// The batch of the year's declarations.
    pub batch: u16,
    /// What it is given for: a product, a project, or the enterprise itself by its name.
    pub subject: &'a str,
    /// Which of the enterprise's items that is.
    pub identity: ItemId,
    /// What came of it.
    pub outcome: Outcome,
    /// The limit that cut it.
    pub cut: Option<Cut>,
    /// What the budget took of it (核减).
    pub reduced: Option<Money>,
    /// Why nothing is given.
    pub reasons: Vec<Reason<'a>>,
    /// How it was computed, where that is kept.
    pub steps: S,
}

/// What came of an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// 给予, with the amount.
    Granted(Money),
    /// Put on a list; no amount is computed here.
    Listed,
    /// 不予.
    Refused,
}

/// The limit that cut an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// What it limits.
    pub scope: &'static str,
    /// The limit.
    pub limit: Money,
}

impl Cut {
    /// `单个企业每年最高1000万元`.
    pub fn text(self) -> String {
        format!("{}最高{}", self.scope, self.limit)
    }
}

impl<'a, S: Sink<Step<'a>> + Default> Assessment<'a, S> {
    /// A refusal of what is the enterprise's own.
    pub fn refused(
        dossier: &Dossier<'a>,
        policy: &'a Policy,
        rule: &'a Rule,
        reason: impl FnOnce() -> Reason<'a>,
    ) -> Self {
        Self {
            policy,
            rule,
            enterprise: dossier.enterprise,
            year: dossier.year,
            batch: dossier.batch,
            subject: &dossier.enterprise.name.value,
            identity: ItemId::ENTERPRISE,
            outcome: Outcome::Refused,
            cut: None,
            reduced: None,
            reasons: S::reasons(reason),
            steps: S::default(),
        }
    }
}

impl<'a, S: Sink<Step<'a>>> Assessment<'a, S> {
    /// Refuses it for one more reason.
    pub fn refuse(&mut self, reason: impl FnOnce() -> Reason<'a>) {
        self.outcome = Outcome::Refused;
        if S::KEEPS {
            self.reasons.push(reason());
        }
    }
}

impl<'a, S> Assessment<'a, S> {
    /// Which rule of which policy it was made by.
    pub fn clause(&self) -> ClauseRef<'a> {
        self.policy.reference(self.rule)
    }

    /// What it is given for, where that is not the enterprise itself.
    pub fn item(&self) -> Option<&'a str> {
        (self.identity != ItemId::ENTERPRISE).then_some(self.subject)
    }

    /// Who pays which part of it.
    pub fn parts(&self) -> &'a [Part] {
        self.policy.parts(self.rule)
    }

    /// What is given: nothing where it is refused or only listed.
    pub fn amount(&self) -> Money {
        match self.outcome {
            Outcome::Granted(amount) => amount,
            Outcome::Listed | Outcome::Refused => Money::ZERO,
        }
    }
}

impl Assessment<'_> {
    /// The tier of a first reach that it is given for, if it is.
    pub fn tier(&self) -> Option<Money> {
        let tiers = self.steps.iter().filter_map(|step| match step.what {
            What::Tier { reach, .. } => Some(reach),
            _ => None,
        });
        tiers.max().filter(|_| matches!(self.outcome, Outcome::Granted(_)))
    }

    /// Why nothing is given, in words.
    pub fn reason(&self) -> Option<String> {
        match self.outcome {
            Outcome::Granted(_) => None,
            Outcome::Listed => {
                let lists = self.steps.iter().filter_map(|step| match &step.what {
                    What::Listed(list) => Some(*list),
                    _ => None,
                });
                Some(format!("列入名单，不在此计算金额：{}", lists.collect::<Vec<_>>().join("、")))
            }
            Outcome::Refused => {
                let reasons: Vec<String> = self.reasons.iter().map(ToString::to_string).collect();
                Some(reasons.join("；"))
            }
        }
    }
}
