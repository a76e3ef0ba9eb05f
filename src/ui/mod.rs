//! Layer 9: the interface. It reads the state and pushes commands; it changes nothing itself.

pub mod theme;
