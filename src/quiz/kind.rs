//! What a class is asked to predict: a landing, a path or an outcome, of the next step or of the whole run.

/// What is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PredictionKind {
    /// A place: where the step lands, or where the run ends.
    #[default]
    Landing,
    /// A line: the way that the run takes.
    Path,
    /// A word: what the loss does beside what was predicted.
    Outcome,
}

impl PredictionKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Landing, Self::Path, Self::Outcome];

    /// Its name in files and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Landing => "landing",
            Self::Path => "path",
            Self::Outcome => "outcome",
        }
    }

    /// The kind with this name.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// Its name on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Landing => "Landing",
            Self::Path => "Path",
            Self::Outcome => "Outcome",
        }
    }

    /// The spans that it can be asked about, the usual one first.
    pub const fn spans(self) -> &'static [Span] {
        match self {
            Self::Landing => &[Span::Step, Span::Run],
            Self::Path => &[Span::Run],
            Self::Outcome => &[Span::Step],
        }
    }

    /// The span if it can be asked of that, else the usual one.
    #[must_use]
    pub fn suited(self, span: Span) -> Span {
        if self.spans().contains(&span) { span } else { self.spans()[0] }
    }

    /// Whether its guesses are seen on the picture.
    pub const fn is_drawn(self) -> bool {
        !matches!(self, Self::Outcome)
    }

    /// The question where no other is given.
    pub const fn question(self, span: Span) -> &'static str {
        match (self, span) {
            (Self::Landing, Span::Step) => "Where does the next step end?",
            (Self::Landing, Span::Run) => "Where does the run end?",
            (Self::Path, _) => "Which path does the run take from here?",
            (Self::Outcome, _) => "What does the loss do in the next step?",
        }
    }

    /// How it is answered, in one sentence.
    pub const fn instruction(self, is_one_weight: bool) -> &'static str {
        match (self, is_one_weight) {
            (Self::Landing, false) => "Click the place on the map or the surface.",
            (Self::Landing, true) => "Click the place on the curve.",
            (Self::Path, false) => "Draw the path on the map.",
            (Self::Path, true) => "Draw along the curve.",
            (Self::Outcome, _) => "Choose an answer.",
        }
    }
}

/// What a question is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Span {
    /// The next step.
    #[default]
    Step,
    /// All steps from here to the end of the run.
    Run,
}

impl Span {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Step, Self::Run];

    /// Its name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Step => "step",
            Self::Run => "run",
        }
    }

    /// The span with this name.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|span| span.id() == id)
    }

    /// Its name on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Step => "next step",
            Self::Run => "whole run",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_spans_are_found_by_their_names() {
        for kind in PredictionKind::ALL {
            assert_eq!(PredictionKind::find(kind.id()), Some(kind));
            assert!(Span::ALL.into_iter().all(|span| kind.spans().contains(&kind.suited(span))), "{kind:?}");
            assert!(kind.spans().iter().all(|span| kind.suited(*span) == *span), "{kind:?}");
        }
        for span in Span::ALL {
            assert_eq!(Span::find(span.id()), Some(span));
        }
        assert_eq!((PredictionKind::find("landings"), Span::find("")), (None, None));
    }
}
