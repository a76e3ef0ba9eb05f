//! What the views cost when the loss changes: its samples, its contour lines, and the picture of the surface.

use divan::{Bencher, black_box};
use taylorscope::drawing::height_field::HeightField;
use taylorscope::landscapes::Landscape;
use taylorscope::render::surface_scene::{Fineness, paint, stage};
use taylorscope::render::surface3d::Buffers;
use taylorscope::state::State;
use taylorscope::ui::views::paths;

fn main() {
    divan::main();
}

fn sampled(id: &str, side: usize) -> HeightField {
    let landscape = Landscape::parse(id).expect("is in the catalog");
    HeightField::sample(&landscape, landscape.domain(), [side; 2])
}

/// The samples of a map, and the shades and levels found from them.
#[divan::bench(args = ["himmelblau", "rosenbrock", "relu", "tanh2"])]
fn map_of_256(bencher: Bencher<'_, '_>, id: &str) {
    bencher.bench_local(|| black_box(sampled(id, 256)));
}

#[divan::bench]
fn contour_lines_of_256(bencher: Bencher<'_, '_>) {
    let land = sampled("himmelblau", 256);
    bencher.bench_local(|| black_box(land.contours()));
}

/// The opening scene over a mesh of 128², with 1 or 2 samples per pixel and side.
#[divan::bench(args = [1, 2])]
fn surface_of_660_by_620(bencher: Bencher<'_, '_>, supersample: usize) {
    let state = State::opening();
    let (land, paths) = (sampled("himmelblau", 128), paths(&state));
    let fineness = Fineness { size: [660, 620], pixels_per_point: 1.0, supersample };
    let mut buffers = Buffers::default();
    bencher.bench_local(|| {
        let stage = stage(&state, &land.grid);
        black_box(
            paint(&state, (&paths, &[]), (&land.grid, None), &land.levels, stage, fineness, &mut buffers).rgba()[0],
        );
    });
}
