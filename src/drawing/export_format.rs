//! The forms in which a picture leaves the program.
//!
//! A new one is an entry here, a file in `app/export/`, and its arm in `app/export.rs`, which the compiler asks for.

use std::path::{Path, PathBuf};

use super::{ExportView, FrameLimits, Pane, PaneNumbers};

/// All that is known of a format but how it is made.
struct Facts {
    /// How the names of its files end, without the dot; of a folder nothing.
    ending: &'static str,
    /// Whether a file that ends so is this, where nothing else is said; its ending is its name on the command line then, too.
    is_named_by_ending: bool,
    /// Its name on screen.
    title: &'static str,
    /// What it is good for, in one sentence.
    help: &'static str,
    /// Whether it can hold such a picture.
    takes: fn(ExportView) -> bool,
    /// Whether there are pixels in it, so that it can have more of them for each point.
    has_pixels: bool,
    /// Width and height of its pages at first, as a ratio.
    shape: [u32; 2],
    /// What each of its files contains.
    content: Content,
}

/// What a file contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    /// A picture of the step that is shown.
    Still,
    /// Lines and letters of the step that is shown.
    Vector,
    /// The charts alone, as on paper, of the step that is shown.
    Charts,
    /// A frame for every step.
    Moving,
    /// A page for every step, in one file or in a file each.
    Pages(FrameLimits),
    /// The numbers of the runs.
    Numbers,
}

/// Width and height of a picture at first.
const PICTURE: [u32; 2] = [8, 5];
/// Those of a projector in a hall.
const PROJECTOR: [u32; 2] = [16, 9];
/// Those of the room below the title of a slide, which has the shape of a projector.
const SLIDE: [u32; 2] = [160, 81];

const ANY: fn(ExportView) -> bool = |_| true;
/// Its numbers are those of the runs, or a table of its own.
const HAS_NUMBERS: fn(ExportView) -> bool = |view| !matches!(view.numbers(), PaneNumbers::Elsewhere(_));

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
        is_named_by_ending: true,
        title: "PNG",
        help: "Pixels, as on the screen: for slides, chats and web pages.",
        takes: ANY,
        has_pixels: true,
        shape: PICTURE,
        content: Content::Still,
    },
    /// Lines and letters for pages and drawing programs.
    Svg: Facts {
        ending: "svg",
        is_named_by_ending: true,
        title: "SVG",
        help: "Lines that stay sharp at any size, for web pages and drawing programs; letters are outlines, surface and heat map are pictures in it.",
        takes: ANY,
        has_pixels: true,
        shape: PICTURE,
        content: Content::Vector,
    },
    /// Lines and letters for print.
    Pdf: Facts {
        ending: "pdf",
        is_named_by_ending: true,
        title: "PDF",
        help: "Lines and letters that stay sharp at any size, for papers and print, with text that can be found; surface and heat map are pictures in it.",
        takes: ANY,
        has_pixels: true,
        shape: PICTURE,
        content: Content::Vector,
    },
    /// Curves with their numbers for LaTeX.
    Tikz: Facts {
        ending: "tex",
        is_named_by_ending: true,
        title: "TikZ",
        help: "Curves with their numbers for LaTeX, by pgfplots: map, slice and loss chart, without the heat map.",
        takes: |view| matches!(view, ExportView::Pane(Pane::Map | Pane::Slice | Pane::Loss)),
        has_pixels: false,
        shape: PICTURE,
        content: Content::Charts,
    },
    /// A moving picture of 256 colors.
    Gif: Facts {
        ending: "gif",
        is_named_by_ending: true,
        title: "GIF",
        help: "The runs step by step, as a moving picture of 256 colors that plays everywhere, in a loop.",
        takes: ANY,
        has_pixels: true,
        shape: PICTURE,
        content: Content::Moving,
    },
    /// A moving picture of all colors.
    Apng: Facts {
        ending: "apng",
        is_named_by_ending: true,
        title: "APNG",
        help: "The runs step by step, as a moving picture of all colors for browsers, in a loop.",
        takes: ANY,
        has_pixels: true,
        shape: PICTURE,
        content: Content::Moving,
    },
    /// Slides.
    Pptx: Facts {
        ending: "pptx",
        is_named_by_ending: true,
        title: "PPTX",
        help: "Slides, a page a step, with the sentence as speaker's notes.",
        takes: ANY,
        has_pixels: true,
        shape: SLIDE,
        content: Content::Pages(FrameLimits::PAGES),
    },
    /// Pages of lines and letters.
    PdfPages: Facts {
        ending: "pdf",
        is_named_by_ending: false,
        title: "PDF pages",
        help: "A page a step, of lines and letters that stay sharp at any size: for talks and handouts.",
        takes: ANY,
        has_pixels: true,
        shape: PROJECTOR,
        content: Content::Pages(FrameLimits::PDF_PAGES),
    },
    /// A folder of numbered pictures.
    Frames: Facts {
        ending: "",
        is_named_by_ending: false,
        title: "Frames",
        help: "A folder with a PNG for every step, and the lines by which LaTeX's Beamer shows them one after another, in frames.tex.",
        takes: ANY,
        has_pixels: true,
        shape: PROJECTOR,
        content: Content::Pages(FrameLimits::PAGES),
    },
    /// The runs as a table.
    Csv: Facts {
        ending: "csv",
        is_named_by_ending: true,
        title: "CSV",
        help: "Numbers as a table: what Compare or Sweep shows, of other views of the runs every run, a line an iterate.",
        takes: HAS_NUMBERS,
        has_pixels: false,
        shape: PICTURE,
        content: Content::Numbers,
    },
    /// The runs as arrays.
    Npz: Facts {
        ending: "npz",
        is_named_by_ending: true,
        title: "NPZ",
        help: "Numbers as arrays for NumPy: what Compare or Sweep shows, of other views of the runs every run.",
        takes: HAS_NUMBERS,
        has_pixels: false,
        shape: PICTURE,
        content: Content::Numbers,
    },
}

impl ExportFormat {
    /// How the names of its files end, without the dot; empty where it is a folder.
    pub const fn ending(self) -> &'static str {
        self.facts().ending
    }

    /// Whether a file that ends as its files do is this, where nothing else is said.
    pub const fn is_named_by_ending(self) -> bool {
        self.facts().is_named_by_ending
    }

    /// Whether it is a folder of files.
    pub const fn is_folder(self) -> bool {
        self.facts().ending.is_empty()
    }

    /// A path with its ending, instead of another one.
    #[must_use]
    pub fn named(self, path: &Path) -> PathBuf {
        path.with_extension(self.ending())
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

    /// Width and height at first of a picture this wide.
    pub const fn usual_size(self, width: u32) -> [u32; 2] {
        let [across, down] = self.facts().shape;
        [width, width * down / across]
    }

    /// Whether it can have more pixels for each point.
    pub const fn has_pixels(self) -> bool {
        self.facts().has_pixels
    }

    /// Whether it is made of lines and letters.
    pub fn is_vector(self) -> bool {
        self.facts().content == Content::Vector
    }

    /// Whether it is as on the screen, light or dark and with a legend; else as on paper.
    pub fn is_as_on_screen(self) -> bool {
        self.facts().content != Content::Charts
    }

    /// Whether it holds numbers, and no picture.
    pub fn is_numbers(self) -> bool {
        self.facts().content == Content::Numbers
    }

    /// Whether it moves by itself.
    pub fn moves(self) -> bool {
        self.facts().content == Content::Moving
    }

    /// Whether it is a deck: a page a step, for a projector.
    pub fn is_deck(self) -> bool {
        matches!(self.facts().content, Content::Pages(_))
    }

    /// How many pictures it may have, of those that follow each other; `None` where there is one, or none.
    pub fn limits(self) -> Option<FrameLimits> {
        match self.facts().content {
            Content::Moving => Some(FrameLimits::FRAMES),
            Content::Pages(limits) => Some(limits),
            Content::Still | Content::Vector | Content::Charts | Content::Numbers => None,
        }
    }

    /// The format whose files end so, in letters of either case, where nothing else is said.
    pub fn find(ending: &str) -> Option<Self> {
        let is_it = |format: &Self| format.is_named_by_ending() && format.ending().eq_ignore_ascii_case(ending);
        Self::ALL.iter().copied().find(is_it)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_format_has_names_of_its_own_and_something_to_hold() {
        let by_ending: Vec<_> = ExportFormat::ALL.iter().filter(|format| format.is_named_by_ending()).collect();
        let endings: HashSet<_> = by_ending.iter().map(|format| format.ending()).collect();
        let titles: HashSet<_> = ExportFormat::ALL.iter().map(|format| format.title()).collect();
        let counts = (by_ending.len(), ExportFormat::ALL.len());
        assert_eq!((endings.len(), titles.len()), counts, "names differ");
        for format in ExportFormat::ALL {
            assert!(format.help().ends_with('.'), "{format:?}");
            assert!(ExportView::ALL.iter().any(|view| format.takes(*view)), "{format:?} holds something");
            let found = ExportFormat::find(&format.ending().to_uppercase());
            assert_eq!(found == Some(*format), format.is_named_by_ending(), "{format:?} is found by its ending");
        }
        assert_eq!(ExportFormat::find("bmp"), None, "an unknown ending");
        assert_eq!(ExportFormat::find(""), None, "no ending");
    }
}
