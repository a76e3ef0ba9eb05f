//! The forms in which a picture leaves the program.
//!
//! A new one is an entry here, its function in `app/export.rs`, which the compiler asks for, and its file there.

use super::{ExportView, Pane};

/// All that is known of a format but how it is made.
struct Facts {
    /// How the names of its files end, without the dot; its name on the command line too.
    ending: &'static str,
    /// Its name on screen.
    title: &'static str,
    /// What it is good for, in one sentence.
    help: &'static str,
    /// Whether it can hold such a picture.
    takes: fn(ExportView) -> bool,
    /// Whether there are pixels in it, so that it can have more of them for each point.
    has_pixels: bool,
}

const ANY: fn(ExportView) -> bool = |_| true;

/// The enum of the formats and their list, from one entry each.
macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident: $facts:expr,)*) => {
        /// A form in which a picture leaves the program.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ExportFormat {
            $($(#[$doc])* $name,)*
        }

        impl ExportFormat {
            /// Every format.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            const fn facts(self) -> Facts {
                match self {
                    $(Self::$name => $facts,)*
                }
            }
        }
    };
}

formats! {
    /// A grid of pixels.
    Png: Facts {
        ending: "png",
        title: "PNG",
        help: "Pixels, as on the screen: for slides, chats and web pages.",
        takes: ANY,
        has_pixels: true,
    },
    /// Lines and letters for pages and drawing programs.
    Svg: Facts {
        ending: "svg",
        title: "SVG",
        help: "Lines and letters that stay sharp at any size, for web pages and drawing programs; surface and heat map are pictures in it.",
        takes: ANY,
        has_pixels: true,
    },
    /// Lines and letters for print.
    Pdf: Facts {
        ending: "pdf",
        title: "PDF",
        help: "Lines and letters that stay sharp at any size, for papers and print, with text that can be found; surface and heat map are pictures in it.",
        takes: ANY,
        has_pixels: true,
    },
    /// Curves with their numbers for LaTeX.
    Tikz: Facts {
        ending: "tex",
        title: "TikZ",
        help: "Curves with their numbers for LaTeX, by pgfplots: map, slice and loss chart, without the heat map.",
        takes: |view| matches!(view, ExportView::Pane(Pane::Map | Pane::Slice | Pane::Loss)),
        has_pixels: false,
    },
}

impl ExportFormat {
    /// How the names of its files end, without the dot.
    pub const fn ending(self) -> &'static str {
        self.facts().ending
    }

    /// Its name on screen.
    pub const fn title(self) -> &'static str {
        self.facts().title
    }

    /// What it is good for, in one sentence.
    pub const fn help(self) -> &'static str {
        self.facts().help
    }

    /// Whether it can hold such a picture.
    pub fn takes(self, view: ExportView) -> bool {
        (self.facts().takes)(view)
    }

    /// Whether it can have more pixels for each point.
    pub const fn has_pixels(self) -> bool {
        self.facts().has_pixels
    }

    /// The format whose files end so, in letters of either case.
    pub fn find(ending: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.ending().eq_ignore_ascii_case(ending))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_format_has_names_of_its_own_and_something_to_hold() {
        let unique = |name: fn(ExportFormat) -> &'static str| {
            ExportFormat::ALL.iter().map(|format| name(*format)).collect::<HashSet<_>>().len()
        };
        let count = ExportFormat::ALL.len();
        assert_eq!((unique(ExportFormat::ending), unique(ExportFormat::title)), (count, count), "names differ");
        for format in ExportFormat::ALL {
            assert!(format.help().ends_with('.'), "{format:?}");
            assert!(ExportView::ALL.iter().any(|view| format.takes(*view)), "{format:?} holds something");
            assert_eq!(ExportFormat::find(&format.ending().to_uppercase()), Some(*format), "found by its ending");
        }
        assert_eq!(ExportFormat::find("bmp"), None, "an unknown ending");
    }
}
