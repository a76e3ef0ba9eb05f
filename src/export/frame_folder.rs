//! A folder of numbered frames, with what LaTeX's Beamer needs to show them one after another.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempDir};

use super::sequence::{Page, Sequence};
use super::target::folder;
use super::tikz::letters::latex;
use super::write_file;
use crate::landscapes::excerpt::{of_path, path_text};

/// The file in which the lines for Beamer stand.
const SNIPPET: &str = "frames.tex";
/// How the names of frames begin and end.
const FRAME: [&str; 2] = ["frame-", ".png"];

/// A folder in the making: it takes its place when it is whole.
pub struct FrameFolder {
    target: PathBuf,
    draft: Option<TempDir>,
    /// Digits of a number.
    digits: usize,
    title: String,
    per_second: f64,
    /// The notes on each frame so far.
    notes: Vec<String>,
}

impl FrameFolder {
    /// One for this many frames, to stand at `target`; they are played at this many a second.
    ///
    /// # Errors
    /// If a file or a folder of other files is in its place, or the disk refuses.
    pub fn begin(target: &Path, count: usize, title: String, per_second: f64) -> io::Result<Self> {
        check(target)?;
        let mut builder = Builder::new();
        builder.prefix(".taylorscope-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
        let draft = Some(builder.tempdir_in(folder(target))?);
        let digits = count.to_string().len();
        Ok(Self { target: target.to_owned(), draft, digits, title, per_second, notes: Vec::new() })
    }

    /// The name of a frame, counted from 1.
    fn name(&self, number: usize) -> String {
        let [head, ending] = FRAME;
        format!("{head}{}{ending}", self.number(number))
    }

    fn number(&self, number: usize) -> String {
        format!("{number:0width$}", width = self.digits)
    }

    /// The name of the folder itself, wherever it stands.
    fn folder_name(&self) -> String {
        let whole = std::path::absolute(&self.target).unwrap_or_else(|_| self.target.clone());
        path_text(Path::new(whole.file_name().unwrap_or(whole.as_os_str())))
    }

    /// The lines for Beamer: pictures are looked for beside them, and in the folder where the talk stands beside it.
    fn snippet(&self) -> String {
        let place = self.folder_name();
        let (title, last) = (latex(&self.title), self.notes.len());
        let mut text = format!(
            "% A frame of a talk: each click shows the next picture; notes appear with \\setbeameroption{{show notes}}.\n% With this folder beside the talk: \\input{{{place}/{SNIPPET}}}\n\\begingroup\n\\graphicspath{{{{./}}{{{place}/}}}}\n\\begin{{frame}}{{{title}}}\n  \\centering\n"
        );
        for (place_in_talk, notes) in self.notes.iter().enumerate() {
            let number = place_in_talk + 1;
            // Writing to memory cannot fail.
            let _ = writeln!(
                text,
                "  \\includegraphics<{number}>[width=\\linewidth,height=0.8\\textheight,keepaspectratio]{{{}}}%",
                self.name(number)
            );
            if !notes.is_empty() {
                let _ = writeln!(text, "  \\note<{number}>{{{}}}%", latex(&notes.replace('\n', " ")));
            }
        }
        let _ = write!(
            text,
            "\\end{{frame}}\n% The same, playing by itself, with \\usepackage{{animate}} and a reader that plays it:\n% \\animategraphics[loop,controls,width=\\linewidth]{{{:.0}}}{{{}}}{{{}}}{{{}}}\n\\endgroup\n",
            self.per_second.max(1.0),
            FRAME[0],
            self.number(1),
            self.number(last)
        );
        text
    }
}

impl Sequence for FrameFolder {
    fn add(&mut self, page: &Page) -> io::Result<()> {
        let Some(draft) = &self.draft else { return Ok(()) };
        let bytes = page.pixels.png()?;
        let path = draft.path().join(self.name(self.notes.len() + 1));
        write_file(&path, |out| out.write_all(&bytes)).map_err(|error| error.cause)?;
        self.notes.push(page.notes.clone());
        Ok(())
    }

    /// Puts the folder into its place, and writes the lines for Beamer, which stand in it too.
    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let snippet = self.snippet();
        let Some(draft) = self.draft.take() else { return Ok(()) };
        write_file(&draft.path().join(SNIPPET), |out| out.write_all(snippet.as_bytes()))
            .map_err(|error| error.cause)?;
        check(&self.target)?;
        put(draft, &self.target)?;
        out.write_all(snippet.as_bytes())
    }
}

/// Refuses a place that holds anything but frames of an earlier time.
#[expect(clippy::disallowed_methods, reason = "looks at the folder that would be replaced")]
fn check(target: &Path) -> io::Result<()> {
    let about = match fs::metadata(target) {
        Ok(about) => about,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if !about.is_dir() {
        return Err(io::Error::other("this is a file\nname a folder, which may be new"));
    }
    for entry in fs::read_dir(target)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_frame = |name: &str| {
            let number = name.strip_prefix(FRAME[0]).and_then(|rest| rest.strip_suffix(FRAME[1]));
            number.is_some_and(|number| number.bytes().all(|digit| digit.is_ascii_digit()))
        };
        let is_ours = name.to_str().is_some_and(|name| name == SNIPPET || is_frame(name));
        if !is_ours || !entry.file_type()?.is_file() {
            let name = of_path(Path::new(&name));
            return Err(io::Error::other(format!(
                "the folder holds '{name}', which is no frame\nname a new folder, or one with nothing but frames in it"
            )));
        }
    }
    Ok(())
}

/// Gives the draft the name of its target; frames of an earlier time go.
#[expect(clippy::disallowed_methods, reason = "a folder takes its place as a whole, as files do")]
fn put(draft: TempDir, target: &Path) -> io::Result<()> {
    let old = Builder::new().prefix(".taylorscope-").tempdir_in(folder(target))?;
    let aside = old.path().join("frames");
    let was_there = match fs::rename(target, &aside) {
        Ok(()) => true,
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(error) => return Err(error),
    };
    if let Err(error) = fs::rename(draft.path(), target) {
        if was_there {
            // What was there comes back; if even that fails, the first error is the one to tell.
            let _ = fs::rename(&aside, target);
        }
        return Err(error);
    }
    // It has another name now, and nothing is left to remove.
    let _ = draft.keep();
    Ok(())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "looks at what was written")]
mod tests {
    use super::*;
    use crate::export::sequence::Pixels;

    fn page(number: u8) -> Page {
        let pixels = Pixels { size: [2, 1], rgb: vec![[number, 0, 0]; 2] };
        Page { pixels, title: String::new(), notes: format!("100 % of {number}"), hundredths: 20 }
    }

    fn made(target: &Path, count: u8) -> io::Result<String> {
        let mut frames = FrameFolder::begin(target, usize::from(count), "A & B".to_owned(), 5.0)?;
        for number in 0..count {
            frames.add(&page(number))?;
        }
        let mut snippet = Vec::new();
        frames.finish(&mut snippet)?;
        Ok(String::from_utf8(snippet).unwrap())
    }

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn a_folder_is_whole_and_replaces_frames_alone() {
        let parent = tempfile::tempdir().unwrap();
        let target = parent.path().join("talk");
        let snippet = made(&target, 12).unwrap();
        let found = names(&target);
        assert_eq!((found.len(), found[0].as_str(), found[12].as_str()), (13, "frame-01.png", "frames.tex"));
        assert_eq!(fs::read_to_string(target.join("frames.tex")).unwrap(), snippet, "the lines stand in it too");
        let picture = image::open(target.join("frame-03.png")).unwrap().into_rgb8();
        assert_eq!(picture.get_pixel(1, 0).0, [2, 0, 0], "the third");
        let place = path_text(parent.path());
        assert!(!snippet.contains(&place), "it says nothing of where it was written: {snippet}");
        for words in ["]{frame-03.png}", "\\input{talk/frames.tex}", "\\graphicspath{{./}{talk/}}", "{frame-}"] {
            assert!(snippet.contains(words), "{words}: {snippet}");
        }
        for words in ["\\begin{frame}{A \\& B}", "\\includegraphics<12>", "\\note<1>{100 \\% of 0}", "{5}", "{01}{12}"]
        {
            assert!(snippet.contains(words), "{words}: {snippet}");
        }
        made(&target, 3).unwrap();
        assert_eq!(names(&target), ["frame-1.png", "frame-2.png", "frame-3.png", "frames.tex"], "no frame of before");
        fs::write(target.join("thesis.tex"), "years of work").unwrap();
        let refused = made(&target, 3).unwrap_err().to_string();
        assert!(refused.contains("holds 'thesis.tex', which is no frame\nname a new folder"), "{refused}");
        fs::write(parent.path().join("file"), "").unwrap();
        let refused = made(&parent.path().join("file"), 1).unwrap_err().to_string();
        assert!(refused.contains("this is a file\nname a folder"), "{refused}");
        let given_up = FrameFolder::begin(&parent.path().join("other"), 2, String::new(), 5.0).unwrap();
        drop(given_up);
        assert_eq!(names(parent.path()), ["file", "talk"], "nothing is left of what was given up");
    }
}
