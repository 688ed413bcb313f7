//! The commands that need no server.

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// Runs `dossier` with `input` on standard input.
fn dossier(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dossier"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    // A command that ends early doesn't read its input.
    let _ = child.stdin.take().expect("piped").write_all(input);
    child.wait_with_output().expect("an end")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn extract_prints_the_response_as_json() {
    let input = "Anna Smith met 👩‍🚀 Zoë in Paris on Monday.";
    let arguments = ["extract", "--format", "json", "--reference-time", "2023-12-13"];
    let output = dossier(&arguments, input.as_bytes());
    assert!(output.status.success());
    let response: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(response["documentId"], "-");
    assert_eq!(response["metadata"]["referenceTime"], "2023-12-13");
    assert_eq!(response["sentences"][0]["span"]["end"], input.chars().count());
}

#[test]
fn extract_prints_tables_to_read() {
    let output = dossier(&["extract", "-"], b"Anna Smith met Zoe in Paris.");
    assert!(output.status.success());
    let report = text(output.stdout);
    for heading in ["-: ", "Entities (", "Relations (", "Dates ("] {
        assert!(report.contains(heading), "{report}");
    }
}

#[test]
fn extract_reads_dates_alone_in_the_order_asked_for() {
    let output = dossier(&["extract", "--only", "dates", "--date-order", "day-first"], b"Paid on 11/12/2023.");
    assert!(output.status.success());
    let report = text(output.stdout);
    assert!(report.contains("2023-12-11") && report.contains("Dates (1)"), "{report}");
    assert!(!report.contains("Entities"), "{report}");
}

#[test]
fn extract_explains_its_relations() {
    let input = b"China met Iran in Geneva.";
    let path = "China <-nsubj- met -obj-> Iran";
    let output = dossier(&["extract", "--explain"], input);
    let report = text(output.stdout);
    assert!(report.contains("Why (") && report.contains(path), "{report}");
    let output = dossier(&["extract", "--explain", "--format", "json"], input);
    assert!(serde_json::from_slice::<serde_json::Value>(&output.stdout).is_ok());
    assert!(text(output.stderr).contains(path));
}

#[test]
fn extract_reads_the_names_of_a_dictionary() {
    let file = std::env::temp_dir().join(format!("dossier-names-{}.tsv", std::process::id()));
    std::fs::write(&file, "# name, type, id\nZelnor\tORGANIZATION\tz-17\n").expect("written");
    let output = dossier(&["extract", "--dictionary", file.to_str().expect("UTF-8")], b"Wang Yi met Zelnor.");
    std::fs::remove_file(&file).expect("removed");
    let report = text(output.stdout);
    assert!(report.contains("dictionary:z-17"), "{report}");
}

#[test]
fn input_at_fault_exits_with_1_and_says_why() {
    for (arguments, input, reason) in [
        (&["extract"][..], &b"Caf\xe9"[..], "not UTF-8"),
        (&["extract"], b" \n", "document.text: must not be empty"),
        (&["extract", "--reference-time", "Monday"], b"On Monday.", "document.reference_time"),
        (&["extract", "no-such-file.txt"], b"", "no-such-file.txt"),
        (&["extract", "--model", "no-such-folder"], b"On Monday.", "no-such-folder"),
    ] {
        let output = dossier(arguments, input);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let error = text(output.stderr);
        assert!(error.contains(reason), "{arguments:?}: {error}");
    }
}

#[test]
fn wrong_usage_exits_with_2() {
    for arguments in [&["extract", "--format", "xml"][..], &["serve", "--queue", "0"], &["fly"], &[]] {
        assert_eq!(dossier(arguments, b"").status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn healthcheck_fails_where_nothing_listens() {
    assert_eq!(dossier(&["healthcheck", "--address", "127.0.0.1:1"], b"").status.code(), Some(1));
}

#[test]
fn tokens_are_counted_in_code_points() {
    let output = dossier(&["tokens"], "Zoë left.\x0cShe ran.".as_bytes());
    assert_eq!(text(output.stdout), "0 3\n4 8\n8 9\n\n\x0c\n0 3\n4 7\n7 8\n\n");
}
