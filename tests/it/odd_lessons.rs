//! Lesson files as people write them wrongly, and as nobody would: every mistake is said with its place, and nothing panics.

use taylorscope::lessons::{FILES, GUIDE, MOST_BYTES};
use taylorscope::numbers::SplitMix64;
use taylorscope::state::{Lesson, check_lesson};

/// A lesson of one page around these lines, from line 7 on.
fn page(lines: &str) -> String {
    format!("+++\nid = \"a\"\ntitle = \"A\"\nquestion = \"B?\"\n+++\n# Heading\n{lines}\n")
}

const SCENE: &str = "```scene\nlandscape = \"bowl\"\nruns = [\"gd:lr=0.3\"]\nsteps = 20\n```\n";

fn said(text: &str) -> Vec<String> {
    check_lesson(text, &|_| panic!("names no file")).iter().map(|mistake| mistake.in_text(text)).collect()
}

#[test]
fn mistakes_are_said_with_line_column_and_the_nearest_name() {
    for (lines, expected) in [
        ("```secne\n```", "7:4: a block is scene, try, predict or look, not 'secne'; did you mean 'scene'?"),
        ("$\\lamda$\n", "7:2: unknown command '\\lamda'; did you mean 'lambda'?"),
        ("a\n\n$$ \\frac{1} $$\n", "9:13: "),
        ("## Two\n", "7:1: a page has one heading"),
        ("[a](b)\n", "7:1: a lesson has no links"),
        (
            "```predict\nkind = \"path\"\nof = \"step\"\nquestion = \"Where?\"\n```",
            "9:6: path is predicted of the run only: of = \"run\"",
        ),
        ("```look\nat = \"rat\"\n```", "8:6: unknown part of the window or overlay 'rat'; did you mean 'rate'?"),
        (
            "```look\nat = \"slider\"\n```",
            "8:6: unknown part of the window or overlay 'slider'\nthere are: picture, sentence, rate, ",
        ),
        ("```look\nta = \"rate\"\n```", "8:1: unknown key 'ta'"),
        (
            "```predict\nkind = \"landin\"\nquestion = \"Where?\"\n```",
            "8:8: unknown kind of prediction 'landin'; did you mean 'landing'?",
        ),
        ("```try\ntask = \"T\"\n[done]\nends = \"cicle\"\n```", "10:8: unknown end 'cicle'; did you mean 'cycle'?"),
        ("```try\ntask = \"T\"\n[done]\nendz = \"cycle\"\n```", "10:1: unknown key 'endz'; did you mean 'ends'?"),
        (
            "```try\ntask = \"T\"\n[done]\nplayhead = [9, 2]\n```",
            "10:12: playhead must begin with the smaller number: [2, 9]",
        ),
        (
            "```try\ntask = \"T\"\n[done]\nloss_below = \"x\"\n```",
            "10:14: loss_below must be a finite number, not a text",
        ),
        (
            "```try\ntask = \"T\"\n[done]\nmethod = \"newtn\"\n```",
            "10:10: unknown method 'newtn'; did you mean 'newton'?",
        ),
        (
            "```try\ntask = \"T\"\n[done]\nparameter = { name = \"lrr\", min = 1 }\n```",
            "10:22: unknown parameter 'lrr'; did you mean 'lr",
        ),
        ("```try\ntask = \"T\"\n[done]\nloss_below = 1e3\n```", "7:1: this task is done as soon as its page is shown"),
        (
            "```try\ntask = \"T\"\n[done]\nends = \"saddle\"\n[solution]\nparameters = { lr = 0.5 }\n```",
            "7:1: the solution does not do this task",
        ),
        (
            "```try\ntask = \"T\"\n[done]\nends = \"cycle\"\n[solution]\nparameters = { rl = 0.5 }\n```",
            "12:16: unknown parameter 'rl'",
        ),
        ("```try\ntask = \"T\"\n```", "7:1: [done] is missing"),
        ("```try\ntask = \n```", "8:8: "),
    ] {
        let text = page(&format!("{lines}\n\n{SCENE}"));
        let said = said(&text);
        assert!(said.iter().any(|line| line.starts_with(expected)), "{lines:?}: {said:#?}");
    }
    assert!(said(&page("words")).iter().any(|line| line.contains("the first page needs a scene")), "no scene");
    for (scene, expected) in [
        ("landscape = \"bwl\"\nruns = [\"gd\"]", "did you mean 'bowl'?"),
        ("landscape = \"bowl\"\nrunz = [\"gd\"]", "unknown"),
        ("landscape = \"bowl\"\nruns = [\"gd\"]\n[view]\nshow = [\"regin\"]", "did you mean 'region'?"),
        ("landscape = \"bowl\"\nruns = [\"gd\"]\n[view]\npage = 30", "11:8: page cannot be 30"),
        ("landscape = \"bowl\"\nruns = [\"gd\"]\n[view]\nsample = 3", "11:10: sample cannot be 3"),
        ("landscape = \"bowl\"\nruns = [\"gd\"]\n[view]\nlesson = \"slope\"", "11:1: the scene of a page names no"),
    ] {
        let said = said(&page(&format!("```scene\n{scene}\n```\n")));
        assert!(said.iter().any(|line| line.contains(expected)), "{scene:?}: {said:?}");
    }
}

/// Whatever Markdown knows and a page cannot show is named, and not shown as it is typed.
#[test]
fn what_a_page_cannot_show_is_a_mistake() {
    for (lines, expected) in [
        ("a\n\n[a]: http://example.org\n", "9:1: a lesson has no links"),
        ("<http://example.org>\n", "7:1: a lesson has no links"),
        ("![a](b.png)\n", "7:1: a lesson has no images"),
        ("a\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", "9:1: a page shows no tables"),
        ("a\n\n~~~\ncode\n~~~\n", "9:1: a page shows no fenced code"),
        ("a\n\n ```scene\nx\n ```\n", "9:2: a page shows no fenced code"),
        ("a\n\n    code\n", "9:5: lines that begin with four spaces"),
        ("a[^1]\n\n[^1]: note\n", "7:2: a lesson has no footnotes"),
        ("a ~~b~~\n", "7:3: a page strikes no words out"),
        ("Text $\\frac{1}{2$ and.\n", "7:6: this $ begins or ends no formula"),
        ("a\n\n5 $ and no more\n", "9:3: this $ begins or ends no formula"),
        ("- [ ] a\n", "7:3: a lesson has no boxes to tick"),
        ("> a\n", "7:1: a lesson has no quotations"),
        ("a <b>c</b>\n", "7:3: a lesson has no HTML"),
        ("<div>c</div>\n", "7:1: a lesson has no HTML"),
        ("<!-- c -->\n", "7:1: a lesson has no HTML"),
        ("a\n\n***\n", "9:1: a line is no part of a lesson"),
        ("- a\n  - b\n    - c\n      - d\n", "10:7: lists stand in lists at most 3 deep"),
    ] {
        let text = page(&format!("{lines}\n\n{SCENE}"));
        let said = said(&text);
        assert!(said.iter().any(|line| line.starts_with(expected)), "{lines:?}: {said:#?}");
    }
}

/// What follows from a mistake is none of its own.
#[test]
fn a_mistake_is_said_once_and_with_the_nearest_name() {
    for (scene, expected) in [
        ("landscape = \"tanh2:data=../x\"\nruns = [\"gd\"]", "of its own folder only"),
        ("landscape = \"bowl\"\nrunz = [\"gd\"]", "unknown key 'runz'; did you mean 'runs'?"),
        ("landscape = \"bowl\"\n[[rum]]\nmethod = \"gd\"", "unknown key 'rum'; did you mean 'run'?"),
        ("landscpe = \"bowl\"\nruns = [\"gd\"]", "unknown key 'landscpe'; did you mean 'landscape'?"),
    ] {
        let said = said(&page(&format!("```scene\n{scene}\n```\n")));
        assert!(said.len() == 1 && said[0].contains(expected), "{scene:?}: {said:#?}");
    }
}

#[test]
fn all_mistakes_of_a_file_are_said_at_once() {
    let scene = "```scene\nlandscape = \"bwl\"\nruns = [\"gd\"]\n```\n";
    let text = page(&format!(
        "$\\lamda$ and $\\frac{{1}}$\n```look\nat = \"rat\"\n```\n```try\ntask = 3\nhnt = \"x\"\n```\n{scene}"
    ));
    let found = check_lesson(&text, &|_| panic!("names no file"));
    let lines: Vec<usize> = found.iter().map(|mistake| mistake.place(&text)[0]).collect();
    assert_eq!(lines, [7, 7, 9, 11, 12, 13, 16], "in the order of the file: {found:#?}");
}

/// What is wrong in one part of a task does not hide what is wrong in the others.
#[test]
fn all_mistakes_of_a_task_are_said_at_once() {
    let of = |block: &str| -> Vec<usize> {
        let text = page(&format!("{SCENE}{block}"));
        check_lesson(&text, &|_| panic!("names no file")).iter().map(|mistake| mistake.place(&text)[0]).collect()
    };
    let solution = "[solution]\nparameters = { rl = 0.5 }\ntab = \"slcie\"\n```\n";
    let goal = "[done]\nends = \"cicle\"\nparameter = { name = \"lrr\", min = 1 }\n";
    assert_eq!(of(&format!("```try\ntask = \"T\"\n{goal}{solution}")), [15, 16, 18, 19], "each word");
    assert_eq!(of(&format!("```try\n{goal}{solution}")), [13, 14, 15, 17, 18], "also without a task");
    assert_eq!(of(&format!("```try\ntask = \"T\"\n{solution}")), [12, 15, 16], "also without a goal");
}

/// One change of a text: a piece of it, or of another lesson, or something odd, is put somewhere, or a piece is taken away.
fn mutated(text: &str, random: &mut SplitMix64) -> String {
    const ODD: [&str; 24] = [
        "```",
        "+++",
        "---",
        "$",
        "$$",
        "\\frac{",
        "}",
        "{",
        "[done]",
        "\n",
        "\u{0}",
        "é∇",
        "\"",
        "'''",
        "= [",
        "1e999",
        "-",
        "# ",
        "\\begin{pmatrix}",
        "&",
        "- - - - - ",
        "**",
        "\\left(",
        "\r\n",
    ];
    let mut letters: Vec<char> = text.chars().collect();
    let mut pick = |count: usize| ((random.uniform() * count as f64) as usize).min(count.saturating_sub(1));
    for _ in 0..=pick(3) {
        let at = pick(letters.len() + 1);
        let length = [1, 3, 20, 200][pick(4)].min(letters.len() - at);
        match pick(4) {
            0 => {
                letters.drain(at..at + length);
            }
            1 => {
                let piece: Vec<char> = letters[at..at + length].to_vec();
                let to = pick(letters.len() + 1);
                letters.splice(to..to, piece);
            }
            2 => {
                let other: Vec<char> = FILES[pick(FILES.len())].chars().collect();
                let from = pick(other.len());
                let piece = other[from..(from + length).min(other.len())].to_vec();
                letters.splice(at..at, piece);
            }
            _ => {
                letters.splice(at..at, ODD[pick(ODD.len())].chars());
            }
        }
    }
    letters.into_iter().collect()
}

/// Mutated lessons are lessons or mistakes; `TAYLORSCOPE_MUTATIONS=10000` tries as many as that.
#[test]
fn mutated_lessons_never_panic() {
    let count = std::env::var("TAYLORSCOPE_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(250);
    let mut random = SplitMix64::of_names(&["mutated lessons"]);
    let example = GUIDE.split("````markdown\n").nth(1).and_then(|rest| rest.split("````").next()).unwrap();
    let (mut read, mut refused) = (0, 0);
    for turn in 0..count {
        let text = if turn % 4 == 0 { example } else { FILES[turn % FILES.len()] };
        let text = mutated(text, &mut random);
        match Lesson::read(&text) {
            Ok(lesson) => {
                read += 1;
                for scene in lesson.pages.iter().filter_map(taylorscope::state::Page::scene) {
                    drop(scene);
                }
            }
            Err(mistakes) => {
                refused += 1;
                assert!(!mistakes.is_empty(), "something is said");
                for mistake in mistakes {
                    assert!(mistake.at <= text.len() && !mistake.what.is_empty(), "{mistake:?}");
                    let _ = mistake.in_text(&text);
                }
            }
        }
    }
    assert!(read > count / 20 && refused > count / 20, "both are tried: {read} read, {refused} refused");
}

#[test]
fn what_has_no_end_is_refused_in_no_time() {
    for text in [
        "x".repeat(MOST_BYTES + 1),
        page(&"- ".repeat(50_000)),
        page(&format!("${}$", "{".repeat(900))),
        page(&"*a **b ".repeat(20_000)),
        page(&"---\n".repeat(20_000)),
        page(&"```scene\n".repeat(10_000)),
        page(&format!("```try\na = {}\n```", "[".repeat(5_000))),
        page(&"$".repeat(50_000)),
        page(&"> ".repeat(50_000)),
    ] {
        assert!(Lesson::read(&text).is_err(), "{}", &text[..40]);
    }
}
