//! The data file that the landscape of a scene names, put into the text of the scene, so that this needs no file any more.

use std::borrow::Cow;

use super::fault::{Fault, Faults};
use super::tree::{Node, Value};
use crate::landscapes::{Landscape, ReadFile, names_a_file};

/// The same scene with the data of its file, `grid:FILE` or `data=FILE`, in place of the name; `read` brings its bytes, by its name
/// in the folder of the scene. Whatever follows stands in the line where it stood.
///
/// # Errors
/// One fault, at the name of the file: it lies elsewhere, cannot be read, or is no data for this landscape.
pub fn with_files<'a>(text: &'a str, read: ReadFile<'_>) -> Result<Cow<'a, str>, Faults> {
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
    // What is no scene is refused where it is read.
    let Ok(Node { value: Value::Table(entries), .. }) = Node::of_text(plain) else { return Ok(Cow::Borrowed(text)) };
    let node = entries.into_iter().find(|entry| entry.key == "landscape").map(|entry| entry.node);
    let Some(Node { value: Value::Text(spelled), span }) = node else { return Ok(Cow::Borrowed(text)) };
    if !names_a_file(&spelled) {
        return Ok(Cow::Borrowed(text));
    }
    let refuse = |message: String| Faults(vec![Fault::at(plain, span.clone(), message)]);
    let landscape = Landscape::parse_within(&spelled, "scene", read).map_err(|error| refuse(error.to_string()))?;
    let table = toml::Value::try_from(landscape.spec()).map_err(|error| refuse(error.to_string()))?;
    let mut whole = plain.to_owned();
    // A value that is a table stands in one line.
    whole.replace_range(span, &table.to_string());
    Ok(Cow::Owned(whole))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::{SceneSpec, read};
    use super::*;
    use crate::landscapes::InputError;

    fn grid() -> String {
        let line = |place: usize| format!("{},{},{}\n", place % 5, place / 5, 0.1 * (place * place) as f64);
        "x,y,loss\n".to_owned() + &(0..25).map(line).collect::<Vec<_>>().concat()
    }

    fn bring(path: &Path) -> Result<Vec<u8>, InputError> {
        match path.to_str() {
            Some("land.csv") => Ok(grid().into_bytes()),
            Some("points.csv") => Ok(b"x,y\n0,1\n1,2\n2,2\n".to_vec()),
            _ => Err(InputError::Data(format!("'{}': there is no such file", path.display()))),
        }
    }

    #[test]
    fn the_data_of_a_file_stand_in_the_scene_to_the_bit() {
        for spelled in ["grid:land.csv", "tanh2:data=points.csv", "network:w1*x+w2,loss=mae,data=points.csv"] {
            let text = format!("# mine\nlandscape = \"{spelled}\"  # measured\nruns = [\"gd\"]\nsteps = 7\n");
            let whole = with_files(&text, &bring).unwrap();
            let spec: SceneSpec = read(&whole, |spec| Ok(spec.clone())).unwrap();
            let own = Landscape::parse_within(spelled, "scene", &bring).unwrap();
            assert_eq!(spec.landscape, own.spec(), "{spelled}");
            let built = spec.landscape.build().unwrap();
            for at in [[0.3, 0.7], [2.1, 3.9], [-1.0, 4.0]] {
                let [found, wanted] = [&built, &own].map(|landscape| landscape.loss().value(at.into()).to_bits());
                assert_eq!(found, wanted, "{spelled} at {at:?}");
            }
            assert_eq!((spec.steps, whole.lines().count()), (7, text.lines().count()), "the rest stays in its lines");
            assert_eq!(with_files(&whole, &|_| panic!("no file is asked for")), Ok(Cow::Borrowed(&*whole)));
        }
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said_at_its_name() {
        for (spelled, words) in [
            ("grid:none.csv", "'none.csv': there is no such file"),
            ("grid:points.csv", "points.csv"),
            ("grid:/dev/zero", "a scene reads files of its own folder only"),
            ("tanh2:data=../points.csv", "a scene reads files of its own folder only"),
            ("grid:", "names no file"),
            ("tanh3:data=points.csv", "unknown landscape 'tanh3'"),
        ] {
            let text = format!("\u{feff}runs = [\"gd\"]\nlandscape = \"{spelled}\"\n");
            let faults = with_files(&text, &bring).unwrap_err();
            let said = faults.0[0].located("a.toml");
            assert!(said.starts_with("a.toml:2:13: ") && said.contains(words), "{spelled}: {said}");
        }
        for text in ["landscape = \"bowl\"", "landscape = 3", "[landscape]\nid = \"grid\"", "= [", "", "[[landscape]]"]
        {
            assert_eq!(with_files(text, &|_| panic!("no file is asked for")), Ok(Cow::Borrowed(text)));
        }
    }
}
