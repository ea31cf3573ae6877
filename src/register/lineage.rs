//! 沿革 — the enterprises through their names and codes: what was declared or paid under a former code belongs to the enterprise of today.

use super::spelling::{check, normal};
use super::{CreditCode, Enterprise, Register, namesakes};
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::yaml::Located;

impl Register {
    /// Takes in the enterprises. A code is one enterprise's, now and before.
    pub(super) fn enrol(&mut self, enterprises: Vec<Enterprise>, report: &mut Report) {
        for enterprise in enterprises {
            let code = enterprise.code.value;
            if let Some(first) = self.enterprises.get(&code) {
                let message = format!("统一社会信用代码 {code} 已经属于“{}”", first.name.value);
                report.push(
                    Diagnostic::error(Code::Duplicate, message)
                        .at(enterprise.code.place)
                        .help("一个代码只属于一家企业；改正代码，或删去重复的一条"),
                );
            } else {
                check(&enterprise.name, report);
                enterprise.former_names.iter().for_each(|name| check(name, report));
                check(&enterprise.district, report);
                let place = enterprise.industries.place;
                let industries = enterprise.industries.value.iter();
                industries.for_each(|word| check(&Located { value: word.clone(), place }, report));
                self.enterprises.insert(code, enterprise);
            }
        }
        for (code, enterprise) in &self.enterprises {
            for former in &enterprise.former_codes {
                let owner = self.enterprises.get(&former.value).or_else(|| self.former_owner(former.value));
                let Some(owner) = owner else {
                    self.former.insert(former.value, *code);
                    continue;
                };
                let (former_code, name) = (former.value, &owner.name.value);
                let (message, help) = if owner.code.value == *code {
                    (format!("曾用代码 {former_code} 就是这家企业的代码，或写了两次"), "删去这一个")
                } else if owner.code.value == former_code {
                    let help = "换了代码的，把旧的那一条从企业库里删去；不是一家的，改正曾用代码";
                    (format!("曾用代码 {former_code} 是“{name}”的代码"), help)
                } else {
                    (format!("曾用代码 {former_code} 也写在“{name}”名下"), "一个代码只属于一家企业；改正其中一处")
                };
                report.push(Diagnostic::error(Code::Duplicate, message).at(former.place).help(help));
            }
        }
        namesakes::check(self.enterprises.values(), report);
        self.check_unlike(report);
    }

    /// What an enterprise is not must be another one.
    fn check_unlike(&self, report: &mut Report) {
        for unlike in self.enterprises.values().flat_map(|enterprise| enterprise.unlike.iter()) {
            if self.find(&unlike.value).is_none() {
                let names = self.enterprises.values().map(|enterprise| enterprise.name.value.as_str());
                let help = nearest(&unlike.value, names)
                    .map_or_else(|| "那一家已经删去的，删去这一项".to_owned(), |near| format!("是不是“{near}”？"));
                let message = format!("企业库里没有“{}”", unlike.value);
                report.push(Diagnostic::error(Code::Reference, message).at(unlike.place).help(help));
            }
        }
    }

    fn former_owner(&self, code: CreditCode) -> Option<&Enterprise> {
        self.enterprises.get(self.former.get(&code)?)
    }

    /// The code of today of the enterprise that has a code or had it; the code itself where no enterprise has.
    pub fn today(&self, code: CreditCode) -> CreditCode {
        self.former.get(&code).copied().unwrap_or(code)
    }

    /// The enterprise that has a code or had it.
    pub fn enterprise(&self, code: CreditCode) -> Option<&Enterprise> {
        self.enterprises.get(&code).or_else(|| self.former_owner(code))
    }

    /// The enterprise with this name or code, or else the one that had it.
    pub fn find(&self, name_or_code: &str) -> Option<&Enterprise> {
        if let Ok(code) = name_or_code.parse() {
            return self.enterprise(code);
        }
        let wanted = normal(name_or_code);
        let of_name = self.enterprises.values().find(|enterprise| normal(&enterprise.name.value) == wanted);
        of_name.or_else(|| self.enterprises.values().find(|enterprise| enterprise.was_called(&wanted)))
    }
}
