//! A deck of slides as Open XML (ECMA-376, part 1): on each page a picture with a title, and speaker's notes.
//!
//! What is the same in every deck stands in `assets/pptx/`; `names.rs` says what the parts are called and how they refer
//! to each other.

mod names;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::io::{self, Write};

use super::archive::Archive;
use super::difference::difference;
use super::sequence::{Page, Pixels, Sequence};

const MASTER: &str = include_str!("../../../assets/pptx/master.xml");
const LAYOUT: &str = include_str!("../../../assets/pptx/layout.xml");
const NOTES_MASTER: &str = include_str!("../../../assets/pptx/notes_master.xml");
const THEME: &str = include_str!("../../../assets/pptx/theme.xml");
const SLIDE: &str = include_str!("../../../assets/pptx/slide.xml");
const PICTURE: &str = include_str!("../../../assets/pptx/picture.xml");
const GROUP: &str = include_str!("../../../assets/pptx/group.xml");
const NOTES: &str = include_str!("../../../assets/pptx/notes.xml");

/// Width and height of a slide, 16:9, in English metric units: 914 400 an inch.
const SIZE: [u64; 2] = [12_192_000, 6_858_000];
/// Where the picture stands on it: left, top, width and height of its room below the title.
const ROOM: [u64; 4] = [365_760, 868_680, 11_460_480, 5_806_440];

/// A deck in the making.
pub struct Deck {
    archive: Option<Archive>,
    /// Pages so far.
    count: usize,
    /// The last picture that stands in the deck as a whole, and the number of its page.
    whole: Option<(usize, Pixels)>,
}

impl Deck {
    /// One of this many pages, on slides of a ground with titles in an ink.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn begin(pages: usize, ground: [u8; 3], ink: [u8; 3]) -> io::Result<Self> {
        let mut archive = Archive::deflated();
        let hex = |[red, green, blue]: [u8; 3]| format!("{red:02X}{green:02X}{blue:02X}");
        let theme = |ink, ground| filled(THEME, &[("ink", &hex(ink)), ("ground", &hex(ground))]);
        for (name, text) in [
            ("[Content_Types].xml", names::content_types(pages)),
            ("_rels/.rels", names::of_package()),
            ("ppt/presentation.xml", names::presentation(pages, SIZE)),
            ("ppt/_rels/presentation.xml.rels", names::of_presentation(pages)),
            ("ppt/theme/theme1.xml", theme(ink, ground)),
            // Notes are printed, on paper.
            ("ppt/theme/theme2.xml", theme([0; 3], [255; 3])),
            ("ppt/slideMasters/slideMaster1.xml", MASTER.to_owned()),
            ("ppt/slideMasters/_rels/slideMaster1.xml.rels", names::of_master()),
            ("ppt/slideLayouts/slideLayout1.xml", LAYOUT.to_owned()),
            ("ppt/slideLayouts/_rels/slideLayout1.xml.rels", names::of_layout()),
            ("ppt/notesMasters/notesMaster1.xml", NOTES_MASTER.to_owned()),
            ("ppt/notesMasters/_rels/notesMaster1.xml.rels", names::of_notes_master()),
        ] {
            archive.add(name, text.as_bytes())?;
        }
        Ok(Self { archive: Some(archive), count: 0, whole: None })
    }
}

impl Sequence for Deck {
    fn add(&mut self, page: &Page) -> io::Result<()> {
        let Some(archive) = &mut self.archive else { return Ok(()) };
        self.count += 1;
        let number = self.count;
        // Most of a step looks as the step before: then the page has what differs, over the picture that both share.
        let shared = self.whole.as_ref().and_then(|(at, whole)| Some((*at, difference(whole, &page.pixels)?)));
        let (below, picture) = match shared {
            Some((at, difference)) => (Some(at), super::png::encode(page.pixels.size, &difference)?),
            None => (None, page.pixels.png()?),
        };
        if below.is_none() {
            self.whole = Some((number, page.pixels.clone()));
        }
        archive.add_packed(&format!("ppt/media/image{number}.png"), &picture)?;
        archive.add(&format!("ppt/slides/slide{number}.xml"), slide(page, below.is_some()).as_bytes())?;
        archive.add(&format!("ppt/slides/_rels/slide{number}.xml.rels"), names::of_slide(number, below).as_bytes())?;
        archive.add(&format!("ppt/notesSlides/notesSlide{number}.xml"), notes(page).as_bytes())?;
        let of_notes = names::of_notes(number);
        archive.add(&format!("ppt/notesSlides/_rels/notesSlide{number}.xml.rels"), of_notes.as_bytes())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.archive.take().map_or(Ok(()), |archive| archive.finish(out))
    }
}

/// The page: its title, and its picture as large as it fits into its room; in a group with the one below it that it shares.
fn slide(page: &Page, is_shared: bool) -> String {
    let [left, top, room_width, room_height] = ROOM;
    let [width, height] = page.pixels.size.map(|side| u64::from(side.max(1)));
    let is_wide = width * room_height > height * room_width;
    let [width, height] =
        if is_wide { [room_width, room_width * height / width] } else { [room_height * width / height, room_height] };
    let [x, y] = [left + (room_width - width) / 2, top + (room_height - height) / 2];
    let place = [("x", x), ("y", y), ("width", width), ("height", height)].map(|(name, at)| (name, at.to_string()));
    let placed = |text: &str, values: &[(&str, &str)]| {
        let place = place.iter().map(|(name, at)| (*name, at.as_str()));
        filled(text, &values.iter().copied().chain(place).collect::<Vec<_>>())
    };
    let alt = escaped(&page.notes);
    let picture = |id, alt, relation| placed(PICTURE, &[("id", id), ("alt", alt), ("relation", relation)]);
    let content = if is_shared {
        let pictures = [picture("4", "", "rId4"), picture("5", "", "rId2")].concat();
        placed(GROUP, &[("alt", &alt), ("pictures", &pictures)])
    } else {
        picture("3", &alt, "rId2")
    };
    filled(SLIDE, &[("title", &escaped(&page.title)), ("content", &content)])
}

/// The notes of the page, a paragraph a line.
fn notes(page: &Page) -> String {
    let mut paragraphs = String::new();
    for line in page.notes.lines() {
        let text = escaped(line);
        // Writing to memory cannot fail.
        let _ = write!(paragraphs, "<a:p><a:r><a:rPr lang=\"en-US\"/><a:t>{text}</a:t></a:r></a:p>");
    }
    if paragraphs.is_empty() {
        paragraphs.push_str("<a:p/>");
    }
    filled(NOTES, &[("paragraphs", &paragraphs)])
}

/// A text with its `{names}` filled in, each of which stands there once.
fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 256);
    let mut rest = text;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        out.push_str(before);
        out.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Text as it stands in XML 1.0, also between quotes; characters that XML does not have are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' | '\r' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}
