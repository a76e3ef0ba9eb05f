//! How the document is looked at: what is shown, where the map and the eye stand, and the theme. Not undone.

use std::collections::BTreeSet;

use super::depths::layers_index;
use super::{CircleRadius, Inside};
use crate::drawing::eye::Eye;
use crate::drawing::ink::Theme;
use crate::drawing::overlays;
use crate::landscapes::formula::FormulaError;
use crate::landscapes::{Landscape, ViewBox};
use crate::numbers::Point;
use crate::run::SHARE;

/// One of the views that can be maximized.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The land from above.
    Map,
    /// The land as a height map.
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
    /// How far the sheets are good, against the number of layers.
    Depth,
}

impl Pane {
    /// Every view.
    pub const ALL: [Self; 8] =
        [Self::Map, Self::Surface, Self::Slice, Self::Circle, Self::Memory, Self::Data, Self::Graph, Self::Depth];
    /// Those that share the place below the surface, one at a time.
    pub const LOWER: [Self; 6] = [Self::Slice, Self::Circle, Self::Memory, Self::Data, Self::Graph, Self::Depth];

    /// Whether it can show something of a landscape.
    pub fn suits(self, landscape: &Landscape) -> bool {
        match self {
            Self::Data | Self::Graph => landscape.data().is_some(),
            Self::Depth => layers_index(landscape).is_some(),
            Self::Map | Self::Surface | Self::Slice | Self::Circle | Self::Memory => true,
        }
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
            Self::Map => "The land from above.",
            Self::Surface => "The land as a height map.",
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

/// A part of *this step* that can be folded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// The samples that the step asked.
    Batch,
    /// How far the sheets are good.
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
    const OPEN_AT_FIRST: [Self; 3] = [Self::Batch, Self::Curvature, Self::Rule];

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

    /// Its name in the menu.
    pub fn title(self) -> &'static str {
        match self {
            Self::Normal => "Normal type",
            Self::Large => "Large type",
            Self::Lecture => "Lecture-hall type",
        }
    }
}

/// The part of weight space that the map shows at least; the rest of its rectangle is filled with the surroundings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapFrame {
    /// The middle.
    pub center: Point,
    /// Half the width and half the height.
    pub half: [f64; 2],
}

impl MapFrame {
    /// The frame of a box.
    pub fn of(view: ViewBox) -> Self {
        Self { center: view.center(), half: [view.width() / 2.0, view.height() / 2.0] }
    }

    /// The box of the frame.
    pub fn view_box(&self) -> ViewBox {
        let Self { center, half: [x, y] } = *self;
        ViewBox::new(center.x - x, center.x + x, center.y - y, center.y + y)
    }

    /// Zoomed by a factor about a fixed point, within what floating point can draw.
    #[must_use]
    pub fn zoomed(self, factor: f64, about: Point) -> Self {
        let half = self.half.map(|side| side / factor);
        let drawable = half.iter().all(|side| (1e-9..1e9).contains(side));
        if !drawable || !factor.is_finite() {
            return self;
        }
        Self { center: about + (self.center - about) / factor, half }
    }
}

/// How the document is looked at.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a check mark of its own in the menu")]
pub struct View {
    /// Light or dark.
    pub theme: Theme,
    /// Ids of the overlays that are on.
    pub overlays: BTreeSet<&'static str>,
    /// What the map shows; `None` for the landscape's box.
    pub map: Option<MapFrame>,
    /// The map's axes each fill their side, at different scales.
    pub stretched: bool,
    /// Where the surface is looked at from.
    pub eye: Eye,
    /// Heights are drawn by their logarithm.
    pub log_height: bool,
    /// What stands in the field of the formula, where it cannot be read, and why.
    pub faulty_formula: Option<(String, FormulaError)>,
    /// The view below the surface.
    pub lower: Pane,
    /// The radius of the circle around the iterate.
    pub circle: CircleRadius,
    /// The parts of *this step* that are open.
    pub open: BTreeSet<Section>,
    /// Which sub-step of the step is shown; `None` for the step as a whole.
    pub inside: Option<Inside>,
    /// The share of its promise within which a sheet counts as good: 0.1 is 10 %.
    pub share: f64,
    /// The view that fills the window.
    pub maximized: Option<Pane>,
    /// The view the pointer was over last: the one that keys speak of.
    pub pointed: Pane,
    /// The sample of a network that was chosen; `None` for all of them.
    pub sample: Option<usize>,
    /// How far the way through the graph and back has come, in stages; `None` where all of it is shown.
    pub stage: Option<usize>,
    /// The weight (0 or 1) whose paths through the graph stay lit.
    pub lit: Option<usize>,
    /// A knob acts from the playhead on.
    pub from_here_on: bool,
    /// Where there is room for one side panel only, it is the setup, not the step.
    pub setup_in_front: bool,
    /// The list of keys is open.
    pub keys_open: bool,
    /// The list of questions is open.
    pub questions_open: bool,
    /// The table of critical points is open.
    pub critical_open: bool,
    /// The critical point that was chosen in the table.
    pub highlighted: Option<Point>,
    /// The frame-time overlay is on.
    pub timing_open: bool,
    /// How large type and lines are.
    pub type_scale: TypeScale,
    /// Which of the planes at a kink is shown, see [`Kink::shown`](crate::analysis::Kink::shown).
    pub facet: usize,
}

impl Default for View {
    fn default() -> Self {
        Self {
            theme: Theme::Light,
            overlays: overlays::ALL.iter().filter(|overlay| overlay.on_at_first).map(|overlay| overlay.id).collect(),
            map: None,
            stretched: false,
            eye: Eye::default(),
            log_height: false,
            faulty_formula: None,
            lower: Pane::Slice,
            circle: CircleRadius::default(),
            open: Section::OPEN_AT_FIRST.into(),
            inside: None,
            share: SHARE,
            maximized: None,
            pointed: Pane::Map,
            sample: None,
            stage: None,
            lit: None,
            from_here_on: false,
            setup_in_front: false,
            keys_open: false,
            questions_open: false,
            critical_open: false,
            highlighted: None,
            timing_open: false,
            type_scale: TypeScale::Normal,
            facet: 0,
        }
    }
}

impl View {
    /// Whether an overlay is on.
    pub fn shows(&self, overlay: &str) -> bool {
        self.overlays.contains(overlay)
    }

    /// Looks at a network's samples and at its graph as at first: at all of them, and all of it.
    pub(super) fn forget_sample(&mut self) {
        self.sample = None;
        self.stage = None;
        self.lit = None;
    }

    /// Whether a view is on the screen.
    pub fn has(&self, pane: Pane) -> bool {
        match self.maximized {
            Some(maximized) => maximized == pane,
            None => !Pane::LOWER.contains(&pane) || self.lower == pane,
        }
    }

    /// Whether all but what the method has asked is hidden.
    pub fn in_fog(&self) -> bool {
        self.shows(overlays::FOG)
    }

    /// The overlays by which another is drawn differently; none in fog, where that would tell of the land.
    pub fn companions(&self) -> &BTreeSet<&'static str> {
        static NONE: BTreeSet<&str> = BTreeSet::new();
        if self.in_fog() { &NONE } else { &self.overlays }
    }

    /// Whether an overlay is on and no fog hides it; the circle is while its view is open.
    pub fn sees(&self, overlay: &str) -> bool {
        let is_on = self.shows(overlay) || overlay == overlays::CIRCLE && self.has(Pane::Circle);
        is_on && (!self.in_fog() || overlays::is_known(overlay))
    }

    /// Brings a critical point into the middle of the map, near enough to be told from its neighbors, and marks it.
    pub(super) fn show_point(&mut self, at: Point, whole: ViewBox) {
        let shown = self.map.unwrap_or_else(|| MapFrame::of(whole)).half;
        let near = MapFrame::of(whole).half.map(|half| half / 4.0);
        self.map = Some(MapFrame { center: at, half: std::array::from_fn(|axis| shown[axis].min(near[axis])) });
        self.highlighted = Some(at);
        self.overlays.insert(overlays::CRITICAL);
    }
}
