//! Messages of the API as JSON: proto JSON, with one thing more. Characters that do something to a terminal, or hide in
//! it, are written as `\uXXXX`: to a program that is the same text, and to a person who prints a file of it, harmless.

use std::borrow::Cow;
use std::fmt::Write;

use serde::Serialize;

/// One line, without its newline.
pub fn line(message: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string(message).map(harmless)
}

/// Over many lines, for people.
pub fn page(message: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string_pretty(message).map(harmless)
}

/// Whether `char` does something to a terminal or hides in it: control characters, those that turn the direction of
/// writing, invisible ones.
pub fn acts(char: char) -> bool {
    char.is_control()
        || matches!(char,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// serde_json escapes what JSON demands, below U+0020. What is beyond ASCII, or DEL, only stands inside of strings.
fn harmless(json: String) -> String {
    let harms = |char| char >= '\u{7f}' && acts(char);
    if !json.contains(harms) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 64);
    for char in json.chars() {
        if harms(char) {
            for unit in char.encode_utf16(&mut [0; 2]) {
                // Writing to a String can't fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(char);
        }
    }
    out
}

/// `text` for a terminal: every character that acts is spelt out, as `\n` or `\u{1b}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for char in text.chars() {
        if acts(char) {
            out.extend(char.escape_default());
        } else {
            out.push(char);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_acts_is_escaped_in_both() {
        let text = "a\u{1b}[2J\n\u{7f}\u{9b}31m\u{202e}\u{e0041}é";
        assert_eq!(line(&text).expect("JSON"), r#""a\u001b[2J\n\u007f\u009b31m\u202e\udb40\udc41é""#);
        assert_eq!(visible(text), "a\\u{1b}[2J\\n\\u{7f}\\u{9b}31m\\u{202e}\\u{e0041}é");
    }

    proptest! {
        #[test]
        fn the_text_is_the_same(text in any::<String>()) {
            let json = line(&text).expect("JSON");
            prop_assert!(!json.contains(acts));
            prop_assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
        }
    }
}
