//! How far the local models of a network with more or fewer layers are valid, straight downhill from the same weights.

use super::reach::rough_validity_radius;
use super::{LocalModel, ModelOrder};
use crate::landscapes::Loss;
use crate::numbers::Point;

/// One depth, and how far its local models are right along its own −∇f within a share of what they predict.
///
/// Of all directions −∇f is the one in which the plane predicts most; across it, it predicts nothing and is right nowhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtDepth {
    /// How many layers.
    pub layers: u32,
    /// ‖∇f‖ there.
    pub slope: f64,
    /// How strongly the loss bends along −∇f, ∇fᵀH∇f / ‖∇f‖²; not finite where ∇f is zero.
    pub bend: f64,
    /// How far the plane is valid; infinite where it is further than was searched, `None` where ∇f is zero or not finite.
    pub plane: Option<f64>,
    /// How far the quadratic is valid; infinite and `None` as for the plane.
    pub quadratic: Option<f64>,
}

impl AtDepth {
    /// Looks from some weights along −∇f, up to `limit`; `loss` is that of a network with this many layers.
    pub fn of(loss: &dyn Loss, layers: u32, at: Point, share: f64, limit: f64) -> Self {
        let model = LocalModel::new(loss, at);
        let slope = model.gradient.norm();
        let unit = Some(-model.gradient / slope).filter(|_| model.is_finite() && slope.is_normal());
        let good = |order| {
            let found = |unit| rough_validity_radius(loss, &model, order, unit, share, limit).unwrap_or(f64::INFINITY);
            unit.map(found)
        };
        let bend = unit.map_or(f64::NAN, |unit| model.hessian.form(unit));
        Self { layers, slope, bend, plane: good(ModelOrder::Linear), quadratic: good(ModelOrder::Quadratic) }
    }

    /// How far a local model is valid.
    pub fn good(&self, order: ModelOrder) -> Option<f64> {
        match order {
            ModelOrder::Linear => self.plane,
            ModelOrder::Quadratic => self.quadratic,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::reach;
    use super::*;
    use crate::landscapes::Landscape;

    fn depths(landscape: &Landscape, at: Point) -> Vec<AtDepth> {
        let look = |layers: u32| {
            let loss = landscape.network().unwrap().loss_with("layers", f64::from(layers), 64).unwrap();
            AtDepth::of(loss.as_ref(), layers, at, 0.1, 8.0)
        };
        (1..=20).map(look).collect()
    }

    #[test]
    fn where_the_depth_lab_begins_each_layer_shortens_both_radii() {
        for act in ["tanh", "relu", "linear"] {
            let landscape = Landscape::parse(&format!("depth:act={act}")).unwrap();
            let found = depths(&landscape, Point::from(landscape.suggestion().start));
            for order in [ModelOrder::Linear, ModelOrder::Quadratic] {
                let radii: Vec<f64> = found.iter().map(|depth| depth.good(order).unwrap()).collect();
                assert!(radii.windows(2).all(|pair| pair[1] < pair[0]), "{act}, {order:?}: {radii:?}");
                assert!(radii[0] > 4.0 * radii[19], "{act}, {order:?}: much shorter in the end");
            }
        }
    }

    #[test]
    fn the_chosen_depth_is_the_land_on_the_map() {
        let landscape = Landscape::parse("depth:layers=7").unwrap();
        let (at, loss) = (Point::new(0.9, 0.3), landscape.loss());
        let model = LocalModel::new(loss, at);
        let found = depths(&landscape, at)[6];
        assert_eq!((found.layers, found.slope), (7, model.gradient.norm()), "the same loss");
        for order in [ModelOrder::Linear, ModelOrder::Quadratic] {
            let exact = reach(loss, &model, order, -model.gradient.normalize(), 0.1, 8.0).unwrap();
            let rough = found.good(order).unwrap();
            assert!((rough - exact).abs() < 1e-4 * exact, "{order:?}: {rough} instead of {exact}");
        }
    }

    #[test]
    fn without_a_slope_nothing_is_predicted_and_nothing_is_good() {
        let dead = Landscape::parse("depth:act=relu").unwrap();
        for depth in depths(&dead, Point::new(-1.0, -1.0)).into_iter().skip(1) {
            assert_eq!((depth.slope, depth.plane, depth.quadratic), (0.0, None, None), "L = {}", depth.layers);
        }
        let linear = Landscape::parse("depth:act=linear").unwrap();
        assert_eq!(depths(&linear, Point::new(1.0, 0.5))[0].quadratic, Some(f64::INFINITY), "one layer is a quadratic");
        let far = depths(&linear, Point::new(1e30, 1e30));
        assert!(far[19].plane.is_none(), "no number, no promise: {:?}", far[19]);
    }
}
