//! Layer 6: everything the program knows while it runs, and the commands that change it.
//!
//! [`Document`] is what the user chose, [`Derived`] what follows from it (recomputable), [`View`] how it is shown: its
//! [`SceneView`] is undone together with the document, its [`Chrome`] never. The interface reads the state and pushes
//! [`Command`]s, which [`State::apply`] carries out once a frame.
//!
//! The files here are the parts of the [`State`], and know nothing of it as a whole, but for `state.rs`, which puts them together,
//! and `step_text.rs`, which words it. `commands/` declares what can be done, and `handlers/` does it.

mod basin_map;
mod basin_strip;
mod best_rate;
mod circle_radius;
mod commands;
mod comparing;
mod critical;
mod depths;
mod derived;
mod distinctions;
mod document;
mod draft;
mod export_frame;
mod exporting;
mod files;
mod fingerprint;
mod first_steps;
mod frame_budget;
mod handlers;
mod history;
mod inside;
mod kink_lines;
mod known_validity;
mod leaving;
mod lessons;
mod linked_rates;
mod many_starts;
mod map_frame;
mod memo;
mod message;
mod momentum_tab;
mod network_choice;
mod network_graph;
mod opening;
mod own_axes;
mod par;
mod path_before;
mod piloting;
mod playback;
mod predicting;
mod runs;
mod scene;
mod scene_files;
mod section;
mod seeds;
mod selected_step;
mod sharing;
mod slider_choice;
mod spec;
#[expect(clippy::module_inception, reason = "the folder's one idea is the state; the other files are its parts")]
mod state;
mod step_text;
mod suggestions;
mod sweeping;
mod traces;
mod view;

pub use crate::drawing::{Pane, Picture, TypeScale};
pub use basin_map::{BasinFacts, BasinLabel};
pub use best_rate::BestRate;
pub use circle_radius::{CircleRadius, step_length};
pub use commands::{
    Command, DocumentCommand, ExportCommand, FileCommand, HistoryCommand, LessonCommand, PilotCommand, PlayCommand,
    PredictCommand, RunCommand, SampleCommand, StudyCommand, ViewCommand, WindowCommand,
};
pub use comparing::{CompareChange, CompareChart, CompareChoice, CompareColumn, Comparison, RaceRates, Until};
pub use depths::{DEPTHS, layers_of, looked_at};
pub use derived::Derived;
pub use document::{Card, CardId, Document, MAX_CARDS};
pub use draft::FormulaDraft;
pub use export_frame::ExportFrame;
pub use exporting::{Export, ExportDialog, ExportOptions, ExportRequest, ExportTarget, Exported, ExportedPixels};
pub use files::{Content, FileDialog, FileRequest, Files, Replace, SaveRequest};
pub use fingerprint::Fingerprint;
pub use inside::Inside;
pub use leaving::{Asked, Leave, LeaveFor, Leaving, Unsaved};
pub use lessons::{
    ALL as LESSONS, Bookmark, Borrowed, FIRST as FIRST_LESSONS, Goal, Lesson, Look, Measured, Page, Prediction,
    Progress, Range as GoalRange, Reading, SharedLesson, Task, TaskControls, check as check_lesson,
    number as lesson_number, tour,
};
pub use linked_rates::LinkedRates;
pub use many_starts::{
    BUDGETS, KeptTournament, MOST_RESTART_STEPS, MOST_STARTS, ShownTournament, StartsChange, StartsChoice,
    StartsLandscapes, StartsMethods, StartsMode, StartsRates, TournamentCell, Visit,
};
pub use map_frame::MapFrame;
pub use memo::Memo;
pub use message::{About, Message};
pub use network_choice::NetworkChoice;
pub use own_axes::AxesRun;
pub use par::{Par, PilotGoal};
pub use path_before::PathBefore;
pub use piloting::{Flight, Pilot};
pub use playback::{Playback, SPEEDS};
pub use predicting::{CommonMistake, MAX_TEAMS, OpenQuestion, Phase, Predictions, TeamStyle, Vote};
pub use scene::Scene;
pub use scene_files::{Arrival, AskedPath, ENDING, SceneFiles};
pub use section::Section;
pub use sharing::{CopyAs, is_scene, race_command, read_shared};
pub use slider_choice::SliderChoice;
pub use spec::check;
pub use state::State;
pub use sweeping::{
    BestSetting, MOST_SEEDS, SweepChange, SweepChoice, SweepFound, SweepOver, SweepQuantity, SweepSummary, SweepUntil,
    Swept, sweeps_of,
};
pub use view::{Chrome, SceneView, View};
