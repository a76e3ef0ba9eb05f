//! Everything that is tested from outside the library, one binary: the command line, the interface, the layers, the papers.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed, in its helpers too")]
#![expect(clippy::disallowed_methods, reason = "tests look at files from outside")]

mod ball;
mod batches;
mod bridge;
mod brought_files;
mod circle;
mod cli;
mod commands;
mod compare;
mod cpu_renderer;
mod critical_table;
mod curvatures;
mod curve;
mod data;
mod data_files;
mod depth;
mod desk;
mod graph;
mod inside;
mod kinks;
mod labels;
mod layers;
mod leaving;
mod lessons;
mod loss_chart;
mod memory;
mod monkey;
mod network_stories;
mod odd_files;
mod one_picture;
mod one_weight;
mod openings;
mod overlays;
mod own_network;
mod panels;
mod papers;
mod predictions;

mod rate_bar;
mod reach;
mod rectified;
mod reference;
mod registry;
mod robust;
mod scenes;
mod setup_panel;
mod slim;
mod source;
mod starts;
mod undo;
mod view_stories;
mod vocabulary;
mod walk;
mod weights;
mod window;
