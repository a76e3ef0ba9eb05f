//! Where an answer goes: to standard output as text or JSON, or to a file in the form its ending names.

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::builder::{OsStringValueParser, TypedValueParser as _};

use super::exit::Exit;
use crate::drawing::ink::Theme;
use crate::export::csv::Table;
use crate::export::{csv, npz, write_file};
use crate::landscapes::excerpt::{escaped, of_path};

/// The options of every command that answers with numbers.
#[derive(clap::Args)]
pub(super) struct Output {
    /// Print one JSON document instead of text
    #[arg(long)]
    json: bool,
    /// Write to this file instead, in the format of its ending: .json, .csv or .npz
    #[arg(long, value_name = "FILE", value_parser = OsStringValueParser::new().try_map(OutFile::parse))]
    out: Option<OutFile>,
}

/// The options of a command whose answer is a grid: as above, or a picture.
#[derive(clap::Args)]
pub(super) struct GridOutput {
    /// Print one JSON document instead of text
    #[arg(long)]
    json: bool,
    /// Write to this file instead, in the format of its ending: .png, .csv, .npz or .json
    #[arg(long, value_name = "FILE", value_parser = OsStringValueParser::new().try_map(GridFile::parse))]
    out: Option<GridFile>,
    /// The theme of a picture
    #[arg(long, value_enum, default_value = "light")]
    theme: Theme,
}

/// An answer that can be drawn.
pub(super) trait Drawn: Answer {
    /// The bytes of a PNG file.
    fn png(&self, theme: Theme) -> io::Result<Vec<u8>>;
}

/// A file for a grid, its form known from its ending.
#[derive(Clone)]
enum GridFile {
    Numbers(OutFile),
    Picture(PathBuf),
}

impl GridFile {
    fn parse(name: OsString) -> Result<Self, Exit> {
        let path = PathBuf::from(&name);
        if ending(&path) == "png" {
            return Ok(Self::Picture(path));
        }
        OutFile::parse(name).map(Self::Numbers).map_err(|_| {
            let name = of_path(&path);
            Exit::Wrong(format!("--out {name}: the name of the file must end in .png, .csv, .npz or .json"))
        })
    }
}

impl GridOutput {
    /// Whether people look at the answer, as text or as a picture; not where it is for programs, with nothing said beside it.
    pub(super) fn is_for_people(&self) -> bool {
        !self.json && !matches!(self.out, Some(GridFile::Numbers(_)))
    }

    /// Hands the answer over.
    pub(super) fn deliver(self, answer: &impl Drawn) -> Result<(), Exit> {
        let out = match self.out {
            Some(GridFile::Picture(path)) => {
                let theme = self.theme;
                return Ok(write_file(&path, |out| out.write_all(&answer.png(theme)?))?);
            }
            Some(GridFile::Numbers(file)) => Some(file),
            None => None,
        };
        Output { json: self.json, out }.deliver(answer)
    }
}

/// What a command has found, in the forms it can be given.
pub(super) trait Answer {
    /// One JSON document.
    fn json(&self, out: &mut dyn Write) -> io::Result<()>;
    /// A table for programs.
    fn csv(&self, out: &mut dyn Write) -> io::Result<()>;
    /// Arrays for `NumPy`.
    fn npz(&self, out: &mut dyn Write) -> io::Result<()>;
    /// Text for people.
    fn text(&self, out: &mut dyn Write) -> io::Result<()>;
}

/// What a command has found, where it is a table: it has two of its forms from that.
pub(super) trait Tabular {
    /// One JSON document.
    fn json(&self, out: &mut dyn Write) -> io::Result<()>;
    /// The table for programs.
    fn table(&self) -> Table;
    /// Text for people.
    fn text(&self, out: &mut dyn Write) -> io::Result<()>;
}

impl<T: Tabular> Answer for T {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        Tabular::json(self, out)
    }

    fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        csv::write(out, &self.table())
    }

    fn npz(&self, out: &mut dyn Write) -> io::Result<()> {
        npz::write_table(out, &self.table())
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        Tabular::text(self, out)
    }
}

#[derive(Clone, Copy)]
enum Form {
    Text,
    Json,
    Csv,
    Npz,
}

impl Form {
    fn write(self, answer: &impl Answer, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Text => answer.text(&mut Plain(out)),
            Self::Csv => answer.csv(out),
            Self::Npz => answer.npz(out),
            Self::Json => {
                answer.json(out)?;
                out.write_all(b"\n")
            }
        }
    }
}

/// Text for a terminal: names and formulas that it repeats cannot move the cursor or color the page.
struct Plain<'a>(&'a mut dyn Write);

impl Write for Plain<'_> {
    /// A piece of formatted text, which is whole.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write_all(escaped(&String::from_utf8_lossy(bytes)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A file to write, its form known from its ending.
#[derive(Clone)]
struct OutFile {
    path: PathBuf,
    form: Form,
}

impl OutFile {
    fn parse(name: OsString) -> Result<Self, Exit> {
        let path = PathBuf::from(name);
        let form = match ending(&path).as_str() {
            "json" => Form::Json,
            "csv" => Form::Csv,
            "npz" => Form::Npz,
            _ => {
                let name = of_path(&path);
                return Err(Exit::Wrong(format!("--out {name}: the name of the file must end in .json, .csv or .npz")));
            }
        };
        Ok(Self { path, form })
    }
}

/// The letters after a file's last dot, in lower case.
pub(super) fn ending(path: &Path) -> String {
    path.extension().map_or_else(String::new, |ending| ending.to_string_lossy().to_lowercase())
}

impl Output {
    /// Hands the answer over.
    pub(super) fn deliver(&self, answer: &impl Answer) -> Result<(), Exit> {
        if let Some(file) = &self.out {
            return Ok(write_file(&file.path, |out| file.form.write(answer, out))?);
        }
        let form = if self.json { Form::Json } else { Form::Text };
        let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
        form.write(answer, &mut out).and_then(|()| out.flush()).map_err(|error| Exit::from_output(&error))
    }
}
