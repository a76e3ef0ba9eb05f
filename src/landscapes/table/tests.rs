//! What other tools write, a table of cases and one loop.

use super::*;
use proptest::prelude::*;

/// The rows of two or three columns, and what is said of it.
fn read<const N: usize>(text: &str, roles: impl Fn(&Table) -> Result<Roles<N>, TableFault>) -> (Vec<[f64; N]>, String) {
    let table = Table::read(text.as_bytes()).unwrap_or_else(|fault| panic!("{text:?}: {fault}"));
    let roles = roles(&table).unwrap_or_else(|fault| panic!("{text:?}: {fault}"));
    let row = |row: usize| roles.columns.map(|column| table.number(row, column));
    ((0..table.rows()).map(row).collect(), roles.notes.join("; "))
}

#[test]
fn two_columns_are_found_however_they_are_written() {
    let wanted = vec![[1.0, 2.0], [-0.3, 4.5], [3.0, 6.0]];
    for (text, note) in [
        ("x,y\n1,2\n-3e-1,4.5\n3,6\n", ""),
        ("\u{feff} X , Y \r\n\r\n1,2\r\n-0.3,4.5\r\n3,6", ""),
        ("\"x\",\"y\"\n\"1\",\"2\"\n-0.3,4.5\n3,6", ""),
        ("x,y\r1,2\r-0.3,4.5\r3,6\r", ""),
        ("1,2\n-0.3,4.5\n3,6\n", "read column 1 as x, column 2 as y"),
        ("1 2\n-0.3   4.5\n 3 6 \n", "separated by spaces"),
        ("1\t2\n-0.3\t4.5\n3\t6\n", "separated by tabs"),
        ("x;y\n1;2\n-0.3;4.5\n3;6\n", "separated by semicolons"),
        ("x;y\n1;2\n-0,3;4,5\n3;6\n", "semicolons, with decimal commas"),
        ("sep=;\nx;y\n1;2\n-0,3;4,5\n3;6\n", "with decimal commas"),
        ("x\ty\n1,0\t2\n-0,3\t4,5\n3\t6\n", "tabs, with decimal commas"),
        ("1,0 2\n-0,3 4,5\n3 6\n", "spaces, with decimal commas"),
        ("# made by hand\n% and so on\nx,y\n1,2\n# between\n-0.3,4.5\n3,6\n% end", ""),
        ("# x y\n1 2\n-0.3 4.5\n3 6\n", "spaces"),
        ("% from another tool\nx,y\n1,2\n-0.3,4.5\n3,6\n", ""),
        ("% x y\n1 2\n-0.3 4.5\n3 6\n", "spaces"),
        ("// made by hand, in \"C\n// twice\nx,y\n1,2\n// between\n-0.3,4.5\n3,6\n", ""),
        ("! made by hand\nx;y\n1;2\n-0,3;4,5\n3;6\n", "with decimal commas"),
        (
            "\"x\",\"y\"\n\"1,0\",\"2,0\"\n\"-0,3\",\"4,5\"\n\"3,0\",\"6,0\"\n",
            "in quotes were read with decimal commas",
        ),
        ("x,y\n1,2\n\"-0,300\",\"4,5\"\n3,6\n", "in quotes were read with decimal commas"),
        (",x,y\n0,1,2\n1,-0.3,4.5\n2,3,6\n", "left out column 1"),
        ("\"x\" \"y\"\n\"1\" 1 2\n\"2\" -0.3 4.5\n\"3\" 3 6\n", "left out column 1"),
        ("0,1,2\n1,-0.3,4.5\n2,3,6\n", "left out column 1"),
        ("y,x\n2,1\n4.5,-0.3\n6,3\n", ""),
        ("name,x,step,y\na,1,7,2\nb,-0.3,7,4.5\nc d,3,7,6\n", "left out 'name', 'step'"),
        ("size,price\n1,2\n-0.3,4.5\n3,6\n", "read 'size' as x, 'price' as y"),
        ("w_1,w₂,loss\n1,2,9\n-0.3,4.5,9\n3,6,9\n", "read 'w_1' as x, 'w₂' as y; left out 'loss'"),
        ("input,target\n1,2\n-0.3,4.5\n3,6\n", "read 'input' as x"),
        ("x,y,\n1,2,\n-0.3,4.5,\n3,6,\n", ""),
        ("x,y\n1,2,\n-0.3,4.5,\n3,6,,\n,,\n", ""),
        ("x (m),y [s]\n1,2\n-0.3,4.5\n3,6\n", ""),
        ("x,y\n1,2\nx,y\n-0.3,4.5\nx,y\n3,6\n", ""),
        ("x,y\n1.0D+00,2\n\u{2212}0.3,4.5\n3,6\n", ""),
    ] {
        let (rows, notes) = read(text, |table| table.pair("samples"));
        assert_eq!(rows, wanted, "{text:?}");
        assert!(notes.contains(note) && (!note.is_empty() || notes.is_empty()), "{text:?}: {notes}");
    }
    let many = format!("x,y\n1,2\n{}-0.3,4.5\n3,6", "\n \n".repeat(5000));
    assert_eq!(read(&many, |table| table.pair("samples")).0, wanted, "thousands of blank lines");
    let wide: Vec<u8> = "\u{feff}x;y\n1;2\n-0,3;4,5\n3;6".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let table = Table::read(&wide).unwrap();
    assert!(table.rows() == 3 && table.notes()[0].contains("UTF-16"), "{:?}", table.notes());
}

#[test]
fn the_columns_of_a_grid_are_found_by_name_or_by_what_they_hold() {
    let rows = |columns: fn(f64, f64, f64) -> String| -> String {
        let cell = |index: i32| (f64::from(index % 4), f64::from(index / 4));
        (0..16).map(cell).map(|(x, y)| columns(x, y, x * x + 10.0 * y) + "\n").collect()
    };
    for (header, columns, note) in [
        ("x,y,loss", (|x, y, f| format!("{x},{y},{f}")) as fn(f64, f64, f64) -> String, ""),
        ("X,Y,Loss", |x, y, f| format!("{x},{y},{f}"), ""),
        ("loss,y,x", |x, y, f| format!("{f},{y},{x}"), ""),
        ("x,y,z", |x, y, f| format!("{x},{y},{f}"), "'z' as loss"),
        ("w1,w2,loss", |x, y, f| format!("{x},{y},{f}"), "'w1' as x, 'w2' as y"),
        ("alpha,beta,loss", |x, y, f| format!("{x},{y},{f}"), "'alpha' as x, 'beta' as y"),
        ("beta,alpha,train_loss", |x, y, f| format!("{y},{x},{f}"), "'alpha' as x"),
        ("p,q,r", |x, y, f| format!("{x},{y},{f}"), "'p' as x, 'q' as y, 'r' as loss"),
        ("lr,decay,val_loss,epoch", |x, y, f| format!("{x},{y},{f},7"), "left out 'epoch'"),
        ("f,lr,decay", |x, y, f| format!("{f},{x},{y}"), "'lr' as x, 'decay' as y"),
        ("", |x, y, f| format!("{x},{y},{f}"), "column 3 as loss"),
        ("", |x, y, f| format!("{f};{x};{y}"), "column 1 as loss"),
        ("", |x, y, f| format!("{},{x},{y},{f}", x + 4.0 * y), "left out column 1"),
        (",x,y,loss", |x, y, f| format!("{},{x},{y},{f}", x + 4.0 * y), "left out column 1"),
        ("| x | y | loss |\n|---|:--|---:|", |x, y, f| format!("| {x} | {y} | {f} |"), "separated by bars"),
        ("x|y|loss", |x, y, f| format!("{x}|{y}|{f}"), "separated by bars"),
        ("time,x,y,loss,seed", |x, y, f| format!("now,{x},{y},{f},1"), "left out 'time', 'seed'"),
    ] {
        let text = format!("{header}\n{}", rows(columns));
        let (found, notes) = read(&text, Table::grid);
        assert_eq!(
            found,
            read(&format!("x,y,loss\n{}", rows(|x, y, f| format!("{x},{y},{f}"))), Table::grid).0,
            "{header}"
        );
        assert!(notes.contains(note), "{header}: {notes}");
    }
}

/// What other tools write where there is no number is a hole.
#[test]
fn words_for_a_missing_number_are_holes() {
    for word in [
        "",
        "NA",
        "--",
        "-",
        "?",
        ".",
        "NaN",
        "null",
        "None",
        "#NUM!",
        "#DIV/0!",
        "-nan(ind)",
        "-1.#IND",
        "<NA>",
        "inf",
        "nil",
    ] {
        let table = Table::read(format!("x,y,loss\n1,2,3\n2,2,{word}\n").as_bytes()).unwrap();
        assert_eq!(table.check(2, "loss", true), Ok(()), "{word}");
        assert!(!table.number(1, 2).is_finite(), "{word}");
        let fault = table.check(2, "loss", false).unwrap_err().within("f.csv");
        assert!(fault.ends_with("is not a finite number; correct it, or leave the line out"), "{word}: {fault}");
    }
    let table = Table::read(b"x,y,loss\n1,2,3%\n").unwrap();
    let fault = table.check(2, "loss", true).unwrap_err().within("f.csv");
    assert_eq!(
        fault,
        "f.csv, line 2: loss: '3%' is not a finite number; correct it, or write nan where nothing was measured"
    );
}

#[test]
fn what_stays_unclear_is_refused_in_a_sentence() {
    let long = "7".repeat(100_000);
    for (text, words) in [
        ("x;y\n1,5;2\n1.5;2\n", "line 2 has a decimal comma, and line 3 a decimal point"),
        ("x,y\n1,2\n3;4", "line 3: '3;4' has 1 cell, where 2 are expected"),
        ("x,y\n1,5,2,5", "write decimal points"),
        ("x,y\n1,2,3", "line 2: '1,2,3' has 3 cells"),
        ("x,y\n1,2\n5,3,4", "line 3: '5,3,4' has 3 cells"),
        ("x,y\n1,nan", "line 2: y: 'nan' is not a finite number"),
        ("x,y\n1,", "line 2: y: '' is not a finite number"),
        ("x,y\n-inf,1", "line 2: x: '-inf'"),
        ("x,y\n\n\n# why\n1e999,1", "line 5: x: '1e999'"),
        ("x,y\n1,one", "line 2: y: 'one'"),
        ("p,q,r,s\n1,2,3,4\n2,2,3,5", "any two of 'p', 'q', 'r', 's' could be x and y"),
        ("word\nother", "need two columns of numbers"),
        (&format!("x,y\n1,2\n{long}"), "777' has 1 cell"),
        (&format!("x,y\n{long}x,1"), "777…"),
        ("x,y\n\"1,2\n3,4\n", "expected"),
        ("x,y\n\"1,234\",\"2,500\"\n\"3,125\",7\n", "line 2: a comma before three digits"),
        ("[{\"x\": 0, \"y\": 1}]", "this is JSON, no table"),
        ("{\"x\": [0, 1], \"y\": [1, 2]}", "this is JSON, no table"),
        (" [[0, 1], [1, 2]]", "this is JSON, no table"),
        ("<!DOCTYPE html><html></html>", "a page in HTML or XML"),
        ("<?xml version=\"1.0\"?><a/>", "a page in HTML or XML"),
    ] {
        let fault = Table::read(text.as_bytes()).and_then(|table| {
            let roles = table.pair("samples")?;
            roles.columns.into_iter().zip(["x", "y"]).try_for_each(|(column, name)| table.check(column, name, false))
        });
        let error = fault.expect_err(words).within("f.csv");
        assert!(
            error.contains(words) && error.starts_with("f.csv") && error.chars().count() < 250,
            "{text:.60}: {error}"
        );
    }
    for bytes in [&b"x,y\n1,\xff"[..], b"\x89PNG\r\n\0\0\0", b"x\0y\0", b"\xff\xfe\x00\xd8"] {
        assert_eq!(Table::read(bytes).unwrap_err(), TableFault::NotText, "{bytes:?}");
    }
}

proptest! {
    /// Whatever bytes there are, they are read or refused, and what is read has as many numbers as it says.
    #[test]
    fn nothing_panics(text in "[0-9xy,;\t .\"#%\n\r-]{0,80}", bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        for bytes in [text.as_bytes(), &bytes] {
            if let Ok(table) = Table::read(bytes) {
                prop_assert_eq!(table.numbers.len(), table.rows() * table.width(), "{:?}", bytes);
                let _ = (table.pair("points"), table.grid());
            }
        }
    }
}
