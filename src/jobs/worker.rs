//! A thread that does one task at a time, always the newest; the only file that starts threads.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The pause between two slices, so that no task occupies a core.
const REST: Duration = Duration::from_millis(2);

/// Called, from another thread, whenever there is something to take.
pub(super) type Wake = Arc<dyn Fn() + Send + Sync>;

/// Work that can be continued a slice at a time.
pub trait Task: Clone + Send + 'static {
    /// Whether it may never end: then the next task gets another thread, and the program does not wait for it when it closes.
    const MAY_NOT_END: bool = false;

    /// Whether it asks for the same as the other, however far either has come.
    fn is_same(&self, other: &Self) -> bool;

    /// Goes on for a few milliseconds.
    fn advance(&mut self) -> Progress;
}

/// What a slice of work has brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Nothing to show yet.
    Going,
    /// Something to show.
    News,
    /// All there is.
    Done,
}

/// Does tasks of one kind.
pub(super) struct Worker<T: Task> {
    mailbox: Arc<Mailbox<T>>,
    wake: Wake,
    hands: Executor<T>,
    wanted: Option<T>,
}

/// Who does the work.
enum Executor<T> {
    /// Nobody yet: there was none to do.
    None,
    /// A thread.
    Thread(JoinHandle<()>),
    /// Whoever takes the results, a slice each time: where there are no threads, as in a browser.
    Caller(Option<T>),
}

/// What lies between the worker and whoever wants something.
struct Mailbox<T> {
    slots: Mutex<Slots<T>>,
    bell: Condvar,
}

struct Slots<T> {
    /// A task that has not begun.
    order: Option<T>,
    /// Counts the requests: work for an older one is thrown away.
    request: u64,
    /// A task as far as it has come.
    news: Option<T>,
    is_closed: bool,
}

impl<T> Mailbox<T> {
    fn empty() -> Self {
        let slots = Slots { order: None, request: 0, news: None, is_closed: false };
        Self { slots: Mutex::new(slots), bell: Condvar::new() }
    }

    /// What is in the slots is whole at any time, so a thread that panicked has left nothing half done.
    fn lock(&self) -> MutexGuard<'_, Slots<T>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Task> Worker<T> {
    pub(super) fn new(wake: Wake) -> Self {
        Self { mailbox: Arc::new(Mailbox::empty()), wake, hands: Executor::None, wanted: None }
    }

    /// What is wanted now; work for anything else ends after its slice.
    pub(super) fn want(&mut self, wanted: Option<&T>) {
        let is_same = match (&self.wanted, wanted) {
            (Some(old), Some(new)) => old.is_same(new),
            (old, new) => old.is_none() && new.is_none(),
        };
        if is_same {
            return;
        }
        self.wanted = wanted.cloned();
        if T::MAY_NOT_END && wanted.is_some() {
            self.leave();
        }
        let mut slots = self.mailbox.lock();
        slots.request += 1;
        slots.order = wanted.cloned();
        slots.news = None;
        drop(slots);
        self.begin(wanted);
    }

    /// Another thread for other work; the last one ends when its work does, if ever.
    fn leave(&mut self) {
        self.mailbox.lock().is_closed = true;
        self.mailbox.bell.notify_one();
        self.mailbox = Arc::new(Mailbox::empty());
        if matches!(self.hands, Executor::Thread(_)) {
            self.hands = Executor::None;
        }
    }

    fn begin(&mut self, wanted: Option<&T>) {
        // A defect in one task ended the thread; the next task gets another.
        if matches!(&self.hands, Executor::Thread(thread) if thread.is_finished()) {
            self.hands = Executor::None;
        }
        if matches!(self.hands, Executor::None) && wanted.is_some() {
            let (mailbox, wake) = (Arc::clone(&self.mailbox), Arc::clone(&self.wake));
            let thread = thread::Builder::new().name("jobs".to_owned()).spawn(move || work(&mailbox, &*wake));
            self.hands = thread.map_or(Executor::Caller(None), Executor::Thread);
        }
        if let Executor::Caller(task) = &mut self.hands {
            *task = wanted.cloned();
            (self.wake)();
        }
        self.mailbox.bell.notify_one();
    }

    /// The task under way as far as it has come, if there is news.
    pub(super) fn take(&mut self) -> Option<T> {
        let Executor::Caller(own) = &mut self.hands else { return self.mailbox.lock().news.take() };
        let mut task = own.take()?;
        let progress = task.advance();
        if progress != Progress::Done {
            *own = Some(task.clone());
            (self.wake)();
        }
        (progress != Progress::Going).then_some(task)
    }
}

impl<T: Task> Drop for Worker<T> {
    fn drop(&mut self) {
        self.mailbox.lock().is_closed = true;
        self.mailbox.bell.notify_one();
        if let Executor::Thread(thread) = std::mem::replace(&mut self.hands, Executor::None)
            && !T::MAY_NOT_END
        {
            // It ends after its slice; if it panicked, that was said where it happened.
            let _ = thread.join();
        }
    }
}

/// The thread: sleeps while nothing is wanted.
fn work<T: Task>(mailbox: &Mailbox<T>, wake: &dyn Fn()) {
    while let Some((mut task, request)) = next_order(mailbox) {
        loop {
            let progress = task.advance();
            let mut slots = mailbox.lock();
            if slots.is_closed || slots.request != request {
                break;
            }
            if progress != Progress::Going {
                slots.news = Some(task.clone());
                drop(slots);
                wake();
            }
            if progress == Progress::Done {
                break;
            }
            thread::sleep(REST);
        }
    }
}

/// The next task and its request, or `None` when there will be no more.
fn next_order<T>(mailbox: &Mailbox<T>) -> Option<(T, u64)> {
    let mut slots = mailbox.lock();
    loop {
        if slots.is_closed {
            return None;
        }
        if let Some(task) = slots.order.take() {
            return Some((task, slots.request));
        }
        slots = mailbox.bell.wait(slots).unwrap_or_else(PoisonError::into_inner);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::{self, Receiver, Sender};
    use std::time::Duration;

    use super::*;

    /// Counts to ten, has news at five, and takes a step only when it is allowed one.
    #[derive(Clone)]
    struct Count {
        id: u32,
        reached: u32,
        steps: Arc<Mutex<Receiver<()>>>,
        taken: Arc<AtomicUsize>,
    }

    /// A task that panics.
    const BROKEN: u32 = 13;

    impl Count {
        fn new(id: u32) -> (Self, Sender<()>) {
            let (allow, steps) = mpsc::channel();
            let count = Self { id, reached: 0, steps: Arc::new(Mutex::new(steps)), taken: Arc::default() };
            (count, allow)
        }
    }

    impl Task for Count {
        fn is_same(&self, other: &Self) -> bool {
            self.id == other.id
        }

        fn advance(&mut self) -> Progress {
            assert_ne!(self.id, BROKEN, "a defect, for a test");
            let _ = self.steps.lock().unwrap().recv_timeout(Duration::from_mins(1));
            self.taken.fetch_add(1, Ordering::SeqCst);
            self.reached += 1;
            match self.reached {
                5 => Progress::News,
                10 => Progress::Done,
                _ => Progress::Going,
            }
        }
    }

    /// A [`Count`] of which no one can say whether it ends.
    #[derive(Clone)]
    struct Endless(Count);

    impl Task for Endless {
        const MAY_NOT_END: bool = true;

        fn is_same(&self, other: &Self) -> bool {
            self.0.is_same(&other.0)
        }

        fn advance(&mut self) -> Progress {
            self.0.advance()
        }
    }

    fn worker<T: Task>() -> (Worker<T>, Receiver<()>) {
        let (bell, rung) = mpsc::channel();
        (Worker::new(Arc::new(move || bell.send(()).unwrap_or_default())), rung)
    }

    fn allow(sender: &Sender<()>, steps: usize) {
        for _ in 0..steps {
            sender.send(()).unwrap();
        }
    }

    fn wait(rung: &Receiver<()>) {
        rung.recv_timeout(Duration::from_mins(1)).unwrap();
    }

    #[test]
    fn partial_results_come_first_and_then_it_sleeps() {
        let (mut worker, rung) = worker();
        let (count, steps) = Count::new(1);
        worker.want(Some(&count));
        assert!(worker.take().is_none(), "nothing yet");
        allow(&steps, 5);
        wait(&rung);
        assert_eq!(worker.take().map(|count| count.reached), Some(5), "half of it");
        worker.want(Some(&count));
        allow(&steps, 5);
        wait(&rung);
        assert_eq!(worker.take().map(|count| count.reached), Some(10), "all of it, not started over");
        assert!(worker.take().is_none(), "and only once");
        assert!(rung.recv_timeout(Duration::from_millis(20)).is_err(), "nobody is woken for nothing");
    }

    #[test]
    fn the_newest_request_wins_and_none_ends_the_work() {
        let (mut worker, rung) = worker();
        let (old, old_steps) = Count::new(1);
        let (new, new_steps) = Count::new(2);
        worker.want(Some(&old));
        allow(&old_steps, 5);
        wait(&rung);
        worker.want(Some(&new));
        assert!(worker.take().is_none(), "what was found for the old request is thrown away");
        allow(&old_steps, 1);
        allow(&new_steps, 5);
        wait(&rung);
        assert_eq!(worker.take().map(|count| (count.id, count.reached)), Some((2, 5)), "the new one");
        assert!(old.taken.load(Ordering::SeqCst) <= 6, "the old one ended after its slice");
        worker.want(None);
        allow(&new_steps, 1);
        let (last, last_steps) = Count::new(3);
        worker.want(Some(&last));
        allow(&last_steps, 10);
        wait(&rung);
        assert!(new.taken.load(Ordering::SeqCst) <= 6, "and so did the second");
        assert_eq!(worker.take().map(|count| count.id), Some(3), "what is wanted again is done");
    }

    #[test]
    fn nobody_waits_for_work_that_never_ends() {
        let (mut worker, rung) = worker();
        let (stuck, _steps) = Count::new(1);
        let (next, steps) = Count::new(2);
        worker.want(Some(&Endless(stuck)));
        worker.want(Some(&Endless(next)));
        allow(&steps, 5);
        wait(&rung);
        let news = worker.take().map(|Endless(count)| (count.id, count.reached));
        assert_eq!(news, Some((2, 5)), "other work is done meanwhile");
        drop(worker);
    }

    #[test]
    fn after_a_task_that_panicked_the_next_one_is_done() {
        let (mut worker, rung) = worker();
        worker.want(Some(&Count::new(BROKEN).0));
        while matches!(&worker.hands, Executor::Thread(thread) if !thread.is_finished()) {
            thread::yield_now();
        }
        let (next, steps) = Count::new(2);
        worker.want(Some(&next));
        allow(&steps, 5);
        wait(&rung);
        assert_eq!(worker.take().map(|count| count.id), Some(2), "by another thread");
    }

    #[test]
    fn without_threads_whoever_takes_does_the_work() {
        let (mut worker, rung) = worker();
        worker.hands = Executor::Caller(None);
        let (count, steps) = Count::new(1);
        allow(&steps, 10);
        worker.want(Some(&count));
        let mut reached = Vec::new();
        while rung.try_recv().is_ok() {
            reached.extend(worker.take().map(|count| count.reached));
        }
        assert_eq!(reached, [5, 10], "a slice whenever it is woken, until it is done");
    }
}
