//! Days, years, periods and working days (工作日) as official documents count them.

mod day;
mod ics;
mod workdays;

pub use day::{Day, Year};
pub use ics::{Event, ics};
pub use workdays::{Calendar, FirstDay, HolidayYear, MissingYear, SpecialDay};
