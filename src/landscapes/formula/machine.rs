//! The machine that carries out operations: registers of `N` numbers of any kind, one operation for all of them at a time.
//!
//! Choosing the operation costs more than a sum of two numbers; over a strip of a hundred points it no longer counts.

#![expect(clippy::needless_range_loop, reason = "one index goes through several registers of one array")]

use super::graph::{Exact, Mixed, One, Operation, Test, Two};
use crate::numbers::Real;

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

/// Carries out the instructions for the first `count` numbers of every register.
#[inline(always)]
pub(super) fn run<T: Real, const N: usize>(instructions: &[Instruction], r: &mut [[T; N]], count: usize) {
    let count = count.min(N);
    for instruction in instructions {
        match *instruction {
            Instruction::Set(out, operation) => set(out, operation, r, count),
            Instruction::SinCos { sin, cos, angle } => {
                for k in 0..count {
                    (r[sin][k], r[cos][k]) = r[angle][k].sin_cos();
                }
            }
        }
    }
}

/// An operation of numbers.
pub(super) fn value(operation: Operation<f64>) -> f64 {
    let mut registers = [[0.0]; 5];
    let mut used = 0;
    let operation = operation.map(|value| {
        registers[used] = [value];
        used += 1;
        used - 1
    });
    set(4, operation, &mut registers, 1);
    registers[4][0]
}

#[inline(always)]
fn set<T: Real, const N: usize>(out: Register, operation: Operation<Register>, r: &mut [[T; N]], count: usize) {
    match operation {
        Operation::Constant(Exact(value)) => r[out] = [T::constant(value); N],
        Operation::Input(input) => r[out] = r[input],
        Operation::One(function, a) => one(out, function, a, r, count),
        Operation::Two(function, a, b) => two(out, function, [a, b], r, count),
        Operation::Mixed(function, a, Exact(c)) => match function {
            Mixed::Plus => each(r, out, a, count, |x| x + c),
            Mixed::From => each(r, out, a, count, |x| -x + c),
            Mixed::Times => each(r, out, a, count, |x| x * c),
            Mixed::Over => each(r, out, a, count, |x| x / c),
            Mixed::Power => constant_power(out, a, c, r, count),
        },
        Operation::Select(Test::Less, [a, b, then, otherwise]) => {
            for k in 0..count {
                r[out][k] = r[a][k].select_less(r[b][k], r[then][k], r[otherwise][k]);
            }
        }
        Operation::Select(Test::Equal, [a, b, then, otherwise]) => {
            for k in 0..count {
                r[out][k] = r[a][k].select_equal(r[b][k], r[then][k], r[otherwise][k]);
            }
        }
    }
}

#[inline(always)]
fn one<T: Real, const N: usize>(out: Register, function: One, a: Register, r: &mut [[T; N]], count: usize) {
    match function {
        One::Negate => each(r, out, a, count, |x| -x),
        One::Abs => each(r, out, a, count, T::abs),
        One::Sign => each(r, out, a, count, T::sign),
        One::Floor => each(r, out, a, count, T::floor),
        One::Square => each(r, out, a, count, T::square),
        One::Recip => each(r, out, a, count, T::recip),
        One::Sqrt => each(r, out, a, count, T::sqrt),
        One::Exp => each(r, out, a, count, T::exp),
        One::Ln => each(r, out, a, count, T::ln),
        One::Sin => each(r, out, a, count, T::sin),
        One::Cos => each(r, out, a, count, T::cos),
        One::Tanh => each(r, out, a, count, T::tanh),
        One::Relu => each(r, out, a, count, T::relu),
        One::Sigmoid => each(r, out, a, count, T::sigmoid),
        One::Softplus => each(r, out, a, count, T::softplus),
        One::Cbrt | One::Tan | One::Asin | One::Acos | One::Atan | One::Sinh | One::Cosh => {
            rare(out, function, a, r, count);
        }
    }
}

/// Functions that go through `libm` number by number, or are rare: out of line, so that they are not compiled for every
/// vector unit, from which they would gain nothing.
#[inline(never)]
fn rare<T: Real, const N: usize>(out: Register, function: One, a: Register, r: &mut [[T; N]], count: usize) {
    let function = match function {
        One::Cbrt => T::cbrt,
        One::Tan => T::tan,
        One::Asin => T::asin,
        One::Acos => T::acos,
        One::Atan => T::atan,
        One::Sinh => T::sinh,
        _ => T::cosh,
    };
    each(r, out, a, count, function);
}

/// As [`rare`], of two numbers.
#[inline(never)]
fn rare_pairs<T: Real, const N: usize>(
    out: Register,
    function: Two,
    operands: [Register; 2],
    r: &mut [[T; N]],
    count: usize,
) {
    let function = if function == Two::Atan2 { T::atan2 } else { T::powf };
    pairs(r, out, operands, count, function);
}

/// As [`rare`], xᶜ.
#[inline(never)]
fn constant_power<T: Real, const N: usize>(out: Register, a: Register, c: f64, r: &mut [[T; N]], count: usize) {
    each(r, out, a, count, |x| x.powc(c));
}

#[inline(always)]
fn two<T: Real, const N: usize>(out: Register, function: Two, operands: [Register; 2], r: &mut [[T; N]], count: usize) {
    match function {
        Two::Add => pairs(r, out, operands, count, |a, b| a + b),
        Two::Subtract => pairs(r, out, operands, count, |a, b| a - b),
        Two::Multiply => pairs(r, out, operands, count, |a, b| a * b),
        Two::Divide => pairs(r, out, operands, count, |a, b| a / b),
        Two::Min => pairs(r, out, operands, count, T::min),
        Two::Max => pairs(r, out, operands, count, T::max),
        Two::Power | Two::Atan2 => rare_pairs(out, function, operands, r, count),
    }
}

#[inline(always)]
fn each<T: Real, const N: usize>(r: &mut [[T; N]], out: Register, a: Register, count: usize, f: impl Fn(T) -> T) {
    for k in 0..count {
        r[out][k] = f(r[a][k]);
    }
}

#[inline(always)]
fn pairs<T: Real, const N: usize>(
    r: &mut [[T; N]],
    out: Register,
    [a, b]: [Register; 2],
    count: usize,
    f: impl Fn(T, T) -> T,
) {
    for k in 0..count {
        r[out][k] = f(r[a][k], r[b][k]);
    }
}
