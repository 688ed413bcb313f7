//! Gender of persons by first name (`data/first_names.tsv`) and title.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::text::{NameWord, fold, is_name_word};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    Male,
    Female,
}

static FIRST_NAMES: LazyLock<HashMap<String, Gender>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for line in include_str!("../../data/first_names.tsv").lines().filter(|l| !l.starts_with('#')) {
        let gender = match line.split_once('\t') {
            Some(("m", _)) => Gender::Male,
            Some(("f", _)) => Gender::Female,
            _ => continue,
        };
        names.extend(line.split_whitespace().skip(1).map(|name| (fold(name), gender)));
    }
    names
});

/// By a first name in lower case without accents.
pub fn of_first_name(name: &str) -> Option<Gender> {
    FIRST_NAMES.get(name).copied()
}

/// By a title in lower case: "mr", "queen".
pub fn of_title(title: &str) -> Option<Gender> {
    if is_name_word(title, NameWord::Man) {
        Some(Gender::Male)
    } else if is_name_word(title, NameWord::Woman) {
        Some(Gender::Female)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clear_names_and_titles_have_a_gender() {
        assert_eq!(of_first_name("vladimir"), Some(Gender::Male));
        assert_eq!(of_first_name("angela"), Some(Gender::Female));
        assert_eq!(of_first_name("jean"), None);
        assert_eq!(of_title("mrs"), Some(Gender::Female));
        assert_eq!(of_title("president"), None);
    }
}
