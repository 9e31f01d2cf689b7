//! Foreign text in sentences: whoever is watched chooses it, so it is cut to a length and can't steer a terminal.

use std::fmt;

use bstr::{BString, ByteSlice};

use crate::event::Image;

/// Longest piece of foreign text that a sentence quotes, in bytes.
const MAX_QUOTED: usize = 256;

/// Shows bytes in backticks: what is no printable text as `\xHH`, what is too long with the number of bytes left out.
pub(crate) struct Quoted<'a>(pub &'a [u8]);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = &self.0[..self.0.len().min(MAX_QUOTED)];
        f.write_str("`")?;
        escape(f, shown)?;
        f.write_str("`")?;
        match self.0.len() - shown.len() {
            0 => Ok(()),
            more => write!(f, " (and {more} bytes more)"),
        }
    }
}

fn escape(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    for (start, end, char) in bytes.char_indices() {
        let raw = &bytes[start..end];
        match char {
            '\\' | '`' => write!(f, "\\{char}")?,
            // A replacement character that isn't spelled so in the text stands for invalid bytes.
            '\u{fffd}' if raw != "\u{fffd}".as_bytes() => hex(f, raw)?,
            char if is_printable(char) => write!(f, "{char}")?,
            _ => hex(f, raw)?,
        }
    }
    Ok(())
}

fn hex(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "\\x{byte:02x}"))
}

/// Neither a control character nor one that changes how its neighbours are shown (direction, joining, invisible ones).
fn is_printable(char: char) -> bool {
    !char.is_control()
        && !matches!(char,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// The arguments of a program as one line, for reading (not for running: it quotes nothing).
pub(crate) fn command_line(image: &Image) -> BString {
    if image.args.is_empty() {
        return image.filename.clone();
    }
    let mut line = BString::default();
    for (index, arg) in image.args.iter().enumerate() {
        if index > 0 {
            line.push(b' ');
        }
        line.extend_from_slice(arg);
        if line.len() > MAX_QUOTED {
            // What `Quoted` will cut anyway needn't be copied, only counted.
            let rest: usize = image.args[index + 1..].iter().map(|arg| arg.len() + 1).sum();
            let whole = line.len() + rest;
            line.resize(whole, b' ');
            break;
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn steers_no_terminal() {
        let shown = Quoted("a\n\x1b[2Jü\u{202e}\\`".as_bytes()).to_string();
        assert_eq!(shown, r"`a\x0a\x1b[2Jü\xe2\x80\xae\\\``");
        assert_eq!(Quoted(b"\xff\xc3").to_string(), r"`\xff\xc3`");
        assert_eq!(Quoted(&[b'x'; 300]).to_string(), format!("`{}` (and 44 bytes more)", "x".repeat(256)));
    }

    proptest! {
        #[test]
        fn is_always_printable_and_bounded(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let shown = Quoted(&bytes).to_string();
            prop_assert!(shown.chars().all(is_printable));
            prop_assert!(shown.len() <= 4 * MAX_QUOTED + 40);
        }
    }
}
