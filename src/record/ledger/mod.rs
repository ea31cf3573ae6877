//! 奖励台账 — the record of the money: what may be booked, what is booked, and whether it is what was due.

mod account;
mod condition;
mod due;
mod payment;

pub use account::audit;
pub use condition::{conditions, unannounced};
pub use due::compare;
pub use payment::{Occasion, Payee, Payment, closed, pay};
