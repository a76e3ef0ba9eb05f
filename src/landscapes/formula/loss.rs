//! A compiled formula as a loss: one point at a time through numbers and jets, many through strips of lanes.

use std::cell::RefCell;

use multiversion::multiversion;

use super::machine::run;
use super::tape::Tape;
use crate::landscapes::{FirstOrder, Loss, Sampled, SecondOrder};
use crate::numbers::batch::interleave;
use crate::numbers::lanes::WIDTH;
use crate::numbers::{Jet1, Jet2, Lanes, Point, Real, Symmetric2, Vector};

/// Packs of lanes in a register for values: 256 points, of which a dozen registers fit into the nearest cache.
const PACKS: usize = 16;

/// Packs in a register for second derivatives, which are six numbers a point: work enough for one operation.
const PACKS_OF_JETS: usize = 1;

/// As many registers as are kept on the stack for a single point.
const FEW: usize = 16;

impl Tape {
    /// The result at one point.
    #[inline(always)]
    fn at<T: Real>(&self, x: T, y: T) -> T {
        let (mut few, mut many);
        let registers: &mut [[T; 1]] = if self.registers <= FEW {
            few = [[y]; FEW];
            &mut few
        } else {
            many = vec![[y]; self.registers];
            &mut many
        };
        registers[0] = [x];
        run(&self.instructions, registers, 1);
        registers[self.result][0]
    }
}

impl Sampled for Tape {}

impl Loss for Tape {
    fn value(&self, at: Point) -> f64 {
        self.at(at.x, at.y)
    }

    fn first_order(&self, at: Point) -> FirstOrder {
        let jet = self.at(Jet1::x(at.x), Jet1::y(at.y));
        FirstOrder { value: jet.value, gradient: Vector::new(jet.dx, jet.dy) }
    }

    fn second_order(&self, at: Point) -> SecondOrder {
        let jet = self.at(Jet2::x(at.x), Jet2::y(at.y));
        SecondOrder {
            value: jet.value,
            gradient: Vector::new(jet.dx, jet.dy),
            hessian: Symmetric2 { xx: jet.dxx, xy: jet.dxy, yy: jet.dyy },
        }
    }

    fn value_row(&self, xs: &[f64], y: f64, out: &mut [f64]) {
        assert_eq!(xs.len(), out.len(), "as many x as results");
        values(self, xs, Ys::Same(y), out);
    }

    fn values(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        assert!(xs.len() == ys.len() && xs.len() == out.len(), "as many x as y and results");
        values(self, xs, Ys::Each(ys), out);
    }

    fn second_orders(&self, xs: &[f64], ys: &[f64], out: &mut [[f64; 6]]) {
        assert!(xs.len() == ys.len() && xs.len() == out.len(), "as many x as y and results");
        hessians(self, xs, ys, out);
    }
}

/// The second variable of many points.
#[derive(Clone, Copy)]
enum Ys<'a> {
    Same(f64),
    Each(&'a [f64]),
}

type Strip = [Lanes; PACKS];

thread_local! {
    /// Registers to compute in: clearing new ones for every row would take as long as some of the operations.
    static REGISTERS: RefCell<Vec<Strip>> = const { RefCell::new(Vec::new()) };
}

fn values(tape: &Tape, xs: &[f64], ys: Ys<'_>, out: &mut [f64]) {
    REGISTERS.with_borrow_mut(|registers| {
        if registers.len() < tape.registers {
            registers.resize(tape.registers, [Lanes::constant(0.0); PACKS]);
        }
        values_in(registers, tape, xs, ys, out);
    });
}

#[multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+fma", "x86_64+avx2+fma"))]
fn values_in(registers: &mut [Strip], tape: &Tape, xs: &[f64], ys: Ys<'_>, out: &mut [f64]) {
    const STRIP: usize = PACKS * WIDTH;
    let mut instructions = &tape.instructions[..];
    if let Ys::Same(y) = ys {
        registers[1] = [Lanes::constant(y); PACKS];
    }
    for (strip, (xs, out)) in xs.chunks(STRIP).zip(out.chunks_mut(STRIP)).enumerate() {
        load(xs, &mut registers[0]);
        if let Ys::Each(ys) = ys {
            load(&ys[strip * STRIP..], &mut registers[1]);
        }
        run(instructions, registers, xs.len().div_ceil(WIDTH));
        for (pack, out) in registers[tape.result].iter().zip(out.chunks_mut(WIDTH)) {
            pack.store(out);
        }
        if let Ys::Same(_) = ys {
            instructions = &tape.instructions[tape.fixed..];
        }
    }
}

#[inline(always)]
fn load<const N: usize>(numbers: &[f64], register: &mut [Lanes; N]) {
    for (numbers, pack) in numbers.chunks(WIDTH).zip(register) {
        *pack = Lanes::padded(numbers);
    }
}

/// For AVX2 alone: a second set of some forty operations on jets would take longer to compile than it saves.
#[multiversion(targets("x86_64+avx2+fma"))]
fn hessians(tape: &Tape, xs: &[f64], ys: &[f64], out: &mut [[f64; 6]]) {
    const STRIP: usize = PACKS_OF_JETS * WIDTH;
    let mut registers = vec![[Jet2::fixed(Lanes::constant(0.0)); PACKS_OF_JETS]; tape.registers];
    for ((xs, ys), out) in xs.chunks(STRIP).zip(ys.chunks(STRIP)).zip(out.chunks_mut(STRIP)) {
        for (pack, (xs, ys)) in xs.chunks(WIDTH).zip(ys.chunks(WIDTH)).enumerate() {
            registers[0][pack] = Jet2::x(Lanes::padded(xs));
            registers[1][pack] = Jet2::y(Lanes::padded(ys));
        }
        run(&tape.instructions, &mut registers, xs.len().div_ceil(WIDTH));
        for (f, out) in registers[tape.result].iter().zip(out.chunks_mut(WIDTH)) {
            interleave([f.value, f.dx, f.dy, f.dxx, f.dxy, f.dyy], out);
        }
    }
}
