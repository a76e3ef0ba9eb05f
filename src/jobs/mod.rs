//! Layer 6: slow work in the background: the newest request wins, partial results come first, and nothing waits.
//!
//! Whoever owns the [`Jobs`] says in every frame what is wanted and takes what there is; a finished or refused job costs
//! nothing. A new kind of work is a type that implements [`Task`].

mod in_parts;
mod one_shot;
mod tasks;
mod worker;

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use worker::{Wake, Worker};

pub use in_parts::{InParts, Parts};
pub use one_shot::{Brought, OneShot};
pub use worker::{Progress, Task};

/// A dialog in which the user chooses a file, or closes it without; or why there is none.
pub type Dialog = OneShot<DialogAnswer>;

/// The answer of a dialog: a file, none as it was closed, or why there was no dialog.
#[derive(Clone, Debug)]
pub struct DialogAnswer(pub Result<Option<PathBuf>, String>);

/// A file with the answers of a class: its bytes, or why there are none.
#[derive(Clone, Debug)]
pub struct AnswerBytes(pub Result<Vec<u8>, String>);

/// A file with the answers of a class, to be read.
pub type AnswerFile = OneShot<AnswerBytes>;

/// A file to be written: false if another one is in its place, or why it cannot be.
pub type Saving = OneShot<Result<bool, String>>;

/// All slow work, each kind with a worker of its own.
pub struct Jobs {
    workers: HashMap<TypeId, Box<dyn Any>>,
    wake: Wake,
}

impl Jobs {
    /// No work yet; `wake` is called, from another thread, whenever there is something to take.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self { workers: HashMap::new(), wake: Arc::new(wake) }
    }

    /// The work of a kind that is wanted now; other work, or none, ends that under way.
    pub fn want<T: Task>(&mut self, wanted: Option<&T>) {
        let kind = TypeId::of::<T>();
        if wanted.is_none() && !self.workers.contains_key(&kind) {
            return;
        }
        let worker = self.workers.entry(kind).or_insert_with(|| Box::new(Worker::<T>::new(Arc::clone(&self.wake))));
        if let Some(worker) = worker.downcast_mut::<Worker<T>>() {
            worker.want(wanted);
        }
    }

    /// The work of a kind as far as it has come, if there is news.
    pub fn take<T: Task>(&mut self) -> Option<T> {
        self.workers.get_mut(&TypeId::of::<T>())?.downcast_mut::<Worker<T>>()?.take()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;
    use crate::analysis::Search;
    use crate::landscapes::Landscape;
    use crate::numbers::Point;
    use crate::optimizers::Choice;
    use crate::run::{Recipe, Run, StepsAhead};

    #[test]
    fn a_search_beside_the_frames_ends_where_one_at_once_does() {
        let (bell, rung) = mpsc::channel();
        let mut jobs = Jobs::new(move || bell.send(()).unwrap_or_default());
        let [first, second] = ["ackley", "griewank"].map(|text| Search::new(&Landscape::parse(text).unwrap()));
        jobs.want(Some(&first));
        jobs.want(Some(&second));
        let mut last = None;
        while last.as_ref().is_none_or(|search: &Search| !search.is_finished()) {
            rung.recv_timeout(Duration::from_mins(1)).unwrap();
            jobs.want(Some(&second));
            last = jobs.take().or(last);
            assert!(last.iter().all(|search| search.is_same(&second)), "the newest request wins");
        }
        assert_eq!(last.unwrap().points(), Search::finished(second.landscape()).points(), "the same points");
    }

    #[test]
    fn kinds_of_work_do_not_disturb_each_other() {
        let (bell, rung) = mpsc::channel();
        let mut jobs = Jobs::new(move || bell.send(()).unwrap_or_default());
        let landscape = Landscape::parse("bowl").unwrap();
        let recipe = Recipe::new(Choice::parse("gd").unwrap(), Point::new(1.0, 2.0), 40);
        let whole = Run::of(&landscape, &recipe);
        let mut run = Run::begin(&landscape, &recipe);
        let saving = Saving::new(1, || Ok(true));
        let (mut saved, mut known) = (None, true);
        while run.stop().is_none() || saved.is_none() {
            jobs.want(run.steps_ahead(usize::MAX).as_ref());
            jobs.want(saved.is_none().then_some(&saving));
            jobs.want::<Search>(None);
            rung.recv_timeout(Duration::from_mins(1)).unwrap();
            known &= jobs.take::<StepsAhead>().is_none_or(|ahead| run.take_ahead(&ahead));
            saved = jobs.take().and_then(Saving::into_outcome).or(saved);
        }
        assert_eq!((run.iterates(), saved), (whole.iterates(), Some((1, Ok(true)))), "both were done");
        assert!(known, "and no step twice");
    }
}
