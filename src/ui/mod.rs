//! Layer 9: the interface. It reads the state and pushes commands; it changes nothing itself.

pub mod actions;
mod boxed_view;
mod column;
pub mod glossary;
pub mod keyboard;
mod lesson_room;
pub mod panels;
mod pointing;
mod presented;
mod question_height;
mod question_room;
pub mod theme;
pub mod timing;
pub mod views;
pub mod widgets;
pub mod window;
