//! Addresses: URLs, e-mail addresses, host and file names, handles and hashtags.

use super::View;
use crate::text::chars::is_word;

/// RFC 5321 allows no longer local part; it also bounds how far a rule looks ahead for an `@`.
const LONGEST_LOCAL_PART: usize = 64;
const LONGEST_HOST: usize = 253;

const SCHEMES: [&str; 7] = ["http://", "https://", "ftp://", "www.", "mailto:", "doi:10.", "HTTP://"];

/// Last parts of names that are read as one word even without a scheme; country codes that are also words are left out.
const ENDINGS: [&str; 58] = [
    "com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "io", "uk", "au", "ca", "de", "fr", "eu", "ru",
    "ua", "cn", "jp", "kr", "tw", "hk", "ir", "il", "eg", "ke", "ng", "za", "gh", "ug", "br", "mx", "nz", "tv", "us",
    "doc", "docx", "xls", "xlsx", "pdf", "txt", "jpg", "jpeg", "png", "gif", "htm", "html", "php", "ppt", "zip", "exe",
    "csv", "mp3", "mp4", "url", "py", "js",
];

const NEWS_GROUPS: [&str; 6] = ["alt", "comp", "misc", "rec", "sci", "soc"];

/// The length of the address that `view` begins with.
pub(super) fn address(view: View<'_>) -> Option<usize> {
    match view.first() {
        '@' | '#' => tag(view.rest),
        _ => url(view.rest).or_else(|| e_mail(view.rest)).or_else(|| host(view.rest)),
    }
}

fn tag(rest: &str) -> Option<usize> {
    let name = &rest[1..];
    let length = name.find(|c: char| !is_word(c) && c != '_').unwrap_or(name.len());
    let begins = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    begins.then_some(1 + length)
}

fn url(rest: &str) -> Option<usize> {
    let scheme = SCHEMES.iter().find(|scheme| rest.starts_with(**scheme))?;
    let length = url_length(rest);
    (length > scheme.len()).then_some(length)
}

/// Takes all that may stand in a URL, less the marks at its end that belong to the sentence.
fn url_length(rest: &str) -> usize {
    let outside = |c: char| matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '{' | '}' | '|' | '\\' | '^');
    let mut url = &rest[..rest.find(outside).unwrap_or(rest.len())];
    let mut unbalanced = url.matches(')').count().saturating_sub(url.matches('(').count());
    loop {
        match url.chars().next_back() {
            Some(')') if unbalanced > 0 => unbalanced -= 1,
            Some('.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | ']' | '*' | '…') => {}
            _ => return url.len(),
        }
        url = url.strip_suffix(|_: char| true).unwrap_or_default();
    }
}

fn e_mail(rest: &str) -> Option<usize> {
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-');
    let local = rest.bytes().take(LONGEST_LOCAL_PART).take_while(|byte| inside(*byte)).count();
    let domain = rest[local..].strip_prefix('@')?;
    let domain = host_name(domain);
    (local > 0 && !domain.is_empty()).then_some(local + 1 + domain.len())
}

/// The longest prefix made of labels and dots, without a dot or hyphen at its end.
fn host_name(rest: &str) -> &str {
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let length = rest.bytes().take(LONGEST_HOST).take_while(|byte| inside(*byte)).count();
    let name = rest[..length].trim_end_matches(['.', '-', '_']);
    if name.starts_with(['.', '-']) { "" } else { name.split("..").next().unwrap_or_default() }
}

/// A host or file name without a scheme: `irna.ir`, `report.pdf`, `alt.religion.scientology`.
fn host(rest: &str) -> Option<usize> {
    let name = host_name(rest);
    let (labels, ending) = name.rsplit_once('.')?;
    let whole = rest[name.len()..].chars().next().is_none_or(|c| !is_word(c));
    let lower = ending.to_ascii_lowercase();
    let known = ENDINGS.contains(&lower.as_str()) && (ending == lower || *ending == ending.to_ascii_uppercase());
    let group = labels.split_once('.').is_some_and(|(first, _)| NEWS_GROUPS.contains(&first));
    // "the end.US troops": a capitalised ending needs a capitalised name before it.
    let same_case = ending == lower || !labels.bytes().any(|byte| byte.is_ascii_lowercase());
    if !whole || !same_case || !(known || group) || !labels.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let path = &rest[name.len()..];
    Some(if path.starts_with('/') { name.len() + url_length(path) } else { name.len() })
}
