//! 会话 — who came in, and until when; who failed too often waits.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::accounts::Role;
use super::tokens::token;

/// A working day (seconds).
const DAY: u64 = 10 * 3600;

/// So many failures of a name in a row, and it is shut for a while (seconds).
const TRIES: u32 = 5;
const SHUT: u64 = 15 * 60;

/// The most sessions and names that are kept in mind.
const MOST: usize = 1_000;

/// Who works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::workbench) struct Person {
    /// Their name.
    pub(in crate::workbench) name: String,
    /// What they may do.
    pub(in crate::workbench) role: Role,
}

#[derive(Debug, Default)]
struct State {
    /// By the secret of the cookie: who, and until when.
    open: BTreeMap<String, (Person, u64)>,
    /// By name: how often it failed, and when last.
    failed: BTreeMap<String, (u32, u64)>,
    /// The secret of the link that opens once.
    link: Option<String>,
}

/// All who came in.
#[derive(Debug)]
pub(in crate::workbench) struct Sessions {
    state: Mutex<State>,
    seconds: fn() -> u64,
}

impl Sessions {
    pub(in crate::workbench) fn new(seconds: fn() -> u64) -> Self {
        Self { state: Mutex::default(), seconds }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A link that opens once.
    pub(in crate::workbench) fn link(&self) -> std::io::Result<String> {
        let link = token()?;
        self.state().link = Some(link.clone());
        Ok(link)
    }

    /// Whether this is the link; it opens no second time.
    pub(in crate::workbench) fn opens(&self, key: &str) -> bool {
        let mut state = self.state();
        let fits = state.link.as_deref() == Some(key);
        if fits {
            state.link = None;
        }
        fits
    }

    /// Lets somebody in: the secret of their cookie.
    pub(in crate::workbench) fn enter(&self, person: Person) -> std::io::Result<String> {
        let secret = token()?;
        let now = (self.seconds)();
        let mut state = self.state();
        state.failed.remove(&person.name);
        state.open.retain(|_, (_, until)| *until > now);
        if state.open.len() >= MOST {
            let oldest = state.open.iter().min_by_key(|(_, (_, until))| *until).map(|(secret, _)| secret.clone());
            oldest.map(|secret| state.open.remove(&secret));
        }
        state.open.insert(secret.clone(), (person, now + DAY));
        Ok(secret)
    }

    /// Who it is.
    pub(in crate::workbench) fn who(&self, secret: &str) -> Option<Person> {
        let now = (self.seconds)();
        self.state().open.get(secret).filter(|(_, until)| *until > now).map(|(person, _)| person.clone())
    }

    /// Lets somebody go.
    pub(in crate::workbench) fn leave(&self, secret: &str) {
        self.state().open.remove(secret);
    }

    /// For how many seconds a name is shut.
    pub(in crate::workbench) fn shut(&self, name: &str) -> Option<u64> {
        let now = (self.seconds)();
        let state = self.state();
        let (count, last) = state.failed.get(name)?;
        (*count >= TRIES).then(|| (last + SHUT).saturating_sub(now)).filter(|left| *left > 0)
    }

    /// Notes that somebody did not know the password.
    pub(in crate::workbench) fn failed(&self, name: &str) {
        let now = (self.seconds)();
        let mut state = self.state();
        state.failed.retain(|_, (_, last)| *last + SHUT > now);
        if state.failed.len() < MOST || state.failed.contains_key(name) {
            let entry = state.failed.entry(name.to_owned()).or_insert((0, now));
            *entry = (entry.0 + 1, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    static NOW: AtomicU64 = AtomicU64::new(1_000);

    #[test]
    fn a_link_opens_once_a_day_ends_and_who_fails_waits() {
        let sessions = Sessions::new(|| NOW.load(Ordering::Relaxed));
        let link = sessions.link().unwrap();
        assert!(!sessions.opens("x") && sessions.opens(&link) && !sessions.opens(&link));
        let person = Person { name: "甲".to_owned(), role: Role::Drafter };
        let secret = sessions.enter(person.clone()).unwrap();
        assert_eq!(sessions.who(&secret), Some(person.clone()));
        assert_ne!(sessions.enter(person).unwrap(), secret, "each gets a secret of its own");
        for _ in 0..TRIES {
            assert_eq!(sessions.shut("乙"), None);
            sessions.failed("乙");
        }
        assert_eq!((sessions.shut("乙"), sessions.shut("丙")), (Some(SHUT), None));
        NOW.fetch_add(SHUT, Ordering::Relaxed);
        assert_eq!(sessions.shut("乙"), None);
        NOW.fetch_add(DAY, Ordering::Relaxed);
        assert_eq!(sessions.who(&secret), None);
    }
}
