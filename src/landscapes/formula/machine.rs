//! The machine that carries out operations: registers of `N` numbers of any kind, one operation for all of them at a time.
//!
//! Choosing the operation costs more than a sum of two numbers; over a strip of a hundred points it no longer counts.

use std::cell::Cell;

use super::graph::{Exact, MULTIPLIED_OUT, Mixed, One, Operation, Test, Two};
use crate::numbers::{Quotient, Real};

/// The index of a register.
pub(super) type Register = usize;

/// An operation with the register for its result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Instruction {
    /// Any operation.
    Set(Register, Operation<Register>),
    /// Sine and cosine of one angle, for little more than the price of one.
    SinCos { sin: Register, cos: Register, angle: Register },
}

/// Registers that are read and written by turns: an operation may put its result where an operand was.
type Registers<'a, T, const N: usize> = &'a [Cell<[T; N]>];

/// Puts a function of some registers' numbers into another register, for the first `count` of them.
///
/// No function that takes a closure: the closure would be compiled once for all vector units, which is for none.
macro_rules! fill {
    ($r:ident, $count:ident, $out:ident, |$($number:ident: $register:ident),+| $value:expr) => {{
        let out = $r[$out].as_array_of_cells();
        $(let $register = $r[$register].as_array_of_cells();)+
        for k in 0..$count.min(N) {
            $(let $number = $register[k].get();)+
            out[k].set($value);
        }
    }};
}

/// Carries out the instructions for the first `count` numbers of every register.
#[inline(always)]
pub(super) fn run<T: Real, const N: usize>(instructions: &[Instruction], registers: &mut [[T; N]], count: usize) {
    let (r, count) = (Cell::from_mut(registers).as_slice_of_cells(), count.min(N));
    for instruction in instructions {
        match *instruction {
            Instruction::Set(out, operation) => set(out, operation, r, count),
            Instruction::SinCos { sin, cos, angle } => {
                let [sin, cos, angle] = [sin, cos, angle].map(|register| r[register].as_array_of_cells());
                for k in 0..count {
                    let both = angle[k].get().sin_cos();
                    sin[k].set(both.0);
                    cos[k].set(both.1);
                }
            }
        }
    }
}

/// An operation of numbers.
pub(in crate::landscapes) fn value<T: Real>(operation: Operation<T>) -> T {
    let mut registers = [[T::constant(0.0)]; 5];
    let mut used = 0;
    let operation = operation.map(|value| {
        registers[used] = [value];
        used += 1;
        used - 1
    });
    set(4, operation, Cell::from_mut(&mut registers[..]).as_slice_of_cells(), 1);
    registers[4][0]
}

#[inline(always)]
fn set<T: Real, const N: usize>(out: Register, operation: Operation<Register>, r: Registers<'_, T, N>, count: usize) {
    match operation {
        Operation::Constant(Exact(value)) => r[out].set([T::constant(value); N]),
        Operation::Input(input) => fill!(r, count, out, |x: input| x),
        Operation::One(function, a) => one(out, function, a, r, count),
        Operation::Two(function, a, b) => two(out, function, [a, b], r, count),
        Operation::Mixed(function, a, Exact(c)) => match function {
            Mixed::Plus => fill!(r, count, out, |x: a| x + c),
            Mixed::From => fill!(r, count, out, |x: a| -x + c),
            Mixed::Times => fill!(r, count, out, |x: a| x * c),
            Mixed::Over => fill!(r, count, out, |x: a| x / c),
            Mixed::Power => constant_power(out, a, c, r, count),
        },
        Operation::Select(Test::Less, [a, b, then, otherwise]) => {
            fill!(r, count, out, |x: a, y: b, u: then, v: otherwise| x.select_less(y, u, v));
        }
        Operation::Select(Test::Equal, [a, b, then, otherwise]) => {
            fill!(r, count, out, |x: a, y: b, u: then, v: otherwise| x.select_equal(y, u, v));
        }
    }
}

#[inline(always)]
fn one<T: Real, const N: usize>(out: Register, function: One, a: Register, r: Registers<'_, T, N>, count: usize) {
    match function {
        One::Negate => fill!(r, count, out, |x: a| -x),
        One::Abs => fill!(r, count, out, |x: a| x.abs()),
        One::Sign => fill!(r, count, out, |x: a| x.sign()),
        One::Floor => fill!(r, count, out, |x: a| x.floor()),
        One::Square => fill!(r, count, out, |x: a| x.square()),
        One::Recip => fill!(r, count, out, |x: a| x.recip()),
        One::Sqrt => fill!(r, count, out, |x: a| x.sqrt()),
        One::Exp => fill!(r, count, out, |x: a| x.exp()),
        One::ExpM1 => fill!(r, count, out, |x: a| x.exp_m1()),
        One::Ln => fill!(r, count, out, |x: a| x.ln()),
        One::Ln1p => fill!(r, count, out, |x: a| x.ln_1p()),
        One::Log10 => fill!(r, count, out, |x: a| x.log10()),
        One::Log2 => fill!(r, count, out, |x: a| x.log2()),
        One::Sin => fill!(r, count, out, |x: a| x.sin()),
        One::Cos => fill!(r, count, out, |x: a| x.cos()),
        One::Tanh => fill!(r, count, out, |x: a| x.tanh()),
        One::Relu => fill!(r, count, out, |x: a| x.relu()),
        One::Sigmoid => fill!(r, count, out, |x: a| x.sigmoid()),
        One::Softplus => fill!(r, count, out, |x: a| x.softplus()),
        One::Settled => fill!(r, count, out, |x: a| x.settled()),
        One::Cbrt | One::Tan | One::Asin | One::Acos | One::Atan | One::Sinh | One::Cosh => {
            rare(out, function, a, r, count);
        }
        One::OverArgument(q) => over_argument(out, q, a, r, count),
    }
}

/// As [`rare`], f(x)/x and what follows its first terms.
#[inline(never)]
fn over_argument<T: Real, const N: usize>(
    out: Register,
    q: Quotient,
    a: Register,
    r: Registers<'_, T, N>,
    count: usize,
) {
    fill!(r, count, out, |x: a| x.over_argument(q));
}

/// Functions that go through `libm` number by number, or are rare: out of line, so that they are not compiled for every
/// vector unit, from which they would gain nothing.
#[inline(never)]
fn rare<T: Real, const N: usize>(out: Register, function: One, a: Register, r: Registers<'_, T, N>, count: usize) {
    let function = match function {
        One::Cbrt => T::cbrt,
        One::Tan => T::tan,
        One::Asin => T::asin,
        One::Acos => T::acos,
        One::Atan => T::atan,
        One::Sinh => T::sinh,
        _ => T::cosh,
    };
    fill!(r, count, out, |x: a| function(x));
}

/// As [`rare`], of two numbers.
#[inline(never)]
fn rare_pairs<T: Real, const N: usize>(
    out: Register,
    function: Two,
    [a, b]: [Register; 2],
    r: Registers<'_, T, N>,
    count: usize,
) {
    let function = if function == Two::Atan2 { T::atan2 } else { T::powf };
    fill!(r, count, out, |x: a, y: b| function(x, y));
}

/// As [`rare`], xᶜ.
#[inline(never)]
fn constant_power<T: Real, const N: usize>(out: Register, a: Register, c: f64, r: Registers<'_, T, N>, count: usize) {
    if c.fract() == 0.0 && (-MULTIPLIED_OUT..0.0).contains(&c) {
        // Multiplied out here, because one over what is multiplied out before may overflow on the way.
        let n = c as i32;
        fill!(r, count, out, |x: a| x.powi(n));
    } else {
        fill!(r, count, out, |x: a| x.powc(c));
    }
}

#[inline(always)]
fn two<T: Real, const N: usize>(
    out: Register,
    function: Two,
    [a, b]: [Register; 2],
    r: Registers<'_, T, N>,
    count: usize,
) {
    match function {
        Two::Add => fill!(r, count, out, |x: a, y: b| x + y),
        Two::Subtract => fill!(r, count, out, |x: a, y: b| x - y),
        Two::Multiply => fill!(r, count, out, |x: a, y: b| x * y),
        Two::Divide => fill!(r, count, out, |x: a, y: b| x / y),
        Two::Hypot => fill!(r, count, out, |x: a, y: b| x.hypot(y)),
        Two::Min => fill!(r, count, out, |x: a, y: b| x.min(y)),
        Two::Max => fill!(r, count, out, |x: a, y: b| x.max(y)),
        Two::Power | Two::Atan2 => rare_pairs(out, function, [a, b], r, count),
    }
}
