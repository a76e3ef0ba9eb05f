//! Data files that the scenes of a lesson name: read from the folder of the lesson only, and put into the scenes.

use super::lesson::LessonText;
use super::mistake::{Located, Mistake};
use crate::landscapes::{Landscape, ReadFile, names_a_file};

impl LessonText {
    /// The same lesson with the data of its files in its scenes, so that these need no file any more.
    ///
    /// # Errors
    /// A mistake for every file that lies elsewhere or cannot be read, and for every landscape that cannot be made of one.
    pub fn with_files(mut self, read: ReadFile<'_>) -> Result<Self, Vec<Mistake>> {
        let mistakes = self.bring_files(read);
        if mistakes.is_empty() { Ok(self) } else { Err(mistakes) }
    }

    /// Puts the data of its files into its scenes, as far as they can be read; a mistake for each that cannot.
    pub fn bring_files(&mut self, read: ReadFile<'_>) -> Vec<Mistake> {
        let scenes = self.pages.iter_mut().filter_map(|page| page.scene.as_mut());
        scenes.filter_map(|scene| bring(scene, read).err()).collect()
    }
}

/// Puts the data of a file into a scene that names one.
fn bring(scene: &mut Located<String>, read: ReadFile<'_>) -> Result<(), Mistake> {
    // An invalid scene is refused where it is read.
    let Ok(mut table) = toml::from_str::<toml::Table>(&scene.value) else { return Ok(()) };
    let Some(spelled) = table.get("landscape").and_then(toml::Value::as_str).filter(|text| names_a_file(text)) else {
        return Ok(());
    };
    let at = scene.at + scene.value.find(spelled).unwrap_or(0);
    let refuse =
        |error: &dyn std::fmt::Display| Mistake::new(at, error.to_string().lines().collect::<Vec<_>>().join("; "));
    let landscape = Landscape::parse_within(spelled, "lesson", read).map_err(|error| refuse(&error))?;
    let spec = toml::Value::try_from(landscape.spec()).map_err(|error| refuse(&error))?;
    table.insert("landscape".to_owned(), spec);
    scene.value = toml::to_string(&table).map_err(|error| refuse(&error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::landscapes::InputError;

    fn lesson(landscape: &str) -> LessonText {
        let scene = format!("```scene\nlandscape = \"{landscape}\"\nruns = [\"gd\"]\n```\n");
        LessonText::read(&format!("+++\nid = \"a\"\ntitle = \"A\"\nquestion = \"B?\"\n+++\n# H\n{scene}")).unwrap()
    }

    #[test]
    fn files_of_the_folder_are_read_and_no_others() {
        let points = |path: &Path| {
            assert_eq!(path, Path::new("points.csv"), "nothing else is asked for");
            Ok(b"x,y\n0,1\n1,2\n2,2\n".to_vec())
        };
        let scene = lesson("tanh2:data=points.csv").with_files(&points).unwrap().pages[0].scene.clone().unwrap();
        assert!(scene.value.contains("points.csv") && scene.value.contains("2.0"), "{}", scene.value);
        assert_eq!(lesson("bowl").with_files(&points), Ok(lesson("bowl")), "no file");
        for outside in ["/etc/passwd", "../points.csv", "a/../../points.csv", "grid"] {
            let spelled = if outside == "grid" { "grid:/dev/zero".to_owned() } else { format!("tanh2:data={outside}") };
            let mistakes = lesson(&spelled).with_files(&points).unwrap_err();
            assert!(mistakes[0].what.contains("of its own folder only"), "{mistakes:?}");
        }
        let gone = |_: &Path| Err(InputError::Data("points.csv: there is no such file".to_owned()));
        assert!(lesson("tanh2:data=points.csv").with_files(&gone).unwrap_err()[0].what.contains("no such file"));
    }
}
