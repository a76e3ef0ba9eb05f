//! A compiled formula as a loss: one point at a time through numbers and jets, many through strips of lanes.

use std::cell::RefCell;

use super::graph::{Mixed, Operation, Two};
use super::machine::{Instruction, run};
use super::tape::Tape;
use crate::landscapes::loss::errors;
use crate::landscapes::{FirstOrder, Loss, SecondOrder};
use crate::numbers::batch::interleave;
use crate::numbers::lanes::WIDTH;
use crate::numbers::{Jet1, Jet2, Lanes, Point, Real, Rounded};

/// Packs of lanes in a register for values: 256 points, of which a dozen registers fit into the nearest cache.
pub(super) const PACKS: usize = 16;

/// Packs in a register for second derivatives, which are six numbers a point: work enough for one operation.
pub(super) const PACKS_OF_JETS: usize = 1;

/// The most registers that are kept on the stack for a single point.
const FEW: usize = 16;

impl Tape {
    /// The result at one point.
    #[inline(always)]
    pub(super) fn at<T: Real, const V: usize>(&self, variables: [T; V]) -> T {
        self.scratch(variables[0], |tape, registers| {
            for (register, variable) in registers.iter_mut().zip(variables) {
                *register = [variable];
            }
            tape.run_fixed(registers);
            tape.run_moving(registers)
        })
    }

    /// Calls `work` with as many registers as are needed, all set to one number.
    #[inline(always)]
    pub(super) fn scratch<T: Real, R>(&self, fill: T, work: impl FnOnce(&Self, &mut [[T; 1]]) -> R) -> R {
        if self.registers <= FEW {
            work(self, &mut [[fill]; FEW])
        } else {
            work(self, &mut vec![[fill]; self.registers])
        }
    }

    /// Runs the instructions that are independent of the inner loop's variable.
    #[inline(always)]
    pub(super) fn run_fixed<T: Real>(&self, registers: &mut [[T; 1]]) {
        run(self.parts().0, registers, 1);
    }

    /// Runs the other instructions, and returns the result.
    #[inline(always)]
    pub(super) fn run_moving<T: Real>(&self, registers: &mut [[T; 1]]) -> T {
        run(self.parts().1, registers, 1);
        registers[self.result][0]
    }

    /// Registers for packs of points with derivatives.
    pub(super) fn jet_registers(&self) -> Vec<JetStrip> {
        vec![[Jet2::fixed(Lanes::constant(0.0)); PACKS_OF_JETS]; self.registers]
    }

    /// The instructions that are independent of the inner loop's variable, and the others.
    pub(super) fn parts(&self) -> (&[Instruction], &[Instruction]) {
        self.instructions.split_at(self.fixed)
    }
}

impl Loss for Tape {
    /// About this many instructions are a short formula; a power is as much work as several of them.
    fn effort(&self) -> usize {
        const POWER: usize = 8;
        let work = |instruction: &Instruction| match instruction {
            Instruction::Set(_, Operation::Mixed(Mixed::Power, ..) | Operation::Two(Two::Power, ..)) => POWER,
            _ => 1,
        };
        self.instructions.iter().map(work).sum::<usize>().div_ceil(32).max(1)
    }

    fn value(&self, at: Point) -> f64 {
        self.at([at.x, at.y])
    }

    fn first_order(&self, at: Point) -> FirstOrder {
        self.at([Jet1::x(at.x), Jet1::y(at.y)]).into()
    }

    fn second_order(&self, at: Point) -> SecondOrder {
        self.at([Jet2::x(at.x), Jet2::y(at.y)]).into()
    }

    fn roundings(&self, at: Point) -> Option<[f64; 6]> {
        let [x, y] = [at.x, at.y].map(Rounded::exact);
        Some(errors(self.at([Jet2::x(x), Jet2::y(y)])))
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

    fn first_orders_of_packs(&self, at: &[[Lanes; 2]], out: &mut [[Lanes; 6]]) {
        self.second_orders_of_packs(at, out);
    }

    fn second_orders_of_packs(&self, at: &[[Lanes; 2]], out: &mut [[Lanes; 6]]) {
        let mut registers = self.jet_registers();
        for (at, out) in at.iter().zip(out) {
            *out = jets_of(self, *at, &mut registers);
        }
    }
}

/// The second variable of many points.
#[derive(Clone, Copy)]
pub(super) enum Ys<'a> {
    Same(f64),
    Each(&'a [f64]),
}

impl Ys<'_> {
    /// Loads those of a strip.
    pub(super) fn load(self, strip: usize, register: &mut Strip) {
        match self {
            Ys::Same(y) => *register = [Lanes::constant(y); PACKS],
            Ys::Each(ys) => load(&ys[strip * PACKS * WIDTH..], register),
        }
    }
}

/// A register of points.
pub(super) type Strip = [Lanes; PACKS];

/// A register of points with derivatives.
pub(super) type JetStrip = [Jet2<Lanes>; PACKS_OF_JETS];

thread_local! {
    /// Registers to compute in: clearing new ones for every row would take as long as some of the operations.
    static REGISTERS: RefCell<Vec<Strip>> = const { RefCell::new(Vec::new()) };
}

/// Calls `work` with at least this many registers of this thread.
pub(super) fn with_registers(count: usize, work: impl FnOnce(&mut [Strip])) {
    REGISTERS.with_borrow_mut(|registers| {
        if registers.len() < count {
            registers.resize(count, [Lanes::constant(0.0); PACKS]);
        }
        work(registers);
    });
}

/// Carries out instructions over the first packs of every register, on whatever vector unit there is.
#[cfg_attr(
    not(debug_assertions),
    multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+fma", "x86_64+avx2+fma"))
)]
pub(super) fn run_strip(instructions: &[Instruction], registers: &mut [Strip], packs: usize) {
    run(instructions, registers, packs);
}

/// As [`run_strip`], with derivatives. For AVX2 alone: a second set of some forty operations on jets would take longer to
/// compile than it saves.
#[cfg_attr(not(debug_assertions), multiversion::multiversion(targets("x86_64+avx2+fma")))]
pub(super) fn run_jets(instructions: &[Instruction], registers: &mut [JetStrip]) {
    run(instructions, registers, PACKS_OF_JETS);
}

fn values(tape: &Tape, xs: &[f64], ys: Ys<'_>, out: &mut [f64]) {
    const STRIP: usize = PACKS * WIDTH;
    with_registers(tape.registers, |registers| {
        let mut instructions = &tape.instructions[..];
        for (strip, (xs, out)) in xs.chunks(STRIP).zip(out.chunks_mut(STRIP)).enumerate() {
            load(xs, &mut registers[0]);
            ys.load(strip, &mut registers[1]);
            run_strip(instructions, registers, xs.len().div_ceil(WIDTH));
            for (pack, out) in registers[tape.result].iter().zip(out.chunks_mut(WIDTH)) {
                pack.store(out);
            }
            if let Ys::Same(_) = ys {
                instructions = tape.parts().1;
            }
        }
    });
}

/// Loads numbers, as many packs as they fill.
pub(super) fn load(numbers: &[f64], register: &mut Strip) {
    for (numbers, pack) in numbers.chunks(WIDTH).zip(register) {
        *pack = Lanes::padded(numbers);
    }
}

fn hessians(tape: &Tape, xs: &[f64], ys: &[f64], out: &mut [[f64; 6]]) {
    let mut registers = tape.jet_registers();
    for ((xs, ys), out) in xs.chunks(WIDTH).zip(ys.chunks(WIDTH)).zip(out.chunks_mut(WIDTH)) {
        interleave(jets_of(tape, [Lanes::padded(xs), Lanes::padded(ys)], &mut registers), out);
    }
}

/// f, ∂x, ∂y, ∂xx, ∂xy, ∂yy at a pack of points.
fn jets_of(tape: &Tape, [x, y]: [Lanes; 2], registers: &mut [JetStrip]) -> [Lanes; 6] {
    registers[0] = [Jet2::x(x); PACKS_OF_JETS];
    registers[1] = [Jet2::y(y); PACKS_OF_JETS];
    run_jets(&tape.instructions, registers);
    let f = registers[tape.result][0];
    [f.value, f.dx, f.dy, f.dxx, f.dxy, f.dyy]
}
