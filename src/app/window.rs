//! The window: OpenGL first, what else was compiled in where it finds no driver, one helpful line where there is no window to be had.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};
use eframe::{CreationContext, EventLoopBuilderHook, Frame, NativeOptions, Renderer};
use egui::{Align2, Context, Event, Id, LayerId, Order, TextStyle, Ui, ViewportBuilder, ViewportCommand, vec2};

use super::display::Display;
use super::last_scene::Keeper;
use super::progress::ProgressKeeper;
use super::settings::Settings;
use super::{clock, export, files, job_results, render};
use crate::cli::{RenderRequest, WindowRequest};
use crate::drawing::ink::{Ink, Theme};
use crate::import::read_beside;
use crate::jobs::Jobs;
use crate::landscapes::excerpt::of_path;
use crate::scene::with_files;
use crate::state::{Command, FileCommand, Leave, Leaving, State, WindowCommand};
use crate::ui::timing::{FrameTime, timing_ui};
use crate::ui::views::Canvases;
use crate::ui::window::window_ui;

/// The name by which desktops and stores know the program.
const APP_ID: &str = "taylorscope";
/// Where the opening scene is drawn when there is no display.
const PICTURE: &str = "taylorscope.png";

/// Opens the window and returns when it is closed; without a display, draws the opening scene to a file instead.
///
/// # Errors
/// If a file is asked for, if neither a window nor the picture can be had; each error says what to do.
pub fn window(request: &WindowRequest) -> anyhow::Result<()> {
    let display = Display::of_environment();
    if display == Display::None {
        return draw_instead("There is no display", request);
    }
    let mut outcome = Outcome::NoDriver;
    for renderer in RENDERERS {
        outcome = open(*renderer, &display, request);
        if !matches!(outcome, Outcome::NoDriver) {
            break;
        }
    }
    outcome.into_result(&display, request)
}

/// Metal is the driver on a Mac; everywhere else OpenGL starts faster.
#[cfg(target_os = "macos")]
const RENDERERS: &[Renderer] = &[Renderer::Wgpu];
#[cfg(all(not(target_os = "macos"), any(windows, feature = "vulkan")))]
const RENDERERS: &[Renderer] = &[Renderer::Glow, Renderer::Wgpu];
#[cfg(not(any(windows, target_os = "macos", feature = "vulkan")))]
const RENDERERS: &[Renderer] = &[Renderer::Glow];

/// What to do where no driver opens a window.
const NO_DRIVER: &str = if cfg!(any(windows, target_os = "macos", feature = "vulkan")) {
    "no graphics driver can open a window: update the one of your graphics card, or draw pictures with `taylorscope render`"
} else {
    "no OpenGL driver can open a window\ninstall one (Debian: apt install libgl1 libgl1-mesa-dri), build with `--features vulkan` where there is a Vulkan driver, or draw pictures with `taylorscope render`"
};

/// The outcome of an attempt to open the window.
enum Outcome {
    Closed,
    NoDriver,
    NoDisplay,
    Panicked(String),
}

impl Outcome {
    fn into_result(self, display: &Display, request: &WindowRequest) -> anyhow::Result<()> {
        match self {
            Self::Closed => Ok(()),
            Self::NoDisplay => draw_instead(&format!("The display {} cannot be opened", display.name()), request),
            // What the drivers themselves say is pages long and tells a user nothing.
            Self::NoDriver => Err(anyhow!(NO_DRIVER)),
            Self::Panicked(why) => Err(explain_panic(&why)),
        }
    }
}

fn open(renderer: Renderer, display: &Display, request: &WindowRequest) -> Outcome {
    let options = NativeOptions {
        event_loop_builder: matches!(display, Display::X11(_)).then(on_x11),
        viewport: ViewportBuilder::default()
            .with_title("Taylorscope")
            .with_app_id(APP_ID)
            .with_inner_size(vec2(1280.0, 800.0))
            .with_min_inner_size(vec2(320.0, 240.0)),
        renderer,
        ..NativeOptions::default()
    };
    let file = request.file.clone();
    let run = || eframe::run_native(APP_ID, options, Box::new(|creation| Ok(Box::new(App::new(creation, file)))));
    match catching(run) {
        Ok(Ok(())) => Outcome::Closed,
        Ok(Err(error)) => match error {
            eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => Outcome::NoDisplay,
            _ => Outcome::NoDriver,
        },
        Err(message) => Outcome::Panicked(message),
    }
}

/// Keeps the windowing library from looking for Wayland.
#[cfg(all(unix, not(target_os = "macos")))]
fn on_x11() -> EventLoopBuilderHook {
    use winit::platform::x11::EventLoopBuilderExtX11 as _;
    Box::new(|builder| {
        builder.with_x11();
    })
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn on_x11() -> EventLoopBuilderHook {
    Box::new(|_| {})
}

/// Runs with panics caught and kept silent: the windowing library panics where a system library is missing.
fn catching<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    let place = Arc::new(Mutex::new(String::new()));
    let hook = panic::take_hook();
    let noted = Arc::clone(&place);
    panic::set_hook(Box::new(move |info| {
        let location = info.location().map(ToString::to_string).unwrap_or_default();
        *noted.lock().unwrap_or_else(PoisonError::into_inner) = location;
    }));
    let result = panic::catch_unwind(AssertUnwindSafe(run));
    panic::set_hook(hook);
    result.map_err(|payload| {
        format!("{} ({})", words(payload.as_ref()), place.lock().unwrap_or_else(PoisonError::into_inner))
    })
}

fn words(payload: &dyn Any) -> String {
    payload
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| payload.downcast_ref::<&str>().map(ToString::to_string))
        .unwrap_or_else(|| "no reason given".to_owned())
}

fn explain_panic(why: &str) -> anyhow::Error {
    if why.contains("xkbcommon") || why.contains("Library") || why.contains("dlopen") || why.contains(".so") {
        let words = why.rsplit_once(" (").map_or(why, |(words, _)| words);
        return anyhow!(
            "a system library that windows need is missing: {words}\ninstall it (Debian: apt install libxkbcommon-x11-0 libx11-xcb1 libxcursor1 libxi6) or draw pictures with `taylorscope render`"
        );
    }
    if why.contains("spawn thread") {
        return anyhow!(
            "the system refuses the threads that a window needs\nallow more processes (ulimit -u), or draw pictures with `taylorscope render`"
        );
    }
    anyhow!(
        "the window stopped unexpectedly: {why}\nplease report this line; `taylorscope render` draws pictures without a window"
    )
}

/// Says so in one line, draws the scene that was asked for or the opening one, and says where; nothing where the file was refused.
fn draw_instead(why: &str, request: &WindowRequest) -> anyhow::Result<()> {
    if request.is_refused {
        // What is wrong with the file was said: there is nothing to draw.
        return Ok(());
    }
    let path = Path::new(PICTURE);
    let scene = request.file.as_deref().map(scene_text).transpose()?;
    let what = if scene.is_some() { "the scene" } else { "the opening scene" };
    let bytes = render(&RenderRequest { scene, ..RenderRequest::opening(path.to_owned()) })?;
    crate::export::write_file(path, |file| file.write_all(&bytes)).map_err(|error| {
        let reason = error.reason();
        anyhow!("{why}, and {what} cannot be drawn to {PICTURE} in this folder: {reason}\ngo to another folder, or name a file with `taylorscope render --out FILE.png`")
    })?;
    let place = std::env::current_dir().context("the current folder has no name")?.join(path);
    crate::cli::say(&format!("{why}, so {what} was drawn to {}", of_path(&place)));
    Ok(())
}

/// The text of a file of a scene.
fn scene_text(path: &Path) -> anyhow::Result<String> {
    let bytes = files::read_file(path).map_err(anyhow::Error::msg)?;
    if !files::is_scene_file(path, &bytes) {
        bail!(
            "{} is no scene: without a display only scenes are drawn\nname losses or samples with `taylorscope render -l`",
            of_path(path)
        );
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let whole = with_files(&text, &|file| read_beside(path, "scene", file)).map_err(anyhow::Error::msg)?;
    Ok(whole.into_owned())
}

/// The opening scene, with a clock for what it measures.
fn timed_state() -> State {
    let mut state = State::default();
    state.set_clock(clock::seconds);
    state
}

/// What a file that hangs over the window would do.
fn drop_hint(ctx: &Context, theme: Theme) {
    let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("drop hint")));
    let screen = ctx.content_rect();
    painter.rect_filled(screen, 0.0, crate::ui::theme::color(Ink::Ground.fill(theme)).gamma_multiply(0.85));
    let words =
        "Drop a scene (.toml), a lesson (.md), a measured grid (.csv, .npz, .npy) or samples for the network (.csv)";
    let color = crate::ui::theme::color(Ink::Truth.text(theme));
    painter.text(screen.center(), Align2::CENTER_CENTER, words, TextStyle::Heading.resolve(&ctx.global_style()), color);
}

/// The program inside the window.
struct App {
    state: State,
    jobs: Jobs,
    canvases: Canvases,
    last_time: Option<f64>,
    frame_time: FrameTime,
    keeper: Keeper,
    progress: ProgressKeeper,
    /// What the window is called, and for which state.
    title: (u64, String),
}

impl App {
    /// With the settings and the scene of the last time, or with a file.
    fn new(creation: &CreationContext<'_>, file: Option<PathBuf>) -> Self {
        let mut app = Self::plain(&creation.egui_ctx);
        let folder = eframe::storage_dir(APP_ID);
        let is_kept = folder.as_ref().is_some_and(|folder| folder.join("app.ron").exists());
        let said = Settings::restore(creation.storage, is_kept, &mut app.state.view.chrome);
        app.state.files.scenes.recent = Settings::recent(creation.storage);
        app.progress = ProgressKeeper::in_folder(folder.as_deref());
        app.state.progress = app.progress.restore(creation.storage);
        app.keeper = Keeper::in_folder(folder.as_deref(), file.is_none());
        let unread = match file {
            Some(path) => {
                app.state.apply(vec![Command::Files(FileCommand::Open(path))]);
                None
            }
            None => app.keeper.restore(&mut app.state),
        };
        app.state.apply(said.or(unread).map(WindowCommand::Say).map(Command::Window).into_iter().collect());
        app.state.view.chrome.offers_tour = !is_kept;
        app
    }

    fn plain(ctx: &Context) -> Self {
        let ctx = ctx.clone();
        Self {
            state: timed_state(),
            jobs: Jobs::new(move || ctx.request_repaint()),
            canvases: Canvases::default(),
            last_time: None,
            frame_time: FrameTime::default(),
            keeper: Keeper::in_folder(None, true),
            progress: ProgressKeeper::in_folder(None),
            title: (0, String::new()),
        }
    }

    /// Hands texts to the clipboard and asks for its own, and names the window.
    fn talk_to_system(&mut self, ctx: &Context) {
        if let Some(text) = self.state.files.copied.take() {
            ctx.copy_text(text);
        }
        // The system says nothing of a clipboard without text: its answer is read at the end of the frame after the question, and
        // would be here in the one after that.
        let frame = ctx.cumulative_frame_nr();
        if ctx.input(|input| input.raw.events.iter().any(|event| matches!(event, Event::Paste(_)))) {
            self.state.files.asked_paste = None;
        }
        if self.state.files.asked_paste.take_if(|asked| *asked + 1 < frame).is_some() {
            let why = "There is no text in the clipboard: copy it first, then paste".to_owned();
            self.state.apply(vec![Command::Window(WindowCommand::Say(why))]);
        }
        if std::mem::take(&mut self.state.files.wants_paste) {
            self.state.files.asked_paste = Some(frame);
            ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
        }
        if self.state.files.asked_paste.is_some() {
            ctx.request_repaint();
        }
        // While it plays or something is dragged, the name can wait: it takes a comparison of whole scenes.
        if self.title.0 != self.state.revision
            && !self.state.playback.playing
            && !ctx.input(|input| input.pointer.any_down())
        {
            let title = self.state.title();
            if title != self.title.1 {
                ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            }
            self.title = (self.state.revision, title);
        }
    }

    /// Asks for a file that was dropped on the window.
    fn open_dropped(&mut self, ctx: &Context) {
        let dropped = ctx.input(|input| input.raw.dropped_files.last().map(|file| file.path().to_owned()));
        if let Some(path) = dropped {
            self.state.apply(vec![Command::Files(FileCommand::Open(path))]);
        }
    }

    /// Closes the window once that is settled. The system may ask for it as well, with its own button or key: then it
    /// waits until the user has answered.
    fn close_or_stay(&mut self, ctx: &Context) {
        if ctx.input(|input| input.viewport().close_requested()) && self.state.leaving != Leaving::Now {
            self.state.apply(vec![Command::Window(WindowCommand::Leave(Leave::Wanted))]);
            if self.state.leaving != Leaving::Now {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                ctx.request_repaint();
            }
        } else if self.state.leaving == Leaving::Now {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    /// Takes what was found in the background, and says what is wanted next.
    fn exchange_jobs(&mut self, ctx: &Context) {
        files::exchange(&mut self.state, &mut self.jobs);
        job_results::exchange(&mut self.state, &mut self.jobs);
        export::exchange(&mut self.state, &mut self.jobs, |pixels| export::copy(ctx, pixels));
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut Frame) {
        let began = clock::now();
        let now = ctx.input(|input| input.time);
        let elapsed = self.last_time.map_or(0.0, |last| now - last);
        self.last_time = Some(now);
        self.open_dropped(ctx);
        self.exchange_jobs(ctx);
        let ticked = clock::now();
        let moves = self.state.tick(elapsed);
        self.state.took(ticked.elapsed().as_secs_f64(), elapsed);
        if moves {
            match self.state.due() {
                Some(seconds) if !self.state.computes() => ctx.request_repaint_after(Duration::from_secs_f64(seconds)),
                _ => ctx.request_repaint(),
            }
        }
        if let Some(seconds) = self.keeper.keep(&mut self.state, &mut self.jobs, now) {
            ctx.request_repaint_after(Duration::from_secs_f64(seconds));
        }
        self.progress.keep(&mut self.state, &mut self.jobs);
        self.frame_time.own = began.elapsed().as_secs_f32();
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut Frame) {
        let began = clock::now();
        let commands = window_ui(&self.state, &mut self.canvases, ui);
        if !commands.is_empty() {
            self.state.apply(commands);
            ui.ctx().request_repaint();
        }
        self.close_or_stay(ui.ctx());
        self.talk_to_system(ui.ctx());
        self.frame_time.own += began.elapsed().as_secs_f32();
        self.frame_time.whole = frame.info().cpu_usage;
        if ui.ctx().input(|input| !input.raw.hovered_files.is_empty()) {
            drop_hint(ui.ctx(), self.state.view.chrome.theme);
        }
        if self.state.view.chrome.timing_open {
            timing_ui(ui, self.frame_time);
        }
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        Settings::of(&self.state.view.chrome).with_recent(&self.state.files.scenes.recent).store(storage);
    }

    /// The program is closed, and has not failed: then the scene of seconds before would be the one to trust.
    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.keeper.close(&self.state);
        self.progress.close(&self.state);
    }

    /// Open menus and scroll positions are not kept: the program starts fresh.
    fn persist_egui_memory(&self) -> bool {
        false
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        crate::ui::theme::color(Ink::Ground.fill(self.state.view.chrome.theme)).to_normalized_gamma_f32()
    }
}

#[cfg(test)]
mod tests;
