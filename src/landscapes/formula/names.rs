//! The functions and constants a formula may contain, and the names that other tools have for them.

use super::tree::{Binary, Unary};

/// A function of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    /// One argument.
    One(Unary),
    /// Two arguments.
    Two(Binary),
    /// Two arguments or more, taken pairwise from the left.
    Many(Binary),
    /// `if(condition, then, otherwise)`.
    If,
    /// One argument, written in other functions.
    Derived(Derived),
}

/// A function that is read as an expression in others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Derived {
    /// x²
    Square,
    /// 2ˣ
    Exp2,
    /// 10ˣ
    Exp10,
    /// −⌊−x⌋
    Ceil,
    /// 1/cos x
    Sec,
    /// 1/sin x
    Csc,
    /// 1/tan x
    Cot,
}

/// Every function by name.
pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("sin", Function::One(Unary::Sin)),
    ("cos", Function::One(Unary::Cos)),
    ("tan", Function::One(Unary::Tan)),
    ("asin", Function::One(Unary::Asin)),
    ("acos", Function::One(Unary::Acos)),
    ("atan", Function::One(Unary::Atan)),
    ("atan2", Function::Two(Binary::Atan2)),
    ("sinh", Function::One(Unary::Sinh)),
    ("cosh", Function::One(Unary::Cosh)),
    ("tanh", Function::One(Unary::Tanh)),
    ("exp", Function::One(Unary::Exp)),
    ("expm1", Function::One(Unary::ExpM1)),
    ("ln", Function::One(Unary::Ln)),
    ("log1p", Function::One(Unary::Ln1p)),
    ("log10", Function::One(Unary::Log10)),
    ("log2", Function::One(Unary::Log2)),
    ("sqrt", Function::One(Unary::Sqrt)),
    ("cbrt", Function::One(Unary::Cbrt)),
    ("abs", Function::One(Unary::Abs)),
    ("sign", Function::One(Unary::Sign)),
    ("floor", Function::One(Unary::Floor)),
    ("relu", Function::One(Unary::Relu)),
    ("sigmoid", Function::One(Unary::Sigmoid)),
    ("softplus", Function::One(Unary::Softplus)),
    ("gauss", Function::One(Unary::Gauss)),
    ("step", Function::One(Unary::Step)),
    ("mod", Function::Two(Binary::Mod)),
    ("min", Function::Many(Binary::Min)),
    ("max", Function::Many(Binary::Max)),
    ("if", Function::If),
];

/// What other tools call these functions.
const SYNONYMS: &[(&str, Function)] = &[
    ("log", Function::One(Unary::Ln)),
    ("sgn", Function::One(Unary::Sign)),
    ("signum", Function::One(Unary::Sign)),
    ("fabs", Function::One(Unary::Abs)),
    ("absolute", Function::One(Unary::Abs)),
    ("arcsin", Function::One(Unary::Asin)),
    ("arccos", Function::One(Unary::Acos)),
    ("arctan", Function::One(Unary::Atan)),
    ("arctan2", Function::Two(Binary::Atan2)),
    ("tg", Function::One(Unary::Tan)),
    ("arctg", Function::One(Unary::Atan)),
    ("expit", Function::One(Unary::Sigmoid)),
    ("logistic", Function::One(Unary::Sigmoid)),
    ("pow", Function::Two(Binary::Power)),
    ("power", Function::Two(Binary::Power)),
    ("powf", Function::Two(Binary::Power)),
    ("powi", Function::Two(Binary::Power)),
    ("powr", Function::Two(Binary::Power)),
    ("maximum", Function::Many(Binary::Max)),
    ("minimum", Function::Many(Binary::Min)),
    ("fmax", Function::Many(Binary::Max)),
    ("fmin", Function::Many(Binary::Min)),
    ("where", Function::If),
    ("ifelse", Function::If),
    ("square", Function::Derived(Derived::Square)),
    ("exp2", Function::Derived(Derived::Exp2)),
    ("exp10", Function::Derived(Derived::Exp10)),
    ("ln1p", Function::One(Unary::Ln1p)),
    ("ceil", Function::Derived(Derived::Ceil)),
    ("sec", Function::Derived(Derived::Sec)),
    ("csc", Function::Derived(Derived::Csc)),
    ("cot", Function::Derived(Derived::Cot)),
    ("ctg", Function::Derived(Derived::Cot)),
];

/// What stands before a point in the names of other tools: `np.sin`, `torch.nn.functional.relu`.
const MODULES: &[&str] = &[
    "np",
    "numpy",
    "onp",
    "anp",
    "jnp",
    "jax",
    "lax",
    "math",
    "Math",
    "cmath",
    "torch",
    "tf",
    "nn",
    "F",
    "functional",
    "special",
    "linalg",
    "scipy",
    "sp",
    "sympy",
    "sym",
    "std",
    "autograd",
    "keras",
    "backend",
    "K",
    "activations",
    "mpmath",
    "mp",
    "cupy",
    "cp",
    "ops",
];

/// Words that join conditions.
pub(super) const CONNECTIVES: [&str; 3] = ["and", "or", "not"];

/// The function of this name, with the name as a static text.
pub(super) fn function(word: &str) -> Option<(&'static str, Function)> {
    FUNCTIONS.iter().chain(SYNONYMS).find(|(name, _)| *name == word).copied()
}

/// Every name of a function.
pub(super) fn functions() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.iter().chain(SYNONYMS).map(|(name, _)| *name)
}

/// Whether what stands before a name, `torch.nn.`, is known to hold functions as they are here.
pub(super) fn are_modules(modules: &str) -> bool {
    modules.split(['.', ':']).filter(|module| !module.is_empty()).all(|module| MODULES.contains(&module))
}

/// Whether a name with points begins with a module: `np.random.`.
pub(super) fn begin_with_module(modules: &str) -> bool {
    modules.split(['.', ':']).next().is_some_and(|module| MODULES.contains(&module))
}

/// The constant of this name.
pub(super) fn constant(word: &str) -> Option<f64> {
    match word {
        "pi" | "π" | "M_PI" => Some(std::f64::consts::PI),
        "e" | "M_E" => Some(std::f64::consts::E),
        _ => None,
    }
}
