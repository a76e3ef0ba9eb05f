//! `TikZ`: charts as axes of pgfplots, their curves with numbers of the landscape, thinned to what can be seen.

mod fit;
pub(super) mod letters;

use std::fmt::Write as _;

use emath::Pos2;
use fit::{Scale, is_near};
use letters::latex;

use crate::drawing::compose::{DrawnChart, Layer, Outline, Tint};
use crate::drawing::ink::Rgb;

/// A corner is left out where the line without it is no farther from it than this, in points.
const FINEST: f64 = 0.2;

/// Ships out the box on a page as large as it is, with two points around it; the first line lets `LuaTeX` know the names of pdfTeX.
const PAGE: &str = r"\ifdefined\pagewidth\let\pdfpagewidth\pagewidth\let\pdfpageheight\pageheight\fi
\pdfpagewidth=\dimexpr\wd\drawn+4pt\relax
\pdfpageheight=\dimexpr\ht\drawn+\dp\drawn+4pt\relax
\hoffset=\dimexpr2pt-1in\relax
\voffset=\dimexpr2pt-1in\relax
\shipout\box\drawn
";

/// A document of LaTeX that holds the charts, at most as large as a page has room for: it compiles by itself, and what lies between
/// `tikzpicture` and its end can be copied into another. The title stands above the first chart if it is wanted.
pub fn tikz(charts: &[DrawnChart], title: &str, has_title: bool) -> String {
    let mut picture = String::new();
    let mut colors = Colors::default();
    let scale = Scale::of(charts);
    for (index, chart) in charts.iter().enumerate() {
        let heading = (has_title && index == 0).then_some(title);
        axis(chart, heading, scale, &mut colors, &mut picture);
    }
    let mut out = String::new();
    let title: String = title.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let _ = writeln!(out, "% {title}");
    out.push_str(
        "% Made by Taylorscope. Compile it with pdflatex, or copy the picture into a document that uses pgfplots.\n",
    );
    out.push_str(
        "\\documentclass{article}\n\\usepackage{amssymb}\n\\usepackage{pgfplots}\n\\pgfplotsset{compat=1.16}\n",
    );
    out.push_str("\\newsavebox{\\drawn}\n\\begin{document}\n\\begin{lrbox}{\\drawn}%\n\\begin{tikzpicture}\n");
    out.push_str(&colors.definitions());
    out.push_str(&picture);
    out.push_str("\\end{tikzpicture}%\n\\end{lrbox}\n");
    out.push_str(PAGE);
    out.push_str("\\end{document}\n");
    out
}

/// The colors by the order in which they are used.
#[derive(Default)]
struct Colors(Vec<Rgb>);

impl Colors {
    fn name(&mut self, color: Rgb) -> String {
        let index = self.0.iter().position(|known| *known == color).unwrap_or_else(|| {
            self.0.push(color);
            self.0.len() - 1
        });
        format!("c{index}")
    }

    fn definitions(&self) -> String {
        self.0.iter().enumerate().fold(String::new(), |mut out, (index, Rgb(r, g, b))| {
            let _ = writeln!(out, "\\definecolor{{c{index}}}{{RGB}}{{{r},{g},{b}}}");
            out
        })
    }
}

/// How numbers along an axis are written: with as many decimals as can be seen.
#[derive(Clone, Copy)]
struct Numbers(usize);

impl Numbers {
    /// Along an axis of this length.
    fn along([low, high]: [f64; 2]) -> Self {
        let decimals = 5.0 - (high - low).abs().log10().floor();
        Self(if decimals.is_finite() { decimals.clamp(0.0, 18.0) as usize } else { 6 })
    }

    fn text(self, value: f64) -> String {
        // TeX knows no number of its own beyond this; pgfplots reads the exponent.
        if value.abs() >= 1e5 {
            return format!("{value:.8e}");
        }
        let text = format!("{value:.*}", self.0);
        let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        if text == "-0" { "0".to_owned() } else { text.to_owned() }
    }
}

/// A chart while it is written.
struct Writer<'a> {
    chart: &'a DrawnChart,
    scale: Scale,
    numbers: [Numbers; 2],
    colors: &'a mut Colors,
    out: &'a mut String,
}

fn axis(chart: &DrawnChart, heading: Option<&str>, scale: Scale, colors: &mut Colors, out: &mut String) {
    let (frame, view) = (chart.page.frame(), chart.page.view());
    let numbers = [view.x, view.y].map(Numbers::along);
    let [x, y] = [0, 1].map(|side| {
        let (at, texts): (Vec<String>, Vec<String>) = chart.ticks[side]
            .iter()
            .map(|(at, text)| (numbers[side].text(*at), format!("{{{}}}", latex(text))))
            .unzip();
        let letter = ["x", "y"][side];
        if at.is_empty() {
            return format!("  {letter}tick=\\empty,\n");
        }
        format!("  {letter}tick={{{}}}, {letter}ticklabels={{{}}},\n", at.join(","), texts.join(","))
    });
    let grid = if chart.has_grid { "major" } else { "none" };
    let _ = write!(
        out,
        "\\begin{{axis}}[at={{({:.1}pt,{:.1}pt)}}, anchor=north west, scale only axis, width={:.1}pt, height={:.1}pt,\n  \
         xmin={}, xmax={}, ymin={}, ymax={}, grid={grid}, tick align=outside, tick pos=left,\n  \
         xlabel={{{}}}, ylabel={{{}}}, title={{{}}},\n{x}{y}  every tick label/.append style={{{letters}}}, label style={{{letters}}}]\n",
        scale.0 * frame.left(),
        -scale.0 * frame.top(),
        scale.0 * frame.width(),
        scale.0 * frame.height(),
        numbers[0].text(view.x[0]),
        numbers[0].text(view.x[1]),
        numbers[1].text(view.y[0]),
        numbers[1].text(view.y[1]),
        latex(chart.names[0]),
        latex(chart.names[1]),
        heading.map_or_else(String::new, latex),
        letters = font(scale, chart.figure),
    );
    let mut writer = Writer { chart, scale, numbers, colors, out };
    for layer in &chart.layers {
        writer.layer(layer);
    }
    writer.out.push_str("\\end{axis}\n");
}

/// The font of letters that are drawn so high.
fn font(scale: Scale, figure: f32) -> String {
    let [size, line] = scale.letters(figure);
    format!("font=\\fontsize{{{size:.0}}}{{{line:.0}}}\\selectfont")
}

impl Writer<'_> {
    fn layer(&mut self, layer: &Layer) {
        let frame = self.chart.page.frame();
        match layer {
            Layer::Stroke { corners, line, dashes } => {
                let scale = self.scale.0;
                let pattern: String = dashes
                    .chunks(2)
                    .map(|pair| match pair {
                        [on, off] => format!("on {:.2}pt off {:.2}pt ", scale * on, scale * off),
                        _ => String::new(),
                    })
                    .collect();
                let dashed =
                    if pattern.is_empty() { pattern } else { format!(", dash pattern={}", pattern.trim_end()) };
                self.curve(corners, line, &dashed);
            }
            Layer::Strokes { pieces, line } => pieces.iter().for_each(|piece| self.curve(piece, line, "")),
            Layer::Area { corners, fill, outline } => self.area(corners, *fill, outline.as_ref()),
            Layer::Star { rim, fill, .. } => self.area(rim, *fill, None),
            Layer::Disc { center, radius, fill, outline } => {
                if !is_near(*center, frame) {
                    return;
                }
                let (style, at) = (self.style(Some(fill), outline.as_ref()), self.place(*center));
                let radius = self.scale.0 * radius;
                let _ = writeln!(self.out, "\\path[{style}] (axis cs:{at}) circle[radius={radius:.2}pt];");
            }
            Layer::Squares { centers, side, fill, outline } => {
                let style = self.style(Some(fill), outline.as_ref());
                let side = self.scale.0 * side;
                let half = side / 2.0;
                for center in centers.iter().filter(|center| is_near(**center, frame)) {
                    let at = self.place(*center);
                    let _ = writeln!(
                        self.out,
                        "\\path[{style}] ([shift={{(-{half:.2}pt,-{half:.2}pt)}}]axis cs:{at}) rectangle +({side:.2}pt,{side:.2}pt);"
                    );
                }
            }
            Layer::Words { patch, .. } if !is_near(patch.center(), frame) => {}
            Layer::Words { patch, ground, text, color, upward, .. } => {
                let at = self.place(patch.center());
                self.words(&at, *ground, text, *color, *upward);
            }
        }
    }

    fn words(&mut self, at: &str, ground: Tint, text: &str, color: Rgb, upward: bool) {
        let color = self.colors.name(color);
        let turned = if upward { ", rotate=90" } else { "" };
        let covered = if ground.opacity > 0.0 {
            let fill = self.colors.name(ground.color);
            format!(", fill={fill}, fill opacity={:.2}, text opacity=1", ground.opacity)
        } else {
            String::new()
        };
        let _ = writeln!(
            self.out,
            "\\node[text={color}{covered}{turned}, inner sep=1pt, {}] at (axis cs:{at}) {{{}}};",
            font(self.scale, self.chart.figure),
            latex(text)
        );
    }

    /// A place in numbers of the landscape.
    fn place(&self, at: Pos2) -> String {
        let point = self.chart.page.point(at);
        let [along, up] = self.numbers;
        format!("{},{}", along.text(point.x), up.text(point.y))
    }

    fn coordinates(&self, corners: &[Pos2]) -> String {
        let places: Vec<String> = thinned(corners, FINEST / f64::from(self.scale.0))
            .into_iter()
            .map(|at| format!("({})", self.place(at)))
            .collect();
        places.concat()
    }

    fn curve(&mut self, corners: &[Pos2], line: &Outline, more: &str) {
        if corners.len() < 2 || line.tint.opacity <= 0.0 {
            return;
        }
        let style = self.style(None, Some(line));
        for piece in fit::pieces(corners, self.chart.page.frame()) {
            let coordinates = self.coordinates(&piece);
            let _ = writeln!(self.out, "\\addplot[{style}{more}] coordinates {{{coordinates}}};");
        }
    }

    fn area(&mut self, corners: &[Pos2], fill: Tint, outline: Option<&Outline>) {
        let corners = fit::area(corners, self.chart.page.frame());
        if corners.is_empty() {
            return;
        }
        let (style, coordinates) = (self.style(Some(&fill), outline), self.coordinates(&corners));
        let _ = writeln!(self.out, "\\addplot[{style}] coordinates {{{coordinates}}} -- cycle;");
    }

    fn style(&mut self, fill: Option<&Tint>, line: Option<&Outline>) -> String {
        let mut style = Vec::new();
        let name = |colors: &mut Colors, tint: &Tint| colors.name(tint.color);
        match fill.filter(|fill| fill.opacity > 0.0) {
            Some(fill) => style.push(format!("fill={}, fill opacity={:.2}", name(self.colors, fill), fill.opacity)),
            None => style.push("fill=none".to_owned()),
        }
        match line.filter(|line| line.width > 0.0 && line.tint.opacity > 0.0) {
            Some(line) => style.push(format!(
                "draw={}, draw opacity={:.2}, line width={:.2}pt",
                name(self.colors, &line.tint),
                line.tint.opacity,
                self.scale.width(line)
            )),
            None => style.push("draw=none".to_owned()),
        }
        style.join(", ")
    }
}

/// The corners without those that no one would miss (Douglas and Peucker 1973).
fn thinned(corners: &[Pos2], finest: f64) -> Vec<Pos2> {
    let mut kept = vec![false; corners.len()];
    let Some(last) = corners.len().checked_sub(1) else { return Vec::new() };
    (kept[0], kept[last]) = (true, true);
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let farthest = (from + 1..to)
            .map(|index| (distance(corners[index], corners[from], corners[to]), index))
            .max_by(|(a, _), (b, _)| a.total_cmp(b));
        if let Some((away, index)) = farthest.filter(|(away, _)| *away > finest) {
            debug_assert!(away.is_finite(), "places on a page");
            kept[index] = true;
            open.extend([(from, index), (index, to)]);
        }
    }
    corners.iter().zip(kept).filter(|(_, kept)| *kept).map(|(corner, _)| *corner).collect()
}

/// How far a point is from a piece of a line.
fn distance(at: Pos2, from: Pos2, to: Pos2) -> f64 {
    let (way, off) = (to - from, at - from);
    let share = if way.length_sq() > 0.0 { (way.dot(off) / way.length_sq()).clamp(0.0, 1.0) } else { 0.0 };
    f64::from((off - way * share).length())
}

#[cfg(test)]
mod tests;
