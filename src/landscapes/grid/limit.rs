//! Which slopes an interpolant may have, so that it makes no hills and dips that the values do not have.
//!
//! A cell whose ends rise (or are level) keeps its cubic between them: both slopes lie between 0 and three times that of its
//! chord. Only where the chords on both sides lead the other way, so that the values themselves turn between the two ends,
//! each slope may lie between the two chords that meet there: a bowl keeps its bottom. Level ends are joined by a level
//! line. In two dimensions the same is asked of the sixteen Bézier points of a cell.
//! J. M. Hyman, Accurate monotonicity preserving cubic interpolation, SIAM Journal on Scientific and Statistical Computing
//! 4 (1983); F. N. Fritsch and R. E. Carlson, Monotone piecewise cubic interpolation, SIAM Journal on Numerical Analysis 17
//! (1980).

/// The chords around a cell of a row of values: its own, that before and that after; NaN where there is none.
#[derive(Clone, Copy)]
struct Chords {
    before: f64,
    own: f64,
    after: f64,
}

impl Chords {
    /// Around the cell from `index` to the next value.
    fn of(values: &[f64], index: usize) -> Self {
        let chord = |from: Option<usize>| {
            let from = from.filter(|from| from + 1 < values.len());
            from.map_or(f64::NAN, |from| values[from + 1] - values[from])
        };
        let own = chord(Some(index));
        let (before, after) = (chord(index.checked_sub(1)), chord(Some(index + 1)));
        // Beyond an end the values go on as the parabola through the last three, if that turns, or straight on.
        let beyond = |other: f64| if opposite(own, other) { 2.0 * own - other } else { own };
        match (before.is_nan(), after.is_nan()) {
            (true, true) => Self { before: own, own, after: own },
            (true, false) => Self { before: beyond(after), own, after },
            (false, true) => Self { before, own, after: beyond(before) },
            (false, false) => Self { before, own, after },
        }
    }

    /// Whether the values turn inside the cell.
    fn turn(self) -> bool {
        self.own != 0.0 && opposite(self.before, self.after)
    }

    /// The slopes allowed at the end next to a chord.
    fn allowed(self, next: f64) -> [f64; 2] {
        if self.turn() { ordered(self.own, next) } else { ordered(0.0, 3.0 * self.own) }
    }
}

fn opposite(a: f64, b: f64) -> bool {
    a < 0.0 && b > 0.0 || a > 0.0 && b < 0.0
}

fn ordered(a: f64, b: f64) -> [f64; 2] {
    [a.min(b), a.max(b)]
}

/// Limits the slopes along a row of values; where nothing is limited they keep their bits.
pub(super) fn limit_row(values: &[f64], slopes: &mut [f64]) {
    for (index, slope) in slopes.iter_mut().enumerate() {
        let left = index.checked_sub(1).map(|cell| Chords::of(values, cell)).filter(|chords| !chords.own.is_nan());
        let right = Some(Chords::of(values, index)).filter(|chords| !chords.own.is_nan());
        for [low, high] in
            [left.map(|chords| chords.allowed(chords.after)), right.map(|chords| chords.allowed(chords.before))]
                .into_iter()
                .flatten()
        {
            *slope = slope.max(low).min(high);
        }
    }
}

/// Whether the values of a row turn between an index and the next.
pub(super) fn turns(values: &[f64], index: usize) -> bool {
    Chords::of(values, index).turn()
}

/// A cell that a node is a corner of: on which side of the node it lies, and how far its values lie below and above the
/// node's.
#[derive(Clone, Copy)]
pub(super) struct Neighbor {
    /// ±1 along x and along y.
    pub(super) side: [f64; 2],
    /// The least and the greatest value of its corners, less that of the node: at most 0 and at least 0.
    pub(super) room: [f64; 2],
}

/// Limits the slopes along x and y and the mixed derivative of a node, in units of steps, so that its Bézier points stay
/// within the values of each of these cells.
///
/// The Bézier point next to the node is `sx·fx/3 + sy·fy/3 + sx·sy·fxy/9` above it. The mixed derivative is brought into
/// the range that all cells leave; where they leave none, the slopes are made smaller until they do.
pub(super) fn limit_node(cells: &[Neighbor], [dx, dy, dxy]: [f64; 3]) -> [f64; 3] {
    // Each cell allows mixed parts from `low` to `high`, both less `tilt` times the share of the slopes that is kept.
    let ranges = cells.iter().map(|cell| {
        let [sx, sy] = cell.side;
        let sign = sx * sy;
        let [low, high] = ordered(sign * cell.room[0], sign * cell.room[1]);
        (low, high, sign * (sx * dx + sy * dy) / 3.0)
    });
    let mut kept = 1.0_f64;
    for (low, _, tilt) in ranges.clone() {
        for (_, high, other) in ranges.clone() {
            let gap = other - tilt;
            if gap > 0.0 {
                kept = kept.min((high - low) / gap);
            }
        }
    }
    let widest = [f64::NEG_INFINITY, f64::INFINITY];
    let [low, high] = ranges
        .fold(widest, |[most, least], (low, high, tilt)| [most.max(low - kept * tilt), least.min(high - kept * tilt)]);
    let mixed = if dxy < 9.0 * low {
        9.0 * low
    } else if dxy > 9.0 * high {
        9.0 * high
    } else {
        dxy
    };
    if kept < 1.0 { [kept * dx, kept * dy, mixed] } else { [dx, dy, mixed] }
}
