//! The views: the two pictures of the loss, and the tabs beside them.
//!
//! A new one is an entry here, a function in `ui/views/` or `ui/panels/`, and its arm in `ui/boxed_view.rs`, which the compiler asks for.

mod facts;

pub use facts::PaneNumbers;

use self::facts::{ANY, Facts, LAYERS, NETWORKS, PaneNeeds, Place, Room, STARTS_OF_TWO, TWO_WEIGHTS};
use crate::landscapes::Landscape;

/// The enum of the views and all lists of them, from one entry each.
macro_rules! panes {
    ($($(#[$doc:meta])* $name:ident: $facts:expr,)*) => {
        /// One of the views that can be maximized.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Pane {
            $($(#[$doc])* $name,)*
        }

        impl Pane {
            /// Every view.
            pub const ALL: [Self; [$(stringify!($name)),*].len()] = [$(Self::$name),*];

            const fn facts(self) -> Facts {
                match self {
                    $(Self::$name => $facts,)*
                }
            }
        }
    };
}

panes! {
    /// The loss seen from above.
    Map: Facts {
        id: "map",
        title: "Map",
        short_title: "Map",
        help: "The loss seen from above; of one weight the curve of f, and f′ below it.",
        place: Place::Picture,
        whole_runs: true,
        in_fog: true,
        while_asked: true,
        room: Room::Chart,
        numbers: PaneNumbers::Runs,
        needs: ANY,
    },
    /// The loss as a surface.
    Surface: Facts {
        id: "surface",
        title: "Surface",
        short_title: "Surface",
        help: "The loss as a surface.",
        place: Place::Picture,
        whole_runs: true,
        in_fog: true,
        while_asked: true,
        room: Room::Chart,
        numbers: PaneNumbers::Runs,
        needs: TWO_WEIGHTS,
    },
    /// The lessons.
    Lessons: Facts {
        id: "lessons",
        title: "Lessons",
        short_title: "Lessons",
        help: "The questions that a class asks, each with an answer and a scene that shows it.",
        place: Place::Tab('Q'),
        whole_runs: false,
        in_fog: true,
        while_asked: true,
        room: Room::Chart,
        numbers: PaneNumbers::Elsewhere(None),
        needs: ANY,
    },
    /// The cut along the step.
    Slice: Facts {
        id: "slice",
        title: "Slice along the step",
        short_title: "Slice",
        help: "The loss along the step: the actual loss, the tangent line and the quadratic model.",
        place: Place::Tab('S'),
        whole_runs: false,
        in_fog: true,
        while_asked: false,
        room: Room::Chart,
        numbers: PaneNumbers::Runs,
        needs: ANY,
    },
    /// The loss, or another quantity, against the steps.
    Loss: Facts {
        id: "loss",
        title: "Loss against the steps",
        short_title: "Loss",
        help: "The loss of every run against its steps or evaluations, or another quantity of every step: a chart with true axes.",
        place: Place::Tab('H'),
        whole_runs: true,
        in_fog: true,
        while_asked: true,
        room: Room::Chart,
        numbers: PaneNumbers::Runs,
        needs: ANY,
    },
    /// The runs in a race, and what it costs.
    Compare: Facts {
        id: "compare",
        title: "Compare the runs",
        short_title: "Compare",
        help: "What every run needs to reach a tolerance, or reaches with a budget, and what that costs with n weights.",
        place: Place::Tab('W'),
        whole_runs: true,
        in_fog: false,
        while_asked: false,
        room: Room::Race,
        numbers: PaneNumbers::Race,
        needs: ANY,
    },
    /// The samples of a network and its curve through them.
    Data: Facts {
        id: "data",
        title: "Data and curve",
        short_title: "Data",
        help: "The samples of a network and its curve through them, now and before.",
        place: Place::Tab('D'),
        whole_runs: false,
        in_fog: false,
        while_asked: true,
        room: Room::Chart,
        numbers: PaneNumbers::Elsewhere(None),
        needs: NETWORKS,
    },
    /// A network as a graph of computations, forward and backward.
    Graph: Facts {
        id: "graph",
        title: "Graph of the network",
        short_title: "Graph",
        help: "The network as a graph: values forward, derivatives backward, for a sample or the mean.",
        place: Place::Tab('N'),
        whole_runs: false,
        in_fog: false,
        while_asked: false,
        room: Room::Chart,
        numbers: PaneNumbers::Elsewhere(Some("backprop")),
        needs: NETWORKS,
    },
    /// Eigenvalues, and how far the local models are right.
    Curvature: Facts {
        id: "curvature",
        title: "Curvature",
        short_title: "Curvature",
        help: "The Hessian at the point, what the learning rate does along each eigenvector, and how far the tangent plane and the quadratic model are right.",
        place: Place::Tab('V'),
        whole_runs: false,
        in_fog: true,
        while_asked: false,
        room: Room::Chart,
        numbers: PaneNumbers::Elsewhere(Some("analyze")),
        needs: ANY,
    },
    /// The loss in every direction at one distance.
    Circle: Facts {
        id: "circle",
        title: "Directions around the point",
        short_title: "Directions",
        help: "The loss in every direction at the step's distance: actual, by the tangent plane and by the quadratic model, and the best step of that length.",
        place: Place::Tab('C'),
        whole_runs: false,
        in_fog: false,
        while_asked: false,
        room: Room::Tall,
        numbers: PaneNumbers::Elsewhere(Some("circle")),
        needs: TWO_WEIGHTS,
    },
    /// Where the method ends from every start.
    Basins: Facts {
        id: "basins",
        title: "Basins of the method",
        short_title: "Basins",
        help: "Where the selected run's method ends from every start of a region, and after how many steps: a color for each critical point.",
        place: Place::Tab('A'),
        whole_runs: false,
        in_fog: false,
        while_asked: false,
        room: Room::Table,
        numbers: PaneNumbers::Elsewhere(Some("basins")),
        needs: STARTS_OF_TWO,
    },
    /// The selected run with its parameters varied.
    Sweep: Facts {
        id: "sweep",
        title: "Sweep of the parameters",
        short_title: "Sweep",
        help: "The selected run with one or two of its parameters varied: how low it comes, after how many steps, and where it ends, with the limit of theory.",
        place: Place::Tab('X'),
        whole_runs: true,
        in_fog: false,
        while_asked: false,
        room: Room::Table,
        numbers: PaneNumbers::Sweep,
        needs: ANY,
    },
    /// The loss in its own axes and in others, side by side.
    Axes: Facts {
        id: "axes",
        title: "The loss in other axes",
        short_title: "Axes",
        help: "The loss in its own axes and in axes that are stretched and turned, side by side, each with the runs: Newton's path is the same in both.",
        place: Place::Tab('O'),
        whole_runs: true,
        in_fog: false,
        while_asked: false,
        room: Room::Table,
        numbers: PaneNumbers::Runs,
        needs: TWO_WEIGHTS,
    },
    /// Many random starts, of the selected run or of methods against each other.
    Starts: Facts {
        id: "starts",
        title: "Random starts",
        short_title: "Starts",
        help: "Many random starts: where each of them ends with the selected run's method, or a tournament of methods from them.",
        place: Place::Tab('Y'),
        whole_runs: false,
        in_fog: false,
        while_asked: false,
        room: Room::Table,
        numbers: PaneNumbers::Elsewhere(Some("tournament")),
        needs: ANY,
    },
    /// Energy against the barrier, coefficients that escape, and the velocity as a sum of past gradients.
    Momentum: Facts {
        id: "memory",
        title: "Momentum",
        short_title: "Momentum",
        help: "The energy of the ball against the height of the saddle ahead, the momentum coefficients with which the run escapes, and the velocity as a sum of past gradients.",
        place: Place::Tab('M'),
        whole_runs: true,
        in_fog: true,
        while_asked: false,
        room: Room::Chart,
        numbers: PaneNumbers::Runs,
        needs: ANY,
    },
    /// The update with its numbers, and what it cost.
    Rule: Facts {
        id: "rule",
        title: "Rule with numbers",
        short_title: "Rule",
        help: "The predicted and actual change in digits, the update with the numbers of this step, the evaluations and what they cost.",
        place: Place::Tab('U'),
        whole_runs: false,
        in_fog: true,
        while_asked: false,
        room: Room::Chart,
        numbers: PaneNumbers::Runs,
        needs: ANY,
    },
    /// How far the local models are right, against the number of layers.
    Depth: Facts {
        id: "depth",
        title: "Validity radius against depth",
        short_title: "Depth",
        help: "The validity radius along −∇f of the tangent plane and of the quadratic model, for a network of 1 to 20 layers with these weights.",
        place: Place::Tab('E'),
        whole_runs: false,
        in_fog: false,
        while_asked: false,
        room: Room::Tall,
        numbers: PaneNumbers::Elsewhere(None),
        needs: LAYERS,
    },
}

/// How many views are tabs.
const TAB_COUNT: usize = {
    let (mut count, mut index) = (0, 0);
    while index < Pane::ALL.len() {
        if matches!(Pane::ALL[index].facts().place, Place::Tab(_)) {
            count += 1;
        }
        index += 1;
    }
    count
};

impl Pane {
    /// Those that share the place beside the picture, one at a time.
    pub const TABS: [Self; TAB_COUNT] = {
        let mut tabs = [Self::Slice; TAB_COUNT];
        let (mut count, mut index) = (0, 0);
        while index < Self::ALL.len() {
            if matches!(Self::ALL[index].facts().place, Place::Tab(_)) {
                tabs[count] = Self::ALL[index];
                count += 1;
            }
            index += 1;
        }
        tabs
    };

    /// Whether runs are seen in it beyond the step in focus.
    pub const fn shows_whole_runs(self) -> bool {
        self.facts().whole_runs
    }

    /// Whether it is seen in fog.
    pub const fn is_seen_in_fog(self) -> bool {
        self.facts().in_fog
    }

    /// Whether it is seen while a class predicts what comes next.
    pub const fn is_seen_while_asked(self) -> bool {
        self.facts().while_asked
    }

    /// Whether it is a table or a picture of many runs, which needs more height than a chart.
    pub const fn needs_height(self) -> bool {
        matches!(self.facts().room, Room::Table | Room::Race)
    }

    /// The height from which on it shows something, in points at its type.
    pub const fn least_height(self) -> f32 {
        match self.facts().room {
            Room::Chart => 176.0,
            Room::Tall => 200.0,
            Room::Table => 250.0,
            Room::Race => 330.0,
        }
    }

    /// The height in which it still says what it is for: that of [`Pane::least_height`], but without a chart and controls that may be
    /// left out.
    pub const fn squeezed_height(self) -> f32 {
        if matches!(self.facts().room, Room::Race) { 178.0 } else { self.least_height() }
    }

    /// Whether it stays beside the picture when presenting begins.
    pub const fn is_presented(self) -> bool {
        matches!(self.facts().room, Room::Race | Room::Table)
    }

    /// The height up to which it comes before the letters of a page above it, which grow only beyond that; in points at its type.
    pub const fn good_height(self) -> f32 {
        match self.facts().room {
            Room::Chart => 210.0,
            Room::Tall | Room::Table => 300.0,
            // No less than lets its letters be as large as before a class.
            Room::Race => self.least_height(),
        }
    }

    /// The key that shows it, if it is a tab.
    pub const fn key(self) -> Option<char> {
        if let Place::Tab(key) = self.facts().place { Some(key) } else { None }
    }

    /// Its name on the command line.
    pub const fn id(self) -> &'static str {
        self.facts().id
    }

    /// The view with this name on the command line, or with its short title on screen.
    pub fn find(id: &str) -> Option<Self> {
        let by_id = Self::ALL.into_iter().find(|pane| pane.id() == id);
        by_id.or_else(|| Self::ALL.into_iter().find(|pane| pane.short_title().eq_ignore_ascii_case(id)))
    }

    /// Its name on screen.
    pub const fn title(self) -> &'static str {
        self.facts().title
    }

    /// Its name on screen where it shows this landscape: a loss of one weight is seen as a curve.
    pub fn title_on(self, landscape: &Landscape) -> &'static str {
        match self {
            Self::Map if landscape.dimension().is_one() => "Curve",
            _ => self.title(),
        }
    }

    /// Its name where several share a row.
    pub const fn short_title(self) -> &'static str {
        self.facts().short_title
    }

    /// The numbers that it shows.
    pub const fn numbers(self) -> PaneNumbers {
        self.facts().numbers
    }

    /// What it shows, in one sentence.
    pub const fn help(self) -> &'static str {
        self.facts().help
    }

    /// Whether it can show something of a landscape.
    pub fn suits(self, landscape: &Landscape) -> bool {
        (self.facts().needs.is_met)(landscape)
    }

    /// Why it has nothing to show of a landscape; `None` where it has.
    pub fn lack(self, landscape: &Landscape) -> Option<String> {
        let PaneNeeds { is_met, words } = self.facts().needs;
        let name = landscape.name();
        (!is_met(landscape)).then(|| format!("{} shows nothing of {name}: it needs {words}", self.short_title()))
    }
}

#[cfg(test)]
mod tests;
