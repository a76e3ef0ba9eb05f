//! The frame-time overlay behind F12: what the program itself needs for a frame, screen synchronization left out.

use egui::{Align2, Area, Frame, TextWrapMode, Ui, vec2};

/// Frames over which the mean and the worst are taken.
const FRAMES: usize = 120;

/// Seconds that a frame took.
#[derive(Clone, Copy, Debug, Default)]
pub struct FrameTime {
    /// The program's own share: runs, samples, pictures and panels.
    pub own: f32,
    /// With the painting of the frame before, if known.
    pub whole: Option<f32>,
}

/// Shows the last frame's own time, its mean and worst over the last two seconds or so, and the time with painting.
pub fn timing_ui(ui: &Ui, last: FrameTime) {
    let memory = egui::Id::unique("frame times");
    let mut times: Vec<f32> = ui.data(|data| data.get_temp(memory)).unwrap_or_default();
    times.push(last.own);
    let excess = times.len().saturating_sub(FRAMES);
    times.drain(..excess);
    let mean = times.iter().sum::<f32>() / times.len() as f32;
    let worst = times.iter().copied().fold(0.0, f32::max);
    let [own, mean, worst, whole] = [last.own, mean, worst, last.whole.unwrap_or(0.0)].map(|seconds| 1e3 * seconds);
    let text = format!("own {own:4.1} ms · mean {mean:4.1} · worst {worst:4.1} · with painting {whole:5.1}");
    Area::new(memory).anchor(Align2::RIGHT_BOTTOM, vec2(-12.0, -124.0)).show(ui.ctx(), |ui| {
        ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
        Frame::popup(ui.style()).show(ui, |ui| ui.label(egui::RichText::new(text).monospace()));
    });
    ui.data_mut(|data| data.insert_temp(memory, times));
}
