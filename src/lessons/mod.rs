//! Layer 2: what a lesson file says, as plain data: pages of text with formulas, and the blocks in them; every mistake with its place.
//!
//! A [`LessonText`] names everything by the words of the file; whoever shows it finds what they stand for, and says where one
//! stands for nothing.

mod blocks;
mod catalog;
mod files;
pub mod formula;
mod keys;
mod lesson;
mod markdown;
mod mistake;
mod source;

pub use blocks::{GoalText, LookText, ParameterRange, PredictText, SceneText, SolutionText, TaskText};
pub use catalog::{FILES, GUIDE};
pub use lesson::{LessonText, MOST_BYTES, PageText};
pub use markdown::{Block, Inline, Style, inline_text, plain};
pub use mistake::{Located, Mistake};
