//! Everything that is tested from outside the library: the command line, the interface, the layers.

mod cpu_renderer;
mod setup_panel;
