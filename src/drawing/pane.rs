//! The views: those that can be maximized, and those that share the place below the surface.

/// One of the views that can be maximized.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The loss seen from above.
    Map,
    /// The loss as a surface.
    Surface,
    /// The cut along the step.
    Slice,
    /// The loss in every direction at one distance.
    Circle,
    /// The velocity as a sum of past gradients.
    Memory,
    /// The samples of a network and its curve through them.
    Data,
    /// A network as a graph of computations, forward and backward.
    Graph,
    /// How far the local models are right, against the number of layers.
    Depth,
}

impl Pane {
    /// Every view.
    pub const ALL: [Self; 8] =
        [Self::Map, Self::Surface, Self::Slice, Self::Circle, Self::Memory, Self::Data, Self::Graph, Self::Depth];
    /// Those that share the place below the surface, one at a time.
    pub const LOWER: [Self; 6] = [Self::Slice, Self::Circle, Self::Memory, Self::Data, Self::Graph, Self::Depth];

    /// Whether runs are seen in it beyond the step in focus.
    pub const fn shows_whole_runs(self) -> bool {
        matches!(self, Self::Map | Self::Surface)
    }

    /// Its name on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Surface => "surface",
            Self::Slice => "slice",
            Self::Circle => "circle",
            Self::Memory => "memory",
            Self::Data => "data",
            Self::Graph => "graph",
            Self::Depth => "depth",
        }
    }

    /// The view with this name on the command line.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pane| pane.id() == id)
    }

    /// Its name on screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::Map => "Map",
            Self::Surface => "Surface",
            Self::Slice => "Slice along the step",
            Self::Circle => "Circle around the point",
            Self::Memory => "Memory of the method",
            Self::Data => "Data and curve",
            Self::Graph => "Graph of the network",
            Self::Depth => "Radius against depth",
        }
    }

    /// Its name where several share a row.
    pub fn short_title(self) -> &'static str {
        match self {
            Self::Map => "Map",
            Self::Surface => "Surface",
            Self::Slice => "Slice",
            Self::Circle => "Circle",
            Self::Memory => "Memory",
            Self::Data => "Data",
            Self::Graph => "Graph",
            Self::Depth => "Depth",
        }
    }

    /// What it shows, in one sentence.
    pub fn help(self) -> &'static str {
        match self {
            Self::Map => "The loss seen from above.",
            Self::Surface => "The loss as a surface.",
            Self::Slice => "The loss along the step: the truth, the tangent line and the parabola.",
            Self::Circle => {
                "The loss in every direction at the step's distance: the truth, the plane and the quadratic, and the best step of that length."
            }
            Self::Data => "The samples of a network and its curve through them, now and before.",
            Self::Graph => "The network as a graph: values forward, derivatives backward, for a sample or the mean.",
            Self::Depth => {
                "How far straight downhill the plane and the quadratic are good, for a network of 1 to 20 layers with these weights."
            }
            Self::Memory => "The velocity as a sum of past gradients, and what carries it over a barrier.",
        }
    }
}
