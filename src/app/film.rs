//! The frames of a moving picture, or the pages of a deck: one state, shown at one step after another.

use anyhow::Context as _;

use super::export::Still;
use crate::drawing::vector_page::VectorPage;
use crate::drawing::{FrameChoice, FrameError, FrameLimits};
use crate::export::{Page, Pixels, hundredths};
use crate::state::{Command, Inside, PlayCommand, State};

/// What is shown in one of them.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Frame {
    step: usize,
    /// The sub-step, from 0; `None` for the step as a whole.
    inside: Option<usize>,
}

/// A state whose runs are made, and the steps at which it is shown.
pub(super) struct Film {
    still: Still,
    frames: Vec<Frame>,
    hundredths: Vec<u16>,
    /// The distance of the steps, where it was not chosen and leaves some out.
    pub(super) thinned: Option<usize>,
    /// Frames a second.
    pub(super) per_second: f64,
    last: usize,
}

impl Film {
    /// The frames of a picture.
    ///
    /// # Errors
    /// If there are no such steps, or too many of them.
    pub(super) fn new(mut still: Still, choice: &FrameChoice, limits: FrameLimits) -> Result<Self, FrameError> {
        let state = &mut still.state;
        let last = state.last_step();
        let (steps, every) = choice.steps(last, limits)?;
        let mut frames = Vec::new();
        for step in steps {
            frames.push(Frame { step, inside: None });
            if choice.substeps && step < last {
                go_to(state, Frame { step, inside: Some(0) });
                let count = state.derived.substeps().len();
                frames.extend((0..count).map(|place| Frame { step, inside: Some(place) }));
            }
            if frames.len() > limits.most {
                let (count, most) = (frames.len(), limits.most.max(1));
                return Err(FrameError::TooMany { count, limits, every: every * count.div_ceil(most).max(2) });
            }
        }
        let per_second = choice.speed(frames.len());
        Ok(Self {
            hundredths: hundredths(frames.len(), per_second),
            frames,
            thinned: Some(every).filter(|every| choice.every.is_none() && *every > 1),
            per_second,
            last,
            still,
        })
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.frames.len()
    }

    /// Width and height in pixels.
    pub(super) fn size(&self) -> [u32; 2] {
        self.still.size.map(|side| (side as f32 * self.still.scale).round() as u32)
    }

    /// What is shown, for whoever asks for colors.
    pub(super) fn state(&self) -> &State {
        &self.still.state
    }

    /// What all of them show, in a line.
    pub(super) fn title(&self) -> String {
        let document = &self.state().document;
        let name = document.landscape.name();
        match document.cards.iter().find(|card| card.id == self.state().selected) {
            Some(card) => format!("{} on {name}", card.optimizer.entry.name),
            None => name.to_owned(),
        }
    }

    /// The frame at a place, painted, with what there is to say of it.
    ///
    /// # Errors
    /// If it cannot be painted.
    pub(super) fn page(&mut self, place: usize) -> anyhow::Result<Page> {
        let frame = *self.frames.get(place).context("there is no such frame")?;
        go_to(&mut self.still.state, frame);
        let pixels = self.paint()?;
        let (step, last) = (frame.step, self.last);
        let mut page = Page {
            pixels,
            title: format!("{}, step {step} of {last}", self.title()),
            notes: self.state().spoken_text(),
            hundredths: self.hundredths.get(place).copied().unwrap_or(100),
        };
        let substeps = self.still.state.derived.substeps();
        if let Some((inside, substep)) = frame.inside.and_then(|inside| Some((inside, substeps.get(inside)?))) {
            page.title = format!("{}, part {} of {}", page.title, inside + 1, substeps.len());
            let said = [substep.caption.as_str(), &substep.numbers].into_iter().filter(|words| !words.is_empty());
            page.notes = said.collect::<Vec<_>>().join(": ");
        }
        Ok(page)
    }

    /// The frame at a place as paths and letters.
    ///
    /// # Errors
    /// If it cannot be laid out.
    pub(super) fn vector_page(&mut self, place: usize) -> anyhow::Result<VectorPage> {
        let frame = *self.frames.get(place).context("there is no such frame")?;
        go_to(&mut self.still.state, frame);
        Ok(self.still.page()?)
    }

    /// As the picture of its step alone would be: what the views keep belongs to the frame that it was painted in.
    fn paint(&self) -> anyhow::Result<Pixels> {
        let picture = self.still.picture()?;
        let size = [picture.width(), picture.height()];
        let rgb =
            picture.into_raw().as_chunks::<4>().0.iter().map(|&[red, green, blue, _]| [red, green, blue]).collect();
        Ok(Pixels { size, rgb })
    }
}

/// Shows a state at a frame, with all that is computed for it.
fn go_to(state: &mut State, frame: Frame) {
    state.apply(vec![Command::Play(PlayCommand::GoTo(frame.step))]);
    state.view.scene.inside = frame.inside.map(Inside::at);
    state.finish();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::picture::{state_of, still};
    use crate::cli::{PictureSize, RenderRequest, View};
    use crate::drawing::Pane;
    use crate::landscapes::Landscape;
    use crate::numbers::Point;
    use crate::optimizers::Choice;

    fn request(view: View, step: Option<usize>) -> RenderRequest {
        RenderRequest {
            landscape: Some(Landscape::parse("himmelblau").unwrap()),
            optimizers: ["gd:lr=0.01", "newton"].map(|text| Choice::parse(text).unwrap()).into(),
            start: Some(Point::new(-0.5, -1.4)),
            steps: Some(12),
            step,
            view,
            size: PictureSize { width: 320, height: 220 },
            ..RenderRequest::opening("a.gif".into())
        }
    }

    fn film(request: &RenderRequest, choice: &FrameChoice) -> Result<Film, FrameError> {
        Film::new(still(request, state_of(request, request.steps).unwrap()), choice, FrameLimits::FRAMES)
    }

    /// Each frame is the picture of its step to the last pixel, whatever was painted before.
    #[test]
    fn a_frame_is_the_picture_of_its_step() {
        for view in [View::Pane(Pane::Map), View::Pane(Pane::Slice), View::Pane(Pane::Surface)] {
            let choice = FrameChoice { every: Some(5), ..FrameChoice::default() };
            let mut film = film(&request(view, None), &choice).unwrap();
            for (place, step) in [0, 5, 10, 12].into_iter().enumerate() {
                let page = film.page(place).unwrap();
                let still = image::load_from_memory(&crate::app::render(&request(view, Some(step))).unwrap()).unwrap();
                assert!(page.pixels.rgb.as_flattened() == still.into_rgb8().as_raw(), "{view:?}, step {step}");
            }
            assert_eq!(film.count(), 4, "{view:?}: the last step is shown too");
        }
    }

    #[test]
    fn every_page_says_what_the_window_says_of_its_step() {
        let request = request(View::Pane(Pane::Map), None);
        let choice = FrameChoice { from: Some(1), to: Some(2), substeps: true, ..FrameChoice::default() };
        let mut film = film(&request, &choice).unwrap();
        let pages: Vec<Page> = (0..film.count()).map(|place| film.page(place).unwrap()).collect();
        assert_eq!(pages[0].title, "Gradient descent on Himmelblau, step 1 of 12");
        let second = pages.iter().position(|page| page.title.ends_with("step 2 of 12")).unwrap();
        for (place, step) in [(0, 1), (second, 2)] {
            let mut state = state_of(&request, request.steps).unwrap();
            state.apply(vec![Command::Play(PlayCommand::GoTo(step))]);
            state.finish();
            let sentence: String = state.sentence().unwrap().into_iter().map(|piece| piece.text).collect();
            assert!(!sentence.is_empty() && pages[place].notes == sentence, "step {step}: {}", pages[place].notes);
        }
        let within = second - 1;
        assert!(within >= 2, "the step has sub-steps");
        assert!(pages[1].title.ends_with(&format!("step 1 of 12, part 1 of {within}")), "{}", pages[1].title);
        assert!(pages[1].notes.contains("∇f"), "the first one asks for the gradient: {}", pages[1].notes);
        assert!(pages[1].pixels != pages[2].pixels, "each has its picture");
    }

    #[test]
    fn steps_that_are_not_there_are_refused() {
        let request = request(View::Pane(Pane::Map), None);
        let said =
            |choice: FrameChoice| film(&request, &choice).err().map(|error| error.to_string()).unwrap_or_default();
        let beyond = said(FrameChoice { to: Some(13), ..FrameChoice::default() });
        assert_eq!(beyond, "no run has a step 13: the longest ends at step 12");
        let few = FrameLimits { usual: 5, ..FrameLimits::FRAMES };
        let long = |choice| Film::new(still(&request, state_of(&request, Some(12)).unwrap()), &choice, few).unwrap();
        assert_eq!(long(FrameChoice::default()).thinned, Some(3), "of a long run some steps");
        assert_eq!(long(FrameChoice { every: Some(4), ..FrameChoice::default() }).thinned, None, "as was chosen");
    }
}
