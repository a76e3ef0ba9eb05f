//! What is known of the files of scenes: where each was opened from and saved to, and what it held.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::document::Lineage;
use super::{Fingerprint, Scene};

/// This many files are offered to be opened again.
const MOST_RECENT: usize = 8;
/// Number of scenes kept for comparison.
const MOST_COMPARED: Lineage = 8;
/// The ending of a scene's file.
pub const ENDING: &str = "toml";

/// What is known of the files of scenes.
#[derive(Default)]
pub struct SceneFiles {
    /// Files of scenes, lessons and data that were opened or saved, the newest first.
    pub recent: VecDeque<PathBuf>,
    /// The path of the scene is asked for in the window itself.
    pub asked: Option<AskedPath>,
    /// The path of a file to open is asked for in the window itself.
    pub opens: bool,
    pub(super) begun: BTreeMap<Lineage, Begun>,
    /// What the files hold, as far as they were read or written here.
    pub(super) known: BTreeMap<PathBuf, Fingerprint>,
}

/// A path that is asked for in the window: where the system has no dialog, and where another file is in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedPath {
    /// A file that stands where the scene was to be saved, and why it was not replaced.
    pub in_the_way: Option<(PathBuf, &'static str)>,
}

/// A scene as it was opened, saved or new: the reference for "unsaved changes".
pub(super) struct Begun {
    pub(super) path: Option<PathBuf>,
    /// `None` if it differed from its file from the first: it counts as changed.
    pub(super) scene: Option<Arc<Scene>>,
}

/// A scene on its way into the window.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// What is to be shown.
    pub scene: Scene,
    /// Its file, and what that holds.
    pub file: Option<(PathBuf, Fingerprint)>,
    /// The message once it is shown.
    pub said: Option<String>,
    /// Whether it is as in its file, or as the program opened it.
    pub is_saved: bool,
}

impl SceneFiles {
    pub(super) fn begin(&mut self, begun: Begun) -> Lineage {
        let lineage = self.begun.keys().next_back().map_or(1, |last| last + 1);
        // Undo seldom leads further back, and measured grids are large: such a scene counts as changed.
        self.begun.range_mut(..lineage.saturating_sub(MOST_COMPARED)).for_each(|(_, begun)| begun.scene = None);
        self.begun.insert(lineage, begun);
        lineage
    }

    /// The file is on top of those that are offered to be opened again.
    pub(super) fn remember(&mut self, path: &Path) {
        self.forget(path);
        self.recent.push_front(path.to_owned());
        self.recent.truncate(MOST_RECENT);
    }

    /// The file is not offered again: it could not be opened.
    pub(super) fn forget(&mut self, path: &Path) {
        self.recent.retain(|known| known != path);
    }
}
