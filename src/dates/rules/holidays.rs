//! Holidays by name: "Christmas", "New Year's Eve 1999", "last Easter". What they are called is in
//! `data/holidays.tsv`, when they are in `dates::holidays`.

use crate::dates::cursor::{Cursor, Match};
use crate::dates::expr::{Base, Expr, Pick, Year};
use crate::dates::holidays::mention;
use crate::dates::rules::calendar;
use crate::dates::rules::parts::narrowed;
use crate::dates::words::Term;

const HOLIDAY: f32 = 0.9;

/// "Christmas", "New Year's Eve 1999", "last Easter".
pub(super) fn parse(c: Cursor<'_>) -> Option<Match<'_>> {
    picked(c, Year::Pick(Pick::Near))
}

/// The holiday that "last" or "next" picks.
pub(super) fn picked(c: Cursor<'_>, year: Year) -> Option<Match<'_>> {
    let (holiday, end) = (c.term() == Term::Holiday).then(|| mention::find(c))??;
    let (year, end) = calendar::year_after(end).unwrap_or((year, end));
    let (moment, end) = narrowed(Base::Holiday { holiday, year }.into(), end);
    Match::new(Expr::Moment(moment), end, HOLIDAY)
}

#[cfg(test)]
pub(in crate::dates) mod tests {
    use crate::dates::tests::Family;
    use crate::dates::{DateOrder, parse_reference, tag};

    pub(in crate::dates) const FAMILY: Family = Family {
        title: "Holidays",
        about: "Those of several days have the first as their value.",
        groups: &[
            (
                "holidays",
                &[
                    ("He was found on Thanksgiving Day.", "2000-01-07", &["Thanksgiving Day|DATE|1999-11-25|"]),
                    ("On Christmas Day 2021 it snowed.", "", &["Christmas Day 2021|DATE|2021-12-25|"]),
                    ("On New Year’s Eve it closed.", "2023-02-12", &["New Year’s Eve|DATE|2022-12-31|"]),
                ],
            ),
            (
                "holidays of the United States",
                &[
                    (
                        "MLK Day and Presidents’ Day 2023",
                        "2023-03-01",
                        &["MLK Day|DATE|2023-01-16|", "Presidents’ Day 2023|DATE|2023-02-20|"],
                    ),
                    ("on Martin Luther King, Jr. Day 2021", "", &["Martin Luther King, Jr. Day 2021|DATE|2021-01-18|"]),
                    (
                        "It opened on Memorial Day and closed on Labor Day.",
                        "2023-12-12",
                        &["Memorial Day|DATE|2023-05-29|", "Labor Day|DATE|2023-09-04|"],
                    ),
                    (
                        "Indigenous Peoples’ Day of last year",
                        "2024-02-12",
                        &["Indigenous Peoples’ Day of last year|DATE|2023-10-09|"],
                    ),
                    (
                        "Black Friday, Cyber Monday and Giving Tuesday were good.",
                        "2023-12-12",
                        &[
                            "Black Friday|DATE|2023-11-24|",
                            "Cyber Monday|DATE|2023-11-27|",
                            "Giving Tuesday|DATE|2023-11-28|",
                        ],
                    ),
                    (
                        "from Election Day 2020 to Inauguration Day 2021",
                        "",
                        &[
                            "Election Day 2020|DATE|2020-11-03|",
                            "Inauguration Day 2021|DATE|2021-01-20|",
                            "Election Day 2020 to Inauguration Day 2021|RANGE|2020-11-03..2021-01-21",
                        ],
                    ),
                    (
                        "tax day 2023, Emancipation Day 2017, super tuesday 2016",
                        "",
                        &[
                            "tax day 2023|DATE|2023-04-18|",
                            "Emancipation Day 2017|DATE|2017-04-17|",
                            "super tuesday 2016|DATE|2016-03-01|",
                        ],
                    ),
                    ("Daylight saving time ends 2023.", "", &["Daylight saving time ends 2023|DATE|2023-11-05|"]),
                    (
                        "Columbus Day 1965, Veterans Day 1975, Thanksgiving 1939",
                        "",
                        &[
                            "Columbus Day 1965|DATE|1965-10-12|",
                            "Veterans Day 1975|DATE|1975-10-27|",
                            "Thanksgiving 1939|DATE|1939-11-23|",
                        ],
                    ),
                ],
            ),
            (
                "holidays of other countries and of the world",
                &[
                    (
                        "mothering sunday 2013, the early May bank holiday 2020",
                        "",
                        &["mothering sunday 2013|DATE|2013-03-10|", "early May bank holiday 2020|DATE|2020-05-08|"],
                    ),
                    (
                        "St. Andrew’s Day 2018, St Davids Day 2018 and Guy Fawkes Night 2018",
                        "2018-12-31",
                        &[
                            "St. Andrew’s Day 2018|DATE|2018-11-30|",
                            "St Davids Day 2018|DATE|2018-03-01|",
                            "Guy Fawkes Night 2018|DATE|2018-11-05|",
                        ],
                    ),
                    (
                        "Victoria Day 2017, Anzac Day 2017, King’s Day 2014",
                        "",
                        &[
                            "Victoria Day 2017|DATE|2017-05-22|",
                            "Anzac Day 2017|DATE|2017-04-25|",
                            "King’s Day 2014|DATE|2014-04-26|",
                        ],
                    ),
                    (
                        "They met on International Women’s Day and World AIDS Day.",
                        "2023-12-02",
                        &["International Women’s Day|DATE|2023-03-08|", "World AIDS Day|DATE|2023-12-01|"],
                    ),
                    (
                        "It was Ukraine’s Independence Day, after Independence Day.",
                        "2023-12-12",
                        &["Ukraine’s Independence Day|DATE|2023-08-24|", "Independence Day|DATE|2023-07-04|"],
                    ),
                ],
            ),
            (
                "feasts of the churches",
                &[
                    (
                        "Ash Wednesday 2024, Good Friday 2023, whit monday 2013",
                        "",
                        &[
                            "Ash Wednesday 2024|DATE|2024-02-14|",
                            "Good Friday 2023|DATE|2023-04-07|",
                            "whit monday 2013|DATE|2013-05-20|",
                        ],
                    ),
                    (
                        "Mardi Gras 2024, Ascension Day 2024, Advent Sunday 2022",
                        "",
                        &[
                            "Mardi Gras 2024|DATE|2024-02-13|",
                            "Ascension Day 2024|DATE|2024-05-09|",
                            "Advent Sunday 2022|DATE|2022-11-27|",
                        ],
                    ),
                    (
                        "Orthodox Easter 2024, Clean Monday 2018, Orthodox Christmas 2024",
                        "",
                        &[
                            "Orthodox Easter 2024|DATE|2024-05-05|",
                            "Clean Monday 2018|DATE|2018-02-19|",
                            "Orthodox Christmas 2024|DATE|2024-01-07|",
                        ],
                    ),
                ],
            ),
            (
                "feasts of other calendars: the day after the evening on which they begin",
                &[
                    (
                        "Yom Kippur 2018, Purim 2013, lag b’omer 2017",
                        "",
                        &[
                            "Yom Kippur 2018|DATE|2018-09-19|",
                            "Purim 2013|DATE|2013-02-24|",
                            "lag b’omer 2017|DATE|2017-05-14|",
                        ],
                    ),
                    (
                        "Tisha B’Av 2018, Yom Ha’atzmaut 2024",
                        "",
                        &["Tisha B’Av 2018|DATE|2018-07-22|", "Yom Ha’atzmaut 2024|DATE|2024-05-14|"],
                    ),
                    (
                        "Eid al-Fitr 2018, Eid-ul-Adha 2023, Islamic New Year 2020",
                        "",
                        &[
                            "Eid al-Fitr 2018|DATE|2018-06-15|",
                            "Eid-ul-Adha 2023|DATE|2023-06-28|",
                            "Islamic New Year 2020|DATE|2020-08-20|",
                        ],
                    ),
                    (
                        "Chinese New Year 2024, Mid-Autumn Festival 2023, Qingming 2023",
                        "",
                        &[
                            "Chinese New Year 2024|DATE|2024-02-10|",
                            "Mid-Autumn Festival 2023|DATE|2023-09-29|",
                            "Qingming 2023|DATE|2023-04-05|",
                        ],
                    ),
                    (
                        "Chuseok 2023, Nowruz 2024",
                        "",
                        &["Chuseok 2023|DATE|2023-09-29|", "Nowruz 2024|DATE|2024-03-20|"],
                    ),
                    ("The next Ramadan is long, the last was too.", "2030-12-27", &["next Ramadan|DATE|2031-12-16|"]),
                    ("Ramadan has begun.", "2030-12-28", &["Ramadan|DATE|2030-12-26|"]),
                    ("Chinese New Year 2300", "", &["Chinese New Year 2300|DATE|XXXX-XX-XX|"]),
                ],
            ),
            (
                "holidays of several days",
                &[
                    ("Ramadan 2018", "", &["Ramadan 2018|DATE|2018-05-16||2018-05-16..2018-06-15"]),
                    (
                        "Hanukkah 2018, Passover 2018",
                        "",
                        &[
                            "Hanukkah 2018|DATE|2018-12-03||2018-12-03..2018-12-11",
                            "Passover 2018|DATE|2018-03-31||2018-03-31..2018-04-08",
                        ],
                    ),
                    (
                        "They fast during Lent, and wait in Advent.",
                        "2023-04-01",
                        &[
                            "Lent|DATE|2023-02-22||2023-02-22..2023-04-09",
                            "Advent|DATE|2022-11-27||2022-11-27..2022-12-25",
                        ],
                    ),
                    (
                        "Kwanzaa 2023, Black History Month 2024",
                        "",
                        &[
                            "Kwanzaa 2023|DATE|2023-12-26||2023-12-26..2024-01-02",
                            "Black History Month 2024|DATE|2024-02-01||2024-02-01..2024-03-01",
                        ],
                    ),
                ],
            ),
            (
                "weekends at holidays",
                &[
                    (
                        "Labor Day weekend 2013",
                        "",
                        &["Labor Day weekend 2013|DATE|2013-W35-WE||2013-08-31..2013-09-03"],
                    ),
                    (
                        "He left over the Memorial Day weekend.",
                        "2023-12-12",
                        &["Memorial Day weekend|DATE|2023-W21-WE||2023-05-27..2023-05-30"],
                    ),
                    (
                        "Easter weekend 2024, Thanksgiving weekend 2023",
                        "",
                        &[
                            "Easter weekend 2024|DATE|2024-W13-WE||2024-03-30..2024-04-01",
                            "Thanksgiving weekend 2023|DATE|2023-W47-WE||2023-11-23..2023-11-27",
                        ],
                    ),
                ],
            ),
            (
                "what is only named after a holiday, or only sounds like one",
                &[
                    ("Easter Island, Christmas Island and the Good Friday Agreement", "2023-12-12", &[]),
                    (
                        "The Christmas tree, Easter eggs and the Advent calendar are theirs, and a Halloween party.",
                        "2023-12-12",
                        &[],
                    ),
                    ("The Thanksgiving turkey dinner was good.", "2023-12-12", &["Thanksgiving|DATE|2023-11-23|"]),
                    ("He saw “Independence Day” and \"Black Friday,\" the films.", "2023-12-12", &[]),
                    ("The Earth Day Network keeps its New Year’s resolutions.", "2023-12-12", &[]),
                    ("Lent him money. He likes boxing, on a fine May day, on his father’s day off.", "2023-12-12", &[]),
                    ("The president’s day began early, on Haiti’s Independence Day.", "2023-12-12", &[]),
                    ("He read what Tariq Ramadan wrote.", "2023-12-12", &[]),
                ],
            ),
        ],
    };

    #[test]
    fn holidays_are_read_in_any_year() {
        let text =
            "Christmas, last Ramadan, next Hanukkah, Chinese New Year weekend, Easter 1000, this Orthodox Easter";
        for year in (1..=9999).step_by(101).chain([9999]) {
            let reference = parse_reference(&format!("{year:04}-12-31")).ok();
            assert_eq!(tag(text, reference.as_ref(), DateOrder::ByEvidence).dates.len(), 6, "{year}");
        }
    }
}
