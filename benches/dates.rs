//! How fast time expressions are read, on one core: a text like news, and texts made to be slow, each of doubling
//! lengths. In the table at the end, the nanoseconds a byte stay the same down each input: time is linear.
//!
//!     cargo bench --bench dates

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, SamplingMode, Throughput};
use dossier::dates::{DateOrder, Reference, parse_reference, tag};

const KB: usize = 1 << 10;
const MB: usize = 1 << 20;

/// Texts that may be slow to find an end in, each repeated to the length that is asked for.
const LONG: &[(&str, &str)] = &[
    ("one run of digits", "8675309"),
    ("one word", "antidisestablishmentarianism"),
    ("no space", "The3rdofMay,"),
    ("Chinese", "他们星期一在北京会见了代表团，12月11日离开。"),
    ("line ends", "\n"),
];

/// Texts that may keep the rules busy: every word begins something, and little comes of it.
const HARD: &[(&str, &str)] = &[
    ("last last last", "last "),
    ("the the the", "the "),
    ("1 1 1", "1 "),
    ("1/1/1/1", "1/"),
    ("number words", "two hundred thousand hundred "),
    ("and a half", "two and a half "),
    ("May May May", "May "),
    ("Monday and Monday", "Monday and "),
    ("between between", "between "),
    ("first first", "first "),
    ("first of the first", "first of the "),
    ("3 to 3 to", "3 to "),
    ("2015-2016-", "2015-"),
    ("every every", "every "),
    ("Easter Easter", "Easter "),
    ("nothing but dates", "Ramadan, "),
    ("a year earlier", "a year earlier "),
    ("colons", ":"),
    ("stops", "."),
];

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(20))
        .measurement_time(Duration::from_millis(200))
        .without_plots()
        .configure_from_args();
    let mut table = Table { reference: parse_reference("2023-12-12T09:30:00Z").ok(), rows: Vec::new() };
    let news = news(16 * MB);
    let lengths = (0..).map(|n| (16 * KB) << n).take_while(|&length| length <= 16 * MB);
    table.measure(&mut criterion, "news", lengths.map(|length| cut(&news, length)));
    for (texts, doubled) in [(LONG, 5), (HARD, 4)] {
        for (name, piece) in texts {
            let lengths = (0..doubled).map(|n| (640 * KB) << n);
            let longest = piece.repeat(((640 * KB) << (doubled - 1)) / piece.len() + 1);
            table.measure(&mut criterion, name, lengths.map(|length| cut(&longest, length)));
        }
    }
    criterion.final_summary();
    table.print();
}

struct Table {
    reference: Option<Reference>,
    rows: Vec<Row>,
}

struct Row {
    input: String,
    bytes: usize,
    words: usize,
    dates: usize,
    /// The fastest reading.
    time: Duration,
}

impl Table {
    fn measure<'t>(&mut self, criterion: &mut Criterion, input: &str, texts: impl Iterator<Item = &'t str>) {
        let read = |text: &str| tag(black_box(text), self.reference.as_ref(), DateOrder::ByEvidence);
        let mut group = criterion.benchmark_group(input);
        group.sampling_mode(SamplingMode::Flat);
        for text in texts {
            let (bytes, words) = (text.len(), words(text));
            group.throughput(Throughput::ElementsAndBytes { elements: words as u64, bytes: bytes as u64 });
            let (mut time, mut dates) = (Duration::MAX, 0);
            group.bench_function(size(bytes), |bencher| {
                bencher.iter_custom(|times| {
                    let begin = Instant::now();
                    for _ in 0..times {
                        dates = black_box(read(text)).dates.len();
                    }
                    let spent = begin.elapsed();
                    time = time.min(spent / u32::try_from(times).unwrap_or(u32::MAX));
                    spent
                });
            });
            // One that the command line leaves out is not run.
            if time < Duration::MAX {
                self.rows.push(Row { input: input.to_owned(), bytes, words, dates, time });
            }
        }
        group.finish();
    }

    fn print(&self) {
        println!("\n| input | size | words | dates | ns/byte | million words/s |\n|---|--:|--:|--:|--:|--:|");
        for Row { input, bytes, words, dates, time } in &self.rows {
            let each = time.as_secs_f64() * 1e9 / *bytes as f64;
            let rate = *words as f64 / time.as_secs_f64() / 1e6;
            // A megabyte that is one word says nothing about words.
            let rate = if *words > bytes / 100 { format!("{rate:.2}") } else { "–".to_owned() };
            println!("| {input} | {} | {words} | {dates} | {each:.1} | {rate} |", size(*bytes));
        }
    }
}

fn size(bytes: usize) -> String {
    if bytes < MB { format!("{} KB", bytes.div_ceil(KB)) } else { format!("{:.2} MB", bytes as f64 / MB as f64) }
}

/// Runs of letters and digits.
fn words(text: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count()
}

/// The text's first `length` bytes, to a character.
fn cut(text: &str, length: usize) -> &str {
    &text[..text.floor_char_boundary(length)]
}

/// Invented news: of varied sentences, with a time expression every twenty words or so.
fn news(length: usize) -> String {
    let mut random = Random(0x5EED);
    let mut text = String::with_capacity(length + KB);
    while text.len() < length {
        let sentence = random.of(SENTENCES);
        for piece in sentence.split_inclusive(['}']) {
            let (words, slot) = piece.split_once('{').unwrap_or((piece, ""));
            text.push_str(words);
            match slot {
                "who}" => text.push_str(random.of(WHO)),
                "place}" => text.push_str(random.of(PLACES)),
                "what}" => text.push_str(random.of(WHAT)),
                "when}" => text.push_str(random.of(WHEN)),
                "n}" => text.push_str(&(random.next() % 4000 + 2).to_string()),
                _ => {}
            }
        }
        text.push_str(if random.next().is_multiple_of(4) { "\n\n" } else { " " });
    }
    text
}

/// Knuth's linear congruential generator: the same text each time.
struct Random(u64);

impl Random {
    fn next(&mut self) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize
    }

    fn of<'t>(&mut self, list: &[&'t str]) -> &'t str {
        list[self.next() % list.len()]
    }
}

const SENTENCES: &[&str] = &[
    "{who} met {who} in {place} {when} to speak about {what}, according to people who were in the room.",
    "“We have not been asked what we think of {what}, and nobody here expects that to change,” {who} said {when}.",
    "The talks in {place}, which {who} had opened {when}, ended without a word on {what} or on the wages of the \
     {n} people who work there.",
    "Shares of the company fell by {n} points {when} after {who} told investors that {what} would cost more than it \
     had said.",
    "{who} has denied that the ministry knew of the plan {when}, although a letter from {place} seems to show it.",
    "Police in {place} arrested {n} people {when}; {who}, who was among them, was released without charge.",
    "It may take {when} for {place} to recover, engineers said, and {n} homes are still without water or light.",
    "Nothing that {who} said about {what} was new, but the way in which it was said surprised the hall.",
    "The number of travellers through {place} rose to {n},000 {when}, a record; {when} it had been half of that.",
    "A court in {place} will hear {when} whether {who} can be forced to hand over the papers on {what}.",
    "Farmers round {place} blame the dam, opened {when}, and its owners blame the farmers for the river's state {when}.",
    "{who} was born in {place} {when}, studied law, wrote {n} poems, and turned to politics {when}.",
    "In a statement of {n} words the union called {what} a trap, and asked its members to leave {place} {when}.",
    "{who} is expected to sign the agreement on {what} {when}, an aide said {when}, if {place} agrees.",
    "Since {when} the two sides have not spoken, and their friends in {place} have given up trying to bring them together.",
    "The museum keeps {n} letters of the painter, most of them from {place}, written {when} and found {when}.",
];

const WHO: &[&str] = &[
    "Duarte Valadares",
    "the minister",
    "Prime Minister Carmen Olivares",
    "Helena Sarmento, who leads the opposition",
    "the bank's chief economist",
    "a spokesman",
    "May Lindqvist",
    "the mayor",
    "Ignacio Belmonte of Aquaverde",
    "her lawyer",
];

const PLACES: &[&str] = &[
    "Lisbon",
    "the north of the country",
    "Brussels",
    "Port Said",
    "the second city",
    "New Avalon",
    "Zürich",
    "São Tomé",
    "the old harbour",
    "Geneva",
];

const WHAT: &[&str] = &[
    "the water pact",
    "next to nothing",
    "the budget",
    "the bridge over the Minho",
    "fishing rights",
    "the 9 percent tariff",
    "Flight 417",
    "the price of bread",
    "the trade in old paintings",
    "article 12 of the treaty",
];

const WHEN: &[&str] = &[
    "on Monday",
    "last week",
    "on March 14, 2023",
    "yesterday",
    "in 1998",
    "two years ago",
    "in the third quarter",
    "at 9:30 a.m. on Tuesday",
    "early next month",
    "the day after tomorrow",
    "in the late 1990s",
    "on the first Monday of May",
    "from June 3 to June 5",
    "in the summer of 2019",
    "three to four weeks",
    "on 11/12/2023",
    "every Friday",
    "this morning",
    "more than ten years",
    "on the night of Dec. 31",
    "a year earlier",
    "at the end of the year",
    "October",
    "now",
];
