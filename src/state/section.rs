//! The parts of a tab about this step that can be folded away.

/// A part of a tab about this step that can be folded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// The samples that the step asked.
    Batch,
    /// How far the local models are valid.
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
            Self::Batch => "Mini-batch of this step",
            Self::Reach => "Validity of the local model",
            Self::Weights => "One weight at a time",
            Self::Slope => "Slope and error",
            Self::Curvature => "Curvature",
            Self::Curvatures => "Three curvature matrices",
            Self::Ball => "Unit ball of the norm",
            Self::Rule => "Rule with numbers",
            Self::Asked => "Evaluations",
        }
    }

    /// What is in it, in one sentence.
    pub fn help(self) -> &'static str {
        match self {
            Self::Batch => {
                "For a stochastic method: the samples of this step's mini-batch, the change of their loss, and the change of the loss of all samples."
            }
            Self::Reach => {
                "How far from the point the tangent plane and the quadratic model are right within a tolerance."
            }
            Self::Weights => "The change of the loss if one weight moves alone, and how the two interact.",
            Self::Slope => {
                "The factors of a network's gradient: the slope of the activation and the errors it multiplies."
            }
            Self::Curvature => "The curvature at the point, and what the learning rate does along each eigenvector.",
            Self::Curvatures => "The Hessian, the Gauss–Newton matrix and the Fisher matrix at the point.",
            Self::Ball => "The steps of equal length in the method's norm; the step is steepest descent in that norm.",
            Self::Rule => "The update rule of the method, with the numbers of this step.",
            Self::Asked => "The method's evaluations of the loss, and what they cost with many weights.",
        }
    }
}
