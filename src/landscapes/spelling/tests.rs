//! Spellings that come back as they were, and what is said of wrong ones.

use super::*;
use crate::numbers::Point;

#[test]
fn the_spelling_round_trips() {
    for text in [
        "bowl",
        "quad:kappa=50,theta=0.3",
        "rosenbrock:b=20",
        "tanh2:seed=5",
        "tanh2",
        "formula:a x^2 + max(x, y)",
        "formula:a x^2,a=2",
        "formula:λ x^2 + a max(x, y),lambda=-0.5,a=3",
        "formula:f(x, y) = a x^2 + y,a=2",
        "formula:lambda x, y: a x**2 + y,a=2",
        "formula:a x[0]^2 + x[1],a=2",
        "formula:if(x == 1, a, 2),a=7",
        "tanh2:n=40,noise=0.2,seed=3",
        "sine:noise=0",
        "depth",
        "depth:layers=12,act=relu,n=3,seed=9",
        "network:w2*tanh(w1*x)",
        "network:max(w1 x, a w2),a=-2.5,loss=huber,n=100,noise=0,seed=4",
        "network:w1 x + w2,loss=ce",
    ] {
        let landscape = Landscape::parse(text).unwrap();
        assert_eq!(landscape.to_string(), text, "{text}");
        assert_eq!(Landscape::parse(&landscape.to_string()).unwrap(), landscape, "{text}");
    }
    for (text, shorter) in [
        ("tanh2:seed=1007", "tanh2"),
        ("depth:act=tanh,n=16", "depth"),
        ("network: w1 x , loss = mse", "network:w1 x"),
        ("formula: a x^2 , a = 1 ", "formula:a x^2"),
        ("formula:λ x^2,λ=3", "formula:λ x^2,lambda=3"),
        ("network:λ w1 x,λ=3", "network:λ w1 x,lambda=3"),
    ] {
        assert_eq!(Landscape::parse(text).unwrap().to_string(), shorter, "what is usual anyway is left out");
    }
    let read = |_: &Path| Ok(b"x,y\n1,2\n3,4".to_vec());
    for text in ["linreg:data=some.csv", "network:w1 x,a=3,loss=mae,data=some.csv"] {
        let text = text.replace("a=3,", "");
        assert_eq!(Landscape::parse_with(&text, None, &read).unwrap().to_string(), text, "{text}");
    }
    // Spaces at the ends of a file's name are its own, where there is such a file.
    let read = |path: &Path| match path.to_str() {
        Some("a.csv " | " b.csv" | "c.csv") => Ok(b"x,y\n1,2\n3,4".to_vec()),
        _ => Err(InputError::Data("no such file".to_owned())),
    };
    for (text, spelled) in [
        ("linreg:data=a.csv ", "linreg:data=a.csv "),
        ("linreg:data= b.csv", "linreg:data= b.csv"),
        ("linreg:data= c.csv ", "linreg:data=c.csv"),
        ("network:w1 x,data=a.csv ,loss=mae", "network:w1 x,loss=mae,data=a.csv "),
    ] {
        assert_eq!(Landscape::parse_with(text, None, &read).unwrap().to_string(), spelled, "{text}");
    }
    let edited = Landscape::parse("tanh2:n=5").unwrap().with_samples(vec![[0.0, 1.0]]).unwrap();
    assert_eq!(edited.to_string(), "tanh2:data=(edited)", "samples set by hand");
    assert!(Landscape::parse(&edited.to_string()).unwrap_err().to_string().contains("have no spelling"));
}

#[test]
fn the_values_of_letters_stand_behind_a_formula() {
    let value = |text: &str| Landscape::parse(text).unwrap().loss().value(Point::new(2.0, 3.0));
    for (text, expected) in [
        ("formula:a x^2,a=2", 8.0),
        ("formula:a x^2, a = 2", 8.0),
        ("formula:a x + b y,b=-1,a=0.5", -2.0),
        ("formula:alpha x,α=3", 6.0),
        ("formula:f(x, y) = a x + y,a=2", 7.0),
        ("formula:max(a x, y),a=2", 4.0),
        ("formula:x, y -> a x + y,a=2", 7.0),
    ] {
        assert_eq!(value(text), expected, "{text}");
    }
}

#[test]
fn a_long_word_is_not_repeated() {
    let long =
        ["z".repeat(100_000), "é".repeat(100_000), "x+".repeat(50_000), "(".repeat(100_000), "1".repeat(100_000)];
    for word in &long {
        for text in [
            word.clone(),
            format!("{word}:a=1"),
            format!("quad:{word}"),
            format!("quad:{word}=1"),
            format!("quad:kappa={word}"),
            format!("quad:{word}=1,{word}=2"),
            format!("depth:act={word}"),
            format!("tanh2:seed=-{word}"),
            format!("formula:{word}"),
            format!("formula:a x,{word}=1"),
            format!("formula:a x,a={word}"),
            format!("formula:{}", word.chars().take(9_000).collect::<String>()),
            format!("formula:f({word})=x^2"),
            format!("network:{word}"),
            format!("network:w1 x,loss={word}"),
            format!("network:w1 x,{word}"),
        ] {
            let Err(error) = Landscape::parse(&text) else { continue };
            let message = error.to_string();
            let longest = message.lines().map(|line| line.chars().count()).max().unwrap_or(0);
            assert!(longest < 300, "{longest} characters: {}", message.chars().take(400).collect::<String>());
        }
    }
}

#[test]
fn what_is_wrong_is_named() {
    for (text, words) in [
        ("rosenbrok", "did you mean 'rosenbrock'"),
        ("quad:kapa=3", "did you mean 'kappa'"),
        ("quad:kappa=-3", "above 0"),
        ("quad:kappa=nan", "'nan' is not a finite number"),
        ("tanh2:seed=1.5", "whole number"),
        ("tanh2:kappa=1", "it has: n, noise, seed, data"),
        ("tanh2:n=0", "n cannot be 0: it must be a whole number from 1 to 10 000"),
        ("tanh2:n=10001", "n cannot be 10001"),
        ("tanh2:n=1.5", "n cannot be 1.5"),
        ("tanh2:noise=-1", "noise cannot be -1: it must be a number from 0 to 1000"),
        ("tanh2:noise=1e300", "a number from 0 to 1000"),
        ("tanh2:n=5,data=a.csv", "'n' is of samples that are drawn"),
        ("tanh2:data=a.csv,seed=1", "'seed' is of samples that are drawn"),
        ("depth:layers=21", "a whole number from 1 to 20"),
        ("depth:layers=2.5", "a whole number from 1 to 20"),
        ("depth:act=tanch", "did you mean 'tanh'"),
        ("network", "w2·tanh(w1·x)"),
        ("network:w2*tnah(w1*x)", "did you mean 'tanh'"),
        ("network:w3 x", "the two weights are w1 and w2"),
        ("network:w1 x - y", "'y' is the output that is wanted"),
        ("network:n w1 x", "'n' is the number of samples"),
        ("network:W3 x", "the two weights are w1 and w2"),
        ("network:1,5 w1 x", "1.5"),
        ("network:w1 x,loss=mean", "it is one of: sse, mse, mae, huber, ce"),
        ("network:w1 x,b=2", "it has: loss, n, noise, seed, data"),
        ("network:w1 x,data=a.csv", "cannot be read here"),
        ("networks:w1 x", "did you mean 'network'"),
        ("dept:layers=3", "did you mean 'depth'"),
        ("himmelblau:a=1", "it has: none"),
        ("formul:x", "did you mean 'formula'"),
        ("formula:x+sni(y)", "did you mean 'sin'?"),
        ("formula:a x^2,b=2", "'formula' has no parameter 'b'; did you mean 'a'?"),
        ("formula:x^2,b=2", "it has: none"),
        ("formula:x^2,x=2", "'x'; it is no letter with a slider, but a variable"),
        ("network:w1 x,w1=2", "no letter with a slider, but a variable"),
        ("formula:a x^2,a=", "a: '' is not a finite number; a number is missing"),
        ("formula:a x^2,a=two", "a: 'two' is not a finite number"),
        ("formula:a x^2,a=1,a=2", "'a' is given twice"),
        ("formula:a x^2,a=1,2", "'2' is not of the form key=value"),
        ("formula:a x^2,a=nan", "'nan' is not a finite number"),
        (
            "tanh2:data=a,b.csv",
            "'b.csv' is not of the form key=value: it lacks '=' and a value\na file with a comma in its name is given by --data FILE",
        ),
        ("network:w1 x,data=a,b.csv", "is given by --data FILE"),
        ("formula:a x^2,a", "on the command line written a=2"),
        ("formula:a x^2,a==2", "on the command line written a=2"),
        ("formula:a x^2;a=2", "--set a=2"),
        ("formula:a1 x^2,a1=2", "a slider has no index"),
        ("formula:1,5x^2", "write a decimal point: 1.5"),
        ("formula", "no formula yet"),
        ("grid:a.csv", "cannot be read here"),
    ] {
        let error = Landscape::parse(text).unwrap_err().to_string();
        assert!(error.contains(words), "{text}: {error}");
    }
}
