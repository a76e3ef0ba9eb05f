//! The legend: what is drawn and has no name on the picture, each with a swatch, in one line or a few.

use emath::{Pos2, Rect, Vec2, pos2, vec2};

use super::{Brush, Layer, Measure, Outline};
use crate::drawing::ink::{Dash, Ink};
use crate::drawing::label::{Label, Swatch};
use crate::drawing::primitive::Pen;

/// The width of a swatch, in points at normal type.
const SWATCH: f32 = 18.0;
/// Padding between a swatch and its words, in points at normal type.
const GAP: f32 = 5.0;
/// Padding between two entries, in points at normal type.
const APART: f32 = 16.0;
/// Above and below the words, in points.
const MARGIN: f32 = 3.0;

/// How high a line is, in points; `scale` is that of the brush.
pub fn legend_height(measure: &dyn Measure, scale: f32) -> f32 {
    measure.size("0", false).y + 2.0 * MARGIN * scale
}

impl Brush<'_> {
    /// In how many lines of this width the entries have room, if `most` of them suffice.
    pub fn legend_lines(&self, entries: &[&Label], width: f32, most: usize) -> usize {
        let mut rest = entries.to_vec();
        for lines in 1..most {
            rest = self.fitting(&rest, width).1;
            if rest.is_empty() {
                return lines;
            }
        }
        most.max(1)
    }

    /// The entries from the left in as many lines as the rectangle has, as many as have room, and then how many have none.
    pub fn legend(&self, entries: &[&Label], rect: Rect) -> Vec<Layer> {
        let height = legend_height(self.measure, self.scale);
        let lines = (rect.height() / height).round().max(1.0) as usize;
        let line = |index: usize| {
            let share = |index: usize| rect.top() + rect.height() * index as f32 / lines as f32;
            Rect::from_x_y_ranges(rect.x_range(), share(index)..=share(index + 1))
        };
        let (mut layers, mut rest) = (Vec::new(), entries.to_vec());
        for index in 1..lines {
            let (shown, left) = self.fitting(&rest, rect.width());
            layers.extend(self.entries_from(&shown, line(index - 1)).0);
            rest = left;
        }
        layers.extend(self.last_line(&rest, line(lines - 1)));
        layers
    }

    fn last_line(&self, entries: &[&Label], row: Rect) -> Vec<Layer> {
        let (shown, rest) = self.fitting(entries, row.width());
        if rest.is_empty() {
            return self.entries_from(&shown, row).0;
        }
        let count = |count: usize| format!("+{count}");
        let most = self.measure.size(&count(entries.len()), false).x + APART * self.scale;
        let (shown, rest) = self.fitting(entries, row.width() - most);
        let (mut layers, left) = self.entries_from(&shown, row);
        if !shown.is_empty() {
            let more = Label::new(count(rest.len()), Ink::Muted, Swatch::None);
            self.entry(&more, pos2(left, row.center().y), &mut layers);
        }
        layers
    }

    /// The entries that have room in a row, and those that are left for another.
    pub fn legend_continued<'l>(&self, entries: &[&'l Label], row: Rect) -> (Vec<Layer>, Vec<&'l Label>) {
        let (shown, rest) = self.fitting(entries, row.width());
        (self.entries_from(&shown, row).0, rest)
    }

    /// The entries that have room beside each other, and the others: a long one gives way to those after it.
    fn fitting<'l>(&self, entries: &[&'l Label], room: f32) -> (Vec<&'l Label>, Vec<&'l Label>) {
        let mut left = room + APART * self.scale;
        entries.iter().partition(|entry| {
            let width = self.entry_width(entry) + APART * self.scale;
            let fits = width <= left;
            left -= if fits { width } else { 0.0 };
            fits
        })
    }

    /// All entries below each other, and the size of all.
    pub fn legend_list(&self, entries: &[&Label], corner: Pos2) -> (Vec<Layer>, Vec2) {
        let height = legend_height(self.measure, self.scale);
        let mut layers = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            self.entry(entry, corner + vec2(0.0, (index as f32 + 0.5) * height), &mut layers);
        }
        let width = entries.iter().map(|entry| self.entry_width(entry)).fold(0.0, f32::max);
        (layers, vec2(width, height * entries.len() as f32))
    }

    /// Entries from the left of a row, and where the next would begin.
    fn entries_from(&self, entries: &[&Label], row: Rect) -> (Vec<Layer>, f32) {
        let mut layers = Vec::new();
        let mut left = row.left();
        for entry in entries {
            self.entry(entry, pos2(left, row.center().y), &mut layers);
            left += self.entry_width(entry) + APART * self.scale;
        }
        (layers, left)
    }

    fn entry_width(&self, entry: &Label) -> f32 {
        self.swatch_width(entry) + self.measure.size(&entry.text, false).x
    }

    fn swatch_width(&self, entry: &Label) -> f32 {
        if entry.swatch == Swatch::None { 0.0 } else { (SWATCH + GAP) * self.scale }
    }

    /// A swatch and its words; `at` is the middle of their left side.
    fn entry(&self, entry: &Label, at: Pos2, out: &mut Vec<Layer>) {
        self.swatch(entry, Rect::from_min_size(at - vec2(0.0, 6.0) * self.scale, vec2(SWATCH, 12.0) * self.scale), out);
        let size = self.measure.size(&entry.text, false);
        let corner = at + vec2(self.swatch_width(entry), -size.y / 2.0);
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

    fn swatch(&self, entry: &Label, room: Rect, out: &mut Vec<Layer>) {
        let [left, right] = [room.left_center(), room.right_center()];
        let pen = Pen::new(entry.ink, 2.0);
        match entry.swatch {
            Swatch::None => {}
            Swatch::Mark { shape, filled } => self.mark(room.center(), shape, 4.0 * self.scale, pen, filled, out),
            Swatch::Line(dash) => self.stroke_piece(&[left, right], pen.dashed(dash), out),
            Swatch::DoubleLine => self.stroke_piece(&[left, right], Pen::new(entry.ink, 4.0).hollow(), out),
            Swatch::Band => self.stroke_piece(&[left, right], Pen::new(entry.ink, 8.0).pale(0.6), out),
            Swatch::BandedArrow => {
                let end = left + (right - left) * 0.5;
                self.stroke_piece(&[left, end], Pen::new(entry.ink, 8.0).pale(0.6), out);
                self.arrow_between([left, right], room.expand(1.0), Pen::new(Ink::Truth, 1.6), out);
                let across = vec2(0.0, room.height() / 2.0);
                self.stroke_piece(&[end - across, end + across], pen, out);
            }
            Swatch::Arrow => self.arrow_between([left, right], room.expand(1.0), Pen::new(entry.ink, 2.4), out),
            Swatch::Arrows => {
                for tip in [room.right_top(), room.right_bottom()] {
                    self.arrow_between([left, tip], room.expand(1.0), Pen::new(entry.ink, 1.5), out);
                }
            }
            Swatch::Levels => {
                for share in [0.15, 0.5, 0.85] {
                    let x = room.left() + share * room.width();
                    let lean = 0.2 * room.width();
                    let ends = [pos2(x - lean, room.bottom()), pos2(x + lean, room.top())];
                    self.stroke_piece(&ends, pen.dashed(Dash::Solid), out);
                }
            }
            Swatch::Rings => {
                for radius in [2.5, 5.5] {
                    let line = Outline { width: 1.6 * self.scale, tint: self.line_tint(entry.ink, 1.0) };
                    let fill = self.fill(Ink::Panel, 0.0);
                    let center = room.center();
                    out.push(Layer::Disc { center, radius: radius * self.scale, fill, outline: Some(line) });
                }
            }
            Swatch::Area => {
                let corners = vec![room.left_top(), room.right_top(), room.right_bottom(), room.left_bottom()];
                let rim = Outline { width: 1.5 * self.scale, tint: self.line_tint(entry.ink, 1.0) };
                out.push(Layer::Area { corners, fill: self.fill(entry.ink, 0.2), outline: Some(rim) });
            }
        }
    }
}
