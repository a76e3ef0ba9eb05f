//! The legend line: what is drawn and has no name on the picture, each with a sample of itself.

use emath::{Pos2, Rect, pos2, vec2};

use super::{Brush, Layer, Measure, Outline};
use crate::drawing::ink::{Dash, Ink};
use crate::drawing::label::{Label, Sample};
use crate::drawing::primitive::Pen;

/// The width of a sample, free room between it and its words, and between two entries; in points at normal type.
const SAMPLE: f32 = 18.0;
const GAP: f32 = 5.0;
const APART: f32 = 16.0;
/// Above and below the words, in points.
const MARGIN: f32 = 3.0;

/// How high the line is, in points; `scale` is that of the brush.
pub fn legend_height(measure: &dyn Measure, scale: f32) -> f32 {
    measure.size("0", false).y + 2.0 * MARGIN * scale
}

impl Brush<'_> {
    /// The entries from the left, as many as have room, and then how many have none.
    pub fn legend(&self, entries: &[&Label], row: Rect) -> Vec<Layer> {
        let widths: Vec<f32> = entries.iter().map(|entry| self.entry_width(entry)).collect();
        let rest = |count: usize| format!("+{count}");
        let fits = |count: usize| {
            let left = entries.len() - count;
            let more = if left == 0 { 0.0 } else { self.measure.size(&rest(left), false).x + APART * self.scale };
            let own = widths[..count].iter().sum::<f32>() + APART * self.scale * count.saturating_sub(1) as f32;
            own + more <= row.width()
        };
        let shown = (0..=entries.len()).rev().find(|count| fits(*count)).unwrap_or(0);
        let mut layers = Vec::new();
        let mut left = row.left();
        for (entry, width) in std::iter::zip(&entries[..shown], &widths) {
            self.entry(entry, pos2(left, row.center().y), &mut layers);
            left += width + APART * self.scale;
        }
        if shown > 0 && shown < entries.len() {
            let more = Label::new(rest(entries.len() - shown), Ink::Muted, Sample::None);
            self.entry(&more, pos2(left, row.center().y), &mut layers);
        }
        layers
    }

    fn entry_width(&self, entry: &Label) -> f32 {
        self.sample_width(entry) + self.measure.size(&entry.text, false).x
    }

    fn sample_width(&self, entry: &Label) -> f32 {
        if entry.sample == Sample::None { 0.0 } else { (SAMPLE + GAP) * self.scale }
    }

    /// A sample and its words; `at` is the middle of their left side.
    fn entry(&self, entry: &Label, at: Pos2, out: &mut Vec<Layer>) {
        self.sample(entry, Rect::from_min_size(at - vec2(0.0, 6.0) * self.scale, vec2(SAMPLE, 12.0) * self.scale), out);
        let size = self.measure.size(&entry.text, false);
        let corner = at + vec2(self.sample_width(entry), -size.y / 2.0);
        out.push(Layer::Words {
            patch: Rect::from_min_size(corner, size),
            ground: self.fill(Ink::Panel, 0.0),
            at: corner,
            text: entry.text.clone(),
            color: entry.ink.text(self.theme),
            strong: false,
            upward: false,
        });
    }

    fn sample(&self, entry: &Label, room: Rect, out: &mut Vec<Layer>) {
        let [left, right] = [room.left_center(), room.right_center()];
        let pen = Pen::new(entry.ink, 2.0);
        match entry.sample {
            Sample::None => {}
            Sample::Mark { shape, filled } => self.mark(room.center(), shape, 4.0 * self.scale, pen, filled, out),
            Sample::Line(dash) => self.stroke_piece(&[left, right], pen.dashed(dash), out),
            Sample::Band => self.stroke_piece(&[left, right], Pen::new(entry.ink, 8.0).pale(0.6), out),
            Sample::Arrow => self.arrow_between([left, right], room.expand(1.0), Pen::new(entry.ink, 2.4), out),
            Sample::Levels => {
                for share in [0.15, 0.5, 0.85] {
                    let x = room.left() + share * room.width();
                    let lean = 0.2 * room.width();
                    let ends = [pos2(x - lean, room.bottom()), pos2(x + lean, room.top())];
                    self.stroke_piece(&ends, pen.dashed(Dash::Solid), out);
                }
            }
            Sample::Rings => {
                for radius in [2.5, 5.5] {
                    let line = Outline { width: 1.6 * self.scale, tint: self.line_tint(entry.ink, 1.0) };
                    let fill = self.fill(Ink::Panel, 0.0);
                    let center = room.center();
                    out.push(Layer::Disc { center, radius: radius * self.scale, fill, outline: Some(line) });
                }
            }
            Sample::Area => {
                let corners = vec![room.left_top(), room.right_top(), room.right_bottom(), room.left_bottom()];
                let rim = Outline { width: 1.5 * self.scale, tint: self.line_tint(entry.ink, 1.0) };
                out.push(Layer::Area { corners, fill: self.fill(entry.ink, 0.2), outline: Some(rim) });
            }
        }
    }
}
