//! Which views can show something of a landscape.

use super::depths::layers_index;
use crate::drawing::Pane;
use crate::landscapes::Landscape;

impl Pane {
    /// Whether it can show something of a landscape.
    pub fn suits(self, landscape: &Landscape) -> bool {
        match self {
            Self::Data | Self::Graph => landscape.data().is_some(),
            Self::Depth => layers_index(landscape).is_some(),
            Self::Map | Self::Surface | Self::Slice | Self::Circle | Self::Memory => true,
        }
    }
}
