//! How large type, controls and lines are: at a desk, or for the last row of a hall.

/// How large text and controls are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TypeScale {
    /// At a desk.
    #[default]
    Normal,
    /// A quarter larger.
    Large,
    /// Half as large again, for the last row of a lecture hall: at 1920×1080 everything fits as at 1280×720.
    Lecture,
}

impl TypeScale {
    /// Every scale, the smallest first.
    pub const ALL: [Self; 3] = [Self::Normal, Self::Large, Self::Lecture];

    /// What sizes, distances and line widths are multiplied with.
    pub fn factor(self) -> f32 {
        match self {
            Self::Normal => 1.0,
            Self::Large => 1.25,
            Self::Lecture => 1.5,
        }
    }

    /// Its name on the command line and in the settings.
    pub fn id(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Large => "large",
            Self::Lecture => "lecture",
        }
    }

    /// The scale with this name.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scale| scale.id() == id)
    }

    /// Its name in the menu.
    pub fn title(self) -> &'static str {
        match self {
            Self::Normal => "Normal type",
            Self::Large => "Large type",
            Self::Lecture => "Lecture-hall type",
        }
    }
}
