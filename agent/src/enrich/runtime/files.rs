//! Reads files that someone else wrote, within bounds.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

/// Reads a regular file of at most `limit` bytes. A symbolic link at its place, a pipe or a device is
/// refused: whoever may write the directory must not choose what is read, or make the read wait.
pub fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let flags = libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_NOCTTY;
    let file: File = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    if metadata.size() > limit {
        return Err(io::Error::other(format!(
            "{} bytes long, more than the {limit} that are read",
            metadata.size()
        )));
    }
    let mut content = Vec::with_capacity(metadata.size() as usize + 1);
    // One byte more than allowed, to notice a file that grew meanwhile.
    file.take(limit + 1).read_to_end(&mut content)?;
    if content.len() as u64 > limit {
        return Err(io::Error::other(format!("more than the {limit} bytes that are read")));
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn only_short_regular_files() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        std::fs::write(&file, b"12345").unwrap();
        assert_eq!(read(&file, 5).unwrap(), b"12345");
        assert!(read(&file, 4).is_err());
        let link = dir.path().join("link");
        symlink(&file, &link).unwrap();
        assert!(read(&link, 5).is_err());
        assert!(read(dir.path(), 5).is_err());
        assert!(read(Path::new("/dev/zero"), 5).is_err());
    }
}
