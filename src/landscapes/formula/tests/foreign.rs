//! Formulas as other tools and other keyboards write them: what they mean, what is noted, and what is refused.

use super::{close, read, value};
use crate::landscapes::formula::Expression;
use crate::landscapes::{Landscape, Parameter, surfaces};
use crate::numbers::Point;

/// What another tool writes, and the same in the language; both have one value at several points.
const SPELLINGS: &[(&str, &str)] = &[
    // Modules.
    ("np.sin(x)", "sin(x)"),
    ("numpy.exp(-x**2 - y**2)", "exp(-x^2 - y^2)"),
    ("math.sqrt(x*x)", "sqrt(x^2)"),
    ("math.log(y*y + 1)", "ln(y^2 + 1)"),
    ("torch.sigmoid(x)", "sigmoid(x)"),
    ("torch.nn.functional.softplus(x)", "softplus(x)"),
    ("F.relu(x)", "relu(x)"),
    ("jnp.tanh(x) * y", "tanh(x)·y"),
    ("jax.numpy.cos(x)", "cos(x)"),
    ("tf.math.log1p(x**2)", "ln(1 + x^2)"),
    ("Math.pow(x, 2) + Math.PI*Math.E", "x^2 + π·e"),
    ("std::exp(x)", "exp(x)"),
    ("np.maximum(0, x) + np.minimum(x, y)", "max(0, x) + min(x, y)"),
    ("np.where(x > 0, x, y)", "if(x > 0, x, y)"),
    ("np.log10(x**2 + 1) + np.arctan2(y, x)", "log10(x^2 + 1) + atan2(y, x)"),
    ("np.power(x, 2) + np.square(y)", "x^2 + y^2"),
    ("scipy.special.expit(x)", "sigmoid(x)"),
    ("2*np.pi*x + M_PI", "2πx + π"),
    // Names.
    ("log(x^2)", "ln(x^2)"),
    ("\\log_2(x^2) + log_10(x^2) + log₂(4)", "log2(x^2) + log10(x^2) + 2"),
    ("pow(x, 3)", "x^3"),
    ("powf(x, 2) + powi(y, 3)", "x^2 + y^3"),
    ("‖x‖ + \\lVert x y \\rVert + \\left\\| y \\right\\|", "|x| + |x y| + |y|"),
    ("nn.Softplus()(x) + torch.nn.ReLU()(y)", "softplus(x) + relu(y)"),
    ("sgn(x) + fabs(y) + absolute(y)", "sign(x) + 2|y|"),
    ("arctan(x) + arcsin(y/9) + arccos(y/9)", "atan(x) + asin(y/9) + acos(y/9)"),
    ("exp2(x) + exp10(y/9)", "2^x + 10^(y/9)"),
    ("log1p(x^2) + expm1(y)", "ln(1 + x^2) + exp(y) - 1"),
    ("ceil(x/2) + square(x y)", "-floor(-x/2) + (x y)^2"),
    ("sec(x) + csc(x) + cot(x)", "1/cos(x) + 1/sin(x) + 1/tan(x)"),
    ("cot²(x)", "1/tan(x)^2"),
    ("ifelse(x > 0, x, y)", "if(x > 0, x, y)"),
    ("xsin(y) + yexp(-x) + 2xcos(y) + xytanh(x)", "x·sin(y) + y·exp(-x) + 2x·cos(y) + x·y·tanh(x)"),
    ("xlog2(y^2) - xexp2(y)", "x·log2(y^2) - x·2^y"),
    ("Sigmoid(x) + ReLU(y) + Tanh(x) + SIN(x)", "sigmoid(x) + relu(y) + tanh(x) + sin(x)"),
    ("torch.nn.ReLU(x) + tf.nn.Softplus(y)", "relu(x) + softplus(y)"),
    ("Max(x, y) + Exp(-x)", "max(x, y) + exp(-x)"),
    // Operators.
    ("x.^2 + x.*y - x./2", "x^2 + x y - x/2"),
    ("x .^ 2", "x^2"),
    ("2.*x.^2", "2x^2"),
    ("100 .* (y - x.^2).^2 + (1 - x).^2", "100(y - x^2)^2 + (1 - x)^2"),
    ("if(x <> y && x ~= 3, 1, 2)", "if(x != y and x != 3, 1, 2)"),
    ("if(x === 3 && y !== 3, 1, 2)", "if(x == 3 and y != 3, 1, 2)"),
    // Choices.
    ("2*x if x>0 else y", "if(x > 0, 2x, y)"),
    ("2*x if (x>0) else y", "if(x > 0, 2x, y)"),
    ("(x if x > 0 else -x) + 1", "if(x > 0, x, -x) + 1"),
    ("1 if x > 2 else 2 if y > 0 else 3", "if(x > 2, 1, if(y > 0, 2, 3))"),
    ("x > 0 ? 2*x : y", "if(x > 0, 2x, y)"),
    ("(x>0 and y<0) ? 1 : x > 1 ? 2 : 3", "if(x > 0 and y < 0, 1, if(x > 1, 2, 3))"),
    ("max(x > 0 ? x : 0, y)", "max(if(x > 0, x, 0), y)"),
    ("2if(x > 0, 1, 2)", "2·if(x > 0, 1, 2)"),
    // LaTeX.
    ("\\frac{x}{y}", "x/y"),
    ("\\dfrac{1}{2}x^{2}y^{2}", "(1/2)·x^2·y^2"),
    ("\\sin(x) + \\cos x + \\sin^{2}(x) + \\sin^2 x", "sin(x) + cos(x) + 2sin(x)^2"),
    ("x \\cdot y \\times 2", "2x y"),
    ("\\sqrt{x^2} + \\sqrt[3]{y}", "sqrt(x^2) + cbrt(y)"),
    ("\\left( x + y \\right)^{2}", "(x + y)^2"),
    ("\\left| x - y \\right|", "|x - y|"),
    ("e^{-x^2} \\, \\exp\\left(-y\\right)", "exp(-x^2)·exp(-y)"),
    ("2\\pi x + \\ln{(x^2)}", "2πx + ln(x^2)"),
    ("\\lambda (x^2 + y^2) + \\varepsilon x", "λ·(x^2 + y^2) + ε x"),
    ("\\operatorname{relu}(x) + \\mathrm{e}^{y}", "relu(x) + e^y"),
    ("$x^2 + y^2$", "x^2 + y^2"),
    ("$$x^2$$", "x^2"),
    ("\\(x^2\\)", "x^2"),
    ("\\max(x, y) + \\min\\{x, y\\}", "max(x, y) + min(x, y)"),
    // What stands around a formula.
    ("f(x,y) = x^2+y^2", "x^2 + y^2"),
    ("z = x^2 + y^2;", "x^2 + y^2"),
    ("L(w1, w2) = w1^2 + 3w2^2", "x^2 + 3y^2"),
    ("J(\\theta_0, \\theta_1) = \\theta_0^2 + 3\\theta_1^2", "x^2 + 3y^2"),
    ("f(x₁, x₂) := x₁² + 3x₂²", "x^2 + 3y^2"),
    ("f(u, v) = u^2 + 3v^2 + u v", "x^2 + 3y^2 + x y"),
    ("g(t) = t^2 + t", "x^2 + x"),
    ("u(x, t) = x^2 + 3t", "x^2 + 3y"),
    ("f(x) = x(1)^2 + 3x(2)^2", "x^2 + 3y^2"),
    ("f(w) = w[0]**2 + 3*w[1]", "x^2 + 3y"),
    ("f(x, y; a) = a x^2 + y", "a x^2 + y"),
    ("lambda x, y: x**2 + 3*y", "x^2 + 3y"),
    ("f = lambda x: x[0]**2 + 3*x[1]", "x^2 + 3y"),
    ("def f(x, y): return x**2 + 3*y", "x^2 + 3y"),
    ("return x*x + y", "x^2 + y"),
    ("@(x,y) x.^2 + 3*y", "x^2 + 3y"),
    ("f = @(x) x(1)^2 + 3*x(2)", "x^2 + 3y"),
    ("(x, y) => x**2 + 3*y", "x^2 + 3y"),
    ("(x, y) -> x^2 + 3y", "x^2 + 3y"),
    ("x, y ↦ x² + 3y", "x^2 + 3y"),
    ("f[x_,y_]:=x^2+y^2", "x^2 + y^2"),
    ("f[x_, y_] = Sin[x] + 3y", "sin(x) + 3y"),
    ("x[[1]]^2 + 3x[[2]]", "x^2 + 3y"),
    ("f[u_,v_] := u^2 + 3v", "x^2 + 3y"),
    ("double z = x*x + 3*y;", "x^2 + 3y"),
    ("const float f(double x, double y) = x*x + 3*y", "x^2 + 3y"),
    ("double f(double x, double y) { return x*x + 3*y; }", "x^2 + 3y"),
    ("let z = x*x + 3*y", "x^2 + 3y"),
    ("const z = Math.pow(x, 2) + y", "x^2 + y"),
    ("auto f = x*x;", "x^2"),
    ("f(x, y) = exp.(x) .+ sin.(y) .- x.^2", "exp(x) + sin(y) - x^2"),
    ("\"x^2 + y\"", "x^2 + y"),
    ("“x^2 + y”", "x^2 + y"),
    ("‘x^2 + y’.", "x^2 + y"),
    ("`x^2 + y`", "x^2 + y"),
    ("x^2 + y.", "x^2 + y"),
    // Characters.
    ("х^2 + у", "x^2 + y"),
    ("е^х", "e^x"),
    ("а х + с у", "a x + c y"),
    ("x ‐ y ‑ 1 ‒ 2 – 3 — 4 ― 5 − 6", "x - y - 21"),
    ("2^‐x", "2^-x"),
    ("1e‑3x", "0.001x"),
    ("ｘ＾２＋（ｙ－１）＊２", "x^2 + (y - 1)·2"),
    ("ｓｉｎ（ｘ）／２．５", "sin(x)/2.5"),
    ("ｍａｘ（ｘ，ｙ）", "max(x, y)"),
    ("x∗y + x⋅y + x•y + x×y − x÷2", "4x y - x/2"),
    ("𝑥² + 𝐲 + 𝟐𝑥", "x^2 + y + 2x"),
    ("x\u{a0}y +\u{2009}2\u{202f}x\u{200b}", "x y + 2x"),
    ("x ⩽ y ? 1 : 2", "if(x <= y, 1, 2)"),
    ("µ x + ϵ y + ϕ", "μ x + ε y + φ"),
];

#[test]
fn what_other_tools_write_means_the_same_and_is_set_as_it_reads_back() {
    for (foreign, plain) in SPELLINGS {
        let expression = read(foreign);
        let pretty = expression.pretty();
        for [x, y] in [[3.0, -2.0], [0.75, 2.5], [-1.25, 0.5]] {
            let (found, wanted) = (value(foreign, x, y), value(plain, x, y));
            assert!(close(found, wanted), "{foreign} is {found} at {x}, {y}, not {wanted}");
            assert!(close(value(&pretty, x, y), wanted), "{foreign} is set as {pretty}");
        }
        let spelled = format!("formula:{foreign}");
        let landscape = Landscape::parse(&spelled).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(landscape.to_string(), spelled, "the spelling stays");
        assert_eq!(Landscape::parse(&landscape.to_string()).as_ref(), Ok(&landscape), "{foreign}");
    }
}

/// What is wrong: the text, the part to underline, and words of the message.
const MISTAKES: &[(&str, &str, &str)] = &[
    ("lg(x)", "lg", "log10 in some books and log2 in others"),
    ("sqr(x)", "sqr", "x^2 or sqrt(x)"),
    ("np.sqr(x)", "np.sqr", "x^2 or sqrt(x)"),
    ("round(x)", "round", "floor(x + 0.5)"),
    ("Piecewise((x, x>0), (0, True))", "Piecewise", "write if(x > 0, a, b)"),
    (r"\begin{cases} x & x>0 \\ 0 & x<0\end{cases}", "&", "are written if(x > 0, a, b)"),
    ("log_3(x)", "log_3", "a logarithm to base 3 is written ln(x)/ln(3)"),
    ("log7(x)", "log7", "a logarithm to base 7 is written ln(x)/ln(7)"),
    ("sen(x)", "sen", "write sin(x)"),
    ("huber(x)", "huber", "write if(|x| < 1, x^2/2, |x| − 1/2)"),
    ("mish(x)", "mish", "x·tanh(softplus(x))"),
    ("%pi*x", "%", "write pi alone"),
    ("asinh(x)", "asinh", "ln(x + sqrt(x^2 + 1))"),
    ("np.linalg.norm(x)", "np.linalg.norm", "sqrt(x^2 + y^2)"),
    ("numpy.linalg.norm([x, y])", "numpy.linalg.norm", "sqrt(x^2 + y^2)"),
    ("np.random.rand(x)", "np.random.rand", "'rand' is random"),
    ("np.random.rand()", "np.random.rand", "'rand' is random"),
    ("Math.random()", "Math.random", "'random' is random"),
    ("x + rand(1)", "rand", "'rand' is random"),
    ("np.fft.foo(x)", "np.fft.foo", "'np.fft.foo' is no function here"),
    ("x^2 where x", "where", "'where' cannot stand behind a formula"),
    ("x^2 where y > 0", "where", "write if(x > 0, a, b)"),
    ("x^2 for x", "for", "a loss is one formula"),
    ("x^2 subject to y > 0", "subject", "write a penalty"),
    ("minimize x^2", "minimize", "write the loss alone"),
    ("loss(x, y)", "loss", "write its expression"),
    ("cost(x)", "cost", "write its expression"),
    ("func(x, y)", "func", "write its expression"),
    ("rosenbrock(x, y)", "rosenbrock", "a landscape of the catalog"),
    ("x[:,0]", "x[:,0", "write the two weights x[0] and x[1]"),
    ("x[i]", "x[i", "no element here"),
    ("x[0][1]", "x[0][1", "no element here"),
    ("grad(x^2)", "grad", "computed by the program"),
    ("x += 1", "=", "an assignment is no loss"),
    ("5!", "!", "a factorial as a number"),
    ("max(x)", "max(x)", "here is 1"),
    ("x.sum()", "x.sum", "is of a vector, but a weight is a number"),
    ("np.clip(x, 0, 1)", "np.clip", "min(max(x, a), b)"),
    ("np.x", "np.x", "write x alone"),
    ("np.foo(x)", "np.foo", "'np.foo' is no function here"),
    ("np.tahn(x)", "np.tahn", "did you mean 'tanh'"),
    ("log(x, 2)", "log(x, 2)", "ln(x)/ln(b)"),
    ("xasin(y)", "xasin", "x·asin(…) or x·a·sin(…)"),
    ("xsin y", "xsin", "x·sin(…)"),
    ("asin2(x)", "asin2", "did you mean 'asin(2)'"),
    ("x // 2", "/", "floor(a/b)"),
    ("x % 2", "%", "mod(a, b)"),
    ("x @ y", "@", "write · for a product"),
    ("x > 0 || y > 0 ? 1 : 2", "|", "write or"),
    ("x ? 1 : 2", "x", "comparison is expected"),
    ("x > 0 ? 1", "?", "c ? a : b"),
    ("x > 0 : 1", ":", "x > 0 ? a : b"),
    ("x if y > 0", "if", "'else' is missing"),
    ("x if y > 0, 2", "if", "'else' is missing"),
    ("x else y", "else", "belongs to an if"),
    ("y = x^2", "y", "one of the two weights"),
    ("x^2 + y^2 = 1", "=", "an equation is no loss: write (x^2 + y^2 − (1))^2"),
    ("x^2+y^2 = 0", "=", "write x^2+y^2 alone"),
    ("a = x + y = 2", "=", "an equation is no loss"),
    ("a x^2 where a=2", "=", "--set a=2"),
    ("a x^2 + b with b = 2", "=", "by its slider"),
    ("if(x = 0, 1, 2)", "=", "== to compare"),
    ("a x^2, a = 2", "=", "--set a=2"),
    ("a x^2; a = 2", ";", "--set a=2"),
    ("a x^2, 2", ",", "the value of a letter is set by its slider"),
    ("f(x, t) = x + t + y", "x", "write them x and y"),
    ("f(u, v, w) = u + v + w", "w", "'w' is one too many: write f(x, y) = …"),
    ("1,05x", ",", "write a decimal point: 1.05"),
    ("10,000x", ",", "write 10000, or with a decimal point 10.000"),
    ("1d-3 x", "1d", "1e3 for a power of ten, 1·d for a product"),
    ("2.5D2", "2.5D", "2.5e3"),
    ("1_000", "_", "a number is written without it"),
    ("f'(x)", "'", "quotation mark"),
    ("f′", "′", "derivatives are computed"),
    ("x \"y\" x", "\"", "quotation mark"),
    ("⌊x⌋", "⌊", "floor(x)"),
    ("\\lfloor x \\rfloor", "\\lfloor", "floor(x)"),
    ("x + ∞", "∞", "1e300"),
    ("‖(x, y)‖", ",", "sqrt(x^2 + y^2)"),
    ("\\lVert (x, y) \\rVert", ",", "sqrt(x^2 + y^2)"),
    ("x^2 s.t. y>0", "s.t", "a penalty instead"),
    ("10₂ x", "₂", "an index, which only a name can have"),
    ("x.powi(2)", "x.powi", "write x^2"),
    ("nn.Softplus()", "nn.Softplus()", "softplus(x)"),
    ("x^2 # a bowl", "#", "comments"),
    ("\\foo{x}", "\\foo", "'\\foo' is not known"),
    ("\\frac12", "\\frac", "\\frac{a}{b}"),
    ("\\sqrt[4]{x}", "\\", "x^(1/4)"),
    ("\\sin^{-1} x", "^{", "inverse by name"),
    ("сила x", "сила", "Cyrillic"),
    ("ж", "ж", "Cyrillic"),
    ("（х＋§）", "§", "'§' is no part"),
    ("x + ｓｎｉ（y）", "ｓｎｉ", "did you mean 'sin'"),
    ("SIN x", "SIN", "write sin, in small letters"),
    ("np.inf", "np.inf", "infinity is no number"),
    ("10^-3x", "10^-3x", "write 10^(-3·x) or 10^(-3)·x"),
    ("x**-2y", "x**-2y", "write x^(-2·y) or x^(-2)·y"),
    ("HeavisideTheta[x] + y^2", "HeavisideTheta", "write step(x)"),
    ("\\binom{3}{2}x", "\\binom", "write the number itself"),
    ("nchoosek(3,2)*x", "nchoosek", "write the number itself"),
    ("\\hat{x}^2", "\\hat", "write the letter alone"),
    ("1j*x", "1j", "write 1·j for a slider"),
    ("x + 2.5i y", "2.5i", "is an imaginary number"),
    ("\\mathbf{x}^2", "\\", "'\\mathbf{x}' is a vector"),
    ("\\|\\vec{w}\\|^2", "\\", "so ‖w‖² is x^2 + y^2"),
    ("\\boldsymbol{x}^T A \\boldsymbol{x}", "\\", "is a vector"),
    ("x[[2]]", "x[[2]]", "write"),
    ("x.(y)", ".", "a point alone"),
];

#[test]
fn what_cannot_be_sure_is_refused_with_a_remedy() {
    for (text, underlined, words) in MISTAKES {
        let error = Expression::parse(text).expect_err(text);
        assert_eq!(&text[error.span.clone()], *underlined, "{text}: {error}");
        assert!(error.message.contains(words), "{text}: {error}");
    }
}

#[test]
fn what_was_taken_for_what_is_noted() {
    for (text, words) in [
        ("log(x)", &["natural logarithm"][..]),
        ("xlog(y)", &["natural logarithm"]),
        ("math.log(x)", &[]),
        ("σ(x) + σ(y)", &["σ(…) was read as the sigmoid"]),
        ("sigma(x)", &["sigma(…) was read as the sigmoid"]),
        ("f(u, v) = u + v", &["u and v were read as the two weights, x and y."]),
        ("g(t) = t^2", &["t was read as the weight x."]),
        ("х + y", &["the Cyrillic х as x"]),
        ("f (x + 1)", &["slider that multiplies"]),
        ("a (x + 1)", &[]),
        ("np.sin(x) + \\frac{x}{y}", &[]),
        ("х log(σ(y))", &["Cyrillic", "sigmoid", "natural"]),
    ] {
        let notes = read(text).notes().join(" ");
        assert_eq!(notes.is_empty(), words.is_empty(), "{text}: {notes}");
        assert!(words.iter().all(|words| notes.contains(words)), "{text}: {notes}");
        assert_eq!(Landscape::parse(&format!("formula:{text}")).unwrap().notes(), read(text).notes(), "{text}");
    }
}

/// The program's own formulas of surfaces may be typed.
#[test]
fn what_the_catalogue_shows_can_be_typed() {
    for entry in surfaces::ENTRIES {
        // One is in matrices, one defines p and q beside it.
        if ["quad", "goldstein_price"].contains(&entry.id) {
            continue;
        }
        let (typed, known) = (read(entry.formula), Landscape::of(entry));
        let value = |letter: &Parameter| {
            let index = known.parameters().iter().position(|parameter| parameter.symbol == letter.symbol);
            index.map_or(letter.default, |index| known.values()[index])
        };
        let values: Vec<f64> = typed.parameters().iter().map(value).collect();
        for [x, y] in [[3.0, -2.0], [0.75, 2.5], [-1.25, 0.5]] {
            let [found, wanted] = [typed.loss(&values).value(Point::new(x, y)), known.loss().value(Point::new(x, y))];
            assert!((found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0), "{}: {found}, not {wanted}", entry.id);
        }
    }
}
