//! Numbers whose exponents have no limit, to which derivatives are held.

/// m·2ᵉ with 1 ≤ |m| < 2, or 0: a product never leaves its range.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wide {
    mantissa: f64,
    exponent: i64,
}

impl Wide {
    pub(super) fn new(mantissa: f64, exponent: i64) -> Self {
        let (mantissa, more) = libm::frexp(mantissa);
        Self { mantissa, exponent: if mantissa == 0.0 { -1_000_000 } else { exponent + i64::from(more) } }
    }

    pub(super) fn of(x: f64) -> Self {
        Self::new(x, 0)
    }

    pub(super) fn number(self) -> f64 {
        libm::scalbn(self.mantissa, self.exponent.clamp(-5000, 5000) as i32)
    }

    pub(super) fn abs(self) -> Self {
        Self { mantissa: self.mantissa.abs(), ..self }
    }

    pub(super) fn is_above(self, other: Self) -> bool {
        (self + -other).mantissa > 0.0
    }

    pub(super) fn square(self) -> Self {
        self * self
    }

    pub(super) fn sqrt(self) -> Self {
        let odd = self.exponent.rem_euclid(2);
        Self::new((self.mantissa * 2.0_f64.powi(odd as i32)).sqrt(), (self.exponent - odd) / 2)
    }

    /// eˣ.
    pub(super) fn exp(x: f64) -> Self {
        let x = x.clamp(-1e5, 1e5);
        let n = (x * std::f64::consts::LOG2_E).round();
        let rest = (x - n * 0.693_147_180_369_123_8) - n * 1.908_214_929_270_587_7e-10;
        Self::new(libm::exp(rest), n as i64)
    }

    /// aᵇ for a > 0, if b has few bits.
    pub(super) fn pow(a: f64, b: f64) -> Self {
        let a = Self::of(a);
        let exponent = a.exponent as f64 * b;
        let whole = exponent.floor();
        Self::new(libm::pow(a.mantissa, b) * libm::exp2(exponent - whole), whole as i64)
    }
}

impl std::ops::Mul for Wide {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self::new(self.mantissa * other.mantissa, self.exponent + other.exponent)
    }
}

impl std::ops::Div for Wide {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        Self::new(self.mantissa / other.mantissa, self.exponent - other.exponent)
    }
}

impl std::ops::Add for Wide {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let (large, small) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        let shift = (small.exponent - large.exponent).max(-300);
        Self::new(large.mantissa + libm::scalbn(small.mantissa, shift as i32), large.exponent)
    }
}

impl std::ops::Neg for Wide {
    type Output = Self;

    fn neg(self) -> Self {
        Self { mantissa: -self.mantissa, ..self }
    }
}
