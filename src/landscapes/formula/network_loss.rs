//! A typed network as a loss: its tape is carried out for every sample, many weights at a time.

use std::sync::Arc;

use super::loss::{JetStrip, PACKS, PACKS_OF_JETS, Strip, Ys, load, run_jets, run_strip, with_registers};
use super::tape::Tape;
use crate::landscapes::computation::Computation;
use crate::landscapes::loss::errors;
use crate::landscapes::networks::Data;
use crate::landscapes::networks::criterion::{Judge, Likelihood};
use crate::landscapes::networks::over_samples::OverSamples;
use crate::landscapes::{FirstOrder, Loss, SampledLoss, SecondOrder};
use crate::numbers::batch::interleave;
use crate::numbers::lanes::WIDTH;
use crate::numbers::{Jet1, Jet2, Lanes, Point, Real, Rounded};

/// The loss of a compiled output on samples.
pub(super) struct TypedLoss {
    /// Registers 0, 1 and 2 hold w₁, w₂ and x; the first `fixed` instructions do without x.
    pub(super) tape: Tape,
    /// What enters the rectified unit, where the output has one and no more.
    pub(super) entering: Option<Tape>,
    pub(super) computation: Computation,
    pub(super) judge: Judge,
    pub(super) data: Arc<Data>,
}

impl TypedLoss {
    /// The loss at one pair of weights.
    #[inline(always)]
    fn at<T: Real>(&self, w1: T, w2: T) -> T {
        let sum = self.tape.scratch(w1, |tape, registers| {
            [registers[0], registers[1]] = [[w1], [w2]];
            tape.run_fixed(registers);
            self.data.samples().iter().fold(T::constant(0.0), |sum, &[x, y]| {
                registers[2] = [T::constant(x)];
                sum + self.judge.loss(tape.run_moving(registers), y)
            })
        });
        sum * self.scale_of(self.data.len())
    }

    fn row(&self, xs: &[f64], ys: Ys<'_>, out: &mut [f64]) {
        let scale = self.scale_of(self.data.len());
        let (fixed, moving) = self.tape.parts();
        with_registers(self.tape.registers, |registers| {
            for (strip, (xs, out)) in xs.chunks(PACKS * WIDTH).zip(out.chunks_mut(PACKS * WIDTH)).enumerate() {
                load(xs, &mut registers[0]);
                ys.load(strip, &mut registers[1]);
                let count = xs.len().div_ceil(WIDTH);
                run_strip(fixed, registers, count);
                let mut sums = [Lanes::constant(0.0); PACKS];
                for &[x, y] in self.data.samples() {
                    registers[2] = [Lanes::constant(x); PACKS];
                    run_strip(moving, registers, count);
                    add(self.judge, &registers[self.tape.result], y, &mut sums, count);
                }
                for (sum, out) in sums.iter().zip(out.chunks_mut(WIDTH)) {
                    (*sum * scale).store(out);
                }
            }
        });
    }
}

/// Adds the losses of one sample to the sums.
#[cfg_attr(
    not(debug_assertions),
    multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+fma", "x86_64+avx2+fma"))
)]
fn add(judge: Judge, outputs: &Strip, y: f64, sums: &mut Strip, count: usize) {
    macro_rules! add_each {
        ($($judge:ident),+) => {
            match judge {
                $(Judge::$judge => for (sum, output) in sums.iter_mut().zip(outputs).take(count) {
                    *sum = *sum + Judge::$judge.loss(*output, y);
                })+
            }
        };
    }
    add_each!(Sse, Mse, Mae, Huber, CrossEntropy);
}

/// As [`add`], with derivatives.
#[cfg_attr(not(debug_assertions), multiversion::multiversion(targets("x86_64+avx2+fma")))]
fn add_jet(judge: Judge, output: &Jet2<Lanes>, y: f64, sum: &mut Jet2<Lanes>) {
    *sum = *sum + judge.loss(*output, y);
}

impl OverSamples for TypedLoss {
    fn data(&self) -> &Data {
        &self.data
    }

    fn output<T: Real>(&self, w1: T, w2: T, x: f64) -> T {
        self.tape.at([w1, w2, T::constant(x)])
    }

    fn outputs(&self, at: Point, xs: &[f64], out: &mut [f64]) {
        assert_eq!(xs.len(), out.len(), "as many x as outputs");
        let (fixed, moving) = self.tape.parts();
        with_registers(self.tape.registers, |registers| {
            registers[0] = [Lanes::constant(at.x); PACKS];
            registers[1] = [Lanes::constant(at.y); PACKS];
            run_strip(fixed, registers, PACKS);
            for (xs, out) in xs.chunks(PACKS * WIDTH).zip(out.chunks_mut(PACKS * WIDTH)) {
                load(xs, &mut registers[2]);
                run_strip(moving, registers, xs.len().div_ceil(WIDTH));
                for (pack, out) in registers[self.tape.result].iter().zip(out.chunks_mut(WIDTH)) {
                    pack.store(out);
                }
            }
        });
    }

    fn loss<T: Real>(&self, o: T, y: f64) -> T {
        self.judge.loss(o, y)
    }

    fn is_mean(&self) -> bool {
        self.judge.is_mean()
    }

    /// About this many instructions are what the smallest network is.
    fn effort(&self) -> usize {
        self.tape.instructions.len().div_ceil(3)
    }

    fn likelihood(&self) -> Option<Likelihood> {
        self.judge.likelihood()
    }

    fn is_on(&self, at: Point, x: f64) -> Option<bool> {
        self.entering.as_ref().map(|entering| entering.at([at.x, at.y, x]) > 0.0)
    }

    fn computation(&self) -> Computation {
        self.computation.clone()
    }
}

impl Loss for TypedLoss {
    fn as_samples(&self) -> Option<&dyn SampledLoss> {
        Some(self)
    }

    fn effort(&self) -> usize {
        OverSamples::effort(self)
    }

    fn value(&self, at: Point) -> f64 {
        self.at(at.x, at.y)
    }

    fn first_order(&self, at: Point) -> FirstOrder {
        self.at(Jet1::x(at.x), Jet1::y(at.y)).into()
    }

    fn second_order(&self, at: Point) -> SecondOrder {
        self.at(Jet2::x(at.x), Jet2::y(at.y)).into()
    }

    fn roundings(&self, at: Point) -> Option<[f64; 6]> {
        let [x, y] = [at.x, at.y].map(Rounded::exact);
        Some(errors(self.at(Jet2::x(x), Jet2::y(y))))
    }

    fn value_row(&self, xs: &[f64], y: f64, out: &mut [f64]) {
        assert_eq!(xs.len(), out.len(), "as many x as results");
        self.row(xs, Ys::Same(y), out);
    }

    fn values(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        assert!(xs.len() == ys.len() && xs.len() == out.len(), "as many x as y and results");
        self.row(xs, Ys::Each(ys), out);
    }

    fn second_orders(&self, xs: &[f64], ys: &[f64], out: &mut [[f64; 6]]) {
        assert!(xs.len() == ys.len() && xs.len() == out.len(), "as many x as y and results");
        let mut registers = self.tape.jet_registers();
        for ((xs, ys), out) in xs.chunks(WIDTH).zip(ys.chunks(WIDTH)).zip(out.chunks_mut(WIDTH)) {
            interleave(self.jets([Lanes::padded(xs), Lanes::padded(ys)], &mut registers), out);
        }
    }

    fn first_orders_of_packs(&self, at: &[[Lanes; 2]], out: &mut [[Lanes; 6]]) {
        self.second_orders_of_packs(at, out);
    }

    fn second_orders_of_packs(&self, at: &[[Lanes; 2]], out: &mut [[Lanes; 6]]) {
        let mut registers = self.tape.jet_registers();
        for (at, out) in at.iter().zip(out) {
            *out = self.jets(*at, &mut registers);
        }
    }
}

impl TypedLoss {
    /// f, ∂x, ∂y, ∂xx, ∂xy, ∂yy at a pack of points.
    fn jets(&self, [x, y]: [Lanes; 2], registers: &mut [JetStrip]) -> [Lanes; 6] {
        let (fixed, moving) = self.tape.parts();
        registers[0] = [Jet2::x(x); PACKS_OF_JETS];
        registers[1] = [Jet2::y(y); PACKS_OF_JETS];
        run_jets(fixed, registers);
        let mut sum = Jet2::fixed(Lanes::constant(0.0));
        for &[x, y] in self.data.samples() {
            registers[2] = [Jet2::fixed(Lanes::constant(x)); PACKS_OF_JETS];
            run_jets(moving, registers);
            add_jet(self.judge, &registers[self.tape.result][0], y, &mut sum);
        }
        let f = sum * self.scale_of(self.data.len());
        [f.value, f.dx, f.dy, f.dxx, f.dxy, f.dyy]
    }
}
