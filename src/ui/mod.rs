//! Layer 9: the interface. It reads the state and pushes commands; it changes nothing itself.

pub mod panels;
pub mod theme;
pub mod widgets;
