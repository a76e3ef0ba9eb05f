//! Follows a formula that is being typed.

use crate::state::draft::REST;
use crate::state::{Command, DocumentCommand, FormulaDraft, State};

impl State {
    /// What can be read waits for the end of the typing; what cannot says so at once.
    pub(super) fn draft_formula(&mut self, text: String) {
        if self.document.landscape.with_formula(&text).is_ok() {
            self.view.scene.faulty_formula = None;
            self.draft = Some(FormulaDraft { text, waited: 0.0 });
        } else {
            self.type_formula(text);
        }
    }

    /// Advances by `seconds`: a draft that rests becomes the landscape.
    pub(in crate::state) fn tick_draft(&mut self, seconds: f64) {
        let Some(draft) = &mut self.draft else { return };
        draft.waited += seconds;
        if draft.waited >= REST {
            let text = std::mem::take(&mut draft.text);
            self.apply(vec![Command::Document(DocumentCommand::TypeFormula(text))]);
        }
    }

    /// Seconds until a draft becomes the landscape.
    pub(in crate::state) fn draft_due(&self) -> Option<f64> {
        self.draft.as_ref().map(|draft| (REST - draft.waited).max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_followed_when_its_typing_rests_and_a_mistake_is_named_at_once() {
        let mut state = State::opening();
        state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("formula"))]);
        let first = state.document.landscape.typed().map(str::to_owned);
        let typed = |state: &mut State, text: &str| {
            state.apply(vec![Command::Document(DocumentCommand::DraftFormula(text.to_owned()))]);
        };
        for text in ["x", "x^", "x^2", "x^2 +", "x^2 + y"] {
            typed(&mut state, text);
            let is_whole = !text.ends_with(['^', '+']);
            assert_eq!(state.draft.is_some(), is_whole, "{text}: waits");
            assert_eq!(state.view.scene.faulty_formula.is_none(), is_whole, "{text}: is read");
            assert_eq!(state.document.landscape.typed(), first.as_deref(), "{text}: the last whole one stays");
            state.tick(0.2);
        }
        assert!(state.due().is_some_and(|seconds| seconds < REST), "a frame comes for it");
        state.tick(REST);
        assert_eq!(state.document.landscape.typed(), Some("x^2 + y"), "the typing rests");
        assert_eq!((state.draft.as_ref(), state.draft_due()), (None, None), "and nothing waits any more");
    }
}
