//! SVG and PDF: the paths and letters of a picture that stands still.

use super::{Made, Make, Still};
use crate::export::pdf::pdf;
use crate::export::svg::svg;
use crate::jobs::Parts;

/// Lays out the page, then writes it as SVG.
pub(super) fn make_svg(still: Still) -> Make {
    let mut laid = None;
    Box::new(move || match laid.take() {
        None => {
            laid = Some(still.page()?);
            Ok(Made::Parts(Parts { made: 1, all: 2 }))
        }
        Some(page) => Ok(Made::Whole(svg(&page).into_bytes())),
    })
}

/// Lays out the page, then writes it as PDF.
pub(super) fn make_pdf(still: Still) -> Make {
    let mut laid = None;
    Box::new(move || match laid.take() {
        None => {
            laid = Some(still.page()?);
            Ok(Made::Parts(Parts { made: 1, all: 2 }))
        }
        Some(page) => Ok(Made::Whole(pdf(&[page])?)),
    })
}
