//! The text on the step at the playhead: its sentence, and why the run ends there.

use super::State;
use crate::drawing::ink::Ink;
use crate::drawing::sentence::{OSCILLATES, Piece, sentence, sentence_in_fog};
use crate::run::{KnownOfStep, Stop, StopReason};

impl State {
    /// Why the selected run ends at the playhead, if it does.
    pub fn stop_here(&self) -> Option<&Stop> {
        let run = self.derived.run(self.selected)?;
        let at_end = self.playback.playhead + 1 >= run.iterates().len();
        run.stop().filter(|_| at_end)
    }

    /// The sentence of the step at the playhead of the selected run; in fog, of what its method knows. `None` where there
    /// is no step.
    pub fn sentence(&self) -> Option<Vec<Piece>> {
        let (analysis, explanation) = (self.derived.analysis()?, self.derived.explanation()?);
        let known = || KnownOfStep::of(analysis, self.derived.queries());
        Some(if self.view.in_fog() { sentence_in_fog(explanation, known()) } else { sentence(explanation) })
    }

    /// Why the run ends here, if it does and the sentence has not said it already.
    pub fn spoken_end(&self) -> Option<Piece> {
        let explanation = self.derived.explanation()?;
        let stop = self.stop_here().filter(|_| !explanation.says_why_it_ends())?;
        if explanation.oscillates {
            return Some(Piece { text: format!("{}. {OSCILLATES}", stop.text), ink: None });
        }
        let ink = match stop.reason {
            // The transport shows that all of its steps were taken.
            StopReason::StepLimit => return None,
            StopReason::Converged => Ink::Muted,
            _ => Ink::Gap,
        };
        Some(Piece { text: stop.text.clone(), ink: Some(ink) })
    }

    /// Both as plain text, a paragraph a line; where there is no step, why.
    pub fn spoken_text(&self) -> String {
        let Some(pieces) = self.sentence() else {
            let run = self.derived.run(self.selected);
            return run.and_then(|run| run.stop()).map(|stop| stop.text.clone()).unwrap_or_default();
        };
        let sentence: String = pieces.into_iter().map(|piece| piece.text).collect();
        let end = self.spoken_end().map(|end| format!("\n{}", end.text)).unwrap_or_default();
        sentence + &end
    }
}
