//! A deck, unpacked again: every part is there, every relation leads to one, and every page says what it should.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::*;
use crate::export::sequence::Pixels;

const NOTES_OF: [&str; 2] =
    ["The tangent plane predicted a drop of 1.2·10⁻³; the loss fell by less: 3 < 4 & \"so\" on.\nIt ended.", ""];

fn page(number: usize) -> Page {
    let pixels = Pixels { size: [4, 2], rgb: vec![[200, 40 * number as u8, 9]; 8] };
    Page { pixels, title: format!("Step {number} of η < 1"), notes: NOTES_OF[number].to_owned(), hundredths: 0 }
}

fn deck() -> Vec<u8> {
    let mut deck = Deck::begin(2, [255; 3], [0; 3]).unwrap();
    deck.add(&page(0)).unwrap();
    deck.add(&page(1)).unwrap();
    let mut bytes = Vec::new();
    deck.finish(&mut bytes).unwrap();
    bytes
}

/// The parts by name; the XML ones as text.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let part = |place| {
        let mut file = archive.by_index(place).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(part).collect()
}

/// What stands between the quotes after each `name="`.
fn values<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    text.split(&format!(" {name}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn has_ending(name: &str, ending: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, found)| found == ending)
}

#[test]
fn every_relation_leads_to_a_part_and_every_part_has_a_type() {
    let parts = parts(&deck());
    let text = |name: &str| std::str::from_utf8(&parts[name]).unwrap();
    let mut reached = vec!["[Content_Types].xml".to_owned()];
    for (name, bytes) in parts.iter().filter(|(name, _)| has_ending(name, "rels")) {
        let (folder, file) = name.split_once("_rels/").unwrap();
        let source = format!("{folder}{}", file.trim_end_matches(".rels"));
        assert!(source.is_empty() || parts.contains_key(&source), "{name} is of a part");
        let relations = std::str::from_utf8(bytes).unwrap();
        for target in values(relations, "Target") {
            let mut path: Vec<&str> = folder.split('/').filter(|word| !word.is_empty()).collect();
            for word in target.split('/') {
                if word == ".." { path.truncate(path.len() - 1) } else { path.push(word) }
            }
            let path = path.join("/");
            assert!(parts.contains_key(&path), "{name}: {path}");
            reached.push(path);
        }
        let ids = values(relations, "Id");
        if !source.is_empty() {
            let used = [values(text(&source), "r:id"), values(text(&source), "r:embed")].concat();
            assert!(used.iter().all(|id| ids.contains(id)), "{source} refers to {used:?}, known are {ids:?}");
        }
        reached.push(name.clone());
    }
    let types = text("[Content_Types].xml");
    for name in parts.keys() {
        assert!(reached.contains(name), "nothing leads to {name}");
        let own = values(types, "PartName").contains(&format!("/{name}").as_str());
        assert!(
            own || has_ending(name, "png") || has_ending(name, "rels") || name.starts_with('['),
            "{name} has no type"
        );
    }
    assert_eq!(values(text("ppt/presentation.xml"), "r:id"), ["rId1", "rId2", "rId3", "rId4"], "two pages");
}

#[test]
fn every_page_has_its_title_picture_and_notes() {
    let parts = parts(&deck());
    let text = |name: &str| std::str::from_utf8(&parts[name]).unwrap();
    assert!(text("ppt/slides/slide1.xml").contains("<a:t>Step 0 of η &lt; 1</a:t>"), "the title");
    let picture = image::load_from_memory(&parts["ppt/media/image2.png"]).unwrap().into_rgb8();
    assert_eq!(picture.get_pixel(3, 1).0, [200, 40, 9], "the picture of the second");
    let said = "<a:t>The tangent plane predicted a drop of 1.2·10⁻³; the loss fell by less: 3 &lt; 4 &amp; &quot;so&quot; on.</a:t>";
    let notes = text("ppt/notesSlides/notesSlide1.xml");
    assert!(notes.contains(said) && notes.contains("<a:t>It ended.</a:t>"), "{notes}");
    assert!(text("ppt/notesSlides/notesSlide2.xml").contains("<a:p/>"), "nothing to say");
    let numbers =
        |name| -> Vec<u64> { values(text("ppt/slides/slide1.xml"), name).iter().map(|n| n.parse().unwrap()).collect() };
    let [x, y, width, height] = ["x", "y", "cx", "cy"].map(|name| *numbers(name).last().unwrap());
    assert_eq!((width / height, x + width / 2), (2, SIZE[0] / 2), "in its shape, in the middle");
    assert!(y >= ROOM[1] && y + height <= SIZE[1], "below the title, above the edge");
}

/// What a viewer shows: the pictures of a page above each other, in the order in which they stand.
fn shown(parts: &BTreeMap<String, Vec<u8>>, number: usize) -> Vec<[u8; 3]> {
    let text = |name: &str| std::str::from_utf8(&parts[name]).unwrap().to_owned();
    let relations = text(&format!("ppt/slides/_rels/slide{number}.xml.rels"));
    let target = |id: &str| {
        let place = values(&relations, "Id").iter().position(|known| *known == id).unwrap();
        values(&relations, "Target")[place].replace("..", "ppt")
    };
    let mut canvas = Vec::new();
    for id in values(&text(&format!("ppt/slides/slide{number}.xml")), "r:embed") {
        let picture = image::load_from_memory(&parts[&target(id)]).unwrap().into_rgba8();
        canvas.resize(picture.pixels().len(), [0; 3]);
        for (below, pixel) in canvas.iter_mut().zip(picture.pixels()) {
            assert!([0, 255].contains(&pixel[3]), "seen, or seen through");
            if pixel[3] == 255 {
                *below = [pixel[0], pixel[1], pixel[2]];
            }
        }
    }
    canvas
}

#[test]
fn pages_share_what_they_have_in_common() {
    let paper: Vec<[u8; 3]> = (0..90 * 60).map(|at: u32| [at as u8, (at / 7) as u8, (at / 90) as u8]).collect();
    let mut pages = vec![paper.clone(), paper.clone(), paper.clone(), vec![[7; 3]; 90 * 60], vec![[7; 3]; 90 * 60]];
    for (place, page) in pages.iter_mut().enumerate() {
        page[90 * 20 + 11 * place] = [255; 3];
    }
    let mut deck = Deck::begin(pages.len(), [255; 3], [0; 3]).unwrap();
    for rgb in &pages {
        let pixels = Pixels { size: [90, 60], rgb: rgb.clone() };
        deck.add(&Page { pixels, title: String::new(), notes: String::new(), hundredths: 0 }).unwrap();
    }
    let mut bytes = Vec::new();
    deck.finish(&mut bytes).unwrap();
    let parts = parts(&bytes);
    for (place, rgb) in pages.iter().enumerate() {
        assert!(shown(&parts, place + 1) == *rgb, "page {}", place + 1);
    }
    let length = |number: usize| parts[&format!("ppt/media/image{number}.png")].len();
    let is_shared =
        |number: usize| parts[&format!("ppt/slides/slide{number}.xml")].windows(6).any(|tag| tag == b"grpSp>");
    assert_eq!([1, 2, 3, 4, 5].map(is_shared), [false, true, true, false, true]);
    assert!(4 * length(2) < length(1), "{} of {}", length(2), length(1));
}

#[test]
fn the_same_pages_are_the_same_bytes() {
    assert!(deck() == deck(), "nothing depends on the time");
    let archive = ZipArchive::new(Cursor::new(deck())).unwrap();
    assert_eq!(archive.file_names().next().unwrap().unwrap(), "[Content_Types].xml");
}

#[test]
fn what_xml_does_not_have_is_left_out() {
    assert_eq!(escaped("a\u{0}\u{b}b\tc\u{ffff}<&>\"'"), "ab c&lt;&amp;&gt;&quot;'");
    assert_eq!(filled("{a}{b} {c}", &[("a", "{b}"), ("b", "1")]), "{b}1 ", "what is filled in is not filled again");
}
