use crate::text::read;

/// The sentences of the text are the parts between bars, blanks and line breaks around the bars aside.
#[track_caller]
fn splits(marked: &str) {
    let text = marked.replace('|', "");
    let found: Vec<&str> = read(&text).sentences.iter().map(|sentence| sentence.span.of(&text)).collect();
    let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
    assert_eq!(found, expected);
}

#[test]
fn full_stops() {
    splits("Iran vowed to respond. |Israel did not! |Why? |No one knows.");
    splits("It fell 3.5 percent to 1.2. |Gold rose.");
    splits("The end.|The next.");
    splits("In 1999. |5 people died.");
}

#[test]
fn abbreviations() {
    splits("Mr. Smith met Gen. Jones. |They left.");
    splits("He lives in the U.S. |He works at Acme Inc. |The firm is small.");
    splits("The U.S. President and Acme Inc. Chairman met.");
    splits("On Jan. 5 and Feb. 6. |Then in March.");
    splits("J. K. Rowling and George W. Bush met. |They spoke.");
    splits("At 5 a.m. Monday it rained. |It stopped at 6 p.m. |The sun came.");
    splits("Apples, pears etc. |Smith left.");
    splits("It was No. 5. |Smith et al. found it.");
    splits("Take vitamin C. |The rest is easy.");
    splits("St. Louis is in Mo. and near Ill. today.");
}

#[test]
fn quotes() {
    splits("“Go away!” he said. |“Why?” Smith asked. |He left.");
    splits("\"It is over.\" |He left. |\"Really?\" she said.");
    splits("He said, “It is over.” |“It is not,” she said.");
    splits("“It is over.” |He left. |(She stayed.) |They slept.");
    splits("'Is it?' |The man left.");
    splits("He said: “One. |Two.\" |Three.");
    splits("He said: \"One. |Two.\" |Three.");
}

#[test]
fn ellipses_and_notes() {
    splits("Well... maybe. |So… |The end.");
    splits("It was so.[1] |Then it was not. [12] |The end.");
}

#[test]
fn lower_case_texts() {
    splits("i like it. |it is good. |really");
    splits("The firm approx. five years old. it grew.");
}

#[test]
fn list_numbers() {
    splits("1. Open the box.\n|2. Close it.");
}

#[test]
fn headlines_and_datelines() {
    splits(
        "Iran vows to respond\n|TEHRAN, Jan. 5 (Reuters) - |Iran vowed to respond on Friday, an official said, and more was to come in the days ahead.",
    );
    splits("Iran vows\n\n|By John Smith\n\n|TEHRAN — |It did.");
    splits("Shopping\r\n|apples\r\n|pears");
}

#[test]
fn wrapped_lines() {
    splits(
        "Iran vowed on Friday to respond to the attack on its embassy, which it\n\
         blames on Israel, and said that the United States, as Israel's closest\n\
         ally, bears responsibility. |The Foreign Ministry summoned the Swiss\n\
         envoy, who represents American interests.\n\n|Israel said nothing.",
    );
    splits("Iran vowed on Friday to respond to the attack on its embassy,\nwhich it blames on Israel.");
}

#[test]
fn other_scripts_and_emoji() {
    splits("قال الرئيس. |وقال الوزير؟ |نعم.");
    splits("We won! |🎉🎉 Great.");
}
