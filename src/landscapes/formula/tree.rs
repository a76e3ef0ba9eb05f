//! A formula as it was read: its nodes in one list, children before parents, so that nothing that walks it recurses.

/// The index of a node.
pub(super) type Id = usize;

/// A function of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Unary {
    Negate,
    Abs,
    Sign,
    Floor,
    Sqrt,
    Cbrt,
    Exp,
    /// eˣ − 1.
    ExpM1,
    Ln,
    /// ln(1 + x).
    Ln1p,
    Log10,
    Log2,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Tanh,
    Relu,
    Sigmoid,
    Softplus,
    /// e^(−x²).
    Gauss,
    /// 1 above zero, else 0.
    Step,
}

/// A function of two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Atan2,
    /// a − b⌊a/b⌋: the sign of b.
    Mod,
    Min,
    Max,
}

/// How two numbers are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
}

/// A part of a formula; conditions are nodes too, which only `If` and connectives may have as children.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Node {
    Number(f64),
    /// The variable of this index.
    Variable(usize),
    /// The parameter of this index.
    Parameter(usize),
    Unary(Unary, Id),
    Binary(Binary, Id, Id),
    /// Condition, then, otherwise.
    If(Id, Id, Id),
    Compare(Comparison, Id, Id),
    And(Id, Id),
    Or(Id, Id),
    Not(Id),
}

impl Node {
    /// Whether it is a condition and no number.
    pub(super) fn is_condition(&self) -> bool {
        matches!(self, Self::Compare(..) | Self::And(..) | Self::Or(..) | Self::Not(_))
    }
}

/// The nodes; the last is the whole formula.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

impl Tree {
    pub(super) fn push(&mut self, node: Node) -> Id {
        self.nodes.push(node);
        self.nodes.len() - 1
    }
}
