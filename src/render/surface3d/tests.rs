//! What the 3-D view promises: true intersections, true picking, and no input that breaks it.

use super::scene::{Ball, Bar, Contours, Footprint, Frame, HeightMap, Hidden, Line3, ModelPatch, Rgb};
use super::*;
use crate::drawing::camera::{Camera, Stage};
use crate::numbers::Vector;

const GRAY: [Rgb; 256] = [[128; 3]; 256];
const ORANGE: Rgb = [255, 160, 0];

/// A picture of `values` on a square grid over ±1, without lines.
fn bare(values: &[f64], side: usize, heights: HeightScale) -> Scene3<'_> {
    let contours = Contours { levels: &[], color: [0; 3], alpha: 0.0, width: 0.0 };
    let height_map = HeightMap { grid: (side, side), values, ramp: &GRAY, contours, tint: None };
    Scene3 {
        height_map,
        local_models: &[],
        lines: &[],
        bars: &[],
        balls: &[],
        frame: None,
        camera: Camera::looking(-90.0, 40.0),
        stage: Stage::new(Point::new(-1.0, -1.0), Point::new(1.0, 1.0), heights),
        size: (200, 160),
        supersample: 1,
        ground: [255; 3],
        opaque: true,
    }
}

fn sampled(side: usize, loss: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    let coordinate = |index: usize| 2.0 * index as f64 / (side - 1) as f64 - 1.0;
    (0..side * side).map(|index| loss(coordinate(index % side), coordinate(index / side))).collect()
}

fn local_model<'a>(function: &'a scene::Model<'a>) -> ModelPatch<'a> {
    let footprint = Footprint::Square { center: Point::origin(), half: 0.8, along: Vector::new(1.0, 0.0) };
    ModelPatch { function, footprint, color: ORANGE, ink: ORANGE, opacity: 1.0, hatch: 45.0 }
}

#[test]
fn a_plane_cuts_the_land_where_algebra_says() {
    // The loss is flat at 0.5, the plane rises to the right and meets it at x = 0.2: left of that it is hidden, right of it seen.
    let values = sampled(33, |_, _| 0.5);
    let plane = |at: Point| 0.5 + 0.4 * (at.x - 0.2);
    let local_models = [local_model(&plane)];
    let mut buffers = Buffers::default();
    let picture = render(
        &Scene3 { local_models: &local_models, ..bare(&values, 33, HeightScale::linear(0.0, 1.0)) },
        &mut buffers,
    );
    let full = |x: f64| {
        let (column, row, _) = picture.project(Point::new(x, 0.0), plane(Point::new(x, 0.0))).expect("in the box");
        let below =
            (1..10).filter(|down| picture.rgba()[4 * ((row as usize + down) * 200 + column as usize)..][..3] == ORANGE);
        below.count()
    };
    assert!((-7..2).all(|x| full(f64::from(x) / 10.0) < 8), "hidden, striped");
    assert!((3..8).all(|x| full(f64::from(x) / 10.0) == 9), "seen, full");
}

#[test]
fn picking_finds_the_point_that_projects_there() {
    let values = sampled(65, |x, y| x * x + 0.5 * (3.0 * y).sin());
    for supersample in [1, 2] {
        let mut buffers = Buffers::default();
        let picture =
            render(&Scene3 { supersample, ..bare(&values, 65, HeightScale::linear(-0.5, 1.5)) }, &mut buffers);
        let mut found = 0;
        for (column, row) in (0..200).step_by(7).flat_map(|column| (0..160).step_by(5).map(move |row| (column, row))) {
            let (x, y) = (f64::from(column) + 0.5, f64::from(row) + 0.5);
            if let Some(place) = picture.pick(x, y) {
                let (px, py, seen) = picture.project(Point::new(place.x, place.y), place.z).expect("on the surface");
                assert!(seen && (px - x).abs() < 1.0 && (py - y).abs() < 1.0);
                assert!((place.z - (place.x * place.x + 0.5 * (3.0 * place.y).sin())).abs() < 0.05, "{place}");
                found += 1;
            }
        }
        assert!(found > 100 && picture.pick(f64::NAN, 5.0).is_none() && picture.pick(-1.0, 1e9).is_none());
    }
}

/// Grids of 4 × 4 losses that no landscape should have.
fn absurd_surfaces() -> [Vec<f64>; 7] {
    [
        vec![f64::NAN; 16],
        vec![3.0; 16],
        vec![f64::INFINITY; 16],
        vec![1e308; 16],
        sampled(4, |x, y| 1e300 * (x + y)),
        sampled(4, |x, _| if x > 0.0 { f64::NAN } else { 1e-300 }),
        vec![],
    ]
}

#[test]
fn nothing_panics_and_nothing_is_poisoned() {
    let wild = |at: Point| if at.x > 0.0 { f64::NAN } else { 1e308 * at.y };
    let local_models = [
        local_model(&wild),
        ModelPatch {
            footprint: Footprint::Disc { center: Point::new(f64::NAN, 0.0), radius: 1.0 },
            ..local_model(&wild)
        },
    ];
    let points = [
        RaisedPoint::new(0.0, 0.0, 1.0),
        RaisedPoint::new(f64::NAN, 0.0, 1.0),
        RaisedPoint::new(1e300, -1e300, 1e308),
        RaisedPoint::new(0.5, 0.5, f64::NEG_INFINITY),
        RaisedPoint::new(-1.0, 1.0, 2.0),
    ];
    let lines = [true, false].map(|on_surface| Line3 {
        points: &points,
        color: [0; 3],
        width: 3.0,
        dashed: true,
        hollow: !on_surface,
        on_surface,
        head: true,
        rim: on_surface,
        hidden: Hidden::Hatch,
    });
    let bars = [Bar {
        at: Point::origin(),
        from: f64::NEG_INFINITY,
        to: 1e300,
        color: ORANGE,
        width: 5.0,
        hidden: Hidden::Dim,
    }];
    let balls = points.map(|place| Ball { place, color: ORANGE, radius: 5.0, hollow: true, hidden: Hidden::Hatch });
    let frame = Some(Frame { color: [0; 3], width: 1.0, ticks: [&[0.0, f64::NAN], &[1e300], &[1.0]] });
    let mut buffers = Buffers::default();
    for values in &absurd_surfaces() {
        for heights in [HeightScale::for_scene(values, &[1.0, f64::NAN]), HeightScale::for_scene(values, &[]).in_log()]
        {
            for size in [(0, 0), (1, 1), (0, 9), (37, 29)] {
                let scene = Scene3 {
                    local_models: &local_models,
                    lines: &lines,
                    bars: &bars,
                    balls: &balls,
                    frame,
                    size,
                    ..bare(values, 4, heights)
                };
                assert_eq!(render(&scene, &mut buffers).rgba().len(), size.0 * size.1 * 4);
                assert!(buffers.picture().rgba().chunks(4).all(|pixel| pixel[3] == 255));
            }
        }
    }
}

#[test]
fn a_local_model_in_log_height_passes_through_its_exact_points() {
    let values = sampled(65, |x, y| 1.0 + 40.0 * (x * x + y * y));
    let plane = |at: Point| 30.0 + 25.0 * at.x;
    let heights = HeightScale::logarithmic(0.0, 100.0, 0.5);
    // The local model alone decides the picture where the loss has holes everywhere.
    let holes = vec![f64::NAN; values.len()];
    let (local_models, mut buffers) = ([local_model(&plane)], Buffers::default());
    let picture = render(
        &Scene3 { local_models: &local_models, camera: Camera::looking(-90.0, 0.0), ..bare(&holes, 65, heights) },
        &mut buffers,
    );
    for x in [-0.7, -0.4, 0.0, 0.3, 0.7] {
        // Seen edge on, the local model is a curve: ink at its height, none where the straight chord between its ends would be.
        let (column, row, _) = picture.project(Point::new(x, 0.0), plane(Point::new(x, 0.0))).expect("in the box");
        let inked = |row: f64| picture.rgba()[4 * (row as usize * 200 + column as usize)..][..3] != [255; 3];
        assert!((-2..3).any(|off| inked(row + f64::from(off))), "no ink at {x}");
        assert!(!inked(row + 8.0) && !inked(row - 8.0), "ink beside the curve at {x}");
    }
}

#[test]
fn a_local_model_that_is_the_land_is_seen_without_speckles() {
    let kink_line = |x: f64, y: f64| 0.3 * x + 0.1 * y;
    let values = sampled(33, kink_line);
    let plane = |at: Point| kink_line(at.x, at.y);
    let local_models = [local_model(&plane)];
    let mut buffers = Buffers::default();
    let picture = render(
        &Scene3 { local_models: &local_models, ..bare(&values, 33, HeightScale::linear(-1.0, 1.0)) },
        &mut buffers,
    );
    for place in 0..400 {
        let at = Point::new(f64::from(place % 20) / 14.0 - 0.68, f64::from(place / 20) / 14.0 - 0.68);
        let (column, row, _) = picture.project(at, plane(at)).expect("in the box");
        let pixel = &picture.rgba()[4 * (row as usize * 200 + column as usize)..][..3];
        assert_eq!(pixel, ORANGE, "the model at {at}");
    }
}

#[test]
fn pictures_do_not_depend_on_how_rows_are_shared() {
    // Bands know nothing of each other, so painting them one by one must give what painting them together gives.
    let values = sampled(33, |x, y| x * x - y * y);
    let plane = |at: Point| 0.3 * at.x;
    let local_models = [local_model(&plane)];
    let scene = Scene3 { local_models: &local_models, ..bare(&values, 33, HeightScale::linear(-1.0, 1.0)) };
    let mut buffers = Buffers::default();
    render(&scene, &mut buffers);
    let together: Vec<[u8; 4]> = buffers.texels.iter().map(|texel| texel.color).collect();
    let projection = Projection::new(&scene.camera, scene.stage, 200, 160);
    let Buffers { relief, patches, strokes, levels, texels, .. } = &mut buffers;
    texels.fill(Texel::EMPTY);
    let plan = Plan { scene: &scene, projection: &projection, relief, patches, strokes, levels };
    for (band, rows) in texels.chunks_mut(200 * ROWS).enumerate().rev() {
        Band::paint(plan, band, 200, rows);
    }
    assert!(texels.iter().map(|texel| texel.color).eq(together));
}
