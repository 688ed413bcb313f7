//! What goes into an extraction and what comes out of it, in the crate's own terms.
//!
//! Every span is in bytes of the document's text; the gRPC layer converts them to the caller's unit.

use std::ops::Range;
use std::time::Duration;

/// Half-open range of byte offsets in the document's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The slice of `text` that the span names.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A document as a caller hands it in.
#[derive(Clone, Debug, Default)]
pub struct Document {
    pub id: String,
    pub text: String,
    pub title: String,
    /// BCP 47; empty means English.
    pub language: String,
    /// RFC 3339 date or date-time; empty: taken from the text where it says.
    pub reference_time: String,
}

/// Parts of the response; a part that is not asked for is not returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Features {
    pub entities: bool,
    pub relations: bool,
    pub dates: bool,
    pub sentences: bool,
}

/// What to extract and what to keep.
#[derive(Clone, Debug)]
pub struct Options {
    pub features: Features,
    /// Entity types to return; empty: all.
    pub entity_types: Vec<String>,
    /// Relation types to return; empty: all.
    pub relation_types: Vec<String>,
    /// Items below this confidence (0 to 1) are left out.
    pub min_confidence: f32,
    pub include_open_relations: bool,
    pub date_order: DateOrder,
    /// Names that the caller knows; they win over the model.
    pub dictionary: Vec<DictionaryEntry>,
    /// Also tell how each relation was found: [`Relation::path`].
    pub explain: bool,
}

/// A thing that the caller knows, by its names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DictionaryEntry {
    /// Its name as it is written.
    pub text: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// Its entity type.
    pub kind: String,
    /// The caller's identifier, given back as a [`Link`]; empty: no link.
    pub id: String,
    /// The scheme of that link.
    pub scheme: String,
}

/// Which field of a date such as 11/12/2023 is the month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateOrder {
    /// As other dates of the document show (25/12/2023 is day first); month first where none does.
    #[default]
    ByEvidence,
    MonthFirst,
    DayFirst,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            features: Features { entities: true, relations: true, dates: true, sentences: true },
            entity_types: Vec::new(),
            relation_types: Vec::new(),
            min_confidence: 0.0,
            include_open_relations: false,
            date_order: DateOrder::default(),
            dictionary: Vec::new(),
            explain: false,
        }
    }
}

/// How a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionKind {
    Name,
    Nominal,
    Pronoun,
}

#[derive(Clone, Debug)]
pub struct Mention {
    pub span: Span,
    pub kind: MentionKind,
    pub confidence: f32,
}

/// An identifier of the entity outside of the document, e.g. scheme `iso3166-1`, id `IR`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub scheme: String,
    pub id: String,
    pub name: String,
}

#[derive(Clone, Debug)]
pub struct Entity {
    /// `e1`, `e2` ... in the order of first mention.
    pub id: String,
    pub kind: String,
    pub name: String,
    pub mentions: Vec<Mention>,
    pub links: Vec<Link>,
    /// 0 to 1: how central the entity is to the document.
    pub salience: f32,
    pub confidence: f32,
}

/// One end of a relation: an entity, or a literal when `entity` is none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Argument {
    /// Index into [`Extraction::entities`].
    pub entity: Option<usize>,
    /// The words that stand for the argument here.
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polarity {
    Affirmed,
    Negated,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modality {
    Actual,
    Planned,
    Possible,
    Requested,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    Unspecified,
    Past,
    Present,
    Future,
}

/// Who says so: the source and the words that say it.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    pub source: Argument,
    pub cue: Span,
}

/// A class of an outside scheme: `plover` or `wikidata`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    pub scheme: String,
    pub code: String,
}

#[derive(Clone, Debug)]
pub struct Relation {
    /// `r1`, `r2` ... in the order of the text.
    pub id: String,
    /// A type of the catalogue, or `open`.
    pub kind: String,
    /// Normalised wording, e.g. `vow to work with`.
    pub predicate: String,
    /// The wording of the text, e.g. `has vowed to work with`.
    pub phrase: String,
    pub subject: Argument,
    pub object: Argument,
    pub symmetric: bool,
    pub trigger: Span,
    pub polarity: Polarity,
    pub modality: Modality,
    pub tense: Tense,
    pub attribution: Option<Attribution>,
    /// Indices into [`Extraction::dates`].
    pub dates: Vec<usize>,
    pub interval: Option<Interval>,
    pub codes: Vec<Code>,
    pub sentence: usize,
    /// The sentence's span, or a stretch of it where it is very long.
    pub evidence: Span,
    pub confidence: f32,
    /// The words that say what it is about.
    pub topic: Option<Span>,
    /// Where it happened.
    pub place: Option<Argument>,
    /// What proposed it: `trigger`, `title`, `place` ...
    pub rule: &'static str,
    pub support: Support,
    /// The way from subject to object through the sentence's tree; only made when asked for.
    pub path: Option<String>,
}

/// How sure a relation's rule is of it, and the network: 0 where it doesn't read it at all.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Support {
    pub rule: f32,
    pub network: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateKind {
    Date,
    Time,
    Duration,
    Set,
}

/// ISO 8601 bounds, end exclusive; an open end is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interval {
    pub begin: String,
    pub end: String,
    /// The bounds follow a convention, or the words say "about": "around noon", "the early 1990s", "summer".
    pub approximate: bool,
}

#[derive(Clone, Debug)]
pub struct Date {
    /// `d1`, `d2` ... in the order of the text.
    pub id: String,
    pub span: Span,
    pub kind: DateKind,
    /// TIMEX3 value, e.g. `2023-12-11`, `P3D`, `XXXX-12-25`.
    pub value: String,
    /// TIMEX3 modifier (`START`, `APPROX` ...) or empty.
    pub modifier: String,
    /// The stretch of the calendar that is meant, open at one end after "since" and "until".
    pub interval: Option<Interval>,
    /// The words name an event by its date: "9/11".
    pub names_event: bool,
    pub confidence: f32,
}

/// Two dates that the text joins as the ends of one stretch: "from May 3 to May 5".
#[derive(Clone, Debug)]
pub struct DateRange {
    /// `t1`, `t2` ... in the order of the text.
    pub id: String,
    /// From the first date's first word to the second's last; of hours, from the day's where that stands before them.
    pub span: Span,
    /// Indices into [`Extraction::dates`].
    pub begin: usize,
    pub end: usize,
    pub interval: Option<Interval>,
}

/// Where the reference time came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceSource {
    None,
    Request,
    /// Found in the document: a dateline or a leading date.
    Document,
}

/// Time spent in each stage.
#[derive(Clone, Copy, Debug, Default)]
pub struct Timings {
    pub queued: Duration,
    pub text: Duration,
    pub model: Duration,
    pub dates: Duration,
    pub entities: Duration,
    pub relations: Duration,
}

/// Tells whether what is being read is still wanted, or its caller has left meanwhile.
pub type Wanted<'a> = &'a dyn Fn() -> bool;

/// All that was read from a document.
#[derive(Clone, Debug)]
pub struct Extraction {
    pub entities: Vec<Entity>,
    pub relations: Vec<Relation>,
    pub dates: Vec<Date>,
    pub date_ranges: Vec<DateRange>,
    pub sentences: Vec<Span>,
    pub warnings: Vec<String>,
    /// ISO date (or date-time) that relative dates were counted from; empty when there is none.
    pub reference_time: String,
    pub reference_source: ReferenceSource,
    pub word_count: usize,
    pub timings: Timings,
}
