//! Bytes as text, losing nothing.

use std::fmt::Write;

/// Kernel bytes as the `string` of the API: each byte that is no valid UTF-8 becomes `\xHH`, and so does a backslash
/// that could be taken for the beginning of one. Everything else stays.
pub fn text(bytes: &[u8]) -> String {
    if let Ok(valid) = std::str::from_utf8(bytes)
        && !valid.contains("\\x")
    {
        return valid.to_owned();
    }
    let mut out = String::with_capacity(bytes.len() + 16);
    let mut rest = bytes;
    for chunk in bytes.utf8_chunks() {
        for (at, char) in chunk.valid().char_indices() {
            if char == '\\' && looks_escaped(&rest[at..]) {
                out.push_str("\\x5c");
            } else {
                out.push(char);
            }
        }
        for byte in chunk.invalid() {
            // Writing to a String can't fail.
            let _ = write!(out, "\\x{byte:02x}");
        }
        rest = &rest[chunk.valid().len() + chunk.invalid().len()..];
    }
    out
}

fn looks_escaped(bytes: &[u8]) -> bool {
    matches!(bytes, [b'\\', b'x', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::text;

    /// What the API's documentation tells a client to do.
    fn bytes(text: &str) -> Vec<u8> {
        let (mut out, mut rest) = (Vec::new(), text.as_bytes());
        while let Some((&first, tail)) = rest.split_first() {
            if super::looks_escaped(rest) {
                let digits = std::str::from_utf8(&rest[2..4]).expect("ASCII");
                out.push(u8::from_str_radix(digits, 16).expect("hexadecimal"));
                rest = &rest[4..];
            } else {
                out.push(first);
                rest = tail;
            }
        }
        out
    }

    #[test]
    fn only_what_is_invalid_is_escaped() {
        assert_eq!(text("/tmp/naïve\n\u{1b}[31m\\x".as_bytes()), "/tmp/naïve\n\u{1b}[31m\\x");
        assert_eq!(text(b"a\xffb\xc3"), "a\\xffb\\xc3");
        assert_eq!(text(b"a\\xff"), "a\\x5cxff");
        assert_eq!(text(b"\\\xff"), "\\\\xff");
        assert_eq!(text(b""), "");
    }

    proptest! {
        #[test]
        fn the_bytes_can_be_had_back(original in proptest::collection::vec(
            prop_oneof![Just(b'\\'), Just(b'x'), Just(b'f'), any::<u8>()], 0..64)) {
            prop_assert_eq!(bytes(&text(&original)), original);
        }
    }
}
