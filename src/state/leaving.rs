//! What is asked before a scene is left: by closing the program, by a new scene or by another one, where changes would be
//! lost.

use super::Arrival;

/// What the user says about leaving a scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// The program shall be closed.
    Wanted,
    /// Once what would be lost is saved.
    Saved,
    /// Without saving it.
    Anyway,
    /// Not after all.
    NotYet,
}

/// Whether the scene is about to be left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leaving {
    /// Nobody wants to.
    #[default]
    Staying,
    /// The user wants to, once it is known whether what is being written has come into its file: then it is asked about the rest.
    Waiting,
    /// The user wants to, and is asked about what would be lost.
    Asked,
    /// As soon as that is saved.
    Saving,
    /// The program is closed now.
    Now,
}

/// What the scene is left for.
#[derive(Clone, Debug, PartialEq)]
pub enum LeaveFor {
    /// The end of the program.
    Close,
    /// The opening scene.
    New,
    /// Another scene.
    Show(Box<Arrival>),
}

/// What would be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsaved {
    /// Changes of the scene.
    Scene,
    /// Samples that were set by hand and replaced since, this many changes ago.
    Samples(usize),
}

/// What the user is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// What the scene is left for.
    pub question: LeaveFor,
    /// What would be lost.
    pub unsaved: Unsaved,
}
