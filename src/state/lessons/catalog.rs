//! Every lesson, with its words and its scene: a new one is an entry here.

use super::Lesson;

/// This many stand on top of the list: what a first hour is about.
pub const FIRST: usize = 6;

/// Every lesson, those of a first hour first.
pub static ALL: &[Lesson] = &[
    Lesson {
        id: "tangent-plane",
        title: "Tangent plane",
        question: "What is a tangent plane?",
        answer: "The plane that touches the loss surface at a point, as high and as steep as the loss there. It is all that a gradient says: the method knows this plane and nothing else, and takes its step as if it were the loss.",
        look: "In fog only what the method has asked is seen. Step on with →, then lift the fog with 9.",
        scene: r#"
landscape = "himmelblau"
runs = ["gd:lr=0.012"]
start = [0.15, 0.35]
steps = 60
playhead = 2

[view]
map = { center = [2.1, 0.7], half = [2.7, 2.7] }
picture = "surface"
tab = "slice"
show = ["fog"]
open = ["rule"]
"#,
    },
    Lesson {
        id: "learning-rate",
        title: "Learning rate",
        question: "What does the learning rate do?",
        answer: "It says how far the plane is trusted. Along a direction of curvature λ a step multiplies the distance from the bottom by 1 − ηλ: below 1/λmax the path goes straight down, beyond it oscillates across the valley, and beyond 2/λmax every step ends higher than it began.",
        look: "Drag η under the picture through its zones, and watch the steepest direction: 1/λmax is 0.05, 2/λmax is 0.1.",
        scene: r#"
landscape = "quad"
runs = ["gd:lr=0.08"]
steps = 60
playhead = 3

[view]
tab = "curvature"
open = ["curvature"]
"#,
    },
    Lesson {
        id: "second-order",
        title: "First against second order",
        question: "What does the second order buy, and what does it cost?",
        answer: "The quadratic model bends with the loss: on a long valley one step arrives where gradient descent is slow along it and oscillates across. For n weights it takes n(n+1)/2 numbers and n³/3 operations a step, 4 TB and 3·10¹⁷ at a million. And where the loss curves down, Newton's step goes to saddles and maxima.",
        look: "Newton's method needs one step, gradient descent 80. Drag n: from 25 weights on the 80 cheap steps are less work.",
        scene: r#"
landscape = "quad"
runs = ["newton", "gd:lr=0.08"]
start = [-2.1, 1.7]
steps = 100
playhead = 0

[view]
tab = "compare"
compare = { weights = 2.0, chart = "work" }
"#,
    },
    Lesson {
        id: "momentum-escapes",
        title: "Leaving a local minimum",
        question: "What is a local minimum, and how does one leave it?",
        answer: "A place lower than all around it, though perhaps not the lowest: every slope leads back to it, so gradient descent stays. A ball with momentum arrives with energy ½‖d‖²/η, and passes the barrier if that is more than the height left to the saddle, and friction leaves it enough.",
        look: "The ball passes the saddle at step 10. Drag β under the picture down, and it stays.",
        scene: r#"
landscape = "double_well"
runs = ["momentum:lr=0.02,beta=0.9", "gd:lr=0.02"]
start = [2.0, 1.0]
steps = 150
playhead = 7

[view]
tab = "memory"
open = ["rule"]
slides_coefficient = true
"#,
    },
    Lesson {
        id: "newton-saddle",
        title: "Newton and saddles",
        question: "Why does Newton's method stop at a saddle?",
        answer: "Its step goes to where the gradient of the quadratic model vanishes, and that may be a saddle or a maximum as well as a minimum. A method that takes |λ| for λ goes down along every direction, and leaves.",
        look: "Newton's run ends at the saddle. The other run takes |λ|, and ends in a minimum: press ] for it.",
        scene: r#"
landscape = "himmelblau"
runs = ["newton", "saddle_free"]
start = [-0.6, 2.2]
steps = 12
playhead = 0

[view]
tab = "curvature"
open = ["curvature"]
"#,
    },
    Lesson {
        id: "backpropagation",
        title: "Backpropagation",
        question: "What is backpropagation?",
        answer: "The chain rule, done once through the network from the loss back to the weights: every node hands its derivative on, multiplied by the slope of the edge. One pass gives the derivative by every weight, for about the price of a few evaluations of the loss.",
        look: "One sample: go forward and back through the network with J. A weight under the pointer lights its path; below the graph another sample is chosen, or all.",
        scene: r#"
landscape = "tanh2"
runs = ["gd:lr=0.1"]
steps = 200
playhead = 3

[view]
tab = "graph"
open = ["rule"]
sample = 0
"#,
    },
    Lesson {
        id: "curved-ground",
        title: "Straight steps on curved ground",
        question: "Is gradient descent broken because it goes straight over curved ground?",
        answer: "No. The plane is right at the point and nearly right around it, and it is asked for anew at every step. Only a step that goes further than the plane is right breaks the promise: then take a shorter one, or learn the curvature.",
        look: "The region is where the plane is right within 10 %. The arrow is hollow where it leaves it: drag η until it stays inside, and read the sentence.",
        scene: r#"
landscape = "himmelblau"
runs = ["gd:lr=0.036"]
start = [0.15, 0.35]
steps = 60
playhead = 2

[view]
map = { center = [2.1, 0.7], half = [2.7, 2.7] }
tab = "slice"
show = ["region"]
open = ["reach"]
"#,
    },
    Lesson {
        id: "finite-step",
        title: "The finite step itself",
        question: "Why not differentiate the finite step itself?",
        answer: "One can look for the best step of a given length, δ*, but only by asking for the loss all around: thousands of values against one gradient, and with a million weights more directions than can be tried. And the shorter the step, the nearer δ* lies to −∇f, which costs one gradient.",
        look: "The star is δ*. Press Z: the circle shrinks, and δ* turns into −∇f before your eyes.",
        scene: r#"
landscape = "himmelblau"
runs = ["gd:lr=0.036"]
start = [0.15, 0.35]
steps = 60
playhead = 2

[view]
map = { center = [2.1, 0.7], half = [2.7, 2.7] }
tab = "circle"
show = ["circle"]
open = []
"#,
    },
    Lesson {
        id: "step-scales",
        title: "Steps that scale with the gradient",
        question: "Why does the step scale with the gradient?",
        answer: "On a quadratic the way to the bottom is the slope divided by the curvature: far away the loss is steep and the way long, near the bottom both vanish together. A step of η∇f follows by itself; one of fixed length ends oscillating around the minimum.",
        look: "Two runs from one start, the second with steps of one length. Play to the end, and look at the chart of the loss.",
        scene: r#"
landscape = "bowl"
runs = ["gd:lr=0.3", "gd_normalized:lr=0.4"]
start = [2.5, 1.5]
steps = 30
playhead = 8

[view]
tab = "loss"
open = ["rule"]
"#,
    },
    Lesson {
        id: "momentum",
        title: "Momentum",
        question: "What is momentum?",
        answer: "A velocity: the sum of all past gradients, each weighing β times as much as the one after it. What points the same way again and again adds up, what changes sides cancels: along a valley it gains speed, across it it is calmed.",
        look: "The fan shows the past gradients in this step's velocity, and the chart what each still weighs.",
        scene: r#"
landscape = "quad"
runs = ["momentum:lr=0.01,beta=0.9"]
steps = 120
playhead = 12

[view]
tab = "memory"
show = ["fan"]
open = ["rule"]
"#,
    },
    Lesson {
        id: "relu",
        title: "ReLU converges",
        question: "How can ReLU, with its constant slope, converge?",
        answer: "The slope of the unit is constant, that of the loss is not: every sample's error multiplies it, and as the fit gets better the errors shrink or cancel each other, and the gradient vanishes with them.",
        look: "Play: the curve takes the samples in, the slope of the unit stays 1, and ‖∇f‖ goes to 0 (Slope and error in the tab Rule). The pale lines on the map are kinks, one for each sample.",
        scene: r#"
landscape = "relu"
runs = ["gd:lr=0.1"]
steps = 200
playhead = 3

[view]
tab = "data"
open = ["slope"]
"#,
    },
    Lesson {
        id: "constant-slope",
        title: "A loss of constant slope",
        question: "And if the loss itself has a constant slope?",
        answer: "Then a fixed rate never settles: the gradient is as long right beside the minimum as far away, and the run ends jumping across the kink. A rate that falls from step to step settles.",
        look: "Both runs have the same start and first rate; the second one's rate falls. Look at the chart of the loss.",
        scene: r#"
landscape = "l1"
runs = ["gd:lr=0.3", "gd:lr=0.3,schedule=inverse_time,decay=0.1"]
start = [1.33, -0.87]
steps = 120
playhead = 20

[view]
tab = "loss"
open = ["rule"]
"#,
    },
    Lesson {
        id: "edge-of-stability",
        title: "Edge of stability",
        question: "Must the rate be below its limit everywhere?",
        answer: "Only where the run is to rest. Where the valley is too steep for its rate, the run swings across it, and every swing drives it along the valley to where that is less steep: λmax sinks until it is just below 2/η. So a larger rate finds a flatter minimum, as is seen in the training of networks (Cohen et al., 2021).",
        look: "The chart has λmax of both runs and the limit 2/η. They end at 19.95, below 20, and at 32.04, below 40. With η = 0.2 the run diverges.",
        scene: r#"
landscape = "formula:(x^2*y^2-1)^2/4"
runs = ["gd:lr=0.1", "gd:lr=0.05"]
start = [4.0, 0.3]
steps = 3000
playhead = 40

[view]
map = { center = [3.5, 0.25], half = [0.75, 0.5] }
tab = "loss"
open = ["rule"]
chart = { quantity = "lambda_max" }
"#,
    },
    Lesson {
        id: "noise",
        title: "Why noise helps",
        question: "Why is noise good?",
        answer: "In a poor minimum the gradients of all samples cancel, but each sample alone still wants to leave: a batch of a few has a loss of its own, and pushes. Where the samples are at odds the pushes are strong enough to carry the run over the rim. In a good minimum every sample is nearly content, so they fade. It is luck, not a law.",
        look: "Descent over all samples stays in a poor minimum, batches of 2 leave it. Give it batches of 4, and it stays too. The arrows are the gradients of the samples.",
        scene: r#"
landscape = "sine"
runs = ["sgd:lr=0.4,batch=2,seed=2", "gd:lr=0.4"]
start = [1.0, 2.6]
steps = 200
playhead = 25

[view]
map = { center = [1.7, 1.5], half = [1.9, 1.9] }
tab = "data"
show = ["cloud"]
open = ["batch"]
"#,
    },
    Lesson {
        id: "noise-settles",
        title: "Noise that settles",
        question: "Why does it not settle?",
        answer: "In the minimum the gradients of all samples cancel, those of a batch do not: with a fixed rate every step is thrown about by η times its batch, for ever. A rate that falls from step to step makes the throws smaller and the average longer, and the run settles (Robbins and Monro, 1951).",
        look: "Both runs draw the same batches, the second one's rate falls: look at the chart of the loss. In the run's color on the map: the loss of this batch, with its own minimum.",
        scene: r#"
landscape = "linreg"
runs = ["sgd:lr=0.08,batch=2", "sgd:lr=0.08,batch=2,schedule=inverse_time,decay=0.1"]
start = [-1.0, -1.5]
steps = 300
playhead = 30

[view]
tab = "loss"
show = ["batch"]
open = ["batch"]
"#,
    },
];
