//! The parts of a tab about this step that can be folded away.

/// A part of a tab about this step that can be folded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// The samples that the step asked.
    Batch,
    /// How far the local models are good.
    Reach,
    /// Each weight by itself.
    Weights,
    /// The slope of a network's unit beside its error.
    Slope,
    /// Eigenvalues and what they mean.
    Curvature,
    /// Hessian, Gauss–Newton and Fisher side by side, of a network.
    Curvatures,
    /// The shape of the method's ball.
    Ball,
    /// The rule with its numbers.
    Rule,
    /// What the method asked for.
    Asked,
}

impl Section {
    /// Every part, from above.
    pub const ALL: [Self; 9] = [
        Self::Batch,
        Self::Reach,
        Self::Weights,
        Self::Slope,
        Self::Curvature,
        Self::Curvatures,
        Self::Ball,
        Self::Rule,
        Self::Asked,
    ];
    /// Those that are open when the program starts.
    pub(super) const OPEN_AT_FIRST: [Self; 3] = [Self::Batch, Self::Curvature, Self::Rule];

    /// Its name in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Batch => "batch",
            Self::Reach => "reach",
            Self::Weights => "weights",
            Self::Slope => "slope",
            Self::Curvature => "curvature",
            Self::Curvatures => "curvatures",
            Self::Ball => "ball",
            Self::Rule => "rule",
            Self::Asked => "asked",
        }
    }

    /// The part with this name in files.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.id() == id)
    }

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Batch => "Batch of this step",
            Self::Reach => "How far it is good",
            Self::Weights => "Each weight by itself",
            Self::Slope => "Slope and error",
            Self::Curvature => "Curvature here",
            Self::Curvatures => "Three curvatures",
            Self::Ball => "Shape of the ball",
            Self::Rule => "Rule with numbers",
            Self::Asked => "Asked so far",
        }
    }

    /// What is in it, in one sentence.
    pub fn help(self) -> &'static str {
        match self {
            Self::Batch => {
                "For a method that draws batches: which samples this step asked, what their loss did, and what that of all did."
            }
            Self::Reach => "How far from the point the plane and the quadratic are right, and where that ends.",
            Self::Weights => "What happens if one weight moves alone, and how the two work together.",
            Self::Slope => {
                "What a network's gradient is made of: the slope of its unit, and the errors that it multiplies."
            }
            Self::Curvature => "How the land bends here, and what the learning rate does along each direction.",
            Self::Curvatures => {
                "What the Hessian, the Gauss–Newton matrix and the Fisher matrix know of how the loss bends."
            }
            Self::Ball => "Which steps the method counts as equally long: why it goes where it goes.",
            Self::Rule => "The rule of the method, with the numbers of this step.",
            Self::Asked => "What the method has asked the land for, and what that costs with many weights.",
        }
    }
}
