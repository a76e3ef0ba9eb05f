//! Everything that is tested from outside the library, one binary: the command line, the interface, the layers.

mod cli;
mod cpu_renderer;
mod desk;
mod monkey;
mod panels;
mod registry;
mod setup_panel;
mod view_stories;
