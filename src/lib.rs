//! Taylorscope shows what an optimizer assumes about a loss, and what the loss really does, one step at a time.
//!
//! A gradient method knows the tangent plane of the loss at one point; a Newton-type method knows the quadratic Taylor
//! model there. Both take a finite step as if that model were the loss. This library computes the loss, the model, the
//! step and the error between them; the program draws them.
//!
//! # A tour
//!
//! **A loss** comes from a [`Landscape`](landscapes::Landscape): a surface or network of the catalog, a formula that
//! the user types, or losses measured on a grid. All are spelled in one line of text, as on the command line. A loss is
//! written once and generic over the number type, so its derivatives are exact.
//!
//! ```
//! use taylorscope::landscapes::Landscape;
//! use taylorscope::numbers::Point;
//!
//! // Two weights, fitted to samples (x, y): o = w₂·tanh(w₁·x), mean squared error.
//! let network = Landscape::parse("network:w2*tanh(w1*x)")?.with_samples(vec![[-1.0, -0.9], [0.5, 0.6], [2.0, 1.1]])?;
//! let here = network.loss().second_order(Point::new(1.2, 1.0));
//! println!("loss {}, gradient {:?}, Hessian {:?}", here.value, here.gradient, here.hessian);
//! assert!(here.value < 0.02 && here.hessian.xx > 0.0);
//! # Ok::<(), taylorscope::landscapes::InputError>(())
//! ```
//!
//! **A method** is a [`Choice`](optimizers::Choice) of a rule and its parameters. A [`Run`](run::Run) applies it from a
//! start; the same [`Recipe`](run::Recipe) gives the same iterates to the last bit, on every machine. At each iterate a
//! [`LocalModel`](analysis::LocalModel) says what the plane and the quadratic predict for the step, and what came.
//!
//! ```
//! use taylorscope::analysis::LocalModel;
//! use taylorscope::landscapes::Landscape;
//! use taylorscope::numbers::Point;
//! use taylorscope::optimizers::Choice;
//! use taylorscope::run::{Recipe, Run};
//!
//! let landscape = Landscape::parse("formula:(x^2 + y - 11)^2 + (x + y^2 - 7)^2")?;
//! let run = Run::of(&landscape, &Recipe::new(Choice::parse("adam:lr=0.1")?, Point::new(0.0, 0.0), 20));
//! for (step, iterate) in run.iterates().iter().take(20).enumerate() {
//!     let change = LocalModel::new(landscape.loss(), iterate.at).change(landscape.loss(), iterate.taken);
//!     println!("step {step}: the plane predicts {:.3}, the loss changes by {:.3}", change.linear, change.actual);
//!     assert!(change.linear < 0.0, "Adam's first steps go down the plane");
//! }
//! # Ok::<(), taylorscope::landscapes::InputError>(())
//! ```
//!
//! **An analysis** needs no method: eigenvalues ([`Curvature`](analysis::Curvature)), how far a model holds, the best step
//! of a given length, and the critical points, which a [`Search`](analysis::Search) finds and counts against the index
//! sum along the edge of the box.
//!
//! ```
//! use taylorscope::analysis::Search;
//! use taylorscope::landscapes::Landscape;
//!
//! let search = Search::finished(&Landscape::parse("himmelblau")?);
//! for point in search.points() {
//!     println!("{} at {}, loss {:.4}", point.kind.word(), point.at, point.value);
//! }
//! assert_eq!(search.points().len(), 9, "four minima, four saddles and a maximum");
//! # Ok::<(), taylorscope::landscapes::InputError>(())
//! ```
//!
//! # The layers
//!
//! From the ground up; `ARCHITECTURE.md` has the table of who may import whom, and a test enforces it.
//!
//! - [`numbers`]: numbers that carry their derivatives, alone or sixteen at a time.
//! - [`landscapes`]: losses, and the oracle that counts what a method asks.
//! - [`analysis`]: what can be said of a loss at a point, and of all of it.
//! - [`lessons`]: what a lesson file says.
//! - [`optimizers`]: one file a method.
//! - [`run`]: recipes, walkers, iterates, and why a run stopped.
//! - [`studies`]: where walks end.
//! - [`scene`]: what is shown and how, as files and links hold it.
//! - [`quiz`]: what a class predicts about a step, and how far it is off.
//! - [`drawing`]: pictures as primitives in landscape coordinates.
//! - [`state`], [`jobs`]: what the window knows, and what it computes in the background.
//! - [`render`], [`ui`]: pictures as pixels, and the interface.
//! - [`import`], [`export`], [`cli`], [`app`]: files, the command line, and the window of the operating system.

pub mod analysis;
pub mod app;
pub mod cli;
pub mod drawing;
pub mod export;
pub mod import;
pub mod jobs;
pub mod landscapes;
pub mod lessons;
pub mod numbers;
pub mod optimizers;
pub mod quiz;
pub mod render;
pub mod run;
pub mod scene;
pub mod state;
pub mod studies;
pub mod ui;
