//! The graph as a list of instructions over as few registers as will do.

use super::graph::{Graph, One, Operation};
use super::machine::{Instruction, Register};
use super::tree::Id;

/// Instructions, in order; registers 0, 1, … hold the variables.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tape {
    pub(super) instructions: Vec<Instruction>,
    /// How many instructions from the beginning are independent of the variable of the inner loop (x along a row, the input
    /// over samples): they are carried out once.
    pub(super) fixed: usize,
    /// How many registers there are.
    pub(super) registers: usize,
    /// Where the result is.
    pub(super) result: Register,
}

/// When a node is used for the last time.
#[derive(Clone, Copy, PartialEq)]
enum LastUse {
    Never,
    At(usize),
    /// The result, a variable, or a part that a row computes once.
    AfterAll,
}

impl Tape {
    /// Writes the graph of a function of this many variables down; the first varies.
    pub(super) fn of(graph: &Graph, variables: usize) -> Self {
        Self::varying(graph, variables, 0)
    }

    /// As [`Self::of`], where the variable of this index varies.
    pub(super) fn varying(graph: &Graph, variables: usize, index: usize) -> Self {
        let needed = needed(graph);
        let moving = moving(graph, index);
        let is_input = |id: Id| matches!(graph.operations[id], Operation::Input(_));
        let written = |id: &Id| needed[*id] && !is_input(*id);
        let (first, then): (Vec<Id>, Vec<Id>) = (0..needed.len()).filter(written).partition(|id| !moving[*id]);
        let order: Vec<Id> = first.iter().chain(&then).copied().collect();
        let mut writer = Writer {
            graph,
            needed: &needed,
            register_of: vec![None; needed.len()],
            last_use: last_uses(graph, &order, first.len()),
            free: Vec::new(),
            registers: variables,
            instructions: Vec::with_capacity(order.len()),
        };
        let mut fixed = 0;
        for (position, id) in order.iter().enumerate() {
            if position == first.len() {
                fixed = writer.instructions.len();
            }
            writer.write(position, *id);
        }
        if then.is_empty() {
            fixed = writer.instructions.len();
        }
        let result = writer.register(graph.result);
        Self { instructions: writer.instructions, fixed, registers: writer.registers, result }
    }
}

/// Which nodes the result depends on.
pub(super) fn needed(graph: &Graph) -> Vec<bool> {
    let mut needed = vec![false; graph.operations.len()];
    needed[graph.result] = true;
    for id in (0..needed.len()).rev() {
        if needed[id] {
            graph.operations[id].map(|operand| needed[operand] = true);
        }
    }
    needed
}

/// Which nodes depend on a variable.
fn moving(graph: &Graph, variable: usize) -> Vec<bool> {
    let mut moving = vec![false; graph.operations.len()];
    for (id, operation) in graph.operations.iter().enumerate() {
        let mut moves = *operation == Operation::Input(variable);
        operation.map(|operand| moves |= moving[operand]);
        moving[id] = moves;
    }
    moving
}

fn last_uses(graph: &Graph, order: &[Id], fixed: usize) -> Vec<LastUse> {
    let mut last = vec![LastUse::Never; graph.operations.len()];
    for (position, id) in order.iter().enumerate() {
        graph.operations[*id].map(|operand| last[operand] = LastUse::At(position));
    }
    for id in &order[..fixed] {
        if matches!(last[*id], LastUse::At(position) if position >= fixed) {
            last[*id] = LastUse::AfterAll;
        }
    }
    for (id, operation) in graph.operations.iter().enumerate() {
        if id == graph.result || matches!(operation, Operation::Input(_)) {
            last[id] = LastUse::AfterAll;
        }
    }
    last
}

struct Writer<'a> {
    graph: &'a Graph,
    needed: &'a [bool],
    register_of: Vec<Option<Register>>,
    last_use: Vec<LastUse>,
    free: Vec<Register>,
    registers: usize,
    instructions: Vec<Instruction>,
}

impl Writer<'_> {
    /// Where a node's value is.
    fn register(&self, id: Id) -> Register {
        match self.graph.operations[id] {
            Operation::Input(index) => index,
            _ => self.register_of[id].unwrap_or(0),
        }
    }

    fn write(&mut self, position: usize, id: Id) {
        if self.register_of[id].is_some() {
            return;
        }
        let operation = self.graph.operations[id];
        let named = operation.map(|operand| self.register(operand));
        operation.map(|operand| self.release(operand, position));
        let out = self.claim(id);
        let instruction = match (named, self.twin(operation)) {
            (Operation::One(function, angle), Some(twin)) => {
                let other = self.claim(twin);
                let (sin, cos) = if function == One::Sin { (out, other) } else { (other, out) };
                Instruction::SinCos { sin, cos, angle }
            }
            _ => Instruction::Set(out, named),
        };
        self.instructions.push(instruction);
    }

    /// The cosine of the same angle for a sine, and the other way round, if it is needed.
    fn twin(&self, operation: Operation<Id>) -> Option<Id> {
        let twin = match operation {
            Operation::One(One::Sin, angle) => Operation::One(One::Cos, angle),
            Operation::One(One::Cos, angle) => Operation::One(One::Sin, angle),
            _ => return None,
        };
        self.graph.known.get(&twin).copied().filter(|id| self.needed[*id])
    }

    /// Gives an operand's register back after its last use.
    fn release(&mut self, operand: Id, position: usize) {
        if self.last_use[operand] == LastUse::At(position) {
            // Not twice, for an operand that is used twice.
            self.last_use[operand] = LastUse::Never;
            self.free.extend(self.register_of[operand]);
        }
    }

    fn claim(&mut self, id: Id) -> Register {
        let register = self.free.pop().unwrap_or_else(|| {
            self.registers += 1;
            self.registers - 1
        });
        self.register_of[id] = Some(register);
        register
    }
}
