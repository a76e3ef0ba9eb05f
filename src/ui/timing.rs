//! The frame-time overlay behind F12: what the program itself needs for a frame, screen synchronization left out.

use egui::{Align2, Area, Frame, Ui, vec2};

/// Frames over which the mean and the worst are taken.
const FRAMES: usize = 120;

/// Shows the last frame's time, and the mean and worst of the last two seconds or so.
pub fn timing_ui(ui: &Ui, seconds: Option<f32>) {
    let memory = egui::Id::unique("frame times");
    let mut times: Vec<f32> = ui.data(|data| data.get_temp(memory)).unwrap_or_default();
    times.extend(seconds);
    let excess = times.len().saturating_sub(FRAMES);
    times.drain(..excess);
    let mean = times.iter().sum::<f32>() / times.len().max(1) as f32;
    let worst = times.iter().copied().fold(0.0, f32::max);
    let text = format!("frame {:5.1} ms   mean {:5.1}   worst {:5.1}", 1e3 * seconds.unwrap_or(0.0), 1e3 * mean, 1e3 * worst);
    Area::new(memory).anchor(Align2::RIGHT_BOTTOM, vec2(-12.0, -120.0)).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).show(ui, |ui| ui.label(egui::RichText::new(text).monospace()));
    });
    ui.data_mut(|data| data.insert_temp(memory, times));
}
