//! The parts of a deck by name: their types, and how they refer to each other.

use std::fmt::Write as _;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const MAIN: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const PRESENTATION: &str = "http://schemas.openxmlformats.org/presentationml/2006/main";
const OF_PRESENTATION: &str = "application/vnd.openxmlformats-officedocument.presentationml";

/// What each part is.
pub(super) fn content_types(pages: usize) -> String {
    let mut text = format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    let mut part = |name: &str, kind: &str| {
        // Writing to memory cannot fail.
        let _ = write!(text, "<Override PartName=\"/ppt/{name}\" ContentType=\"{kind}+xml\"/>");
    };
    let theme = "application/vnd.openxmlformats-officedocument.theme";
    part("presentation.xml", &format!("{OF_PRESENTATION}.presentation.main"));
    part("slideMasters/slideMaster1.xml", &format!("{OF_PRESENTATION}.slideMaster"));
    part("slideLayouts/slideLayout1.xml", &format!("{OF_PRESENTATION}.slideLayout"));
    part("notesMasters/notesMaster1.xml", &format!("{OF_PRESENTATION}.notesMaster"));
    part("theme/theme1.xml", theme);
    part("theme/theme2.xml", theme);
    for page in 1..=pages {
        part(&format!("slides/slide{page}.xml"), &format!("{OF_PRESENTATION}.slide"));
        part(&format!("notesSlides/notesSlide{page}.xml"), &format!("{OF_PRESENTATION}.notesSlide"));
    }
    text + "</Types>"
}

/// The presentation: its masters, its pages, and their size.
pub(super) fn presentation(pages: usize, [width, height]: [u64; 2]) -> String {
    // Ids of pages begin at 256; the first two relations are the masters.
    let slide = |page: usize| format!("<p:sldId id=\"{}\" r:id=\"rId{}\"/>", 256 + page, 3 + page);
    let slides: String = (0..pages).map(slide).collect();
    format!(
        "{HEAD}<p:presentation xmlns:a=\"{MAIN}\" xmlns:r=\"{OFFICE}\" xmlns:p=\"{PRESENTATION}\"><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id=\"rId2\"/></p:notesMasterIdLst><p:sldIdLst>{slides}</p:sldIdLst><p:sldSz cx=\"{width}\" cy=\"{height}\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>"
    )
}

/// The relations of a part, by kind and target, numbered from 1.
fn relations<'a>(targets: impl Iterator<Item = (&'a str, String)>) -> String {
    let mut text = format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for (place, (kind, target)) in targets.enumerate() {
        let number = place + 1;
        // Writing to memory cannot fail.
        let _ = write!(text, "<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>");
    }
    text + "</Relationships>"
}

fn fixed<const N: usize>(targets: [(&str, &str); N]) -> String {
    relations(targets.into_iter().map(|(kind, target)| (kind, target.to_owned())))
}

pub(super) fn of_package() -> String {
    fixed([("officeDocument", "ppt/presentation.xml")])
}

pub(super) fn of_presentation(pages: usize) -> String {
    let masters = [("slideMaster", "slideMasters/slideMaster1.xml"), ("notesMaster", "notesMasters/notesMaster1.xml")];
    let masters = masters.into_iter().map(|(kind, target)| (kind, target.to_owned()));
    let slides = (1..=pages).map(|page| ("slide", format!("slides/slide{page}.xml")));
    relations(masters.chain(slides).chain([("theme", "theme/theme1.xml".to_owned())]))
}

pub(super) fn of_master() -> String {
    fixed([("slideLayout", "../slideLayouts/slideLayout1.xml"), ("theme", "../theme/theme1.xml")])
}

pub(super) fn of_layout() -> String {
    fixed([("slideMaster", "../slideMasters/slideMaster1.xml")])
}

pub(super) fn of_notes_master() -> String {
    fixed([("theme", "../theme/theme2.xml")])
}

/// The relations of a page with this number, whose picture is over that of the page `below`, if there is one.
pub(super) fn of_slide(number: usize, below: Option<usize>) -> String {
    let image = |number| ("image", format!("../media/image{number}.png"));
    let layout = ("slideLayout", "../slideLayouts/slideLayout1.xml".to_owned());
    let notes = ("notesSlide", format!("../notesSlides/notesSlide{number}.xml"));
    relations([layout, image(number), notes].into_iter().chain(below.map(image)))
}

pub(super) fn of_notes(number: usize) -> String {
    let slide = format!("../slides/slide{number}.xml");
    relations([("notesMaster", "../notesMasters/notesMaster1.xml".to_owned()), ("slide", slide)].into_iter())
}
