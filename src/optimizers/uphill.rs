//! Why a step may go up the plane at its point.

/// What carries a part of a step where it climbs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uphill {
    /// A gradient, which goes up only where noise misleads it or memory turns it.
    Gradient,
    /// A gradient taken elsewhere: why it goes up without noise, as a sentence.
    GradientElsewhere(&'static str),
    /// A sum of past gradients alone.
    Memory,
    /// A sum of past gradients together with the newest.
    MemoryAndGradient,
    /// Something of the method's own, as a sentence.
    Because(&'static str),
}

impl Uphill {
    /// The pull of weight decay.
    pub(super) const DECAY: Self = Self::Because("Weight decay carries the step uphill.");

    /// The sentence, by whether the gradients have noise and whether the method remembers any.
    pub fn sentence(self, is_noisy: bool, remembers: bool) -> &'static str {
        const MEMORY: &str = "Past gradients carry the step uphill.";
        match self {
            Self::Memory => MEMORY,
            Self::MemoryAndGradient if is_noisy => "Noise and past gradients carry the step uphill.",
            Self::Gradient | Self::GradientElsewhere(_) if is_noisy => "Noise on the gradient carries the step uphill.",
            Self::Because(sentence) | Self::GradientElsewhere(sentence) => sentence,
            Self::MemoryAndGradient | Self::Gradient if remembers => MEMORY,
            Self::MemoryAndGradient | Self::Gradient => "The step goes uphill.",
        }
    }
}
