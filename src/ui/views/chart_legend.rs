//! The legend beside a chart: each line with a sample, its name and a value.

use egui::{Align, Label, Layout, Rect, Role, Sense, Stroke, TextStyle, Ui, UiBuilder, Vec2, WidgetInfo, vec2};

use crate::drawing::ink::{Ink, MarkerShape, Theme};
use crate::drawing::primitive::{Pen, Primitive};
use crate::landscapes::ViewBox;
use crate::numbers::Point;
use crate::render::flat::paint_sample;
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::row::fits;

/// The share of the width that the legend takes.
const SHARE: f32 = 0.42;
/// The least and the largest width of the legend, in points at normal type.
const WIDTHS: [f32; 2] = [216.0, 330.0];
/// The chart keeps at least this much beside it.
const CHART: f32 = 210.0;
/// The width of a sample, in points at normal type.
const SAMPLE: f32 = 18.0;

/// An entry.
pub(super) struct Entry {
    /// What it may be called, the longest first; the last is cut where it has no room either.
    pub(super) names: Vec<String>,
    pub(super) ink: Ink,
    pub(super) sample: Sample,
    /// By what it stands among the others, the largest first.
    pub(super) size: f64,
    /// What stands beside the name; empty for nothing.
    pub(super) value: String,
}

/// What stands for a line.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Sample {
    /// A line of a width, with a mark.
    Line(f32, MarkerShape),
    Band,
}

/// The legend: a heading, and the entries.
pub(super) struct Legend {
    pub(super) heading: String,
    pub(super) help: &'static str,
    pub(super) entries: Vec<Entry>,
}

impl Legend {
    /// The width of the chart in a width, both in points at normal type; all of it where a legend would leave the chart too little.
    pub(super) fn leaves(width: f32) -> f32 {
        let left = width - (SHARE * width).clamp(WIDTHS[0], WIDTHS[1]);
        if left < CHART { width } else { left }
    }

    /// The room for the chart, and that for the legend beside it where there is enough for both.
    pub(super) fn beside(&self, room: Rect, scale: f32) -> (Rect, Option<Rect>) {
        let left = Self::leaves(room.width() / scale) * scale;
        if self.entries.is_empty() || left >= room.width() {
            return (room, None);
        }
        let (chart, legend) = room.split_left_right_at_x(room.left() + left);
        (chart, Some(legend.with_min_x(legend.left() + 8.0)))
    }

    /// Shows the heading and as many entries as have room.
    pub(super) fn show(&self, theme: Theme, room: Rect, ui: &mut Ui) {
        ui.scope_builder(UiBuilder::new().max_rect(room), |ui| {
            ui.set_clip_rect(room.expand(2.0));
            ui.spacing_mut().item_spacing.y = 1.0;
            if !self.heading.is_empty() {
                ui.add(Label::new(theme::muted(&self.heading).small()).truncate()).hint(self.help);
            }
            let row = ui.text_style_height(&TextStyle::Small) + 1.0;
            let fits = (ui.available_height() / row).floor().max(0.0) as usize;
            let shown = if self.entries.len() > fits { fits.saturating_sub(1) } else { self.entries.len() };
            for entry in &self.entries[..shown] {
                entry.show(theme, vec2(room.width(), row - 1.0), ui);
            }
            if shown < self.entries.len() {
                ui.label(theme::muted(format!("+{}", self.entries.len() - shown)).small()).hint_ui(|ui| {
                    for entry in &self.entries[shown..] {
                        ui.label(format!("{}  {}", entry.name(), entry.value));
                    }
                });
            }
        });
    }
}

impl Entry {
    /// Its whole name.
    fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    fn show(&self, theme: Theme, size: Vec2, ui: &mut Ui) {
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let scale = theme::factor_in(ui);
        let (sample, words) = rect.split_left_right_at_x(rect.left() + SAMPLE * scale);
        self.paint(theme, sample, ui);
        let words = words.with_min_x(words.left() + 5.0);
        let right_to_left = Layout::right_to_left(Align::Center);
        ui.scope_builder(UiBuilder::new().max_rect(words).layout(right_to_left), |ui| {
            if !self.value.is_empty() {
                ui.add(Label::new(theme::strong(&self.value).small()).selectable(false));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let fitting = self.names.iter().find(|name| fits(ui, name, ui.available_width()));
                let name = fitting.or(self.names.last()).map_or("", String::as_str);
                ui.add(Label::new(egui::RichText::new(name).small()).truncate().selectable(false));
            });
        });
        let text = format!("{} {}", self.name(), self.value);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text.trim_end()));
        response.hint(text.trim_end());
    }

    fn paint(&self, theme: Theme, room: Rect, ui: &Ui) {
        let color = theme::color(self.ink.line(theme));
        match self.sample {
            Sample::Line(width, shape) => {
                ui.painter().hline(room.x_range(), room.center().y, Stroke::new(width, color));
                let mark = Primitive::mark(Point::origin(), shape, 3.4, Pen::new(self.ink, 1.6).with_halo(0.8), true);
                let view = ViewBox::new(-7.0, 7.0, -7.0, 7.0);
                paint_sample(ui, room, view, theme, theme::factor_in(ui), &[mark]);
            }
            Sample::Band => {
                let [top, bottom] = [-4.0, 4.0].map(|away| room.center().y + away);
                let band = room.with_min_y(top).with_max_y(bottom);
                ui.painter().rect_filled(band, 0.0, theme::color(self.ink.fill(theme)).gamma_multiply(0.35));
                ui.painter().hline(room.x_range(), room.center().y, Stroke::new(1.2, color));
            }
        }
    }
}
