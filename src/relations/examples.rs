//! Example sentences of the relation types, out of `data/relation_examples.toml`.

use serde::Deserialize;

use super::catalogue::CatalogueError;

const DATA: &str = include_str!("../../data/relation_examples.toml");

/// Sentences that show what a type is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// The type.
    pub name: String,
    /// Sentences that say the relation.
    #[serde(default)]
    pub says: Vec<Example>,
    /// Sentences that say no relation of the type.
    #[serde(default)]
    pub not: Vec<String>,
}

/// A sentence that says a relation, and between whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub text: String,
    pub subject: String,
    pub object: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    r#type: Vec<Examples>,
}

/// The examples that the binary carries; `is_type` knows the catalogue's types.
pub fn embedded(is_type: impl Fn(&str) -> bool) -> Result<Vec<Examples>, CatalogueError> {
    parse(DATA, is_type)
}

fn parse(data: &str, is_type: impl Fn(&str) -> bool) -> Result<Vec<Examples>, CatalogueError> {
    let file: File = toml::from_str(data).map_err(CatalogueError::ExamplesSyntax)?;
    for (index, examples) in file.r#type.iter().enumerate() {
        let name = examples.name.as_str();
        let fault = |fault: String| Err(CatalogueError::Examples { name: name.to_owned(), fault });
        if !is_type(name) {
            return fault("is not in the catalogue".to_owned());
        }
        if file.r#type[..index].iter().any(|other| other.name == name) {
            return fault("stands twice".to_owned());
        }
        for example in &examples.says {
            for end in [&example.subject, &example.object] {
                if end.is_empty() || !example.text.contains(end.as_str()) {
                    return fault(format!("{:?} does not name {end:?}", example.text));
                }
            }
        }
        if examples.not.iter().any(|text| text.trim().is_empty()) {
            return fault("has an empty sentence".to_owned());
        }
    }
    Ok(file.r#type)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(data: &str) -> String {
        parse(data, |name| name == "met").expect_err("at fault").to_string()
    }

    #[test]
    fn sentences_are_read_with_their_ends() {
        let data = "[[type]]\nname = \"met\"\nsays = [\n  { text = \"A met B.\", subject = \"A\", object = \"B\" },\n]\nnot = [\"A saw B.\"]";
        let examples = parse(data, |name| name == "met").expect("examples");
        assert_eq!(examples[0].says[0].object, "B");
        assert_eq!(examples[0].not, ["A saw B."]);
    }

    #[test]
    fn what_is_wrong_is_told_with_the_type() {
        assert_eq!(error("[[type]]\nname = \"ate\""), "relation examples, type ate: is not in the catalogue");
        assert_eq!(
            error("[[type]]\nname = \"met\"\n[[type]]\nname = \"met\""),
            "relation examples, type met: stands twice"
        );
        let data = "[[type]]\nname = \"met\"\nsays = [{ text = \"A met B.\", subject = \"A\", object = \"C\" }]";
        assert_eq!(error(data), "relation examples, type met: \"A met B.\" does not name \"C\"");
    }
}
